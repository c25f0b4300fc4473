"""How high rows are, and where a printed page ends; spreadsheets do not reckon heights in files that programs write."""

from __future__ import annotations

from collections.abc import Iterable

from auditkit.reports.sheets import Row
from auditkit.reports.styles import LOOKS
from auditkit.widths import SAFETY, lines_of, text_width

INDENT = 1.8
"""Characters in one step of indentation: three spaces."""
TALLEST = 409.0
"""Points: no row of a spreadsheet may be higher."""
_LONGEST_TURNED = 150.0
"""Points: a longer title that reads upwards wraps."""
PORTRAIT = 740.0
"""Points of an upright A4 page inside its margins, with some to spare."""


def row_height(row: Row, widths: tuple[float, ...]) -> float:
    """Points that the tallest cell of a row needs."""
    if row.height is not None:
        return row.height
    tallest, at = 12.0, 0
    for value, look, _, span in row.cells:
        shape = LOOKS[look]
        if shape.turned and type(value) is str:
            needed = min(text_width(value, shape.size, bold=shape.bold) * SAFETY + 6, _LONGEST_TURNED)
            tallest, at = max(tallest, needed), at + span
            continue
        if type(value) is str and value:
            width = widths[at] if span == 1 else sum(widths[at : at + span])
            count = lines_of(value, width - shape.indent * INDENT, shape.size, bold=shape.bold)
        else:
            count = 1
        tallest = max(tallest, count * shape.size * 1.18 + 3.5)
        at += span
    return min(round(tallest * 4) / 4, TALLEST)


def paged(blocks: Iterable[list[Row]], widths: tuple[float, ...], page: float = PORTRAIT) -> list[Row]:
    """The blocks' rows, with a page break before a block that would otherwise be torn apart."""
    rows: list[Row] = []
    used = 0.0
    for block in blocks:
        needed = sum(row_height(row, widths) for row in block)
        if rows and used + needed > page and needed <= page:
            rows[-1] = rows[-1]._replace(page_break=True)
            used = 0.0
        rows += block
        used = (used + needed) % page
    return rows

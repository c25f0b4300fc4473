"""Neutral sheets as an Excel workbook; the one place of the reports that knows the format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditkit.reports.heights import row_height
from auditkit.reports.sheets import Cell, Row, Sheet
from auditkit.reports.styles import prepared, style_index
from auditkit.whole import write_whole

if TYPE_CHECKING:
    from openpyxl import Workbook

    from auditkit.analysis.network_shapes import NetworkFigures
    from auditkit.analysis.shapes import BranchFigures, Context

_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a fixed stamp: the same figures give the same bytes
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME_SIGNS = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LONGEST_TEXT = 32_767
LONGEST_NAME = 31
_EPOCH = date(1899, 12, 30)


def write_branch(figures: BranchFigures, path: Path, language: str, context: Context) -> None:
    """A branch's workbook of one wave, in this language; the file appears whole or not at all."""
    from auditkit.reports.branch_sheets import branch_sheets

    write_workbook(branch_sheets(figures, language, context), path)


def write_network(figures: NetworkFigures, path: Path, language: str, context: Context) -> None:
    """The network's workbook of one wave, in this language; the file appears whole or not at all."""
    from auditkit.reports.network_sheets import network_sheets

    write_workbook(network_sheets(figures, language, context), path)


def write_workbook(sheets: Sequence[Sheet], path: Path) -> None:
    """Any neutral sheets as one workbook."""
    write_whole(path, workbook_bytes(sheets))


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """The same as bytes; equal sheets give equal bytes, on every machine and day."""
    from auditkit.reports.packing import packed

    book = _empty_book()
    rows: dict[str, tuple[bytes, bytes]] = {}
    lists: dict[tuple[str, ...], str] = {}
    names = _sheet_names(sheets)
    for sheet, name in zip(sheets, names, strict=True):
        _frame(book, sheet, name, lists)
        rows[name] = rows_xml(sheet)
    if lists:
        rows[_add_lists(book, lists, names)] = rows_xml(_lists_sheet(lists))
    return packed(book, rows)


def _empty_book() -> Workbook:
    from openpyxl import Workbook

    styles, book = prepared(), Workbook()
    book.remove(book.worksheets[0])
    for part in ("_fonts", "_fills", "_borders", "_alignments", "_number_formats", "_cell_styles", "_named_styles"):
        setattr(book, part, getattr(styles, part))  # shared, since nothing here adds a style
    book.properties.creator = "auditkit"
    book.properties.created = book.properties.modified = _CREATED
    return book


def _sheet_names(sheets: Sequence[Sheet]) -> list[str]:
    """Legal names, no two alike: 31 characters, none of `[]:*?/\\`, no quote at the ends."""
    taken: set[str] = set()
    names = []
    for sheet in sheets:
        name = base = _NAME_SIGNS.sub(" ", sheet.name).strip("' ")[:LONGEST_NAME] or "Sheet"
        count = 1
        while name.casefold() in taken:
            count += 1
            name = f"{base[: LONGEST_NAME - 4]} {count}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _frame(book: Workbook, sheet: Sheet, name: str, lists: dict[tuple[str, ...], str]) -> None:
    from auditkit.reports.page import add_drop_downs, set_page
    from auditkit.reports.plots import add_chart

    ws: Any = book.create_sheet(name)
    set_page(ws, sheet)
    add_drop_downs(ws, sheet.drop_downs, lists)
    for chart in sheet.charts:
        add_chart(ws, chart)


def _add_lists(book: Workbook, lists: dict[tuple[str, ...], str], names: Sequence[str]) -> str:
    name = "Lists"
    while name in names:
        name += "_"
    book.create_sheet(name).sheet_state = "hidden"
    for at, (choices, defined) in enumerate(lists.items()):
        from openpyxl.utils import get_column_letter
        from openpyxl.workbook.defined_name import DefinedName

        letter = get_column_letter(at + 1)
        where = f"'{name}'!${letter}$1:${letter}${len(choices)}"
        book.defined_names[defined] = DefinedName(defined, attr_text=where)
    return name


def _lists_sheet(lists: dict[tuple[str, ...], str]) -> Sheet:
    height = max(map(len, lists))
    rows = (
        Row(tuple(Cell(choices[at] if at < len(choices) else None, "plain") for choices in lists))
        for at in range(height)
    )
    return Sheet("Lists", (24.0,) * len(lists), tuple(rows))


def rows_xml(sheet: Sheet) -> tuple[bytes, bytes]:
    """(the rows' XML, the range that they fill). Written as text: a cell object for each costs three times as much."""
    styles = style_index()
    letters = [_letter(at) for at in range(1, len(sheet.widths) + 1)]
    parts: list[str] = []
    for number, row in enumerate(sheet.rows, 1):
        height = row_height(row, sheet.widths)
        parts.append(f'<row r="{number}" ht="{height:g}" customHeight="1">')
        at = 0
        for value, look, form, span in row.cells:
            style = styles[look, form]
            parts.append(_cell(f"{letters[at]}{number}", style, value))
            parts.extend(f'<c r="{letters[more]}{number}" s="{style}"/>' for more in range(at + 1, at + span))
            at += span
        parts.append("</row>")
    return "".join(parts).encode(), f"A1:{letters[-1]}{max(len(sheet.rows), 1)}".encode()


@lru_cache(maxsize=256)
def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


def _cell(place: str, style: int, value: object) -> str:
    # A text is always written as a text: whatever it begins with, it is never a formula.
    if type(value) is str:
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t{_safe(value)}</t></is></c>' if value else (
            f'<c r="{place}" s="{style}"/>'
        )  # fmt: skip
    if value is None:
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, date):
        value = (value - _EPOCH).days
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


@lru_cache(maxsize=4096)
def _safe(text: str) -> str:
    """The end of a `<t` tag and the text, without the signs that XML or the format forbids."""
    clean = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST_TEXT]
    inner = clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    keeps = clean != clean.strip() or "\n" in clean
    return (' xml:space="preserve">' if keeps else ">") + inner

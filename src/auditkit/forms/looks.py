"""How a form looks: a few prepared styles, each made once a workbook and shared by all its cells."""

# ruff: noqa: SLF001 - openpyxl offers no public way to share a prepared style between cells

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from openpyxl import Workbook

FONT, INK, QUIET, LINE, BAND = "Arial", "1F2933", "52606D", "8793A0", "E4E9EE"


class Look(NamedTuple):
    """One role of a cell."""

    size: float = 9
    bold: bool = False
    ink: str = INK
    paper: str = ""
    frame: str = ""
    """`box`: to be filled; `under`: a hair line."""
    side: str = "left"
    form: str = "General"
    open: bool = False
    """May be typed into while the sheet is protected."""


LOOKS = {
    "title": Look(size=15, bold=True),
    "how": Look(size=9.5, ink=QUIET),
    "header": Look(bold=True, paper=BAND, frame="under"),
    "band": Look(size=10, bold=True, paper=BAND),
    "number": Look(bold=True, frame="under"),
    "text": Look(size=10, frame="under"),
    "guidance": Look(ink=QUIET, frame="under"),
    "option": Look(frame="under"),
    "label": Look(size=10, frame="under"),
    "fixed": Look(size=10, bold=True, frame="under"),
    "fill": Look(size=10, frame="box", open=True, form="@"),
    "fill_list": Look(size=10, frame="box", open=True),
    "fill_date": Look(size=10, frame="box", open=True, form="yyyy-mm-dd"),
    "fill_time": Look(size=10, frame="box", open=True, form="hh:mm"),
    "fill_moment": Look(size=10, frame="box", open=True, form="yyyy-mm-dd hh:mm"),
    "hidden": Look(size=8, ink=QUIET),
}


class Styles:
    """The prepared styles of one workbook; `put` writes a cell in a role."""

    def __init__(self, workbook: Workbook) -> None:
        sheet = workbook.create_sheet("styles")
        self._known = {}
        for at, (name, look) in enumerate(LOOKS.items(), 1):
            cell = sheet.cell(at, 1)
            _dress(cell, look)
            self._known[name] = copy(cell._style)
        workbook.remove(sheet)

    def put(self, sheet: Any, row: int, column: int, value: object, role: str) -> Any:
        """A cell; a text stays a text whatever sign it begins with."""
        cell = sheet.cell(row, column)
        cell._style = self._known[role]
        if value is not None and value != "":
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
        return cell


def _dress(cell: Any, look: Look) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    cell.font = Font(name=FONT, size=look.size, bold=look.bold, color=look.ink)
    cell.alignment = Alignment(horizontal=look.side, vertical="top", wrap_text=True)
    cell.number_format = look.form
    cell.protection = Protection(locked=not look.open)
    if look.paper:
        cell.fill = PatternFill("solid", start_color=look.paper)
    if look.frame == "box":
        side = Side(style="thin", color=LINE)
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    elif look.frame == "under":
        cell.border = Border(bottom=Side(style="hair", color=LINE))


def lines(text: str, width: float) -> int:
    """Lines that a text takes in a column of so many characters, on the safe side."""
    return sum(max(1, -(-int(len(part) * 1.12 + 0.999) // max(1, int(width)))) for part in text.split("\n"))

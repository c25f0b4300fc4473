"""How a form looks: a few prepared styles, each made once a workbook and shared by all its cells."""

# ruff: noqa: SLF001 - openpyxl offers no public way to share a prepared style between cells

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from auditkit.widths import lines_of

if TYPE_CHECKING:
    from openpyxl import Workbook

FONT, INK, QUIET, LINE, BAND = "Arial", "1F2933", "52606D", "8793A0", "E4E9EE"
NOTICE, EDGE, PALE = "FFF3CD", "8A6D00", "8A949E"


class Look(NamedTuple):
    """One role of a cell."""

    size: float = 9
    bold: bool = False
    ink: str = INK
    paper: str = ""
    frame: str = ""
    """`box`: to be filled; `under`: a hair line."""
    indent: int = 0
    """Steps from the left edge; one keeps words off a frame."""
    form: str = "General"
    wraps: bool = True
    open: bool = False
    """May be typed into while the sheet is protected."""


LOOKS = {
    "title": Look(size=15, bold=True),
    "how": Look(size=9.5, ink=QUIET),
    "header": Look(bold=True, paper=BAND, frame="under"),
    "band": Look(size=10, bold=True, paper=BAND),
    "number": Look(bold=True, frame="under"),
    "text": Look(size=10, frame="under"),
    "guidance": Look(ink=QUIET, frame="under", indent=1),
    "option": Look(frame="under", indent=2),
    "label": Look(size=10, frame="under"),
    "fixed": Look(size=10, bold=True, frame="under", indent=1),
    "fill": Look(size=10, frame="box", open=True, form="@", indent=1),
    "fill_list": Look(size=10, frame="box", open=True, indent=1),
    "fill_date": Look(size=10, frame="box", open=True, form="yyyy-mm-dd", indent=1),
    "fill_time": Look(size=10, frame="box", open=True, form="hh:mm", indent=1),
    "fill_moment": Look(size=10, frame="box", open=True, form="yyyy-mm-dd hh:mm", indent=1),
    "remark": Look(bold=True, paper=NOTICE, frame="under", indent=1),
    "counter": Look(size=10, bold=True, frame="under", indent=1),
    "link": Look(size=10, bold=True, paper=NOTICE, frame="under"),
    "hidden": Look(size=8, ink=QUIET, wraps=False),
}
_RETURNED = ("fill", "fill_list", "fill_moment", "fill_date", "fill_time")
LOOKS |= {f"{name}_remark": LOOKS[name]._replace(paper=NOTICE) for name in _RETURNED}


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

    def formula(self, sheet: Any, row: int, column: int, formula: str, role: str) -> Any:
        """A cell that is reckoned."""
        cell = self.put(sheet, row, column, None, role)
        cell.value = formula
        return cell

    @staticmethod
    def note(cell: Any, text: str) -> None:
        """A comment that opens where somebody points at the cell."""
        from openpyxl.comments import Comment

        cell.comment = Comment(text, "auditkit", height=120, width=320)


def _dress(cell: Any, look: Look) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    cell.font = Font(name=FONT, size=look.size, bold=look.bold, color=look.ink)
    cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=look.wraps, indent=look.indent)
    cell.number_format = look.form
    cell.protection = Protection(locked=not look.open)
    if look.paper:
        cell.fill = PatternFill("solid", start_color=look.paper)
    if look.frame == "box":
        side = Side(style="thin", color=LINE)
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    elif look.frame == "under":
        cell.border = Border(bottom=Side(style="hair", color=LINE))


_STEP = 1.5
"""Units of column width that one step of indent takes."""
_TALLEST = 400.0
"""Points; Excel allows 409."""


def height(*cells: tuple[str, float, str]) -> float:
    """Points that the tallest of some cells (text, column width, role) needs, with a little air above and below."""
    tallest = 12.0
    for text, width, role in cells:
        look = LOOKS[role]
        count = lines_of(text, width - _STEP * look.indent, look.size, bold=look.bold)
        tallest = max(tallest, count * look.size * 1.18)
    return min(_TALLEST, round(tallest * 1.03 + 7, 1))


def hatched() -> dict[str, Any]:
    """Fill and border of a cell that waits for something, told in black and white too."""
    from openpyxl.styles import Border, PatternFill, Side

    side = Side(style="thin", color=EDGE)
    fill = PatternFill(patternType="lightUp", fgColor="B08900", bgColor="FFF8E1")
    return {"fill": fill, "border": Border(left=side, right=side, top=side, bottom=side)}


def struck() -> dict[str, Any]:
    """How a question looks that is not asked: grey, and struck through for who sees no grey."""
    from openpyxl.styles import Font, PatternFill

    # LibreOffice takes what is not said here from the default style, whose larger letters would not fit the row.
    font = Font(name=FONT, sz=9, color=PALE, strike=True)
    return {"font": font, "fill": PatternFill("solid", bgColor="ECEFF1")}


def print_setup(sheet: Any, *, landscape: bool, footer: str) -> None:
    """A4, as wide as the page, protected but for the framed cells."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = 0.45
    margins.bottom, margins.header, margins.footer = 0.6, 0.2, 0.3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = footer.replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False

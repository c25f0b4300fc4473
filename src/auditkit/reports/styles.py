"""How every role looks in a workbook; all workbooks share these styles, prepared once."""

# ruff: noqa: SLF001 - openpyxl offers no public way to share prepared styles between workbooks

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from openpyxl.styles import Alignment, Border, Font, PatternFill

FONT = "Arial"
INK, QUIET, LINE, PAPER = "1F2933", "52606D", "B8C2CC", "FFFFFF"
BAND, SOFT = "E4E9EE", "F3F5F7"
WARN, WARN_PAPER = "8A1C1C", "FBE9E7"


class Look(NamedTuple):
    """One role. Nothing is told by colour alone: what a colour says, the text of the cell says too."""

    size: float = 9
    bold: bool = False
    italic: bool = False
    ink: str = INK
    paper: str = ""
    side: str = "left"
    upright: str = "top"
    lines: str = "bottom"
    """`none`, `bottom` (hair line under the cell), `heavy` (a line above), `box`, `rule` (a strong line under it)."""
    numeric: bool = False
    """Takes the forms of numbers."""
    turned: bool = False
    """Reads upwards, for narrow columns."""
    indent: int = 0
    """Steps that words stand in, so that the number before them does not touch them. Numbers themselves have none:
    LibreOffice forgets theirs in some cells of a row."""


LOOKS: dict[str, Look] = {
    "plain": Look(lines="none"),
    "quiet": Look(lines="none", ink=QUIET),
    "title": Look(size=16, bold=True, lines="none", upright="center"),
    "subtitle": Look(size=10, ink=QUIET, lines="none"),
    "heading": Look(size=11, bold=True, lines="rule", upright="bottom"),
    "lead": Look(size=11, lines="none"),
    "notice": Look(size=11, bold=True, lines="none"),
    "big": Look(size=32, bold=True, lines="none", upright="center", numeric=True),
    "level": Look(size=14, bold=True, lines="none", upright="bottom"),
    "header": Look(bold=True, paper=BAND, upright="bottom", lines="rule", indent=1),
    "header_right": Look(bold=True, paper=BAND, upright="bottom", lines="rule", side="right"),
    "header_up": Look(bold=True, paper=BAND, upright="bottom", lines="rule", side="center", turned=True),
    "header_center": Look(bold=True, paper=BAND, upright="bottom", lines="rule", side="center"),
    "text": Look(indent=1),
    "strong": Look(bold=True, indent=1),
    "note": Look(ink=QUIET, indent=1),
    "said": Look(italic=True, ink=QUIET, indent=1),
    "center": Look(side="center"),
    "number": Look(side="right", numeric=True),
    "number_strong": Look(side="right", bold=True, numeric=True),
    "number_quiet": Look(side="right", ink=QUIET, numeric=True),
    "band": Look(size=10, bold=True, paper=BAND, lines="none", upright="center", indent=1),
    "band_number": Look(size=10, bold=True, paper=BAND, lines="none", side="right", upright="center", numeric=True),
    "group": Look(bold=True, paper=SOFT, indent=1),
    "group_center": Look(bold=True, paper=SOFT, side="center"),
    "group_number": Look(bold=True, paper=SOFT, side="right", numeric=True),
    "total": Look(bold=True, lines="heavy", indent=1),
    "total_number": Look(bold=True, lines="heavy", side="right", numeric=True),
    "critical": Look(bold=True, ink=WARN, paper=WARN_PAPER, lines="box", indent=1),
    "critical_text": Look(ink=INK, paper=WARN_PAPER, lines="box", indent=1),
    "fill": Look(lines="box", indent=1),
    "fill_date": Look(lines="box", side="center", numeric=True),
    "shade0": Look(side="center", upright="center", lines="box", numeric=True),
    "shade1": Look(side="center", upright="center", lines="box", paper="EDF1F4", numeric=True),
    "shade2": Look(side="center", upright="center", lines="box", paper="D3DCE4", numeric=True),
    "shade3": Look(side="center", upright="center", lines="box", paper="AAB8C5", bold=True, numeric=True),
    "shade4": Look(
        side="center", upright="center", lines="box", paper="4A5A6A", ink=PAPER, bold=True, numeric=True
    ),
}  # fmt: skip

FORMS: dict[str, str] = {
    "0.0": "0", "0.1": "0.0", "0.2": "0.00", "0.3": "0.000", "0.4": "0.0000", "0.5": "0.00000", "0.6": "0.000000",
    "change.0": "+0;\u22120;0", "change.1": "+0.0;\u22120.0;0.0", "change.2": "+0.00;\u22120.00;0.00",
    "change.3": "+0.000;\u22120.000;0.000", "date": "dd.mm.yyyy",
    "moved.0": '"↑ "+0;"↓ "\u22120;0', "moved.1": '"↑ "+0.0;"↓ "\u22120.0;0.0',
    "moved.2": '"↑ "+0.00;"↓ "\u22120.00;0.00', "moved.3": '"↑ "+0.000;"↓ "\u22120.000;0.000',
}  # fmt: skip
_GENERAL = tuple(form for form in FORMS if not form.startswith("moved"))
"""Arrows stand beside changes only, which are plain numbers."""
"""Number forms; the sign of the decimals is the reader's program's."""


@cache
def style_index() -> dict[tuple[str, str], int]:
    """(look, form) → place of the cell's style in every workbook of ours."""
    index: dict[tuple[str, str], int] = {}
    for name, look in LOOKS.items():
        for form in ("", *(FORMS if name == "number" else _GENERAL)) if look.numeric else ("",):
            index[name, form] = len(index) + 1
    return index


@cache
def prepared() -> Any:
    """A workbook without sheets that holds all styles, in the order of `style_index`; never written to."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.utils.indexed_list import IndexedList

    book: Any = Workbook()
    book._fonts = IndexedList([Font(name=FONT, size=10)])
    book._cell_styles = IndexedList([StyleArray()])
    book._named_styles["Normal"].font = Font(name=FONT, size=10)  # the measure of all column widths
    for name, form in style_index():
        font, fill, border, alignment = _parts(LOOKS[name])
        style = StyleArray()
        style.fontId = book._fonts.add(font)
        style.fillId = book._fills.add(fill) if fill else 0
        style.borderId = book._borders.add(border)
        style.alignmentId = book._alignments.add(alignment)
        style.numFmtId = _format(book, FORMS[form]) if form else 0
        book._cell_styles.append(style)
    return book


def _format(book: Any, code: str) -> int:
    from openpyxl.styles.numbers import BUILTIN_FORMATS_MAX_SIZE, BUILTIN_FORMATS_REVERSE

    known = BUILTIN_FORMATS_REVERSE.get(code)
    return known if known is not None else BUILTIN_FORMATS_MAX_SIZE + book._number_formats.add(code)


def _parts(look: Look) -> tuple[Font, PatternFill | None, Border, Alignment]:
    from openpyxl.styles import Alignment, Font, PatternFill

    font = Font(name=FONT, size=look.size, bold=look.bold, italic=look.italic, color=look.ink)
    fill = PatternFill("solid", fgColor=look.paper) if look.paper else None
    alignment = Alignment(horizontal=look.side, vertical=look.upright, wrap_text=True, indent=look.indent,
                          text_rotation=90 if look.turned else 0)  # fmt: skip
    return font, fill, _border(look.lines), alignment


def _border(lines: str) -> Border:
    from openpyxl.styles import Border, Side

    thin, medium = Side("thin", color=LINE), Side("thin", color=QUIET)
    return {
        "none": Border(),
        "bottom": Border(bottom=thin),
        "rule": Border(bottom=medium),
        "heavy": Border(top=medium, bottom=medium),
        "box": Border(left=thin, right=thin, top=thin, bottom=thin),
    }[lines]

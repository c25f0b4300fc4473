"""A definition as a workbook in which it can be read, translated and changed, by somebody who has never seen YAML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from auditkit.editing.outline import KINDS, QUESTION, SECTION, Words
from auditkit.editing.sheets import CHECKLIST, MORE, QUESTIONS, Table, tables_of
from auditkit.locales import say
from auditkit.whole import save_whole
from auditkit.widths import lines_of

GUIDE = "Guide"
_NARROW, _ID, _TEXT = 11, 20, 52
_WIDER = ("id", "key", "grade", "source", "applies_when", MORE)
_INDENT = 1.8
"""Characters in a step of indentation."""
_DIGITS = 15
"""A number with more of them would not come back as it was."""
_CHOICES = {
    "row": KINDS,
    "kind": ("yes_no", "choice", "multi", "scale", "number", "timestamp", "duration", "deadline", "text", "photo"),
    "severity": ("minor", "major", "critical"),
    "required": ("yes", "no"),
    "not_applicable": ("yes", "no"),
    "comment": ("never", "not_met", "always"),
    "seen_by": ("shopper", "shopper_later", "office", "manager"),
}
_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
_LINES, _GUIDE_WIDE = 6, 96
"""Of the guide, and how wide they are."""


def write_workbook(data: Mapping[str, Any], words: Words, path: Path, language: str) -> None:
    """The sheets of a definition, and one that explains them in a language; the file appears whole or not at all."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for table in tables_of(data, words):
        _write(book.create_sheet(table.name), table)
    _guide(book.create_sheet(GUIDE), language)
    save_whole(path, book.save)


def _write(sheet: Any, table: Table) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = Side(style="thin", color="B8C2CC")
    sheet.append(list(table.header))
    for cell in sheet[1]:
        cell.font = Font(name="Arial", size=9, bold=True)
        cell.fill = PatternFill("solid", "E4E9EE")
        cell.border = Border(bottom=Side(style="medium", color="1F2933"))
    for at, values in enumerate(table.rows, 2):
        kind = values[0] if table.name == QUESTIONS else ""
        for column, (name, value) in enumerate(zip(table.header, values, strict=True), 1):
            cell = sheet.cell(at, column)
            if value:
                _put(cell, value)
            strong = kind.startswith(SECTION) or (kind == QUESTION and column > 2)
            cell.font = Font(name="Arial", size=9, bold=strong, color="1F2933" if strong or column > 2 else "52606D")
            turned = name.partition("-")[0] in _RIGHT_TO_LEFT
            step = _step(kind) if _is_text(table, name) else 0
            cell.alignment = Alignment(
                vertical="top", wrap_text=True, indent=step, horizontal="right" if turned else "left",
                readingOrder=2 if turned else 0,
            )  # fmt: skip
            if kind.startswith(SECTION):
                cell.fill = PatternFill("solid", "F3F5F7")
                cell.border = Border(top=Side(style="medium", color="1F2933"), bottom=line)
            else:
                cell.border = Border(bottom=line, top=line if kind == QUESTION else None)
        sheet.row_dimensions[at].height = _height(table, values, kind)
    _set_up(sheet, table)


def _height(table: Table, values: Sequence[str], kind: str) -> float:
    """Points of a row; spreadsheets do not reckon them in files that programs write."""
    strong = kind == QUESTION or kind.startswith(SECTION)
    needed = 1
    for name, value in zip(table.header, values, strict=True):
        inner = _width(table, name) - (_INDENT * _step(kind) if _is_text(table, name) else 0)
        needed = max(needed, lines_of(value, inner, 9, bold=strong) if value else 1)
    return min(409.0, needed * 11.5 + 3)


def _width(table: Table, name: str) -> int:
    return _TEXT if _is_text(table, name) else _ID if name in _WIDER else _NARROW


def _step(kind: str) -> int:
    """How far the text of a row stands in."""
    return 0 if not kind or kind.startswith(SECTION) else 1 if kind in (QUESTION, "include") else 3


def _put(cell: Any, value: str) -> None:
    """Numbers as numbers where they come back as they were; all else as text, also what begins with `=`."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = None
    if number is not None and str(number) == value and number.is_finite() and len(value) < _DIGITS and "E" not in value:
        cell.value = int(number) if number == number.to_integral_value() and "." not in value else float(number)
        if str(cell.value) == value:
            return
    cell.value = value
    cell.data_type = "s"


def _is_text(table: Table, name: str) -> bool:
    """Whether a column holds texts of a language."""
    if table.name == CHECKLIST:
        return name != "key"
    return 1 < len(name) < 12 and name in _codes(table)


def _codes(table: Table) -> tuple[str, ...]:
    if table.name == QUESTIONS:
        return table.header[2 : table.header.index("kind")]
    return table.header[2:] if table.header[:2] == ("kind", "id") else table.header[1:2]


def _set_up(sheet: Any, table: Table) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    last = max(len(table.rows) * 2, 200)
    for at, name in enumerate(table.header, 1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = _width(table, name)
        if table.name == QUESTIONS and name in _CHOICES:
            rule = DataValidation(type="list", formula1=f'"{",".join(_CHOICES[name])}"', allow_blank=True)
            # What is not in the list may be written all the same: a comment's least length, for one.
            rule.showErrorMessage = False
            rule.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(rule)
    sheet.freeze_panes = sheet.cell(2, 4 if table.name == QUESTIONS else 2)
    if table.rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.header))}{len(table.rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.print_title_rows = "1:1"
    if table.name == QUESTIONS:
        sheet.print_title_cols = "A:B"


def _guide(sheet: Any, language: str) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = _GUIDE_WIDE
    sheet.append([say(language, "editing.guide_title")])
    sheet["A1"].font = Font(name="Arial", size=14, bold=True)
    for at in range(1, _LINES + 1):
        sheet.append([say(language, f"editing.guide_{at}_name"), say(language, f"editing.guide_{at}")])
        for cell in sheet[at + 1]:
            cell.font = Font(name="Arial", size=10, bold=cell.column == 1)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        lines = lines_of(str(sheet.cell(at + 1, 2).value), _GUIDE_WIDE, 10)
        sheet.row_dimensions[at + 1].height = lines * 13 + 6
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True

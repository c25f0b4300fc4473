"""The first sheet of a form: which visit it is, when it was, how it ended, what is missing, what is to be mended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from auditkit.forms.blank import Blank
from auditkit.forms.fields import fields, values_of
from auditkit.forms.workbook.drop_downs import Lists, check_counts, check_dates, check_times
from auditkit.forms.workbook.looks import Styles, hatched, height, print_setup
from auditkit.locales import say
from auditkit.model.visit import Outcome

COVER = "auditkit:cover"
"""Stands hidden in the cover's first row, so that a renamed sheet is still known."""
KEY_COLUMN = 3
WIDTHS = (52, 40)
FIRST_ROW = 4
_NEEDED = ("branch", "visit_date")
"""Fields that are marked while they are blank."""


class Line(NamedTuple):
    """A line below the fields."""

    label: str
    value: str
    """A text, or a formula where it begins with `=`."""
    goes_to: str
    """Cell or sheet that a click on the label leads to; empty: nowhere."""


class Cover:
    """Writes the cover."""

    def __init__(self, sheet: Any, styles: Styles, lists: Lists, blank: Blank) -> None:
        self._sheet, self._styles, self._lists = sheet, styles, lists
        self._blank, self._language = blank, blank.language
        self._fields = fields(blank)
        self._rows = {field.key: row for row, field in enumerate(self._fields, FIRST_ROW)}

    def write_fields(self) -> None:
        """Title, fields and what they take."""
        sheet, put, language = self._sheet, self._styles.put, self._language
        put(sheet, 1, 1, say(language, "forms.title"), "title")
        put(sheet, 1, KEY_COLUMN, COVER, "hidden")
        put(sheet, 2, 1, say(language, "forms.how"), "how")
        sheet.merge_cells("A2:B2")
        sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 24, 40
        remarks = {each.key: each.text for each in self._blank.remarks if not each.checklist}
        values = values_of(self._blank)
        for field in self._fields:
            row, remark = self._rows[field.key], remarks.get(field.key, "")
            put(sheet, row, 1, say(language, f"forms.{field.key}"), "label")
            role = f"{field.role}_remark" if remark and field.role != "fixed" else field.role
            cell = put(sheet, row, 2, values.get(field.key), role)
            if remark:
                self._styles.note(cell, remark)
            put(sheet, row, KEY_COLUMN, field.key, "hidden")
            sheet.row_dimensions[row].height = 22
            if field.choices:
                self._lists.offer(sheet, f"B{row}", field.choices, language)
        check_dates(sheet, [self._cell("visit_date")], language)
        check_times(sheet, [self._cell("start"), self._cell("end")], language)
        counts = ("attempts", "customers_waiting", "staff_on_duty", "minutes_to_first_contact")
        check_counts(sheet, [self._cell(name) for name in counts], language)

    def _cell(self, field: str) -> str:
        return f"B{self._rows[field]}"

    def open_formula(self) -> str:
        """1 while the visit was carried out, as far as anybody says; else there is nothing to ask."""
        cell = self._on_this_sheet("outcome")
        done = say(self._language, f"forms.outcome_{Outcome.DONE.value}").replace('"', '""')
        return f'=IF(OR(LEN({cell})=0,{cell}="{done}"),1,0)'

    def position_formula(self) -> str:
        """Whom the visit is about; empty where nobody is asked."""
        return f'={self._on_this_sheet("position")}&""' if "position" in self._rows else ""

    def _on_this_sheet(self, field: str) -> str:
        name = str(self._sheet.title).replace("'", "''")
        return f"'{name}'!$B${self._rows[field]}"

    def write_rest(self, counters: Sequence[Line], remarks: Sequence[Line]) -> None:
        """What is missing, what is to be mended, and how the sheet prints."""
        row = FIRST_ROW + len(self._fields) + 1
        for line in counters:
            self._line(row, line, "label", "counter")
            row += 1
        self._note(row, say(self._language, "forms.missing_note"))
        if remarks:
            row += 2
            self._styles.put(self._sheet, row, 1, say(self._language, "forms.remarks"), "band")
            self._styles.put(self._sheet, row, 2, "", "band")
            for line in remarks:
                row += 1
                self._line(row, line, "link", "remark")
        for name in ("language", "supersedes"):
            row += 1
            self._styles.put(self._sheet, row, 2, getattr(self._blank, name), "hidden")
            self._styles.put(self._sheet, row, KEY_COLUMN, name, "hidden")
            self._sheet.row_dimensions[row].hidden = True
        self._finish()

    def _line(self, row: int, line: Line, label: str, value: str) -> None:
        cell = self._styles.put(self._sheet, row, 1, line.label, label)
        if line.goes_to:
            sheet, _, at = line.goes_to.partition("!")
            cell.hyperlink = f"#'{sheet.replace(chr(39), chr(39) * 2)}'!{at or 'A1'}"
            cell.hyperlink.display = None
            at_cell = f" ({at})" if at else ""
            cell.value = f"{line.label}{at_cell}"
            cell.data_type = "s"
        if line.value.startswith("=") and value == "counter":
            self._styles.formula(self._sheet, row, 2, line.value, value)
        else:
            self._styles.put(self._sheet, row, 2, line.value, value)
        words = "" if value == "counter" else line.value
        tallest = height((str(cell.value or ""), WIDTHS[0], label), (words, WIDTHS[1], value))
        self._sheet.row_dimensions[row].height = max(30 if value == "counter" else 22, tallest)

    def _note(self, row: int, text: str) -> None:
        self._styles.put(self._sheet, row, 1, text, "how")
        self._sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        self._sheet.row_dimensions[row].height = 28

    def _finish(self) -> None:
        from openpyxl.formatting.rule import FormulaRule
        from openpyxl.utils import get_column_letter

        sheet = self._sheet
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = WIDTHS
        sheet.column_dimensions[get_column_letter(KEY_COLUMN)].hidden = True
        for name in _NEEDED:
            rule = FormulaRule([f"LEN({self._cell(name)})=0"], **hatched())  # type: ignore[no-untyped-call]
            sheet.conditional_formatting.add(self._cell(name), rule)
        print_setup(sheet, landscape=False, footer=self._blank.visit_id)

"""One checklist's sheet of a form: a row a question, and hidden beside it which item it is and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from auditkit.forms.answers import shown_answers
from auditkit.forms.blank import Blank
from auditkit.forms.layout import FormRow, footer_of, rows_of
from auditkit.forms.workbook.drop_downs import Lists, check_numbers
from auditkit.forms.workbook.live import Columns, Live, Status, running_count
from auditkit.forms.workbook.looks import Styles, hatched, height, print_setup, struck
from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.model.items import NumberItem

WIDTHS = (6, 46, 46, 24, 32, 18)
HEADERS = ("number", "question", "guidance", "answer", "comment", "evidence")
FIRST_ROW = 4
KEY, STATUS_AT, COUNT_AT = 7, 8, 9
"""Hidden columns: the row's item, its status, how many questions down to it lack something."""
NUMBER, COUNT = "A", "I"
COLUMNS = Columns(key="G", answer="D", comment="E", status="H", first=FIRST_ROW, last=FIRST_ROW)
OPEN_CELL, POSITION_CELL = "$H$1", "$H$2"
REMARK = "▶ "
"""Stands before a remark, so that it is found in black and white too."""


class Written(NamedTuple):
    """A sheet that was written."""

    name: str
    last: int
    """Its last row with a question."""
    rows: Mapping[str, int]
    """Row key → row."""


class ChecklistSheet:
    """Writes the sheet of one checklist."""

    def __init__(self, sheet: Any, styles: Styles, lists: Lists, blank: Blank, checklist: Checklist) -> None:
        self._sheet, self._styles, self._lists = sheet, styles, lists
        self._blank, self._checklist, self._language = blank, checklist, blank.language
        self._rows = rows_of(checklist, blank.language, blank.seen_by)
        self._last = FIRST_ROW + len(self._rows) - 1
        self._columns = COLUMNS._replace(last=self._last)
        filled = blank.filled.get(checklist.checklist)
        self._given = shown_answers(checklist, filled, blank.language) if filled is not None else {}
        of = [each for each in blank.remarks if each.checklist == checklist.checklist]
        self._remarks = {key: "\n".join(r.text for r in of if r.key == key) for key in {r.key for r in of}}

    def write(self, open_formula: str, position_formula: str) -> Written:
        """Everything; the formulas say on this sheet whether anything is to be asked, and about whom."""
        self._head(open_formula, position_formula)
        live = Live(
            self._rows,
            self._checklist,
            self._language,
            self._columns,
            OPEN_CELL,
            POSITION_CELL if position_formula else "",
        )
        for number, row in enumerate(self._rows, FIRST_ROW):
            self._row(number, row)
            self._reckoned(number, row, live)
            self._offer(number, row)
        self._finish()
        rows = {row.key: number for number, row in enumerate(self._rows, FIRST_ROW) if row.key}
        return Written(self._sheet.title, self._last, rows)

    def _head(self, open_formula: str, position_formula: str) -> None:
        sheet, put, of = self._sheet, self._styles.put, self._checklist
        title = of.title.said(self._language)
        put(sheet, 1, 1, title, "title")
        put(sheet, 1, KEY, f"auditkit:{of.checklist}@{of.version}#{of.source_hash}", "hidden")
        self._styles.formula(sheet, 1, STATUS_AT, open_formula, "hidden")
        about = self._remarks.get("")
        words = of.about.said(self._language) if of.about else ""
        put(sheet, 2, 1, f"{REMARK}{about}" if about else words, "how")
        if position_formula:
            self._styles.formula(sheet, 2, STATUS_AT, position_formula, "hidden")
        sheet.merge_cells("A1:F1")
        sheet.merge_cells("A2:F2")
        sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 24, 28
        for column, header in enumerate(HEADERS, 1):
            put(sheet, FIRST_ROW - 1, column, say(self._language, f"forms.{header}"), "header")

    def _row(self, number: int, row: FormRow) -> None:
        put, sheet = self._styles.put, self._sheet
        if row.kind == "section":
            for column, text in enumerate((row.number, row.text, row.guidance, "", "", ""), 1):
                put(sheet, number, column, text, "band")
            tallest = height((row.text, WIDTHS[1], "band"), (row.guidance, WIDTHS[2], "band"))
            sheet.row_dimensions[number].height = tallest
            return
        answer, comment, evidence = self._given.get(row.key, (None, "", ""))
        remark, is_item = self._remarks.get(row.key, ""), row.kind == "item"
        fill = {"timestamp": "fill_moment", "text": "fill"}.get(row.takes, "fill_list")
        asked, told = (row.text, "text") if is_item else (f"• {row.text}", "option")
        guidance = f"{REMARK}{remark}\n{row.guidance}".rstrip() if remark else row.guidance
        put(sheet, number, 1, row.number, "number")
        put(sheet, number, 2, asked, told)
        put(sheet, number, 3, guidance, "remark" if remark else "guidance")
        cell = put(sheet, number, 4, answer, f"{fill}_remark" if remark else fill)
        put(sheet, number, 5, comment, "fill" if is_item else "option")
        put(sheet, number, 6, evidence, "fill" if is_item else "option")
        put(sheet, number, KEY, row.key, "hidden")
        if remark:
            self._styles.note(cell, remark)
        words = answer if isinstance(answer, str) else ""
        sheet.row_dimensions[number].height = height(
            (asked, WIDTHS[1], told),
            (guidance, WIDTHS[2], "remark" if remark else "guidance"),
            (words, WIDTHS[3], fill),
            (comment, WIDTHS[4], "fill"),
            (evidence, WIDTHS[5], "fill"),
        )

    def _reckoned(self, number: int, row: FormRow, live: Live) -> None:
        status = live.status(row, number)
        if status is not None:
            self._styles.formula(self._sheet, number, STATUS_AT, status, "hidden")
        self._styles.formula(self._sheet, number, COUNT_AT, running_count(self._columns, number), "hidden")

    def _offer(self, number: int, row: FormRow) -> None:
        """What may be chosen; numbers and moments may be typed beside the words of their list."""
        item, cell = self._checklist.items_by_id.get(row.key), f"D{number}"
        if row.choices:
            self._lists.offer(self._sheet, cell, row.choices, self._language)
        elif row.words:
            self._lists.offer(self._sheet, cell, row.words, self._language, how=_how(row, self._language))
        elif isinstance(item, NumberItem):
            check_numbers(self._sheet, cell, item.lowest, item.highest, self._language)

    def _finish(self) -> None:
        from openpyxl.formatting.rule import FormulaRule
        from openpyxl.utils import get_column_letter

        sheet, last = self._sheet, self._last
        for column, width in enumerate(WIDTHS, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        for column in (KEY, STATUS_AT, COUNT_AT):
            sheet.column_dimensions[get_column_letter(column)].hidden = True
        sheet.freeze_panes = f"A{FIRST_ROW}"
        sheet.print_title_rows, sheet.print_area = f"{FIRST_ROW - 1}:{FIRST_ROW - 1}", f"A1:F{last}"
        for letter, status in (("D", Status.MISSING), ("E", Status.NO_COMMENT)):
            rule = FormulaRule([f"$H{FIRST_ROW}={int(status)}"], **hatched())  # type: ignore[no-untyped-call]
            sheet.conditional_formatting.add(f"{letter}{FIRST_ROW}:{letter}{last}", rule)
        asleep = f"AND(ISNUMBER($H{FIRST_ROW}),$H{FIRST_ROW}={int(Status.NOT_ASKED)})"
        grey = FormulaRule([asleep], **struck())  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add(f"A{FIRST_ROW}:F{last}", grey)
        print_setup(sheet, landscape=True, footer=footer_of(self._checklist, self._language))


def _how(row: FormRow, language: str) -> str:
    """What is shown beside the cell while somebody types into it."""
    first = say(language, "forms.moment") if row.takes == "timestamp" else say(language, "forms.a_number")
    return f"{first}; {say(language, 'forms.or_write', words=' / '.join(row.words))}"

"""The trial form: a workbook in which somebody who knows the draft judges each of its questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from auditkit.forms.layout import footer_of
from auditkit.forms.workbook.drop_downs import Lists, check_dates
from auditkit.forms.workbook.looks import Styles, height, print_setup
from auditkit.forms.workbook.writing import sheet_name
from auditkit.intake.native_workbook import TRIAL_MARK
from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.trial.asking import ASKED, FIELDS, NO, ROLES, UNSURE, YES, Line, lines_of
from auditkit.whole import save_whole

_COVER_WIDTHS = (38, 58)
_WIDTHS = (6, 42, 42, 13, 13, 13, 40)
KEY = len(_WIDTHS) + 1
"""The hidden column in which every row says what it is about."""
_FIRST = 5
"""Row of the first section."""
_TALL = ("lacking", "other")


def write_trial(checklists: Sequence[Checklist], language: str, path: Path) -> None:
    """Write the form; the file appears whole or not at all."""
    from openpyxl import Workbook

    book = Workbook()
    styles, lists = Styles(book), Lists(book)
    sheet = book.worksheets[0]
    sheet.title = say(language, "forms.cover")
    _cover(sheet, styles, lists, checklists, language)
    for checklist in checklists:
        name = sheet_name(checklist.title.said(language), book.sheetnames)
        _checklist(book.create_sheet(name), styles, lists, checklist, language)
    lists.write()
    book.properties.creator = "auditkit"
    save_whole(path, book.save)


def _cover(sheet: Any, styles: Styles, lists: Lists, checklists: Sequence[Checklist], language: str) -> None:
    styles.put(sheet, 1, 1, say(language, "trial.title"), "title")
    styles.put(sheet, 1, 3, TRIAL_MARK, "hidden")
    sheet.row_dimensions[1].height = 24
    named = "\n".join(f"{each.title.said(language)} · {each.version}" for each in checklists)
    for row, text, role in ((2, named, "label"), (3, say(language, "trial.how"), "how")):
        styles.put(sheet, row, 1, text, role)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        sheet.row_dimensions[row].height = height((text, sum(_COVER_WIDTHS), role))
    row = 4
    for asked in ASKED:
        row += 1
        about = say(language, f"trial.{asked}_about")
        styles.put(sheet, row, 1, say(language, f"trial.{asked}"), "fixed")
        styles.put(sheet, row, 2, about, "label")
        sheet.row_dimensions[row].height = height((about, _COVER_WIDTHS[1], "label"))
    row += 1
    for field in FIELDS:
        row += 1
        label = say(language, f"trial.{field}")
        styles.put(sheet, row, 1, label, "label")
        styles.put(sheet, row, 2, None, "fill_date" if field == "day" else "fill")
        styles.put(sheet, row, 3, field, "hidden")
        sheet.row_dimensions[row].height = (
            110 if field in _TALL else max(22, height((label, _COVER_WIDTHS[0], "label")))
        )
        if field == "role":
            words = tuple(say(language, f"trial.role_{role}") for role in ROLES)
            lists.offer(sheet, f"B{row}", words, language, how=label)
        elif field == "day":
            check_dates(sheet, [f"B{row}"], language)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _COVER_WIDTHS
    sheet.column_dimensions["C"].hidden = True
    print_setup(sheet, landscape=False, footer=say(language, "trial.title"))


def _checklist(sheet: Any, styles: Styles, lists: Lists, checklist: Checklist, language: str) -> None:
    from openpyxl.utils import get_column_letter

    styles.put(sheet, 1, 1, checklist.title.said(language), "title")
    styles.put(sheet, 1, KEY, f"{TRIAL_MARK}:{checklist.checklist}@{checklist.version}", "hidden")
    sheet.row_dimensions[1].height = 24
    about = " ".join(f"{say(language, f'trial.{asked}')} {say(language, f'trial.{asked}_about')}" for asked in ASKED)
    styles.put(sheet, 2, 1, about, "how")
    for row in (1, 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_WIDTHS))
    sheet.row_dimensions[2].height = height((about, sum(_WIDTHS), "how"))
    titles = (
        "forms.number",
        "forms.question",
        "forms.guidance",
        *(f"trial.{asked}" for asked in ASKED),
        "trial.remark",
    )
    for column, title in enumerate(titles, 1):
        styles.put(sheet, _FIRST - 1, column, say(language, title), "header")
    row = _FIRST - 1
    words = tuple(say(language, f"trial.{answer}") for answer in (YES, NO, UNSURE))
    for line in lines_of(checklist, language):
        row += 1
        _line(sheet, styles, row, line)
        if line.key:
            for column in range(4, 4 + len(ASKED)):
                lists.offer(sheet, f"{get_column_letter(column)}{row}", words, language)
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.column_dimensions[get_column_letter(KEY)].hidden = True
    sheet.freeze_panes = f"A{_FIRST}"
    sheet.print_title_rows = f"{_FIRST - 1}:{_FIRST - 1}"
    sheet.print_area = f"A1:{get_column_letter(len(_WIDTHS))}{row}"
    print_setup(sheet, landscape=True, footer=footer_of(checklist, language))


def _line(sheet: Any, styles: Styles, row: int, line: Line) -> None:
    if not line.key:
        for column, text in enumerate((line.number, line.text, "", "", "", "", ""), 1):
            styles.put(sheet, row, column, text, "band")
        sheet.row_dimensions[row].height = height((line.text, _WIDTHS[1], "band"))
        return
    styles.put(sheet, row, 1, line.number, "number")
    styles.put(sheet, row, 2, line.text, "text")
    styles.put(sheet, row, 3, line.how, "guidance")
    for column in range(4, len(_WIDTHS)):
        styles.put(sheet, row, column, None, "fill_list")
    styles.put(sheet, row, len(_WIDTHS), None, "fill")
    styles.put(sheet, row, KEY, line.key, "hidden")
    sheet.row_dimensions[row].height = height((line.text, _WIDTHS[1], "text"), (line.how, _WIDTHS[2], "guidance"))

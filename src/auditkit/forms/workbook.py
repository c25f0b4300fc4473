"""The form as an Excel workbook: a cover and a sheet a checklist; every row knows its item, so that it may be moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditkit.archive import FixedArchive
from auditkit.forms.answers import shown_answers
from auditkit.forms.blank import Blank
from auditkit.forms.cover import KEY_COLUMN, fields, write_cover
from auditkit.forms.drop_downs import Lists, check_dates
from auditkit.forms.layout import FormRow, rows_of
from auditkit.forms.looks import Styles, height
from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.model.judging import Observer
from auditkit.model.visit import Submission

if TYPE_CHECKING:
    from openpyxl import Workbook

_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001  a fixed stamp: the same form has the same bytes on any day
WIDTHS = (6, 46, 46, 24, 32, 18)
HEADERS = ("number", "question", "guidance", "answer", "comment", "evidence")
FIRST_ROW = 4
KEY, FLAG, COMMENT_AT = 7, 8, 9
"""Hidden columns: the row's item, whether a blank is marked, answers that need a comment."""


def write_form(blank: Blank, path: Path) -> None:
    """Write the form of one visit; the file appears whole or not at all."""
    values: dict[str, object] = {
        "visit_id": blank.visit_id,
        "branch": blank.branch,
        "wave": blank.wave,
        "shopper": blank.shopper,
    }
    if blank.filled:
        values |= _cover_values(next(iter(blank.filled.values())), blank.language)
    data = _workbook(blank.checklists, blank.language, values, blank.seen_by, blank.filled)
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)


def _cover_values(submission: Submission, language: str) -> dict[str, object]:
    of = submission
    return {
        "visit_id": of.visit_id,
        "branch": of.branch,
        "wave": of.wave,
        "shopper": of.shopper,
        "visit_date": of.visit_date,
        "start": of.start.time() if of.start else None,
        "end": of.end.time() if of.end else None,
        "outcome": say(language, f"forms.outcome_{of.outcome.value}"),
        "attempts": of.attempts,
        "customers_waiting": of.customers_waiting,
        "staff_on_duty": of.staff_on_duty,
        "minutes_to_first_contact": of.minutes_to_first_contact,
        "position": of.position,
    }


def _workbook(
    checklists: Sequence[Checklist],
    language: str,
    values: Mapping[str, object],
    seen_by: tuple[Observer, ...],
    filled: Mapping[str, Submission],
) -> bytes:
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    workbook = Workbook()
    cover = workbook.worksheets[0]
    styles = Styles(workbook)
    lists = Lists(workbook)
    positions = dict.fromkeys(p for checklist in checklists for _, item in checklist.walk_items() for p in item.for_)
    form_fields = fields(language, tuple(positions))
    cover.title = say(language, "forms.cover")
    rows = write_cover(cover, styles, form_fields, values, language)
    for field in form_fields:
        if field.choices:
            lists.offer(cover, f"B{rows[field.key]}", field.choices, language)
    check_dates(cover, [f"B{rows['visit_date']}"], language)
    counters = [
        _checklist_sheet(workbook, styles, lists, checklist, language, seen_by, filled.get(checklist.checklist))
        for checklist in checklists
    ]
    _counters(cover, styles, counters, len(form_fields) + 5, language)
    _finish_cover(cover)
    lists.write()
    workbook.properties.creator, workbook.properties.created = "auditkit", _CREATED
    workbook.properties.modified = _CREATED
    target = BytesIO()
    with FixedArchive(target, "w") as archive:
        ExcelWriter(workbook, archive).write_data()
    return target.getvalue()


def _checklist_sheet(
    workbook: Workbook,
    styles: Styles,
    lists: Lists,
    checklist: Checklist,
    language: str,
    seen_by: tuple[Observer, ...],
    filled: Submission | None,
) -> tuple[str, int]:
    title = checklist.title.said(language)
    sheet = workbook.create_sheet(sheet_name(title, workbook.sheetnames))
    styles.put(sheet, 1, 1, title, "title")
    marker = f"auditkit:{checklist.checklist}@{checklist.version}#{checklist.source_hash}"
    styles.put(sheet, 1, KEY, marker, "hidden")
    styles.put(sheet, 2, 1, checklist.about.said(language) if checklist.about else "", "how")
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("A2:F2")
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 24, 28
    for column, header in enumerate(HEADERS, 1):
        styles.put(sheet, FIRST_ROW - 1, column, say(language, f"forms.{header}"), "header")
    rows = rows_of(checklist, language, seen_by)
    given = shown_answers(checklist, filled, language) if filled is not None else {}
    moments = []
    for number, row in enumerate(rows, FIRST_ROW):
        _row(sheet, styles, number, row, given)
        if row.choices:
            lists.offer(sheet, f"D{number}", row.choices, language)
        elif row.takes == "timestamp":
            moments.append(f"D{number}")
    check_dates(sheet, moments, language)
    last = FIRST_ROW + len(rows) - 1
    _finish_sheet(sheet, last, say(language, "forms.footer", title=title, version=checklist.version))
    return sheet.title, last


def _row(sheet: Any, styles: Styles, number: int, row: FormRow, given: Mapping[str, tuple[object, str, str]]) -> None:
    if row.kind == "section":
        for column, text in enumerate((row.number, row.text, row.guidance, "", "", ""), 1):
            styles.put(sheet, number, column, text, "band")
        sheet.row_dimensions[number].height = height((row.text, WIDTHS[1], "band"), (row.guidance, WIDTHS[2], "band"))
        return
    answer, comment, evidence = given.get(row.key, (None, "", ""))
    is_item = row.kind == "item"
    fill = {"timestamp": "fill_moment", "text": "fill", "number": "fill_list"}.get(row.takes, "fill_list")
    styles.put(sheet, number, 1, row.number, "number")
    styles.put(sheet, number, 2, row.text if is_item else f"• {row.text}", "text" if is_item else "option")
    styles.put(sheet, number, 3, row.guidance, "guidance")
    styles.put(sheet, number, 4, answer, fill)
    styles.put(sheet, number, 5, comment, "fill" if is_item else "option")
    styles.put(sheet, number, 6, evidence, "fill" if is_item else "option")
    styles.put(sheet, number, KEY, row.key, "hidden")
    if row.flag:
        styles.put(sheet, number, FLAG, row.flag, "hidden")
    if row.comment_at:
        styles.put(sheet, number, COMMENT_AT, "|" + "|".join(row.comment_at) + "|", "hidden")
    asked, shown = sheet.cell(number, 2).value, "text" if is_item else "option"
    words = answer if isinstance(answer, str) else ""
    sheet.row_dimensions[number].height = height(
        (asked, WIDTHS[1], shown),
        (row.guidance, WIDTHS[2], "guidance"),
        (words, WIDTHS[3], fill),
        (comment, WIDTHS[4], "fill"),
        (evidence, WIDTHS[5], "fill"),
    )


def sheet_name(title: str, taken: Sequence[str]) -> str:
    """A legal name of a sheet: at most 31 characters, none of `[]:*?/\\`, not taken yet."""
    plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in title).strip(" '")[:31].strip() or "checklist"
    name, count = plain, 2
    while name.casefold() in {other.casefold() for other in taken}:
        name, count = f"{plain[:27]} ({count})", count + 1
    return name


def _counters(cover: Any, styles: Styles, sheets: list[tuple[str, int]], row: int, language: str) -> None:
    for at, (name, last) in enumerate(sheets, row):
        quoted = "'" + name.replace("'", "''") + "'"
        styles.put(cover, at, 1, say(language, "forms.missing", sheet=name), "label")
        cell = styles.put(cover, at, 2, None, "fixed")
        cell.value = _missing(f"{quoted}!", last)
        cover.row_dimensions[at].height = 22
    styles.put(cover, row + len(sheets), 1, say(language, "forms.missing_note"), "how")
    cover.merge_cells(start_row=row + len(sheets), end_row=row + len(sheets), start_column=1, end_column=2)
    cover.row_dimensions[row + len(sheets)].height = 28


def _missing(sheet: str, last: int) -> str:
    """How many questions are blank: those with a flag, and of those that are ticked the ones without any tick."""
    key, flag, answer = (f"{sheet}${column}${FIRST_ROW}:${column}${last}" for column in "GHD")
    blank = f"(LEN({answer})=0)"
    ticks = f'COUNTIFS({key},{key}&"/*",{answer},"?*")'
    return f'=SUMPRODUCT((({flag}="one")+({flag}="any")*({ticks}=0))*{blank})'


def _is_missing(last: int) -> str:
    """The same of one row, for its mark."""
    row, key, answer = FIRST_ROW, f"$G${FIRST_ROW}:$G${last}", f"$D${FIRST_ROW}:$D${last}"
    ticks = f'COUNTIFS({key},$G{row}&"/*",{answer},"?*")'
    return f'AND(LEN($D{row})=0,OR($H{row}="one",AND($H{row}="any",{ticks}=0)))'


def _finish_cover(sheet: Any) -> None:
    from openpyxl.utils import get_column_letter

    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 52, 40
    sheet.column_dimensions[get_column_letter(KEY_COLUMN)].hidden = True
    _page(sheet, landscape=False, footer="")


def _finish_sheet(sheet: Any, last: int, footer: str) -> None:
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Border, PatternFill, Side
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for column in (KEY, FLAG, COMMENT_AT):
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.print_title_rows, sheet.print_area = f"{FIRST_ROW - 1}:{FIRST_ROW - 1}", f"A1:F{last}"
    mark = PatternFill(patternType="lightUp", fgColor="B08900", bgColor="FFF8E1")
    side = Side(style="thin", color="8A6D00")
    edge = Border(left=side, right=side, top=side, bottom=side)
    blank = FormulaRule([_is_missing(last)], fill=mark, border=edge)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(f"D{FIRST_ROW}:D{last}", blank)
    at = f"$I{FIRST_ROW}"
    silent = (
        f"AND(LEN({at})>0,LEN($D{FIRST_ROW})>0,LEN($E{FIRST_ROW})=0,"
        f'OR({at}="|*|",ISNUMBER(SEARCH("|"&$D{FIRST_ROW}&"|",{at}))))'
    )
    rule = FormulaRule([silent], fill=mark, border=edge)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(f"E{FIRST_ROW}:E{last}", rule)
    _page(sheet, landscape=True, footer=footer)


def _page(sheet: Any, *, landscape: bool, footer: str) -> None:
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

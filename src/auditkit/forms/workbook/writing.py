"""The form as an Excel workbook: a cover and a sheet a checklist; every row knows its item, so that it may be moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

from auditkit.archive import FixedArchive
from auditkit.forms.blank import Blank
from auditkit.forms.workbook.checklist_sheet import COLUMNS, COUNT, NUMBER, ChecklistSheet, Written
from auditkit.forms.workbook.cover import Cover, Line
from auditkit.forms.workbook.drop_downs import Lists
from auditkit.forms.workbook.live import missing_sentence
from auditkit.forms.workbook.looks import Styles
from auditkit.locales import say
from auditkit.whole import write_whole

_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001  a fixed stamp: the same form has the same bytes on any day


def write_form(blank: Blank, path: Path) -> None:
    """Write the form of one visit; the file appears whole or not at all."""
    write_whole(path, _workbook(blank))


def _workbook(blank: Blank) -> bytes:
    from openpyxl import Workbook
    from openpyxl.workbook.properties import CalcProperties
    from openpyxl.writer.excel import ExcelWriter

    workbook = Workbook()
    styles, lists = Styles(workbook), Lists(workbook)
    sheet = workbook.worksheets[0]
    sheet.title = say(blank.language, "forms.cover")
    cover = Cover(sheet, styles, lists, blank)
    cover.write_fields()
    written: list[Written] = []
    for checklist in blank.checklists:
        name = sheet_name(checklist.title.said(blank.language), workbook.sheetnames)
        page = ChecklistSheet(workbook.create_sheet(name), styles, lists, blank, checklist)
        written.append(page.write(cover.open_formula(), cover.position_formula()))
    cover.write_rest([_counter(each, blank.language) for each in written], _remarks(blank, written))
    lists.write()
    workbook.properties.creator, workbook.properties.created = "auditkit", _CREATED
    workbook.properties.modified = _CREATED
    workbook.calculation = CalcProperties(fullCalcOnLoad=True)
    target = BytesIO()
    with FixedArchive(target, "w") as archive:
        ExcelWriter(workbook, archive).write_data()
    return target.getvalue()


def _counter(written: Written, language: str) -> Line:
    """What is missing in a checklist's sheet, as a line of the cover."""
    marks = {"n": "\0", "of": "\0", "list": ""}
    before, between, behind = say(language, "forms.missing_now", **marks).split("\0")
    nothing = say(language, "forms.nothing_missing", of="")
    sheet = "'" + written.name.replace("'", "''") + "'"
    columns = COLUMNS._replace(last=written.last)
    formula = missing_sentence(sheet, columns, NUMBER, COUNT, (before, between, behind, nothing))
    return Line(say(language, "forms.missing", sheet=written.name), formula, written.name)


def _remarks(blank: Blank, written: Sequence[Written]) -> list[Line]:
    """What is to be mended, as lines of the cover: number and words first, then the cell."""
    sheets = dict(zip([each.checklist for each in blank.checklists], written, strict=True))
    by_id = {each.checklist: each for each in blank.checklists}
    found = []
    for remark in blank.remarks:
        checklist, sheet = by_id.get(remark.checklist), sheets.get(remark.checklist)
        item = checklist.items_by_id.get(remark.key) if checklist is not None else None
        if checklist is None or sheet is None or item is None:
            label = f"forms.{remark.key}"
            words = say(blank.language, label) if remark.key and not remark.checklist else ""
            found.append(Line(words or (sheet.name if sheet is not None else ""), remark.text, ""))
            continue
        words = f"{checklist.numbers[item.id]} {item.text.said(blank.language)}"
        row = sheet.rows.get(item.id)
        found.append(Line(words, remark.text, f"{sheet.name}!D{row}" if row else ""))
    return found


def sheet_name(title: str, taken: Sequence[str]) -> str:
    """A legal name of a sheet: at most 31 characters, none of `[]:*?/\\`, not taken yet."""
    plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in title).strip(" '")[:31].strip() or "checklist"
    name, count = plain, 2
    while name.casefold() in {other.casefold() for other in taken}:
        name, count = f"{plain[:27]} ({count})", count + 1
    return name

"""What the workbook reckons while it is filled, reckoned by LibreOffice, is what the check says afterwards."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from auditkit.forms.blank import Blank
from auditkit.forms.workbook.live import LONGEST, Status
from auditkit.forms.workbook.writing import write_form
from auditkit.intake.checks import check
from auditkit.intake.reading import read_file
from auditkit.model.asked import asked_items, missing_items
from auditkit.model.checklist import Checklist
from auditkit.model.items import is_required
from auditkit.model.judging import Observer
from auditkit.model.visit import Outcome, Source, Submission
from tests.forms.person import LIBRARY, SHIPPED, Form, filled, shipped
from tests.forms.test_office import _office, saved_by_office  # noqa: F401  a fixture
from tests.scoring.random_cases import Case, cases
from tests.verify.sheets import Shelf, checklist_from

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]
KEY, STATUS = 7, 8


def statuses(sheet) -> dict[str, int]:
    """Item id → what the sheet says of it."""
    found = {}
    for number in range(1, sheet.max_row + 1):
        key = sheet.cell(number, KEY).value
        if isinstance(key, str) and not key.startswith("auditkit:") and "/" not in key:
            found[key] = sheet.cell(number, STATUS).value
    return found


def by_status(found: dict[str, int], *wanted: Status) -> set[str]:
    return {key for key, status in found.items() if status in wanted}


def sheet_of(path: Path, checklist: str):
    book = load_workbook(path, data_only=True)
    return next(
        s
        for s in book.worksheets
        if f"auditkit:{checklist}@" in {str(c.value).partition("@")[0] + "@" for r in s["A1:I40"] for c in r}
    )


MADE: list[tuple[Case, object, Submission]] = []


@settings(max_examples=60, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def _gather(case: Case) -> None:
    checklist = Checklist.model_validate(case.doc)
    answers = {k: v for k, v in case.answers.items() if v not in ("maybe", "not_asked")}
    answers = {k: v.replace(tzinfo=None, microsecond=0) if isinstance(v, datetime) else v for k, v in answers.items()}
    given_ = Submission(
        visit_id="V", checklist=checklist.checklist, version=checklist.version, branch="B", position=case.position,
        answers=answers, source=Source(file=""),
    )  # fmt: skip
    MADE.append((case, checklist, given_))


def test_law__asked_and_missing_as_the_model_says(tmp_path):
    """Random checklists with conditions in conditions, half-filled by chance."""
    MADE.clear()
    _gather()
    assert len(MADE) >= 30
    paths = []
    for at, (_, checklist, submission) in enumerate(MADE):
        paths.append(tmp_path / f"form{at}.xlsx")
        everybody = tuple(Observer)
        write_form(Blank([checklist], seen_by=everybody, filled={checklist.checklist: submission}), paths[-1])
    (tmp_path / "office").mkdir()
    conditional = 0
    for (_, checklist, submission), path in zip(MADE, saved_by_office(paths, "xlsx", tmp_path / "office"), strict=True):
        sheet = load_workbook(path, data_only=True).worksheets[1]
        found = statuses(sheet)
        asked = asked_items(checklist, submission.answers, submission.position)
        missing = set(missing_items(checklist, submission.answers, submission.position))
        assert by_status(found, Status.NOT_ASKED) == found.keys() - asked, path.name
        assert by_status(found, Status.MISSING) == missing & found.keys(), path.name
        conditional += len(found.keys() - asked)
    assert conditional > 20


@pytest.mark.parametrize("language", ["en", "kk"])
def test_shipped__counted_and_named_on_the_cover(language, tmp_path):
    """A form half filled, with comments left out; sorted upside down, its sheets renamed, rows put between."""
    checklists = [shipped(name) for name in SHIPPED]
    paths = []
    for seed in (1, 2, 3):
        book = load_workbook(filled(tmp_path, checklists, language, seed))
        for sheet in book.worksheets[1:5]:
            for number in range(4 + seed, sheet.max_row + 1, 3):
                sheet.cell(number, 4).value = None
        paths.append(tmp_path / f"half{seed}.xlsx")
        book.save(paths[-1])
    (tmp_path / "office").mkdir()
    for path in saved_by_office(paths, "xlsx", tmp_path / "office"):
        book = load_workbook(path, data_only=True)
        read = read_file(path, LIBRARY)
        for at, reading in enumerate(read.readings):
            checklist = shipped(reading.submission.checklist)
            problems = check(reading.submission, checklist)
            numbers = {
                code: {p.params["item"] for p in problems if p.code == code} for code in ("S101", "S102", "S103")
            }
            found = {checklist.numbers[key]: status for key, status in statuses(book.worksheets[at + 1]).items()}
            assert {n for n, s in found.items() if s == Status.MISSING} == numbers["S101"]
            assert {n for n, s in found.items() if s == Status.NO_COMMENT} == numbers["S102"] | numbers["S103"]
            lacking = [n for n, s in found.items() if s in (Status.MISSING, Status.NO_COMMENT)]
            counted = [s for s in found.values() if s in (Status.ANSWERED, Status.MISSING, Status.NO_COMMENT)]
            said = _said(book.worksheets[0], book.worksheets[at + 1].title)
            assert re.findall(r"\d+(?:\.\d+)*", said)[:2] == [str(len(lacking)), str(len(counted))]
            listed = re.split(r"(?:.*[:–]) ", said, maxsplit=1)[1].removesuffix(" …").split(", ")
            assert listed == lacking[:10]
            assert said.endswith(" …") == (len(lacking) > 10)


def _said(cover, sheet: str) -> str:
    rows = [(str(cover.cell(n, 1).value), cover.cell(n, 2).value) for n in range(1, cover.max_row + 1)]
    return next(str(value) for label, value in rows if label.endswith(sheet))


def test_nothing_missing__said_in_words(tmp_path):
    path = filled(tmp_path, [shipped("premises")], "en", outside=0)
    form = Form(path, "en")
    sheet = form.sheet(shipped("premises"))
    for number in range(4, sheet.max_row + 1):
        if sheet.cell(number, KEY).value and "/" not in sheet.cell(number, KEY).value:
            sheet.cell(number, 5).value = "The shelf by the door was empty at noon."
    form.save(path)
    (tmp_path / "office").mkdir()
    (saved,) = saved_by_office([path], "xlsx", tmp_path / "office")
    cover = load_workbook(saved, data_only=True).worksheets[0]
    required = [item for _, item in shipped("premises").walk_items() if is_required(item)]
    assert _said(cover, "Premises") == f"Nothing. Questions answered: {len(required)}"


def test_not_carried_out__nothing_is_asked(tmp_path):
    checklist = shipped("appearance")
    of = Submission(
        visit_id="V", checklist="appearance", version=checklist.version, branch="B", outcome=Outcome.CLOSED,
        source=Source(file=""),
    )  # fmt: skip
    write_form(Blank([checklist], language="ru", filled={"appearance": of}), tmp_path / "f.xlsx")
    (tmp_path / "office").mkdir()
    (path,) = saved_by_office([tmp_path / "f.xlsx"], "xlsx", tmp_path / "office")
    book = load_workbook(path, data_only=True)
    assert set(statuses(book.worksheets[1]).values()) == {Status.NOT_ASKED}
    assert _said(book.worksheets[0], book.worksheets[1].title) == "Всё есть. Ответов: 0"


def test_sorted_and_renamed_and_rows_between__still_right(tmp_path):
    yaml_ = """
        checklist: desk
        version: 1.0.0
        title: Desk
        sections:
          - id: a
            title: First
            items:
              - {id: queue, text: Was there a queue?, not_applicable: true}
              - {id: led, text: Was it led?, applies_when: {item: queue, is: yes}}
              - id: long
                kind: number
                unit: minutes
                text: How long?
                applies_when: {item: led, is: no}
                lowest: 0
                bands: [{up_to: 5, credit: 1}, {credit: 0}]
              - {id: sorry, text: Was there an apology?, applies_when: {item: long, at_least: 3}}
    """
    checklist = checklist_from(tmp_path, yaml_)
    write_form(Blank([checklist], visit_id="V", branch="B"), tmp_path / "f.xlsx")
    form = Form(tmp_path / "f.xlsx", "en")
    for key, value in (("queue", "Yes"), ("led", "No"), ("long", 4)):
        form.put(checklist, key, value)
    sheet = form.sheet(checklist)
    sheet.title = "My desk"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(4, 8, 1, 9)]
    from openpyxl.formula.translate import Translator

    for number, values in zip(range(4, 9), reversed(rows), strict=True):
        before = 12 - number
        for column, value in enumerate(values, 1):
            cell = sheet.cell(number, column)
            moved = isinstance(value, str) and value.startswith("=")
            cell.value = Translator(value, f"A{before}").translate_formula(f"A{number}") if moved else value
    for each in form.cover["B"]:
        if isinstance(each.value, str) and "Desk" in each.value:
            each.value = each.value.replace("'Desk'", "'My desk'")
    form.save(tmp_path / "g.xlsx")
    (tmp_path / "office").mkdir()
    (path,) = saved_by_office([tmp_path / "g.xlsx"], "xlsx", tmp_path / "office")
    book = load_workbook(path, data_only=True)
    assert statuses(book.worksheets[1]) == {"sorry": 2, "long": 1, "led": 1, "queue": 1}
    assert _said(book.worksheets[0], "Desk") == "1 of 4 missing: 1.4"
    (reading,) = read_file(path, Shelf(checklist)).readings
    assert {p.params["item"] for p in check(reading.submission, checklist) if p.code == "S101"} == {"1.4"}


def test_formulas__no_longer_than_excel_takes(tmp_path):
    for name in SHIPPED:
        write_form(Blank([shipped(name)], language="kk"), tmp_path / "f.xlsx")
        for sheet in load_workbook(tmp_path / "f.xlsx").worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f" or len(cell.value) <= LONGEST

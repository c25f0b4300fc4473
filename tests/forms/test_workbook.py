"""The Excel form: written, filled in as a person would, read back."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from auditkit.forms.blank import Blank
from auditkit.forms.layout import rows_of
from auditkit.forms.workbook.writing import sheet_name, write_form
from auditkit.intake.checks import check
from auditkit.intake.reading import read_file
from auditkit.locales import LANGUAGES, say
from auditkit.model.checklist import Checklist
from auditkit.model.observers import SHOPPER
from auditkit.model.visit import NOT_ASKED
from auditkit.scoring import score
from tests.forms.person import LIBRARY, SHIPPED, Form, answers_for, filled, only_given, shipped
from tests.verify.sheets import Shelf, checklist_from


def readings(path: Path, *checklists: Checklist):
    found = read_file(path, Shelf(*checklists) if checklists else LIBRARY, name=path.name)
    assert found.problems == ()
    return found.readings


def digits(checklist: Checklist, submission) -> tuple[object, ...]:
    """Everything that comes out of scoring one visit."""
    made = score(checklist, submission)
    return made.score, made.shown, made.grade, made.verdict, tuple(each for each in made.items)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_answer_survives_in_every_language(name, language, tmp_path):
    checklist = shipped(name)
    for seed in (1, 2, 3):
        (reading,) = readings(filled(tmp_path, [checklist], language, seed))
        assert reading.problems == ()
        submission = reading.submission
        assert submission is not None
        assert submission.answers == answers_for(checklist, seed)
        assert (submission.visit_id, submission.branch, submission.wave) == ("K7-Q3-0412", "B07", "2026-Q3")
        assert (submission.shopper, submission.visit_date) == ("K7", date(2026, 8, 20))
        assert (submission.start, submission.end) == (datetime(2026, 8, 20, 10, 31), datetime(2026, 8, 20, 10, 47))  # noqa: DTZ001
        assert submission.definition_hash == checklist.source_hash


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_that_a_list_offers__is_understood(language, tmp_path):
    """Each word of each drop-down, one after the other."""
    for checklist in map(shipped, SHIPPED):
        write_form(Blank([checklist], language=language), tmp_path / "f.xlsx")
        form = Form(tmp_path / "f.xlsx", language)
        sheet = form.sheet(checklist)
        keys = {str(sheet.cell(n, 7).value): n for n in range(4, sheet.max_row + 1) if sheet.cell(n, 7).value}
        longest = max(len(form.offered(sheet, f"D{n}", open_too=True)) for n in keys.values())
        for at in range(longest):
            for row in keys.values():
                offered = form.offered(sheet, f"D{row}", open_too=True)
                sheet.cell(row, 4).value = offered[at] if at < len(offered) else None
            (reading,) = readings(form.save(tmp_path / "g.xlsx"))
            # Everything is ticked and 'none of these' chosen at once: that is all that may be wrong.
            assert {each.code for each in reading.problems} <= {"S313"}


def test_several_checklists_in_one_form__a_report_each_of_one_visit(tmp_path):
    checklists = [shipped(name) for name in SHIPPED]
    found = readings(filled(tmp_path, checklists, "pl"))
    assert [each.submission.checklist for each in found] == list(SHIPPED)
    assert {each.submission.visit_id for each in found} == {"K7-Q3-0412"}
    for checklist, each in zip(checklists, found, strict=True):
        assert each.submission.answers == answers_for(checklist, 1)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_filled_form_written_again__says_the_same(name, tmp_path):
    """As it goes back to the shopper with what is already answered."""
    checklist = shipped(name)
    (first,) = readings(filled(tmp_path, [checklist], "kk"))
    write_form(Blank([checklist], language="ro", filled={name: first.submission}), tmp_path / "again.xlsx")
    (again,) = readings(tmp_path / "again.xlsx")
    assert again.problems == ()
    for part in ("answers", "visit_id", "branch", "shopper", "visit_date", "start", "end", "outcome"):
        assert getattr(again.submission, part) == getattr(first.submission, part), part


@pytest.mark.parametrize("name", SHIPPED)
def test_an_empty_form__one_problem_a_missing_item_with_its_cell(name, tmp_path):
    checklist = shipped(name)
    write_form(Blank([checklist], language="ru", visit_id="V1", branch="B07"), tmp_path / "empty.xlsx")
    (reading,) = readings(tmp_path / "empty.xlsx")
    assert reading.problems == ()
    found = check(reading.submission, checklist)
    missing = [each for each in found if each.code == "S101"]
    assert len(missing) > 10
    assert {each.code for each in found} == {"S101", "S107"}
    sheet = load_workbook(tmp_path / "empty.xlsx").worksheets[1]
    keys = []
    for each in missing:
        place = re.fullmatch(r"empty\.xlsx\[(.+)!D(\d+)\]", str(each.place))
        assert place is not None, str(each.place)
        assert place[1] == sheet.title
        item = sheet.cell(int(place[2]), 7).value
        assert checklist.numbers[item] == each.params["item"]
        assert each.params["text@ru"] == checklist.items_by_id[item].text.said("ru")
        keys.append(item)
    assert len(set(keys)) == len(keys)
    asked_at_once = [row.key for row in rows_of(checklist, "ru", SHOPPER) if row.required and not row.conditions]
    assert sorted(keys) == sorted(asked_at_once)


# -- what must not be in it ---------------------------------------------------------------------------------------

SECRETS = """
    checklist: desk
    version: 1.0.0
    title: Desk
    min_coverage: 41.7
    grades:
      - {grade: splendid, at_least: 83.77, verdict: pass}
      - {grade: poor, verdict: fail}
    dimensions: {warmth: Warmth}
    sections:
      - id: a
        title: First
        weight: 61.93
        items:
          - id: one
            text: Is it so?
            weight: 3.147
            critical: {cap_visit: 57.31}
            severity: critical
            dimension: warmth
          - id: two
            kind: choice
            text: Which?
            options: [{id: x, text: This, credit: 0.8871}, {id: y, text: That, credit: 0}]
          - id: three
            kind: number
            text: How many?
            unit: minutes
            lowest: 0
            bands: [{up_to: 7.139, credit: 0.6183}, {credit: 0}]
      - id: b
        title: Second
        weight: 38.07
        items:
          - id: four
            kind: multi
            text: What?
            options: [{id: p, text: P, credit: 0.2917}, {id: q, text: Q, credit: 0.7083}]
          - {id: seen_by_office, text: Was it recorded in the file?, seen_by: office, required: false}
"""


def test_no_weight_no_points_no_grade_anywhere(tmp_path):
    checklist = checklist_from(tmp_path, SECRETS)
    write_form(Blank([checklist]), tmp_path / "form.xlsx")
    with ZipFile(tmp_path / "form.xlsx") as archive:
        everything = "\n".join(archive.read(name).decode() for name in archive.namelist())
    numbers = re.findall(r"(?<![\d.@])\d+\.\d{2,}", SECRETS)
    assert len(numbers) >= 10
    for secret in (*numbers, "splendid", "Warmth", "critical", "recorded in the file", "credit", "weight"):
        assert secret not in everything, secret
    assert "Is it so?" in everything


HOSTILE = ["=1+1", "+1+1", "-1", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://x.example","y")', "=cmd|'/c calc'!A0"]


def test_texts_that_begin_like_formulas__stay_texts(tmp_path):
    yaml = """
        checklist: desk
        version: 1.0.0
        title: "=1+1"
        sections:
          - id: a
            title: "=2+2"
            items:
              - id: one
                text: "=3+3"
                guidance: "@SUM(A1)"
                kind: choice
                options: [{id: x, text: "=4+4", credit: 1}, {id: y, text: "-1", credit: 0}]
              - {id: two, text: Is it so?}
    """
    checklist = checklist_from(tmp_path, yaml)
    for words in HOSTILE:
        write_form(Blank([checklist], visit_id=words, branch=words, shopper=words, wave=words), tmp_path / "e.xlsx")
        form = Form(tmp_path / "e.xlsx", "en")
        form.fill_cover()
        form.put(checklist, "one", "=4+4")
        form.put(checklist, "two", "Yes")
        form.put(checklist, "two", words, 5)
        (reading,) = readings(form.save(tmp_path / "f.xlsx"), checklist)
        submission = reading.submission
        assert (submission.branch, submission.shopper, submission.visit_id) == (words.strip(),) * 3
        assert submission.answers == {"one": "x", "two": "yes"}
        assert submission.comments == {"two": words.strip()}
        write_form(Blank([checklist], filled={"desk": submission}), tmp_path / "again.xlsx")
        formulas = [
            (sheet.title, cell.coordinate, cell.value)
            for sheet in load_workbook(tmp_path / "again.xlsx").worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]
        written = {("Visit", "B"), (form.sheet(checklist).title, "H"), (form.sheet(checklist).title, "I")}
        assert {(title, at.rstrip("0123456789")) for title, at, _ in formulas} == written
        assert all(value.startswith(("=IF(", "=COUNTIF(", "='Visit'!")) for _, _, value in formulas), formulas


# -- how it is made -------------------------------------------------------------------------------------------------


def test_drop_downs__refuse_other_words_and_stand_in_a_hidden_sheet(tmp_path):
    checklist = shipped("appearance")
    write_form(Blank([checklist], language="ro"), tmp_path / "f.xlsx")
    book = load_workbook(tmp_path / "f.xlsx")
    assert book["lists"].sheet_state == "hidden"
    rules = [rule for sheet in book.worksheets for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert rules
    for rule in rules:
        assert (rule.showErrorMessage, rule.allow_blank, rule.showDropDown) == (True, True, False)
        assert rule.formula1.startswith("lists!$")
        assert rule.error == say("ro", "forms.choose")


@pytest.mark.parametrize("title", ["A/B: what? [new]*", "x" * 60, "'", "Обслуживание клиентов в отделении банка"])
def test_sheet_names__legal(title):
    first = sheet_name(title, [])
    second = sheet_name(title, [first])
    for name in (first, second):
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name
    assert first.casefold() != second.casefold()


def test_two_checklists_of_one_title__two_sheets(tmp_path):
    yaml = """
        checklist: {}
        version: 1.0.0
        title: Visit
        sections: [{{id: s, title: S, items: [{{id: one, text: So?}}]}}]
    """
    both = [checklist_from(tmp_path, yaml.format(name)) for name in ("first", "second")]
    write_form(Blank(both, visit_id="V"), tmp_path / "f.xlsx")
    form = Form(tmp_path / "f.xlsx", "en")
    form.put(both[0], "one", "Yes")
    form.put(both[1], "one", "No")
    found = readings(form.save(tmp_path / "g.xlsx"), *both)
    assert [(each.submission.checklist, each.submission.answers) for each in found] == [
        ("first", {"one": "yes"}),
        ("second", {"one": "no"}),
    ]


def test_the_same_form__the_same_bytes(tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        write_form(Blank([shipped("premises")], language="pl", visit_id="V1"), tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    assert not list(tmp_path.glob("*.part"))


def test_only_framed_cells_are_open(tmp_path):
    checklist = shipped("phone-etiquette")
    write_form(Blank([checklist], language="en"), tmp_path / "f.xlsx")
    form = Form(tmp_path / "f.xlsx", "en")
    sheet = form.sheet(checklist)
    assert sheet.protection.sheet
    for number in range(4, sheet.max_row + 1):
        is_item = "/" not in str(sheet.cell(number, 7).value)
        for column in range(1, 10):
            opened = not sheet.cell(number, column).protection.locked
            fillable = column == 4 or (column in (5, 6) and is_item)
            assert opened == (bool(sheet.cell(number, 7).value) and fillable), (number, column)


def test_what_the_office_sees__is_not_in_a_shoppers_form(tmp_path):
    checklist = shipped("phone-etiquette")
    write_form(Blank([checklist]), tmp_path / "f.xlsx")
    keys = {each.value for (each,) in Form(tmp_path / "f.xlsx", "en").sheet(checklist)["G1:G200"]}
    assert "message_passed" not in keys
    (reading,) = readings(tmp_path / "f.xlsx")
    assert reading.submission.answers == {"message_passed": NOT_ASKED}


def test_times_of_the_cover__as_people_type_them(tmp_path):
    checklist = shipped("appearance")
    for typed, meant in (
        (time(9, 5), time(9, 5)),
        ("9:05", time(9, 5)),
        (0.5, time(12)),
        ("2026-08-20 09:05", time(9, 5)),
    ):
        write_form(Blank([checklist], visit_id="V"), tmp_path / "e.xlsx")
        form = Form(tmp_path / "e.xlsx", "en")
        form.fill_cover(start=typed, end=None)
        (reading,) = readings(form.save(tmp_path / "f.xlsx"))
        assert reading.problems == ()
        assert reading.submission.start == datetime.combine(date(2026, 8, 20), meant)


@pytest.mark.parametrize("language", LANGUAGES)
def test_outcomes__in_every_language(language, tmp_path):
    checklist = shipped("appearance")
    write_form(Blank([checklist], language=language, visit_id="V"), tmp_path / "e.xlsx")
    form = Form(tmp_path / "e.xlsx", language)
    rows = {form.cover.cell(n, 3).value: n for n in range(1, form.cover.max_row + 1)}
    offered = form.offered(form.cover, f"B{rows['outcome']}")
    found = []
    for word in offered:
        form.fill_cover(outcome=word)
        (reading,) = readings(form.save(tmp_path / "f.xlsx"))
        assert reading.problems == ()
        found.append(reading.submission.outcome.value)
    assert found == ["done", "closed", "not_found", "recognised", "refused", "not_served", "no_answer"]


def test_a_visit_over_midnight(tmp_path):
    checklist = shipped("appearance")
    write_form(Blank([checklist], visit_id="V"), tmp_path / "e.xlsx")
    form = Form(tmp_path / "e.xlsx", "en")
    form.fill_cover(start=time(23, 50), end=time(0, 20))
    (reading,) = readings(form.save(tmp_path / "f.xlsx"))
    assert reading.submission.end == datetime(2026, 8, 21, 0, 20)  # noqa: DTZ001


def test_sections_in_one_another__titles_and_conditions_of_all(tmp_path):
    yaml = """
        checklist: desk
        version: 1.0.0
        title: Desk
        sections:
          - {id: a, title: First, items: [{id: queue, text: Was there a queue?}]}
          - id: b
            title: Outer
            applies_when: {item: queue, is: yes}
            sections:
              - {id: c, title: Inner, items: [{id: led, text: Was it led?}]}
              - {id: d, title: Office, items: [{id: filed, text: Filed?, seen_by: office, required: false}]}
    """
    checklist = checklist_from(tmp_path, yaml)
    write_form(Blank([checklist], visit_id="V1", branch="B07"), tmp_path / "f.xlsx")
    sheet = Form(tmp_path / "f.xlsx", "en").sheet(checklist)
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(4, sheet.max_row, 1, 8)]
    assert [row[:3] for row in rows] == [
        ("1", "First", None),
        ("1.1", "Was there a queue?", None),
        ("2", "Outer", "Only if 1.1 = Yes"),
        ("2.1", "Inner", None),
        ("2.1.1", "Was it led?", None),
    ]
    # While 1.1 is blank nobody knows whether 2.1.1 is asked: it waits.
    waiting = "0.5,IF("
    assert ["" if row[7] is None else waiting in row[7] for row in rows] == ["", False, True, True, True]
    (reading,) = readings(tmp_path / "f.xlsx", checklist)
    missing = [each for each in check(reading.submission, checklist) if each.code == "S101"]
    assert [each.params["item"] for each in missing] == ["1.1"]


def test_given_answers__are_those_of_the_items_that_are_asked():
    """The person of these tests answers conditional questions too."""
    checklist = shipped("phone-etiquette")
    answered = [set(only_given(answers_for(checklist, seed))) for seed in range(6)]
    assert len({frozenset(each) for each in answered}) > 1
    conditional = {item.id for _, item in checklist.walk_items() if item.applies_when is not None}
    assert set.union(*answered) & conditional

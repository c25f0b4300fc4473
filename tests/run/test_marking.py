"""A form that must go back: marked copy, filled on in, accepted in place of the first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from auditkit.cli.forms import KINDS
from auditkit.forms.blank import Blank
from auditkit.forms.workbook.writing import write_form
from auditkit.intake.inbox import Fate
from auditkit.intake.reading import read_file
from auditkit.run.files import Job, one_file
from auditkit.run.marking import Copying, mark
from auditkit.run.submissions import check_files
from auditkit.scoring import score
from tests.forms.person import ANSWER, COMMENT, DAY, LIBRARY, Form, answers_for, filled, shipped
from tests.verify.sheets import checklist_from

JOB = Job(checklists=LIBRARY, today=date(2026, 9, 1))
PHONE = "phone-etiquette"


def spoilt(folder: Path, language: str) -> Path:
    """A form with an answer in other words, one left out, a number without its comment and an impossible date."""
    path = filled(folder, [shipped(PHONE), shipped("premises")], language, 3)
    form = Form(path, language)
    sheet = form.sheet(shipped(PHONE))
    sheet.cell(form.row(shipped(PHONE), "living_person"), ANSWER).value = "sometimes"
    sheet.cell(form.row(shipped(PHONE), "rings"), ANSWER).value = None
    form.fill_cover(visit_date="31.02.2026", shopper="K07")
    return form.save(folder / "report.xlsx")


def marked(path: Path, folder: Path, language: str = "en", **how):
    return list(mark(one_file(JOB, path), LIBRARY, folder, Copying(write_form, ".xlsx", language, **how)))


@pytest.mark.parametrize("language", ["kk", "pl"])
def test_copy__in_her_language_with_every_problem_beside_its_question(language, tmp_path):
    path = spoilt(tmp_path, language)
    (told,) = marked(path, tmp_path / "back")
    assert (told.language, told.path, told.shopper) == (language, tmp_path / "back" / "report.xlsx", "K07")
    form = Form(told.path, language)
    sheet = form.sheet(shipped(PHONE))
    row = form.row(shipped(PHONE), "living_person")
    assert sheet.cell(row, ANSWER).value == "sometimes"
    assert "sometimes" in sheet.cell(row, ANSWER).comment.text
    assert str(sheet.cell(row, 3).value).startswith("▶ ")
    missing = form.row(shipped(PHONE), "rings")
    assert str(sheet.cell(missing, 3).value).startswith("▶ ")
    assert sheet.cell(missing, ANSWER).value is None
    on_cover = {cell.value: cell.offset(0, 1).value for cell in form.cover["A"] if cell.value}
    number = shipped(PHONE).numbers["living_person"]
    text = shipped(PHONE).items_by_id["living_person"].text.said(language)
    assert any(str(label).startswith(f"{number} {text}") and f"D{row})" in str(label) for label in on_cover)
    rows = {form.cover.cell(n, 3).value: n for n in range(1, form.cover.max_row + 1)}
    assert form.cover.cell(rows["visit_date"], 2).value == "31.02.2026"
    assert form.cover.cell(rows["supersedes"], 2).value == one_file(JOB, path).sha256


def test_filled_on__takes_the_place_of_the_first_and_scores_as_if_right_at_once(tmp_path):
    path = spoilt(tmp_path, "ru")
    (told,) = marked(path, tmp_path / "back")
    form = Form(told.path, "ru")
    whole = answers_for(shipped(PHONE), 3)
    form.fill_cover()
    form.answer(shipped(PHONE), {key: whole[key] for key in ("living_person", "rings")})
    again = form.save(tmp_path / "again.xlsx")
    summary = check_files(JOB, [path, again])
    assert summary.fates[Fate.ACCEPTED] == 2
    assert summary.fates[Fate.EXCLUDED] + summary.fates[Fate.DUPLICATE] == 2
    right = read_file(filled(tmp_path, [shipped(PHONE), shipped("premises")], "ru", 3), LIBRARY)
    for one, other in zip(right.readings, read_file(again, LIBRARY).readings, strict=True):
        assert other.submission.answers == one.submission.answers
        assert other.submission.comments == one.submission.comments
        checklist = shipped(one.submission.checklist)
        assert score(checklist, other.submission).score == score(checklist, one.submission).score
        assert other.submission.visit_date == DAY


def test_copy_that_is_there__left_alone(tmp_path):
    path = spoilt(tmp_path, "en")
    (told,) = marked(path, tmp_path / "back")
    book = load_workbook(told.path)
    book.worksheets[0]["B30"].value = "filled on"
    book.save(told.path)
    before = told.path.read_bytes()
    (second,) = marked(path, tmp_path / "back")
    assert (second.path, second.why) == (None, "exists")
    assert told.path.read_bytes() == before
    (third,) = marked(path, tmp_path / "back", force=True)
    assert third.path is not None
    assert told.path.read_bytes() != before


def test_nothing_to_mend__no_copy(tmp_path):
    good = filled(tmp_path, [shipped("premises")], "en", 3)
    assert marked(good, tmp_path / "back") == []
    assert not (tmp_path / "back").exists()


def test_file_that_nobody_can_read__said(tmp_path):
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (told,) = marked(tmp_path / "broken.xlsx", tmp_path / "back")
    assert (told.path, told.why) == (None, "unreadable")


def test_definition_that_is_not_here__is_not_the_shoppers_matter(tmp_path):
    yaml = "checklist: other\nversion: 1.0.0\ntitle: O\nsections: [{id: a, title: A, items: [{id: x, text: Is it?}]}]"
    write_form(Blank([checklist_from(tmp_path, yaml)], visit_id="V", branch="B"), tmp_path / "other.xlsx")
    (told,) = marked(tmp_path / "other.xlsx", tmp_path / "back")
    assert told.why == "unreadable"


def test_words_in_a_row_of_no_question__not_lost(tmp_path):
    path = spoilt(tmp_path, "en")
    book = load_workbook(path)
    sheet = book.worksheets[1]
    sheet.cell(sheet.max_row + 2, COMMENT).value = "They shut the door on me"
    book.save(path)
    (told,) = marked(path, tmp_path / "back")
    assert any("They shut the door on me" in line for line in told.remarks)
    texts = [str(cell.value) for row in load_workbook(told.path).worksheets[0].iter_rows() for cell in row]
    assert any("They shut the door on me" in text for text in texts)


def test_kinds__the_workbook_is_one_of_them():
    assert KINDS["workbook"].function == write_form.__name__

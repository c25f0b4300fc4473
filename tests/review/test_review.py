"""Decisions that go out as a workbook and come back as one: review and take."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from auditkit.locales import LANGUAGES, say
from tests.run.made import CHECKLIST, PROGRAMME, call, programme, report

PEOPLE = "people:\n  - {name: Ann, role: approver}\n"
STRICT = CHECKLIST.replace("title: Desk\n", "title: Desk\nmin_coverage: 80\n")
BOOK = Path("review/W1.xlsx")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """V1 counts, V2 lacks an answer, V3 saw too little, V4 came twice; the second was handed in later."""
    programme(tmp_path, programme=PROGRAMME + PEOPLE, checklist=STRICT)
    report(tmp_path, "W1/V1", "B01")
    report(tmp_path, "W1/V2", "B01", {"greets": None})
    report(tmp_path, "W1/V3", "B02", {"greets": "not_observed"})
    report(tmp_path, "W1/V4", "B03", {"greets": "no"}, handed_in="2026-05-04T12:00:00", shopper="K1")
    report(tmp_path, "W1/V4b", "B03", visit_id="V4", handed_in="2026-05-04T13:00:00", shopper="K2")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    call("run")
    return tmp_path


def written(*more: str) -> list[list[Any]]:
    """The rows of the workbook below its titles."""
    result = call("review", "W1", "--force", *more)
    assert result.exit_code == 0, result.output
    return [[cell.value for cell in row] for row in load_workbook(BOOK).worksheets[0].iter_rows(min_row=7)]


def filled(decisions: dict[str, tuple[str, str]], by: str = "Ann", change: Callable[[Any], None] = id) -> Path:
    """The workbook as it comes back; `decisions`: file of the report → decision and reason."""
    book = load_workbook(BOOK)
    sheet = book.worksheets[0]
    sheet["C4"] = by or None
    for row in sheet.iter_rows(min_row=7):
        name = Path(json.loads(row[10].value)[3]).stem
        if name in decisions:
            row[8].value, row[9].value = (value or None for value in decisions[name])
    change(sheet)
    book.save("back.xlsx")
    return Path("back.xlsx")


def fates() -> dict[str, str]:
    call("run")
    found = json.loads(call("show", "network", "-w", "W1", "--json").stdout)["quality"]["not_accepted"]
    return {Path(each["file"]).stem: each["fate"] for each in found}


def listed() -> list[tuple[str, str, str, str]]:
    data = json.loads(call("decide", "list", "--json").stdout)
    return [(each["what"], each["visit"], each["by"], each["reason"]) for each in data]


def test_workbook__what_waits_why_and_what_is_usually_done() -> None:
    rows = written()
    assert [(row[0], row[2], row[5], row[7]) for row in rows] == [
        ("V2", "B01 Oak Street", "returned to be completed", "return"),
        ("V3", "B02 Elm Street", "held for a decision", "return"),
        ("V4", "B03 Ash Street", "held for a decision", None),
        ("V4", "B03 Ash Street", "held for a decision", "accept"),
    ]
    assert "question 1.1 has no answer" in rows[0][6]
    assert rows[1][6] == "Too little could be seen or heard: below the checklist's minimum."
    assert len(written("--all")) == 5


def test_workbook__offers_decisions_and_people() -> None:
    written()
    book = load_workbook(BOOK)
    ranges = {str(each.sqref) for each in book.worksheets[0].data_validations.dataValidation}
    assert ranges == {"I7:I10", "C4"}
    assert book.worksheets[0].column_dimensions["K"].hidden


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_and_back__in_every_language(language: str) -> None:
    written("--language", language)
    words = {what: say(language, f"review.{what}") for what in ("accept", "exclude", "accept_incomplete")}
    result = call("take", filled({"V2": (words["accept_incomplete"], "Ill"), "V3": (words["exclude"], "Too dark"),
                                  "V4b": (words["accept"], "Corrected")}))  # fmt: skip
    assert result.exit_code == 0, result.output
    assert listed() == [
        ("accept_incomplete", "V2", "Ann", "Ill"),
        ("exclude", "V3", "Ann", "Too dark"),
        ("accept", "V4", "Ann", "Corrected"),
        ("exclude", "V4", "Ann", "Corrected"),
    ]
    assert fates() == {"V3": "excluded", "V4": "excluded"}


def test_rows_left_empty__stay_as_they_are() -> None:
    written()
    assert call("take", filled({})).exit_code == 0
    assert listed() == []
    assert not Path("decisions.csv").exists()


def test_both_versions_decided__one_line_each() -> None:
    written()
    call("take", filled({"V4": ("exclude", "Old"), "V4b": ("accept", "New")}))
    assert sorted(listed()) == [("accept", "V4", "Ann", "New"), ("exclude", "V4", "Ann", "Old")]


def test_sorted_and_with_a_column_before__found_all_the_same() -> None:
    def meddle(sheet: Any) -> None:
        sheet.move_range("A7:K7", rows=30)
        sheet.insert_cols(1)

    written()
    assert call("take", filled({"V3": ("exclude", "x"), "V2": ("exclude", "y")}, change=meddle)).exit_code == 0
    assert len(listed()) == 2


@pytest.mark.parametrize(
    ("row", "by", "problem"),
    [
        (("perhaps", "x"), "Ann", ("R241", "I8", "perhaps")),
        (("exclude", ""), "Ann", ("R242", "J8", "")),
        (("exclude", "x"), "", ("R242", "C4", "")),
        (("exclude", "x"), "Anna", ("R233", "C4", "Anna")),
    ],
)
def test_a_cell_that_cannot_be_taken__named(row: tuple[str, str], by: str, problem: tuple[str, ...]) -> None:
    from auditkit.definitions.programme import load_programme
    from auditkit.review.taking import take

    written()
    path = filled({"V3": row}, by=by)
    home, _ = load_programme(Path())
    assert home is not None
    found = take(path, home, "2026-06-01T10:00:00+05:00")
    assert [(each.code, each.place.cell, each.value) for each in found.problems] == [problem]
    assert found.lines == ()
    assert call("take", path).exit_code == 1


def test_one_faulty_row__the_others_are_taken_and_not_twice() -> None:
    written()
    assert call("take", filled({"V2": ("exclude", "a"), "V3": ("maybe", "b")})).exit_code == 1
    assert listed() == [("exclude", "V2", "Ann", "a")]
    said = call("take", filled({"V2": ("exclude", "a"), "V3": ("exclude", "b")}))
    assert said.exit_code == 0
    assert "decisions taken: 1; known already: 1" in said.stdout
    assert [each[:2] for each in listed()] == [("exclude", "V2"), ("exclude", "V3")]


def test_decided_on_meanwhile__refused_with_the_decision() -> None:
    written()
    call("decide", "accept", "W1", "V3", "--by", "Ann", "--reason", "Seen the photos")
    said = call("take", filled({"V3": ("exclude", "Too dark")}))
    assert said.exit_code == 1
    assert "R243" in said.stderr
    assert "decision 1" in said.stderr
    assert len(listed()) == 1


def test_handed_in_anew_meanwhile__refused(home: Path) -> None:
    written()
    report(home, "W1/V3", "B02")
    call("run")
    said = call("take", filled({"V3": ("exclude", "Too dark")}))
    assert (said.exit_code, "R243" in said.stderr, listed()) == (1, True, [])


def test_what_does_not_fit__refused_with_its_cell() -> None:
    written()
    said = call("take", filled({"V2": ("accept", "x")}))
    assert said.exit_code == 1
    assert "R232" in said.stderr
    assert "back.xlsx[Review!I7]" in said.stderr


def test_no_review_workbook__refused(home: Path) -> None:
    call("form", "phone-etiquette", "-o", "form.xlsx")
    (home / "list.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    for name in ("form.xlsx", "list.csv", "decisions.json"):
        assert call("take", name).exit_code in (1, 2)
    assert listed() == []


def test_nothing_waits__said(home: Path) -> None:
    for name in ("V2", "V3", "V4", "V4b"):
        (home / f"visits/W1/{name}.json").unlink()
    call("run")
    assert "Nothing waits" in call("review", "W1").stdout
    assert not BOOK.exists()


def test_there_already__not_written_over() -> None:
    assert call("review", "W1").exit_code == 0
    assert call("review", "W1").exit_code == 2
    assert call("review", "W1", "-o", "x.csv").exit_code == 2
    assert call("review", "W7").exit_code == 2

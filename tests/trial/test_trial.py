"""A draft tried out: the form that people get, what they hand back, and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from auditkit.locales import LANGUAGES
from tests.run.made import call

CHECKLIST = """
checklist: till
version: 0.1.0
status: draft
title: {en: Till, ru: Касса}
sections:
  - id: till
    title: {en: At the till, ru: На кассе}
    items:
      - {id: greets, text: {en: Greets first?, ru: Здоровается первым?}}
      - {id: names, text: {en: Says the sum?, ru: Называет сумму?}}
      - {id: paid, kind: timestamp, text: When was it paid?, seen_by: office}
      - {id: billed, kind: timestamp, text: When was it billed?, seen_by: office}
      - {id: bill, kind: deadline, text: Bill on the same day?, from: paid, to: billed, same_day: true}
"""
Judged = Mapping[str, tuple[str, str, str, str]]


@pytest.fixture(autouse=True)
def till(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    (tmp_path / "till.yaml").write_text(CHECKLIST, encoding="utf-8")
    assert call("form", "till.yaml", "--trial", "-o", "form.xlsx").exit_code == 0
    return tmp_path


def returned(name: str, judged: Judged, form: str = "form.xlsx", change: Callable[[Any], None] = id, **cover: str):
    """The form as somebody sends it back; `judged`: item → apt, convenient, feasible, remark."""
    book = load_workbook(form)
    first, sheet = book.worksheets[:2]
    for row in first.iter_rows():
        if row[2].value in cover:
            row[1].value = cover[row[2].value]
    for row in sheet.iter_rows():
        for cell, value in zip(row[3:7], judged.get(row[7].value, ()), strict=False):
            cell.value = value or None
    change(sheet)
    book.save(name)


def trial(*files: str, more: tuple[str, ...] = ()) -> tuple[Any, list[str], Any]:
    """The trials as data, the codes of the problems, and how it ended."""
    result = call("trial", *files, "-c", "till.yaml", "--json", *more)
    data = json.loads(result.stdout)
    return data["trials"], [each["code"] for each in data["problems"]], result


def counted(found: Any, item: str) -> dict[str, tuple[int, int, int]]:
    (question,) = (each for each in found["questions"] if each["item"] == item)
    return {asked: (one["yes"], one["n"], one["unsure"]) for asked, one in question["judged"].items()}


def test_form__asks_of_every_question_whoever_sees_it() -> None:
    sheet = load_workbook("form.xlsx").worksheets[1]
    assert [row[7].value for row in sheet.iter_rows(min_row=5) if row[7].value] == [
        "greets",
        "names",
        "paid",
        "billed",
        "bill",
    ]
    assert [cell.value for cell in sheet[4][3:7]] == ["Apt?", "Convenient?", "Feasible?", "Remark"]
    offered = {str(cells) for rule in sheet.data_validations.dataValidation for cells in rule.sqref.ranges}
    assert {f"{column}{row}" for column in "DEF" for row in range(6, 11)} <= offered


def test_voices__are_added_up_question_by_question() -> None:
    returned("a.xlsx", {"greets": ("yes", "yes", "no", "Queue."), "names": ("yes", "yes", "yes", "")}, who="A")
    returned("b.xlsx", {"greets": ("yes", "no", "no", "")}, who="B", role="manager")
    returned("c.xlsx", {"greets": ("yes", "", "hard to say", "")}, who="C")
    (found,), codes, result = trial("a.xlsx", "b.xlsx", "c.xlsx")
    assert (found["checklist"], found["version"], codes, result.exit_code) == ("till", "0.1.0", [], 0)
    assert counted(found, "greets") == {"apt": (3, 3, 0), "convenient": (1, 2, 0), "feasible": (0, 3, 1)}
    assert counted(found, "names") == {"apt": (1, 1, 0), "convenient": (1, 1, 0), "feasible": (1, 1, 0)}
    greets = found["questions"][0]
    assert (greets["voices"], greets["objecting"]) == (3, 2)
    assert [(one["remark"], one["place"]) for one in greets["opinions"]] == [
        ("Queue.", "a.xlsx[Till!G6]"),
        ("", "b.xlsx[Till!D6]"),
    ]


def test_terminal__objections_first_then_who_agrees_and_what_nobody_judged() -> None:
    returned("a.xlsx", {"names": ("yes", "yes", "no", "No time."), "greets": ("yes", "yes", "yes", "")},
             who="AK", role="employee", branch="B01", lacking="Bags.")  # fmt: skip
    said = " ".join(call("trial", "a.xlsx", "-c", "till.yaml").stdout.split())
    assert "Tried by 1 (employee 1)" in said
    assert (
        "1.2 Says the sum? Apt? 1 of 1 · Convenient? 1 of 1 · Feasible? 0 of 1 “No time.” (AK, employee, B01)" in said
    )
    assert "Without objection: 1 of 5 questions. Judged by nobody: 1.3, 1.4, 1.5." in said
    assert "What is missing in this standard? “Bags.” (AK, employee, B01)" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language__is_written_and_read(language: str) -> None:
    call("form", "till.yaml", "--trial", "-o", "own.xlsx", "--language", language)
    book = load_workbook("own.xlsx")
    lists = [[cell.value for cell in column if cell.value] for column in book["lists"].iter_cols()]
    yes, no, unsure = next(each for each in lists if len(each) == 3)
    returned("a.xlsx", {"greets": (yes, no, unsure, "ok")}, "own.xlsx")
    (found,), codes, _ = trial("a.xlsx")
    assert counted(found, "greets") == {"apt": (1, 1, 0), "convenient": (0, 1, 0), "feasible": (0, 1, 1)}
    assert codes == []


def test_roles__of_any_language_are_one() -> None:
    returned("a.xlsx", {"greets": ("yes", "", "", "")}, who="A", role="руководитель")
    returned("b.xlsx", {"greets": ("yes", "", "", "")}, who="B", role="manager")
    assert "Tried by 2 (manager 2)" in call("trial", "a.xlsx", "b.xlsx", "-c", "till.yaml").stdout


@pytest.mark.parametrize(
    ("typed", "expected"), [("+", (1, 1, 0)), ("ДА", (1, 1, 0)), ("0", (0, 1, 0)), ("Nie", (0, 1, 0)), (" ", (0, 0, 0))]
)
def test_what_people_type(typed: str, expected: tuple[int, int, int]) -> None:
    returned("a.xlsx", {"greets": (typed, "", "", "x")})
    (found,), codes, _ = trial("a.xlsx")
    assert counted(found, "greets")["apt"] == expected
    assert codes == []


def test_words_that_are_no_judgement__not_counted_and_said_with_their_cell() -> None:
    returned("a.xlsx", {"greets": ("yes", "sometimes", "", "")})
    (found,), codes, result = trial("a.xlsx")
    assert (codes, counted(found, "greets")["convenient"], result.exit_code) == (["T102"], (0, 0, 0), 0)
    (problem,) = json.loads(result.stdout)["problems"]
    assert (problem["place"], problem["value"]) == ("a.xlsx[Till!E6]", "sometimes")


def test_sorted_and_with_a_column_more__read_all_the_same() -> None:
    def meddle(sheet: Any) -> None:
        sheet.move_range("A6:H6", rows=20)
        sheet.insert_cols(4)

    returned("a.xlsx", {"greets": ("yes", "no", "yes", "here")}, change=meddle)
    (found,), codes, _ = trial("a.xlsx")
    assert (counted(found, "greets")["convenient"], codes) == ((0, 1, 0), [])


def test_a_question_that_is_gone__said(till: Path) -> None:
    returned("a.xlsx", {"greets": ("yes", "", "", ""), "names": ("no", "", "", "")})
    (till / "till.yaml").write_text(CHECKLIST.replace("{id: names", "{id: sums"), encoding="utf-8")
    _, codes, result = trial("a.xlsx")
    assert codes == ["T103"]
    assert "“names”" in result.stdout


def test_the_version_is_gone__nothing_to_add_up(till: Path) -> None:
    returned("a.xlsx", {"greets": ("yes", "", "", "")})
    (till / "till.yaml").write_text(CHECKLIST.replace("0.1.0", "0.2.0"), encoding="utf-8")
    found, codes, result = trial("a.xlsx")
    assert (found, codes, result.exit_code) == ([], ["T104"], 2)


def test_twice_the_same_file_or_person(till: Path) -> None:
    returned("a.xlsx", {"greets": ("yes", "", "", "")}, who="AK")
    (till / "b.xlsx").write_bytes((till / "a.xlsx").read_bytes())
    returned("c.xlsx", {"greets": ("no", "", "", "")}, who="ak ")
    (found,), codes, _ = trial("a.xlsx", "b.xlsx", "c.xlsx")
    assert (codes, counted(found, "greets")["apt"]) == (["T106", "T105"], (1, 2, 0))


def test_an_empty_form_and_what_is_none__said_and_the_rest_counted() -> None:
    returned("a.xlsx", {"greets": ("yes", "", "", "")})
    returned("empty.xlsx", {}, who="B")
    call("form", "phone-etiquette", "-o", "visit.xlsx")
    Path("list.csv").write_text("who,apt\nAK,yes\n", encoding="utf-8")
    Path("torn.xlsx").write_bytes(Path("a.xlsx").read_bytes()[:900])
    (found,), codes, result = trial("a.xlsx", "empty.xlsx", "visit.xlsx", "list.csv", "torn.xlsx")
    assert (codes[:3], len(found["voices"]), result.exit_code) == (["T107", "T101", "T101"], 1, 1)
    assert len(codes) == 4


def test_among_visits__named_for_what_it_is() -> None:
    result = call("check", "form.xlsx")
    assert "S213" in result.output
    assert result.exit_code == 1


def test_summary_workbook__every_question_and_every_remark_with_its_cell() -> None:
    returned("a.xlsx", {"names": ("yes", "no", "", "+7 is too long.")}, who="AK")
    assert call("trial", "a.xlsx", "-c", "till.yaml", "-o", "s.xlsx").exit_code == 0
    summary, remarks = load_workbook("s.xlsx").worksheets
    rows = [[cell.value for cell in row] for row in summary.iter_rows()]
    first = next(at for at, row in enumerate(rows) if row[0] == "No.") + 1
    assert [row[0] for row in rows[first:]] == ["1.2", "1.1", "1.3", "1.4", "1.5"]
    assert rows[first][2:] == ["1 of 1", "0 of 1", None, 1, 1]
    told = [cell.value for cell in remarks[3]]
    assert told == ["1.2", "Says the sum?", "yes", "no", None, "+7 is too long.", "AK", "a.xlsx[Till!G7]"]
    assert remarks["F3"].data_type == "s"
    assert call("trial", "a.xlsx", "-c", "till.yaml", "-o", "s.xlsx").exit_code == 2


REFUSED = {
    "no checklist": "form --trial",
    "no workbook": "form till.yaml --trial --to page",
    "there already": "form till.yaml --trial -o form.xlsx",
    "another ending": "form till.yaml --trial -o x.pdf",
    "no file": "trial nowhere.xlsx",
    "a summary that is no workbook": "trial form.xlsx -o s.csv",
}


@pytest.mark.parametrize("words", REFUSED.values(), ids=REFUSED)
def test_refused__in_one_sentence(words: str) -> None:
    result = call(*words.split())
    assert result.exit_code == 2
    assert "Traceback" not in result.output

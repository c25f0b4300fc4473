"""Shoppers' words: marked, decided on in the workbook or one by one, and read by the branch or not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from auditkit.cli.main import application
from auditkit.locales import LANGUAGES, say
from tests.run.made import CHECKLIST, PROGRAMME, programme, report

PEOPLE = "people:\n  - {name: Ann, role: approver}\n"
NOTED = CHECKLIST.replace(
    "      - {id: thanks, text: Thanks the customer?}\n",
    "      - {id: thanks, text: Thanks the customer?, critical: fail}\n"
    "      - {id: note, kind: text, text: Anything else?}\n",
).replace("{id: names, text: Says the name?, not_applicable: true}", "{id: names, text: Says the name?}")
PLAIN, YOUNG, CODED = "Nobody at the desk", "A young woman at the desk", "K7 waited until 14:35"
BOOK = Path("review/W1.xlsx")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """V1 has plain words, V2 describes somebody, V3 a code and a time; V1's last answer is words too."""
    programme(tmp_path, programme=PROGRAMME + PEOPLE, checklist=NOTED)
    say_ = {"greets": "no", "names": "yes", "smiles": "no", "thanks": "yes"}
    report(tmp_path, "W1/V1", "B01", {**say_, "note": "Ask Bianca"}, comments={"greets": PLAIN}, shopper="K7")
    report(tmp_path, "W1/V2", "B01", say_, comments={"greets": YOUNG}, shopper="K8")
    report(tmp_path, "W1/V3", "B02", {**say_, "thanks": "no"}, comments={"smiles": CODED}, shopper="K7")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    call("run")
    return tmp_path


def call(*words: object) -> Any:
    result = CliRunner().invoke(application(), [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def sheet(name: str, *more: str) -> list[list[Any]]:
    assert call("review", "W1", "--force", *more).exit_code == 0
    return [[cell.value for cell in row] for row in load_workbook(BOOK)[name].iter_rows(min_row=7)]


def back(name: str, filled: Mapping[str, Mapping[int, str]], by: str = "Ann") -> Any:
    """Take the workbook with these cells filled in; visit → column from 0 → what is written."""
    book = load_workbook(BOOK)
    book[name]["C4"] = by or None
    for row in book[name].iter_rows(min_row=7):
        for column, text in filled.get(row[0].value, {}).items():
            row[column].value = text or None
    book.save("back.xlsx")
    return call("take", "back.xlsx")


def copy(branch: str) -> str:
    """All that stands in a branch's workbook, hidden sheets and columns too."""
    call("run")
    book = load_workbook(f"reports/W1/branches/{branch}.xlsx")
    return "\n".join(str(cell.value) for ws in book for row in ws.iter_rows() for cell in row if cell.value is not None)


def decisions() -> list[tuple[str, str, str, str, str, str]]:
    rows = json.loads(call("decide", "list", "--json").stdout)
    return [tuple(each[key] for key in ("what", "visit", "item", "old", "new", "reason")) for each in rows]


def test_without_a_decision__what_is_marked_is_not_read() -> None:
    assert PLAIN in copy("B01")
    assert "young" not in copy("B01")
    assert "Bianca" not in copy("B01")
    assert "waited" not in copy("B02")


@pytest.mark.parametrize(("rule", "read"), [("decided", []), ("all", [PLAIN, YOUNG, "Ask Bianca"])])
def test_rule__none_or_all(home: Path, rule: str, read: list[str]) -> None:
    (home / "programme.yaml").write_text(f"{PROGRAMME}{PEOPLE}rules: {{comments: {rule}}}\n", encoding="utf-8")
    there = copy("B01")
    assert [text for text in (PLAIN, YOUNG, "Ask Bianca") if text in there] == read
    # Released by the rule, and masked all the same.
    assert ("••• waited until •••" in copy("B02")) == bool(read)
    assert "K7" not in copy("B02")
    assert "14:35" not in copy("B02")


def test_sheet__what_is_doubtful_and_a_text_without_what_is_masked() -> None:
    rows = sheet("Comments")
    assert [(row[0], row[4], row[5], row[7]) for row in rows] == [
        ("V1", "Ask Bianca", "perhaps a name: Bianca", None),
        ("V2", YOUNG, "description of a person: young, woman", None),
        ("V3", CODED, "code: K7; time: 14:35", "••• waited until •••"),
    ]
    assert [row[2] for row in rows][1:] == ["1.1 Greets the customer?", "1.3 Smiles?"]
    assert len(sheet("Comments", "--all")) == 4
    validations = load_workbook(BOOK)["Comments"].data_validations.dataValidation
    assert sorted(str(each.sqref) for each in validations) == ["C4", "G7:G10"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_and_back__in_every_language(language: str) -> None:
    name = say(language, "review.sheet_review-comments")
    sheet(name, "--language", language)
    yes, no = say(language, "review.yes"), say(language, "review.no")
    result = back(name, {"V1": {6: no}, "V2": {6: yes, 7: "Somebody at the desk", 8: "Checked"}, "V3": {6: yes}})
    assert result.exit_code == 0, result.output
    assert decisions() == [
        ("withhold", "V1", "note", "waits", "", "perhaps a name: Bianca"),
        ("release", "V2", "greets", "waits", "Somebody at the desk", "Checked"),
        ("release", "V3", "smiles", "waits", "••• waited until •••", "code: K7; time: 14:35"),
    ]
    assert "Somebody at the desk" in copy("B01")
    assert "young" not in copy("B01")
    assert "••• waited until •••" in copy("B02")
    # Nothing waits any more, and taking it again takes nothing.
    assert "Nothing waits" in call("review", "W1", "--force").output
    assert "known already: 3" in call("take", "back.xlsx").output
    assert len(decisions()) == 3


def test_only_the_copies_that_a_decision_touches_are_written_again() -> None:
    call("decide", "release", "W1", "V2", "1.1", "--by", "Ann", "--reason", "Checked")
    written = json.loads(call("run", "--json").stdout)["written"]
    assert [Path(each).name for each in written] == ["B01.xlsx"]
    assert YOUNG in copy("B01")
    call("decide", "undo", 1, "--by", "Ann", "--reason", "A mistake")
    assert YOUNG not in copy("B01")


def test_refused__no_decision_nobody_newer_and_words_that_have_gone(home: Path) -> None:
    sheet("Comments")
    result = back("Comments", {"V2": {6: "maybe"}})
    assert "back.xlsx[Comments!G8]: error R241" in result.output
    assert "R242" in back("Comments", {"V2": {6: "yes"}}, by="").output
    assert "R233" in back("Comments", {"V2": {6: "yes"}}, by="Eve").output
    call("decide", "withhold", "W1", "V2", "greets", "--by", "Ann", "--reason", "No")
    assert "R243" in back("Comments", {"V2": {6: "yes"}}).output
    report(home, "W1/V3", "B02", comments={"smiles": "Other words, K7"}, shopper="K7")
    call("run")
    assert "R243" in back("Comments", {"V3": {6: "yes"}}).output
    assert len(decisions()) == 1


def test_one_by_one__the_same_and_what_it_refuses() -> None:
    by = ("--by", "Ann", "--reason", "Checked")
    assert call("decide", "release", "W1", "V2", "1.1", *by, "--text", "Somebody").exit_code == 0
    assert call("decide", "withhold", "W1", "V1", "greets", *by).exit_code == 0
    assert decisions()[0] == ("release", "V2", "greets", "waits", "Somebody", "Checked")
    assert decisions()[1] == ("withhold", "V1", "greets", "open", "", "Checked")
    assert "Somebody" in copy("B01")
    assert PLAIN not in copy("B01")
    for words, code in (
        (("release", "W1", "V2", "1.3"), "R244"),
        (("release", "W1", "V9", "1.1"), "R244"),
        (("release", "W9", "V2", "1.1"), "R205"),
    ):
        result = call("decide", *words, *by)
        assert (result.exit_code, code in result.output) == (2, True), result.output
    assert call("decide", "withhold", "W1", "V2", "1.1", *by, "--text", "x").exit_code == 2


def test_answers__critical_ones_are_flagged_and_may_be_amended_or_left_out() -> None:
    rows = sheet("Answers", "--all")
    assert [(row[0], row[2], row[5]) for row in rows] == [("V3", "2.1 Thanks the customer?", "critical, not met")]
    result = back("Answers", {"V3": {7: "yes", 8: "Heard on the recording"}})
    assert result.exit_code == 0, result.output
    assert decisions() == [("amend", "V3", "thanks", "no", "yes", "Heard on the recording")]
    assert "known already: 1" in call("take", "back.xlsx").output
    call("run")
    assert "amended" in call("explain", "V3", "2.1").output


def test_answers__refused_by_cell() -> None:
    sheet("Answers", "--all")
    for cells, code, cell in (
        ({6: "perhaps", 8: "x"}, "R241", "G7"),
        ({6: "other answer", 8: "x"}, "R242", "H7"),
        ({6: "leave out"}, "R242", "I7"),
        ({7: "maybe", 8: "x"}, "R234", "H7"),
    ):
        result = back("Answers", {"V3": cells})
        assert f"back.xlsx[Answers!{cell}]" in result.output, result.output
        assert code in result.output
    assert back("Answers", {"V3": {6: "leave out", 8: "New rule"}}).exit_code == 0
    assert decisions() == [("annul", "V3", "thanks", "", "", "New rule")]


def test_names_of_staff__are_marked_and_covered_until_the_programme_declares_them(home: Path) -> None:
    (home / "staff.csv").write_text(
        "code,name,branch,position,from\nE01,Alina Nowak,B01,,2026-01-01\n", encoding="utf-8"
    )
    report(
        home, "W1/V1", "B01", {"greets": "no"}, comments={"greets": "Alinie did not greet, E01 neither"}, shopper="K7"
    )
    assert "did not greet" not in copy("B01")
    assert ["V1", "name: Alinie; code: E01", "••• did not greet, ••• neither"] in [
        [row[0], row[5], row[7]] for row in sheet("Comments")
    ]
    call("decide", "release", "W1", "V1", "1.1", "--by", "Ann", "--reason", "Checked")
    assert "••• did not greet, ••• neither" in copy("B01")
    rules = "rules: {employees: named, comments: all}\n"
    (home / "programme.yaml").write_text(f"{PROGRAMME}{PEOPLE}{rules}", encoding="utf-8")
    assert "Alinie did not greet, E01 neither" in copy("B01")

"""What is published: manifests that never change, replayed digit by digit, and what has moved since."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from auditkit.locales import LANGUAGES
from auditkit.run.release.manifest import as_text, read, releases_of
from tests.run.made import CHECKLIST, PROGRAMME, call, ended, programme, report, started

PEOPLE = (
    "people:\n  - {name: Ann, role: editor}\n  - {name: Bob, role: approver}\n  - {name: Cyd, role: hr}\n"
    "  - {name: Dee, role: director}\n"
)
SIGNED = ("--by", "Ann", "--approved-by", "Bob")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """B01: 60 and 100, B02: 80; V4 lacks an answer."""
    programme(tmp_path, programme=PROGRAMME + PEOPLE)
    report(tmp_path, "W1/V1", "B01", {"thanks": "no"})
    report(tmp_path, "W1/V2", "B01")
    report(tmp_path, "W1/V3", "B02", {"greets": "no"})
    report(tmp_path, "W1/V4", "B02", {"greets": None})
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    call("run")
    return tmp_path


def released(kind: str = "provisional", *signed: str) -> Any:
    result = call("release", "W1", f"--{kind}", *(signed or SIGNED))
    assert result.exit_code == 0, result.output
    return releases_of(Path(), "W1")[-1]


def run() -> list[tuple[str, str]]:
    result = call("run", "--wave", "W1", "--json")
    assert result.exit_code < 2, result.output
    return [(each["code"], each["says"]) for each in json.loads(result.stdout)["problems"] if each["code"] == "R257"]


def replayed(name: str) -> tuple[int, str, list[str]]:
    result = call("replay", name)
    codes = [word for word in result.stderr.split() if word.startswith("R25")]
    return result.exit_code, " ".join(result.stdout.split()), codes


def test_manifest__every_input_and_every_score(home: Path) -> None:
    found = released()
    assert (found.release, found.kind, found.number) == ("W1-01-provisional", "provisional", 1)
    assert (found.prepared_by, found.approved_by, found.decisions) == ("Ann", "Bob", 0)
    assert sorted(found.inputs) == [
        "branches.csv", "programme.yaml", *(f"visits/W1/V{number}.json" for number in range(1, 5)),
    ]  # fmt: skip
    assert {each.visit: (each.fate, each.score, each.grade) for each in found.visits} == {
        "V1": ("accepted", "60/1", "weak"), "V2": ("accepted", "100/1", "good"),
        "V3": ("accepted", "80/1", "good"), "V4": ("returned", "", ""),
    }  # fmt: skip
    assert {code: (each.mean, each.shown, each.grade) for code, each in found.branches.items()} == {
        "B01": ("80", "80.0", "fine"), "B02": ("80", "80.0", "fine"), "B03": ("", "", ""),
    }  # fmt: skip
    assert min(found.reports) == "reports/W1/branches/B01.xlsx"
    path = home / "releases/W1-01-provisional.json"
    assert as_text(found) == path.read_text(encoding="utf-8")
    assert read(path) == found


def test_numbers__go_on_and_nothing_is_overwritten(home: Path) -> None:
    first = released()
    before = (home / "releases/W1-01-provisional.json").read_bytes()
    assert released("final").release == "W1-02-final"
    assert (home / "releases/W1-01-provisional.json").read_bytes() == before
    listed = call("release", "W1").stdout.splitlines()
    assert [line.split(" ")[0] for line in listed] == [first.release, "W1-02-final"]


def test_a_damaged_release__keeps_its_number(home: Path) -> None:
    released()
    (home / "releases/W1-01-provisional.json").write_text("{", encoding="utf-8")
    assert released("final").release == "W1-02-final"
    assert (home / "releases/W1-01-provisional.json").read_text(encoding="utf-8") == "{"


def test_several_at_once__each_with_a_number_of_its_own(home: Path) -> None:
    kinds = ("--provisional", "--final", "--provisional")
    every = [started(home, "release", "W1", *SIGNED, kind) for kind in kinds]
    assert [ended(each) for each in every] == [0, 0, 0]
    assert [each.number for each in releases_of(home, "W1")] == [1, 2, 3]
    assert sorted(path.suffix for path in (home / "releases").iterdir()) == [".json"] * 3


@pytest.mark.parametrize(
    ("signed", "code"),
    [
        (("--by", "Ann", "--approved-by", "Ann"), "R252"),
        (("--by", "Ann", "--approved-by", "Cyd"), "R252"),
        (("--by", "Bob", "--approved-by", "Bob"), "R252"),
        (("--by", "Zoe", "--approved-by", "Bob"), "R233"),
        (("--by", "Ann"), "--approved-by"),
    ],
)
def test_four_eyes__else_refused(signed: tuple[str, ...], code: str) -> None:
    result = call("release", "W1", "--final", *signed)
    assert result.exit_code == 2
    assert code in result.stderr
    assert releases_of(Path(), "W1") == []


def test_a_director_may_approve() -> None:
    assert released("final", "--by", "Bob", "--approved-by", "Dee").approved_by == "Dee"


def test_something_changed_since_the_run__refused(home: Path) -> None:
    report(home, "W1/V9", "B03")
    assert "R251" in call("release", "W1", "--final", *SIGNED).stderr
    call("run")
    call("decide", "exclude", "W1", "V1", "--by", "Bob", "--reason", "x")
    assert "R251" in call("release", "W1", "--final", *SIGNED).stderr
    assert releases_of(home, "W1") == []


def test_doubts__said_and_released_all_the_same() -> None:
    result = call("release", "W1", "--final", *SIGNED)
    assert result.exit_code == 0
    assert ("R253" in result.stderr, "R254" in result.stderr) == (True, True)
    call("decide", "accept-incomplete", "W1", "V4", "--by", "Bob", "--reason", "x")
    call("run")
    result = call("release", "W1", "--final", *SIGNED)
    assert "R253" not in result.stderr


def test_replay__digit_by_digit_with_the_decisions_of_then(home: Path) -> None:
    first = released()
    call("decide", "amend", "W1", "V1", "thanks", "yes", "--by", "Bob", "--reason", "x")
    call("decide", "annul", "W1", "desk", "greets", "--by", "Bob", "--reason", "y")
    run()
    second = released("final")
    assert {each.visit: each.score for each in second.visits}["V1"] == "100/1"
    for each in (first, second):
        code, said, codes = replayed(each.release)
        assert (code, codes) == (0, [])
        assert "4 of 4 results and 3 of 3 branch scores come out digit by digit." in said
    report(home, "W1/V9", "B03")  # what came later is no part of it
    assert replayed(first.release)[0] == 0


@pytest.mark.parametrize(
    "name", ["visits/W1/V1.json", "programme.yaml", "branches.csv", "checklists/desk/checklist.yaml"]
)
def test_replay__an_input_that_changed_is_named(home: Path, name: str) -> None:
    released()
    with (home / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    code, said, codes = replayed("W1-01-provisional")
    assert (code, codes) == (1, ["R255"])
    assert "4 of 4" in said  # nothing but a line's end


def test_replay__what_comes_out_otherwise_is_named(home: Path) -> None:
    released()
    report(home, "W1/V1", "B01")
    (home / "visits/W1/V3.json").unlink()
    code, said, codes = replayed("W1-01-provisional")
    assert code == 1
    assert codes.count("R255") == 2
    assert "R256" in codes
    assert "2 of 4 results and 1 of 3 branch scores" in said


def test_replay__a_decision_of_then_that_was_changed(home: Path) -> None:
    call("decide", "exclude", "W1", "V1", "--by", "Bob", "--reason", "Recognised")
    run()
    released()
    path = home / "decisions.csv"
    path.write_bytes(path.read_bytes().replace(b"Recognised", b"Forgotten"))
    code, _, codes = replayed("W1-01-provisional")
    assert (code, codes) == (1, ["R255"])


def test_replay__of_nothing(home: Path) -> None:
    released()
    assert "R250" in call("replay", "W1-07-final").stderr
    (home / "releases/W1-08-final.json").write_text("{", encoding="utf-8")
    assert "R250" in call("replay", "W1-08-final").stderr
    assert call("release", "W9").exit_code == 2
    assert call("release", "W2", "--final", *SIGNED).exit_code == 2


def test_moved__each_published_score_with_its_decision(home: Path) -> None:
    released()
    assert run() == []
    call("decide", "amend", "W1", "V1", "thanks", "yes", "--by", "Bob", "--reason", "x")
    report(home, "W1/V3", "B02")
    assert run() == [
        ("R257", "V1 on desk was published as accepted 60/1 weak, and is accepted 100/1 good now (decision 1)"),
        ("R257", "V3 on desk was published as accepted 80/1 good, and is accepted 100/1 good now"),
    ]
    released("final")
    assert run() == []


def test_a_manifest_that_is_damaged__said_by_the_run(home: Path) -> None:
    released()
    (home / "releases/W1-01-provisional.json").write_text("{", encoding="utf-8")
    told = json.loads(call("run", "--wave", "W1", "--json").stdout)["problems"]
    assert [(each["code"], each["value"]) for each in told if each["code"] == "R250"] == [("R250", "W1-01-provisional")]


def cells(path: str) -> list[str]:
    from openpyxl import load_workbook

    sheet = load_workbook(path).worksheets[0]
    return [" | ".join(str(cell.value) for cell in row if cell.value not in (None, "")) for row in sheet.iter_rows()]


def test_case__published_and_present_scores_and_what_was_decided() -> None:
    released()
    call("decide", "amend", "W1", "V1", "thanks", "yes", "--by", "Bob", "--reason", "Recording heard")
    call("decide", "exclude", "W1", "V3", "--by", "Bob", "--reason", "Another branch")
    run()
    released("final")
    assert call("casefile", "B01", "W1", "-o", "case.xlsx").exit_code == 0
    lines = cells("case.xlsx")
    assert "Result | 01-provisional | 02-final | now" in lines
    assert "V1 | desk | 60.0 | 100.0 | 100.0" in lines
    assert "V2 | desk | 100.0 | 100.0 | 100.0" in lines
    told = "1 answer amended | V1 desk thanks | no → yes | Recording heard | Bob, approver | "
    assert any(line.startswith(told) for line in lines)
    assert not any("Another branch" in line for line in lines)
    assert call("casefile", "B01", "W1", "-o", "case.xlsx").exit_code == 2
    assert call("casefile", "B99", "W1").exit_code == 2
    assert call("casefile", "B01", "W2").exit_code == 2


def test_case__published_scores_to_the_decimals_of_their_version(home: Path) -> None:
    """Weights of 60 and 40 over two and one: a third of 60 stands with the checklist's two decimals."""
    path = home / "checklists/desk/checklist.yaml"
    path.write_text(CHECKLIST.replace("title: Desk\n", "title: Desk\ndecimals: 2\n"), encoding="utf-8")
    report(home, "W1/V2", "B01", {"smiles": "no"})
    run()
    released()
    call("casefile", "B01", "W1", "-o", "case.xlsx")
    lines = cells("case.xlsx")
    assert "V1 | desk | 60.00 | 60.00" in lines
    assert "V2 | desk | 80.00 | 80.00" in lines


def test_case__the_proof_with_its_hashes(home: Path) -> None:
    folder = home / "evidence/W1/V1"
    folder.mkdir(parents=True)
    (folder / "door.jpg").write_bytes(b"not quite a picture")
    call("evidence", "W1")
    call("casefile", "B01", "W1", "-o", "case.xlsx")
    assert any(line.startswith("V1 | evidence/W1/V1/door.jpg | ") for line in cells("case.xlsx"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language(language: str) -> None:
    released()
    said = call("replay", "W1-01-provisional", "-l", language).stdout
    assert "W1-01-provisional: " in said
    assert "4" in said

"""Appeals: from the sheet in a branch's provisional copy to a decision, both scores kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from auditkit.cli.main import application
from auditkit.locales import LANGUAGES, say
from tests.run.made import PROGRAMME, programme, report

PEOPLE = "people:\n" + "".join(
    f"  - {{name: {name}, role: {role}}}\n"
    for name, role in (("Ann", "editor"), ("Bob", "approver"), ("Cid", "appeals"), ("Dan", "appeals"))
)
COPY = "reports/W1/branches/{}.xlsx"
NAME, DATE = 5, 6
"""Columns of the appeal sheet from 0."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """V1 and V2 at B01 miss a question each, V3 at B02 one; V2 came late and was accepted by Cid."""
    programme(tmp_path, programme=PROGRAMME + PEOPLE)
    told = {"start": "2026-05-04T10:00:00+05:00"}
    report(tmp_path, "W1/K7-1", "B01", {"greets": "no"}, shopper="K7", handed_in="2026-05-04T12:00:00+05:00", **told)
    report(tmp_path, "W1/K7-2", "B01", {"smiles": "no"}, shopper="K7", handed_in="2026-05-14T12:00:00+05:00", **told)
    report(tmp_path, "W1/K8-3", "B02", {"thanks": "no"}, shopper="K8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    call("run")
    decide("accept", "W1", "K7-2", by="Cid")
    call("run")
    return tmp_path


def call(*words: object) -> Any:
    result = CliRunner().invoke(application(), [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def decide(*words: object, by: str = "Dan", code: int = 0) -> Any:
    result = call("decide", *words, "--by", by, "--reason", "Because")
    assert result.exit_code == code, result.output
    return result


def release(kind: str) -> Any:
    return call("release", "W1", f"--{kind}", "--by", "Ann", "--approved-by", "Bob")


def sheet(branch: str, name: str = "Appeal") -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(COPY.format(branch))[name].iter_rows(min_row=5)]


def appeal(branch: str, rows: Mapping[int, tuple[str, str, str]], name: str = "Appeal", *more: str) -> Any:
    """Take the branch's copy; `rows`: row of the sheet → what happened, what shows it, who says so."""
    book = load_workbook(COPY.format(branch))
    for row, texts in rows.items():
        for at, text in enumerate(texts):
            book[name].cell(row, 4 + at).value = text or None
    book.save("appeal.xlsx")
    return call("take", "appeal.xlsx", *more)


def listed() -> list[tuple[str, str, str, str, str, str]]:
    rows = json.loads(call("decide", "list", "--json").stdout)
    return [tuple(each[key] for key in ("what", "visit", "item", "by", "old", "new")) for each in rows]


def everything(branch: str) -> str:
    book = load_workbook(COPY.format(branch))
    return "\n".join(str(cell.value) for ws in book for row in ws.iter_rows() for cell in row if cell.value is not None)


def test_before_a_release__nothing_is_said_and_nothing_can_be_appealed() -> None:
    assert "Appeal" not in load_workbook(COPY.format("B01")).sheetnames
    assert "PRELIMINARY" not in everything("B01")


def test_provisional_copy__says_so_and_offers_every_report_and_what_was_missed_in_it() -> None:
    assert release("provisional").exit_code == 0
    until = date.today() + timedelta(days=10)  # noqa: DTZ011
    text = everything("B01")
    assert "PRELIMINARY. Released" in text
    assert str(until.day) in text
    rows = sheet("B01")
    assert [(row[0], row[1], row[2]) for row in rows if row[1] or "whole" in str(row[0])] == [
        (rows[0][0], None, None), ("1.1", "Greets the customer?", "No"),
        (rows[2][0], None, None), ("1.3", "Smiles?", "No"),
    ]  # fmt: skip
    assert rows[0][0].endswith("The whole report")
    # Nothing by which the shopper could be known, in hidden cells either.
    assert "K7" not in text
    assert "PRELIMINARY" in load_workbook(COPY.format("B01"))["Visits"].oddFooter.left.text
    assert "PRELIMINARY" in str([c.value for r in load_workbook("reports/W1/network.xlsx").worksheets[0] for c in r])


def test_release__holds_the_hashes_of_the_marked_copies() -> None:
    import hashlib

    release("provisional")
    manifest = json.loads(Path("releases/W1-01-provisional.json").read_text(encoding="utf-8"))
    copy = Path(COPY.format("B01"))
    assert manifest["reports"][copy.as_posix()] == hashlib.sha256(copy.read_bytes()).hexdigest()
    # A run after it leaves them as they went out.
    call("run")
    assert manifest["reports"][copy.as_posix()] == hashlib.sha256(copy.read_bytes()).hexdigest()


@pytest.mark.parametrize("language", LANGUAGES)
def test_filed_decided_final__both_scores_are_kept(home: Path, language: str) -> None:
    text = (home / "branches.csv").read_text(encoding="utf-8")
    head, *rows = text.splitlines()
    (home / "branches.csv").write_text(
        "\n".join([f"{head},language", *(f"{row},{language}" for row in rows)]) + "\n", "utf-8"
    )
    call("run")
    release("provisional")
    name = say(language, "reports.sheet.appeal")
    result = appeal("B01", {6: ("She was on the phone with the bank", "Recording", "Head of B01")}, name)
    assert result.exit_code == 0, result.output
    assert listed()[1:] == [("appeal", "K7-1", "greets", "Head of B01", "W1-01-provisional", "Recording")]
    # The very same again is not taken twice, other words about the same are refused.
    assert "known already: 1" in call("take", "appeal.xlsx").output
    assert "R249" in appeal("B01", {6: ("Something else", "", "Head of B01")}, name).output
    # Open appeals stand in the way of the final release.
    refused = release("final")
    assert (refused.exit_code, "R239" in refused.output) == (2, True)
    decide("uphold", 2, "--answer", "yes")
    assert listed()[2:] == [("uphold", "K7-1", "2", "Dan", "open", ""), ("amend", "K7-1", "greets", "Dan", "no", "yes")]
    assert "R257" in call("run").output
    told = everything("B01")
    assert f"{say(language, 'reports.appeal_uphold')}: Because" in told
    final = release("final")
    assert final.exit_code == 0, final.output
    assert "R237" in final.output
    told = everything("B01")
    assert say(language, "reports.preliminary") not in told
    assert say(language, "reports.released_before", score="X").partition("X")[0] in told
    assert f"{say(language, 'reports.appeal_uphold')}: Because" in told
    one, two = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(Path("releases").glob("*.json")))
    assert (one["branches"]["B01"][1], two["branches"]["B01"][1]) == ("80.0", "90.0")
    for each in ("W1-01-provisional", "W1-02-final"):
        assert call("replay", each).exit_code == 0


def test_who_decides__not_who_accepted_and_only_those_for_appeals() -> None:
    release("provisional")
    appeal("B01", {6: ("A", "", "N"), 8: ("B", "", "N")})
    assert [each[1:3] for each in listed()[1:]] == [("K7-1", "greets"), ("K7-2", "smiles")]
    assert "R258" in decide("reject", 3, by="Cid", code=2).output
    assert "decision 1" in decide("reject", 3, by="Cid", code=2).output
    assert "R258" in decide("reject", 2, by="Ann", code=2).output
    assert "R233" in decide("reject", 2, by="Eve", code=2).output
    decide("reject", 2, by="Cid")
    decide("uphold", 3, "--annul")
    assert listed()[3:] == [
        ("reject", "K7-1", "2", "Cid", "open", ""),
        ("uphold", "K7-2", "3", "Dan", "open", ""),
        ("annul", "K7-2", "smiles", "Dan", "", ""),
    ]
    assert "R259" in decide("reject", 2, code=2).output
    assert "R259" in decide("reject", 1, code=2).output
    assert "R259" in decide("uphold", 99, "--exclude", code=2).output
    # Undone, it is open again.
    decide("undo", 4)
    decide("uphold", 2, "--exclude")


def test_whole_report__may_be_left_out() -> None:
    release("provisional")
    appeal("B02", {5: ("We were closed that day", "Photo of the notice", "Head of B02")})
    assert listed()[1:] == [("appeal", "K8-3", "", "Head of B02", "W1-01-provisional", "Photo of the notice")]
    assert call("decide", "uphold", 2, "--answer", "yes", "--by", "Dan", "--reason", "x").exit_code == 2
    decide("uphold", 2, "--exclude")
    call("run")
    call("review", "W1", "--force")
    fates = json.loads(call("show", "network", "-w", "W1", "--json").stdout)["quality"]["not_accepted"]
    assert [(each["visit"], each["fate"]) for each in fates] == [("K8-3", "excluded")]


def test_in_the_workbook__open_appeals_are_decided_like_everything_else() -> None:
    release("provisional")
    appeal("B01", {6: ("On the phone", "Recording", "N"), 8: ("She did", "", "N")})
    assert call("review", "W1", "--force").exit_code == 0
    book = load_workbook("review/W1.xlsx")
    assert book.sheetnames[0] == "Appeals"
    rows = [[cell.value for cell in row] for row in book["Appeals"].iter_rows(min_row=7)]
    assert [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows] == [
        ("2", "B01 Oak Street", "K7-1", "Desk: 1.1 Greets the customer?", "On the phone (N)", "Recording"),
        ("3", "B01 Oak Street", "K7-2", "Desk: 1.3 Smiles?", "She did (N)", None),
    ]
    book["Appeals"]["C4"] = "Dan"
    book["Appeals"]["G7"], book["Appeals"]["I7"] = "reject", "No recording"
    book["Appeals"]["H8"], book["Appeals"]["I8"] = "yes", "Heard"
    book.save("back.xlsx")
    result = call("take", "back.xlsx")
    assert result.exit_code == 0, result.output
    assert [each[0] for each in listed()[3:]] == ["reject", "uphold", "amend"]
    assert "known already: 2" in call("take", "back.xlsx").output
    # Decided otherwise meanwhile.
    book["Appeals"]["G7"] = "exclude"
    book.save("back.xlsx")
    assert "back.xlsx[Appeals!G7]: error R259" in call("take", "back.xlsx").output


@pytest.mark.parametrize(
    ("texts", "code", "cell"),
    [(("", "Recording", "N"), "R246", "D6"), (("On the phone", "", ""), "R246", "F6"), (("", "", "N"), "R246", "D6")],
)
def test_refused__what_lacks_something_by_its_cell(texts: tuple[str, str, str], code: str, cell: str) -> None:
    release("provisional")
    result = appeal("B01", {6: texts, 8: ("She did", "", "N")})
    assert f"appeal.xlsx[Appeal!{cell}]: error {code}" in result.output, result.output
    assert [each[:3] for each in listed()[1:]] == [("appeal", "K7-2", "smiles")]


def test_refused__late_and_after_the_final_release() -> None:
    release("provisional")
    late = (date.today() + timedelta(days=11)).isoformat()  # noqa: DTZ011
    last = (date.today() + timedelta(days=10)).isoformat()  # noqa: DTZ011
    rows = {6: ("On the phone", "", "N")}
    assert "R247" in appeal("B01", rows, "Appeal", "--received", late).output
    assert appeal("B01", rows, "Appeal", "--received", last).exit_code == 0
    decide("reject", 2)
    Path("late.xlsx").write_bytes(Path("appeal.xlsx").read_bytes())
    release("final")
    assert "R247" in call("take", "late.xlsx").output


def test_rules__no_days_no_appeals(home: Path) -> None:
    (home / "programme.yaml").write_text(f"{PROGRAMME}{PEOPLE}rules: {{appeal_days: 0}}\n", encoding="utf-8")
    call("run")
    release("provisional")
    assert "PRELIMINARY" in everything("B01")
    assert "Appeal" not in load_workbook(COPY.format("B01")).sheetnames


def test_refused__a_report_that_is_in_no_release_any_more(home: Path) -> None:
    release("provisional")
    book = load_workbook(COPY.format("B02"))
    for at, text in enumerate(("On the phone", "", "N")):
        book["Appeal"].cell(6, 4 + at).value = text or None
    book.save("old.xlsx")
    (home / "visits/W1/K8-3.json").unlink()
    report(home, "W1/K9-9", "B02", {"greets": "no"})
    call("run")
    # What was released may be objected to, though the report has gone since; whoever runs is told of it.
    assert call("take", "old.xlsx").exit_code == 0
    assert "R236" in call("run").output
    decide("undo", 2)
    release("provisional")
    result = call("take", "old.xlsx")
    assert "old.xlsx[Appeal!D6]: error R248" in result.output, result.output


def test_decisions_csv__an_answer_to_no_appeal_is_refused(home: Path) -> None:
    path = home / "decisions.csv"
    line = "2,2026-06-01T10:00:00+00:00,Dan,appeals,reject,W1,K7-1,desk,1,,No,,,\r\n"
    path.write_bytes(path.read_bytes() + line.encode())
    result = call("run")
    assert (result.exit_code, "D475" in result.output) == (2, True), result.output

"""Reports that wait for the proof that their scenario asks for, and count once it is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from auditkit.cli.main import application
from auditkit.locales import LANGUAGES
from auditkit.results.store import Store
from tests.run.made import CHECKLIST, GOOD, PROGRAMME, programme, report

SCENARIO = """
scenario: {name}
title: Desk
legend: You ask for the way.
proof: [{proof}]
purchase: {{what: A pen, limit: 5, currency: EUR}}
"""
PHOTO, RECEIPT = "{kind: photo, what: the entrance}", "{kind: receipt, what: the receipt, when: purchase}"
SOUND, ANY = "{kind: audio, what: the talk}", "{kind: file, what: the offer, at_least: 3}"
DOOR = "{kind: photo, what: the shut door, when: closed}"
MORE = (
    "      - {id: bill, kind: receipt, text: Number of the receipt}\n"
    "      - {id: shot, kind: photo, text: The counter}\n"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    return programme(tmp_path, checklist=CHECKLIST + MORE)


def asks(*proof: str, name: str = "desk-visit") -> None:
    Path("scenarios").mkdir(exist_ok=True)
    Path(f"scenarios/{name}.yaml").write_text(SCENARIO.format(name=name, proof=", ".join(proof)), encoding="utf-8")


def lay(name: str, data: bytes = b"x") -> Path:
    path = Path("evidence/W1") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def run() -> Any:
    result = CliRunner().invoke(application(), ["run", "--json", "--wave", "W1"])
    assert result.exit_code < 2, result.output
    return json.loads(result.stdout)


def waits() -> dict[str, str]:
    """Visit → why it waits; '' where it counts."""
    run()
    with Store(Path(".auditkit/results")).open(["W1"]) as tables:
        rows = list(tables.ask("SELECT visit_id, fate, reason FROM visits"))
    assert all(fate in ("held", "accepted", "not_carried_out", "unreadable") for _, fate, _ in rows)
    return {visit: reason if fate == "held" else "" for visit, fate, reason in rows if visit}


@pytest.mark.parametrize(
    ("proof", "answers", "files", "expected"),
    [
        ((PHOTO,), {}, ("V1/a.jpg",), ""),
        ((PHOTO,), {}, ("V2/a.jpg",), "proof_missing photo"),
        ((PHOTO,), {}, ("V1/a.mp3",), "proof_missing photo"),
        ((PHOTO,), {}, ("V1/.a.jpg", "V1/_a.jpg", "_old/V1.jpg"), "proof_missing photo"),
        ((PHOTO, RECEIPT), {}, ("V1/a.jpg",), "proof_missing receipt"),
        ((PHOTO, RECEIPT), {}, ("V1/a.jpg", "V1/in/b.pdf"), ""),
        ((PHOTO, RECEIPT), {"bill": "No 4711, 10:42, 4.50"}, ("V1/a.jpg",), ""),
        ((PHOTO, RECEIPT), {"bill": "not_observed"}, ("V1/a.jpg",), "proof_missing receipt"),
        ((PHOTO, RECEIPT, SOUND), {}, ("V2/a.jpg",), "proof_missing photo; proof_missing receipt; proof_missing audio"),
        ((SOUND,), {}, ("V1/talk.M4A",), ""),
        ((ANY,), {}, ("V1/1.docx", "V1/2.jpg"), "proof_missing file"),
        ((ANY,), {}, ("V1/1.docx", "V1/2.jpg", "V1/3.ogg"), ""),
        ((DOOR,), {}, ("V2/a.jpg",), ""),
        ((), {"shot": "one.jpg; TWO.JPG"}, ("V1/One.jpg",), "proof_not_sent TWO.JPG"),
        ((), {"shot": "C:\\\\dcim\\\\one"}, ("V1/one.jpg",), ""),
        ((), {"bill": "bill.pdf"}, ("V2/a.jpg",), "proof_not_sent bill.pdf"),
        ((), {"shot": "a.jpg, b.jpg, c.jpg, d.jpg"}, ("V2/a.jpg",), "proof_not_sent a.jpg, b.jpg, c.jpg +1"),
    ],
)  # fmt: skip
def test_proof__asked_for_and_there(
    home: Path, proof: tuple[str, ...], answers: dict[str, Any], files: tuple[str, ...], expected: str
) -> None:
    asks(*proof)
    report(home, "W1/V1", "B01", answers)
    report(home, "W1/V2", "B02", outcome="closed")
    for name in files:
        lay(name)
    assert waits()["V1"] == expected


def test_names_beside_the_answers__must_be_there_too(home: Path) -> None:
    report(home, "W1/V1", "B01", evidence={"greets": "door.jpg"})
    lay("V1/hall.jpg")
    assert waits() == {"V1": "proof_not_sent door.jpg"}


def test_a_wave_without_evidence__waits_for_none(home: Path) -> None:
    asks(PHOTO)
    report(home, "W1/V1", "B01", {"shot": "one.jpg"})
    assert waits() == {"V1": ""}
    Path("evidence/W2").mkdir(parents=True)
    assert waits() == {"V1": ""}
    Path("evidence/W1").mkdir()
    assert waits() == {"V1": "proof_missing photo; proof_not_sent one.jpg"}


def test_a_file_that_is_empty__proves_nothing(home: Path) -> None:
    asks(PHOTO)
    report(home, "W1/V1", "B01")
    lay("V1/a.jpg", b"")
    assert waits() == {"V1": "proof_missing photo"}


def test_photos_of_a_page_form__are_there(home: Path) -> None:
    asks(PHOTO)
    path = report(home, "W1/V1", "B01", {"shot": "V1-1.jpg"})
    own = json.loads(path.read_text(encoding="utf-8"))
    page = {"auditkit": "page", "format": 1, "draft": False, "reports": [own]}
    path.write_text(json.dumps(page | {"photos": {"V1-1.jpg": "data:image/jpeg;base64,/9j/4QAA"}}), encoding="utf-8")
    Path("evidence/W1").mkdir(parents=True)
    assert waits() == {"V1": ""}
    path.write_text(json.dumps(page | {"photos": {}}), encoding="utf-8")
    assert waits() == {"V1": "proof_missing photo; proof_not_sent V1-1.jpg"}


def test_of_several_scenarios__the_plan_s(home: Path) -> None:
    asks(PHOTO)
    asks(SOUND, name="call")
    for visit in ("V1", "V2", "W1-B03-1"):
        report(home, f"W1/{visit}", "B03" if visit.startswith("W1") else "B01")
    Path("evidence/W1").mkdir(parents=True)
    assert set(waits().values()) == {""}
    Path("plan").mkdir()
    plan = Path("plan/W1.csv")
    plan.write_text("visit,branch,scenario\nV1,B01,desk-visit\nV2,B01,call\n,B03,call\n", encoding="utf-8")
    expected = {"V1": "proof_missing photo", "V2": "proof_missing audio", "W1-B03-1": "proof_missing audio"}
    assert waits() == expected
    plan.write_text("visit,branch,scenario\nV1,B01,desk-visit\nV2,B01,\n", encoding="utf-8")
    assert waits() == {"V1": "proof_missing photo", "V2": "", "W1-B03-1": ""}


def test_laid_in_later__only_that_visit_is_read_again(home: Path) -> None:
    asks(PHOTO)
    for number in range(1, 6):
        report(home, f"W1/V{number}", "B01" if number < 4 else "B02")
    Path("evidence/W1").mkdir(parents=True)
    Path("visits/W1/broken.xlsx").write_bytes(b"no workbook")
    assert run()["fates"]["held"] == 5
    assert run()["read"] == 0
    lay("V2/a.jpg")
    told = run()
    assert (told["read"], told["fates"]["held"], told["fates"]["accepted"]) == (1, 4, 1)
    assert sorted(Path(each).name for each in told["written"]) == ["B01.xlsx", "network.xlsx"]
    lay("V2/b.jpg").rename("evidence/W1/V2/c.jpg")
    assert run()["read"] == 1
    Path("evidence/W1/V2/a.jpg").unlink()
    Path("evidence/W1/V2/c.jpg").unlink()
    assert run()["fates"]["held"] == 5
    asks(SOUND)
    assert run()["read"] == 5
    assert set(waits().values()) == {"proof_missing audio"}


def test_a_person_lets_it_count(home: Path) -> None:
    asks(PHOTO)
    report(home, "W1/V1", "B01")
    Path("evidence/W1").mkdir(parents=True)
    assert run()["fates"]["held"] == 1
    words = ["decide", "accept", "W1", "V1", "--by", "Ann", "--reason", "Seen on the recording of the shop"]
    assert CliRunner().invoke(application(), words).exit_code == 0
    assert run()["fates"]["accepted"] == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_words__in_every_language(home: Path, language: str) -> None:
    from openpyxl import load_workbook

    from auditkit.locales import say

    asks(RECEIPT)
    report(home, "W1/V1", "B01", {"shot": "one.jpg"})
    Path("evidence/W1").mkdir(parents=True)
    run()
    missing = say(language, "reports.reason.proof_missing", what=say(language, "reports.proof.receipt"))
    expected = f"{missing} {say(language, 'reports.reason.proof_not_sent', what='one.jpg')}"
    shown = CliRunner().invoke(application(), ["show", "network", "-w", "W1", "-l", language]).stdout
    assert expected in " ".join(shown.split())
    assert CliRunner().invoke(application(), ["review", "W1", "-l", language]).exit_code == 0
    sheet = load_workbook("review/W1.xlsx").worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert expected in texts
    assert texts[texts.index(expected) + 1] == say(language, "review.return")


def test_replay__with_the_evidence_of_then(home: Path) -> None:
    asks(PHOTO)
    Path("programme.yaml").write_text(
        f"{PROGRAMME}people: [{{name: Ann, role: editor}}, {{name: Bob, role: approver}}]\n", encoding="utf-8"
    )
    report(home, "W1/V1", "B01", {**GOOD})
    report(home, "W1/V2", "B01", {"thanks": "no"})
    lay("V1/a.jpg")
    run()
    signed = ["release", "W1", "--provisional", "--by", "Ann", "--approved-by", "Bob"]
    assert CliRunner().invoke(application(), signed).exit_code == 0
    manifest = json.loads(Path("releases/W1-01-provisional.json").read_text(encoding="utf-8"))
    assert manifest["evidence"] == {"V1": ["a.jpg"]}
    assert "scenarios/desk-visit.yaml" in manifest["inputs"]
    lay("V2/a.jpg")
    told = run()
    assert (told["fates"]["held"], [each["code"] for each in told["problems"]]) == (0, [])
    replayed = CliRunner().invoke(application(), ["replay", "W1-01-provisional"])
    assert replayed.exit_code == 0, replayed.output

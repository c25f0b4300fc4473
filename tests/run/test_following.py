"""A wave while it runs: status, reminders, letters about critical findings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from auditkit.locales import LANGUAGES
from tests.run.made import CHECKLIST, call, programme, report

PLAN = (
    "visit,branch,shopper,from,to\n"
    "V1,B01,K1,2026-05-04,\nV2,B02,K1,2026-05-05,2026-05-08\nV3,B02,K2,2026-05-20,\n"
    "V4,B03,K2,2026-05-06,\nV5,B03,,2026-05-25,2026-05-28\n"
)
SHOPPERS = "code,languages,agency\nK1,ru,North Star\nK2,kk,\n"
CRITICAL = CHECKLIST.replace("{id: thanks, ", "{id: thanks, critical: fail, ").replace(
    "title: Desk\n", "title: {en: Desk, ru: Стойка}\n"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """V1 counts and failed a critical item, V2 is nowhere, V3 returned, V4 closed, V5 to come; V9 unplanned."""
    programme(tmp_path, checklist=CRITICAL)
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan/W1.csv").write_text(PLAN, encoding="utf-8")
    (tmp_path / "shoppers.csv").write_text(SHOPPERS, encoding="utf-8")
    report(tmp_path, "W1/V1", "B01", {"thanks": "no"}, comments={"thanks": "K77 was sent away."})
    report(tmp_path, "W1/V3", "B02", {"greets": None})
    report(tmp_path, "W1/V4", "B03", outcome="closed")
    report(tmp_path, "W1/V9", "B01")
    (tmp_path / "visits/W1/torn.xlsx").write_bytes(b"PK\x03\x04 torn")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    call("run")
    return tmp_path


def status(day: str, *more: str) -> Any:
    result = call("status", "W1", "--on", day, "--json", *more)
    assert result.exit_code == 0, result.output
    return json.JSONDecoder().raw_decode(result.stdout)[0]


def test_every_planned_visit__where_it_is() -> None:
    found = status("2026-05-20")
    assert {each["visit"]: each["state"] for each in found["visits"]} == {
        "V1": "accepted", "V2": "overdue", "V3": "returned", "V4": "not_carried_out", "V5": "to_come",
    }  # fmt: skip
    assert found["days_left"] == 11
    assert found["unplanned"] == ["V9"]
    assert found["unreadable"] == ["visits/W1/torn.xlsx"]
    assert found["branches_without"] == ["B02", "B03"]
    assert found["groups"]["all"][""] == dict.fromkeys(
        ("accepted", "overdue", "returned", "not_carried_out", "to_come"), 1
    )


@pytest.mark.parametrize(
    ("day", "state"), [("2026-05-08", "to_come"), ("2026-05-09", "to_come"), ("2026-05-10", "overdue")]
)
def test_overdue__a_day_after_its_last(day: str, state: str) -> None:
    assert next(each["state"] for each in status(day)["visits"] if each["visit"] == "V2") == state


def test_groups__by_shopper_region_and_agency() -> None:
    groups = status("2026-05-20")["groups"]
    assert groups["shopper"]["K1"] == {"accepted": 1, "overdue": 1}
    assert groups["shopper"][""] == {"to_come": 1}
    assert groups["region"] == {
        "North": {"accepted": 1, "overdue": 1, "returned": 1}, "South": {"not_carried_out": 1, "to_come": 1},
    }  # fmt: skip
    assert groups["agency"]["North Star"] == {"accepted": 1, "overdue": 1}


def test_two_checklists__reported_on_one(home: Path) -> None:
    other = home / "checklists/other"
    other.mkdir()
    (other / "checklist.yaml").write_text(CHECKLIST.replace("checklist: desk", "checklist: other"), encoding="utf-8")
    plan = "visit,branch,shopper,checklists,from\nV1,B01,K1,desk; other,2026-05-04\nV3,B02,K2,desk,2026-05-05\n"
    (home / "plan/W1.csv").write_text(plan, encoding="utf-8")
    assert [each["state"] for each in status("2026-05-20")["visits"]] == ["part", "returned"]


def test_decisions__count_at_once() -> None:
    call("decide", "exclude", "W1", "V1", "--by", "Ann", "--reason", "x")
    assert status("2026-05-20")["groups"]["shopper"]["K1"] == {"excluded": 1, "overdue": 1}


def test_without_a_plan__each_open_branch_once(home: Path) -> None:
    (home / "plan/W1.csv").unlink()
    found = status("2026-05-20")
    assert (found["planned"], len(found["visits"])) == (False, 3)
    assert "There is no plan" in call("status", "W1").stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_terminal__in_every_language(language: str) -> None:
    result = call("status", "W1", "--on", "2026-05-20", "-l", language)
    assert result.exit_code == 0
    assert "V2 (B02, K1; " in " ".join(result.stdout.split())
    assert "reports.status" not in result.stdout


def test_files_that_came_since__said() -> None:
    report(Path(), "W1/V2", "B02")
    assert "R212" in call("status", "W1").stderr


def test_no_such_wave__refused() -> None:
    assert call("status", "W7").exit_code == 2


def test_remind__each_shopper_in_her_language(home: Path) -> None:
    status("2026-05-20", "--remind")
    written = {path.name: path.read_text(encoding="utf-8-sig") for path in (home / "reminders/W1").iterdir()}
    assert sorted(written) == ["K1.txt", "K2.txt"]
    assert "V2 · Elm Street · 8 мая 2026" in written["K1.txt"]
    assert "V3" not in written["K1.txt"]
    assert "V3 · Elm Street" in written["K2.txt"]
    assert "V3.json" in written["K2.txt"]
    assert "толықтыруға" in written["K2.txt"]


def test_alert__the_branch_is_told_and_no_shopper_named(home: Path) -> None:
    report(home, "W1/V1", "B01", {"thanks": "no"}, comments={"thanks": "K77 was sent away."}, shopper="K77")
    call("run")
    # A comment in which somebody is named is read by the branch once a person has released it.
    status("2026-05-20", "--alert")
    (letter,) = (home / "alerts/W1").iterdir()
    assert "sent away" not in letter.read_text(encoding="utf-8-sig")
    letter.unlink()
    assert call("decide", "release", "W1", "V1", "2.1", "--by", "Ann", "--reason", "Read").exit_code == 0
    status("2026-05-20", "--alert")
    (letter,) = (home / "alerts/W1").iterdir()
    text = letter.read_text(encoding="utf-8-sig")
    assert letter.name.startswith("B01 desk 2.1 ")
    assert "2.1 Thanks the customer?" in text
    assert "was sent away." in text
    assert "K77" not in text
    assert "K77" not in letter.name


def test_alert__once_a_finding(home: Path) -> None:
    status("2026-05-20", "--alert")
    (letter,) = (home / "alerts/W1").iterdir()
    letter.write_text("sent", encoding="utf-8")
    assert "New letters: 0" in call("status", "W1", "--alert").stdout
    assert letter.read_text(encoding="utf-8") == "sent"
    report(home, "W1/V9", "B01", {"thanks": "no"})
    call("run")
    assert "New letters: 1" in call("status", "W1", "--alert").stdout

"""Complete reports that wait for a person: late, outside the wave, its windows or opening hours, critical left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from auditkit.cli.main import application
from auditkit.results.store import Store
from auditkit.run.holding import opening
from tests.run.made import CHECKLIST, PROGRAMME, programme, report

BRANCHES = (
    "code,name,region,open_days,opening_hours\n"
    "B01,Oak,North,mon-fri,09:00-18:00\nB02,Elm,North,,22:00-02:00\nB03,Ash,South,,by appointment\n"
)
CRITICAL = CHECKLIST.replace("{id: names, ", "{id: names, critical: fail, ")
VISIT = {"start": "2026-05-04T10:00:00", "end": "2026-05-04T10:30:00", "handed_in": "2026-05-04T12:00:00"}

BARE = {"start": None, "end": None, "handed_in": None}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return programme(tmp_path, branches=BRANCHES, checklist=CRITICAL)


def run() -> Any:
    result = CliRunner().invoke(application(), ["run", "--json"])
    assert result.exit_code < 2, result.output
    return json.loads(result.stdout)


def held() -> list[str]:
    """Why the wave's report waits; empty where it counts."""
    run()
    with Store(Path(".auditkit/results")).open(["W1"]) as tables:
        ((fate, reason),) = tables.ask("SELECT fate, reason FROM visits")
    assert fate == ("held" if reason else "accepted")
    return reason.split("; ") if reason else []


@pytest.mark.parametrize(
    ("more", "branch", "expected"),
    [
        ({}, "B01", []),
        ({"handed_in": "2026-05-07T10:30:00"}, "B01", []),
        ({"handed_in": "2026-05-07T11:30:00"}, "B01", ["late 73"]),
        ({"handed_in": "2026-05-07T11:30:00+05:00"}, "B01", ["late 73"]),
        ({"handed_in": "2026-05-07T06:30:00Z"}, "B01", ["late 73"]),
        ({"end": None, "handed_in": "2026-05-07T11:00:00"}, "B01", ["late 73"]),
        ({"start": None, "end": None, "handed_in": "2026-05-07T23:00:00"}, "B01", []),
        ({"handed_in": None}, "B01", []),
        ({"visit_date": "2026-06-01", **BARE}, "B01", ["outside_wave 2026-06-01"]),
        ({"visit_date": "2026-05-31", **BARE}, "B03", []),
        ({"visit_date": "2026-05-09", **BARE}, "B01", ["outside_hours 2026-05-09"]),
        ({"start": "2026-05-04T18:00:00", "end": None}, "B01", []),
        ({"start": "2026-05-04T18:01:00", "end": None}, "B01", ["outside_hours 18:01"]),
        ({"start": "2026-05-04T23:30:00", "end": None, "handed_in": None}, "B02", []),
        ({"start": "2026-05-04T01:30:00", "end": None, "handed_in": None}, "B02", []),
        ({"start": "2026-05-04T12:00:00", "end": None, "handed_in": None}, "B02", ["outside_hours 12:00"]),
        ({"start": "2026-05-04T03:00:00", "end": None, "handed_in": None}, "B03", []),
    ],
)  # fmt: skip
def test_when__it_waits_or_counts(home: Path, more: dict[str, Any], branch: str, expected: list[str]) -> None:
    report(home, "W1/V1", branch, **{**VISIT, **more})
    assert held() == expected


def test_several_reasons__all_of_them(home: Path) -> None:
    report(home, "W1/V1", "B01", {"names": "not_applicable"}, **{**VISIT, "start": "2026-05-04T20:00:00", "end": None,
           "handed_in": "2026-05-10T12:00:00"})  # fmt: skip
    assert held() == ["critical_not_applicable 1.2", "late 136", "outside_hours 20:00"]
    said = " ".join(CliRunner().invoke(application(), ["show", "network", "-w", "W1", "-l", "en"]).stdout.split())
    assert "Handed in 136 hours after the visit." in said
    assert "Critical question 1.2 was answered “did not come up”." in said


def test_marked__after_a_day(home: Path) -> None:
    report(home, "W1/V1", "B01", **{**VISIT, "handed_in": "2026-05-05T12:00:00"})
    found = [(each["code"], each["value"]) for each in run()["problems"]]
    assert found == [("R238", "25")]
    assert held() == []


@pytest.mark.parametrize(("rule", "expected"), [("hold_after_hours: 0", []), ("hold_after_hours: 200", ["late 217"])])
def test_rules__of_the_programme(home: Path, rule: str, expected: list[str]) -> None:
    (home / "programme.yaml").write_text(f"{PROGRAMME}rules: {{{rule}, mark_after_hours: 0}}\n", encoding="utf-8")
    report(home, "W1/V1", "B01", **{**VISIT, "handed_in": "2026-05-13T12:00:00"})
    assert run()["problems"] == []
    assert held() == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("2026-05-01,2026-05-04", []),
        ("2026-05-05,2026-05-08", ["outside_window 2026-05-05 – 2026-05-08"]),
        ("2026-05-08,", []),  # an appointment, not a window
    ],
)
def test_window__of_the_plan(home: Path, days: str, expected: list[str]) -> None:
    report(home, "W1/V1", "B01", **VISIT)
    assert held() == []
    (home / "plan").mkdir()
    (home / "plan/W1.csv").write_text(f"visit,branch,from,to\nV1,B01,{days}\n", encoding="utf-8")
    assert held() == expected


def test_window__of_a_visit_whose_code_the_plan_leaves_blank(home: Path) -> None:
    """The forms of such a visit carry the code it gets: the wave, the branch, its number among the branch's visits."""
    report(home, "W1/W1-B01-1", "B01", **VISIT)
    (home / "plan").mkdir()
    plan = home / "plan/W1.csv"
    plan.write_text("visit,branch,from,to\n,NONE,,\n,B01,2026-05-05,2026-05-08\n", encoding="utf-8")
    assert held() == ["outside_window 2026-05-05 – 2026-05-08"]
    plan.write_text("visit,branch,from,to\n,B01,2026-05-01,2026-05-04\n,B01,2026-05-05,2026-05-08\n", encoding="utf-8")
    assert held() == []


def test_what_came_later__belongs_to_the_visit(home: Path) -> None:
    times = "      - {id: asked, kind: timestamp, text: When?}\n"
    path = home / "checklists/desk/checklist.yaml"
    path.write_text(CHECKLIST + times, encoding="utf-8")
    report(home, "W1/V1", "B01", {"asked": "2026-05-09T10:00:00"}, **{**VISIT, "handed_in": "2026-05-09T12:00:00"})
    assert held() == []
    report(home, "W1/V1", "B01", {"asked": "never"}, **{**VISIT, "handed_in": "2026-05-19T12:00:00"})
    assert held() == []


@pytest.mark.parametrize("text", ["", "9 to 5", "09:00-25:00x", "29:00", "09:75-10:00"])
def test_opening_hours__that_nobody_can_reckon_with(text: str) -> None:
    assert opening(text) is None

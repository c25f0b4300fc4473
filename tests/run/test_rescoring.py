"""A wave's visits on one version scored with another: `auditkit diff OLD NEW --wave W`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from auditkit.intake.checks import check
from auditkit.model.carried import carried, not_carried
from auditkit.model.checklist import Checklist
from auditkit.problems import has_errors
from auditkit.scoring import score
from tests.scoring.made import checklist, choice, visit, yes_no
from tests.scoring.random_cases import Case, cases

from .made import CHECKLIST, call, programme, report, tree

NEW = (
    CHECKLIST.replace("version: 1.0.0", "version: 2.0.0")
    .replace("weight: 60", "weight: 20")
    .replace("weight: 40", "weight: 80")
)
MORE = "      - {id: bye, text: Says goodbye?}\n"


@pytest.fixture
def wave(tmp_path: Path) -> Path:
    """B01: 60 and 100; B02: 80; B03: 60. The next version lies beside the one in force."""
    programme(tmp_path)
    (tmp_path / "next.yaml").write_text(NEW, encoding="utf-8")
    report(tmp_path, "W1/V1", "B01", {"thanks": "no"})
    report(tmp_path, "W1/V2", "B01")
    report(tmp_path, "W1/V3", "B02", {"greets": "no"})
    report(tmp_path, "W1/V4", "B03", {"greets": "no", "smiles": "no"})
    report(tmp_path, "W1/V5", "B03", {"greets": None})  # sent back: not a part of any score
    report(tmp_path, "W2/V6", "B02", {"thanks": "no"})
    assert call("run", tmp_path).exit_code < 2
    return tmp_path


def rescored(folder: Path, new: str = NEW, old: str = "desk@1.0.0", wave: str = "W1") -> Any:
    path = folder / "next.yaml"
    path.write_text(new, encoding="utf-8")
    result = call("diff", folder / "checklists/desk" if old == "here" else old, path, "--wave", wave,
                  "--programme", folder, "--json")  # fmt: skip
    return json.loads(result.stdout).get("wave") if result.stdout else None, result


def shown(found: Any) -> dict[str, tuple[Any, ...]]:
    return {
        each["branch"]["code"]: (
            each["before"]["mean"]["shown"], each["before"]["grade"], each["after"]["mean"]["shown"],
            each["after"]["grade"], each["before"]["mean"]["n"],
        )
        for each in found["branches"]
    }  # fmt: skip


def test_reweighted__every_branch_before_and_after(wave: Path) -> None:
    found, result = rescored(wave)
    assert shown(found) == {
        "B01": ("80.0", "good", "60.0", "weak", 2),
        "B02": ("80.0", "good", "93.3", "good", 1),
        "B03": ("60.0", "weak", "86.7", "good", 1),
    }
    assert (found["visits"], found["not_carried"], found["carried_weight"]) == (4, [], "1")
    assert (found["network_before"]["value"], found["network_after"]["value"]) == ("75", "75")
    assert result.exit_code == 0


def test_before__is_what_the_reports_say(wave: Path) -> None:
    found, _ = rescored(wave, NEW)
    told = json.loads(call("show", "branch", "B01", "-w", "W1", "-p", wave, "--json").stdout)
    (reported,) = (each for each in told["checklists"] if each["checklist"] == "desk")
    (before,) = (each["before"] for each in found["branches"] if each["branch"]["code"] == "B01")
    names = ("mean", "grade", "verdict", "carried_out")
    assert {name: before[name] for name in names} == {name: reported[name] for name in names}


def test_terminal__who_moves_is_marked_and_counted(wave: Path) -> None:
    said = call("diff", "desk@1.0.0", wave / "next.yaml", "--wave", "W1", "-p", wave).stdout
    assert "▲ good · passed → weak · not passed" in said
    assert "▲ weak · not passed → good · passed" in said
    assert "On another level (▲): 2 of 3." in said
    assert "Scored visits on 1.0.0: 4." in said


def test_nothing_on_the_disk_changes(wave: Path) -> None:
    (wave / "next.yaml").write_text(NEW, encoding="utf-8")
    before = tree(wave)
    rescored(wave)
    assert tree(wave) == before


def test_a_new_question__not_asked_and_said(wave: Path) -> None:
    found, _ = rescored(wave, NEW + MORE)
    # Half of the second section, which is 80 of 100.
    assert (found["not_carried"], found["carried_weight"], found["scored_items"]) == (["bye"], "3/5", 5)
    assert shown(found)["B01"][2] == "60.0"
    said = call("diff", "desk@1.0.0", wave / "next.yaml", "--wave", "W1", "-p", wave).stdout
    assert "4, 60.0% of the weight. Counted as not asked: 2.2." in " ".join(said.split())


def test_another_checklist_altogether__refused(wave: Path) -> None:
    found, result = rescored(wave, NEW.replace("thanks, text", "leaves, text"))
    assert (found, result.exit_code) == (None, 2)
    assert "R221" in result.stderr
    assert "20 %" in result.stderr


def test_no_visit_on_the_old_version__refused_with_those_there_are(wave: Path) -> None:
    (wave / "old.yaml").write_text(CHECKLIST.replace("1.0.0", "0.9.0"), encoding="utf-8")
    found, result = rescored(wave, old=str(wave / "old.yaml"))
    assert (found, result.exit_code) == (None, 2)
    assert "R220" in result.stderr
    assert "desk 1.0.0" in result.stderr


def test_another_text_under_the_old_version__said(wave: Path) -> None:
    (wave / "old.yaml").write_text(CHECKLIST.replace("weight: 60", "weight: 50"), encoding="utf-8")
    found, result = rescored(wave, old=str(wave / "old.yaml"))
    assert "R222" in result.stderr
    # V2, all met, is what it was; so a count of three.
    assert "1.0.0 any more: 3" in result.stderr
    assert found["visits"] == 4


def test_a_file_that_came_since__not_counted_and_said(wave: Path) -> None:
    report(wave, "W1/V9", "B02")
    found, result = rescored(wave)
    assert found["visits"] == 4
    assert "R212" in result.stderr


def test_a_file_that_went_since__said(wave: Path) -> None:
    (wave / "visits/W1/V4.json").unlink()
    found, result = rescored(wave)
    assert found["visits"] == 3
    assert "R222" in result.stderr


def test_no_run_yet__refused(tmp_path: Path) -> None:
    programme(tmp_path)
    _, result = rescored(tmp_path)
    assert result.exit_code == 2
    assert "R210" in result.stderr


def test_no_such_wave__refused(wave: Path) -> None:
    _, result = rescored(wave, wave="W3")
    assert result.exit_code == 2
    assert "W1" in result.stderr


# -- answers carried over ----------------------------------------------------------------------------------------------


def one(was: dict[str, Any], now: dict[str, Any], answer: Any) -> Any:
    """What becomes of an answer to `q`."""
    old, new = checklist(was, yes_no("z")), checklist(now, yes_no("z"), version="2.0.0")
    return carried(visit({"q": answer, "z": "yes"}), old, new).answers.get("q")


@pytest.mark.parametrize(
    ("was", "now", "answer", "expected"),
    [
        (yes_no("q"), yes_no("q", weight=5), "yes", "yes"),
        (yes_no("q"), yes_no("q"), "not_applicable", "not_applicable"),
        (yes_no("q"), yes_no("q", not_applicable=False), "not_applicable", "not_asked"),
        (yes_no("q"), yes_no("q", not_observed=False), "not_observed", "not_asked"),
        (yes_no("q"), yes_no("q", inverted=True), "yes", "not_asked"),
        (yes_no("q"), choice("q", {"yes": 1, "no": 0}), "yes", "not_asked"),
        (choice("q", {"a": 1, "b": 0}), choice("q", {"a": "0.5", "b": 0, "c": 1}), "a", "a"),
        (choice("q", {"a": 1, "b": 0}), choice("q", {"b": 0, "c": 1}), "a", "not_asked"),
        (choice("q", {"a": 1}, kind="multi"), choice("q", {"a": 1, "b": 1}, kind="multi"), ("a",), ("a",)),
        (choice("q", {"a": 1, "b": 1}, kind="multi"), choice("q", {"a": 1}, kind="multi"), ("a", "b"), "not_asked"),
        (choice("q", {"a": 1, "b": 1}, kind="multi"), choice("q", {"a": 1}, kind="multi"), (), ()),
        (yes_no("q", kind="scale"), yes_no("q", kind="scale", max=10), 4, "not_asked"),
        (yes_no("q", kind="scale"), yes_no("q", kind="scale", weight=2), 4, 4),
    ],
)
def test_an_answer__carried_only_where_it_means_the_same(was: Any, now: Any, answer: Any, expected: Any) -> None:
    assert one(was, now, answer) == expected


def test_a_number_in_another_unit__not_carried() -> None:
    bands = [{"up_to": 3, "credit": 1}, {"credit": 0}]
    minutes, seconds = (yes_no("q", kind="number", unit=unit, bands=bands) for unit in ("minutes", "seconds"))
    assert one(minutes, minutes, 2) == 2
    assert one(minutes, seconds, 2) == "not_asked"


def test_a_question_that_the_new_condition_asks__not_a_blank() -> None:
    old = checklist(yes_no("a"), yes_no("b", applies_when={"item": "a", "is": "no"}))
    new = checklist(yes_no("a"), yes_no("b"), version="2.0.0")
    moved = carried(visit({"a": "yes"}), old, new)
    assert moved.answers == {"a": "yes", "b": "not_asked"}
    assert score(new, moved).score == 100
    assert (moved.checklist, moved.version) == ("c", "2.0.0")


def test_a_deadline__carried_where_its_times_are() -> None:
    times = [{"id": name, "text": "When?", "kind": "timestamp"} for name in ("from_it", "to_it")]
    due = {"id": "due", "text": "In time?", "kind": "deadline", "from": "from_it", "to": "to_it", "within": "3 days"}
    both, first = checklist(*times), checklist(times[0])
    new = checklist(*times, due, version="2.0.0")
    assert not_carried(both, new) == ()
    assert not_carried(first, new) == ("due",)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(cases())
def test_law__the_same_version_gives_the_same_score(case: Case) -> None:
    own = Checklist.model_validate(case.doc)
    # Intake lets no answer through that its question does not take.
    given_ = visit(
        {item: answer for item, answer in case.answers.items() if answer != "maybe"},
        position=case.position,
        handed_in=case.handed_in,
    )
    assume(not has_errors(check(given_, own)))
    moved = carried(given_, own, own)
    before, after = (score(own, each, time_zone=case.zone) for each in (given_, moved))
    assume(not before.missing and not before.problems)
    assert after._replace(version="") == before._replace(version="")
    assert not_carried(own, own) == ()

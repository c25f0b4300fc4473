"""Critical effects in their order, points, grades and their limits."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from auditkit.model.checklist import Verdict
from auditkit.scoring import bridge, score

from .made import PASS_FAIL, checklist, choice, section, visit, yes_no


def moves(result: Any) -> list[tuple[str, str, Fraction, Fraction, str]]:
    return [tuple(step) for step in result.steps]


def test_all_effects_act_in_their_order() -> None:
    definition = checklist(
        section("A", yes_no("a1"), yes_no("a2"), yes_no("a3"), yes_no("a4", critical={"cap_section": 60}), weight=1),
        section("B", yes_no("b1", critical=[{"cap_section": 50}, "zero_section"]), yes_no("b2"), weight=1),
        section("C", yes_no("c1"), weight=8),
        section("D", yes_no("d1", critical=[{"cap_visit": 70}, {"deduct": 5}, {"cap_visit": 65}]), weight=0),
        section("E", yes_no("e1", critical=[{"deduct": "2.5"}, {"cap_visit": 99}, "zero_visit"]), weight=0),
    )
    answers = {"a1": "yes", "a2": "yes", "a3": "yes", "b2": "yes", "c1": "yes"}
    all_items = ("a1", "a2", "a3", "a4", "b1", "b2", "c1", "d1", "e1")
    result = score(definition, visit({name: answers.get(name, "no") for name in all_items}))
    assert moves(result) == [
        ("cap_section", "A", 75, 60, "a4"),
        ("cap_section", "B", 50, 50, "b1"),
        ("zero_section", "B", 50, 0, "b1"),
        ("deduct", "", 86, 81, "d1"),
        ("deduct", "", 81, Fraction("78.5"), "e1"),
        ("cap_visit", "", Fraction("78.5"), 65, "d1"),
        ("zero_visit", "", 65, 0, "e1"),
    ]
    assert (result.base, result.score, result.verdict) == (Fraction("92.5"), 0, Verdict.FAIL)
    assert result.critical_failed == ("a4", "b1", "d1", "e1")
    assert sum(line.points for line in bridge(definition, result)) == 0


def test_a_deduction_is_held_at_0() -> None:
    item = yes_no("b", weight=0, critical={"deduct": 30})
    for below, expected in ((False, 0), (True, -30)):
        result = score(checklist(yes_no("a"), item, below_0=below), visit({"a": "no", "b": "no"}))
        assert result.score == expected
        assert [step.what for step in result.steps] == ["deduct"] + [] * below + ["hold_0"] * (not below)


@pytest.mark.parametrize("rollup", ["sections", "items"])
@pytest.mark.parametrize(
    ("beyond", "answers", "expected"),
    [
        ({}, ("best", "yes"), 100),
        ({"over_100": True}, ("best", "yes"), 150),
        ({}, ("bad", "no"), 0),
        ({"below_0": True}, ("bad", "no"), -50),
        ({"over_100": True}, ("bad", "no"), 0),
        ({"below_0": True}, ("best", "yes"), 100),
    ],
)
def test_beyond_0_and_100_only_where_the_checklist_says_so(
    rollup: str, beyond: dict[str, bool], answers: tuple[str, str], expected: int
) -> None:
    item = choice("a", {"best": 1, "bad": "-0.5"}, weight=2)
    definition = checklist(item, yes_no("b", bonus=True), rollup=rollup, **beyond)
    assert score(definition, visit(dict(zip("ab", answers, strict=True)))).score == expected


def test_an_effect_never_lifts_a_score() -> None:
    worth = {"good": 1, "bad": {"credit": -1, "critical": ["zero_section", "zero_visit"]}}
    definition = checklist(section("A", choice("a", worth), weight=1), below_0=True)
    assert score(definition, visit({"a": "bad"})).score == -100


def test_a_section_effect_leaves_pooled_items_alone() -> None:
    definition = checklist(section("A", yes_no("a", critical="zero_section"), yes_no("b")), rollup="items")
    result = score(definition, visit({"a": "no", "b": "yes"}))
    assert (result.sections[0].score, result.score, result.verdict) == (0, 50, Verdict.FAIL)


def test_a_section_effect_goes_up_through_its_parents() -> None:
    inner = section("I", yes_no("a", critical="zero_section"), yes_no("b"), weight=3)
    definition = checklist(section("O", inner, section("J", yes_no("c"), weight=1), weight=1))
    result = score(definition, visit({"a": "no", "b": "yes", "c": "yes"}))
    assert {one.section: one.score for one in result.sections} == {"O": 25, "I": 0, "J": 100}
    assert {one.section: one.share for one in result.sections} == {
        "O": 1,
        "I": Fraction(3, 4),
        "J": Fraction(1, 4),
    }


@pytest.mark.parametrize(
    ("effects", "failed", "verdict", "listed"),
    [
        ("fail", "a", Verdict.FAIL, True),
        ("flag", "a", Verdict.PASS, False),
        ({"deduct": 1, "verdict": "keep"}, "a", Verdict.PASS, True),
        ({"deduct": 1}, "a", Verdict.FAIL, True),
        (["flag", {"deduct": 1}], "a", Verdict.FAIL, True),
        ("fail", "none", Verdict.PASS, False),
    ],
)
def test_verdict(effects: Any, failed: str, verdict: Verdict, listed: bool) -> None:
    definition = checklist(
        yes_no("a", weight=1, critical=effects), *(yes_no(f"i{n}") for n in range(9)), grades=PASS_FAIL
    )
    answers = {"a": "no" if failed == "a" else "yes", **{f"i{n}": "yes" for n in range(9)}}
    result = score(definition, visit(answers))
    assert (result.verdict, result.grade, bool(result.critical_failed)) == (verdict, "good", listed)


def test_an_unscored_visit_with_a_failed_critical_item_fails_without_a_score() -> None:
    definition = checklist(
        yes_no("a"), yes_no("b", weight=0, critical=["zero_section", "zero_visit", {"deduct": 5}]), grades=PASS_FAIL
    )
    result = score(definition, visit({"a": "not_applicable", "b": "no"}))
    assert (result.score, result.grade, result.verdict, result.steps) == (None, None, Verdict.FAIL, ())


def test_an_option_triggers_its_own_effects_by_being_chosen_and_replaces_the_items() -> None:
    worth = {
        "best": 1,
        "warned": {"credit": "0.9", "critical": "flag"},
        "bad": 0,
        "spared": {"credit": 0, "critical": []},
    }
    definition = checklist(choice("a", worth, critical="fail"))
    acting = {name: score(definition, visit({"a": name})).items[0].critical for name in worth}
    assert {name: [str(e.effect) for e in effects] for name, effects in acting.items()} == {
        "best": [],
        "warned": ["flag"],
        "bad": ["fail"],
        "spared": [],
    }


@pytest.mark.parametrize(
    ("answer", "limit", "met"),
    [("best", None, "met"), ("half", None, "partly_met"), ("half", "0.5", "not_met"), ("none", None, "not_met")],
)
def test_met(answer: str, limit: str | None, met: str) -> None:
    item = choice("a", {"best": 1, "half": "0.5", "none": 0, "minus": -1}, not_met_at=limit)
    assert score(checklist(item), visit({"a": answer})).items[0].met == met


def test_met_where_fewer_points_are_better() -> None:
    item = choice("a", {"none": 0, "some": 3, "more": 5, "many": 10}, not_met_at=5)
    definition = checklist(item, scoring="points", direction="lower_is_better")
    met = [score(definition, visit({"a": name})).items[0].met for name in ("none", "some", "more", "many")]
    assert met == ["met", "partly_met", "not_met", "not_met"]


def test_points() -> None:
    definition = checklist(
        section("A", choice("a", {"x": 5, "y": 2, "z": -3}, weight=2), yes_no("b", bonus=True, weight=4)),
        section("B", choice("c", {"x": 1, "y": 0, "z": {"credit": 0, "critical": {"deduct": 7}}})),
        scoring="points",
        start=100,
    )
    result = score(definition, visit({"a": "y", "b": "yes", "c": "z"}))
    assert (result.score, result.base, result.lowest, result.highest) == (101, 104, 94, 111)
    assert [one.score for one in result.sections] == [8, 0]
    assert str(result.shown) == "101.0"


def test_points_where_fewer_are_better() -> None:
    definition = checklist(
        choice("a", {"none": 0, "some": 3, "many": {"credit": 10, "critical": {"deduct": 5}}}),
        yes_no("b", weight=2),
        scoring="points",
        direction="lower_is_better",
        grades=[
            {"grade": "clean", "at_most": 3, "each_item_at_most": 2, "verdict": "pass"},
            {"grade": "fair", "at_most": 15, "verdict": "pass"},
            {"grade": "poor", "verdict": "fail"},
        ],
    )
    seen = {}
    for a, b in (("none", "yes"), ("some", "no"), ("some", "yes"), ("many", "yes")):
        result = score(definition, visit({"a": a, "b": b}))
        seen[a, b] = (result.score, result.grade)
    assert seen == {
        ("none", "yes"): (2, "clean"),
        ("some", "no"): (3, "fair"),
        ("some", "yes"): (5, "fair"),
        ("many", "yes"): (17, "poor"),
    }


def test_section_effects_move_points_too() -> None:
    sections = [
        section("A", choice("a", {"x": 5, "y": {"credit": 2, "critical": {"cap_section": 1}}}), yes_no("b", weight=3)),
        section("B", yes_no("c", weight=10, critical="zero_section"), yes_no("d")),
    ]
    definition = checklist(*sections, scoring="points")
    result = score(definition, visit({"a": "y", "b": "yes", "c": "no", "d": "yes"}))
    assert (result.score, result.base, [one.score for one in result.sections]) == (1, 6, [1, 0])


GRADES = [
    {"grade": "A", "at_least": 90, "verdict": "pass", "no_critical_failed": True},
    {"grade": "A", "at_least": 95, "verdict": "pass"},
    {"grade": "B", "at_least": 50, "verdict": "pass", "each_section_at_least": 40},
    {"grade": "C", "at_least": 50, "verdict": "pass", "not_met_at_most": {"major": 0, "minor": 1}},
    {"grade": "D", "verdict": "fail"},
]


@pytest.mark.parametrize(
    ("answers", "critical", "grade"),
    [
        ("yyyy", None, "A"),
        ("yyyn", "flag", "B"),
        ("nyyy", None, "B"),
        ("nnyy", None, "D"),
        ("yyyy", {"cap_grade": "B"}, "A"),
        ("yyyn", {"cap_grade": "C"}, "C"),
        ("yyyn", [{"cap_grade": "B"}, {"cap_grade": "D"}], "D"),
    ],
)
def test_grades(answers: str, critical: Any, grade: str) -> None:
    definition = checklist(
        section("S", yes_no("a"), yes_no("b"), weight=1),
        section("T", yes_no("c"), yes_no("d", critical=critical or ()), weight=1),
        grades=GRADES,
    )
    words = {"y": "yes", "n": "no"}
    filled = {name: words[letter] for name, letter in zip("abcd", answers, strict=True)}
    result = score(definition, visit(filled))
    assert result.grade == grade
    if "cap_grade" in str(critical) and answers != "yyyy":
        assert result.steps[-1].what == "cap_grade"


def test_grades_are_given_on_the_score_as_shown() -> None:
    grades = [{"grade": "top", "at_least": 90, "verdict": "pass"}, {"grade": "low", "verdict": "fail"}]
    for credit, grade in (("0.8995", "top"), ("0.89949", "low")):
        definition = checklist(choice("a", {"x": 1, "y": credit}), grades=grades)
        assert score(definition, visit({"a": "y"})).grade == grade
    sections = [{"grade": "top", "each_section_at_least": 90, "verdict": "pass"}, {"grade": "low", "verdict": "fail"}]
    definition = checklist(choice("a", {"x": 1, "y": "0.8995"}), grades=sections)
    assert score(definition, visit({"a": "y"})).grade == "top"


def test_a_flag_is_no_critical_failure() -> None:
    grades = [{"grade": "A", "no_critical_failed": True, "verdict": "pass"}, {"grade": "B", "verdict": "pass"}]
    for effect, grade in (("flag", "A"), ({"deduct": 0, "verdict": "keep"}, "B")):
        definition = checklist(yes_no("a", critical=effect), grades=grades)
        assert score(definition, visit({"a": "no"})).grade == grade


def test_limits_count_findings_by_their_own_severity() -> None:
    worth = {"x": 1, "y": {"credit": "0.9", "severity": "major"}, "z": 0}
    grades = [{"grade": "A", "not_met_at_most": {"major": 0}, "verdict": "pass"}, {"grade": "B", "verdict": "pass"}]
    definition = checklist(choice("a", worth), choice("b", worth), grades=grades)
    given = {pair: score(definition, visit(dict(zip("ab", pair, strict=True)))).grade for pair in ("xx", "zz", "xy")}
    assert given == {"xx": "A", "zz": "A", "xy": "B"}


@pytest.mark.parametrize(
    ("chosen", "credit", "met"),
    [
        (("a", "b"), "1", "met"),
        (("a",), "0.5", "partly_met"),
        ((), "0", "not_met"),
        (("c",), "-0.4", "not_met"),
        (("a", "a"), "0.5", "partly_met"),
        (("a", "b", "c"), "0.8", "partly_met"),
    ],
)
def test_multi(chosen: tuple[str, ...], credit: str, met: str) -> None:
    item = choice("m", {"a": "0.5", "b": "0.7", "c": "-0.4"}, kind="multi")
    found = score(checklist(item, below_0=True), visit({"m": chosen})).items[0]
    assert (found.credit, found.met) == (Fraction(credit), met)


def test_several_chosen_options_add_their_effects_and_the_gravest_names_the_finding() -> None:
    options = {
        "a": {"credit": -1, "severity": "major", "critical": "flag"},
        "b": {"credit": -1, "severity": "critical", "critical": {"deduct": 5}},
        "c": {"credit": -1, "severity": "minor"},
        "d": 1,
    }
    found = score(checklist(choice("m", options, kind="multi", critical="fail")), visit({"m": ("a", "b", "c")})).items[
        0
    ]
    assert (found.severity, list(found.findings)) == ("critical", ["major", "critical", "minor"])
    assert [str(effect.effect) for effect in found.critical] == ["flag", "deduct"]


def test_multi_between_declared_ends_and_in_points() -> None:
    item = choice("m", {"a": 3, "b": 2, "c": -4}, kind="multi")
    points = score(checklist(item, scoring="points"), visit({"m": ("a", "b")}))
    assert (points.score, points.highest, points.lowest) == (5, 5, -4)
    held = score(checklist({**item, "best": 4, "worst": -1}, scoring="points"), visit({"m": ("c",)}))
    assert (held.score, held.highest, held.lowest) == (-1, 4, -1)
    percent = checklist(choice("m", {"a": "0.2", "b": "0.2"}, kind="multi"))
    assert score(percent, visit({"m": ("a",)})).score == 50


@pytest.mark.parametrize(
    ("item", "answer", "credit"),
    [
        (yes_no("a", inverted=True), "no", 1),
        (yes_no("a", inverted=True), "yes", 0),
        (yes_no("a", kind="scale", min=1, max=5), 4, Fraction(3, 4)),
        (yes_no("a", kind="scale", min=0, max=3), 1, Fraction(1, 3)),
        (yes_no("a", kind="scale", max=3, credits={1: 0, 2: "0.8", 3: 1}), 2, Fraction(4, 5)),
        (yes_no("a", kind="number", unit="x", linear={"full_at": 2, "none_at": 10}), Decimal(4), Fraction(3, 4)),
        (yes_no("a", kind="number", unit="x", linear={"full_at": 2, "none_at": 10}), Decimal(1), 1),
        (yes_no("a", kind="number", unit="x", linear={"full_at": 10, "none_at": 1}), Decimal("2.1"), Fraction(11, 90)),
        (yes_no("a", kind="number", unit="x", bands=[{"up_to": 3, "credit": 1}, {"credit": 0}]), Decimal("3.0"), 1),
        (yes_no("a", kind="number", unit="x", bands=[{"up_to": 3, "credit": 1}, {"credit": 0}]), Decimal("3.01"), 0),
    ],
)
def test_credits(item: dict[str, Any], answer: Any, credit: Any) -> None:
    result = score(checklist(item, yes_no("b")), visit({"a": answer, "b": "yes"}))
    assert result.items[0].credit == credit
    assert result.score == (1 + Fraction(credit)) * 50


def test_a_section_of_bonus_points_adds_up_and_scores_no_visit_by_itself() -> None:
    definition = checklist(
        section("A", yes_no("a", weight=5)), section("X", yes_no("x", bonus=True, weight=2)), scoring="points"
    )
    result = score(definition, visit({"a": "yes", "x": "yes"}))
    assert (result.score, [one.score for one in result.sections]) == (Fraction(7), [5, 2])
    assert (result.lowest, result.highest) == (0, 5)
    alone = score(definition, visit({"a": "not_applicable", "x": "yes"}))
    assert (alone.score, [one.score for one in alone.sections]) == (None, [None, 2])


def test_a_single_band_is_best_and_worst_at_once() -> None:
    item = yes_no("a", kind="number", unit="x", bands=[{"credit": "0.5"}])
    (found,) = score(checklist(item), visit({"a": Decimal(7)})).items
    assert (found.credit, found.possible, found.worst, found.met) == (
        Fraction(1, 2),
        Fraction(1, 2),
        Fraction(1, 2),
        "met",
    )

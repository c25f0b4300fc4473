"""Every example of the definition of a score, as a table."""

# ruff: noqa: DTZ001  local times without an offset are what is tested
from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from auditkit.model.checklist import Verdict
from auditkit.scoring import points_lost, score
from auditkit.scoring.grades import shown

from .made import PASS_FAIL, checklist, choice, section, visit, weekdays, yes_no

TWO_SECTIONS = {"a1": "yes", "a2": "no", "a3": "not_applicable", "b1": "yes", "b2": "yes", "b3": "yes"}


@pytest.mark.parametrize(
    ("rollup", "rule", "expected"),
    [
        ("sections", "exclude", Fraction(70)),
        ("items", "exclude", Fraction(500, 7)),
        ("items", "zero", Fraction(50)),
        ("items", "full", Fraction(80)),
        ("sections", "zero", Fraction(50)),
        ("sections", "full", Fraction(80)),
    ],
)
def test_sections_60_and_40(rollup: str, rule: str, expected: Fraction) -> None:
    weight = {"weight": 60}, {"weight": 40}
    if rollup == "items":
        weight = {}, {}
    definition = checklist(
        section("A", *(yes_no(f"a{n}", weight=20, when_not_applicable=rule) for n in (1, 2, 3)), **weight[0]),
        section("B", *(yes_no(f"b{n}", weight=10, when_not_applicable=rule) for n in (1, 2, 3, 4)), **weight[1]),
        rollup=rollup,
    )
    result = score(definition, visit({**TWO_SECTIONS, "b4": "not_applicable"}))
    assert result.score == expected
    assert result.n_not_applicable == 2


def test_a_bonus_is_held_within_its_section() -> None:
    definition = checklist(
        section("A", yes_no("a1"), yes_no("a2"), yes_no("a3", bonus=True), weight=50),
        section("B", yes_no("b1"), yes_no("b2"), weight=50),
    )
    result = score(definition, visit({"a1": "yes", "a2": "yes", "a3": "yes", "b1": "yes", "b2": "no"}))
    assert (result.sections[0].score, result.score) == (100, 75)
    assert [(s.what, s.where, s.before) for s in result.steps] == [("hold_100", "A", 150)]


def test_95_and_10_more_are_held_at_100_before_15_are_deducted() -> None:
    worth = {"good": {"credit": "0.95", "critical": {"deduct": 15}}, "best": 1}
    definition = checklist(choice("a", worth, weight=10), yes_no("b", bonus=True))
    result = score(definition, visit({"a": "good", "b": "yes"}))
    moves = [(s.what, s.before, s.after) for s in result.steps if not s.where]
    assert moves == [("hold_100", 105, 100), ("deduct", 100, 85)]
    assert result.shown == Decimal("85.0")


def test_a_section_without_answers_leaves_the_parent_alone() -> None:
    definition = checklist(section("A", yes_no("a"), weight=50), section("B", yes_no("b"), weight=50), grades=PASS_FAIL)
    result = score(definition, visit({"a": "yes", "b": "not_applicable"}))
    assert (result.score, result.sections[1].score, result.sections[1].share) == (100, None, 0)
    nothing = score(definition, visit({"a": "not_applicable", "b": "not_applicable"}))
    assert (nothing.score, nothing.shown, nothing.grade, nothing.verdict) == (None, None, None, None)


def test_a_section_of_weight_0_has_no_effect() -> None:
    definition = checklist(
        section("A", yes_no("a"), weight=50),
        section("B", yes_no("b"), weight=0),
        grades=[{"grade": "g", "each_section_at_least": 50, "verdict": "pass"}, {"grade": "w", "verdict": "fail"}],
    )
    result = score(definition, visit({"a": "yes", "b": "no"}))
    assert (result.score, result.grade, result.sections[1].score) == (100, "g", 0)


def test_critical_at_86_67() -> None:
    items = [yes_no(f"i{n}") for n in range(13)] + [yes_no("k1", critical="fail"), yes_no("k2")]
    definition = checklist(*items, grades=PASS_FAIL)
    result = score(definition, visit({each["id"]: "no" if each["id"][0] == "k" else "yes" for each in items}))
    assert (str(result.shown), result.grade, result.verdict) == ("86.7", "good", Verdict.FAIL)
    assert result.critical_failed == ("k1",)


@pytest.mark.parametrize(("last", "before", "after"), [("M", "94.5", "79.5"), ("D", "93.5", "93.5")])
def test_a_hundred_items_with_graded_options(last: str, before: str, after: str) -> None:
    worth: dict[str, Any] = {
        "A": 1,
        "B": "0.75",
        "C": "0.25",
        "M": {"credit": 0, "severity": "major", "critical": {"deduct": 15}},
        "D": -1,
    }
    definition = checklist(*(choice(f"i{n}", worth) for n in range(100)))
    given = ["A"] * 89 + ["B"] * 6 + ["C"] * 4 + [last]
    result = score(definition, visit({f"i{n}": option for n, option in enumerate(given)}))
    assert (result.base, str(result.shown)) == (Fraction(before), after)
    assert [result.items[n].met for n in (0, 90, 97, 99)] == ["met", "partly_met", "partly_met", "not_met"]
    assert [str(s) for s in result.items[99].findings] == (["major"] if last == "M" else ["minor"])


@pytest.mark.parametrize(
    ("answers", "expected"), [(("yes", "no"), 25), (("no", "yes"), 75), (("yes", "yes"), 100), (("no", "no"), 0)]
)
def test_weights_1_and_3(answers: tuple[str, str], expected: int) -> None:
    definition = checklist(yes_no("a"), yes_no("b", weight=3))
    assert score(definition, visit(dict(zip("ab", answers, strict=True)))).score == expected


@pytest.mark.parametrize(
    ("exact", "text"),
    [
        ("89.95", "90.0"),
        ("89.949999", "89.9"),
        ("99.96", "99.9"),
        ("0.04", "0.1"),
        ("-0.04", "0.0"),
        ("-0.05", "-0.1"),
        ("100", "100.0"),
        ("0", "0.0"),
        ("100.04", "100.0"),
    ],
)
def test_shown_at_one_decimal(exact: str, text: str) -> None:
    assert str(shown(Fraction(exact), 1)) == text


def test_points_round_to_their_ends_like_any_number() -> None:
    assert str(shown(Fraction("99.96"), 1, percent=False)) == "100.0"
    assert str(shown(Fraction("0.4"), 0, percent=False)) == "0"
    assert [str(shown(Fraction(x), 0)) for x in ("99.5", "0.4", "49.5")] == ["99", "1", "50"]


FRIDAY, MONDAY = datetime(2026, 3, 13, 17, 0), datetime(2026, 3, 16, 9, 0)


@pytest.mark.parametrize(("unit", "limit"), [("working_days", 1), ("hours", 64), ("days", 3), ("minutes", 3840)])
def test_friday_17_to_monday_9(unit: str, limit: int) -> None:
    def met(up_to: int) -> bool:
        took = {"id": "took", "text": "t", "kind": "duration", "from": "a", "to": "b", "unit": unit}
        definition = checklist(
            {"id": "a", "text": "a", "kind": "timestamp"},
            {"id": "b", "text": "b", "kind": "timestamp"},
            {**took, "bands": [{"up_to": up_to, "credit": 1}, {"credit": 0}]},
        )
        return score(definition, visit({"a": FRIDAY, "b": MONDAY}), calendar=weekdays()).score == 100

    assert met(limit)
    assert not met(limit - 1)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [(datetime(2026, 3, 16, 11, 0, 30), 100), (datetime(2026, 3, 16, 11, 1), 0), ("never", 0)],
)
def test_a_photo_by_eleven_on_the_next_working_day(sent: Any, expected: int) -> None:
    definition = checklist(
        {"id": "complaint", "text": "c", "kind": "timestamp"},
        {"id": "photo", "text": "p", "kind": "timestamp"},
        {
            "id": "in_time",
            "text": "t",
            "kind": "deadline",
            "from": "complaint",
            "to": "photo",
            "next_working_day_at": "11:00",
        },
    )
    filled = visit({"complaint": datetime(2026, 3, 13, 16, 0), "photo": sent})
    assert score(definition, filled, calendar=weekdays()).score == expected


def test_points_lost_add_up_to_what_the_base_lacks() -> None:
    definition = checklist(
        section("A", *(yes_no(f"a{n}", weight=20) for n in (1, 2, 3)), weight=60),
        section("B", *(yes_no(f"b{n}", weight=10) for n in (1, 2, 3)), weight=40),
    )
    result = score(definition, visit(TWO_SECTIONS))
    assert points_lost(definition, result)["a2"] == 30
    assert sum(points_lost(definition, result).values()) == 100 - (result.base or 0)

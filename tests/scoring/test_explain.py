"""Explanations, problems' words, and what branches are reckoned from."""

# ruff: noqa: DTZ001  local times without an offset are what is tested
from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from auditkit.locales import LANGUAGES, catalogue
from auditkit.model.judging import Severity
from auditkit.problems import REGISTER
from auditkit.scoring import explain, score
from auditkit.scoring.dimensions import dimension_scores
from auditkit.scoring.grades import limits_of

from .made import PASS_FAIL, checklist, choice, section, visit, weekdays, yes_no

DEFINITION = checklist(
    section("A", yes_no("a1"), yes_no("a2", critical={"deduct": 10}), weight=1),
    section(
        "B",
        section("I", choice("b1", {"x": 1, "y": "0.5"}, weight=2), weight=1),
        section("J", yes_no("b2"), yes_no("b3", bonus=True), weight=1),
        weight=3,
    ),
    grades=[
        {"grade": "top", "at_least": 90, "verdict": "pass"},
        {"grade": "good", "at_least": 30, "verdict": "pass", "each_section_at_least": 60},
        {"grade": "weak", "verdict": "fail"},
    ],
)
FILLED = visit(
    {"a1": "yes", "a2": "no", "b1": "y", "b2": "yes", "b3": "no"},
    cells={"a2": "Form!D5", "b1": "D9"},
    typed={"b1": "Halfway"},
)


def test_an_explanation_adds_up() -> None:
    result = score(DEFINITION, FILLED)
    told = explain(DEFINITION, FILLED, result)
    assert told.full - told.lost + told.bonus + sum(move.by for move in told.moves) == told.score == result.score
    assert sum(step.lost for step in told.items) == told.lost == told.full - (told.base or 0)
    assert (told.rollup, told.shown, told.grade, told.failed_by) == ("sections", Decimal("58.8"), "weak", ("a2",))
    assert (told.coverage, told.not_applicable) == ((4, 4), (0, 4))


def test_an_explanation_goes_down_to_the_cell() -> None:
    told = explain(DEFINITION, FILLED, score(DEFINITION, FILLED), "b1")
    (step,) = told.items
    assert (str(step.place), step.typed, step.answer, step.number) == ("v.xlsx[D9]", "Halfway", "y", "2.1.1")
    assert (step.credit, step.best, step.earned, step.possible) == (Fraction(1, 2), 1, 1, 2)
    assert (step.share, step.lost, step.met) == (Fraction(3, 8), Fraction(75, 4), "not_met")
    assert [one.section for one in told.sections] == ["B", "I"]


def test_an_explanation_says_why_each_grade_failed() -> None:
    told = explain(DEFINITION, FILLED, score(DEFINITION, FILLED))
    assert [(row.grade, [(f.limit, f.bound, f.found, f.where) for f in row.failed]) for row in told.grades] == [
        ("top", [("at_least", "90", "58.8", "")]),
        ("good", [("each_section_at_least", "60", "50.0", "A")]),
        ("weak", []),
    ]


def test_an_explanation_of_a_grade_that_was_capped() -> None:
    definition = checklist(yes_no("a", weight=0, critical={"cap_grade": "weak"}), yes_no("b"), grades=PASS_FAIL)
    filled = visit({"a": "no", "b": "yes"})
    told = explain(definition, filled, score(definition, filled))
    assert [(row.grade, [f.limit for f in row.failed]) for row in told.grades] == [("good", ["skipped"]), ("weak", [])]


def test_an_explanation_of_a_deadline_tells_its_times() -> None:
    definition = checklist(
        {"id": "a", "text": "t", "kind": "timestamp"},
        {"id": "b", "text": "t", "kind": "timestamp"},
        {"id": "d", "text": "t", "kind": "deadline", "from": "a", "to": "b", "within": "1 working days"},
    )
    filled = visit({"a": datetime(2026, 3, 13, 16, 0), "b": datetime(2026, 3, 16, 9, 0)})
    result = score(definition, filled, calendar=weekdays())
    times = explain(definition, filled, result, "d", calendar=weekdays()).items[0].times
    assert times is not None
    assert (f"{times.due:%Y-%m-%d %H:%M}", times.result) == ("2026-03-17 00:00", "met")
    unknown = explain(definition, filled, score(definition, filled), "d").items[0].times
    assert unknown is not None
    assert unknown.result == "G103"


def test_an_explanation_of_what_was_not_scored() -> None:
    told = explain(DEFINITION, visit({"a1": "yes"}), score(DEFINITION, visit({"a1": "yes"})))
    assert (told.score, told.missing, told.grades) == (None, ("a2", "b1", "b2", "b3"), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_and_step_has_words(language: str) -> None:
    words = catalogue(language)
    codes = [code for code in REGISTER if code.startswith("G")]
    assert len(codes) == 6
    assert all(f"{code}.{part}" in words for code in codes for part in ("says", "do"))
    steps = ["hold_0", "hold_100", "cap_section", "zero_section", "deduct", "cap_visit", "zero_visit", "cap_grade"]
    limits = ["at_least", "at_most", "no_critical_failed", "each_section_at_least", "each_item_at_most", "skipped"]
    lines = ["full", "lost", "bonus", "unreached", "incomplete", *(f"not_met_at_most.{one}" for one in Severity)]
    assert all(f"explain.{name}" in words for name in (*steps, *limits, *lines))


def test_limits_of_a_visit() -> None:
    found = limits_of(score(DEFINITION, FILLED).items)
    assert (found.critical_failed, found.not_met[Severity.MINOR], found.highest_item) == (1, 2, 1)


def test_dimensions_are_pooled_over_sections() -> None:
    definition = checklist(
        section("A", yes_no("a", dimension="d", weight=3), weight=1),
        section("B", yes_no("b", dimension="d"), yes_no("c", dimension="e"), yes_no("x", dimension="f"), weight=99),
        dimensions={"d": "D", "e": "E", "f": "F"},
    )
    result = score(definition, visit({"a": "yes", "b": "no", "c": "no", "x": "not_applicable"}))
    assert dimension_scores(definition, result) == {"d": 75, "e": 0}


def test_a_dimension_is_held_like_a_section() -> None:
    definition = checklist(
        yes_no("a", dimension="d"),
        yes_no("b", dimension="d", bonus=True),
        choice("c", {"x": 1, "y": -1}, dimension="e"),
        dimensions={"d": "D", "e": "E"},
    )
    filled = visit({"a": "yes", "b": "yes", "c": "y"})
    assert dimension_scores(definition, score(definition, filled)) == {"d": 100, "e": 0}
    free = definition.model_copy(update={"below_0": True, "over_100": True})
    assert dimension_scores(free, score(free, filled)) == {"d": 200, "e": -100}


def test_no_dimension_is_measured_where_fewer_points_are_better() -> None:
    definition = checklist(
        choice("a", {"x": 1, "y": 3}, dimension="d"),
        dimensions={"d": "D"},
        scoring="points",
        direction="lower_is_better",
    )
    assert dimension_scores(definition, score(definition, visit({"a": "y"}))) == {}

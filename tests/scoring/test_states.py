"""What became of an item: states, blanks, conditions, positions, outcomes, faults."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from auditkit.model.asked import asked_items, is_complete, missing_items, unasked_answers
from auditkit.model.checklist import Verdict
from auditkit.model.visit import Outcome, State
from auditkit.scoring import score
from auditkit.scoring.faults import problems_of

from .made import PASS_FAIL, checklist, choice, section, visit, yes_no


def states(result: Any) -> dict[str, str]:
    return {item.item: item.state.value for item in result.items}


def test_every_state_keeps_its_name() -> None:
    definition = checklist(
        yes_no("scored"),
        yes_no("na"),
        yes_no("unseen"),
        yes_no("not_asked", applies_when={"item": "scored", "is": "no"}),
        yes_no("blank", required=False),
        yes_no("annulled"),
        {"id": "words", "text": "t", "kind": "text"},
    )
    answers = {"scored": "yes", "na": "not_applicable", "unseen": "not_observed", "annulled": "no", "words": "1"}
    result = score(definition, visit(answers), annulled=frozenset({"annulled"}))
    assert states(result) == {
        "scored": "scored",
        "na": "not_applicable",
        "unseen": "not_observed",
        "not_asked": "not_asked",
        "blank": "missing",
        "annulled": "annulled",
        "words": "informational",
    }
    assert (result.n_scored, result.n_not_observed, result.n_missing, result.n_not_applicable) == (1, 1, 1, 1)
    assert result.score == 100


def test_counts_leave_bonus_and_informational_items_out() -> None:
    definition = checklist(yes_no("a"), yes_no("b", bonus=True), yes_no("c", scored=False), yes_no("d", weight=0))
    result = score(definition, visit({"a": "yes", "b": "not_observed", "c": "no", "d": "no"}))
    assert (result.n_scored, result.n_not_observed, result.n_missing, result.n_not_applicable) == (2, 0, 0, 0)


@pytest.mark.parametrize("state", ["not_applicable", "not_observed"])
@pytest.mark.parametrize(("rule", "expected"), [("exclude", 100), ("zero", 50), ("full", 100)])
def test_an_answer_outside_yes_and_no_counts_as_the_item_says(state: str, rule: str, expected: int) -> None:
    definition = checklist(yes_no("a"), yes_no("b", critical="fail", **{f"when_{state}": rule}))
    result = score(definition, visit({"a": "yes", "b": state}))
    assert result.score == expected
    assert (result.items[1].met, result.items[1].critical, result.verdict) == (None, (), None)
    assert result.items[1].state.value == state


def test_zero_is_no_present_where_fewer_points_are_better() -> None:
    item = choice("a", {"none": 0, "some": 3, "many": 10}, when_not_applicable="zero")
    definition = checklist(item, yes_no("b"), scoring="points", direction="lower_is_better")
    assert score(definition, visit({"a": "not_applicable", "b": "no"})).score == 10


def test_a_bonus_item_is_always_excluded_when_it_does_not_apply() -> None:
    definition = checklist(yes_no("a"), yes_no("b", bonus=True, when_not_applicable="full", when_not_observed="full"))
    for state in ("not_applicable", "not_observed"):
        assert score(definition, visit({"a": "no", "b": state})).score == 0


def test_a_required_blank__not_scored() -> None:
    definition = checklist(yes_no("a"), yes_no("b"), grades=PASS_FAIL)
    result = score(definition, visit({"a": "yes"}))
    assert (result.score, result.grade, result.verdict, result.n_missing, result.missing) == (
        None,
        None,
        None,
        1,
        ("b",),
    )
    assert [one.score for one in result.sections] == [None]


def test_a_required_blank__accepted_as_it_is_counts_as_not_observed() -> None:
    definition = checklist(yes_no("a"), yes_no("b", when_not_observed="zero"), yes_no("c", required=False))
    result = score(definition, visit({"a": "yes"}), accepted_as_is=True)
    assert (result.score, result.n_not_observed, result.n_missing) == (50, 1, 1)
    assert states(result) == {"a": "scored", "b": "not_observed", "c": "missing"}


def test_a_required_fact_left_blank_is_missing_too() -> None:
    definition = checklist(yes_no("a"), {"id": "words", "text": "t", "kind": "text", "required": True})
    result = score(definition, visit({"a": "yes"}))
    assert (result.score, result.n_missing, result.missing) == (None, 0, ("words",))


def test_what_a_decision_took_out_is_not_missing() -> None:
    definition = checklist(yes_no("a"), yes_no("b"))
    assert score(definition, visit({"a": "yes"}), annulled=frozenset({"b"})).score == 100


A_NO = {"item": "a", "is": "no"}


@pytest.mark.parametrize(
    ("condition", "answers", "asked"),
    [
        (A_NO, {"a": "no"}, True),
        (A_NO, {"a": "yes"}, False),
        (A_NO, {}, False),
        ({"not": A_NO}, {"a": "yes"}, True),
        ({"not": A_NO}, {}, False),
        ({"not": {"item": "free", "is": "no"}}, {"a": "yes"}, True),
        ({"any": [A_NO, {"item": "n", "at_least": 3}]}, {"n": Decimal(3)}, True),
        ({"all": [A_NO, {"item": "n", "at_least": 3}]}, {"n": Decimal(2)}, False),
        ({"item": "a", "is": "not_applicable"}, {"a": "not_applicable"}, True),
        ({"item": "a", "in": ["yes", "no"]}, {"a": "not_applicable"}, False),
        ({"item": "m", "includes": "x"}, {"m": ("x", "y")}, True),
        ({"item": "m", "includes": "x"}, {"m": ()}, False),
        ({"item": "n", "at_most": 3}, {"n": Decimal("3.1")}, False),
        ({"item": "words", "at_most": 3}, {"words": "nan"}, False),
    ],
)
def test_applies_when(condition: Any, answers: dict[str, Any], asked: bool) -> None:
    definition = checklist(
        yes_no("b", applies_when=condition),
        yes_no("a"),
        yes_no("free", required=False),
        {"id": "n", "text": "t", "kind": "number", "unit": "x", "scored": False},
        {"id": "words", "text": "t", "kind": "text"},
        choice("m", {"x": 1, "y": 0}, kind="multi", scored=False),
    )
    assert ("b" in asked_items(definition, answers)) is asked
    assert ("b" in missing_items(definition, answers)) is asked


def test_an_answer_that_nobody_asked_for_does_not_count_nor_ask_further() -> None:
    definition = checklist(
        yes_no("a"),
        yes_no("b", applies_when={"item": "a", "is": "yes"}),
        yes_no("c", applies_when={"item": "b", "is": "yes"}),
    )
    answers = {"a": "no", "b": "yes", "c": "yes"}
    assert unasked_answers(definition, answers) == ("b", "c")
    assert score(definition, visit(answers)).score == 0


def test_a_section_asks_its_items_together() -> None:
    inner = section("I", yes_no("b"))
    definition = checklist(section("A", yes_no("a")), section("O", inner, applies_when={"item": "a", "is": "yes"}))
    assert states(score(definition, visit({"a": "no", "b": "no"})))["b"] == "not_asked"


@pytest.mark.parametrize(
    ("position", "asked"), [(None, True), ("", True), ("cashier", True), (" Cashier ", True), ("guard", False)]
)
def test_items_for_some_positions(position: str | None, asked: bool) -> None:
    definition = checklist(yes_no("a"), yes_no("b", **{"for": ["cashier", "manager"]}))
    filled = visit({"a": "yes"}, position=position)
    assert ("b" in asked_items(definition, filled.answers, position)) is asked
    assert is_complete(definition, filled) is not asked
    assert score(definition, filled).score == (None if asked else 100)


def test_a_form_without_the_question() -> None:
    definition = checklist(yes_no("a"), yes_no("b"), yes_no("c", applies_when={"item": "b", "is": "yes"}))
    result = score(definition, visit({"a": "yes", "b": "not_asked"}))
    assert states(result) == {"a": "scored", "b": "not_asked", "c": "not_asked"}
    plain = checklist(yes_no("a"), yes_no("b"))
    assert score(plain, visit({"a": "yes", "b": "not_asked"})).score == 100
    assert asked_items(plain, {"b": "not_asked"}) == {"a"}
    recorded = checklist(yes_no("a"), yes_no("b", scored=False), {"id": "words", "kind": "text", "text": "Words"})
    result = score(recorded, visit({"a": "yes", "b": "not_asked", "words": "not_asked"}))
    assert states(result) == {"a": "scored", "b": "not_asked", "words": "not_asked"}


OUTCOMES = [Outcome.CLOSED, Outcome.NOT_FOUND, Outcome.RECOGNISED, Outcome.REFUSED]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_visit_that_was_not_carried_out_is_never_scored(outcome: Outcome) -> None:
    result = score(checklist(yes_no("a"), unreached="zero"), visit({"a": "yes"}, outcome=outcome))
    assert (result.score, result.verdict, result.items, result.outcome) == (None, None, (), outcome)


@pytest.mark.parametrize("outcome", [Outcome.NOT_SERVED, Outcome.NO_ANSWER])
@pytest.mark.parametrize(
    ("counts_as", "expected"),
    [("fail", (None, None, Verdict.FAIL)), ("zero", (0, "weak", Verdict.FAIL)), ("exclude", (None, None, None))],
)
def test_unreached(outcome: Outcome, counts_as: str, expected: Any) -> None:
    result = score(checklist(yes_no("a"), unreached=counts_as, grades=PASS_FAIL), visit({}, outcome=outcome))
    assert (result.score, result.grade, result.verdict) == expected
    assert is_complete(checklist(yes_no("a")), visit({}, outcome=outcome))


def test_unreached_is_the_worst_total_where_fewer_points_are_better() -> None:
    items = [choice("a", {"none": 0, "many": 10}, weight=2), yes_no("b"), yes_no("c", bonus=True)]
    more = {"scoring": "points", "direction": "lower_is_better", "unreached": "zero", "start": 3}
    assert score(checklist(*items, **more), visit({}, outcome=Outcome.NO_ANSWER)).score == 24


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        (yes_no("a"), "maybe"),
        (yes_no("a"), 1),
        (yes_no("a", not_applicable=False), "not_applicable"),
        (yes_no("a", not_observed=False), "not_observed"),
        (yes_no("a", kind="scale"), 6),
        (yes_no("a", kind="scale"), "5"),
        (choice("a", {"x": 1, "y": 0}), "z"),
        (yes_no("a", kind="number", unit="x", bands=[{"up_to": 3, "credit": 1}, {"credit": 0}]), Decimal("1E+999999")),
        (choice("a", {"x": 1, "y": 0}, kind="multi"), ("x", "z")),
        (choice("a", {"x": 1, "y": 0}, kind="multi"), "x"),
        (
            yes_no("a", kind="number", unit="x", bands=[{"up_to": 3, "credit": 1}, {"up_to": 4, "credit": 0}]),
            Decimal(5),
        ),
    ],
)
def test_an_answer_without_a_credit__error(item: dict[str, Any], answer: Any) -> None:
    definition = checklist({**item, "required": False}, yes_no("b"))
    filled = visit({"a": answer, "b": "yes"}, cells={"a": "D4"})
    result = score(definition, filled)
    assert (states(result)["a"], result.score, result.n_missing) == ("missing", 100, 1)
    (found,) = problems_of(definition, filled, result)
    assert (found.code, str(found.place), found.params["item"]) == ("G105", "v.xlsx[D4]", "1.1")


def test_a_critical_item_that_was_neither_met_nor_missed__is_listed() -> None:
    definition = checklist(
        yes_no("a", critical="fail"),
        yes_no("b", critical="flag"),
        choice("c", {"x": 1, "y": {"credit": 0, "critical": "fail"}}),
        yes_no("d"),
        yes_no("e", critical="fail"),
    )
    answers = {"a": "not_applicable", "b": "not_observed", "c": "not_observed", "d": "not_observed", "e": "yes"}
    filled = visit(answers, cells={"b": "D5"}, typed={"b": "could not hear"})
    found = problems_of(definition, filled, score(definition, filled))
    assert [(each.code, each.params["item"], each.value) for each in found] == [
        ("G106", "1.1", "not_applicable"),
        ("G106", "1.2", "could not hear"),
        ("G106", "1.3", "not_observed"),
    ]
    assert str(found[1].place) == "v.xlsx[D5]"
    assert {each.severity.value for each in found} == {"note"}


def test_yes_one_and_true_are_three_answers() -> None:
    """`1`, `True` and `Decimal(1)` are one key to a dictionary; tables of their own keep items apart."""
    definition = checklist(yes_no("a"), yes_no("b", kind="scale"), yes_no("c", kind="number", unit="x", scored=False))
    first = score(definition, visit({"a": "yes", "b": 1, "c": Decimal(1)}))
    again = score(definition, visit({"a": "yes", "b": 5, "c": Decimal(1)}))
    assert (first.score, again.score, first.items[2].state) == (50, 100, State.INFORMATIONAL)


def test_plans_are_told_apart_by_checklist() -> None:
    for weight in (1, 2, 3):
        definition = checklist(yes_no("a", weight=weight), yes_no("b"))
        assert score(definition, visit({"a": "yes", "b": "no"})).items[0].earned == weight
    light = checklist(yes_no("a"), yes_no("b"))
    heavy = light.model_copy(update={"sections": checklist(yes_no("a", weight=3), yes_no("b")).sections})
    answers = visit({"a": "yes", "b": "no"})
    assert (score(light, answers).score, score(heavy, answers).score) == (50, 75)

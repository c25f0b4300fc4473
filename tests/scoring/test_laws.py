"""Laws that every score keeps, over generated checklists and visits."""

from __future__ import annotations

import copy
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from auditkit.model.checklist import Checklist
from auditkit.model.score import VisitScore
from auditkit.model.visit import State
from auditkit.scoring import bridge, points_lost, score
from auditkit.scoring.entries import Units
from auditkit.scoring.grades import shown
from auditkit.scoring.losses import moved
from auditkit.scoring.plan import plan_of

from .made import visit

laws = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

WEIGHTS = st.sampled_from(["0.1", "0.5", "1", "2", "3", "7.25", "20"])
EFFECTS = st.sampled_from(
    [
        "fail",
        "flag",
        "zero_section",
        "zero_visit",
        {"cap_section": 40},
        {"cap_section": "12.5"},
        {"cap_visit": 60},
        {"deduct": 15},
        {"deduct": "0.3", "verdict": "keep"},
    ]
)


class Case(NamedTuple):
    """A definition as plain data and answers to its items."""

    data: dict[str, Any]
    answers: dict[str, Any]

    def scored(self) -> tuple[Checklist, VisitScore]:
        definition = Checklist.model_validate(self.data)
        return definition, score(definition, visit(self.answers))


def items_of(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [item for each in sections for item in (*each.get("items", ()), *items_of(each.get("sections", [])))]


KINDS: dict[str, dict[str, Any]] = {
    "yes_no": {},
    "inverted": {"inverted": True},
    "choice": {"kind": "choice", "options": [("a", "1"), ("b", "0.75"), ("c", "0.3"), ("d", "0")]},
    "below": {"kind": "choice", "options": [("a", "1"), ("b", "0.5"), ("c", "-1")]},
    "multi": {"kind": "multi", "options": [("a", "0.5"), ("b", "0.7"), ("c", "-0.4")]},
    "scale": {"kind": "scale", "min": 1, "max": 4},
    "bands": {"kind": "number", "unit": "x", "bands": [("3", "1"), ("5", "0.5"), (None, "0")]},
    "linear": {"kind": "number", "unit": "x", "linear": {"full_at": "2", "none_at": "9"}},
}


def full(kind: str) -> dict[str, Any]:
    data = copy.deepcopy(KINDS[kind])
    for part in ("options", "bands"):
        if part in data:
            key = "id" if part == "options" else "up_to"
            data[part] = [{key: name, "credit": credit} for name, credit in data[part]]
            if part == "options":
                data[part] = [{**each, "text": each["id"]} for each in data[part]]
    return data


BEST: dict[str, Any] = {
    "yes_no": "yes",
    "inverted": "no",
    "choice": "a",
    "below": "a",
    "multi": ("a", "b"),
    "scale": 4,
    "bands": Decimal(3),
    "linear": Decimal(1),
}
WORST: dict[str, Any] = {
    "yes_no": "no",
    "inverted": "yes",
    "choice": "d",
    "below": "c",
    "multi": ("c",),
    "scale": 1,
    "bands": Decimal(6),
    "linear": Decimal(9),
}
ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "yes_no": st.sampled_from(["yes", "no"]),
    "inverted": st.sampled_from(["yes", "no"]),
    "choice": st.sampled_from("abcd"),
    "below": st.sampled_from("abc"),
    "multi": st.sampled_from([(), ("a",), ("b",), ("a", "b"), ("a", "c"), ("c",)]),
    "scale": st.integers(1, 4),
    "bands": st.decimals(0, 8, places=1),
    "linear": st.decimals(0, 10, places=2),
}
STATES = st.sampled_from(["not_applicable", "not_observed"])


@st.composite
def cases(draw: st.DrawFn, *, effects: bool = True, bonus: bool = True, points: bool | None = None) -> Case:
    answers: dict[str, Any] = {}
    count = iter(range(1000))
    pooled = draw(st.booleans())

    def item() -> dict[str, Any]:
        kind = draw(st.sampled_from(sorted(KINDS)))
        name = f"{kind}_{next(count)}"
        data = {"id": name, "text": "t", "not_applicable": True, "weight": draw(WEIGHTS), **full(kind)}
        if bonus and draw(st.integers(0, 7)) == 0:
            data["bonus"] = True
        if effects and draw(st.integers(0, 5)) == 0:
            data["critical"] = draw(EFFECTS)
        for rule in ("when_not_applicable", "when_not_observed"):
            data[rule] = draw(st.sampled_from(["exclude", "exclude", "zero", "full"]))
        answers[name] = draw(st.one_of(ANSWERS[kind], ANSWERS[kind], ANSWERS[kind], STATES))
        return data

    def part(depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {"id": f"S{next(count)}", "title": "s"}
        if not pooled:
            data["weight"] = draw(st.sampled_from(["0", "0.5", "1", "20", "33.3"]))
        if depth and draw(st.integers(0, 3)) == 0:
            data["sections"] = [part(depth - 1) for _ in range(draw(st.integers(1, 3)))]
        else:
            data["items"] = [item() for _ in range(draw(st.integers(1, 4)))]
        return data

    data: dict[str, Any] = {"checklist": "c", "version": "1.0.0", "title": "C"}
    data["sections"] = [part(2) for _ in range(draw(st.integers(1, 4)))]
    data["rollup"] = "items" if pooled else "sections"
    if points if points is not None else draw(st.integers(0, 3)) == 0:
        data |= {"scoring": "points", "start": draw(st.sampled_from(["0", "100", "-2.5"]))}
    return Case(data, answers)


def with_answers(case: Case, table: dict[str, Any]) -> Case:
    return case._replace(answers={name: table[name.rpartition("_")[0]] for name in case.answers})


@laws
@given(cases(effects=False, bonus=False, points=False))
def test_all_best_is_100(case: Case) -> None:
    _, result = with_answers(case, BEST).scored()
    assert result.score in (100, None)
    assert result.score is None or result.shown == 100


@laws
@given(cases(bonus=False, points=False))
def test_all_worst_is_0(case: Case) -> None:
    _, result = with_answers(case, WORST).scored()
    assert result.score in (0, None)


@laws
@given(cases(points=False))
def test_a_percentage_stays_within_0_and_100(case: Case) -> None:
    _, result = case.scored()
    assert result.score is None or 0 <= result.score <= 100
    assert all(s.score is None or 0 <= s.score <= 100 for s in result.sections)


@laws
@given(cases(), st.booleans())
def test_lost_bonus_holds_and_effects_add_up(case: Case, beyond: bool) -> None:
    if case.data.get("scoring") != "points" and beyond:
        case.data.update(below_0=True, over_100=True)
    definition, result = case.scored()
    assume(result.score is not None)
    assert sum(line.points for line in bridge(definition, result)) == result.score
    lost = points_lost(definition, result)
    assert sum(lost.values(), Fraction(0)) == result.highest - (result.base or 0)
    assert all(points >= 0 for points in lost.values())
    assert result.lowest <= result.highest


@laws
@given(cases(points=True, effects=False), st.booleans())
def test_points_add_up_either_way(case: Case, lower: bool) -> None:
    if lower:
        case.data["direction"] = "lower_is_better"
    definition, result = case.scored()
    assume(result.score is not None)
    earned = sum(item.earned for item in result.items)
    assert result.score == Fraction(str(case.data["start"])) + earned
    assert sum(line.points for line in bridge(definition, result)) == result.score
    best, worst = result.highest, result.lowest
    assert (best <= (result.base or 0) <= worst) if lower else (worst <= (result.base or 0) <= best)


@laws
@given(cases(), st.data())
def test_raising_a_credit_never_makes_it_worse(case: Case, data: st.DataObject) -> None:
    definition, before = case.scored()
    scored = [item for item in before.items if item.state is State.SCORED]
    assume(scored and before.score is not None)
    name = data.draw(st.sampled_from(sorted(item.item for item in scored)))
    kind = name.rpartition("_")[0]
    credit = next(item.credit for item in before.items if item.item == name)
    raised = case._replace(answers={**case.answers, name: data.draw(ANSWERS[kind])})
    after = score(definition, visit(raised.answers))
    other = next(item.credit for item in after.items if item.item == name)
    assume(credit is not None and other is not None and other >= credit)
    assert after.score is not None
    assert before.score is not None
    assert after.score >= before.score


@laws
@given(cases(points=False), st.sampled_from(["0.01", "3", "700"]))
def test_scaling_all_weights_changes_no_percent(case: Case, factor: str) -> None:
    _, before = case.scored()

    def scale(sections: list[dict[str, Any]]) -> None:
        for each in sections:
            if "weight" in each:
                each["weight"] = str(Decimal(each["weight"]) * Decimal(factor))
            for item in each.get("items", ()):
                item["weight"] = str(Decimal(item["weight"]) * Decimal(factor))
            scale(each.get("sections", []))

    data = copy.deepcopy(case.data)
    scale(data["sections"])
    _, after = case._replace(data=data).scored()
    assert (after.score, after.grade, after.verdict) == (before.score, before.grade, before.verdict)
    assert [s.score for s in after.sections] == [s.score for s in before.sections]


@laws
@given(cases(), WEIGHTS, st.sampled_from(["not_applicable", "not_observed"]))
def test_a_section_that_is_out_changes_nothing(case: Case, weight: str, state: str) -> None:
    _, before = case.scored()
    item = {"id": "out", "text": "t", "not_applicable": True, "weight": weight, "critical": "zero_visit"}
    more: dict[str, Any] = {"id": "Out", "title": "o", "items": [item]}
    if case.data["rollup"] == "sections":
        more["weight"] = weight
    data = {**case.data, "sections": [more, *case.data["sections"]]}
    _, after = Case(data, {**case.answers, "out": state}).scored()
    assert (after.score, after.base, after.grade, after.verdict) == (
        before.score,
        before.base,
        before.grade,
        before.verdict,
    )


@laws
@given(cases(), st.randoms(use_true_random=False))
def test_order_changes_nothing(case: Case, chance: Any) -> None:
    _, before = case.scored()

    def shuffle(sections: list[dict[str, Any]]) -> None:
        chance.shuffle(sections)
        for each in sections:
            chance.shuffle(each.get("items", []))
            shuffle(each.get("sections", []))

    data = copy.deepcopy(case.data)
    shuffle(data["sections"])
    names = list(case.answers)
    chance.shuffle(names)
    _, after = Case(data, {name: case.answers[name] for name in names}).scored()
    assert (after.score, after.shown, after.base, after.verdict) == (
        before.score,
        before.shown,
        before.base,
        before.verdict,
    )
    assert set(after.items) == set(before.items)
    assert set(after.critical_failed) == set(before.critical_failed)


@laws
@given(cases(), st.lists(cases(), max_size=3))
def test_alone_or_after_others_and_by_either_road(case: Case, others: list[Case]) -> None:
    """A plan that has met other visits, and the road for conditions and derived items, give the same result."""
    definition, fresh = case.scored()
    for other in others:
        other.scored()
    for table in (BEST, WORST):
        score(definition, visit(with_answers(case, table).answers))
    assert score(definition, visit(case.answers)) == fresh
    assert score(definition, visit(case.answers), annulled=frozenset({"nothing"})) == fresh
    assert score(Checklist.model_validate(case.data), visit(case.answers)) == fresh


@laws
@given(cases())
def test_a_section_equals_the_plain_sum_of_its_items(case: Case) -> None:
    """The integers underneath, joined and scaled, say what plain fractions say."""
    _, result = case.scored()
    for one in result.sections:
        own = [item for item in result.items if item.section == one.section]
        if own:
            assert one.earned == sum(item.earned for item in own)
            assert one.possible == sum(item.possible for item in own)


@laws
@given(cases(points=False))
def test_weighed_by_hand(case: Case) -> None:
    """The roll-up again, the long way, from the definition as data."""
    definition, result = case.scored()
    assume(not any(step.item for step in result.steps))
    credit = {item.item: item for item in result.items}

    def held(value: Fraction) -> Fraction:
        return min(max(value, Fraction(0)), Fraction(100))

    def of(items: list[dict[str, Any]]) -> Fraction | None:
        possible = sum((credit[item["id"]].possible for item in items), Fraction(0))
        earned = sum((credit[item["id"]].earned for item in items), Fraction(0))
        return held(earned / possible * 100) if possible else None

    def weigh(sections: list[dict[str, Any]]) -> Fraction | None:
        parts = [(Fraction(s["weight"]), of(s["items"]) if "items" in s else weigh(s["sections"])) for s in sections]
        scored = [(weight, value) for weight, value in parts if value is not None]
        total = sum((weight for weight, _ in scored), Fraction(0))
        return held(sum(weight * value for weight, value in scored) / total) if total else None

    by_hand = weigh(case.data["sections"]) if not definition.pools_items else of(items_of(case.data["sections"]))
    assert result.score == by_hand


@laws
@given(cases(points=False))
def test_shares_are_parts_of_one_visit(case: Case) -> None:
    definition, result = case.scored()
    assume(result.score is not None)
    assert sum(one.share for one in result.sections if not one.parent) == 1
    if not definition.pools_items:
        top = [one for one in result.sections if not one.parent and one.score is not None]
        visit_steps = [step for step in result.steps if not step.where]
        before = visit_steps[0].before if visit_steps else result.score
        assert sum((one.share * (one.score or 0) for one in top), Fraction(0)) == before
    plan = plan_of(definition)
    assert all(moved(plan, result.sections, step) is not None for step in result.steps)


@laws
@given(st.fractions(-200, 200), st.integers(0, 4))
def test_shown_is_the_nearest_and_never_lies_at_the_ends(value: Fraction, decimals: int) -> None:
    seen = shown(value, decimals)
    assert not str(seen).startswith("-0") or seen != 0
    assert abs(Fraction(seen) - value) <= Fraction(1, 10**decimals)
    if 0 < value < 100:
        assert 0 < seen < 100
    if not (0 < value < Fraction(1, 10**decimals) or 0 < 100 - value < Fraction(1, 10**decimals)):
        assert abs(Fraction(seen) - value) * 2 <= Fraction(1, 10**decimals)


@laws
@given(
    st.lists(st.tuples(st.fractions(-5, 50, max_denominator=20), st.fractions(0, 50, max_denominator=20))),
    st.sampled_from([1, 10, 60]),
)
def test_two_sums_in_one_number_come_apart_again(pairs: list[tuple[Fraction, Fraction]], scale: int) -> None:
    room = int(sum((abs(a) + abs(b) for a, b in pairs), Fraction(1)) * scale).bit_length() + 2
    units = Units(scale, room)
    together = sum(units.joined(earned, Fraction(round(possible * scale), scale)) for earned, possible in pairs)
    expected = sum((earned for earned, _ in pairs), Fraction(0))
    assert units.split(together)[0] == expected

"""From the sums of items to sections and the visit: sections weighed, items pooled, or points added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from auditkit.model.score import ItemScore, SectionScore, Step
from auditkit.scoring.credits import ZERO
from auditkit.scoring.effects import Acting, held, on_section
from auditkit.scoring.plan import Node, Plan

Sum = int | Fraction


class Rolled(NamedTuple):
    """Sections, and the visit's score before it is held."""

    sections: tuple[SectionScore, ...]
    value: Fraction | None
    steps: tuple[Step, ...]


class _Part:
    """One section with one pair of sums: worked out once, shared by all visits that have it."""

    __slots__ = ("earned", "possible", "seen", "steps", "value")

    def __init__(self, plan: Plan, node: Node, earned: Sum, possible: Sum) -> None:
        self.earned = Fraction(earned) / plan.scale
        self.possible = Fraction(possible) / plan.scale
        self.seen: dict[Fraction, SectionScore] = {}
        self.value: Fraction | None = None
        self.steps: tuple[Step, ...] = ()
        if possible > 0:
            self.value, self.steps = held(plan, node.id, Fraction(earned) * 100 / possible)


_REMEMBERED = 4096


def rolled(
    plan: Plan, items: Sequence[ItemScore], earned: Sequence[Sum], possible: Sequence[Sum], acts: Sequence[Acting]
) -> Rolled:
    """The visit by the checklist's model; `earned` and `possible` of each item in units of 1 / plan.scale."""
    if not plan.percent:
        return _points(plan, items, earned, possible, acts)
    if plan.pooled:
        return _pooled(plan, earned, possible, acts)
    return _weighed(plan, earned, possible, acts)


def _part(plan: Plan, node: Node, earned: Sequence[Sum], possible: Sequence[Sum]) -> _Part:
    key = (sum(earned[node.first : node.last]), sum(possible[node.first : node.last]))
    found: _Part | None = node.ready.get(key)
    if found is None:
        found = _Part(plan, node, *key)
        if len(node.ready) < _REMEMBERED:
            node.ready[key] = found
    return found


def _weighed(plan: Plan, earned: Sequence[Sum], possible: Sequence[Sum], acts: Sequence[Acting]) -> Rolled:
    parts: list[_Part] = [_part(plan, node, earned, possible) for node in plan.nodes]
    values: list[Fraction | None] = [part.value for part in parts]
    steps: list[Step] = []
    if plan.nested or acts or any(part.steps for part in parts):
        for node in plan.children_first:
            steps += _settle(plan, node, parts[node.place], values, acts)
    mask = 0
    for place, value in enumerate(values):
        if value is not None:
            mask |= 1 << place
    sections = _sections(plan, parts, values, shares(plan, mask))
    return Rolled(sections, mean((node.weight, values[node.place]) for node in plan.top), tuple(steps))


def _settle(plan: Plan, node: Node, part: _Part, values: list[Fraction | None], acts: Sequence[Acting]) -> list[Step]:
    """A section's value after its children's, its hold and its effects, written into `values`."""
    steps = list(part.steps)
    value = values[node.place]
    if not node.leaf:
        steps = []
        value = mean((plan.nodes[child].weight, values[child]) for child in node.children)
        if value is not None:
            value, kept = held(plan, node.id, value)
            steps += kept
    if value is not None and acts:
        value, done = on_section(node.id, value, acts)
        steps += done
    values[node.place] = value
    return steps


def _pooled(plan: Plan, earned: Sequence[Sum], possible: Sequence[Sum], acts: Sequence[Acting]) -> Rolled:
    parts = [_part(plan, node, earned, possible) for node in plan.nodes]
    values = [part.value for part in parts]
    steps: list[Step] = []
    for node in plan.children_first:
        steps += parts[node.place].steps
        value = values[node.place]
        if value is not None and acts:
            values[node.place], done = on_section(node.id, value, acts)
            steps += done
    total = sum(possible)
    pooled = None if total <= 0 else Fraction(sum(earned)) * 100 / total
    scored = Fraction(total) / plan.scale
    parts_of_all = [part.possible / scored if total > 0 else ZERO for part in parts]
    return Rolled(_sections(plan, parts, values, parts_of_all), pooled, tuple(steps))


def _points(
    plan: Plan,
    items: Sequence[ItemScore],
    earned: Sequence[Sum],
    possible: Sequence[Sum],
    acts: Sequence[Acting],
) -> Rolled:
    parts = [_part(plan, node, earned, possible) for node in plan.nodes]
    values: list[Fraction | None] = []
    for node, part in zip(plan.nodes, parts, strict=True):
        counts = any(item.possible or item.worst for item in items[node.first : node.last])
        values.append(part.earned if counts else None)
    total = plan.start + Fraction(sum(earned)) / plan.scale
    steps: list[Step] = []
    for node in plan.children_first:
        value = values[node.place]
        if value is None or not acts:
            continue
        after, done = on_section(node.id, value, acts)
        steps += done
        total += after - value
        _lower(plan, node.place, after - value, values)
    whole = sum((item.possible for item in items), ZERO)
    parts_of_all = [part.possible / whole if whole > 0 else ZERO for part in parts]
    scored = any(value is not None for value in values)
    return Rolled(_sections(plan, parts, values, parts_of_all), total if scored else None, tuple(steps))


def _lower(plan: Plan, place: int, by: Fraction, values: list[Fraction | None]) -> None:
    """What a section loses, all sections around it lose."""
    while place >= 0:
        values[place] = (values[place] or ZERO) + by
        place = plan.nodes[place].parent


def _sections(
    plan: Plan, parts: Sequence[_Part], values: Sequence[Fraction | None], part_of_all: Sequence[Fraction]
) -> tuple[SectionScore, ...]:
    return tuple(
        [
            _section(plan, node, part, value, share)
            for node, part, value, share in zip(plan.nodes, parts, values, part_of_all, strict=True)
        ]
    )


def _section(plan: Plan, node: Node, part: _Part, value: Fraction | None, share: Fraction) -> SectionScore:
    if value is part.value:
        seen = part.seen.get(share)
        if seen is not None:
            return seen
    parent = plan.nodes[node.parent].id if node.parent >= 0 else ""
    score = SectionScore(node.id, parent, part.earned, part.possible, value, share)
    if value is part.value and len(part.seen) < _REMEMBERED:
        part.seen[share] = score
    return score


def mean(parts: Iterable[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    """Σ weight × value / Σ weight over parts that have a value; `None` where nothing weighs. Divides once."""
    top, bottom, weights = 0, 1, ZERO
    for weight, value in parts:
        if value is not None:
            number = weight.numerator * value.numerator
            below = weight.denominator * value.denominator
            if below == bottom:
                top += number
            else:
                top, bottom = top * below + number * bottom, bottom * below
            weights += weight
    if not weights:
        return None
    return Fraction(top * weights.denominator, bottom * weights.numerator)


def shares(plan: Plan, mask: int) -> tuple[Fraction, ...]:
    """Each section's part of the visit (0..1), where only the sections in `mask` have a score."""
    known = plan.shares.get(mask)
    if known is not None:
        return known
    found = [ZERO] * len(plan.nodes)
    _spread(plan, [node.place for node in plan.top], Fraction(1), mask, found)
    if len(plan.shares) < _REMEMBERED:
        plan.shares[mask] = tuple(found)
    return tuple(found)


def _spread(plan: Plan, places: Sequence[int], whole: Fraction, mask: int, found: list[Fraction]) -> None:
    scored = [place for place in places if mask >> place & 1]
    total = sum((plan.nodes[place].weight for place in scored), ZERO)
    if not total:
        return
    for place in scored:
        found[place] = whole * plan.nodes[place].weight / total
        _spread(plan, plan.nodes[place].children, found[place], mask, found)

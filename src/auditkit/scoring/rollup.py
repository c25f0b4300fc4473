"""From the sums of items to sections and the visit: sections weighed, items pooled, or points added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from auditkit.model.credits import ZERO
from auditkit.model.score import ItemScore, SectionScore, Step
from auditkit.scoring.effects import Acting, on_section
from auditkit.scoring.entries import REMEMBERED, Sum
from auditkit.scoring.plan import Node, Part, Plan, held


class Rolled(NamedTuple):
    """Sections, and the visit's score before it is held."""

    sections: tuple[SectionScore, ...]
    value: Fraction | None
    steps: tuple[Step, ...]


def rolled(plan: Plan, items: Sequence[ItemScore], sums: Sequence[Sum], acts: Sequence[Acting]) -> Rolled:
    """The visit by the checklist's model; `sums` are those of the items' entries."""
    parts = [known[sum(sums[span])] for span, known in plan.spans]
    if not plan.percent:
        return _points(plan, items, parts, acts)
    if plan.pooled:
        return _pooled(plan, parts, sums, acts)
    if acts or plan.nested:
        return _settled(plan, parts, acts)
    return _weighed(plan, parts)


def _weighed(plan: Plan, parts: list[Part]) -> Rolled:
    """Sections side by side without effects: every part is ready, only the mean is left to take."""
    mask, top, bottom = 0, 0, 1
    steps: tuple[Step, ...] = ()
    for part in parts:
        mask |= part.bit
        below = part.bottom
        if below == bottom:
            top += part.top
        else:
            top, bottom = top * below + part.top * bottom, bottom * below
        if part.steps:
            steps += part.steps
    weight = weight_of(plan, mask)
    value = Fraction(top * weight.denominator, bottom * weight.numerator) if weight else None
    sections = [
        part.scores[mask] if mask in part.scores else _placed(plan, place, part, mask)
        for place, part in enumerate(parts)
    ]
    return Rolled(tuple(sections), value, steps)


def _placed(plan: Plan, place: int, part: Part, mask: int) -> SectionScore:
    node = plan.nodes[place]
    found = _section(node, part, part.value, shares(plan, mask)[place])
    if len(part.scores) < REMEMBERED:
        part.scores[mask] = found
    return found


def _settled(plan: Plan, parts: Sequence[Part], acts: Sequence[Acting]) -> Rolled:
    """Sections within sections, and effects on them."""
    values: list[Fraction | None] = [part.value for part in parts]
    steps: list[Step] = []
    for node in plan.children_first:
        steps += _settle(plan, node, parts[node.place], values, acts)
    mask = sum(1 << place for place, value in enumerate(values) if value is not None)
    value = mean((node.weight, values[node.place]) for node in plan.top)
    return Rolled(_sections(plan, parts, values, shares(plan, mask)), value, tuple(steps))


def _settle(plan: Plan, node: Node, part: Part, values: list[Fraction | None], acts: Sequence[Acting]) -> list[Step]:
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


def _pooled(plan: Plan, parts: Sequence[Part], sums: Sequence[Sum], acts: Sequence[Acting]) -> Rolled:
    """All items together; what happens to a section is shown there and stays there."""
    values: list[Fraction | None] = [part.value for part in parts]
    steps: list[Step] = []
    for node in plan.children_first:
        steps += parts[node.place].steps
        value = values[node.place]
        if value is not None and acts:
            values[node.place], done = on_section(node.id, value, acts)
            steps += done
    earned, possible = plan.units.split(sum(sums))
    whole = possible if possible > 0 else None
    part_of_all = [ZERO if whole is None else part.possible / whole for part in parts]
    value = None if whole is None else earned * 100 / whole
    return Rolled(_sections(plan, parts, values, part_of_all), value, tuple(steps))


def _points(plan: Plan, items: Sequence[ItemScore], parts: Sequence[Part], acts: Sequence[Acting]) -> Rolled:
    """Points added to those that a visit begins with; what a section loses, the visit loses."""
    values: list[Fraction | None] = []
    weighing = [_weighs(item) or (item.bonus and item.credit is not None) for item in items]
    for node, part in zip(plan.nodes, parts, strict=True):
        values.append(part.earned if any(weighing[node.first : node.last]) else None)
    total = plan.start + sum((parts[node.place].earned for node in plan.top), ZERO)
    steps: list[Step] = []
    for node in plan.children_first:
        value = values[node.place]
        if value is not None and acts:
            after, done = on_section(node.id, value, acts)
            steps += done
            total += after - value
            _lower(plan, node.place, after - value, values)
    whole = sum((parts[node.place].possible for node in plan.top), ZERO)
    part_of_all = [part.possible / whole if whole > 0 else ZERO for part in parts]
    scored = any(map(_weighs, items))
    return Rolled(_sections(plan, parts, values, part_of_all), total if scored else None, tuple(steps))


def _weighs(item: ItemScore) -> bool:
    """Whether anything can be won or lost with it, but for a bonus."""
    return bool(item.possible or item.worst)


def _lower(plan: Plan, place: int, by: Fraction, values: list[Fraction | None]) -> None:
    """What a section loses, all sections around it lose."""
    while place >= 0:
        values[place] = (values[place] or ZERO) + by
        place = plan.nodes[place].parent


def _sections(
    plan: Plan, parts: Sequence[Part], values: Sequence[Fraction | None], part_of_all: Sequence[Fraction]
) -> tuple[SectionScore, ...]:
    return tuple(map(_section, plan.nodes, parts, values, part_of_all))


def _section(node: Node, part: Part, value: Fraction | None, share: Fraction) -> SectionScore:
    return SectionScore(node.id, node.parent_id, part.earned, part.possible, value, share)


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


def weight_of(plan: Plan, mask: int) -> Fraction:
    """Σ weight of the top-level sections in `mask`."""
    known = plan.weights.get(mask)
    if known is None:
        known = sum((node.weight for node in plan.top if mask >> node.place & 1), ZERO)
        if len(plan.weights) < REMEMBERED:
            plan.weights[mask] = known
    return known


def shares(plan: Plan, mask: int) -> tuple[Fraction, ...]:
    """Each section's part of the visit (0..1), where only the sections in `mask` have a score."""
    known = plan.shares.get(mask)
    if known is not None:
        return known
    found = [ZERO] * len(plan.nodes)
    _spread(plan, [node.place for node in plan.top], Fraction(1), mask, found)
    if len(plan.shares) < REMEMBERED:
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

"""What moves a score after the sums: holds, caps, zeros and deductions, in their fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from auditkit.model.judging import CriticalEffect, Effect
from auditkit.model.score import ItemScore, Step
from auditkit.scoring.plan import Plan, held


class Acting(NamedTuple):
    """One critical effect that acts in this visit."""

    item: str
    section: str
    effect: CriticalEffect


def acting(items: Iterable[ItemScore]) -> tuple[Acting, ...]:
    """The critical effects of a visit, in the order of its items."""
    return tuple(Acting(item.item, item.section, effect) for item in items for effect in item.critical)


def on_section(section: str, value: Fraction, acts: Sequence[Acting]) -> tuple[Fraction, list[Step]]:
    """The lowest `cap_section` of a section's own items, then `zero_section`."""
    own = [act for act in acts if act.section == section]
    value, steps = _lowered(section, value, _lowest_cap(own, Effect.CAP_SECTION))
    value, zeroed = _lowered(section, value, _first(own, Effect.ZERO_SECTION))
    return value, [*steps, *zeroed]


def on_visit(plan: Plan, value: Fraction, acts: Sequence[Acting]) -> tuple[Fraction, list[Step]]:
    """Every `deduct`, the hold at 0, the lowest `cap_visit`, `zero_visit`."""
    steps: list[Step] = []
    for act in acts:
        if act.effect.effect is Effect.DEDUCT:
            amount = Fraction(act.effect.amount or 0)
            after = value + amount if plan.lower else value - amount
            steps.append(Step("deduct", "", value, after, act.item))
            value = after
    if steps and value < 0:
        value, kept = held(plan, "", value)
        steps += kept
    value, capped = _lowered("", value, _lowest_cap(acts, Effect.CAP_VISIT))
    value, zeroed = _lowered("", value, _first(acts, Effect.ZERO_VISIT))
    return value, [*steps, *capped, *zeroed]


def lowest_grade_cap(plan: Plan, acts: Sequence[Acting]) -> Acting | None:
    """The `cap_grade` that leaves the lowest grade; the first such item where several do."""
    names = [row.grade for row in plan.grades]
    caps = [act for act in acts if act.effect.effect is Effect.CAP_GRADE and act.effect.grade in names]
    return max(caps, key=lambda act: names.index(act.effect.grade or ""), default=None)


def _lowest_cap(acts: Sequence[Acting], kind: Effect) -> Acting | None:
    caps = [act for act in acts if act.effect.effect is kind]
    return min(caps, key=lambda act: act.effect.amount or 0, default=None)


def _first(acts: Sequence[Acting], kind: Effect) -> Acting | None:
    return next((act for act in acts if act.effect.effect is kind), None)


def _lowered(where: str, value: Fraction, act: Acting | None) -> tuple[Fraction, list[Step]]:
    if act is None:
        return value, []
    # An effect never lifts a score that is already below it.
    after = min(value, Fraction(act.effect.amount or 0))
    return after, [Step(act.effect.effect.value, where, value, after, act.item)]

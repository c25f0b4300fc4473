"""Where the points went: what each item cost, what bonuses brought, and what holds and effects took."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from auditkit.model.checklist import Checklist
from auditkit.model.credits import ZERO
from auditkit.model.score import ItemScore, SectionScore, Step, VisitScore
from auditkit.scoring.plan import Plan, plan_of


class Line(NamedTuple):
    """One line of the way from the full score to the score given; all lines add up to it exactly."""

    what: str
    """`full`, `lost`, `bonus`, or what the step is called."""
    where: str
    """Section id, '' for the visit."""
    item: str
    points: Fraction


def points_lost(checklist: Checklist, visit: VisitScore) -> dict[str, Fraction]:
    """Item id → points of the visit's 100 that it cost (in `points`: points short of the best), bonus items left out.

    They add up to 100 − base (in `points`: to the distance of base from `highest`). Empty where nothing was scored.
    """
    if visit.score is None or not visit.items:
        return {}
    plan = plan_of(checklist)
    per_point: dict[str, Fraction] = {}
    lost: dict[str, Fraction] = {}
    for item in visit.items:
        short = _short(item)
        if short is ZERO:
            lost[item.item] = ZERO
        elif short is not None:
            per_point = per_point or _per_point(plan, visit.items, visit.sections)
            lost[item.item] = short * per_point[item.section]
    return lost


_SHORTS: dict[int, tuple[ItemScore, Fraction | None]] = {}
_MOST_SHORTS = 65_536


def _short(item: ItemScore) -> Fraction | None:
    """By how much an item is short of its best; `None` where it is out of the sums, or a bonus."""
    # By identity: visits that answered alike share an item's score, and fractions are slow to compare and to hash.
    known = _SHORTS.get(id(item))
    if known is not None:
        return known[1]
    counts = item.credit is not None and not item.bonus
    found = (abs(item.possible - item.earned) or ZERO) if counts else None
    if len(_SHORTS) >= _MOST_SHORTS:
        _SHORTS.clear()
    _SHORTS[id(item)] = (item, found)
    return found


def bonus_points(checklist: Checklist, visit: VisitScore) -> dict[str, Fraction]:
    """Item id → points that a bonus item added before holds and effects."""
    if visit.score is None or not visit.items:
        return {}
    per_point = _per_point(plan_of(checklist), visit.items, visit.sections)
    return {
        item.item: item.earned * per_point[item.section]
        for item in visit.items
        if item.credit is not None and item.bonus
    }


def bridge(checklist: Checklist, visit: VisitScore) -> tuple[Line, ...]:
    """Full score, points lost, bonuses, holds and effects, in this order: their sum is the score, as fractions."""
    if visit.score is None:
        return ()
    if not visit.items:
        return (Line("unreached", "", "", visit.score),)
    plan = plan_of(checklist)
    sign = 1 if plan.lower else -1
    section_of = {item.item: item.section for item in visit.items}
    lost = points_lost(checklist, visit)
    bonus = bonus_points(checklist, visit)
    return (
        Line("full", "", "", visit.highest),
        *(Line("lost", section_of[item], item, sign * points) for item, points in lost.items()),
        *(Line("bonus", section_of[item], item, points) for item, points in bonus.items()),
        *(Line(s.what, s.where, s.item, moved(plan, visit.sections, s)) for s in visit.steps),
    )


def moved(plan: Plan, sections: Sequence[SectionScore], step: Step) -> Fraction:
    """By how much a step moved the visit's score: a section's by its share, and not at all where items are pooled."""
    change = step.after - step.before
    if not step.where or not plan.percent:
        return change
    if plan.pooled:
        return ZERO
    return change * next(one.share for one in sections if one.section == step.where)


def base_of(plan: Plan, items: Sequence[ItemScore], sections: Sequence[SectionScore]) -> Fraction:
    """The score without bonus, holds and effects."""
    if not plan.percent:
        return plan.start + sum((item.earned for item in items if not item.bonus), ZERO)
    per_point = _per_point(plan, items, sections)
    return 100 - sum(
        ((item.possible - item.earned) * per_point[item.section] for item in items if not item.bonus), ZERO
    )


def _per_point(plan: Plan, items: Sequence[ItemScore], sections: Sequence[SectionScore]) -> dict[str, Fraction]:
    """Section id → what one weighted credit of it is worth in the visit's score."""
    if not plan.percent:
        return {one.section: Fraction(1) for one in sections}
    if plan.pooled:
        whole = sum((item.possible for item in items), ZERO)
        return {one.section: 100 / whole if whole > 0 else ZERO for one in sections}
    return {one.section: one.share * 100 / one.possible if one.possible > 0 else ZERO for one in sections}

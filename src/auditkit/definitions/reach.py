"""The best and the worst credit that an answer to an item can earn."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from auditkit.model.checklist import Checklist
from auditkit.model.items import AnyItem, Choice, Deadline, Duration, Multi, NumberItem, Scale, is_scored

ZERO, ONE = Decimal(0), Decimal(1)


class Reach(NamedTuple):
    """Credits as numbers, the greater one last, whichever direction is the good one."""

    least: Decimal
    greatest: Decimal


def reach(item: AnyItem, *, points: bool, lower: bool = False) -> Reach:
    """Between which credits an item's answers lie (docs: scoring, 2)."""
    match item:
        case Choice():
            return _ends(option.credit for option in item.options)
        case Multi():
            return _multi(item, points=points, lower=lower)
        case Scale() if item.credits:
            return _ends(item.credits.values())
        case NumberItem() | Duration() | Deadline() if item.bands:
            return _ends(band.credit for band in item.bands)
        case _:
            return Reach(ZERO, ONE)


def total(checklist: Checklist) -> Reach:
    """Between which points a visit lies before effects, where items may be out or asked of some visits only."""
    least = greatest = checklist.start
    lower = checklist.direction == "lower_is_better"
    for _, item in checklist.walk_items():
        if is_scored(item):
            low, high = reach(item, points=True, lower=lower)
            least += item.weight * min(low, ZERO)
            greatest += item.weight * max(high, ZERO)
    return Reach(least, greatest)


def _ends(credits_: Iterable[Decimal]) -> Reach:
    found = sorted(credits_)
    return Reach(found[0], found[-1])


def _multi(item: Multi, *, points: bool, lower: bool) -> Reach:
    positive = sum((o.credit for o in item.options if o.credit > 0), ZERO)
    negative = sum((o.credit for o in item.options if o.credit < 0), ZERO)
    greatest = positive if points else min(ONE, positive)
    good, bad = (negative, greatest) if lower else (greatest, negative)
    return _ends([good if item.best is None else item.best, bad if item.worst is None else item.worst])

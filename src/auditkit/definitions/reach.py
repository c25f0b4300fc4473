"""The best and the worst credit that an answer to an item can earn."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from auditkit.model.items import AnyItem, Choice, Deadline, Duration, Multi, NumberItem, Scale

ZERO, ONE = Decimal(0), Decimal(1)


class Reach(NamedTuple):
    """Credits as numbers, the greater one last, whichever direction is the good one."""

    least: Decimal
    greatest: Decimal


def reach(item: AnyItem, *, points: bool) -> Reach:
    """Between which credits an item's answers lie (docs: scoring, 2)."""
    match item:
        case Choice():
            return _ends(option.credit for option in item.options)
        case Multi():
            return _multi(item, points=points)
        case Scale() if item.credits:
            return _ends(item.credits.values())
        case NumberItem() | Duration() | Deadline() if item.bands:
            own = [] if isinstance(item, (NumberItem, Duration)) else [ONE]
            return _ends([*own, *(band.credit for band in item.bands)])
        case _:
            return Reach(ZERO, ONE)


def _ends(credits_: Iterable[Decimal]) -> Reach:
    found = sorted(credits_)
    return Reach(found[0], found[-1])


def _multi(item: Multi, *, points: bool) -> Reach:
    positive = sum((o.credit for o in item.options if o.credit > 0), ZERO)
    negative = sum((o.credit for o in item.options if o.credit < 0), ZERO)
    greatest = item.best if item.best is not None else positive if points else min(ONE, positive)
    return Reach(item.worst if item.worst is not None else negative, greatest)

"""The least and the greatest that can be earned, in an item and in a visit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from auditkit.model.checklist import Checklist
from auditkit.model.credits import rules
from auditkit.model.items import AnyItem

ZERO = Decimal(0)


class Reach(NamedTuple):
    """Credits, the greater one last, whichever direction is the good one."""

    least: Decimal
    greatest: Decimal


def reach(item: AnyItem, checklist: Checklist) -> Reach:
    """Between which credits an item's answers lie; nothing for one that earns nothing."""
    judged_by = rules(item, checklist)
    if judged_by is None:
        return Reach(ZERO, ZERO)
    low, high = sorted((judged_by.best, judged_by.worst))
    return Reach(_written(low), _written(high))


def total(checklist: Checklist) -> Reach:
    """Between which points a visit lies before effects, where items may be out or asked of some visits only."""
    least = greatest = checklist.start
    for _, item in checklist.walk_items():
        low, high = reach(item, checklist)
        least += item.weight * min(low, ZERO)
        greatest += item.weight * max(high, ZERO)
    return Reach(least, greatest)


def _written(credit: Fraction) -> Decimal:
    """A credit that stands in a definition, or is a sum of such: a decimal as it is."""
    return Decimal(credit.numerator) / Decimal(credit.denominator)

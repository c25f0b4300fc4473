"""How much of a visit's result hangs on each item and section when everything is asked and answered."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from auditkit.model.checklist import Checklist, Section
from auditkit.model.items import AnyItem, is_scored

Shares = dict[str, Fraction]
"""Item id, or `/section id` → its part of the whole, 0 to 1; items that earn nothing, or only a bonus, are absent."""


def shares(checklist: Checklist) -> Shares:
    """Of every scored item and every section, in percent scoring; where items are pooled, of the whole pool."""
    found: Shares = {}
    if checklist.pools_items:
        items = [item for _, item in checklist.walk_items()]
        _spread(items, Fraction(1), found)
        _sum_up(checklist.sections, found)
    else:
        _among(checklist.sections, Fraction(1), found)
    return found


def _among(sections: Sequence[Section], whole: Fraction, found: Shares) -> None:
    weighed = [(section, _weight(section)) for section in sections if _counts(section)]
    total = sum((weight for _, weight in weighed), Fraction(0))
    for section, weight in weighed:
        part = whole * weight / total if total else Fraction(0)
        found["/" + section.id] = part
        if section.items:
            _spread(section.items, part, found)
        else:
            _among(section.sections, part, found)


def _weight(section: Section) -> Fraction:
    return Fraction(section.weight) if section.weight is not None else Fraction(1)


def _counts(section: Section) -> bool:
    return any(_earns(item) for item in section.items) or any(_counts(child) for child in section.sections)


def _earns(item: AnyItem) -> bool:
    return is_scored(item) and not item.bonus and item.weight > 0


def _spread(items: Sequence[AnyItem], whole: Fraction, found: Shares) -> None:
    earning = [item for item in items if _earns(item)]
    total = sum((Fraction(item.weight) for item in earning), Fraction(0))
    for item in earning:
        found[item.id] = whole * Fraction(item.weight) / total


def _sum_up(sections: Sequence[Section], found: Shares) -> Fraction:
    whole = Fraction(0)
    for section in sections:
        own = sum((found.get(item.id, Fraction(0)) for item in section.items), Fraction(0))
        found["/" + section.id] = own + _sum_up(section.sections, found)
        whole += found["/" + section.id]
    return whole

"""How much of a visit's result hangs on each item and section when everything is asked and answered."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from auditkit.model.checklist import Checklist, Section
from auditkit.model.credits import ONE, ZERO, rules
from auditkit.model.items import AnyItem

Shares = dict[str, Fraction]
"""Item id, or `/section id` → its part of the whole, 0 to 1; items that earn nothing, or only a bonus, are absent."""


def shares(checklist: Checklist) -> Shares:
    """Of every scored item and every section, in percent scoring; where items are pooled, of the whole pool."""
    possible = {item.id: _possible(item, checklist) for _, item in checklist.walk_items()}
    found: Shares = {}
    if checklist.pools_items:
        whole = sum(possible.values(), ZERO)
        found |= {name: part / whole for name, part in possible.items() if part}
        _sum_up(checklist.sections, found)
    else:
        _among(checklist.sections, ONE, possible, found)
    return found


def _possible(item: AnyItem, checklist: Checklist) -> Fraction:
    """What the best answer adds to what is possible; 0 for a bonus and for what earns nothing."""
    judged_by = rules(item, checklist)
    return ZERO if judged_by is None or item.bonus else Fraction(item.weight) * judged_by.best


def _among(sections: Sequence[Section], whole: Fraction, possible: Shares, found: Shares) -> None:
    weighed = [(section, _weight(section)) for section in sections if _counts(section, possible)]
    total = sum((weight for _, weight in weighed), ZERO)
    for section, weight in weighed:
        part = found["/" + section.id] = whole * weight / total if total else ZERO
        here = {item.id: possible[item.id] for item in section.items}
        inside = sum(here.values(), ZERO)
        found |= {name: part * one / inside for name, one in here.items() if one}
        _among(section.sections, part, possible, found)


def _weight(section: Section) -> Fraction:
    return Fraction(section.weight) if section.weight is not None else ONE


def _counts(section: Section, possible: Shares) -> bool:
    return any(possible[item.id] for item in section.items) or any(_counts(each, possible) for each in section.sections)


def _sum_up(sections: Sequence[Section], found: Shares) -> Fraction:
    whole = ZERO
    for section in sections:
        own = sum((found.get(item.id, ZERO) for item in section.items), ZERO)
        found["/" + section.id] = own + _sum_up(section.sections, found)
        whole += found["/" + section.id]
    return whole

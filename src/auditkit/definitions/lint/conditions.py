"""Rules over `applies_when`: what is written is asked of somebody."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, combinations, product
from math import prod
from typing import Any

from auditkit.definitions.evidence import Evidence
from auditkit.definitions.lint.rules import Remark, rule
from auditkit.model.conditions import All, AnyOf, Not, Test, holds, items_of
from auditkit.model.items import AnyItem, Choice, Multi, NumberItem, Scale, Timestamp, YesNo
from auditkit.model.visit import NEVER, NO, NOT_APPLICABLE, NOT_OBSERVED, YES

_Condition = Test | All | AnyOf | Not

MOST_CASES = 20_000
"""Conditions with more combinations of answers than this are not tried through."""
_MOST_TICKS = 6
"""Multi items with more options are tried with each one, none, and all."""


@rule("D350")
def never_asked(evidence: Evidence) -> Iterator[Remark]:
    """A condition that does not hold for any combination of answers to the items that it looks at.

    What hangs on it is never asked of anybody, and everybody believes that it is.

    Correct the condition: 'at least 3 and at most 2', or two answers to one question at once, cannot be.
    """
    for condition, path, name in _conditions(evidence):
        operands = [evidence.items[each] for each in dict.fromkeys(items_of(condition)) if each in evidence.items]
        cases = [_possible(item, condition) for item in operands]
        if not operands or prod(map(len, cases)) > MOST_CASES:
            continue
        names = [item.id for item in operands]
        tried = (
            {name: answer for name, answer in zip(names, case, strict=True) if answer is not None}
            for case in product(*cases)
        )
        if not any(holds(condition, answers) for answers in tried):
            yield Remark((*path, "applies_when"), name)


def _conditions(evidence: Evidence) -> Iterator[tuple[_Condition, tuple[str | int, ...], str]]:
    for section, path in evidence.sections:
        if section.applies_when is not None:
            yield section.applies_when, path, section.id
    for spot in evidence.spots:
        if spot.item.applies_when is not None:
            yield spot.item.applies_when, spot.path, spot.item.id


def _possible(item: AnyItem, condition: _Condition) -> list[Any]:
    """The answers that an item can have, as far as the condition tells them apart; `None`: none."""
    states = [NOT_APPLICABLE] if item.not_applicable else []
    states += [NOT_OBSERVED] if item.not_observed else []
    own: list[Any]
    match item:
        case YesNo():
            own = [YES, NO]
        case Choice():
            own = [option.id for option in item.options]
        case Multi():
            own = list(_ticks([option.id for option in item.options]))
        case Scale():
            own = list(range(item.min, item.max + 1))
        case NumberItem():
            own = [at for at in _around(item, condition) if _typed(item, at)]
        case Timestamp():
            own = ["2026-01-05T10:00", NEVER]
        case _:
            own = ["x"]
    return [None, *own, *states]


def _ticks(ids: list[str]) -> Iterator[tuple[str, ...]]:
    if len(ids) <= _MOST_TICKS:
        yield from chain.from_iterable(combinations(ids, n) for n in range(len(ids) + 1))
    else:
        yield from ((), *((each,) for each in ids), tuple(ids))


def _around(item: NumberItem, condition: _Condition) -> list[Decimal]:
    """At each bound, just below and just above: between two bounds nothing changes."""
    bounds = list(_bounds(condition, item.id))
    bounds += [each for each in (item.lowest, item.highest) if each is not None]
    step = Decimal("0.5")
    return sorted({at for bound in bounds or [Decimal(0)] for at in (bound - step, bound, bound + step)})


def _bounds(condition: _Condition, item: str) -> Iterator[Decimal]:
    match condition:
        case Test() if condition.item == item:
            yield from (each for each in (condition.at_least, condition.at_most) if each is not None)
            words = [condition.is_, *(condition.in_ or ())]
            yield from (Decimal(word) for word in words if word is not None and word.lstrip("-").isdigit())
        case All():
            for part in condition.all:
                yield from _bounds(part, item)
        case AnyOf():
            for part in condition.any:
                yield from _bounds(part, item)
        case Not():
            yield from _bounds(condition.not_, item)


def _typed(item: NumberItem, number: Decimal) -> bool:
    return not (item.lowest is not None and number < item.lowest) and not (
        item.highest is not None and number > item.highest
    )


RULES = (never_asked,)

"""Rules over `applies_when`: what is written is asked of somebody."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import chain, combinations, pairwise, product
from math import prod
from typing import Any

from auditkit.definitions.evidence import Evidence
from auditkit.definitions.lint.rules import Remark, rule
from auditkit.definitions.proofs_conditions import answers_of
from auditkit.model.conditions import All, AnyOf, Not, Test, holds, items_of
from auditkit.model.items import AnyItem, Multi, NumberItem, Timestamp

_Condition = Test | All | AnyOf | Not

MOST_CASES = 20_000
"""Conditions with more combinations of answers than this are not tried through."""
_MOST_NAMED = 12
"""Nor are those that name more options of one multi item than this."""


@rule("D350")
def never_asked(evidence: Evidence) -> Iterator[Remark]:
    """A condition that does not hold for any combination of answers to the items that it looks at.

    What hangs on it is never asked of anybody, and everybody believes that it is.

    Correct the condition: 'at least 3 and at most 2', or two answers to one question at once, cannot be.
    """
    for condition, path, name in _conditions(evidence):
        items = [evidence.items[each] for each in dict.fromkeys(items_of(condition)) if each in evidence.items]
        cases = [_possible(item, list(_tests(condition, item.id))) for item in items]
        if not items or not all(cases) or prod(map(len, cases)) > MOST_CASES:
            continue
        tried = (
            {item.id: answer for item, answer in zip(items, case, strict=True) if answer is not None}
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


def _possible(item: AnyItem, tests: list[Test]) -> list[Any]:
    """The answers that an item can have, as far as the tests tell them apart; `None`: none. Empty: too many."""
    known = answers_of(item)
    if known is None:
        return [None, "something typed"]
    if isinstance(item, NumberItem):
        return [None, *known, *_numbers(item, tests)]
    if isinstance(item, Timestamp):
        return [None, *known, "a time"]
    if not isinstance(item, Multi):
        return [None, *known]
    named = sorted({word for test in tests for word in (test.includes, test.is_, *(test.in_ or ())) if word})
    options = [option.id for option in item.options]
    told_apart = [each for each in options if each in named] + [each for each in options if each not in named][:1]
    if len(told_apart) > _MOST_NAMED:
        return []
    ticks = chain.from_iterable(combinations(told_apart, n) for n in range(len(told_apart) + 1))
    return [None, *ticks, *(each for each in known if each not in options and each != "none")]


def _tests(condition: _Condition, item: str) -> Iterator[Test]:
    """The parts of a condition that look at an item."""
    match condition:
        case Test():
            yield from (condition,) if condition.item == item else ()
        case All():
            yield from chain.from_iterable(_tests(part, item) for part in condition.all)
        case AnyOf():
            yield from chain.from_iterable(_tests(part, item) for part in condition.any)
        case Not():
            yield from _tests(condition.not_, item)


def _numbers(item: NumberItem, tests: list[Test]) -> list[Decimal]:
    """Every bound, one number between each two of them, and one beyond the ends: nothing else makes a difference."""
    words = [word for test in tests for word in (test.is_, *(test.in_ or ())) if word is not None]
    bounds = {bound for test in tests for bound in (test.at_least, test.at_most) if bound is not None}
    bounds |= {number for word in words if (number := _number(word)) is not None}
    bounds |= {each for each in (item.lowest, item.highest) if each is not None}
    ordered = sorted(bounds or {Decimal(0)})
    between = [(one + other) / 2 for one, other in pairwise(ordered)]
    low, high = item.lowest, item.highest
    tried = [*ordered, *between, ordered[0] - 1, ordered[-1] + 1]
    return [each for each in tried if (low is None or each >= low) and (high is None or each <= high)]


def _number(word: str) -> Decimal | None:
    try:
        return Decimal(word)
    except InvalidOperation:
        return None


RULES = (never_asked,)

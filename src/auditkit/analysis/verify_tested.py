"""Reasons held against the whole wave: a rule that would spoil what agrees is a coincidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from auditkit.analysis.verification import Compared, Finding
from auditkit.analysis.verify_reasons import Figure, agrees_under
from auditkit.analysis.verify_rules import WITHOUT, Rescored, order_of
from auditkit.analysis.verify_stated import stated
from auditkit.model.published import Published, Written

_LOOKED_AT = 120
"""Agreeing figures on which a rule is tried."""
_MOST_RULES = 60
_SPOILT = 0.1
_HALF = 0.5
_LEAST = 3
_MOST_GOOD = 20
_FROM_SECTIONS = "from_published_sections"


class Scored(NamedTuple):
    """A visit that was compared."""

    rescored: Rescored
    published: Published
    written: Callable[[str], Written]


def tested(compared: Sequence[tuple[Compared, Scored]]) -> list[Compared]:
    """The same figures, each without the rules that fit it by chance, and with those that fit the wave."""
    rules = Counter(rule for each, _ in compared for rule in each.why)
    asked = [rule for rule, _ in rules.most_common(_MOST_RULES)]
    good = sorted((rule for rule in asked if not _by_chance(rule, rules[rule], compared)), key=order_of)
    wrong = {_visit(each) for each, _ in compared if each.kind == "sections" and each.finding is Finding.DISAGREES}
    return [_with_rules(each, visit, good, follows=_visit(each) in wrong) for each, visit in compared]


def _by_chance(rule: str, count: int, compared: Sequence[tuple[Compared, Scored]]) -> bool:
    """Whether a rule spoils more than a few agreeing figures, or many even though it explains most of the others."""
    names = {(each.checklist, each.name) for each, _ in compared if rule in each.why}
    alike = [(each, visit) for each, visit in compared if (each.checklist, each.name) in names]
    differing = sum(1 for each, _ in alike if each.finding is Finding.DISAGREES and not each.unread)
    if rule.startswith(WITHOUT) and count < _LEAST:
        return True  # leaving out the one answer that was changed always explains the change
    right = [(each, visit) for each, visit in alike if each.finding is Finding.AGREES and each.ours is not None]
    sample = right[:: max(1, len(right) // _LOOKED_AT)]
    spoilt = sum(1 for each, visit in sample if not _agrees(rule, each, visit))
    much = _HALF if count >= _HALF * differing and count > 1 else _SPOILT
    return spoilt > much * len(sample)


def _with_rules(each: Compared, visit: Scored, good: Sequence[str], *, follows: bool) -> Compared:
    if each.finding is not Finding.DISAGREES or each.unread or each.kind == "grade":
        return each
    why = [rule for rule in good[:_MOST_GOOD] if rule in each.why or _agrees(rule, each, visit)]
    if follows and each.kind == "final" and _FROM_SECTIONS in each.why:
        # A visit's score that differs as its sections do has no reason of its own.
        why = [*(rule for rule in why if rule != _FROM_SECTIONS), "follows_sections"]
    return each if tuple(why) == each.why else replace(each, why=tuple(sorted(why, key=order_of)))


def _agrees(rule: str, each: Compared, visit: Scored) -> bool:
    written = visit.written(each.name)
    figure = Figure(each.name, stated(each.published, written), each.ours, written)
    return agrees_under(rule, figure, visit.rescored, visit.published)


def _visit(each: Compared) -> tuple[str, str, str]:
    return each.checklist, each.visit_id, each.place.file

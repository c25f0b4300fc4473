"""Proofs over `applies_when`: it names items that exist, answers that they can have, and never runs in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from auditkit.definitions.documents import Keys
from auditkit.definitions.evidence import Evidence, Spot
from auditkit.model.conditions import All, AnyOf, Not, Test, items_of
from auditkit.model.items import DERIVED, AnyItem, Choice, Multi, NumberItem, Scale, Timestamp, YesNo
from auditkit.model.visit import NEVER, NOT_APPLICABLE, NOT_OBSERVED
from auditkit.problems import Severity, declare, nearest

NO_ITEM = declare(
    "D210",
    Severity.ERROR,
    finds="A reference to an item that the checklist does not have.",
    why="A condition on it would never hold, a deadline from it could never be reckoned.",
    mend="Correct the id; the nearest one is named.",
)
NO_ANSWER = declare(
    "D211",
    Severity.ERROR,
    finds="A condition that waits for an answer which the item cannot have.",
    why="It would never hold, and the question would never be asked.",
    mend="Use one of the answers named.",
)
NOT_COMPARABLE = declare(
    "D212",
    Severity.ERROR,
    finds="A comparison that the item's kind does not allow: `at_least` on anything but a number or scale, "
    "`includes` on anything but a `multi`, any test on a derived item.",
    why="It would never hold.",
    mend="Test `is:` or `in:`, or another item.",
)
ROUND = declare(
    "D213",
    Severity.ERROR,
    finds="Conditions that depend on each other in a circle, or an item that depends on itself.",
    why="Which question comes first could not be settled.",
    mend="Take one of the conditions named out.",
)
NO_TEST = declare(
    "D214",
    Severity.ERROR,
    finds="A condition that names an item but not what is to be true of it, or a list with nothing in it.",
    why="It cannot be known when the question is to be asked.",
    mend="Add `is:`, `in:`, `at_least:`, `at_most:` or `includes:`.",
)

Any_ = Test | All | AnyOf | Not


def prove_conditions(evidence: Evidence) -> None:
    """Every condition of sections and items."""
    for section, path in evidence.sections:
        if section.applies_when is not None:
            _prove(evidence, section.applies_when, (*path, "applies_when"))
    for spot in evidence.spots:
        if spot.item.applies_when is not None:
            _prove(evidence, spot.item.applies_when, (*spot.path, "applies_when"))
    _circles(evidence)


def _prove(evidence: Evidence, condition: Any_, path: Keys) -> None:
    parts = list(_parts(evidence, condition, path))
    for test, at in parts:
        _test(evidence, test, at)
    if not parts:
        evidence.say(NO_TEST, path, "[]")


def _parts(evidence: Evidence, condition: Any_, path: Keys) -> Iterator[tuple[Test, Keys]]:
    match condition:
        case Test():
            yield condition, path
        case Not():
            yield from _parts(evidence, condition.not_, (*path, "not"))
        case All():
            # A bare list is `all:` too, and has no such key.
            inner = (*path, "all") if evidence.origins.has((*path, "all")) else path
            for at, part in enumerate(condition.all):
                yield from _parts(evidence, part, (*inner, at))
        case AnyOf():
            for at, part in enumerate(condition.any):
                yield from _parts(evidence, part, (*path, "any", at))


def _test(evidence: Evidence, test: Test, path: Keys) -> None:
    item = evidence.items.get(test.item)
    if item is None:
        known = nearest(test.item, evidence.items) or ", ".join(evidence.items)
        evidence.say(NO_ITEM, (*path, "item"), test.item, known=known)
        return
    if item.id in evidence.untrusted:
        return
    asked = (test.is_, test.in_, test.at_least, test.at_most, test.includes)
    if all(each is None for each in asked):
        evidence.say(NO_TEST, (*path, "item"), test.item)
    elif item.kind in DERIVED:
        keys = ("is", "in", "at_least", "at_most", "includes")
        tried = next(key for key, said in zip(keys, asked, strict=True) if said is not None)
        evidence.say(NOT_COMPARABLE, (*path, "item"), tried, kind=item.kind, item=item.id)
    else:
        _values(evidence, test, item, path)


def _values(evidence: Evidence, test: Test, item: AnyItem, path: Keys) -> None:
    wanted = [((*path, "is"), test.is_)] if test.is_ is not None else []
    wanted += [((*path, "in", at), value) for at, value in enumerate(test.in_ or ())]
    for at, value in wanted:
        _value(evidence, item, value, at)
    for key, bound in (("at_least", test.at_least), ("at_most", test.at_most)):
        if bound is not None and not isinstance(item, (NumberItem, Scale)):
            evidence.say(NOT_COMPARABLE, (*path, key), key, kind=item.kind, item=item.id)
    if test.includes is not None:
        if not isinstance(item, Multi):
            evidence.say(NOT_COMPARABLE, (*path, "includes"), "includes", kind=item.kind, item=item.id)
        elif test.includes not in [option.id for option in item.options]:
            _refuse(evidence, item, test.includes, (*path, "includes"), [option.id for option in item.options])


def _value(evidence: Evidence, item: AnyItem, value: str, path: Keys) -> None:
    known = answers_of(item)
    if known is None or value in known:
        return
    if isinstance(item, (NumberItem, Scale)) and _fits(item, value):
        return
    _refuse(evidence, item, value, path, known)


def _refuse(evidence: Evidence, item: AnyItem, value: str, path: Keys, known: list[str]) -> None:
    evidence.say(NO_ANSWER, path, value, item=item.id, known=nearest(value, known) or ", ".join(known))


def answers_of(item: AnyItem) -> list[str] | None:
    """Every answer and state that an item can have, numbers aside; `None`: anything that is typed."""
    states = [NOT_APPLICABLE] * item.not_applicable + [NOT_OBSERVED] * item.not_observed
    match item:
        case YesNo():
            typed = ["yes", "no"]
        case Choice():
            typed = [option.id for option in item.options]
        case Multi():
            typed = [*(option.id for option in item.options), "none"]
        case Scale():
            typed = [str(step) for step in range(item.min, min(item.max, item.min + 100) + 1)]
        case NumberItem():
            typed = []
        case Timestamp():
            typed = [NEVER]
        case _:
            return None
    return [*typed, *states]


def _fits(item: NumberItem | Scale, value: str) -> bool:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    if isinstance(item, Scale):
        return number == int(number) and item.min <= number <= item.max
    return True


def _circles(evidence: Evidence) -> None:
    needs = {spot.item.id: _needs(spot) for spot in evidence.spots}
    spots = {spot.item.id: spot for spot in evidence.spots}
    for circle in _found(needs):
        first = spots[circle[0]]
        evidence.say(ROUND, (*first.path, "applies_when"), circle[0], circle=" → ".join([*circle, circle[0]]))


def _needs(spot: Spot) -> list[str]:
    conditions = [*(section.applies_when for section in spot.within), spot.item.applies_when]
    return [id_ for condition in conditions if condition is not None for id_ in items_of(condition)]


def _found(needs: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Each circle once, beginning with the item of it that stands first."""
    done: set[str] = set()
    for start in needs:
        trail: list[str] = []
        waiting = [iter((start,))]
        while waiting:
            item = next(waiting[-1], None)
            if item is None:
                waiting.pop()
                if trail:
                    done.add(trail.pop())
            elif item in trail:
                yield trail[trail.index(item) :]
            elif item not in done and item in needs:
                trail.append(item)
                waiting.append(iter(needs[item]))

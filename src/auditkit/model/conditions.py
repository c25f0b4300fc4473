"""`applies_when`: tests on other items' answers, joined by all, any, not; used by forms, intake and scoring alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag

from auditkit.model.record import Names, Number, Record, Word


class Test(Record):
    """One item's answer is looked at; several comparisons in one test must all hold."""

    item: Word
    is_: Word | None = Field(None, alias="is")
    """An answer, or a state: `is: yes`, `is: not_applicable`."""
    in_: Names | None = Field(None, alias="in")
    """One of these answers."""
    at_most: Number | None = None
    at_least: Number | None = None
    includes: Word | None = None
    """The option stands among the chosen ones of a `multi` item."""


class All(Record):
    """Every part holds."""

    all: tuple[Condition, ...]


class AnyOf(Record):
    """At least one part holds."""

    any: tuple[Condition, ...]


class Not(Record):
    """The part does not hold."""

    not_: Condition = Field(alias="not")


def _shape(value: Any) -> str:
    for shape in ("all", "any", "not"):
        if (isinstance(value, Mapping) and shape in value) or type(value).__name__ == {
            "all": "All",
            "any": "AnyOf",
            "not": "Not",
        }[shape]:
            return shape
    return "test"


def _listed(value: object) -> object:
    return {"all": value} if isinstance(value, (list, tuple)) else value


Condition = Annotated[
    Annotated[Test, Tag("test")]
    | Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(_shape),
    BeforeValidator(_listed),
]
"""A test, or `all:` / `any:` a list of conditions, or `not:` a condition; a bare list means all of it."""

Answers = Mapping[str, Any]
"""Item id → canonical answer (see `visit.Value`); an item without an answer is absent."""


def items_of(condition: Test | All | AnyOf | Not) -> Iterator[str]:
    """The ids of the items that a condition looks at, in the order written."""
    match condition:
        case Test():
            yield condition.item
        case All():
            for part in condition.all:
                yield from items_of(part)
        case AnyOf():
            for part in condition.any:
                yield from items_of(part)
        case Not():
            yield from items_of(condition.not_)


def compiled(condition: Test | All | AnyOf | Not) -> Callable[[Answers], bool]:
    """A condition as one function of the answers; a test on an item without an answer does not hold."""
    match condition:
        case Test():
            return _compiled_test(condition)
        case All():
            parts = [compiled(part) for part in condition.all]
            return lambda answers: all(part(answers) for part in parts)
        case AnyOf():
            options = [compiled(part) for part in condition.any]
            return lambda answers: any(option(answers) for option in options)
        case Not():
            inner = compiled(condition.not_)
            return lambda answers: not inner(answers)


def decided(condition: Test | All | AnyOf | Not) -> Callable[[Answers, Collection[str]], bool | None]:
    """Like `compiled`, but `None` where the outcome hangs on one of the missing items that the caller names."""
    match condition:
        case Test():
            item, look = condition.item, _compiled_test(condition)
            return lambda answers, missing: None if item in missing else look(answers)
        case All():
            parts = [decided(part) for part in condition.all]
            return lambda answers, missing: _together([part(answers, missing) for part in parts], weak=False)
        case AnyOf():
            options = [decided(part) for part in condition.any]
            return lambda answers, missing: _together([part(answers, missing) for part in options], weak=True)
        case Not():
            inner = decided(condition.not_)
            return lambda answers, missing: None if (held := inner(answers, missing)) is None else not held


def _together(found: Collection[bool | None], *, weak: bool) -> bool | None:
    """`weak`: one that holds is enough; else one that does not hold is enough to fail."""
    if weak in found:
        return weak
    return None if None in found else not weak


def holds(condition: Test | All | AnyOf | Not, answers: Answers) -> bool:
    """Whether the condition holds for these answers."""
    return compiled(condition)(answers)


def _compiled_test(test: Test) -> Callable[[Answers], bool]:
    wanted = set(test.in_) if test.in_ is not None else None
    item, exact, low, high, option = test.item, test.is_, test.at_least, test.at_most, test.includes

    def look(answers: Answers) -> bool:
        answer = answers.get(item)
        if answer is None:
            return False
        if exact is not None and not _same(answer, exact):
            return False
        if wanted is not None and not any(_same(answer, one) for one in wanted):
            return False
        if option is not None and not (isinstance(answer, tuple) and option in answer):
            return False
        return _between(answer, low, high)

    return look


def _same(answer: object, wanted: str) -> bool:
    if isinstance(answer, tuple):
        return answer == (wanted,) or (not answer and wanted == "none")
    if isinstance(answer, (int, Decimal)):
        number = _number(wanted)
        return number is not None and answer == number
    return str(answer) == wanted


def _between(answer: object, low: Decimal | None, high: Decimal | None) -> bool:
    if low is None and high is None:
        return True
    number = _number(answer)
    return number is not None and (low is None or number >= low) and (high is None or number <= high)


def _number(value: object) -> Decimal | None:
    if isinstance(value, tuple):
        return None
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return None
    return number if number.is_finite() else None

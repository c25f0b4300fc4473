"""How an item is judged beside its question: severity, critical effects, rules for comments and evidence."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from auditkit.model.record import Number, Record


class Severity(StrEnum):
    """How much a finding weighs; scores do not change with it, grades may."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Observer(StrEnum):
    """Who can see what the item asks; a form holds only what its reader can see."""

    SHOPPER = "shopper"
    SHOPPER_LATER = "shopper_later"
    OFFICE = "office"
    MANAGER = "manager"


class Unscored(StrEnum):
    """What a not-applicable or not-observed answer counts as."""

    EXCLUDE = "exclude"
    ZERO = "zero"
    FULL = "full"


class Asked(StrEnum):
    """When a comment or a piece of evidence is required."""

    ALWAYS = "always"
    NOT_MET = "not_met"
    NEVER = "never"


class Effect(StrEnum):
    """What a critical item does when it is not met."""

    FAIL = "fail"
    ZERO_VISIT = "zero_visit"
    ZERO_SECTION = "zero_section"
    CAP_VISIT = "cap_visit"
    CAP_SECTION = "cap_section"
    CAP_GRADE = "cap_grade"
    DEDUCT = "deduct"
    FLAG = "flag"


class CriticalEffect(Record):
    """One effect; `amount` for caps and deductions, `grade` for `cap_grade`; `verdict: keep` leaves the verdict be."""

    effect: Effect
    amount: Number | None = None
    grade: str | None = None
    verdict: Literal["keep"] | None = None

    @property
    def keeps_verdict(self) -> bool:
        """Whether the verdict stays as it is."""
        return self.verdict is not None


def _effects(value: object) -> object:
    """`fail` · `{cap_visit: 60}` · `{deduct: 15, verdict: keep}` · a list of these → the effects, one record each."""
    if isinstance(value, str):
        return ({"effect": value},)
    if isinstance(value, Mapping):
        names = [name for name in value if name != "verdict"]
        if "effect" in value or not names:
            return (value,)
        verdict = {"verdict": value["verdict"]} if "verdict" in value else {}
        return tuple({**_effect(name, value[name]), **verdict} for name in names)
    if isinstance(value, (list, tuple)):
        return tuple(part if isinstance(part, CriticalEffect) else one for part in value for one in _flat(part))
    return value


_ALONE = ("fail", "flag", "zero_visit", "zero_section")
"""Effects without an amount."""


def _effect(name: str, said: object) -> dict[str, object]:
    if name not in _ALONE:
        return {"effect": name, "grade" if name == "cap_grade" else "amount": said}
    # `{fail: true}` says no more than `fail`; what `{fail: no}` says nobody can know.
    if str(said).casefold() not in ("", "true", "yes"):
        raise PydanticCustomError("alone", "no value is expected after {name}", {"name": name})
    return {"effect": name}


def _flat(part: object) -> tuple[Any, ...]:
    if isinstance(part, CriticalEffect):
        return (part,)
    found = _effects(part)
    return found if isinstance(found, tuple) else (found,)


Effects = Annotated[tuple[CriticalEffect, ...], BeforeValidator(_effects)]


def _rule(value: object) -> object:
    return {"when": value} if isinstance(value, (str, Asked)) else value


class NoteRule(Record):
    """When a comment must be written, and how long it must be."""

    when: Asked = Asked.NEVER
    at_least: int = Field(0, ge=0)
    """Characters, spaces at the ends not counted."""


class EvidenceRule(Record):
    """When a photo, a receipt … must come with the answer."""

    when: Asked = Asked.NEVER
    kind: Literal["photo", "audio", "receipt", "file"] = "photo"


Comment = Annotated[NoteRule, BeforeValidator(_rule)]
Evidence = Annotated[EvidenceRule, BeforeValidator(_rule)]

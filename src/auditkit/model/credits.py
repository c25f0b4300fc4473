"""What an answer to an item earns: one function per kind, from the canonical answer to an exact credit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from auditkit.model.checklist import Checklist
from auditkit.model.items import (
    AnyItem,
    Band,
    Choice,
    Deadline,
    Duration,
    Linear,
    Multi,
    NumberItem,
    Option,
    Scale,
    YesNo,
    is_scored,
)
from auditkit.model.judging import CriticalEffect, Severity
from auditkit.model.visit import NEVER, NO, YES

ZERO = Fraction(0)
ONE = Fraction(1)
HUNDRED = Fraction(100)
MET = "met"
MISSED = "missed"


class Judged(NamedTuple):
    """A credit, and what the chosen options or band say about the finding themselves."""

    credit: Fraction
    severities: tuple[Severity, ...] = ()
    """Of the chosen options or the band, where they have their own."""
    critical: tuple[CriticalEffect, ...] | None = None
    """Their own effects, which act by being chosen; `None`: the item's act where it is not met."""


Judge = Callable[[Any], Judged | None]
"""From a canonical answer (of a derived item: what was reckoned) to its credit; `None`: not an answer of the item."""


class Rules(NamedTuple):
    """How answers to one item are judged; `best` and `worst` follow the checklist's direction."""

    judge: Judge
    best: Fraction
    worst: Fraction


def rules(item: AnyItem, checklist: Checklist) -> Rules | None:  # noqa: PLR0911  one line a kind
    """How an item is judged in this checklist; `None` where nothing that is answered can earn anything."""
    if not is_scored(item):
        return None
    lower = checklist.direction == "lower_is_better"
    match item:
        case YesNo():
            return _ranked(_yes_no(item), (ZERO, ONE), lower=lower)
        case Choice():
            return _ranked(_choice(item), [Fraction(option.credit) for option in item.options], lower=lower)
        case Multi():
            return _multi(item, capped=checklist.scoring == "percent", lower=lower)
        case Scale() if item.credits or item.min <= item.max:
            return _ranked(*_scale(item), lower=lower)
        case NumberItem() if item.bands:
            return _ranked(_banded(item.bands), _credits(item.bands), lower=lower)
        case NumberItem() if item.linear is not None:
            return _ranked(_linear(item.linear), (ZERO, ONE), lower=lower)
        case Duration() if item.bands:
            return _ranked(_banded(item.bands), _credits(item.bands), lower=lower)
        case Deadline():
            judge = _banded(item.bands) if item.bands else _kept
            return _ranked(judge, _credits(item.bands) or (ZERO, ONE), lower=lower)
        case _:
            return None


def how_met(judged_by: Rules, credit: Fraction, not_met_at: Decimal | None) -> str:
    """`met` at the best credit, `not_met` at the worst or where the definition draws the line, else `partly_met`."""
    best, worst = judged_by.best, judged_by.worst
    lower = best < worst
    if credit == best or (credit < best if lower else credit > best):
        return "met"
    if credit == worst or (credit <= 0 < best):
        return "not_met"
    if not_met_at is not None and (credit >= not_met_at if lower else credit <= not_met_at):
        return "not_met"
    return "partly_met"


def how_met_by_answer(item: YesNo | Choice, checklist: Checklist) -> dict[str, str]:
    """Each answer of a yes/no or a choice with how the item is met by it; empty where nothing is scored."""
    judged_by = rules(item, checklist)
    if judged_by is None:
        return {}
    answers = (YES, NO) if isinstance(item, YesNo) else tuple(option.id for option in item.options)
    judged = ((answer, judged_by.judge(answer)) for answer in answers)
    return {answer: how_met(judged_by, one.credit, item.not_met_at) for answer, one in judged if one is not None}


def _ranked(judge: Judge, possible: Iterable[Fraction], *, lower: bool) -> Rules:
    found = tuple(possible)
    low, high = min(found), max(found)
    return Rules(judge, low, high) if lower else Rules(judge, high, low)


def _credits(parts: Iterable[Option | Band]) -> list[Fraction]:
    return [Fraction(part.credit) for part in parts]


def _yes_no(item: YesNo) -> Judge:
    good, bad = (NO, YES) if item.inverted else (YES, NO)
    known = {good: Judged(ONE), bad: Judged(ZERO)}
    return lambda answer: known.get(answer) if isinstance(answer, str) else None


def _choice(item: Choice) -> Judge:
    known = {option.id: _own(option) for option in item.options}
    return lambda answer: known.get(answer) if isinstance(answer, str) else None


def _own(part: Option | Band) -> Judged:
    return Judged(Fraction(part.credit), () if part.severity is None else (part.severity,), part.critical)


def _multi(item: Multi, *, capped: bool, lower: bool) -> Rules:
    known = {option.id: _own(option) for option in item.options}
    up = sum((one.credit for one in known.values() if one.credit > 0), ZERO)
    down = sum((one.credit for one in known.values() if one.credit < 0), ZERO)
    best, worst = (down, up) if lower else (min(ONE, up) if capped else up, down)
    best = best if item.best is None else Fraction(item.best)
    worst = worst if item.worst is None else Fraction(item.worst)
    low, high = min(best, worst), max(best, worst)

    def judge(answer: object) -> Judged | None:
        if not isinstance(answer, tuple) or any(option not in known for option in answer):
            return None
        chosen = [known[option] for option in dict.fromkeys(answer)]
        own = [one.critical for one in chosen if one.critical is not None]
        return Judged(
            min(max(sum((one.credit for one in chosen), ZERO), low), high),
            tuple(severity for one in chosen for severity in one.severities),
            tuple(effect for effects in own for effect in effects) if own else None,
        )

    return Rules(judge, best, worst)


def _scale(item: Scale) -> tuple[Judge, list[Fraction]]:
    steps = range(item.min, item.max + 1)
    if item.credits is not None:
        known = {step: Fraction(credit) for step, credit in item.credits.items()}
    else:
        known = {step: Fraction(step - item.min, max(1, item.max - item.min)) for step in steps}

    def judge(answer: object) -> Judged | None:
        credit = known.get(answer) if _is_number(answer) else None  # type: ignore[call-overload]
        return None if credit is None else Judged(credit)

    return judge, list(known.values())


def _is_number(answer: object) -> bool:
    if isinstance(answer, Decimal):
        # Beyond any unit: as a fraction, 1E+999999 would fill the memory.
        return answer.is_finite() and abs(answer.adjusted()) <= 60
    return isinstance(answer, (int, Fraction)) and not isinstance(answer, bool)


def _banded(bands: Sequence[Band]) -> Judge:
    ready = [(None if band.up_to is None else Fraction(band.up_to), _own(band)) for band in bands]

    def judge(answer: Any) -> Judged | None:
        if answer == NEVER:
            return ready[-1][1]
        if not _is_number(answer):
            return None
        value = Fraction(answer)
        return next((judged for up_to, judged in ready if up_to is None or value <= up_to), None)

    return judge


def _linear(line: Linear) -> Judge:
    full, none = Fraction(line.full_at), Fraction(line.none_at)

    def judge(answer: Any) -> Judged | None:
        if not _is_number(answer) or full == none:
            return None
        return Judged(min(max((Fraction(answer) - none) / (full - none), ZERO), ONE))

    return judge


def _kept(answer: object) -> Judged | None:
    """A deadline without bands: `MET`, or `MISSED`, or never."""
    return Judged(ONE) if answer == MET else Judged(ZERO) if answer in (MISSED, NEVER) else None

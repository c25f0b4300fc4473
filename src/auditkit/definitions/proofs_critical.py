"""Proofs over critical effects: each can act, with an amount that makes sense, towards a grade that exists."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definitions.documents import Keys
from auditkit.definitions.evidence import Evidence, Spot
from auditkit.model.items import Choice, Deadline, Duration, Multi, NumberItem, is_scored
from auditkit.model.judging import CriticalEffect, Effect
from auditkit.problems import Severity, declare, nearest

NEVER_ACTS = declare(
    "D250",
    Severity.ERROR,
    finds="A critical effect on an item that is not scored.",
    why="An item that is only recorded is never 'not met', so the effect would never act.",
    mend="Score the item, or move the effect to one that is.",
)
AMOUNT = declare(
    "D251",
    Severity.ERROR,
    finds="A cap or deduction without its amount, below 0, or a cap above 100 percent.",
    why="It would do nothing, or the opposite of what is meant.",
    mend="Write `cap_visit: 60` or `deduct: 15`.",
)
NO_GRADE = declare(
    "D252",
    Severity.ERROR,
    finds="`cap_grade` with a grade that the checklist does not have.",
    why="No grade could be held down to it.",
    mend="Use one of the grades of the checklist.",
)
LOWER = declare(
    "D253",
    Severity.ERROR,
    finds="A cap or a zero in a checklist where fewer points are better.",
    why="Holding points down would make the result better.",
    mend="Use `cap_grade`, `deduct` (it moves points to the worse) or `fail`.",
)

_CAPS = (Effect.CAP_VISIT, Effect.CAP_SECTION)
_ZEROS = (Effect.ZERO_VISIT, Effect.ZERO_SECTION)


def prove_critical(evidence: Evidence) -> None:
    """The effects of every item, option and band."""
    for spot in evidence.spots:
        for path, effects in _effects(spot):
            if effects and not is_scored(spot.item):
                evidence.say(NEVER_ACTS, path, spot.item.id, kind=spot.item.kind)
            for at, effect in enumerate(effects):
                _prove(evidence, effect, _written(evidence, path, at, effect))


def _effects(spot: Spot) -> Iterator[tuple[Keys, tuple[CriticalEffect, ...]]]:
    item = spot.item
    yield (*spot.path, "critical"), item.critical
    if isinstance(item, (Choice, Multi)):
        for at, option in enumerate(item.options):
            yield (*spot.path, "options", at, "critical"), option.critical or ()
    elif isinstance(item, (NumberItem, Duration, Deadline)):
        for at, band in enumerate(item.bands):
            yield (*spot.path, "bands", at, "critical"), band.critical or ()


def _written(evidence: Evidence, path: Keys, at: int, effect: CriticalEffect) -> Keys:
    """The way to one effect: `fail`, `{cap_visit: 60}`, or either of them in a list."""
    ways = ((*path, at, effect.effect.value), (*path, at), (*path, effect.effect.value))
    return next((way for way in ways if evidence.origins.has(way)), path)


def _prove(evidence: Evidence, effect: CriticalEffect, path: Keys) -> None:
    checklist, name = evidence.checklist, effect.effect
    if name in (*_CAPS, Effect.DEDUCT):
        too_high = name in _CAPS and checklist.scoring == "percent" and (effect.amount or 0) > 100
        if effect.amount is None or effect.amount < 0 or too_high:
            evidence.say(AMOUNT, path, "" if effect.amount is None else effect.amount, effect=name.value)
    if name is Effect.CAP_GRADE:
        grades = [row.grade for row in checklist.grades]
        if effect.grade not in grades:
            known = nearest(effect.grade or "", grades) or ", ".join(dict.fromkeys(grades))
            evidence.say(NO_GRADE, path, effect.grade or "", known=known)
    if name in (*_CAPS, *_ZEROS) and checklist.direction == "lower_is_better":
        evidence.say(LOWER, path, name.value)

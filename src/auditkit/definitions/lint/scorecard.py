"""Each criterion judged by itself: is it measurable, is it specific, is it mandatory or may something replace it?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from auditkit.definitions.checklists import around, load_with_origins
from auditkit.definitions.evidence import Evidence, Spot
from auditkit.definitions.library import Library
from auditkit.definitions.lint import wording
from auditkit.definitions.lint.rules import Rule
from auditkit.model.checklist import Checklist
from auditkit.model.items import AnyItem, Replacement
from auditkit.problems import Problem

MEASURABLE = (wording.judged, wording.no_unit, wording.other_threshold, wording.no_partly)
"""Rules that find where two observers of the same would come to different results."""
SPECIFIC = (wording.two_in_one, wording.misleading, wording.cut_off, wording.too_long, wording.unfinished)
"""Rules that find where it is not clear what is asked."""


class Criterion(NamedTuple):
    """One scored item."""

    item: AnyItem
    number: str
    unmeasured: tuple[str, ...]
    """Codes of the rules that find it not measurable; none: it is."""
    vague: tuple[str, ...]
    """Codes of the rules that find it not specific; none: it is."""
    replacements: tuple[Replacement, ...]
    """None: it is mandatory."""


class Scorecard(NamedTuple):
    """A checklist's criteria in its order."""

    checklist: Checklist
    criteria: tuple[Criterion, ...]


def scorecard_of(path: Path) -> tuple[Scorecard | None, tuple[Problem, ...]]:
    """The scorecard of a definition, `None` where it has errors; an `ignore:` excuses nothing here."""
    checklist, origins, problems = load_with_origins(path, Library(around(path).folders))
    if checklist is None or origins is None:
        return None, problems
    evidence = Evidence.of(checklist, origins)
    unmeasured, vague = (_found(evidence, rules) for rules in (MEASURABLE, SPECIFIC))
    criteria = tuple(
        Criterion(
            spot.item,
            checklist.numbers[spot.item.id],
            unmeasured.get(spot.item.id, ()),
            vague.get(spot.item.id, ()),
            spot.item.replacements,
        )
        for spot in evidence.scored
    )
    return Scorecard(checklist, criteria), ()


def _found(evidence: Evidence, rules: Iterable[Rule]) -> dict[str, tuple[str, ...]]:
    """Item → codes of the rules that have something to say of it."""
    found: dict[str, dict[str, None]] = {}
    for code, check in rules:
        for remark in check(evidence):
            spot = _spot(evidence, remark.path)
            if spot is not None:
                found.setdefault(spot.item.id, {})[code.code] = None
    return {item: tuple(codes) for item, codes in found.items()}


def _spot(evidence: Evidence, path: tuple[str | int, ...]) -> Spot | None:
    return next((spot for spot in evidence.spots if path[: len(spot.path)] == spot.path), None)

"""How the lines of a visit add up to its score: sums of sections, points lost, and what moved the score after them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from auditkit.analysis.shapes import ItemLine, VisitFigure
from auditkit.model.checklist import Checklist, Section


class Sums(NamedTuple):
    """Earned and possible points and points lost of 100, over some lines."""

    earned: Fraction
    possible: Fraction
    lost: Fraction


def sums(lines: Iterable[ItemLine]) -> Sums:
    """Added up exactly."""
    earned, possible, lost = Fraction(0), Fraction(0), Fraction(0)
    for line in lines:
        earned, possible, lost = earned + line.earned, possible + line.possible, lost + line.lost
    return Sums(earned, possible, lost)


def by_section(lines: Sequence[ItemLine], sections: Mapping[str, str]) -> list[tuple[str, list[ItemLine]]]:
    """The lines under the section that directly holds them, both in their order. `sections`: item id → section id."""
    found: dict[str, list[ItemLine]] = {}
    for line in lines:
        found.setdefault(sections.get(line.item.id, line.section), []).append(line)
    return list(found.items())


def ratio(part: Sums) -> Fraction | None:
    """Percent earned of what was possible; `None` where nothing was scored."""
    return part.earned / part.possible * 100 if part.possible else None


def before_steps(visit: VisitFigure) -> Fraction | None:
    """The visit's score before anything held, capped or deducted at the visit; `None` where it is not scored."""
    return next((before for _, where, before, _, _ in visit.steps if not where), visit.score)


def rest(visit: VisitFigure, checklist: Checklist, total: Sums) -> Fraction:
    """What bonus items and effects on sections added to or took from the plain sum; 0 for most visits."""
    base = before_steps(visit)
    if base is None:
        return Fraction(0)
    if checklist.scoring == "points":
        return base - Fraction(checklist.start) - total.earned
    return base - (100 - total.lost)


def own_sections(checklist: Checklist) -> dict[str, str]:
    """Item id → id of the section that directly holds it."""
    return {item.id: section.id for section, item in checklist.walk_items()}


def paths(checklist: Checklist) -> dict[str, tuple[Section, ...]]:
    """Section id → the sections from the top down to it."""
    found: dict[str, tuple[Section, ...]] = {}

    def walk(section: Section, above: tuple[Section, ...]) -> None:
        found[section.id] = (*above, section)
        for child in section.sections:
            walk(child, found[section.id])

    for top in checklist.sections:
        walk(top, ())
    return found

"""What a branch did not fully meet over a wave's visits, and what it did best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from auditkit.analysis.lines import Line, line_of, order_of
from auditkit.analysis.shapes import FindingFigure, VisitFigure
from auditkit.analysis.visits import Answered, Visited
from auditkit.model.judging import Severity

BEST = 3
_MISSED = ("not_met", "partly_met")
_GRAVITY = {Severity.MINOR: 0, Severity.MAJOR: 1, Severity.CRITICAL: 2}

Before = Mapping[tuple[str, str], Sequence[str]]
"""(checklist, item) → earlier waves in which the branch missed it, in their order."""


class _Seen(NamedTuple):
    visit: VisitFigure
    answered: Answered


def findings_of(visits: Iterable[Visited], before: Before) -> tuple[FindingFigure, ...]:
    """Every item missed in an accepted visit: critical first, then by points lost, then by number."""
    counted = [visit for visit in visits if visit.accepted]
    scored = _scored(counted)
    found = [
        _finding(seen, missed, scored, before)
        for seen in _by_item(counted).values()
        if (missed := [each for each in seen if each.answered.line.met in _MISSED])
    ]
    return tuple(sorted(found, key=_order))


def best_of(visits: Iterable[Visited]) -> tuple[FindingFigure, ...]:
    """Up to three items met in every visit that asked, the weightiest first."""
    counted = [visit for visit in visits if visit.accepted]
    met = [seen for seen in _by_item(counted).values() if all(each.answered.line.met == "met" for each in seen)]
    worthy = [seen for seen in met if seen[0].answered.line.possible > 0]
    worthy.sort(key=lambda seen: (-seen[0].answered.line.possible, -len(seen), _number(seen[0].answered.line.number)))
    return tuple(_finding(seen, seen, {}, {}, missed_count=0) for seen in worthy[:BEST])


def _by_item(visits: Iterable[Visited]) -> dict[tuple[Line, str], list[_Seen]]:
    """The visits in which an item has a credit, in their order."""
    found: dict[tuple[Line, str], list[_Seen]] = defaultdict(list)
    for visit in visits:
        line = line_of(visit.figure.checklist, visit.figure.version)
        for answered in visit.answered:
            if answered.line.met is not None:
                found[line, answered.line.item.id].append(_Seen(visit.figure, answered))
    return found


def _scored(visits: Iterable[Visited]) -> dict[Line, int]:
    found: dict[Line, int] = defaultdict(int)
    for visit in visits:
        found[line_of(visit.figure.checklist, visit.figure.version)] += visit.figure.score is not None
    return found


def _finding(
    seen: Sequence[_Seen],
    missed: Sequence[_Seen],
    scored: Mapping[Line, int],
    before: Before,
    missed_count: int | None = None,
) -> FindingFigure:
    latest = missed[-1]
    line = latest.answered.line
    newest = max((each.visit for each in seen), key=lambda visit: order_of(visit.version))
    n = scored.get(line_of(latest.visit.checklist, latest.visit.version), 0)
    lost = sum((each.answered.line.lost for each in missed), Fraction(0))
    return FindingFigure(
        checklist=latest.visit.checklist,
        version=newest.version,
        item=line.item,
        number=line.number,
        missed=len(missed) if missed_count is None else missed_count,
        asked=len(seen),
        answer=line.answer,
        comment=line.comment or next((each.answered.line.comment for each in missed if each.answered.line.comment), ""),
        visit_id=latest.visit.visit_id,
        place=line.place,
        severity=max((each.answered.severity for each in missed), key=_GRAVITY.__getitem__),
        critical=any(each.answered.critical for each in missed),
        lost=lost / n if n else Fraction(0),
        waves_before=tuple(before.get((latest.visit.checklist, line.item.id), ())),
    )


def _order(finding: FindingFigure) -> tuple[object, ...]:
    return (
        not finding.critical,
        -finding.lost,
        -_GRAVITY[finding.severity],
        finding.checklist,
        _number(finding.number),
        finding.item.id,
    )


def _number(number: str) -> tuple[tuple[int, str], ...]:
    """`3.10` after `3.9`; letters after numbers."""
    return tuple((int(part), "") if part.isdigit() else (10**9, part) for part in number.split("."))

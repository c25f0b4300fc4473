"""Visits of some branches with every item, as their reader may see them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from auditkit.analysis.asking import Asked, ask
from auditkit.analysis.groups import Manner
from auditkit.analysis.lines import line_of
from auditkit.analysis.shapes import ItemLine, VisitFigure
from auditkit.analysis.viewing import Attended, Audience, Said
from auditkit.model.checklist import Verdict
from auditkit.model.items import AnyItem
from auditkit.model.judging import Severity
from auditkit.model.publication import reference
from auditkit.model.visit import Outcome, State


class Answered(NamedTuple):
    """One item of one visit, with what a finding needs beyond the line that is shown."""

    line: ItemLine
    severity: Severity
    critical: bool


class Visited(NamedTuple):
    """One visit with its items; those of visits that are in no mean are left out."""

    figure: VisitFigure
    answered: tuple[Answered, ...]
    accepted: bool


def visits_of(
    tables: Asked, manner: Manner, wave: str, codes: Sequence[str], audience: Audience
) -> dict[str, list[Visited]]:
    """Branch → its visits in the wave by day, whatever became of them."""
    items = _items(tables, wave, codes)
    found: dict[str, list[Visited]] = defaultdict(list)
    for row in ask(tables, "branch_visits", wave=wave, codes=list(codes)):
        found[row[0]].append(_visited(row, items.pop(row[1], ()), manner, audience))
    return found


def bare_visits(
    tables: Asked, manner: Manner, wave: str, codes: Sequence[str], audience: Audience
) -> list[VisitFigure]:
    """All visits of the wave without their items."""
    rows = ask(tables, "branch_visits", wave=wave, codes=list(codes))
    return [_visited(row, (), manner, audience).figure for row in rows]


def _items(tables: Asked, wave: str, codes: Sequence[str]) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for key, *rest in ask(tables, "branch_items", wave=wave, codes=list(codes)):
        found[key].append(tuple(rest))
    return found


def _visited(row: tuple[Any, ...], items: Iterable[tuple[Any, ...]], manner: Manner, audience: Audience) -> Visited:
    (branch, _key, visit_id, checklist, version, day, start, staff, shopper, outcome, num, den,
     grade, verdict, provisional, scored, unseen, missing, absent, fate, _reason, file, steps,
     answers) = row  # fmt: skip
    seen = audience.visit(Attended(branch, day, start, staff, shopper))
    answered = _answered((visit_id, checklist, version), items, manner, audience) if items else ()
    line = line_of(checklist, version)
    score = Fraction(int(num), int(den)) if num else None
    figure = VisitFigure(
        visit_id=audience.words(visit_id),
        reference=reference(visit_id, checklist, answers or ""),
        checklist=checklist,
        version=version,
        day=seen.day,
        part_of_day=seen.part_of_day,
        week_only=seen.week_only,
        outcome=Outcome(outcome),
        shopper=seen.shopper,
        score=score,
        shown=manner.shown_mean(line, score, 1).shown,
        grade=grade or None,
        verdict=Verdict(verdict) if verdict else None,
        provisional=bool(provisional),
        coverage=_share(scored, (scored, unseen, missing)),
        not_applicable_rate=_share(absent, (scored, unseen, missing, absent)),
        fate=fate,
        file=audience.words(file),
        items=tuple(each.line for each in answered),
        steps=_steps(steps),
    )
    return Visited(figure, answered, fate == "accepted")


@lru_cache(maxsize=256)
def _steps(text: str) -> tuple[tuple[str, str, Fraction, Fraction, str], ...]:
    return tuple((what, where, Fraction(a), Fraction(b), item) for what, where, a, b, item in json.loads(text))


def _share(part: int | None, whole: Sequence[int | None]) -> Fraction | None:
    total = sum(each or 0 for each in whole)
    return Fraction(part or 0, total) if total else None


def _answered(
    of: tuple[str, str, str], items: Iterable[tuple[Any, ...]], manner: Manner, audience: Audience
) -> tuple[Answered, ...]:
    """`of`: visit, checklist, version."""
    visit_id, checklist, version = of
    definition = manner.checklist(line_of(checklist, version), version)
    known: Mapping[str, Any] = definition.items_by_id if definition is not None else {}
    words = audience.words
    found = []
    for name, section, number, state, met, answer, comment, earned, possible, lost, severity, critical, cell in items:
        if name not in known:
            continue
        line = ItemLine(
            known[name],
            section,
            number,
            _STATES[state],
            met or None,
            _answer(known[name], answer, Said(visit_id, checklist, name, answer), audience),
            audience.comment(Said(visit_id, checklist, name, comment)) if comment else "",
            exact(earned),
            exact(possible),
            exact(lost),
            words(cell),
        )
        found.append(Answered(line, _SEVERITIES[severity], bool(critical)))
    return tuple(found)


def _answer(item: AnyItem, answer: str, said: Said, audience: Audience) -> str:
    """Words that are an answer are read like a comment; what names a file may name somebody."""
    if not answer or item.kind not in _WRITTEN:
        return answer
    return audience.comment(said) if item.kind == "text" else audience.words(answer)


_WRITTEN = ("text", "photo", "audio", "file", "receipt")
_STATES = {each.value: each for each in State}
_SEVERITIES = {each.value: each for each in Severity}


@lru_cache(maxsize=8192)
def exact(text: str) -> Fraction:
    """`num/den` as it stands in the tables; '' counts nothing."""
    return Fraction(text) if text else Fraction(0)

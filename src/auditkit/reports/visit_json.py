"""A scored visit as one JSON object: what `auditkit score --json` prints, made in the worker that scored it."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import lru_cache
from typing import Any

from auditkit.model.checklist import Checklist
from auditkit.model.score import ItemScore, SectionScore, VisitScore
from auditkit.model.visit import Submission

_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def exact(value: Fraction | None) -> str | None:
    """`num/den` in lowest terms, or the integer; JSON's own numbers are binary and would lose it."""
    return None if value is None else str(value)


def dumped(value: object) -> str:
    """Compact JSON, letters as they are."""
    return _dumps(value)


def with_fate(text: str, fate: str, reason: str) -> str:
    """A visit's JSON with what became of it: known only when all files are read."""
    return f'{text[:-1]},"fate":{_quoted(fate)},"reason":{_quoted(reason)}}}'


@lru_cache(maxsize=256)
def _quoted(word: str) -> str:
    return _dumps(word)


def visit_json(submission: Submission, scored: VisitScore, checklist: Checklist, *, every_item: bool = False) -> str:
    """One visit. Findings (items not fully met) with cell and comment; with `every_item` all items."""
    found: dict[str, Any] = {
        "visit": submission.visit_id,
        "file": submission.source.file,
        "row": submission.source.row,
        "checklist": scored.checklist,
        "version": scored.version,
        "branch": submission.branch,
        "shopper": submission.shopper,
        "date": submission.visit_date.isoformat() if submission.visit_date else None,
        "outcome": scored.outcome.value,
        "score": None if scored.shown is None else str(scored.shown),
        "score_exact": exact(scored.score),
        "grade": scored.grade,
        "verdict": scored.verdict.value if scored.verdict else None,
        "critical_failed": list(scored.critical_failed),
        "provisional": scored.provisional,
        "counts": {
            "scored": scored.n_scored,
            "not_observed": scored.n_not_observed,
            "missing": scored.n_missing,
            "not_applicable": scored.n_not_applicable,
        },
    }
    # Sections and items are written once for all visits that share their scores.
    numbers = checklist.numbers
    sections = ",".join([_section(each) for each in scored.sections])
    items = ",".join(
        [
            _item(submission, item, numbers[item.item])
            for item in scored.items
            if every_item or item.met in ("not_met", "partly_met")
        ]
    )
    named = "items" if every_item else "findings"
    return f'{_dumps(found)[:-1]},"sections":[{sections}],"steps":{_steps(scored)},"{named}":[{items}]}}'


def _steps(scored: VisitScore) -> str:
    if not scored.steps:
        return "[]"
    return _dumps([[step.what, step.where, str(step.before), str(step.after), step.item] for step in scored.steps])


_MOST = 65_536
"""Scores remembered; they are forgotten all at once, since numbers and times may differ visit by visit."""
_SECTIONS: dict[int, tuple[SectionScore, str]] = {}
_ITEMS: dict[tuple[int, str], tuple[ItemScore, str, str]] = {}
"""By identity, with the score itself, so that its identity is nobody else's."""


def _section(section: SectionScore) -> str:
    known = _SECTIONS.get(id(section))
    if known is None:
        told = {
            "section": section.section,
            "score_exact": exact(section.score),
            "earned": exact(section.earned),
            "possible": exact(section.possible),
        }
        if len(_SECTIONS) >= _MOST:
            _SECTIONS.clear()
        known = _SECTIONS[id(section)] = (section, _dumps(told))
    return known[1]


def _item(submission: Submission, item: ItemScore, number: str) -> str:
    _, before, between = _ITEMS.get((id(item), number)) or _written(item, number)
    name = item.item
    answer = submission.answers.get(name)
    told = _dumps(list(answer) if isinstance(answer, tuple) else None if answer is None else str(answer))
    comment, cell = submission.comments.get(name, ""), submission.cells.get(name, "")
    return f'{before}{told},{between}{_dumps(comment)},"cell":{_dumps(cell)}}}'


def _written(item: ItemScore, number: str) -> tuple[ItemScore, str, str]:
    """What stands before an answer, and between it and the comment."""
    head = {"item": item.item, "number": number, "state": item.state.value, "met": item.met}
    tail = {
        "earned": str(item.earned),
        "possible": str(item.possible),
        "severity": item.severity.value,
        "critical": [effect.effect.value for effect in item.critical],
    }
    if len(_ITEMS) >= _MOST:
        _ITEMS.clear()
    known = _ITEMS[id(item), number] = (item, f'{_dumps(head)[:-1]},"answer":', f'{_dumps(tail)[1:-1]},"comment":')
    return known

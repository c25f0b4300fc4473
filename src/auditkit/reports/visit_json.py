"""A scored visit as one JSON object: what `auditkit score --json` prints, made in the worker that scored it."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import lru_cache
from json.encoder import encode_basestring as _text

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


@lru_cache(maxsize=8192)
def _quoted(word: str | None) -> str:
    return "null" if word is None else _text(word)


def _bare(number: int | None) -> str:
    return "null" if number is None else str(number)


def visit_json(submission: Submission, scored: VisitScore, checklist: Checklist, *, every_item: bool = False) -> str:
    """One visit. Findings (items not fully met) with cell and comment; with `every_item` all items."""
    # Written out, and not from a dictionary: what is the same for thousands of visits is quoted once for all of them.
    source, day = submission.source, submission.visit_date
    about = (
        f'"visit":{_text(submission.visit_id)},"file":{_quoted(source.file)},"row":{_bare(source.row)},'
        f'"checklist":{_quoted(scored.checklist)},"version":{_quoted(scored.version)},'
        f'"branch":{_quoted(submission.branch)},"shopper":{_quoted(submission.shopper)},'
        f'"date":{_quoted(day.isoformat() if day else None)},"outcome":{_quoted(scored.outcome.value)}'
    )
    result = (
        f'"score":{_quoted(None if scored.shown is None else str(scored.shown))},'
        f'"score_exact":{_quoted(exact(scored.score))},"grade":{_quoted(scored.grade)},'
        f'"verdict":{_quoted(scored.verdict.value if scored.verdict else None)},'
        f'"critical_failed":{_dumps(scored.critical_failed) if scored.critical_failed else "[]"},'
        f'"provisional":{"true" if scored.provisional else "false"},'
        f'"counts":{{"scored":{scored.n_scored},"not_observed":{scored.n_not_observed},'
        f'"missing":{scored.n_missing},"not_applicable":{scored.n_not_applicable}}}'
    )
    # Sections and items are written once for all visits that share their scores.
    numbers = checklist.numbers
    sections = ",".join([_section(each) for each in scored.sections])
    items = ",".join(
        [_item(submission, item, numbers[item.item]) for item in scored.items if every_item or item.met in _FOUND]
    )
    named = "items" if every_item else "findings"
    return f'{{{about},{result},"sections":[{sections}],"steps":{_steps(scored)},"{named}":[{items}]}}'


_FOUND = frozenset(("not_met", "partly_met"))
"""What is a finding."""


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
    told = _dumps(answer) if isinstance(answer, tuple) else "null" if answer is None else _text(str(answer))
    comment, cell = submission.comments.get(name, ""), submission.cells.get(name, "")
    return f'{before}{told},{between}{_text(comment)},"cell":{_text(cell)}}}'


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

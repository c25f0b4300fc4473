"""What names a submission and its answers: the key in all tables, an answer as text, the hash of all of them."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from auditkit.model.visit import Submission, Value

_dumps = json.JSONEncoder(ensure_ascii=True, check_circular=False).encode


def key_of(submission: Submission) -> str:
    """The submission's name in all tables: `file[Sheet]:row#checklist`, as much of it as there is."""
    source = submission.source
    sheet = f"[{source.sheet}]" if source.sheet and source.row is not None else ""
    row = f":{source.row}" if source.row is not None else ""
    return f"{source.file}{sheet}{row}#{submission.checklist}"


def canonical(value: Value | None) -> str:
    """An answer as text: numbers in plain digits, times in ISO 8601, options with `; ` between them."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(value) if value else "none"
    if isinstance(value, datetime):
        return value.isoformat()
    return plain(value) if isinstance(value, Decimal) else str(value)


def plain(value: Decimal) -> str:
    """A decimal in plain digits, without zeros at its end: 2.50 and 2.5 are one answer."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def moment_text(value: datetime | None) -> str:
    """ISO 8601, '' where there is none."""
    return "" if value is None else value.isoformat()


def submission_hash(submission: Submission) -> str:
    """SHA-256 of everything that scoring looks at; the same from xlsx, csv and json.

    Of a report whose words were deleted the hash that it had before, by which decisions and releases name it.
    """
    if submission.source.answers:
        return submission.source.answers
    answers = submission.answers
    head = _head(
        submission.checklist,
        submission.version,
        submission.branch,
        submission.position or "",
        submission.outcome.value,
        moment_text(submission.handed_in),
    )
    # One JSON list, of which the answers are the last thing: each is written once for all submissions that have it.
    told = [
        texts[value]
        if (value := answers[item]).__class__ is str
        else wholes[value]
        if value.__class__ is int
        else _told(item, value)
        for item, texts, wholes in _sorted(tuple(answers))
    ]
    return hashlib.sha256(f"{head}, [{', '.join(told)}]]".encode()).hexdigest()


@lru_cache(maxsize=4096)
def _head(*parts: str) -> str:
    """What stands before the answers; the visits of a branch share it, unless each says when it was handed in."""
    return _dumps(parts)[:-1]


class _Told(dict[Any, str]):
    """Answer of one item, all of one type → as it stands in the list. Cheaper to look up than a call remembered."""

    def __init__(self, item: str) -> None:
        super().__init__()
        self._item = item

    def __missing__(self, value: Value) -> str:
        told = _told(self._item, value)
        if len(self) < _MOST:
            self[value] = told
        return told


_MOST = 256
"""Answers remembered of an item: more than any list of options has, and few where people write their own words."""


@lru_cache(maxsize=256)
def _sorted(items: tuple[str, ...]) -> tuple[tuple[str, _Told, _Told], ...]:
    """The items in order, each with its answers that are texts, and those that are whole numbers."""
    return tuple((item, *_told_of(item)) for item in sorted(items))


@lru_cache(maxsize=4096)
def _told_of(item: str) -> tuple[_Told, _Told]:
    # By type, since 1 and True are one key.
    return _Told(item), _Told(item)


def _told(item: str, value: Value) -> str:
    return _dumps((item, (type(value).__name__, canonical(value))))

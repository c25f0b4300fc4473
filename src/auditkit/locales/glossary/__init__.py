"""The words of the field in each language: what a thing is called, and what must not be said for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


class Where(StrEnum):
    """Whose texts a rule is about."""

    ALL = "all"
    """Everybody's checklists too."""
    OURS = "ours"
    """The shipped checklists and the messages."""
    MESSAGES = "messages"


class Term(NamedTuple):
    """One thing of the field."""

    name: str
    say: tuple[str, ...]
    """The words that name it, the usual one first."""
    never: tuple[str, ...] = ()
    """Patterns of words that mean something else to the reader."""
    where: Where = Where.OURS
    why: str = ""


class Trap(NamedTuple):
    """A word that was used and means something else."""

    word: str
    term: Term


@cache
def glossary(language: str) -> Mapping[str, Term]:
    """The terms of one of our languages by their English name; of another language nothing is known."""
    path = Path(__file__).with_name(f"{language}.json")
    if not path.is_file():
        return {}
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {name: _term(name, row) for name, row in rows.items()}


def _term(name: str, row: Mapping[str, Any]) -> Term:
    never, where = tuple(row.get("never", ())), Where(row.get("where", Where.OURS))
    return Term(name, tuple(row["say"]), never, where, row.get("why", ""))


def traps(language: str, text: str, *, where: Where) -> Iterator[Trap]:
    """The words of a text that its language's glossary forbids there."""
    for term, pattern in _patterns(language, where):
        found = pattern.search(text)
        if found:
            yield Trap(found.group(), term)


@cache
def _patterns(language: str, where: Where) -> tuple[tuple[Term, re.Pattern[str]], ...]:
    scopes = {Where.ALL: (Where.ALL,), Where.OURS: (Where.ALL, Where.OURS), Where.MESSAGES: tuple(Where)}[where]
    return tuple(
        (term, re.compile(rf"(?:{'|'.join(term.never)})\w*", re.IGNORECASE))
        for term in glossary(language).values()
        if term.never and term.where in scopes
    )

"""Who manages and works at the demo's branches, and what the branches scored before: rows of three tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from auditkit.demo import story

_FIRST = ("Aidana", "Berik", "Danira", "Yerlan", "Kamila", "Maksat", "Nurgul", "Olzhas", "Raikhan", "Sanzhar", "Timur")
_LAST = ("Akhatuly", "Baimenova", "Dosymbek", "Yesenali", "Kairzhan", "Mukatai", "Nurpeiis", "Omirbek", "Saparali")
_BEGIN = date(2023, 1, 9)
_PAST = {"2024": 4, "2025-H1": 2}
"""Wave before auditkit → visits that every branch got."""


def manager_rows() -> Iterator[list[str]]:
    """A manager for every branch; where it improved, a new one came between the waves."""
    yield ["code", "name", "branch", "from", "to"]
    for at, place in enumerate(story.BRANCHES):
        first, last = _BEGIN + timedelta(91 * (at % 5)), ""
        if place.code == story.CLOSED:
            last = (story.CLOSED_ON - timedelta(1)).isoformat()
        if place.code == story.IMPROVES:
            last = (story.NEW_MANAGER - timedelta(1)).isoformat()
        yield [f"M{at + 1:02}", _name(at), place.code, first.isoformat(), last]
    yield ["M13", _name(12), story.IMPROVES, story.NEW_MANAGER.isoformat(), ""]


def staff_rows() -> Iterator[list[str]]:
    """Two employees for every branch; one of the closed branch went on to another."""
    yield ["code", "name", "branch", "position", "from", "to", "language"]
    left = (story.CLOSED_ON - timedelta(1)).isoformat()
    for at, place in enumerate(story.BRANCHES):
        for number, position in enumerate(("adviser", "cashier"), 1):
            code, name = f"E{at + 1:02}{number}", _name(20 + 2 * at + number)
            first = (_BEGIN + timedelta(30 * at + 200 * number)).isoformat()
            yield [code, name, place.code, position, first, left if place.code == story.CLOSED else "", place.language]
    moved = len(story.BRANCHES)
    yield [f"E{moved:02}1", _name(20 + 2 * moved - 1), story.MOVED_TO, "adviser", story.CLOSED_ON.isoformat(), "", "ru"]


def history_rows() -> Iterator[list[str]]:
    """What an agency's own method gave every branch in the years before, near what its service was worth."""
    yield ["branch", "wave", "score", "n"]
    for wave, visits in _PAST.items():
        for place in story.BRANCHES:
            dice = Random(f"past/{wave}/{place.code}")  # noqa: S311  made-up scores
            score = round(100 * place.quality[0] + dice.uniform(-5, 3))
            yield [place.code, wave, str(score), str(visits)]


def _name(number: int) -> str:
    return f"{_FIRST[number % len(_FIRST)]} {_LAST[number % len(_LAST)]}"

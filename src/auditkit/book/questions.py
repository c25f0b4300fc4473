"""Ten questions by which a newcomer tries out what stuck: the criteria that matter most, spread over the standard."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from auditkit.book.chapters import Book, Chapter, Rule

COUNT = 10
_LETTERS = "ABCDEFGH"


class Question(NamedTuple):
    """What is asked on the front, and what stands on the back."""

    text: str
    only: str
    """When it is asked; empty: always."""
    options: tuple[str, ...]
    """To choose among; empty: to be written."""
    lines: int
    """To write on."""
    right: tuple[str, ...]
    letter: str
    """Of the right option; empty where it was to be written."""
    chapter: str
    number: str


def questions_of(book: Book, count: int = COUNT) -> tuple[Question, ...]:
    """As many as there are, at most `count`: the weightiest of every section first, then the second of each."""
    return tuple(_question(chapter, rule) for chapter, rule in _chosen(book, count))


def _chosen(book: Book, count: int) -> list[tuple[Chapter, Rule]]:
    rounds = [(place, rule.rank, chapter, rule) for chapter, place, rule in _placed(book)]
    weightiest = sorted(rounds, key=lambda each: (each[0], tuple(-part for part in each[1])))[:count]
    wanted = {rule.key for *_, rule in weightiest}
    return [(chapter, rule) for chapter in book.chapters for rule in chapter.rules if rule.key in wanted]


def _placed(book: Book) -> Iterator[tuple[Chapter, int, Rule]]:
    """Every criterion with its place by weight within its section, critical ones before all."""
    for chapter in book.chapters:
        for part in chapter.parts:
            ranked = sorted(part.rules, key=lambda rule: rule.rank, reverse=True)
            for place, rule in enumerate(ranked):
                yield chapter, 0 if rule.critical else place, rule


def _question(chapter: Chapter, rule: Rule) -> Question:
    known = rule.examples
    if known.all_of or known.measured or not known.bad:
        lines = len(known.good) if known.all_of else 1
        return Question(rule.text, rule.only, (), lines, known.good, "", chapter.title, rule.number)
    told = [known.good[0], *known.partly, *known.bad][: len(_LETTERS)]
    order = sorted(range(len(told)), key=lambda at: _shuffled(rule, at))
    letter = _LETTERS[order.index(0)]
    options = tuple(told[at] for at in order)
    return Question(rule.text, rule.only, options, 0, (told[0],), letter, chapter.title, rule.number)


def _shuffled(rule: Rule, at: int) -> str:
    """An order without meaning, the same at every printing and in every language."""
    return hashlib.sha256(f"{rule.key} {at}".encode()).hexdigest()

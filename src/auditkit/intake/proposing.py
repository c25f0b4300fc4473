"""A mapping proposed from a file's headers and answers, for a person to look over."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from auditkit.intake.columns import Headers, find, fitting
from auditkit.intake.columns_items import ItemColumns, assign
from auditkit.intake.columns_layout import Table, table_of
from auditkit.intake.columns_published import PublishedColumns
from auditkit.intake.misread import Misread
from auditkit.intake.proposing_words import (
    ANSWER_PATTERNS,
    FIELDS,
    FINAL,
    LONG_ANSWER,
    LONG_COMMENT,
    LONG_ITEM,
    NOT_APPLICABLE,
    SECTION_PATTERNS,
)
from auditkit.intake.proposing_yaml import Draft, written
from auditkit.intake.spelling_numbers import read_number, read_of, split_points
from auditkit.intake.spelling_rules import as_text, key
from auditkit.intake.spellings import Speller
from auditkit.model.checklist import Checklist, Spellings
from auditkit.model.columns import Column, Columns, Items, Published
from auditkit.problems import Problem
from auditkit.tables.folding import fold
from auditkit.tables.table import Book

T = TypeVar("T")

ALIKE = 0.72
"""How like a header must be to an item's text to be proposed for it."""
ROWS_LOOKED_AT = 2_000


class Proposal(NamedTuple):
    """A mapping to look over: YAML, what it leaves open, and what stopped it."""

    text: str
    columns_left: tuple[str, ...]
    """Headers that nothing uses."""
    items_left: tuple[str, ...]
    """Items without a column."""
    unread: tuple[tuple[str, str], ...]
    """(item, typed) of answers that nobody could read."""
    problems: tuple[Problem, ...] = ()


def propose(book: Book, checklist: Checklist) -> Proposal:
    """A mapping of a file's columns to a checklist, by ids, numbers and texts in any of its languages."""
    table, two, problems = _table(book, checklist)
    if table is None:
        return Proposal("", (), (), (), problems)
    draft = Draft(table.headers, checklist, two_headers=two)
    _propose_items(draft)
    _propose_published(draft)
    _propose_fields(draft)
    _propose_long(draft)
    _look_at_answers(draft, table)
    left = tuple(table.headers.shown(each) for each in table.headers.filled if each not in draft.used)
    without = () if draft.long else tuple(name for name, at in draft.found.items() if not any(True for _ in at.all()))
    return Proposal("\n".join(written(draft, left, without)) + "\n", left, without, tuple(draft.unread))


def _table(book: Book, checklist: Checklist) -> tuple[Table | None, bool, tuple[Problem, ...]]:
    """The table under one header row, or under two where the second holds words and begins with blanks."""
    named = {"checklist": checklist.checklist}
    table, problems = table_of(book, Columns.model_validate(named))
    if table is None:
        return None, False, problems
    first = next((row for number, row in table.rows() if number == 2), ())
    blanks = len(list(_leading_blanks(first)))
    if len(first) > blanks >= 3 and all(isinstance(cell, str) or cell is None for cell in first):
        return table_of(book, Columns.model_validate({**named, "header": [1, 2]}))[0], True, problems
    return table, False, problems


def _leading_blanks(row: Sequence[object]) -> Iterator[object]:
    for cell in row:
        if cell not in (None, ""):
            return
        yield cell


def _propose_items(draft: Draft) -> None:
    """The rule that finds most items; the rest by likeness of texts."""
    prefix = _prefix(draft.checklist)
    rules = [Items()] + [
        Items(answer=(each,), prefix=p) for each in ANSWER_PATTERNS for p in dict.fromkeys(("", prefix))
    ]
    tried = [(rule, assign(draft.checklist, rule, draft.headers, absent={})[0]) for rule in rules]
    draft.items, draft.found = max(tried, key=lambda pair: _matched(pair[1]))
    draft.used |= {column for each in draft.found.values() for column in each.all()}
    left = [c for c in draft.headers.filled if c not in draft.used]
    for item, at in draft.found.items():
        if not any(True for _ in at.all()):
            best = _most_alike(draft.checklist.items_by_id[item].text.words.values(), left, draft.headers)
            if best is not None:
                draft.alike[item] = at.answer = best
                draft.used.add(best)
                left.remove(best)


def _matched(found: Mapping[str, ItemColumns]) -> int:
    return sum(1 for each in found.values() if each.answer is not None or each.options)


def _prefix(checklist: Checklist) -> str:
    """The letters that all ids begin with, before figures."""
    ids = sorted(item.id for _, item in checklist.walk_items())
    first, last = ids[0], ids[-1]
    same = next((place for place, letter in enumerate(first) if last[place : place + 1] != letter), len(first))
    return first[:same].rstrip("0123456789")


def _most_alike(texts: Iterable[str], left: Sequence[int], headers: Headers) -> int | None:
    wanted = [key(text) for text in texts]
    rated = [
        (max(difflib.SequenceMatcher(None, text, name).ratio() for text in wanted for name in headers.keys[each]), each)
        for each in left
    ]
    best = max(rated, default=(0.0, -1))
    return best[1] if best[0] >= ALIKE else None


def _propose_published(draft: Draft) -> None:
    for each in SECTION_PATTERNS:
        found = PublishedColumns(Published(sections=(each,)), draft.checklist, draft.headers)
        columns = found.columns() - draft.used
        if len(columns) >= max(1, len(draft.checklist.sections) // 2) and len(columns) == len(found.fields):
            draft.sections = each
            draft.used |= columns
            break
    draft.final = _first(FINAL, draft)


def _propose_fields(draft: Draft) -> None:
    for name, words in FIELDS.items():
        header = _first(words, draft)
        if header is not None:
            draft.fields[name] = header


def _first(words: Sequence[str], draft: Draft) -> str | None:
    """The first of the usual headers that the file has and nothing uses yet."""
    for word in words:
        fits = [each for each in fitting(Column(header=(word,)), draft.headers) if each not in draft.used]
        if len(fits) == 1:
            draft.used.add(fits[0])
            return draft.headers.shown(fits[0])
    return None


def _propose_long(draft: Draft) -> None:
    """A table in which no header is an item, but one column names items and one answers."""
    if _matched(draft.found) > 1:
        return
    item, answer = _first(LONG_ITEM, draft), _first(LONG_ANSWER, draft)
    if item is not None and answer is not None:
        draft.long = {"item": item, "answer": answer}
        comment = _first(LONG_COMMENT, draft)
        if comment is not None:
            draft.long["comment"] = comment


def _look_at_answers(draft: Draft, table: Table) -> None:
    """Answers that the usual words don't cover: short forms of 'not applicable', and what nobody can read."""
    speller = Speller(draft.checklist, Spellings())
    short = {fold(word) for word in NOT_APPLICABLE}
    for place, (_, row) in enumerate(table.rows()):
        if place >= ROWS_LOOKED_AT:
            break
        for item, at in draft.found.items():
            raw = row[at.answer] if at.answer is not None and at.answer < len(row) else None
            if raw is None or not isinstance(speller.read(item, raw), Misread):
                continue
            _unread(draft, item, as_text(raw).strip(), short)
    _look_at_finals(draft, table)


def _unread(draft: Draft, item: str, typed: str, short: set[str]) -> None:
    first, _, rest = typed.partition(" ")
    _, points = split_points(typed)
    if fold(typed) in short:
        _add(draft.not_applicable, typed)
    elif rest and len(first) > 1 and fold(first) in short:
        _add(draft.not_applicable, first)
        draft.meanings[f"{first} *"] = "not_applicable"
    elif points in (0, 100) and draft.checklist.items_by_id[item].kind == "yes_no":
        draft.points = True
    else:
        _add(draft.unread, (item, typed))


def _look_at_finals(draft: Draft, table: Table) -> None:
    """Words where a final score should stand are outcomes: closed, cancelled …"""
    if draft.final is None:
        return
    at = find(Column(header=(draft.final,)), draft.headers, "final").column
    for _, row in table.rows():
        raw = row[at] if at is not None and at < len(row) else None
        if isinstance(raw, str) and raw.strip() and read_number(raw) is None and read_of(raw) is None:
            _add(draft.closed, raw.strip())
    if len(draft.closed) > 5:
        draft.closed.clear()


def _add(known: list[T], one: T) -> None:
    if one not in known:
        known.append(one)

"""A mapping proposed from a file's headers and answers, for a person to look over."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from auditkit.intake.columns import Headers
from auditkit.intake.columns_items import ItemColumns, assign
from auditkit.intake.proposing_answers import look_at_answers
from auditkit.intake.proposing_draft import Draft
from auditkit.intake.proposing_fields import propose_fields
from auditkit.intake.proposing_long import long_table, looks_long, propose_long, visits_sheet
from auditkit.intake.proposing_scores import propose_scores
from auditkit.intake.proposing_table import best_table
from auditkit.intake.proposing_words import ANSWER_PATTERNS, NOT_QUESTIONS, OPTION_PATTERNS
from auditkit.intake.proposing_yaml import written
from auditkit.intake.spelling_rules import key
from auditkit.model.checklist import Checklist
from auditkit.model.columns import Items
from auditkit.model.items import Multi
from auditkit.problems import Problem
from auditkit.tables.table import Book

ALIKE = 0.72
"""How like a header must be to an item's text to be proposed for it."""


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
    where, problems = best_table(book, checklist, _prefix(checklist))
    if where is None:
        return Proposal("", (), (), (), problems)
    unlikely = where.matched <= 1 or "turned" in where.settings
    rows = long_table(book, checklist) if unlikely else None
    if rows is not None:
        return _proposed_long(Draft(book, rows[0], checklist, dict(rows[1])))
    draft = Draft(book, where.table, checklist, where.settings)
    _propose_items(draft)
    if where.matched <= 1 and _matched(draft.found) <= 1 and looks_long(draft):
        return _proposed_long(draft)
    propose_scores(draft)
    propose_fields(draft)
    look_at_answers(draft)
    without = tuple(name for name, at in draft.found.items() if not any(True for _ in at.all()))
    return _proposal(draft, without)


def _proposed_long(draft: Draft) -> Proposal:
    visits = visits_sheet(draft)
    propose_long(draft)
    if draft.long:
        look_at_answers(draft)
    if visits is None:
        propose_fields(draft)
        return _proposal(draft, ())
    draft.long["visits"] = visits.settings["sheet"]
    propose_scores(visits)
    propose_fields(visits)
    draft.final, draft.grade, draft.sections = visits.final, visits.grade, visits.sections
    draft.writing, draft.words, draft.closed = visits.writing, visits.words, visits.closed
    draft.fields = {**visits.fields, **draft.fields}
    draft.unsure = visits.unsure
    return _proposal(draft, ())


def _proposal(draft: Draft, without: tuple[str, ...]) -> Proposal:
    left = tuple(draft.headers.shown(each) for each in draft.left())
    unread = tuple((item, typed) for typed, items in draft.unread.items() for item in items)
    return Proposal("\n".join(written(draft, left, without)) + "\n", left, without, unread)


def _propose_items(draft: Draft) -> None:
    """The rule that finds most items; the rest by likeness of texts."""
    prefix = _prefix(draft.checklist)
    rules = [Items()] + [
        Items(answer=(each,), prefix=p) for each in ANSWER_PATTERNS for p in dict.fromkeys(("", prefix))
    ]
    rules = [each for rule in rules for each in _with_options(rule, draft.checklist)]
    tried = [(rule, assign(draft.checklist, rule, draft.headers, absent={})[0]) for rule in rules]
    draft.items, draft.found = max(tried, key=lambda pair: _matched(pair[1]))
    draft.used |= {column for each in draft.found.values() for column in each.all()}
    left = [c for c in draft.left() if not draft.headers.keys[c][0].startswith(NOT_QUESTIONS)]
    for item, at in draft.found.items():
        if not any(True for _ in at.all()):
            best = _most_alike(draft.checklist.items_by_id[item].text.words.values(), left, draft.headers)
            if best is not None:
                draft.alike[item] = at.answer = best
                draft.used.add(best)
                left.remove(best)


def _with_options(rule: Items, checklist: Checklist) -> list[Items]:
    """The rule, and for a checklist with several answers to a question also with other headers of their ticks."""
    if rule.answer or not any(isinstance(item, Multi) for _, item in checklist.walk_items()):
        return [rule]
    return [rule, *(rule.model_copy(update={"options": (each,)}) for each in OPTION_PATTERNS)]


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

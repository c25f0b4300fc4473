"""Columns that state scores, found by their headers and by the numbers in them, and how those are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from auditkit.intake.columns import find
from auditkit.intake.columns_published import PublishedColumns, item_of
from auditkit.intake.proposing_draft import Draft
from auditkit.intake.proposing_words import (
    FINAL,
    FINAL_PARTS,
    LONG_MOST,
    NOT_APPLICABLE,
    POINT_PATTERNS,
    SECTION_PATTERNS,
)
from auditkit.intake.spelling_numbers import read_number, read_of, split_points
from auditkit.intake.spelling_rules import as_text, key
from auditkit.model.column import Column
from auditkit.model.published import Published
from auditkit.tables.folding import fold
from auditkit.tables.table import CellValue

_MOSTLY, _HALF = 0.7, 0.5
_INSIDE = r"(\d[\d.,]*\s*%?)"
_AROUND = r"[^\d]+" + _INSIDE + r"[^\d]*"
_MOST_WORDS = 5


def propose_scores(draft: Draft) -> None:
    """Sections, the visit's score and grade, the points of answers, and how all these are written."""
    _sections(draft)
    _points_of_answers(draft)
    draft.final = _final(draft)
    _grade(draft)
    for kind, columns in (("final", _columns(draft, draft.final)), ("sections", _section_columns(draft))):
        values = [value for column in columns for value in draft.values(column)]
        if kind == "final" and draft.take_out:
            values = [found[1] for value in values if (found := re.search(draft.take_out, as_text(value)))]
        how = writing(values, draft)
        if how:
            draft.writing[kind] = how
    _most(draft)
    _answers_in_percent(draft)
    _words(draft)


def _number(value: CellValue) -> Decimal | None:
    number = read_number(value)
    if isinstance(number, Decimal):
        return number
    pair = read_of(value)
    return pair[0] if pair is not None else None


def mostly_numbers(values: Sequence[CellValue], part: float = _MOSTLY) -> bool:
    """Whether a column holds figures, but for a few words such as 'closed'."""
    figures = sum(1 for value in values if _number(value) is not None)
    return bool(values) and figures >= part * len(values)


def _points_of_answers(draft: Draft) -> None:
    answers = {item: each.answer for item, each in draft.found.items() if each.answer is not None}
    for text in POINT_PATTERNS:
        found = PublishedColumns(Published(items=(text,)), draft.checklist, draft.headers, answers)
        columns = found.columns() - set(answers.values()) - draft.used
        stated = [value for column in columns for value in draft.values(column)]
        own = len(columns) == len(found.fields)
        if own and len(columns) >= max(2, _MOSTLY * len(answers)) and mostly_numbers(stated):
            draft.answer_points = text
            draft.used |= columns
            return


def _sections(draft: Draft) -> None:
    most = 0
    best: PublishedColumns | None = None
    for text in SECTION_PATTERNS:
        found = PublishedColumns(Published(sections=(text,)), draft.checklist, draft.headers)
        columns = found.columns()
        fits = len(columns) == len(found.fields) and not columns & draft.used
        if fits and len(columns) > most and all(mostly_numbers(draft.values(each), _HALF) for each in columns):
            most, best, draft.sections = len(columns), found, text
    if best is None or most < max(1, len(draft.checklist.sections) // 2):
        draft.sections = None
    else:
        draft.used |= best.columns()


def _section_columns(draft: Draft) -> list[int]:
    if draft.sections is None:
        return []
    found = PublishedColumns(Published(sections=(draft.sections,)), draft.checklist, draft.headers)
    return [next(field.columns()) for name, field in found.fields.items() if not item_of(name)]


def _final(draft: Draft) -> str | None:
    """By the usual headers; else the last column of numbers whose header speaks of a score."""
    in_percent = draft.checklist.scoring == "percent"
    for word in sorted(FINAL, key=lambda each: in_percent and not ("%" in each or "percent" in each)):
        fits = [each for each in draft.left() if key(word) in draft.headers.keys[each]]
        # A header that says so outright may stand over many a 'closed'.
        if len(fits) == 1 and any(_number(value) is not None for value in draft.values(fits[0])):
            return draft.take(fits[0])
    last = _wrapped(draft)
    for column in draft.left():
        header = draft.headers.keys[column][0]
        # Beside the figures of a score there is often a word: closed, not rated.
        if any(part in header for part in FINAL_PARTS) and mostly_numbers(draft.values(column), _HALF):
            last = column
    return draft.take(last) if last is not None else None


def _wrapped(draft: Draft) -> int | None:
    """A column of figures with words around them: `Score: 87.5%`."""
    for column in draft.left():
        values = [as_text(value).strip() for value in draft.values(column)]
        if not any(part in draft.headers.keys[column][0] for part in FINAL_PARTS) or not values:
            continue
        if sum(1 for value in values if re.fullmatch(_AROUND, value)) >= _MOSTLY * len(values):
            draft.take_out = _INSIDE
            return column
    return None


def _answers_in_percent(draft: Draft) -> None:
    """Whether a full answer has 100 where none of the checklist's earns so many points."""
    if draft.answer_points is None:
        return
    answers = {item: each.answer for item, each in draft.found.items() if each.answer is not None}
    found = PublishedColumns(Published(items=(draft.answer_points,)), draft.checklist, draft.headers, answers)
    most = max((number for at in found.columns() for v in draft.values(at) if (number := _number(v)) is not None),
               default=Decimal(0))  # fmt: skip
    worth = {item.weight * max((each.credit for each in getattr(item, "options", ())), default=Decimal(1))
             for _, item in draft.checklist.walk_items() if hasattr(item, "weight")}  # fmt: skip
    if most == 100 and Decimal(100) not in worth:
        draft.writing["items"] = {"scale": "percent"}


def _most(draft: Draft) -> None:
    """A column with the points that could be had, beside one with those that were."""
    if draft.final is None or "%" in draft.final or "percent" in key(draft.final):
        return
    header = draft.first_of(LONG_MOST)
    if header is not None:
        draft.writing.setdefault("final", {})["of"] = header


def _grade(draft: Draft) -> None:
    names = {
        key(word)
        for row in draft.checklist.grades
        for word in (row.grade, *(row.title.words.values() if row.title else ()))
    }
    for column in draft.left():
        values = draft.values(column)
        known = sum(1 for value in values if key(as_text(value)) in names)
        if names and values and known >= _MOSTLY * len(values):
            draft.grade = draft.take(column)
            return


def _columns(draft: Draft, header: str | None) -> list[int]:
    at = find(Column(header=(header,)), draft.headers, "final").column if header is not None else None
    return [] if at is None else [at]


def writing(values: Sequence[CellValue], draft: Draft) -> dict[str, Any]:
    """Scale and digits of figures, where they are not as usual."""
    figures = [value for value in values if _number(value) is not None]
    if not figures or any(read_of(value) is not None for value in figures):
        return {}
    texts = [as_text(value).strip() for value in figures]
    digits = max(_digits(text) for text in texts)
    fraction = (
        draft.checklist.scoring == "percent"
        and not any(text.endswith("%") for text in texts)
        and all(0 <= (_number(value) or 0) <= 1 for value in figures)
    )
    found: dict[str, Any] = {"scale": "fraction"} if fraction else {}
    if fraction:
        found |= {} if digits < 2 else {"decimals": digits} if digits <= 6 else {"tolerance": "0.0001"}
    elif digits <= 1 and draft.checklist.scoring == "percent":
        found["decimals"] = digits
    return found


def _digits(text: str) -> int:
    last = max(text.rfind("."), text.rfind(","))
    tail = text[last + 1 :].rstrip(" %") if last >= 0 else ""
    return len(tail) if tail.isdigit() else 0


def _words(draft: Draft) -> None:
    """Words where a final score should stand are outcomes: closed, cancelled …; those of sections say 'nothing'."""
    final, sections = _columns(draft, draft.final), _section_columns(draft)
    closed = _words_in(draft, final)
    nothing = _words_in(draft, sections)
    if len(closed) <= _MOST_WORDS:
        empty = {word for word in closed if not _answered(draft, final, word)}
        draft.closed = [word for word in closed if word not in nothing and word not in empty]
        draft.words |= dict.fromkeys(sorted(empty), "not_scored")
    if len(nothing) <= _MOST_WORDS:
        draft.words |= dict.fromkeys(nothing, "not_scored")


def _answered(draft: Draft, columns: Sequence[int], word: str) -> bool:
    """Whether any row with this word answers anything but 'not applicable', or nothing at all."""
    short = {fold(each) for each in NOT_APPLICABLE}
    answers = [at.answer for at in draft.found.values() if at.answer is not None]
    for _, row in draft.rows:
        if any(at < len(row) and as_text(row[at]).strip() == word for at in columns):
            said = [as_text(row[at]).strip() for at in answers if at < len(row)]
            if not any(said) or any(fold(text) not in short for text in said if text):
                return True
    return False


def _words_in(draft: Draft, columns: Sequence[int]) -> list[str]:
    found: dict[str, None] = {}
    for column in columns:
        for value in draft.values(column):
            text = as_text(value).strip()
            if draft.take_out and re.search(draft.take_out, text):
                continue
            if isinstance(value, str) and _number(value) is None and split_points(text)[1] is None:
                found[text] = None
    return list(found)

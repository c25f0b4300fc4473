"""The wave before auditkit, as an agency delivered it: answers, and the scores that it had published."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import NamedTuple

from auditkit.demo import story
from auditkit.demo.answering import Answers, Manner, answer_all
from auditkit.forms.answers import shown_answers
from auditkit.forms.conditions import answer_word
from auditkit.model.checklist import Checklist
from auditkit.model.items import DERIVED, AnyItem
from auditkit.model.score import VisitScore
from auditkit.model.visit import NOT_APPLICABLE, Outcome, Submission
from auditkit.scoring import score
from auditkit.scoring.grades import shown

FIRST_DAY = datetime(2025, 10, 6, 11, 20)  # noqa: DTZ001  local time, as in the agency's file
ODD_ONE = "B04"
"""Whose published score counts what did not come up as zero, against the agency's own rule."""
CLOSED = "Closed"


class _Row(NamedTuple):
    number: int
    place: story.Place
    day: datetime
    answers: Answers


def agency_export(checklist: Checklist) -> bytes:
    """A row a visit: `;`, one decimal comma, columns for every section's score and the final one, as vendors write."""
    items = [item for _, item in checklist.walk_items() if item.kind not in DERIVED]
    head = ["Review number", "Site code", "Site name", "Visit date"]
    head += [f"Section {checklist.numbers[f'/{part.id}']}" for part in checklist.sections]
    head.append("Final score")
    for item in items:
        head += [f"({checklist.numbers[item.id]}) {item.text.said('en')}", f"({checklist.numbers[item.id]}) Remark"]
    rows = [_cells(row, checklist, items) for row in _rows(checklist)]
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([head, *rows])
    return text.getvalue().encode("utf-8-sig")


def _rows(checklist: Checklist) -> Iterator[_Row]:
    for at, place in enumerate(story.BRANCHES):
        day = FIRST_DAY + timedelta(days=at, minutes=17 * at)
        dice = Random(f"agency/{place.code}")  # noqa: S311  made-up answers
        answers = answer_all(checklist, dice, Manner(place.code, place.quality[0]), day)
        yield _Row(481_200 + at, place, day, answers)


def _cells(row: _Row, checklist: Checklist, items: Iterable[AnyItem]) -> list[str]:
    first = [str(row.number), row.place.code, row.place.name, f"{row.day:%d.%m.%Y}"]
    items = list(items)
    if row.place.code == story.CLOSED:
        return [*first, *([""] * len(checklist.sections)), CLOSED, *([""] * 2 * len(items))]
    visit = _submission(row, checklist)
    result = score(checklist, visit)
    sections = {part.section: part.score for part in result.sections}
    cells = [*first, *(_figure(sections[part.id]) for part in checklist.sections)]
    cells.append(_figure(_other_rule(row, checklist) if row.place.code == ODD_ONE else result.score))
    words = shown_answers(checklist, visit, "en")
    for item in items:
        cells += [_word(checklist, item, row.answers, words), ""]
    return cells


def _submission(row: _Row, checklist: Checklist) -> Submission:
    return Submission(
        visit_id=str(row.number), checklist=checklist.checklist, version=checklist.version, branch=row.place.code,
        visit_date=row.day.date(), start=datetime.combine(row.day.date(), time(11)), outcome=Outcome.DONE,
        answers=row.answers,
    )  # fmt: skip


def _other_rule(row: _Row, checklist: Checklist) -> Fraction | None:
    """The visit's score where 'did not come up' counts as zero."""
    data = checklist.model_copy(update={"sections": tuple(_strict(part) for part in checklist.sections)})
    result: VisitScore = score(data, _submission(row, data))
    return result.score

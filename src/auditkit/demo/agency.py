"""The wave before auditkit, as an agency delivered it: answers, and the scores that it had published."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random
from typing import NamedTuple

from auditkit.analysis.verify_rules import CHANGES
from auditkit.demo import story
from auditkit.demo.answering import Answers, Manner, answer_all
from auditkit.forms.answers import shown_answers
from auditkit.forms.conditions import answer_word
from auditkit.model.checklist import Checklist
from auditkit.model.items import DERIVED, AnyItem
from auditkit.model.visit import NOT_APPLICABLE, Outcome, Source, Submission
from auditkit.scoring import score
from auditkit.scoring.grades import shown

FIRST_DAY = datetime(2025, 10, 6, 11, 20)  # noqa: DTZ001  local time, as in the agency's file
CLOSED = "Closed"


class _Row(NamedTuple):
    number: int
    place: story.Place
    day: datetime
    answers: Answers


def agency_export(checklist: Checklist) -> bytes:
    """A row a visit: `;`, decimal commas, columns for every section's score and the final one, as vendors write them.

    One final score counts what did not come up as zero, against the agency's own rule: `verify` finds it.
    """
    items = [item for _, item in checklist.walk_items() if item.kind not in DERIVED]
    head = ["Review number", "Site code", "Site name", "Visit date"]
    head += [f"Section {checklist.numbers[f'/{part.id}']}" for part in checklist.sections]
    head.append("Final score")
    for item in items:
        head += [f"({checklist.numbers[item.id]}) {item.text.said('en')}", f"({checklist.numbers[item.id]}) Remark"]
    visits = list(_rows(checklist))
    odd = next(row for row in visits if row.place.code != story.CLOSED and _differs(row, checklist))
    rows = [_cells(row, checklist, items, odd=row is odd) for row in visits]
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([head, *rows])
    return text.getvalue().encode("utf-8-sig")


def _differs(row: _Row, checklist: Checklist) -> bool:
    return _other_rule(row, checklist) != score(checklist, _submission(row, checklist)).score


def _rows(checklist: Checklist) -> Iterator[_Row]:
    for at, place in enumerate(story.BRANCHES):
        day = FIRST_DAY + timedelta(days=at, minutes=17 * at)
        dice = Random(f"agency/{place.code}")  # noqa: S311  made-up answers
        answers = answer_all(checklist, dice, Manner(place.code, place.quality[0]), day)
        yield _Row(481_200 + at, place, day, answers)


def _cells(row: _Row, checklist: Checklist, items: list[AnyItem], *, odd: bool) -> list[str]:
    first = [str(row.number), row.place.code, row.place.name, f"{row.day:%d.%m.%Y}"]
    if row.place.code == story.CLOSED:
        return [*first, *([""] * len(checklist.sections)), CLOSED, *([""] * 2 * len(items))]
    visit = _submission(row, checklist)
    result = score(checklist, visit)
    sections = {part.section: part.score for part in result.sections}
    cells = [*first, *(_figure(sections[part.id]) for part in checklist.sections)]
    cells.append(_figure(_other_rule(row, checklist) if odd else result.score))
    words = shown_answers(checklist, visit, "en")
    for item in items:
        cells += [_word(checklist, item, row.answers, words), ""]
    return cells


def _figure(number: Fraction | None) -> str:
    return "" if number is None else f"{shown(number, 2, percent=False):f}".replace(".", ",")


def _word(checklist: Checklist, item: AnyItem, answers: Answers, words: Mapping[str, tuple[object, str, str]]) -> str:
    answer = answers.get(item.id)
    if isinstance(answer, tuple):
        return "; ".join(answer_word(checklist, item.id, option, "en") for option in answer) or "None of these"
    if answer == NOT_APPLICABLE:
        return "N/A"
    return str(words[item.id][0]) if item.id in words else ""


def _submission(row: _Row, checklist: Checklist) -> Submission:
    return Submission(
        visit_id=str(row.number), checklist=checklist.checklist, version=checklist.version, branch=row.place.code,
        visit_date=row.day.date(), outcome=Outcome.DONE, answers=row.answers, source=Source(file="agency"),
    )  # fmt: skip


def _other_rule(row: _Row, checklist: Checklist) -> Fraction | None:
    """The visit's score where 'did not come up' counts as zero."""
    changed = CHANGES["not_applicable_zero"](checklist)
    return score(changed, _submission(row, changed)).score

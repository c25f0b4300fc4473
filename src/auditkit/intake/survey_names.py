"""What a survey tool's form calls our fields: shared by the form that is written and the data that come back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.model.items import DERIVED, AnyItem, NumberItem, Timestamp
from auditkit.model.visit import NEVER, NOT_APPLICABLE, NOT_OBSERVED

FORM = "auditkit_form"
"""The field that says which checklists, in which version and wording, an answer sheet is about."""
FIELDS = {
    "visit_id": "visit",
    "branch": "branch",
    "wave": "wave",
    "shopper": "shopper",
    "visit_date": "date",
    "arrived": "start",
    "left": "end",
    "outcome": "outcome",
    "attempts": "attempts",
    "customers_waiting": "customers_waiting",
    "staff_on_duty": "staff_on_duty",
    "minutes_to_first_contact": "minutes_to_first_contact",
    "position": "position",
    "employee": "employee",
}
"""Field of the form → key of a mapping of columns."""
LABELS = {name: f"forms.{name}" for name in FIELDS} | {"arrived": "forms.start", "left": "forms.end"}
OUT, COMMENT, PHOTO = "__out", "__comment", "__photo"
"""What stands behind an item's id: why there is no number or time; its comment; its photo or file."""


class Question(NamedTuple):
    """One field about an item."""

    checklist: Checklist
    item: AnyItem
    part: str
    """Empty: the answer itself; else `OUT`, `COMMENT`, `PHOTO`."""
    name: str


def stamp(checklists: Sequence[Checklist]) -> str:
    """`phone-etiquette@1.0.0#1e42…`, several with spaces between."""
    return " ".join(f"{each.checklist}@{each.version}#{each.source_hash}" for each in checklists)


def stamped(text: str) -> list[tuple[str, str, str]]:
    """The same read back: id, version, hash."""
    found = re.findall(r"([A-Za-z][\w-]*)@([^\s#@]+)(?:#(\w*))?", text)
    return [(id_, version, digest) for id_, version, digest in found]


_TAKEN = frozenset({*FIELDS, "visit", "start", "end", "today", "meta", "instanceid", "instancename", FORM})


def before(checklist: Checklist, checklists: Sequence[Checklist]) -> str:
    """What stands before the names of a checklist's fields: nothing where the form holds only one, and none of its
    items is called as a field of the visit is.
    """
    clear = all(item.casefold() not in _TAKEN for item in checklist.items_by_id)
    return "" if clear and len(checklists) == 1 else f"{checklist.checklist}__"


def questions(checklists: Sequence[Checklist]) -> Iterator[Question]:
    """Every field that a form on these checklists may have about an item."""
    for checklist in checklists:
        for _, item in checklist.walk_items():
            if item.kind in DERIVED:
                continue
            name = before(checklist, checklists) + item.id
            for part in ("", OUT, COMMENT, PHOTO):
                if part != OUT or outside(item):
                    yield Question(checklist, item, part, name + part)


def outside(item: AnyItem) -> tuple[str, ...]:
    """What may be answered beside a number or a time, in a field of its own."""
    if not isinstance(item, (NumberItem, Timestamp)):
        return ()
    found = [NEVER] if isinstance(item, Timestamp) else []
    found += [NOT_APPLICABLE] if item.not_applicable else []
    found += [NOT_OBSERVED] if item.not_observed and item.scored else []
    return tuple(found)


def label(question: Question, checklists: Sequence[Checklist], language: str) -> str:
    """What the form asks: the number first, so that no two questions bear the same words."""
    number = question.checklist.numbers[question.item.id]
    said = f"{number} {question.item.text.said(language)}"
    if question.part:
        key = {OUT: "survey.out", COMMENT: "survey.comment", PHOTO: "survey.photo"}[question.part]
        said = say(language, key, number=number)
    if len(checklists) > 1 and question.part:
        return f"{said} ({question.checklist.title.said(language)})"
    return said

"""The form on paper: A4 pages as HTML, or as PDF where a browser is at hand that prints them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from auditkit.forms.answers import shown_answers
from auditkit.forms.blank import Blank
from auditkit.forms.conditions import sentence
from auditkit.forms.fields import fields, values_of
from auditkit.forms.layout import FormRow, not_reviewed, rows_of
from auditkit.forms.telling import how_to_tell
from auditkit.intake.spelling_words import plain_word
from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.model.items import AnyItem, Choice, Multi, NumberItem, Scale, Timestamp, YesNo
from auditkit.model.judging import Asked
from auditkit.model.visit import NEVER, NO, NOT_APPLICABLE, NOT_OBSERVED, YES, Outcome

PARTS = Path(__file__).parent / "parts"
_SHORT = 26
"""Letters of an answer up to which several stand in one line."""
_LINES = {"text": 2, "photo": 1, "audio": 1, "receipt": 1, "file": 1}
"""Lines to write on, by kind."""


class Entry(NamedTuple):
    """A line of the cover: something known, something to write, or a choice."""

    label: str
    value: str = ""
    choices: tuple[str, ...] = ()


class Filled(NamedTuple):
    """What is answered already."""

    ticked: tuple[str, ...] = ()
    """In the words beside the boxes."""
    written: str = ""
    """A number, a text, the day of a moment."""
    clock: str = ""
    """The time of a moment."""
    said: str = ""
    """The comment."""
    named: str = ""
    """The file."""


class Row(NamedTuple):
    """A section's heading or a question, as it is printed."""

    heading: bool
    number: str
    text: str
    depth: int = 0
    """Of a heading: 0 at the top."""
    only: tuple[str, ...] = ()
    """When it is asked, a sentence each."""
    guidance: tuple[str, ...] = ()
    several: bool = False
    """Boxes for as many answers as are true, else circles for one."""
    choices: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    """The answers that every question calls the same: none of these, never, did not come up, could not see."""
    inline: bool = True
    """All choices are short: they stand side by side."""
    write: str = ""
    """What is written where there is nothing to tick: `number`, `moment`, `text`."""
    unit: str = ""
    lines: int = 0
    """To write on, where `write` is `text`."""
    comment: int = 0
    """Lines for a comment."""
    evidence: str = ""
    """The kind of file whose name is to be written."""
    filled: Filled = Filled()


class Part(NamedTuple):
    """One checklist."""

    title: str
    version: str
    remark: str
    """That no native speaker has read the translation; empty: nothing to say."""
    groups: tuple[tuple[Row, ...], ...]
    """Each a heading with the first question under it, or one question: never split over pages."""


def write_paper(blank: Blank, path: Path) -> None:
    """Write the form as `.html` or `.pdf`; it appears whole or not at all. Raises `CannotWrite`."""
    from auditkit.forms.browser import write_page

    write_page(paper_html(blank), path, blank.language)


def paper_html(blank: Blank) -> str:
    """The pages as one HTML document that needs no other file."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(PARTS), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )

    def word(key: str, **facts: object) -> str:
        return say(blank.language, key, **facts)

    parts = [_part(each, blank) for each in blank.checklists]
    page = environment.get_template("paper.html").render(
        language=blank.language, visit=blank.visit_id, entries=list(_entries(blank)), parts=parts, word=word
    )
    return page.lstrip() + "\n"


def _entries(blank: Blank) -> Iterator[Entry]:
    """The cover: what is known is printed, the rest is left to be written."""
    known = values_of(blank)
    for field in fields(blank):
        name = "paper.visit_id" if field.key == "visit_id" else f"forms.{field.key}"
        value = known.get(field.key)
        if field.key == "wave" and not value:
            continue
        choices: tuple[str, ...] = ()
        if field.key == "outcome":
            choices = tuple(say(blank.language, f"forms.outcome_{each.value}") for each in Outcome)
        elif field.key == "position":
            choices = field.choices
        yield Entry(say(blank.language, name), "" if value is None else str(value), choices)


def _part(checklist: Checklist, blank: Blank) -> Part:
    rows = [_row(row, checklist, blank) for row in rows_of(checklist, blank.language, blank.seen_by) if _is_own(row)]
    remark = not_reviewed(checklist, blank.language)
    return Part(checklist.title.said(blank.language), checklist.version, remark, tuple(_groups(rows)))


def _is_own(row: FormRow) -> bool:
    """The boxes of a question stand under it, not in rows of their own."""
    return row.kind != "option"


def _groups(rows: list[Row]) -> Iterator[tuple[Row, ...]]:
    """Headings go with the first question below them."""
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        if not row.heading:
            yield tuple(waiting)
            waiting = []


def _row(row: FormRow, checklist: Checklist, blank: Blank) -> Row:
    if row.kind == "section":
        only = (row.guidance,) if row.guidance else ()
        return Row(heading=True, number=row.number, text=row.text, depth=row.number.count("."), only=only)
    item, language = checklist.items_by_id[row.key], blank.language
    filled = _filled(item, checklist, blank)
    own, outside = _choices(item, language), _outside(item, language)
    number = isinstance(item, NumberItem)
    return Row(
        heading=False,
        number=row.number,
        text=row.text,
        only=tuple(_only(row, item, checklist, language)),
        guidance=tuple(how_to_tell(item, checklist, language, blank.seen_by)),
        several=isinstance(item, Multi),
        choices=own,
        outside=outside,
        inline=bool(own) and all(len(word) <= _SHORT for word in own),
        write="number" if number else "moment" if isinstance(item, Timestamp) else "" if own else "text",
        unit=item.unit.said(language) if isinstance(item, NumberItem) else "",
        lines=_LINES.get(item.kind, 0),
        comment=2 if item.comment.when is not Asked.NEVER else 0,
        filled=filled,
        evidence="" if item.evidence.when is Asked.NEVER else say(language, f"forms.evidence_{item.evidence.kind}"),
    )


def _filled(item: AnyItem, checklist: Checklist, blank: Blank) -> Filled:
    submission, language = blank.filled.get(checklist.checklist), blank.language
    if submission is None:
        return Filled()
    notes = Filled(said=submission.comments.get(item.id, ""), named=submission.evidence.get(item.id, ""))
    answer = submission.answers.get(item.id)
    match answer:
        case None:
            return notes
        case datetime():
            return notes._replace(written=answer.date().isoformat(), clock=f"{answer:%H:%M}")
        case tuple() if isinstance(item, Multi) and answer:
            return notes._replace(ticked=tuple(o.text.said(language) for o in item.options if o.id in answer))
        case int() if isinstance(item, Scale):
            return notes._replace(ticked=(_step(item, answer, language),))
    shown = str(shown_answers(checklist, submission, language)[item.id][0])
    typed = isinstance(answer, Decimal) or item.kind in _LINES
    return notes._replace(written=shown) if typed else notes._replace(ticked=(shown,))


def _only(row: FormRow, item: AnyItem, checklist: Checklist, language: str) -> Iterator[str]:
    if item.applies_when is not None and item.applies_when in row.conditions:
        yield sentence(item.applies_when, checklist, language)
    if row.positions:
        titles = (checklist.position_title(name, language) for name in row.positions)
        yield say(language, "paper.positions", positions=", ".join(titles))


def _choices(item: AnyItem, language: str) -> tuple[str, ...]:
    match item:
        case YesNo():
            return plain_word(YES, language), plain_word(NO, language)
        case Choice() | Multi():
            return tuple(option.text.said(language) for option in item.options)
        case Scale():
            return tuple(_step(item, step, language) for step in range(item.min, item.max + 1))
        case _:
            return ()


def _step(item: Scale, step: int, language: str) -> str:
    said = (item.labels or {}).get(step)
    return f"{step} – {said.said(language)}" if said is not None else str(step)


def _outside(item: AnyItem, language: str) -> tuple[str, ...]:
    found = ["none"] if isinstance(item, Multi) else [NEVER] if isinstance(item, Timestamp) else []
    if item.kind not in _LINES:
        found += [NOT_APPLICABLE] if item.not_applicable else []
        found += [NOT_OBSERVED] if item.not_observed and item.scored else []
    return tuple(plain_word(each, language) for each in found)

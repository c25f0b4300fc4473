"""What is asked at one step of an interview, in one language, and what somebody means who types a reply to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

from auditkit.forms.conditions import answer_word
from auditkit.forms.desk.interview import Interview, State, Step
from auditkit.forms.telling import how_to_tell
from auditkit.intake.spelling_words import plain_word
from auditkit.locales import say
from auditkit.model.items import AnyItem, Choice, Multi, NumberItem, Scale, Timestamp, YesNo
from auditkit.model.visit import NEVER, NO, NOT_APPLICABLE, NOT_OBSERVED, YES, Outcome


class Offer(NamedTuple):
    """An answer that a key chooses."""

    key: str
    word: str
    value: Any
    """Canonical; of `several` an option's id, or `()` for none of them."""


class Question(NamedTuple):
    """What stands on the screen."""

    step: Step
    kind: str
    """`one`, `several`, `number`, `moment`, `date`, `time`, `count`, `minutes`, `text`."""
    heading: str
    """Checklist and section; `Visit` on the cover."""
    number: str
    text: str
    guidance: str = ""
    offers: tuple[Offer, ...] = ()
    hint: str = ""
    """What may be typed where keys alone don't answer."""
    least: int = 0
    """Characters that a text must have."""
    now: bool = False
    """A moment: `n` stands for this one."""
    given: str = ""
    """What is answered already, in words."""


NOT_APPLICABLE_KEY, NOT_OBSERVED_KEY, NEVER_KEY, NONE_KEY = "x", "z", "v", "0"
_COVER_KINDS = {
    "visit_date": "date",
    "start": "time",
    "end": "time",
    "attempts": "count",
    "customers_waiting": "count",
    "staff_on_duty": "count",
    "minutes_to_first_contact": "minutes",
}
_TIMED = ("date", "time", "moment")


def question(interview: Interview, state: State, step: Step) -> Question:
    """What a step asks, with what is answered already."""
    asked = _cover(interview, step) if step.part == "cover" else _of_item(interview, step)
    given = state.given.get(step)
    shown = "" if given is None else in_words(interview, step, given)
    return asked._replace(given=shown, hint=_hint(interview, asked), now=asked.kind in _TIMED)


def _cover(interview: Interview, step: Step) -> Question:
    language, kind = interview.blank.language, _COVER_KINDS.get(step.key, "text")
    offers: tuple[Offer, ...] = ()
    if step.key == "outcome":
        said = [(say(language, f"forms.outcome_{each.value}"), each.value) for each in Outcome]
        kind, offers = "one", _numbered(said)
    elif step.key == "position":
        kind, offers = "one", _numbered([(title.said(language), name) for name, title in interview.positions.items()])
    return Question(step, kind, say(language, "forms.cover"), "", say(language, f"forms.{step.key}"), offers=offers)


def _of_item(interview: Interview, step: Step) -> Question:
    language, checklist, item = interview.blank.language, interview.checklists[step.checklist], interview.item(step)
    number = checklist.numbers[item.id]
    heading = _heading(interview, step)
    if step.part == "answer":
        guidance = "\n".join(how_to_tell(item, checklist, language, interview.blank.seen_by))
        offers = _offers(item, language)
        return Question(step, _kind(item), heading, number, item.text.said(language), guidance, offers)
    kind = say(language, f"forms.evidence_{item.evidence.kind}")
    text = say(language, "fill.comment" if step.part == "comment" else "fill.evidence", number=number, kind=kind)
    least = interview.least(step) if step.part == "comment" else 0
    return Question(step, "text", heading, "", text, item.text.said(language), least=least)


def _heading(interview: Interview, step: Step) -> str:
    checklist = interview.checklists[step.checklist]
    section = next(section for section, item in checklist.walk_items() if item.id == step.key)
    language = interview.blank.language
    title = f"{checklist.numbers['/' + section.id]} {section.title.said(language)}"
    return f"{checklist.title.said(language)} · {title}" if len(interview.checklists) > 1 else title


def _kind(item: AnyItem) -> str:
    match item:
        case YesNo() | Choice() | Scale():
            return "one"
        case Multi():
            return "several"
        case NumberItem():
            return "number"
        case Timestamp():
            return "moment"
        case _:
            return "text"


def _offers(item: AnyItem, language: str) -> tuple[Offer, ...]:
    """The item's own answers by number, then by letter what every item calls the same."""
    own: tuple[Offer, ...] = ()
    match item:
        case YesNo():
            own = _numbered([(plain_word(each, language), each) for each in (YES, NO)])
        case Choice():
            own = _numbered([(option.text.said(language), option.id) for option in item.options])
        case Multi():
            none = Offer(NONE_KEY, plain_word("none", language), ())
            own = (*_numbered([(option.text.said(language), option.id) for option in item.options]), none)
        case Scale():
            words = {step: text.said(language) for step, text in (item.labels or {}).items()}
            own = tuple(Offer(str(step), words.get(step, ""), step) for step in range(item.min, item.max + 1))
        case Timestamp():
            own = (Offer(NEVER_KEY, plain_word(NEVER, language), NEVER),)
    return (*own, *_outside(item, language))


def _outside(item: AnyItem, language: str) -> tuple[Offer, ...]:
    found = []
    if item.not_applicable:
        found.append(Offer(NOT_APPLICABLE_KEY, plain_word(NOT_APPLICABLE, language), NOT_APPLICABLE))
    if item.not_observed and item.scored:
        found.append(Offer(NOT_OBSERVED_KEY, plain_word(NOT_OBSERVED, language), NOT_OBSERVED))
    return tuple(found) if _kind(item) != "text" else ()


def _numbered(said: list[tuple[str, Any]]) -> tuple[Offer, ...]:
    return tuple(Offer(str(n), word, value) for n, (word, value) in enumerate(said, 1))


def _hint(interview: Interview, asked: Question) -> str:
    language = interview.blank.language
    if asked.kind == "number":
        item = interview.item(asked.step)
        return say(language, "forms.unit", unit=item.unit.said(language)) if isinstance(item, NumberItem) else ""
    if asked.least > 1:
        return say(language, "forms.comment_least", least=asked.least)
    return say(language, f"fill.hint_{asked.kind}") if asked.kind not in ("one", "text") else ""


def in_words(interview: Interview, step: Step, given: Any) -> str:
    """An answer as a person of this language would say it."""
    language = interview.blank.language
    match given:
        case datetime():
            return f"{given:%Y-%m-%d %H:%M}"
        case time():
            return f"{given:%H:%M}"
        case tuple():
            checklist = interview.checklists[step.checklist]
            words = [answer_word(checklist, step.key, each, language) for each in given]
            return "; ".join(words) or plain_word("none", language)
        case str() if step.part == "cover":
            return _cover_word(interview, step.key, given)
        case str() if step.part == "answer":
            return _word_of(interview, step, given)
        case _:
            return f"{given:f}" if isinstance(given, Decimal) else str(given)


def _cover_word(interview: Interview, field: str, given: str) -> str:
    language = interview.blank.language
    if field == "outcome":
        return say(language, f"forms.outcome_{given}")
    title = interview.positions.get(given) if field == "position" else None
    return title.said(language) if title is not None else given


def _word_of(interview: Interview, step: Step, given: str) -> str:
    language, item = interview.blank.language, interview.item(step)
    if given in (NOT_APPLICABLE, NOT_OBSERVED):
        return plain_word(given, language)
    if _kind(item) == "text":
        return given
    return answer_word(interview.checklists[step.checklist], step.key, given, language)


Now = Callable[[], datetime]
"""The clock of the desk, in local time without an offset."""

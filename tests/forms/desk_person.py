"""Somebody at the desk: reads the question, presses the key beside the answer, types where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from auditkit.forms.desk.interview import Interview, State, Step
from auditkit.forms.desk.questions import Question, question
from auditkit.forms.desk.replies import Refused, Replies
from auditkit.model.visit import NOT_ASKED

NOON = datetime(2026, 8, 20, 12, 0)  # noqa: DTZ001
COVER: Mapping[str, Any] = {
    "branch": "B07",
    "shopper": "K7",
    "visit_date": date(2026, 8, 20),
    "start": time(10, 31),
    "end": time(10, 47),
    "outcome": "done",
}


def wanted(step: Step, answers: Mapping[str, Mapping[str, Any]], cover: Mapping[str, Any] = COVER) -> Any:
    """What somebody with these answers in mind says at a step; `None`: nothing."""
    if step.part == "cover":
        return cover.get(step.key)
    if step.part == "answer":
        found = answers[step.checklist].get(step.key)
        return None if found == NOT_ASKED else found
    return f"что произошло в пункте {step.key}" if step.part == "comment" else "photo-1.jpg"


def typed(asked: Question, value: Any) -> str:  # noqa: PLR0911  one line a kind
    """The key or the words for a canonical value; `s` for nothing."""
    if value is None:
        return "s"
    keys = {repr(offer.value): offer.key for offer in asked.offers}
    if repr(value) in keys:
        return keys[repr(value)]
    match value:
        case tuple():
            return " ".join(keys[repr(each)] for each in value)
        case datetime():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case Decimal():
            return f"{value:f}".replace(".", ",") if abs(value.as_tuple().exponent) != 3 else f"{value:f}"
        case _:
            return str(value)


def walked(
    interview: Interview, state: State, answers: Mapping[str, Mapping[str, Any]], cover: Mapping[str, Any] = COVER
) -> tuple[State, list[str]]:
    """To the end of the questions; gives what was typed too."""
    replies, lines = Replies(interview, lambda: NOON), []
    for _ in range(2000):
        if state.at is None:
            return state, lines
        asked = question(interview, state, state.at)
        line = typed(asked, wanted(state.at, answers, cover))
        lines.append(line)
        if line == "s":
            state = interview.skip(state)
            continue
        value = replies.read(asked, state, line)
        assert not isinstance(value, Refused), (asked, line, value)
        state = interview.give(state, value)
    raise AssertionError("it never ends")


def on_every_step(interview: Interview, state: State) -> list[Question]:
    """The question of each step that is asked now."""
    return [question(interview, replace(state, at=step), step) for step in interview.steps(state)]

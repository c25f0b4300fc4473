"""A report without anybody's words: its answers, and that something stood where words stood. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from auditkit.intake.readings import Reading
from auditkit.model.checklist import Checklist
from auditkit.model.visit import GONE, NEVER, NOT_APPLICABLE, NOT_ASKED, NOT_OBSERVED, Submission, Value
from auditkit.problems import Problem
from auditkit.results.keys import submission_hash

_OF_WORDS = ("text", "photo", "audio", "receipt", "file")
"""Kinds whose answers are somebody's words, or the name that somebody gave a file."""
_STATES = (NOT_APPLICABLE, NOT_OBSERVED, NOT_ASKED, NEVER)
_LONGEST = 40
"""Characters of what was typed for an answer that was understood: `yes`, `8 / 10`, the words of an option."""
_KEPT_FACTS = ("item",)
"""Facts of a problem that hold nothing of what was typed, and on which hangs whether the report is complete."""


def without_words(reading: Reading, checklist: Checklist | None) -> Reading:
    """The same reading; scored, decided on and counted as before."""
    said = reading.submission
    problems = tuple(map(_without_value, reading.problems))
    if said is None:
        return Reading(None, problems)
    answers = {item: _answer(item, value, checklist) for item, value in said.answers.items()}
    return Reading(
        said.model_copy(
            update={
                "answers": answers,
                "typed": {item: _typed(item, text, answers) for item, text in said.typed.items()},
                "comments": _marked(said.comments),
                "evidence": _marked(said.evidence),
                # A name is no answer; whoever needs to know who was served needs it before the time is over.
                "employee": None,
                "facts": {},
                "published": {},
                "published_cells": {},
                "source": said.source.model_copy(update={"answers": submission_hash(said), "attached": _gone(said)}),
            }
        ),
        problems,
        reading.visit_hint if reading.visit_hint == said.visit_id else "",
    )


def _answer(item: str, value: Value, checklist: Checklist | None) -> Value:
    known = checklist.items_by_id.get(item) if checklist is not None else None
    if isinstance(value, str) and value not in _STATES and (known is None or known.kind in _OF_WORDS):
        return GONE if value.strip() else value
    return value


def _typed(item: str, text: str, answers: Mapping[str, Value]) -> str:
    # What nobody understood may be anything; that something stood there makes the question no blank.
    understood = item in answers and answers[item] != GONE
    return text if understood and len(text) <= _LONGEST else GONE


def _marked(texts: Mapping[str, str]) -> dict[str, str]:
    return {item: GONE if text.strip() else "" for item, text in texts.items()}


def _gone(said: Submission) -> tuple[str, ...]:
    """Photos that the file held: how many there were, without their names, which shoppers may give."""
    return tuple(f"{number}.jpg" for number in range(1, len(said.source.attached) + 1))


def _without_value(each: Problem) -> Problem:
    facts = tuple((name, text) for name, text in each.facts if name in _KEPT_FACTS)
    return each._replace(value=GONE if each.value else "", facts=facts)

"""The shoppers' words and photos: what they write beside an item that was not fully met."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from random import Random
from typing import NamedTuple

from auditkit.demo.answering import missing_options
from auditkit.model.checklist import Checklist
from auditkit.model.items import AnyItem, Multi
from auditkit.model.judging import Asked
from auditkit.model.score import ItemScore
from auditkit.model.visit import Submission, Value
from auditkit.scoring import score

CHATTY = 0.8
"""How often somebody writes a word where the form does not ask for it."""


class Notes(NamedTuple):
    """Item → words, item → names of photos."""

    comments: dict[str, str]
    evidence: dict[str, str]


@cache
def words(language: str) -> Mapping[str, Mapping[str, list[str]]]:
    """Checklist → what happened → sentences.

    What happened is `item` (not met, or nothing of it chosen), `item/option` of a choice (that option was chosen),
    `item/option` of a multi item (that option is what was lacking).
    """
    text = files("auditkit.demo").joinpath("words", f"{language}.json").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, list[str]]] = json.loads(text)
    return found


def notes_for(checklist: Checklist, submission: Submission, dice: Random, language: str) -> Notes:
    """Words and photos wherever the form asks for them, words at some other findings too."""
    said = words(language)[checklist.checklist]
    notes = Notes({}, {})
    for item, result in _missed(checklist, submission):
        answer = submission.answers[item.id]
        asked = result.met == "not_met"
        wanted = item.comment.when is not Asked.NEVER and asked
        fitting = [sentence for key in _keys(item, answer) for sentence in said.get(key, ())]
        # The dice fall even where nothing is written, so that a changed sentence moves no other one.
        chance, sentence = dice.random(), dice.choice(fitting) if fitting else ""
        if sentence and (wanted or chance < CHATTY):
            notes.comments[item.id] = sentence.format(n=answer)
        if item.evidence.when is not Asked.NEVER and asked:
            notes.evidence[item.id] = f"{submission.visit_id}-{item.id.replace('_', '-')}.jpg"
    return notes


def _missed(checklist: Checklist, submission: Submission) -> Iterator[tuple[AnyItem, ItemScore]]:
    results = {each.item: each for each in score(checklist, submission).items}
    for _, item in checklist.walk_items():
        result = results.get(item.id)
        if result is not None and result.met in ("not_met", "partly_met") and item.id in submission.answers:
            yield item, result


def _keys(item: AnyItem, answer: Value) -> list[str]:
    if isinstance(item, Multi):
        return [f"{item.id}/{option.id}" for option in missing_options(item, answer)] if answer else [item.id]
    return [item.id, f"{item.id}/{answer}"]

"""Canonical answers in the words that a form of one language shows for them."""

from __future__ import annotations

from datetime import datetime

from auditkit.forms.conditions import answer_word
from auditkit.intake.spelling_words import plain_word
from auditkit.model.checklist import Checklist
from auditkit.model.items import Multi
from auditkit.model.visit import NOT_APPLICABLE, NOT_OBSERVED, YES, Submission


def shown_answers(checklist: Checklist, submission: Submission, language: str) -> dict[str, tuple[object, str, str]]:
    """Row key (`item`, `item/option`) → (answer as typed, comment, evidence)."""
    found: dict[str, tuple[object, str, str]] = {}
    for _, item in checklist.walk_items():
        answer = submission.answers.get(item.id)
        comment, evidence = submission.comments.get(item.id, ""), submission.evidence.get(item.id, "")
        if isinstance(item, Multi) and isinstance(answer, tuple):
            found |= {f"{item.id}/{option}": (plain_word(YES, language), "", "") for option in answer}
            shown: object = None if answer else plain_word("none", language)
        else:
            # What could not be understood stays as it was typed, and is mended there.
            shown = (
                _shown(checklist, item.id, answer, language) if answer is not None else submission.typed.get(item.id)
            )
        if shown is not None or comment or evidence:
            found[item.id] = (shown, comment, evidence)
    return found


def _shown(checklist: Checklist, item: str, answer: object, language: str) -> object:
    if isinstance(answer, datetime):
        return answer.replace(tzinfo=None)
    if isinstance(answer, str):
        if answer in (NOT_APPLICABLE, NOT_OBSERVED):
            return plain_word(answer, language)
        return answer_word(checklist, item, answer, language)
    return answer

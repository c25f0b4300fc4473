"""Problems of a submission name outcomes and proof in the reader's words, not in codes."""

from __future__ import annotations

import pytest

from auditkit.intake.checks import check
from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.model.visit import Outcome, Source, Submission

ITEM = {"id": "b", "text": "B?", "evidence": {"when": "not_met", "kind": "photo"}}
CHECKLIST = Checklist.model_validate({
    "checklist": "x",
    "version": "1.0.0",
    "title": "X",
    "sections": [{"id": "a", "title": "A", "items": [ITEM]}],
})  # fmt: skip


def said(language: str, outcome: Outcome) -> list[str]:
    submission = Submission(
        visit_id="V1",
        checklist="x",
        version="1.0.0",
        branch="B1",
        outcome=outcome,
        answers={"b": "no"},
        source=Source(file="f.csv", undated=True),
    )
    return [say(language, f"{each.code}.says", **each.params) for each in check(submission, CHECKLIST)]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "photo"), ("ru", "фото"), ("kk", "фото"), ("pl", "zdjęcie"), ("ro", "fotografie")]
)
def test_missing_photo__in_words(language, words):
    (message,) = said(language, Outcome.DONE)
    assert f"({words})" in message


@pytest.mark.parametrize(
    ("language", "words"), [("en", "The branch was closed"), ("ru", "Отделение было закрыто"), ("pl", "Placówka była")]
)
def test_visit_not_carried_out__in_words(language, words):
    (message,) = said(language, Outcome.CLOSED)
    assert words in message

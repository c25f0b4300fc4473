"""Every text of the shipped checklists is there in every language, in the field's words and forms of address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from auditkit.locales.glossary import Where, traps
from auditkit.model.text import Text
from tests.checklists.coverage import ROOT, shipped
from tests.checklists.rows import ROWS

LANGUAGES = ("en", "kk", "pl", "ro", "ru")


def texts(thing: Any) -> Iterator[Text]:
    if isinstance(thing, Text):
        yield thing
    elif isinstance(thing, BaseModel):
        for name in type(thing).model_fields:
            yield from texts(getattr(thing, name))
    elif isinstance(thing, dict):
        for each in thing.values():
            yield from texts(each)
    elif isinstance(thing, tuple):
        for each in thing:
            yield from texts(each)


def languages(name: str) -> list[str]:
    found = sorted(path.stem for path in (ROOT / "checklists" / name).glob("??.yaml"))
    return ["en", *found]


CASES = [(name, language) for name in ROWS for language in languages(name)]


@pytest.mark.parametrize("name", ROWS)
def test_languages__that_must_be_there(name):
    assert set(languages(name)) == set(LANGUAGES)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_text__is_there(name, language):
    missing = [str(text) for text in texts(shipped(name)) if language not in text.words]
    assert not missing


@pytest.mark.parametrize(("name", "language"), CASES)
def test_text__keeps_clear_of_traps(name, language):
    said = [text.words.get(language, "") for text in texts(shipped(name))]
    assert not [trap for each in said for trap in traps(language, each, where=Where.OURS)]


@pytest.mark.parametrize(("name", "language"), CASES)
def test_text__has_the_quotation_marks_of_its_language(name, language):
    wrong = {"en": r"[«»„“”]", "ru": r"[\"„“”']", "kk": r"[\"„“”']", "pl": r"[\"«»“']", "ro": r"[\"«»“']"}[language]
    said = [text.words.get(language, "") for text in texts(shipped(name))]
    assert not [each for each in said if re.search(wrong, each)]
    opened, closed = {"ru": "«»", "kk": "«»", "pl": "„”", "ro": "„”"}.get(language, "''")
    if language != "en":
        assert not [each for each in said if each.count(opened) != each.count(closed)]


@pytest.mark.parametrize(("name", "language"), CASES)
def test_question__ends_as_a_question(name, language):
    for _, item in shipped(name).walk_items():
        words = item.text.words[language]
        assert words.endswith("?") == (item.kind not in ("deadline", "duration")), words
        assert len(words) <= 160, words


@pytest.mark.parametrize(("name", "language"), CASES)
def test_text__is_typed_cleanly(name, language):
    for text in texts(shipped(name)):
        words = text.words.get(language, "")
        assert words == " ".join(words.split())
        assert " - " not in words

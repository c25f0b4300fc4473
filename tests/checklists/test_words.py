"""Every text of the shipped checklists is there in every language, in the field's words and forms of address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from auditkit.model.text import Text
from tests.checklists.coverage import ROOT, shipped
from tests.checklists.rows import ROWS

LANGUAGES = ("en", "kk", "pl", "ro", "ru")
TRAPS = {
    "en": r"\b(he|she|his|her|him)\b",
    "ru": r"замечани|нарушени|оценк|не наблюдал|сотрудниц|менеджер|консультант|продавец|продавц|заявлени",
    "kk": r"ескерту|шағым беру|байқалмады|сатушы|менеджер",
    "pl": r"uchybieni|\bocen[ay]\b|nie zaobserwowano|sprzedawc|\b(?!krzesłem|kanałem)\w+(łem|łam|łeś|łaś)\b",
    "ro": r"abater|neobservat|vânzător|\bcerere|[şţŞŢ]",
}
"""Words that mean something else to the reader (a penalty, a 'no'), employees with a sex or a trade, wrong letters."""

SHOUTED_ADDRESS = r"(?<=[а-яё,;] )В(ы|ас|ам|ами|аш[а-яё]*)\b"
"""Russian «вы» with a capital inside a sentence."""


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
    assert not [each for each in said if re.search(TRAPS[language], each, re.IGNORECASE)]


@pytest.mark.parametrize("name", ROWS)
def test_russian_address__is_small(name):
    said = [text.words["ru"] for text in texts(shipped(name))]
    assert not [each for each in said if re.search(SHOUTED_ADDRESS, each)]


@pytest.mark.parametrize(("name", "language"), CASES)
def test_text__is_typed_cleanly(name, language):
    for text in texts(shipped(name)):
        words = text.words.get(language, "")
        assert words == " ".join(words.split())
        assert " - " not in words

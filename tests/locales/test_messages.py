"""Every language says everything, with all its plural forms, and is typed as it is printed."""

from __future__ import annotations

import re

import pytest

from auditkit.locales import LANGUAGES, catalogue, plural_kinds
from tests.locales.test_glossary import texts

KINDS = {
    "en": ("one", "other"),
    "ru": ("one", "few", "many", "other"),
    "kk": ("one", "other"),
    "pl": ("one", "few", "many", "other"),
    "ro": ("one", "few", "other"),
}
WRONG_MARKS = {
    "en": r"[«»„]",
    "ru": r"[\"„“”]|'(?![.,]')",
    "kk": r"[\"„“”]|'(?![.,]')",
    "pl": r"[\"«»“]",
    "ro": r"[\"«»“]",
}
"""Quotation marks of another language; `','` is what is typed into a mapping."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms__are_all_of_the_cldr(language):
    assert plural_kinds(language) == KINDS[language]
    for key, message in catalogue(language).items():
        if isinstance(message, dict):
            assert tuple(message) == KINDS[language], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural__is_so_in_every_language(language):
    english = {key for key, message in catalogue("en").items() if isinstance(message, dict)}
    assert {key for key, message in catalogue(language).items() if isinstance(message, dict)} == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotation_marks__are_those_of_the_language(language):
    texts_ = [(key, text) for key, text in texts(language) if not key.startswith("starter.columns")]
    bare = [(key, re.sub(r"decimal: ','|'\.'", "", text)) for key, text in texts_]
    assert [(key, text) for key, text in bare if re.search(WRONG_MARKS[language], text)] == []
    opened, closed = {"ru": "«»", "kk": "«»", "pl": "„”", "ro": "„”", "en": "“”"}[language]
    assert [(key, text) for key, text in texts_ if text.count(opened) != text.count(closed)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages__are_typed_cleanly(language):
    for key, text in texts(language):
        if "\n" not in text:
            assert text == " ".join(text.split()), key
            assert " - " not in text, key
            assert not re.search(r" [,.;:!?](?:\s|$)", text), (key, text)

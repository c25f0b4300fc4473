"""The words of the reports: every language says everything, with the same facts, and titles fit their columns."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import auditkit.locales
from auditkit.locales import LANGUAGES
from auditkit.reports import wording
from auditkit.reports.branch_sheets import branch_sheets
from auditkit.reports.heights import INDENT
from auditkit.reports.network_sheets import network_sheets
from auditkit.reports.sheets import Sheet
from auditkit.reports.styles import LOOKS
from auditkit.widths import CHARACTER, text_width
from tests.reports import made

FOLDER = Path(auditkit.locales.__file__).parent


def words(language: str) -> dict[str, str | dict[str, str]]:
    found: dict[str, str | dict[str, str]] = json.loads((FOLDER / language / "reports.json").read_text("utf-8"))
    return found


def facts(message: str | dict[str, str]) -> set[str]:
    texts = message.values() if isinstance(message, dict) else (message,)
    return {name for text in texts for name in re.findall(r"\{(\w+)\}", text)} - {"n"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_with_the_same_facts(language: str) -> None:
    english, own = words("en"), words(language)
    assert own.keys() == english.keys()
    assert {key for key in own if facts(own[key]) != facts(english[key])} == set()


@pytest.mark.parametrize(
    ("language", "never"),
    [
        ("ru", "замечани|нарушени|жалоб|не наблюдалось"),
        ("kk", "ескерту|шағым|байқалмады"),
        ("pl", "uchybieni|skarg|reklamacj|nie zaobserwowano"),
        ("ro", "abater|plânger|neobservat|[şţ]"),
    ],
)
def test_words_with_a_second_meaning_are_avoided(language: str, never: str) -> None:
    texts = json.dumps(words(language), ensure_ascii=False)
    assert re.findall(never, texts, re.IGNORECASE) == []


def sheets(language: str) -> tuple[Sheet, ...]:
    figures, network = made.branch_figures(language), made.network_figures(language=language)
    context = made.context()
    network = made.carried(network)
    return branch_sheets(figures, language, context) + network_sheets(network, language, context)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_column_title_is_torn(language: str) -> None:
    torn = [
        (sheet.name, word)
        for sheet in sheets(language)
        for row in sheet.rows
        for cell, width in zip(row.cells, sheet.widths, strict=False)
        if cell.look.startswith("header") and cell.span == 1 and isinstance(cell.value, str)
        for word in re.split(r"[ \n]", cell.value)
        if text_width(word, 9, bold=True) > (width - LOOKS[cell.look].indent * INDENT) * CHARACTER - 2
    ]
    assert torn == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheet_names_are_legal_and_differ(language: str) -> None:
    names = [sheet.name for sheet in sheets(language)]
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert len(set(names[:4])) == 4
    assert len(set(names[4:])) == len(names[4:])


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("en", "He said “later”.", "“He said ‘later’.”"),
        ("ru", "«Ждите», и ушёл.", "«„Ждите“, и ушёл.»"),
        ("pl", "Powiedział „zaraz”.", "„Powiedział «zaraz».”"),
        ("ro", " fără semne ", "„fără semne”"),
    ],
)
def test_quoted__marks_inside_are_of_the_second_rank(language, typed, printed):
    assert wording.quoted(typed, language) == printed

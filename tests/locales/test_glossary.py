"""Messages say the words of the field, in every language, and none that means something else."""

from __future__ import annotations

import re

import pytest

from auditkit.intake.spelling_words import plain_word
from auditkit.locales import LANGUAGES, catalogue
from auditkit.locales.glossary import Where, glossary, traps

SHOWN = {
    "visit": ("forms.cover", "reports.col.visit"),
    "checklist": ("reports.checklist", "D150.says", "C121.says"),
    "form": ("S208.says", "S210.says", "F112.do"),
    "report": ("forms.title", "S112.says"),
    "branch": ("reports.branch", "forms.branch", "S110.says", "D405.says", "starter.branch"),
    "section": ("reports.section", "reports.col.section", "D132.says", "D240.says", "explain.zero_section"),
    "criterion": ("reports.col.criterion", "explain.skipped", "verify.column.text"),
    "question": ("forms.question", "S101.says", "S105.says"),
    "points": ("reports.col.earned", "reports.col.possible", "explain.lost"),
    "score": ("reports.score", "reports.col.score", "explain.cap_visit", "V103.says"),
    "level": ("reports.level", "verify.grade", "explain.cap_grade"),
    "passed": ("reports.verdict.pass",),
    "not_passed": ("reports.verdict.fail",),
    "finding": ("explain.not_met_at_most.critical", "explain.not_met_at_most.minor"),
    "critical": ("reports.severity.critical", "reports.critical_criteria", "D330.says"),
    "not_applicable": ("reports.answer.not_applicable",),
    "not_observed": ("reports.answer.not_observed", "reports.col.not_observed", "reports.state.not_observed"),
    "wave": ("reports.wave", "forms.wave", "R205.says", "D412.says"),
    "appeal": ("reports.measure.appeal",),
    "corrective_action": ("reports.col.measure",),
    "module": ("reports.col.module", "reports.measure.course"),
    "provisional": ("reports.provisional",),
    "mystery_shopper": ("reports.col.words", "reports.outcome.recognised"),
    "employee": ("forms.position", "forms.staff_on_duty"),
}
"""Term → messages that name the thing."""

CASES = [(language, term) for language in LANGUAGES for term in SHOWN]


def texts(language: str) -> list[tuple[str, str]]:
    """Every message, each plural form by itself, with an x for what is typed in backticks."""
    return [
        (key, re.sub(r"`[^`]*`|\{\{.*?\}\}", "x", form))
        for key, message in catalogue(language).items()
        for form in (message.values() if isinstance(message, dict) else (message,))
    ]


def stem(word: str) -> str:
    """What of a word stays when it is declined."""
    first = word.partition(" ")[0].casefold()
    return first[: max(3, len(first) - 3)]


@pytest.mark.parametrize(("language", "term"), CASES)
def test_term__is_the_word_that_people_read(language, term):
    stems = [stem(word) for word in glossary(language)[term].say]
    for key in SHOWN[term]:
        message = catalogue(language)[key]
        for form in message.values() if isinstance(message, dict) else (message,):
            assert any(each in form.casefold() for each in stems), (key, form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages__keep_clear_of_traps(language):
    found = [(key, trap.word) for key, text in texts(language) for trap in traps(language, text, where=Where.MESSAGES)]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", ["not_applicable", "not_observed"])
def test_answers_of_forms__are_the_glossary_s(language, answer):
    shown = plain_word(answer, language).casefold()
    assert any(word in shown for word in glossary(language)[answer].say)


@pytest.mark.parametrize("language", LANGUAGES)
def test_glossary__knows_every_thing_and_its_traps_are_no_terms(language):
    assert SHOWN.keys() <= glossary(language).keys()
    for term in glossary(language).values():
        for word in term.say:
            assert not list(traps(language, word, where=term.where)), word


def test_glossary__of_another_language_is_empty():
    assert glossary("uk") == {}
    assert list(traps("uk", "зауваження", where=Where.ALL)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Did he greet you?"),
        ("ru", "Замечаний нет"),
        ("ru", "выявлены нарушения"),
        ("ru", "Укажите Ваш код"),
        ("ru", "оценка визита"),
        ("ru", "жалоба на результат"),
        ("ru", "заполните форму"),
        ("kk", "ескерту"),
        ("kk", "бөлім нәтижесі"),
        ("kk", "шағым беру"),
        ("pl", "Czy zauważyłaś?"),
        ("pl", "Wybierz odpowiedź"),
        ("pl", "ocena placówki"),
        ("pl", "uchybienia"),
        ("ro", "abatere"),
        ("ro", "plângere"),
        ("ro", "unităţi"),
    ],
)
def test_trap__is_found(language, text):
    assert list(traps(language, text, where=Where.MESSAGES))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "формат, формула, вы и ваш код; книга замечаний"),
        ("kk", "бөлімше коды, формула"),
        ("pl", "hasłem, zespołem, kanałem; proszę ocenić"),
        ("ro", "unități"),
    ],
)
def test_trap__is_none(language, text):
    assert not list(traps(language, text, where=Where.MESSAGES))

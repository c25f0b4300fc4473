"""Translations beside a definition become words by language, and say nothing of what is not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Load = Callable[..., Any]

FORM = """
about: How calls are answered
language: en
grades:
  - {grade: good, title: Good, at_least: 75, verdict: pass}
  - {grade: weak, title: Weak, verdict: fail}
dimensions: {p: Professional}
sections:
  - id: a
    title: A
    items:
      - id: rings
        kind: number
        text: Rings?
        unit: rings
        bands: [{up_to: 3, credit: 1}, {credit: 0, text: too late}]
      - id: how
        kind: choice
        text: How?
        options: [{id: well, text: Well, credit: 1}, {id: ill, text: Ill, credit: 0}]
        anchors: {met: Seen}
      - {id: step, kind: scale, text: {ru: Шаг, en: Step}, labels: {1: Bad}}
"""

RU = """
language: ru
translates: 1.0.0
reviewed_by: A. Reader
title: Телефон
about: Как отвечают
grades: {good: Хорошо, weak: Слабо}
dimensions: {p: Профи}
sections: {a: А}
items:
  rings: {text: Гудков?, unit: гудков, bands: {last: поздно}}
  how: {text: Как?, options: {well: Хорошо, ill: Плохо}, anchors: {met: Видно}}
  step: {labels: {1: Плохо}}
"""


def test_merged__ok(load: Load) -> None:
    checklist, problems = load(FORM, **{"ru.yaml": RU})
    assert problems == []
    rings, how, step = (item for _, item in checklist.walk_items())
    assert list(checklist.title.words.items()) == [("en", "X"), ("ru", "Телефон")]
    assert rings.unit.said("ru") == "гудков"
    assert rings.bands[1].text.said("ru") == "поздно"
    assert how.options[1].text.words == {"en": "Ill", "ru": "Плохо"}
    assert how.anchors.met.said("ru") == "Видно"
    assert list(step.text.words) == ["en", "ru"]
    assert step.labels[1].said("ru") == "Плохо"
    assert checklist.grades[0].title.said("ru") == "Хорошо"
    assert checklist.dimensions["p"].said("ru") == "Профи"
    assert checklist.reviewed_by == {"ru": "A. Reader"}


def test_unknown_names__error(load: Load) -> None:
    wrong = RU.replace("rings:", "ringz:").replace("ill:", "il:").replace("title:", "tittle:").replace("good:", "god:")
    _, problems = load(FORM, **{"ru.yaml": wrong})
    assert problems == [
        "D142 ru.yaml 5:1 tittle",
        "D142 ru.yaml 7:10 god",
        "D142 ru.yaml 11:3 ringz",
        "D142 ru.yaml 12:45 il",
    ]


def test_language_and_version__error(load: Load) -> None:
    _, problems = load(FORM, **{"ru.yaml": "language: kk\ntranslates: 1.0.0\n", "pl.yaml": "language: pl\n"})
    assert problems == ["D141 pl.yaml 1:1", "D140 ru.yaml 1:11 kk"]


def test_empty_words__error(load: Load) -> None:
    _, problems = load(
        FORM, **{"ru.yaml": "language: ru\ntranslates: 1.0.0\ntitle:\nitems: {how: {text: [a]}, rings: 3}\n"}
    )
    assert problems == ["D143 ru.yaml 3:7 title", "D143 ru.yaml 4:21 text", "D143 ru.yaml 4:34 rings"]


def test_other_files_are_not_translations__ok(load: Load) -> None:
    checklist, problems = load(FORM, **{"notes.yaml": "a: [", "ru-0.9.0.yaml": "language: ru\n"})
    assert problems == []
    assert checklist.reviewed_by == {}


def test_a_mapping_beside_its_checklist__no_translation(load: Load) -> None:
    _, problems = load(FORM, **{"map.yaml": "checklist: x\nvisit: No\n"})
    assert problems == []

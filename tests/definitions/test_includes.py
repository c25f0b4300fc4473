"""A section of another checklist is taken in whole, with its texts, defaults and places."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

Load = Callable[..., Any]

OWN = """
sections:
  - {id: own, title: Own, weight: 80, items: [{id: one, text: One}]}
  - include: {section: premises/outside, weight: 20}
"""
PREMISES = """
checklist: premises
version: 2.0.0
language: ru
title: Помещение
defaults: {weight: 3, dimension: modern}
dimensions: {modern: Современность}
sections:
  - id: outside
    title: Снаружи
    weight: 50
    items:
      - {id: signs, text: Указатели?, number: 7.1}
"""


def test_included__ok(load: Load) -> None:
    checklist, problems = load(OWN, **{"premises/checklist.yaml": PREMISES})
    assert problems == []
    section = checklist.sections[1]
    assert (section.weight, section.included_from) == (Decimal(20), "premises@2.0.0/outside")
    item = section.items[0]
    assert (item.weight, item.dimension, item.number) == (Decimal(3), "modern", None)
    assert item.text.words == {"ru": "Указатели?"}
    assert checklist.numbers["signs"] == "2.1"
    assert checklist.dimensions["modern"].said("ru") == "Современность"


def test_a_version__ok(load: Load) -> None:
    own = OWN.replace("premises/", "premises@1.0.0/")
    old = PREMISES.replace("2.0.0", "1.0.0").replace("weight: 3", "weight: 5")
    checklist, problems = load(own, **{"premises/checklist.yaml": PREMISES, "premises/checklist-1.0.0.yaml": old})
    assert problems == []
    assert checklist.sections[1].items[0].weight == 5


def test_unknown__error(load: Load) -> None:
    _, problems = load("""
        sections:
          - include: {section: premisses/outside}
          - include: {section: premises/otside}
          - include: premises
          - {id: own, title: Own, items: [{id: one, text: One, weigth: 1}]}
    """, **{"premises/checklist.yaml": PREMISES})  # fmt: skip
    assert problems == [
        "D131 5:24 premisses",
        "D132 6:24 premises/otside",
        "D130 7:5 premises",
        "D110 8:56 weigth",
    ]


def test_circle__error(load: Load) -> None:
    back = "checklist: premises\nversion: 1.0.0\ntitle: P\nsections:\n  - include: x/own\n"
    _, problems = load(OWN, **{"premises/checklist.yaml": back})
    assert problems == ["D133 6:24 premises"]


def test_faulty_other__error(load: Load) -> None:
    _, problems = load(OWN, **{"premises/checklist.yaml": PREMISES + "  - ["})
    assert problems == ["D134 6:24 premises"]


def test_fault_in_included_part__error(load: Load) -> None:
    wrong = PREMISES.replace("signs, text", "signs, applies_when: {item: nothing, is: yes}, text")
    _, problems = load(OWN, **{"premises/checklist.yaml": wrong})
    assert problems == ["D210 checklist.yaml 13:42 nothing"]


def test_same_id_in_both__error(load: Load) -> None:
    _, problems = load(OWN, **{"premises/checklist.yaml": PREMISES.replace("id: signs", "id: one")})
    assert [each.split()[0] for each in problems] == ["D201"]


def test_other_scoring__error(load: Load) -> None:
    _, problems = load(OWN, **{"premises/checklist.yaml": PREMISES.replace("title: П", "scoring: points\ntitle: П")})
    assert problems[0] == "D135 6:24 premises/outside"


def test_where_fewer_points_are_better__error(load: Load) -> None:
    ours = "scoring: points\n" + OWN.replace(", weight: 80", "").replace(", weight: 20", "")
    theirs = PREMISES.replace("    weight: 50\n", "").replace(
        "title: П", "scoring: points\ndirection: lower_is_better\ntitle: П"
    )
    _, problems = load(ours, **{"premises/checklist.yaml": theirs})
    assert problems[0] == "D135 8:24 premises/outside"
    checklist, problems = load("direction: lower_is_better\n" + ours, **{"premises/checklist.yaml": theirs})
    assert (problems, [section.id for section in checklist.sections]) == ([], ["own", "outside"])

"""A definition becomes a checklist, or a list of everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

Load = Callable[..., Any]

ITEM = """
sections:
  - id: a
    title: A
    items:
      - id: greets
        text: Does the employee greet?
        source: S1.10d/1
"""


def test_three_lines__ok(load: Load) -> None:
    checklist, problems = load(ITEM)
    assert problems == []
    (_, item), *_ = checklist.walk_items()
    assert (item.kind, item.weight, item.scored) == ("yes_no", Decimal(1), True)
    assert checklist.title.words == {"en": "X"}
    assert len(checklist.source_hash) == 64


def test_defaults__ok(load: Load) -> None:
    checklist, problems = load("""
        defaults: {weight: 3, comment: not_met, dimension: p}
        dimensions: {p: P}
        sections:
          - id: a
            title: A
            defaults: {weight: 2}
            items:
              - {id: one, text: One}
              - {id: two, text: Two, weight: 0.1}
    """)
    assert problems == []
    weights = [item.weight for _, item in checklist.walk_items()]
    assert weights == [Decimal(2), Decimal("0.1")]
    assert {item.comment.when for _, item in checklist.walk_items()} == {"not_met"}


def test_every_fault_at_once__error(load: Load) -> None:
    _, problems = load("""
        checklist: phone etiquette
        version: 1.0
        titel: Phone
        status: in-force
        decimals: 9
        in_force_from: 01/02/2026
        counts_for_pay_from:
        grades:
          - {grade: good, at_least: 75, verdict: passed, each_section_atleast: 3}
        defaults:
          comment: sometimes
        sections:
          - id: a
            title: A
            weight: 0,5
            items:
              - {id: one, text: One, weigth: 3}
              - {id: two, text: Two, options: []}
              - {id: three, kind: chioce, text: Three}
              - {id: four, kind: number, text: {en: Four, ru: ""}, bands: [{up_to: 3, credit: one}]}
              - {id: five, text: Five, critical: fial}
              - {id: six, text: Six, not_applicable: perhaps}
              - {id: seven, kind: scale, text: Seven, min: 1.5}
              - {text: no id}
              - just words
              - {id: eight, text: Eight, applies_when: {item: sevn, is: yes}}
          - id: b
            title: B
            items: nothing
    """)
    assert problems == [
        "D119 1:12 phone etiquette",
        "D120 2:10 1.0",
        "D110 3:1 titel",
        "D114 4:9 in-force",
        "D124 5:11 9",
        "D118 6:16 01/02/2026",
        "D113 7:1 counts_for_pay_from",
        "D114 9:42 passed",
        "D110 9:50 each_section_atleast",
        "D114 11:12 sometimes",
        "D115 15:13 0,5",
        "D110 17:30 weigth",
        "D111 18:30 options",
        "D114 19:27 chioce",
        "D112 20:9 unit",
        "D113 20:51 ru",
        "D115 20:87 one",
        "D114 21:42 fial",
        "D117 22:46 perhaps",
        "D116 23:52 1.5",
        "D112 24:9 id",
        "D123 25:9 just words",
        "D210 26:55 sevn",
        "D122 29:12 nothing",
    ]


def test_nearest_names__are_said(load: Load, tmp_path: Any) -> None:
    from auditkit.definitions.checklists import load_checklist

    load(ITEM.replace("source:", "sorce:"))
    _, problems = load_checklist(tmp_path / "checklists/x/checklist.yaml")
    assert [(p.code, p.params["known"]) for p in problems] == [("D110", "source")]


def test_condition_in_deep__error(load: Load) -> None:
    _, problems = load(
        ITEM
        + """
      - id: next
        text: Next
        applies_when:
          - {item: greets, is: yes}
          - any:
              - {item: greets, at_most: x}
              - not: {itm: greets}
        """
    )
    assert problems == ["D115 17:41 x", "D110 18:23 itm"]


def test_hash__follows_every_file(load: Load) -> None:
    alone = load(ITEM)[0].source_hash
    ru = "language: ru\ntranslates: 1.0.0\ntitle: Икс\n"
    translated = load(ITEM, **{"ru.yaml": ru})[0].source_hash
    assert load(ITEM, **{"ru.yaml": ru})[0].source_hash == translated != alone
    assert load(ITEM, **{"ru.yaml": ru + "about: ''\n"})[0] is None
    assert load(ITEM, **{"ru.yaml": ru + "# reviewed\n"})[0].source_hash != translated

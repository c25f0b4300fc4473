"""The scorecard of a checklist: measurable, specific, mandatory or replaceable, criterion by criterion."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from auditkit.cli.main import application
from auditkit.definitions.changes import Step, changes, step_of
from auditkit.definitions.checklists import load_checklist
from auditkit.definitions.library import Library
from auditkit.definitions.lint import lint_file
from auditkit.definitions.lint.scorecard import scorecard_of

SHEET = """checklist: desk
version: 1.0.0
title: Desk
ignore: {D302: trained with our own examples}
sections:
  - id: a
    title: A
    items:
      - {id: greets, text: Is the employee polite?, source: S}
      - {id: both, text: Does the employee greet and introduce themselves?, source: S}
      - id: waits
        text: Were you called within 5 minutes?
        source: S
        replacements:
          - {id: sign, text: A screen says how long it takes, budget: medium, feasibility: high}
          - {id: tea, text: Tea is offered}
      - {id: seen, text: How was the weather?, kind: text}
"""
RU = """language: ru
translates: 1.0.0
title: Стойка
sections: {a: А}
items:
  greets: {text: Сотрудник вежлив?}
  both: {text: Сотрудник поздоровался?}
  waits: {text: Вас вызвали в течение 5 минут?, replacements: {sign: На экране сказано, tea: Предложен чай}}
  seen: {text: Какая была погода?}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "desk" / "checklist.yaml"
    path.parent.mkdir()
    path.write_text(SHEET, encoding="utf-8")
    path.with_name("ru.yaml").write_text(RU, encoding="utf-8")
    return path


def test_each_criterion__with_the_rules_that_deny_it_even_where_they_are_ignored(desk: Path) -> None:
    card, problems = scorecard_of(desk)
    assert card is not None, problems
    assert [(each.item.id, each.number, each.unmeasured, each.vague) for each in card.criteria] == [
        ("greets", "1.1", ("D302",), ()),
        ("both", "1.2", (), ("D301",)),
        ("waits", "1.3", (), ()),
    ]
    assert [[other.id for other in each.replacements] for each in card.criteria] == [[], [], ["sign", "tea"]]


def test_printed__in_words(desk: Path) -> None:
    said = CliRunner().invoke(application(), ["lint", str(desk), "--scorecard"]).stdout
    assert "no: D302" in said
    assert "no: D301" in said
    flat = " ".join(said.split())
    assert "Criteria: 3. Measurable: 2. Specific: 2. Replaceable: 1." in flat
    data = json.loads(
        CliRunner().invoke(application(), ["lint", str(desk), "--scorecard", "--json", "-l", "ru"]).stdout
    )
    assert data[0]["criteria"][2]["replacements"] == [
        {"id": "sign", "text": "На экране сказано", "budget": "medium", "feasibility": "high"},
        {"id": "tea", "text": "Предложен чай", "budget": None, "feasibility": None},
    ]
    assert [each["mandatory"] for each in data[0]["criteria"]] == [True, True, False]


def test_a_faulty_definition__its_problems_and_no_card(desk: Path) -> None:
    desk.write_text(SHEET.replace("budget: medium", "budget: lots"), encoding="utf-8")
    result = CliRunner().invoke(application(), ["lint", str(desk), "--scorecard"])
    assert result.exit_code == 2
    assert "none, low, medium" in " ".join(result.stderr.split()), result.stderr


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [("{sign: На экране сказано, tea", "{sing: На экране сказано, tea", "D142"), ("Предложен чай", "''", "D143")],
)
def test_a_translation_of_what_is_not_there(desk: Path, old: str, new: str, expected: str) -> None:
    desk.with_name("ru.yaml").write_text(RU.replace(old, new), encoding="utf-8")
    assert expected in [each.code for each in lint_file(desk)]


def test_a_translation_left_out__said(desk: Path) -> None:
    desk.with_name("ru.yaml").write_text(RU.replace(", tea: Предложен чай", ""), encoding="utf-8")
    assert [each.value for each in lint_file(desk) if each.code == "D310"] == ["waits.replacements.tea"]


def test_another_replacement__words_only(desk: Path) -> None:
    before, _ = load_checklist(desk, Library([]))
    desk.write_text(SHEET.replace("budget: medium", "budget: low"), encoding="utf-8")
    after, _ = load_checklist(desk, Library([]))
    assert before is not None
    assert after is not None
    found = changes(before, after)
    assert ([each.field for each in found], step_of(found)) == (["replacements"], Step.PATCH)


def test_the_book__says_what_may_be_done_instead(desk: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(application(), ["standard", str(desk), "-o", str(tmp_path / "book"), "-l", "ru"])
    assert result.exit_code == 0, result.output
    texts = [path.read_text(encoding="utf-8") for path in (tmp_path / "book").iterdir()]
    assert any("На экране сказано; Предложен чай" in text for text in texts)


def test_the_workbook__takes_it_there_and_back(desk: Path, tmp_path: Path) -> None:
    book = tmp_path / "desk.xlsx"
    for words in (["export", str(desk), "-o", str(book)], ["import", str(book), "-o", str(tmp_path / "new")]):
        result = CliRunner().invoke(application(), words)
        assert result.exit_code == 0, result.output
    (path,) = (tmp_path / "new").rglob("checklist*.yaml")
    before, after = (load_checklist(each, Library([]))[0] for each in (desk, path))
    assert before is not None
    assert after is not None
    assert [each.replacements for each in after.items_by_id.values()] == [
        each.replacements for each in before.items_by_id.values()
    ]

"""A scenario is read whole, with every fault at its line and column."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import jsonschema
import pytest

from auditkit.definitions.library import Library, shipped_folder
from auditkit.definitions.scenarios import Scenarios, read_scenarios
from auditkit.definitions.schema import schema
from auditkit.definitions.yaml_source import parse_yaml
from auditkit.model.scenario import Needed

CALL = """
scenario: call
title: {en: A call, ru: Звонок}
legend: {en: 'You want to change the tariff.', ru: 'Вы хотите сменить тариф.'}
checklists: [phone-etiquette@1.0.0]
say: ['What does the change cost?']
never_say: ["That it is a check."]
remember: [The name that the employee gives.]
bring: [A second telephone.]
purchase: {what: A SIM card, limit: 1500.50, currency: KZT}
waiting_limit: 10
attempts: 3
proof:
  - {kind: audio, what: The whole call}
  - {kind: receipt, what: The receipt, when: purchase, at_least: 2}
"""

Read = Callable[..., tuple[Scenarios, list[str]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    (tmp_path / "scenarios").mkdir()

    def load(**files: str) -> tuple[Scenarios, list[str]]:
        for name, text in files.items():
            (tmp_path / "scenarios" / f"{name}.yaml").write_text(dedent(text).strip("\n") + "\n", encoding="utf-8")
        found = read_scenarios(tmp_path, Library([shipped_folder()]))
        said = [f"{p.code} {Path(p.place.file).stem} {p.place.line}:{p.place.column} {p.value}" for p in found.problems]
        return found, said

    return load


def test_whole__as_written(read: Read) -> None:
    found, problems = read(call=CALL)
    assert problems == []
    call = found.scenarios["call"]
    assert (call.title.said("ru"), call.title.said("kk")) == ("Звонок", "A call")
    assert call.checklists == ("phone-etiquette@1.0.0",)
    assert call.purchase is not None
    assert (call.purchase.limit, call.purchase.currency) == (Decimal("1500.50"), "KZT")
    assert (call.waiting_limit, call.attempts) == (10, 3)
    assert [(p.kind, p.at_least, p.when) for p in call.proof] == [
        ("audio", 1, Needed.ALWAYS),
        ("receipt", 2, Needed.PURCHASE),
    ]


def test_faults__all_at_once_with_their_places(read: Read) -> None:
    found, problems = read(
        call="""
        scenario: call
        title: A call
        legend:
        sai: [x]
        checklists: [phone-etikette, phone-etiquette@9.9.9]
        waiting_limit: ten
        attempts: 0
        purchase: {what: A card, limit: 1500, currency: tenge}
        proof:
          - {kind: video, what: The call}
          - {kind: photo, what: The door, when: sometimes}
        """
    )
    assert found.scenarios == {}
    assert "call" in found.faulty
    assert problems == [
        "D113 call 3:1 legend",
        "D110 call 4:1 sai",
        "D150 call 5:14 phone-etikette",
        "D151 call 5:30 9.9.9",
        "D116 call 6:16 ten",
        "D124 call 7:11 0",
        "D120 call 8:49 tenge",
        "D114 call 10:12 video",
        "D114 call 11:41 sometimes",
    ]


def test_checklists__have_to_exist(read: Read) -> None:
    found, problems = read(
        call="""
        scenario: call
        title: A call
        legend: You call.
        checklists: [phone-etikette, phone-etiquette@9.9.9, premises]
        """
    )
    assert found.scenarios == {}
    assert problems == ["D150 call 4:14 phone-etikette", "D151 call 4:30 9.9.9"]


def test_twice__the_first_file_holds(read: Read) -> None:
    found, problems = read(
        a="scenario: call\ntitle: One\nlegend: x", b="title: Two\nscenario: call\nlegend: x", c="scenario: d"
    )
    assert found.scenarios["call"].title.said("en") == "One"
    assert problems == ["D440 b 2:11 call", "D112 c 1:1 title", "D112 c 1:1 legend"]


def test_proof_of_a_purchase_that_is_none__warning(read: Read) -> None:
    found, problems = read(
        call="scenario: call\ntitle: x\nlegend: x\nproof: [{kind: receipt, what: Receipt, when: purchase}]"
    )
    assert "call" in found.scenarios
    assert problems == ["D441 call 4:46 Receipt"]


def test_no_folder__nothing(tmp_path: Path) -> None:
    found = read_scenarios(tmp_path, Library([shipped_folder()]))
    assert (found.scenarios, found.problems) == ({}, ())


def test_schema__takes_what_the_reader_takes() -> None:
    data, _ = parse_yaml(CALL.encode(), "call.yaml")
    assert data is not None
    validator = jsonschema.Draft202012Validator(schema("scenario"))
    assert [e.message for e in validator.iter_errors(data.data)] == []
    assert not validator.is_valid({**data.data, "attempts": "many"})

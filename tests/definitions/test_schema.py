"""The schemas that editors complete with accept what the program accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from auditkit.definitions.schema import NAMES, schema
from auditkit.definitions.shelf import shipped_folder
from auditkit.definitions.yaml_source import parse_yaml

SHORTHANDS = """
checklist: short
version: 1.0.0
title: {en: Short, ru: Коротко}
decimals: 2
below_0: yes
in_force_from: 2026-02-01
grades:
  - {grade: good, at_least: 75.5, verdict: pass, not_met_at_most: {critical: 0}}
  - {grade: weak, verdict: fail}
defaults: {comment: not_met, dimension: a, weight: 2}
dimensions: {a: A}
spellings: {not_applicable: n/a in stock}
sections:
  - id: one
    title: One
    weight: 20
    applies_when: {item: x, is: yes}
    defaults: {seen_by: office}
    items:
      - {id: x, text: X?, source: S1.1, critical: fail}
      - {id: y, text: Y?, source: [S1.1, S1.2], critical: {cap_visit: 60, verdict: keep}, for: seller}
      - {id: z, text: Z?, critical: [zero_section, {deduct: 15}], evidence: {when: not_met, kind: photo}}
      - id: n
        kind: number
        text: N
        unit: rings
        bands: [{up_to: 3, credit: 1}, {credit: 0, severity: major}]
        applies_when: [{item: x, is: yes}, {any: [{not: {item: y, in: [yes, no]}}]}]
      - {id: t, kind: timestamp, text: T}
      - {id: d, kind: deadline, text: D, from: t, to: t, within: 10 working days, next_working_day_at: "11:00"}
      - {id: s, kind: scale, text: S, credits: {1: 0, 5: 1}, labels: {1: bad}}
  - include: {section: premises/outside, weight: 10}
  - include: premises@1.0.0/outside
"""


def both_ways(text: str) -> list[Any]:
    """As our own reader sees it (all text), and as an editor's YAML does."""
    document, problems = parse_yaml(text.encode(), "x.yaml")
    assert document is not None, problems
    return [document.data, json.loads(json.dumps(yaml.load(text, yaml.CSafeLoader), default=str))]


def errors(name: str, data: Any) -> list[str]:
    return [
        f"{list(e.absolute_path)}: {e.message}" for e in jsonschema.Draft202012Validator(schema(name)).iter_errors(data)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_schema__is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))


def test_shorthands__ok() -> None:
    for data in both_ways(SHORTHANDS):
        assert errors("checklist", data) == []


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*/checklist*.yaml")), ids=lambda p: p.parent.name)
def test_shipped__ok(path: Path) -> None:
    for data in both_ways(path.read_text(encoding="utf-8")):
        assert errors("checklist", data) == []


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("decimals: 2", "decimals: many"),
        ("below_0: yes", "below_0: perhaps"),
        ("unit: rings", "unitt: rings"),
        ("kind: scale", "kind: scales"),
        ("critical: fail", "critical: fial"),
        ("critical: fail", "critical: {fail: no}"),
        ("critical: fail", "critical: {deduct: lots}"),
        ("critical: fail", "critical: {verdict: keep}"),
        ("{en: Short, ru: Коротко}", "{question: Short}"),
        ("version: 1.0.0", "version: one"),
        ("decimals: 2", "language: english"),
        ("include: premises@1.0.0/outside", "include: premises"),
        ("within: 10 working days", "within: ten days"),
        ("defaults: {seen_by: office}", "defaults: {seen_bye: office}"),
    ],
)
def test_faults__error(written: str, wrong: str) -> None:
    assert written in SHORTHANDS
    for data in both_ways(SHORTHANDS.replace(written, wrong)):
        assert errors("checklist", data)


def test_descriptions__come_from_the_model() -> None:
    told = schema("checklist")
    assert "shown beside the question" in told["$defs"]["YesNo"]["properties"]["guidance"]["description"]
    assert told["properties"]["min_coverage"]["description"].startswith("Percent")


def test_programme__ok() -> None:
    text = """
programme: acme
name: Acme
waves: [{id: 2026-Q1, from: 2026-01-01, to: 2026-03-31}]
checklists: [phone-etiquette, {checklist: premises, weight: 2}]
"""
    for data in both_ways(text):
        assert errors("programme", data) == []

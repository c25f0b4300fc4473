"""Other people's tables: map, check, verify."""

import json

import pytest

CHECKLIST = """
checklist: shop
version: 1.0.0
title: Shop
sections:
  - id: A
    title: Welcome
    weight: 60
    items:
      - {id: q1, text: Greets the customer?}
      - {id: q2, text: Smiles?, not_applicable: true}
  - id: B
    title: Farewell
    weight: 40
    items:
      - {id: q3, text: Says goodbye?}
"""
COLUMNS = """
checklist: shop
visit: No
branch: Shop
date: Day
items: {answer: "{text}"}
published: {final: Total, sections: "{text} %"}
"""
HEAD = "No;Shop;Day;Greets the customer?;Smiles?;Says goodbye?;Welcome %;Farewell %;Total"


@pytest.fixture(autouse=True)
def shop(tmp_path):
    """A definition, a mapping and a wave whose second row does not add up."""
    (tmp_path / "shop.yaml").write_text(CHECKLIST, encoding="utf-8")
    (tmp_path / "columns.yaml").write_text(COLUMNS, encoding="utf-8")
    rows = [HEAD, "1;S1;2026-05-04;yes;no;yes;50;100;70", "2;S2;2026-05-04;no;yes;no;50;0;35"]
    (tmp_path / "wave.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return ("--checklist", "shop.yaml")


def test_map__a_proposal_that_verifies(auditkit, shop):
    assert auditkit("map", "wave.csv", *shop, "-o", "proposed.yaml").code == 0
    assert auditkit("map", "wave.csv", *shop, "-o", "proposed.yaml").code == 2
    said = auditkit("verify", "wave.csv", "--columns", "proposed.yaml", *shop)
    assert "1 of 2 visit scores agree" in said.out


def test_verify__names_the_cell(auditkit, shop):
    said = auditkit("verify", "wave.csv", "--columns", "columns.yaml", *shop)
    assert said.code == 1
    assert "wave.csv[I3]" in said.out
    assert "4 of 4 section scores agree" in said.out
    found = json.loads(auditkit("verify", "wave.csv", "--columns", "columns.yaml", *shop, "--json").out)
    (wrong,) = found["disagreeing"]
    assert (wrong["published"], wrong["exact"], wrong["visit"]) == ("35", "30", "2")
    assert [item["number"] for item in wrong["items"]] == ["1.1", "1.2", "2.1"]


def test_verify__all_agree(auditkit, shop, tmp_path):
    text = (tmp_path / "wave.csv").read_text(encoding="utf-8").replace(";35", ";30")
    (tmp_path / "wave.csv").write_text(text, encoding="utf-8")
    assert auditkit("verify", "wave.csv", "--columns", "columns.yaml", *shop).code == 0


def test_verify__nothing_published(auditkit, shop, tmp_path):
    (tmp_path / "columns.yaml").write_text(COLUMNS.replace("published", "# published"), encoding="utf-8")
    said = auditkit("verify", "wave.csv", "--columns", "columns.yaml", *shop)
    assert (said.code, "V103" in said.err) == (2, True)


def test_verify__a_mapping_that_is_none(auditkit, shop, tmp_path):
    (tmp_path / "columns.yaml").write_text("checklist: shop\nitmes: {}\n", encoding="utf-8")
    said = auditkit("verify", "wave.csv", "--columns", "columns.yaml", *shop)
    assert said.code == 2
    assert "columns.yaml:2:1" in said.err


def test_table_without_a_mapping__asks_for_one(auditkit):
    said = auditkit("check", "wave.csv")
    assert said.code == 1
    assert "S230" in said.out
    assert "auditkit map" in said.out


def test_map__needs_to_know_the_checklist(auditkit):
    assert auditkit("map", "wave.csv").code == 2

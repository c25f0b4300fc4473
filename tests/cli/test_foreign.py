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


def test_verify__what_matters_comes_first(auditkit, shop, tmp_path):
    text = (tmp_path / "wave.csv").read_text(encoding="utf-8").replace(";Total", ";Total;Weather")
    (tmp_path / "wave.csv").write_text(text.replace(";70", ";70;rain").replace(";35", ";30;dry"), encoding="utf-8")
    said = auditkit("verify", "wave.csv", "--columns", "columns.yaml", *shop)
    assert (said.code, said.err) == (0, ""), "what nothing uses is told by check, and only there"
    assert said.out.startswith("2 of 2 visit scores agree")
    checked = auditkit("check", "wave.csv", "--columns", "columns.yaml", *shop)
    assert "nothing uses one column: J Weather" in checked.out


def test_verify__what_nothing_uses_is_told_where_something_differs(auditkit, shop, tmp_path):
    text = (tmp_path / "wave.csv").read_text(encoding="utf-8").replace(";Total", ";Total;Weather")
    (tmp_path / "wave.csv").write_text(text, encoding="utf-8")
    said = auditkit("verify", "wave.csv", "--columns", "columns.yaml", *shop)
    assert said.code == 1
    assert "J Weather" in said.err


def test_verify__writes_the_list(auditkit, shop, tmp_path):
    said = auditkit("verify", "wave.csv", "--columns", "columns.yaml", *shop, "-o", "list.csv")
    assert (said.code, "list.csv" in said.out) == (1, True)
    assert "I3,2,S2,visit,35,30.00,-5" in (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    assert auditkit("verify", "wave.csv", "--columns", "columns.yaml", *shop, "-o", "list.xlsx").code == 1
    assert (tmp_path / "list.xlsx").read_bytes().startswith(b"PK")
    assert auditkit("verify", "wave.csv", "--columns", "columns.yaml", *shop, "-o", "list.pdf").code == 2
    said = auditkit("verify", "wave.csv", "--columns", "columns.yaml", *shop, "-o", "nowhere/list.xlsx")
    assert (said.code, "cannot be written" in said.err) == (2, True)


def test_verify__a_file_that_is_not_there(auditkit, shop):
    said = auditkit("verify", "wav.csv", "--columns", "columns.yaml", *shop)
    assert said.code == 2
    assert "F101" in said.err
    assert "V103" not in said.err, "a file that is not there states no scores either, and nobody wants to hear it"


def test_verify__answers_that_nobody_reads_exit_with_one(auditkit, shop, tmp_path):
    text = (tmp_path / "wave.csv").read_text(encoding="utf-8").replace(";35", ";30").replace("2;S2", "3;S3")
    (tmp_path / "wave.csv").write_text(f"{text}4;S4;2026-05-04;maybe;;;;;\n", encoding="utf-8")
    said = auditkit("verify", "wave.csv", "--columns", "columns.yaml", *shop)
    assert said.code == 1
    assert '"maybe" is neither yes nor no' in said.err


def test_verify__what_the_wave_tells_as_json(auditkit, shop):
    found = json.loads(auditkit("verify", "wave.csv", "--columns", "columns.yaml", *shop, "--json").out)
    assert set(found["hints"]) == {"added", "weights", "common"}
    assert found["counts"]["agrees"] == {"final": 1, "sections": 4}
    (wrong,) = found["disagreeing"]
    assert (wrong["kind"], wrong["name"], wrong["place"]) == ("final", "", "wave.csv[I3]")


def test_a_definition_with_doubts__told_by_lint_and_not_with_every_file(auditkit, tmp_path):
    options = "kind: choice, options: [{id: a, text: A, credit: 2}, {id: b, text: B, credit: 0}]"
    doubtful = CHECKLIST.replace("Greets the customer?}", f"Greets?, {options}}}")
    (tmp_path / "shop.yaml").write_text(doubtful, encoding="utf-8")
    assert "D238" in auditkit("lint", "shop.yaml").out
    said = auditkit("check", "wave.csv", "--columns", "columns.yaml", "-c", "shop.yaml")
    assert "D238" not in said.out + said.err


def test_the_same_fault_in_many_rows__said_once(auditkit, shop, tmp_path):
    rows = [HEAD, *(f"{n};S{n};2026-05-04;Sí;no;no;;;" for n in range(20))]
    (tmp_path / "wave.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    said = auditkit("check", "wave.csv", "--columns", "columns.yaml", *shop)
    assert said.out.count("S301") == 1
    assert "The same in 19 more places: D3, D4" in said.out
    assert "Errors: 20." in said.out


def test_score__no_dates_and_nothing_to_fill_a_column(auditkit, shop, tmp_path):
    outcome = "outcome: {header: Total, values: {shut: closed, <number>: done}}\n"
    (tmp_path / "columns.yaml").write_text(COLUMNS.replace("date: Day\n", outcome), encoding="utf-8")
    rows = [HEAD, *(f"{n};S{n};;yes;no;yes;50;100;70" for n in range(12)), "12;;;;;;;;shut"]
    (tmp_path / "wave.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    said = auditkit("score", "wave.csv", "--columns", "columns.yaml", *shop)
    assert said.code == 0
    assert "Visits in these files: dates unknown" in said.out
    assert "2000" not in said.out
    head = next(line for line in said.out.splitlines() if line.startswith("Branch"))
    assert head.split() == ["Branch", "Index", "n"]
    assert "accepted 12 · visit not carried out 1" in said.out
    assert said.err == "", "no date is missing where the file has none"


def test_score__the_days_of_the_visits(auditkit, shop, tmp_path):
    rows = [HEAD, *(f"{n};S{n};2026-05-0{n};yes;no;yes;50;100;70" for n in range(1, 10))]
    (tmp_path / "wave.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    said = auditkit("score", "wave.csv", "--columns", "columns.yaml", *shop)
    assert "May 1, 2026 – May 9, 2026" in said.out


def test_explain__one_visit_of_a_table(auditkit, shop):
    said = auditkit("explain", "wave.csv#2", "--columns", "columns.yaml", *shop)
    assert said.code == 0
    assert said.err == ""
    assert "30.0" in said.out
    assert "70.0000" not in said.out
    said = auditkit("explain", "wave.csv#3", "--columns", "columns.yaml", *shop)
    assert (said.code, "R112" in said.err) == (2, True)

"""The list of differences as a file to send on."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from auditkit.analysis.verify_hints import Hints
from auditkit.locales import LANGUAGES
from auditkit.reports.verify_book import sheets, write_verification

from .sheets import as_csv, checklist_from, read

FORM = """
    checklist: shop
    version: 1.0.0
    title: Shop
    sections:
      - id: A
        title: "=Welcome()"
        weight: 60
        items: [{id: q1, text: "+Greets the customer?"}, {id: q2, text: Smiles?}]
      - {id: B, title: Farewell, weight: 40, items: [{id: q3, text: Says goodbye?}]}
"""
COLUMNS = """
    checklist: shop
    visit: No
    branch: Shop
    items: {answer: "{id}"}
    published: {final: Total, sections: "{id}"}
"""
TABLE = """
    | No      | Shop | q1  | q2  | q3  | A  | B   | Total |
    | =cmd()  | @S1  | yes | no  | yes | 60 | 100 | 76    |
    | 2       | S2   | no  | yes | no  | 50 | 0   | -30   |
"""


@pytest.fixture
def found(tmp_path):
    return read(as_csv(tmp_path, TABLE), COLUMNS, checklist_from(tmp_path, FORM))


def test_workbook__figures_cells_and_the_answers_behind(tmp_path, found):
    path = tmp_path / "list.xlsx"
    write_verification(found.verified(), Hints(), {"shop": found.checklists[0]}, path, "en")
    book = load_workbook(path)
    assert book.sheetnames == ["Differences", "Answers behind them"]
    rows = list(book["Differences"].iter_rows(values_only=True))
    head = next(at for at, row in enumerate(rows) if row[0] == "cell")
    assert [row[:7] for row in rows[head + 1 :]] == [
        ("F2", "=cmd()", "@S1", "A =Welcome()", "60", "50.00", "-10"),
        ("H2", "=cmd()", "@S1", "visit", "76", "70.00", "-6"),
        ("H3", "2", "S2", "visit", "-30", "30.00", "+60"),
    ]
    cells = [cell for row in book["Differences"].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}, "nothing is a formula"
    answers = list(book["Answers behind them"].iter_rows(values_only=True))
    first = next(row for row in answers if row[0] == "F2")
    assert first[3:] == ("1.1", "+Greets the customer?", "yes", "scored", 1, 1, "C2")
    finals = [row for row in answers if row[0] in ("H2", "H3")]
    assert {row[0] for row in finals} == {"H3"}, "a visit that differs as its section does has no answers of its own"


def test_csv__texts_that_look_like_formulas_stay_texts(tmp_path, found):
    path = tmp_path / "list.csv"
    write_verification(found.verified(), Hints(), {"shop": found.checklists[0]}, path, "en")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    head, first, *_, last = csv.reader(path.open(encoding="utf-8-sig", newline=""))
    assert head[:4] == ["file", "cell", "visit", "branch"]
    assert first == ["visits.csv", "F2", "'=cmd()", "'@S1", "A =Welcome()", "60", "50.00", "-10", ""]
    assert last[5:8] == ["-30", "30.00", "+60"], "numbers with a sign are numbers"
    write_verification(found.verified(), Hints(), {"shop": found.checklists[0]}, path, "pl")
    assert path.read_text(encoding="utf-8-sig").startswith("plik;komórka;")


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets__in_every_language(found, language):
    for sheet in sheets(found.verified(), Hints(), {"shop": found.checklists[0]}, language):
        texts = [cell.value for row in sheet.rows for cell in row.cells if isinstance(cell.value, str)]
        assert texts
        assert not any("verify." in text or "{" in text for text in texts)
        assert all(isinstance(cell.value, str | Decimal | None) for row in sheet.rows for cell in row.cells)


def test_nothing_differs__still_a_list(tmp_path):
    agreeing = TABLE.replace("| 60 |", "| 50 |").replace("| 76 ", "| 70 ").replace("-30 ", "30  ")
    found = read(as_csv(tmp_path, agreeing), COLUMNS, checklist_from(tmp_path, FORM))
    path = tmp_path / "list.xlsx"
    write_verification(found.verified(), Hints(), {"shop": found.checklists[0]}, path, "en")
    texts = [cell for row in load_workbook(path)["Differences"].iter_rows(values_only=True) for cell in row if cell]
    assert "2 of 2 visit scores agree with the published ones." in texts
    assert "cell" not in texts

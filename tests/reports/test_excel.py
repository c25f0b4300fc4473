"""The workbook as a file: read back as a grid, the same bytes each time, nothing a formula, nothing illegal."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from auditkit.analysis.shapes import PastPoint
from auditkit.reports.branch_sheets import branch_sheets
from auditkit.reports.excel import LONGEST_TEXT, workbook_bytes, write_branch, write_network, write_workbook
from auditkit.reports.network_sheets import network_sheets
from auditkit.reports.sheets import Cell, DropDown, Row, Sheet
from tests.reports import made


def loaded(*sheets: Sheet) -> Any:
    return load_workbook(BytesIO(workbook_bytes(sheets)))


def one(*values: object) -> Sheet:
    cells = tuple(Row((Cell(value),)) for value in values)  # type: ignore[arg-type]
    return Sheet("Sheet", (20.0,), cells)


@pytest.mark.parametrize("kind", ["branch", "network"])
def test_workbook_reads_back_as_the_grid_it_was_written_from(kind: str) -> None:
    made_sheets = (
        branch_sheets(made.branch_figures(), "en", made.context())
        if kind == "branch"
        else network_sheets(made.network_figures(), "en", made.context())
    )
    book = load_workbook(BytesIO(workbook_bytes(made_sheets)))
    fast = CalamineWorkbook.from_filelike(BytesIO(workbook_bytes(made_sheets)))
    for sheet in made_sheets:
        ws = book[sheet.name]
        last = max(number for number, row in enumerate(sheet.rows, 1) if row.cells)
        assert ws.dimensions == f"A1:{chr(64 + len(sheet.widths))}{last}"
        for number, row in enumerate(sheet.rows, 1):
            at = 1
            for cell in row.cells:
                found = ws.cell(number, at).value
                wanted = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
                assert found == (wanted if wanted != "" else None), (sheet.name, number, at)
                at += cell.span
        assert len(fast.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)) == last


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_injection__a_text_stays_a_text(begin: str) -> None:
    text = f"{begin}cmd|' /C calc'!A0"
    cell = loaded(one(text))["Sheet"]["A1"]
    assert cell.data_type == "s"
    assert cell.value.strip() == text.strip()
    with ZipFile(BytesIO(workbook_bytes([one(text)]))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_injection__words_of_a_shopper_stay_words() -> None:
    book = loaded(*branch_sheets(made.branch_figures(), "en", made.context()))
    cells = [cell for ws in book for row in ws.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(str(cell.value).startswith("=She told me") for cell in cells)


def test_text__control_signs_markup_and_length() -> None:
    ws = loaded(one("a\x00b\x0bc\ud800d", '<b> & "q" ]]>', "x" * 40_000, "  kept  ", "two\r\nlines"))["Sheet"]
    assert [ws.cell(row, 1).value for row in (1, 2, 4, 5)] == ["abcd", '<b> & "q" ]]>', "  kept  ", "two\nlines"]
    assert len(ws["A3"].value) == LONGEST_TEXT


def test_names_are_made_legal_and_different() -> None:
    names = ["a/b:c*d?e[f]g\\h", "x" * 40, "x" * 40, "'quoted'", "", "LISTS"]
    found = loaded(*(Sheet(name, (9.0,), (Row((Cell("v"),)),)) for name in names)).sheetnames
    assert len(set(map(str.casefold, found))) == len(names)
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]|^'|'$", name) and name for name in found)


def test_numbers_and_dates_keep_their_kind() -> None:
    sheet = Sheet("Sheet", (9.0, 9.0, 12.0), (Row((
        Cell(Decimal("86.7"), "number", "0.1"), Cell(3, "number"), Cell(date(2026, 12, 31), "fill_date", "date"),
    )),))  # fmt: skip
    ws = loaded(sheet)["Sheet"]
    assert (ws["A1"].value, ws["A1"].number_format) == (86.7, "0.0")
    assert ws["B1"].value == 3
    assert ws["C1"].value.date() == date(2026, 12, 31)
    assert ws["C1"].is_date


def test_drop_downs_refuse_other_values_and_stand_in_a_hidden_range() -> None:
    long = tuple(f"choice, {number} " + "x" * 40 for number in range(12))
    sheet = Sheet("Sheet", (9.0, 9.0), (Row((Cell(None), Cell(None))),),
                  drop_downs=(DropDown(1, 1, 1, long), DropDown(2, 1, 1, (), message="a date")))  # fmt: skip
    book = loaded(sheet)
    rules = {str(rule.sqref): rule for rule in book["Sheet"].data_validations.dataValidation}
    assert rules["A1"].showErrorMessage
    assert rules["A1"].allow_blank
    assert not rules["A1"].showDropDown
    assert len(rules["A1"].formula1) < 255
    assert rules["B1"].type == "date"
    where = book.defined_names[rules["A1"].formula1].attr_text
    assert book["Lists"].sheet_state == "hidden"
    assert where == "'Lists'!$A$1:$A$12"
    assert [row[0].value for row in book["Lists"]["A1:A12"]] == list(long)


def test_page__a4_one_wide_header_repeated_and_frozen() -> None:
    book = loaded(*branch_sheets(made.branch_figures(), "en", made.context()))
    for ws in book.worksheets[:4]:
        assert ws.page_setup.paperSize == 9
        assert ws.sheet_properties.pageSetUpPr.fitToPage
        assert (ws.page_setup.fitToWidth, ws.page_setup.fitToHeight) == (1, 0)
        assert ws.oddFooter.left.text == "Abay Avenue · Autumn 2026"
    assert book["Findings and actions"].print_title_rows == "$3:$3"
    assert book["Visits"].freeze_panes == "A4"


def test_charts_have_their_axes_and_read_cells() -> None:
    with ZipFile(BytesIO(workbook_bytes(branch_sheets(made.branch_figures(), "en", made.context())))) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if re.match(r"xl/charts/chart\d", name)]
    assert len(charts) == 2
    for chart in charts:
        assert chart.count('<delete val="0"') + chart.count('<c:delete val="0"') == 2
        assert "'Summary'!$" in chart


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_bytes_are_the_same_each_time_and_in_each_process() -> None:
    sheets = branch_sheets(made.branch_figures(), "en", made.context())
    first = digest(workbook_bytes(sheets))
    workbook_bytes(network_sheets(made.network_figures(), "ru", made.context()))
    assert digest(workbook_bytes(sheets)) == first
    script = (
        "import hashlib; from tests.reports import made; from auditkit.reports.branch_sheets import branch_sheets; "
        "from auditkit.reports.excel import workbook_bytes; "
        "print(hashlib.sha256(workbook_bytes(branch_sheets(made.branch_figures(), 'en', made.context()))).hexdigest())"
    )
    run = subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", script], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == first


def test_files_appear_whole(tmp_path: Path) -> None:
    write_branch(made.branch_figures(), tmp_path / "b.xlsx", "en", made.context())
    write_network(made.network_figures(), tmp_path / "n.xlsx", "pl", made.context())
    write_workbook([one("x")], tmp_path / "any.xlsx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["any.xlsx", "b.xlsx", "n.xlsx"]
    with ZipFile(tmp_path / "b.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_chart__another_method_has_points_that_no_line_joins() -> None:
    past = tuple(PastPoint(wave, "", made.mean(80, 4)) for wave in ("2024", "2025"))
    sheets = branch_sheets(replace(made.branch_figures(), past=past), "en", made.context())
    with ZipFile(BytesIO(workbook_bytes(sheets))) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    first, *others = re.findall(r"<(?:c:)?ser>.*?</(?:c:)?ser>", chart, re.DOTALL)
    assert "Other method" in first
    assert "noFill" in first
    assert 'symbol val="diamond"' in first
    assert len(others) == 2
    assert not any("noFill" in each for each in others)
    # The versions look as they do without it.
    with ZipFile(BytesIO(workbook_bytes(branch_sheets(made.branch_figures(), "en", made.context())))) as archive:
        bare = archive.read("xl/charts/chart1.xml").decode()
    looks = r"<(?:c:)?spPr>.*?</(?:c:)?marker>"
    assert [re.findall(looks, each, re.DOTALL) for each in others] == [
        re.findall(looks, each, re.DOTALL) for each in re.findall(r"<(?:c:)?ser>.*?</(?:c:)?ser>", bare, re.DOTALL)
    ]

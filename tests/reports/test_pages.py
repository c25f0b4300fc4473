"""Every sheet as LibreOffice prints it, with the longest names in Russian and Polish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from auditkit.model.publication import Publication
from auditkit.reports.branch_sheets import branch_sheets
from auditkit.reports.excel import write_workbook
from auditkit.reports.heights import TALLEST, row_height
from auditkit.reports.network_sheets import network_sheets
from auditkit.reports.sheets import Cell, Row, Sheet
from tests.reports import made, office

CASES = [(kind, language) for kind in ("branch", "provisional", "network", "carried") for language in ("ru", "pl")]


@cache
def sheets(kind: str, language: str) -> tuple[Sheet, ...]:
    if kind == "branch":
        return branch_sheets(made.branch_figures(language), language, made.context())
    if kind == "provisional":
        known = Publication("2026-Q3-01-provisional", "provisional", date(2026, 10, 2), date(2026, 10, 12))
        context = replace(made.context(), publication=known)
        return branch_sheets(made.branch_figures(language), language, context)
    network = made.network_figures(60, language)
    return network_sheets(made.carried(network) if kind == "carried" else network, language, made.context())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    office.needed()
    return tmp_path_factory.mktemp("pages")


def seen(row: Row, sheet: Sheet) -> Iterator[Cell]:
    """The cells that are not in a hidden column."""
    column = 1
    for cell in row.cells:
        if column not in sheet.hidden_columns:
            yield cell
        column += cell.span


def printed(folder: Path, sheet: Sheet, name: str) -> list[str]:
    path = folder / f"{name}.xlsx"
    write_workbook([sheet], path)
    return office.pages(office.converted(path, "pdf"))


@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.parametrize(("kind", "language"), CASES)
def test_every_sheet_is_one_page_wide_and_shows_every_text(kind: str, language: str, folder: Path) -> None:
    for number, sheet in enumerate(sheets(kind, language)):
        pages = [office.squeezed(page) for page in printed(folder, sheet, f"{kind}-{language}-{number}")]
        whole = "".join(pages)
        assert "###" not in whole, sheet.name
        for row in sheet.rows:
            for cell in seen(row, sheet):
                if isinstance(cell.value, str):
                    assert office.squeezed(cell.value) in whole, (sheet.name, cell.value)
        if sheet.header:
            titles = [office.squeezed(str(cell.value)) for cell in sheet.rows[sheet.header - 1].cells if cell.value]
            for at, page in enumerate(pages):
                # All of them on each page: the row is repeated, and no column went over to a page of its own.
                assert [title for title in titles if title not in page] == [], f"{sheet.name}, page {at + 1}"


@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.parametrize(("kind", "language"), CASES)
def test_long_sheets_go_over_to_a_second_page(kind: str, language: str, folder: Path) -> None:
    long = {"branch": 2, "provisional": 3, "network": 3, "carried": 3}[kind]
    assert len(printed(folder, sheets(kind, language)[long], f"long-{kind}-{language}")) >= 2


@pytest.mark.libreoffice
@pytest.mark.slow
def test_rows_are_as_high_as_their_texts_need(folder: Path) -> None:
    """Every text of every sheet in a column of its width: LibreOffice needs no more height than we gave."""
    texts = {
        (cell, width)
        for kind, language in CASES
        for sheet in sheets(kind, language)
        for row in sheet.rows
        if row.height is None
        for cell, width in placed(row, sheet.widths)
        if isinstance(cell.value, str) and cell.value
    }
    widths = tuple(sorted({width for _, width in texts}))
    blank = Cell(None, "plain")
    rows = []
    for cell, width in sorted(texts, key=str):
        at = widths.index(width)
        rows.append(Row((*(blank for _ in range(at)), cell._replace(span=1), *(blank for _ in widths[at + 1 :]))))
    probe = Sheet("Probe", widths, tuple(rows))
    path = folder / "probe.xlsx"
    write_workbook([probe], path)
    chosen = office.chosen_heights(path, "Probe")
    usual = 15.1  # a row without a text of its own; LibreOffice chooses no less
    short = [
        (row_height(row, widths), enough, next(cell for cell in row.cells if cell.value))
        for row, enough in zip(rows, chosen, strict=False)
        if enough > usual and not row_height(row, widths) + 0.8 >= enough and row_height(row, widths) < TALLEST
    ]
    assert short == []


def placed(row: Row, widths: tuple[float, ...]) -> list[tuple[Cell, float]]:
    found, at = [], 0
    for cell in row.cells:
        found.append((cell, round(sum(widths[at : at + cell.span]), 2)))
        at += cell.span
    return found

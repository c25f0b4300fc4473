"""A Markdown table in a test becomes a file: what stands in the test is what stands in the sheet."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

from auditkit.analysis.verification import Verification
from auditkit.analysis.verify import verify
from auditkit.definitions.checklists import load_checklist
from auditkit.definitions.columns import columns_from
from auditkit.intake.long import read_long
from auditkit.intake.proposing import propose
from auditkit.intake.readings import Readings
from auditkit.intake.wide import read_wide
from auditkit.model.checklist import Checklist
from auditkit.model.columns import Columns
from auditkit.problems import Problem
from auditkit.tables.opening import open_book

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


def cells(table: str) -> list[list[str]]:
    """The rows of a Markdown table, without its rule."""
    lines = [line.strip().strip("|") for line in dedent(table).strip().splitlines()]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [row for row in rows if set("".join(row)) - set("-: ") or not "".join(row)]


def as_csv(folder: Path, table: str, name: str = "visits.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(cells(table))
    return path


def as_xlsx(folder: Path, sheets: Mapping[str, str], name: str = "visits.xlsx", *, numbers: bool = False) -> Path:
    """`numbers`: what looks like one becomes a number, `87%` the number 0.87 that is shown in percent."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title, table in sheets.items():
        sheet = book.create_sheet(title)
        for row in cells(table):
            sheet.append([_number(cell) if numbers else cell or None for cell in row])
        for each in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, float)):
            each.number_format = "0.00%"
    book.save(folder / name)
    return folder / name


def _number(cell: str) -> str | int | float | None:
    if cell.endswith("%") and cell[:-1].replace(".", "").isdigit():
        return float(cell[:-1]) / 100
    return int(cell) if cell.isdigit() and str(int(cell)) == cell else cell or None


def checklist_from(folder: Path, yaml: str) -> Checklist:
    path = folder / "checklist.yaml"
    path.write_text(dedent(yaml), encoding="utf-8")
    checklist, problems = load_checklist(path)
    assert checklist is not None, problems
    return checklist


def mapping(yaml: str) -> Columns:
    columns, problems = columns_from(dedent(yaml))
    assert columns is not None, problems
    return columns


class Shelf:
    """Checklists at hand."""

    def __init__(self, *checklists: Checklist) -> None:
        self.checklists = checklists

    def get(self, id: str, version: str | None = None) -> Checklist | None:  # noqa: A002
        return next((c for c in self.checklists if c.checklist == id and version in (None, c.version)), None)


class Read(NamedTuple):
    """A file read through its mapping."""

    readings: Readings
    checklists: tuple[Checklist, ...]
    columns: Columns

    @property
    def problems(self) -> list[Problem]:
        """Of the table and of all its rows."""
        return [*self.readings.problems, *(each for one in self.readings for each in one.problems)]

    @property
    def codes(self) -> list[str]:
        """Without the note that a sheet has no dates, which most sheets of these tests have not."""
        return [each.code for each in self.problems if each.code != "C116"]

    def answers(self, visit: str = "") -> dict[str, object]:
        return next(r.submission.answers for r in self.readings if visit in (r.submission.visit_id, ""))

    def verified(self) -> Verification:
        known = {(each.checklist, each.version): each for each in self.checklists}
        return verify([r.submission for r in self.readings if r.submission], known, self.columns)


def proposed(path: Path, checklist: Checklist) -> str:
    """The mapping that `auditkit map` proposes for a file."""
    book, problems = open_book(path, name=path.name)
    assert book is not None, problems
    return propose(book, checklist).text


def read(path: Path, columns: Columns | str, *checklists: Checklist, date_order: str | None = None) -> Read:
    chosen = mapping(columns) if isinstance(columns, str) else columns
    book, problems = open_book(path, name=path.name, encoding=chosen.encoding)
    assert book is not None, problems
    reader = read_long if chosen.layout == "long" else read_wide
    return Read(reader(book, chosen, Shelf(*checklists), date_order=date_order), checklists, chosen)


def both(path: Path, columns: str, checklist: Checklist) -> Verification:
    """Everything agrees through the mapping given and through the one proposed; the verification of the first."""
    verification = read(path, columns, checklist).verified()
    assert verification.agrees, verification.disagreeing
    text = proposed(path, checklist)
    again = read(path, text, checklist).verified()
    assert again.agrees, (text, again.disagreeing)
    assert again.visits == verification.visits, text
    return verification

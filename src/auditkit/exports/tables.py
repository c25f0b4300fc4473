"""The tidy tables with their data dictionary: csv, Excel, Parquet, JSON, DuckDB."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.results.columns import EXPORTED
from auditkit.results.exporting import FILES, Handed, counts, rows, write_database, write_files
from auditkit.whole import save_whole, whole, write_whole

FORMS = ("csv", "xlsx", "parquet", "json", "duckdb")
DICTIONARY = ("table", "column", "type", "meaning")
MOST_ROWS = 1_048_575
"""Of a sheet, below its titles."""

TOO_LONG = declare(
    "E101",
    Severity.ERROR,
    finds="A table with more rows than a sheet of Excel has.",
    why="What lies beyond would be lost.",
    mend="Export fewer waves (--wave), or as csv, parquet or duckdb.",
)


class Exported(NamedTuple):
    """What was written."""

    paths: tuple[Path, ...]
    problems: tuple[Problem, ...] = ()


def write(handed: Handed, target: Path, form: str) -> Exported:
    """The tables of these waves. `target`: a folder for csv, parquet and json, else a file."""
    if form == "duckdb":
        write_database(handed, target)
        return Exported((target,))
    if form == "xlsx":
        found = counts(handed)
        long = [problem(TOO_LONG, Place(target.name), str(n), table=name) for name, n in found.items() if n > MOST_ROWS]
        if long:
            return Exported((), tuple(long))
        _workbook(handed, target)
        return Exported((target,))
    assert form in FILES  # noqa: S101  the caller looked
    return Exported((*write_files(handed, target, form), _dictionary(target, form)))


def dictionary() -> Iterator[tuple[str, str, str, str]]:
    """A line a table and a line a column."""
    for table in EXPORTED:
        yield table.name, "", "", table.doc
        for column in table.columns:
            yield table.name, column.name, column.type, column.doc


def _dictionary(folder: Path, form: str) -> Path:
    """Beside csv and Parquet as csv, beside JSON as JSON."""
    path = folder / f"dictionary.{'json' if form == 'json' else 'csv'}"
    if form == "json":
        lines = [dict(zip(DICTIONARY, each, strict=True)) for each in dictionary()]
        write_whole(path, json.dumps(lines, ensure_ascii=False, indent=1).encode())
    else:
        with whole(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
            made = csv.writer(file)
            made.writerow(DICTIONARY)
            made.writerows(dictionary())
    return path


def _workbook(handed: Handed, path: Path) -> None:
    from openpyxl import Workbook

    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook(write_only=True)
    _sheet(book, "dictionary", DICTIONARY, dictionary())
    for table in EXPORTED:
        _sheet(book, table.name, table.names, rows(handed, table))
    save_whole(path, book.save)


def _sheet(book: Any, name: str, titles: Sequence[str], lines: Iterator[tuple[object, ...]]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    def cell(value: object) -> object:
        """Texts as texts, whatever they begin with; '' leaves the cell empty."""
        if not isinstance(value, str):
            return value
        text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:32_767]
        if not text.startswith(("=", "+", "-", "@")):
            return text or None
        made = WriteOnlyCell(sheet, text)
        made.data_type = "s"
        return made

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    head = [WriteOnlyCell(sheet, title) for title in titles]
    for each in head:
        each.font = Font(bold=True)
    sheet.append(head)
    for line in lines:
        sheet.append([cell(value) for value in line])

"""Which sheet and rows of a book hold the answers, as one table with headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from auditkit.intake.columns import Headers
from auditkit.intake.columns_faults import NO_SHEET
from auditkit.model.columns import Columns
from auditkit.problems import Place, Problem, nearest, problem
from auditkit.tables.table import Book, CellValue, Sheet

Row = Sequence[CellValue]


class Table(NamedTuple):
    """A table of a book; rows can be walked more than once."""

    headers: Headers
    sheet: Sheet
    first_row: int
    book: Book

    @property
    def shown_sheet(self) -> str | None:
        """The sheet's name, where the format has sheets."""
        return self.headers.sheet

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Number (from 1) and cells of every row below the headers that holds something."""
        for number, row in enumerate(self.sheet.rows, 1):
            if number >= self.first_row and any(cell is not None and cell != "" for cell in row):
                yield number, row


def table_of(book: Book, columns: Columns, sheet: str | int | None = None) -> tuple[Table | None, tuple[Problem, ...]]:
    """The table that a mapping speaks of, or what is wrong."""
    wanted = sheet if sheet is not None else columns.sheet
    found = _sheet(book, wanted)
    if found is None:
        near = nearest(str(wanted or ""), [each.name for each in _sheets(book)])
        return None, (problem(NO_SHEET, Place(book.file), wanted or "", nearest=near),)
    last = max(columns.header)
    heads: dict[int, Row] = {}
    for number, row in enumerate(found.rows, 1):
        if number in columns.header:
            heads[number] = list(row)
        if number >= last:
            break
    name = found.name if book.kind == "xlsx" else None
    headers = Headers([heads.get(each, []) for each in columns.header], file=book.file, sheet=name, row=last)
    return Table(headers, found, columns.first_row or last + 1, book), ()


def _sheets(book: Book) -> Sequence[Sheet]:
    if book.sheets:
        return book.sheets
    records = _records(getattr(book, "data", None))
    return [Sheet("", hidden=False, rows=_as_rows(records))] if records else []


def _sheet(book: Book, wanted: str | int | None) -> Sheet | None:
    sheets = _sheets(book)
    if wanted is None:
        shown = [each for each in sheets if not each.hidden] or list(sheets)
        return next((each for each in shown if any(True for _ in each.rows)), shown[0] if shown else None)
    named = [each for each in sheets if each.name.casefold().strip() == str(wanted).casefold().strip()]
    if named:
        return named[0]
    place = int(wanted) if str(wanted).isdigit() else 0
    return sheets[place - 1] if 1 <= place <= len(sheets) else None


def _records(data: Any) -> list[Mapping[str, Any]]:
    """The records of a JSON answer: a list, or the list under `results`, `value`, `data`, `rows`."""
    if isinstance(data, Mapping):
        data = next((data[name] for name in ("results", "value", "data", "rows", "responses") if name in data), [])
    return [each for each in data if isinstance(each, Mapping)] if isinstance(data, list) else []


def _as_rows(records: Sequence[Mapping[str, Any]]) -> list[list[CellValue]]:
    names = list(dict.fromkeys(name for record in records for name in record))
    return [list(names), *([_cell(record.get(name)) for name in names] for record in records)]


def _cell(value: Any) -> CellValue:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value if not isinstance(each, (dict, list)))
    return None if isinstance(value, Mapping) else value

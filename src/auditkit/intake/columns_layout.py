"""Which sheets and rows of a book hold the answers, each sheet as one table with headers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from auditkit.intake.columns import RECORDS, Headers, pattern
from auditkit.intake.columns_faults import NO_SHEET
from auditkit.intake.spelling_rules import as_text, key
from auditkit.model.column import Column
from auditkit.model.columns import Columns
from auditkit.model.record import Record
from auditkit.problems import Place, Problem, nearest, problem
from auditkit.tables.table import Book, CellValue, NoValue, Sheet, column_number

_ALIKE = 0.8
"""The part of its headers that a sheet shares with another one of the same kind."""
Row = Sequence[CellValue]
Where = str | int | tuple[str, ...] | None


class Table(NamedTuple):
    """A table of a book; rows can be walked more than once."""

    headers: Headers
    sheet: Sheet
    first_row: int
    book: Book
    turned: bool = False

    @property
    def shown_sheet(self) -> str | None:
        """The sheet's name, where the format has sheets."""
        return self.headers.sheet

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Number (from 1) and cells of every row below the headers that holds something."""
        shift = 1 if self.book.kind in RECORDS else 0
        for number, row in enumerate(_rows(self.sheet, turned=self.turned), 1):
            if number >= self.first_row and any(map(_holds, row)):
                yield number - shift, row


def _holds(cell: CellValue) -> bool:
    return cell is not None and (cell != "" or cell.__class__ is NoValue)


def tables_of(book: Book, columns: Columns) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """The tables that a mapping speaks of, one a sheet, or what is wrong."""
    found = _sheets_meant(book, columns.sheet)
    if not found:
        return (), (_no_sheet(book, columns.sheet),)
    return tuple(_table(book, each, columns) for each in found), ()


def table_of(book: Book, columns: Columns, sheet: Where = None) -> tuple[Table | None, tuple[Problem, ...]]:
    """One table: of this sheet, else the first that the mapping speaks of."""
    found = _sheets_meant(book, sheet if sheet is not None else columns.sheet)
    if not found:
        return None, (_no_sheet(book, sheet if sheet is not None else columns.sheet),)
    return _table(book, found[0], columns), ()


def other_sheets(book: Book, columns: Columns, table: Table) -> list[str]:
    """Sheets that look like the table and that nobody named; empty where the mapping says which one is meant."""
    if columns.sheet is not None or len(book.sheets) < 2:
        return []
    names = {key(name) for each in table.headers.names for name in each[:1]}
    found = []
    for sheet in book.sheets:
        if sheet.hidden or sheet is table.sheet:
            continue
        own = {key(name) for each in _table(book, sheet, columns).headers.names for name in each[:1]}
        if len(names & own) >= _ALIKE * max(len(names), 1) and _holds_something(sheet):
            found.append(sheet.name)
    return found


def _no_sheet(book: Book, wanted: Where) -> Problem:
    named = wanted if isinstance(wanted, tuple) else (str(wanted or ""),)
    near = nearest(named[0] if named else "", [each.name for each in _sheets(book)])
    return problem(NO_SHEET, Place(book.file), ", ".join(named), nearest=near)


def _table(book: Book, sheet: Sheet, columns: Columns) -> Table:
    last = max(columns.header)
    wanted = {name.upper(): _at(name.upper(), turned=columns.turned) for name in _cells_named(columns)}
    until = max([last, *(row for row, _ in wanted.values())])
    heads: dict[int, Row] = {}
    for number, row in enumerate(_rows(sheet, turned=columns.turned), 1):
        heads[number] = row
        if number >= until:
            break
    headers = Headers(
        [heads.get(each, []) for each in columns.header],
        file=book.file,
        sheet=sheet.name if book.kind == "xlsx" else None,
        row=0 if book.kind in RECORDS else last,
        kind=book.kind,
        turned=columns.turned,
        cells={name: _cell_at(at, heads) for name, at in wanted.items()},
    )
    return Table(headers, sheet, columns.first_row or last + 1, book, columns.turned)


def _rows(sheet: Sheet, *, turned: bool) -> Iterable[Row]:
    """The rows as they stand; of a table with visits in columns, those columns."""
    if not turned:
        return sheet.rows  # type: ignore[no-any-return]
    rows = [list(row) for row in sheet.rows]
    width = max((len(row) for row in rows), default=0)
    return [[row[at] if at < len(row) else None for row in rows] for at in range(width)]


def _cells_named(columns: Columns) -> Iterator[str]:
    """Every single cell that a mapping looks at."""
    waiting: list[Any] = [columns]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Column) and one.cell:
            yield one.cell
        if isinstance(one, Record):
            waiting.extend(one.__dict__.values())
        elif isinstance(one, Mapping):
            waiting.extend(one.values())
        elif isinstance(one, tuple):
            waiting.extend(one)


_CELL = re.compile(r"([A-Z]+)(\d+)$")


def _at(cell: str, *, turned: bool) -> tuple[int, int]:
    """Row and column, from 1, of a cell named as people see it."""
    found = _CELL.match(cell)
    row, column = (int(found[2]), column_number(found[1])) if found else (0, 0)
    return (column, row) if turned else (row, column)


def _cell_at(at: tuple[int, int], rows: Mapping[int, Row]) -> CellValue:
    row = rows.get(at[0], ())
    return row[at[1] - 1] if 0 < at[1] <= len(row) else None


def _sheets(book: Book) -> Sequence[Sheet]:
    if book.sheets:
        return book.sheets
    records = records_of(book.data) if book.kind == "json" else []
    return [Sheet("", hidden=False, rows=_as_rows(records))] if records else []


def _sheets_meant(book: Book, wanted: Where) -> list[Sheet]:
    sheets = _sheets(book)
    shown = [each for each in sheets if not each.hidden] or list(sheets)
    if wanted is None:
        first = next((each for each in shown if _holds_something(each)), shown[0] if shown else None)
        return [first] if first is not None else []
    if isinstance(wanted, int):
        called = [each for each in sheets if each.name.strip() == str(wanted)]
        return called or (list(sheets[wanted - 1 : wanted]) if wanted > 0 else [])
    found: list[Sheet] = []
    for name in (wanted,) if isinstance(wanted, str) else wanted:
        fits = [each for each in sheets if key(each.name) == key(name)]
        if not fits and "*" in name:
            fits = [each for each in shown if pattern(name).fullmatch(key(each.name)) and _holds_something(each)]
        found += [each for each in fits if each not in found]
    return found


def _holds_something(sheet: Sheet) -> bool:
    return any(as_text(cell) for row in sheet.rows for cell in row)


def records_of(data: Any) -> list[Any]:
    """The records of a JSON answer: a list, the list under `results`, `value`, `data`, `rows`, or the answer itself."""
    if isinstance(data, Mapping):
        names = ("results", "value", "data", "rows", "responses")
        data = next((data[name] for name in names if isinstance(data.get(name), list)), [data])
    return data if isinstance(data, list) else []


def _as_rows(records: Sequence[Any]) -> list[list[CellValue]]:
    names = list(dict.fromkeys(name for record in records if isinstance(record, Mapping) for name in record))
    rows = ([_cell(each.get(name)) for name in names] if isinstance(each, Mapping) else [] for each in records)
    return [list(names), *rows]


def _cell(value: Any) -> CellValue:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value if not isinstance(each, (dict, list)))
    return None if isinstance(value, Mapping) else value

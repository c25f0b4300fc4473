"""A file as sheets of rows: what every reader of a foreign format gives."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple


class ErrorCell(str):
    """A cell that shows an error of its spreadsheet: `#N/A`, `#REF!` …"""

    __slots__ = ()


class NoValue(str):
    """A formula whose result was never stored: the program that wrote the file did not reckon it."""

    __slots__ = ()


CellValue = None | str | bool | int | float | Decimal | datetime | date | time | timedelta
Row = list[CellValue]


class Sheet:
    """One sheet. `rows`: the first is row 1, each begins at column A; ends may be ragged.

    A sequence; for csv and json lines a stream that can be gone through again.
    """

    __slots__ = ("hidden", "name", "rows")

    def __init__(self, name: str, rows: Any, *, hidden: bool = False) -> None:
        self.name, self.rows, self.hidden = name, rows, hidden


class Book(NamedTuple):
    """One file, opened."""

    file: str
    sha256: str
    kind: str
    """`xlsx`, `csv`, `json`, `jsonl`."""
    sheets: tuple[Sheet, ...]
    date1904: bool = False
    encoding: str = ""
    separator: str = ""
    data: Any = None
    """The parsed document of a json file."""

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


class Limits(NamedTuple):
    """What a file may be at most; beyond it, it is refused before anything is unpacked."""

    unpacked: int = 200 * 1024 * 1024
    ratio: int = 100
    entries: int = 1_000
    filled_rows: int = 1_048_576
    filled_cells: int = 20_000_000
    seconds: float = 30.0


LIMITS = Limits()


def exact(value: float | Decimal | str) -> Decimal:
    """A number of a workbook as an exact decimal, taken at 15 significant digits (what a spreadsheet shows)."""
    if isinstance(value, float):
        return Decimal(format(value, ".15g"))
    return Decimal(value)


@lru_cache(maxsize=1024)
def column_name(column: int) -> str:
    """1 → A, 28 → AB."""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def column_number(name: str) -> int:
    """A → 1, AB → 28."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(row: int, column: int) -> str:
    """(14, 4) → D14."""
    return f"{column_name(column)}{row}"

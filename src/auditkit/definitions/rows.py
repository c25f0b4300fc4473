"""Tables of a programme (branches, calendar …) as rows by column name, every cell with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditkit.problems import Code, Place, Problem, Severity, declare, nearest, problem

if TYPE_CHECKING:
    from auditkit.tables.table import Book, Sheet

NO_COLUMN = declare(
    "D403",
    Severity.ERROR,
    finds="A table without a column that it needs, or without a header row.",
    why="Without its name a column's meaning would be a guess.",
    mend="Write the column's name, in English, into the first row.",
)
BAD_DATE = declare(
    "D407",
    Severity.ERROR,
    finds="A cell that should hold a date and does not, or not in a form that is the same in every country.",
    why="03/04/2026 is two different days.",
    mend="Write 2026-04-03 (or 03.04.2026: day, month, year).",
)
BAD_NUMBER = declare(
    "D422",
    Severity.ERROR,
    finds="A cell that should hold a number and does not.",
    why="It could not be used.",
    mend="Write a number, or leave the cell empty.",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: values by column name (in lower case), and where they stand."""

    file: str
    sheet: str | None
    row: int
    columns: dict[str, int]
    values: Sequence[Any]

    def raw(self, name: str) -> Any:
        """The cell's value, `None` where blank or absent."""
        at = self.columns.get(name)
        value = self.values[at] if at is not None and at < len(self.values) else None
        return None if isinstance(value, str) and not value.strip() else value

    def text(self, name: str) -> str:
        """The cell as text, '' where blank."""
        return as_text(self.raw(name))

    def place(self, name: str) -> Place:
        """Where the cell stands."""
        from auditkit.tables.table import cell_name

        return Place(self.file, self.sheet, cell_name(self.row, self.columns.get(name, 0) + 1))

    def say(self, code: Code, name: str, value: object = "", /, **facts: object) -> Problem:
        """A problem with a cell."""
        return problem(code, self.place(name), value, **facts)

    def day(self, name: str, problems: list[Problem]) -> date | None:
        """The cell as a date."""
        value = self.raw(name)
        found = as_date(value)
        if found is None and value is not None:
            problems.append(self.say(BAD_DATE, name, as_text(value), column=name))
        return found

    def number(self, name: str, problems: list[Problem]) -> Decimal | None:
        """The cell as an exact number."""
        text = self.text(name).replace(",", ".")
        if not text:
            return None
        try:
            found = Decimal(text)
        except ArithmeticError:
            found = Decimal("NaN")
        if found.is_finite():
            return found
        problems.append(self.say(BAD_NUMBER, name, text, column=name))
        return None


def as_text(value: object) -> str:
    """A cell as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    return str(value)


def as_date(value: object) -> date | None:
    """A date, or text as `2026-04-03` or `03.04.2026`; `None` for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = as_text(value)
    parts = text.split(".")
    if len(parts) == 3 and len(parts[2]) == 4:
        text = f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}"
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def open_table(path: Path, name: str) -> tuple[Book | None, tuple[Problem, ...]]:
    """The workbook or text table in a file."""
    from auditkit.tables.opening import open_book

    return open_book(path, name=name)


def rows_of(
    file: str,
    sheet: Sheet,
    *,
    workbook: bool,
    needs: Sequence[str],
    known: Sequence[str],
    called: Mapping[str, str] = {},
) -> tuple[list[Row], dict[str, str], list[Problem]]:
    """The rows below the header that hold something, the header as typed by column name, and what is wrong.

    `called`: what a column may be called besides its own name → its name.
    """
    where = sheet.name if workbook else None
    header: dict[str, int] = {}
    typed: dict[str, str] = {}
    rows: list[Row] = []
    for number, cells in enumerate(sheet.rows, 1):
        if all(as_text(cell) == "" for cell in cells):
            continue
        if not header:
            for at, cell in enumerate(cells):
                if as_text(cell):
                    name = called.get(_key(cell), _key(cell))
                    header.setdefault(name, at)
                    typed.setdefault(name, as_text(cell))
            continue
        rows.append(Row(file, where, number, header, cells))
    problems = list(_missing(file, where, typed, needs, known))
    return rows, typed, problems


def _key(cell: object) -> str:
    return "_".join(as_text(cell).casefold().replace("\ufeff", "").split())


def _missing(
    file: str, sheet: str | None, typed: dict[str, str], needs: Sequence[str], known: Sequence[str]
) -> Iterator[Problem]:
    for name in needs:
        if name not in typed:
            others = [column for key, column in typed.items() if key not in known]
            found = nearest(name, others) or ", ".join(typed.values())
            yield problem(NO_COLUMN, Place(file, sheet, line=1 if sheet is None else None), name, known=found)

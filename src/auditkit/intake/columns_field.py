"""One entry of a mapping with its column in a file: what a row says there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from auditkit.intake.columns import Headers, find
from auditkit.intake.columns_cells import Meanings, is_blank
from auditkit.intake.spelling_rules import as_text
from auditkit.model.column import Column, Rows
from auditkit.problems import Problem
from auditkit.tables.folding import fold
from auditkit.tables.table import CellValue, NoValue

_ONE_DAY = 86_400


class Field(NamedTuple):
    """One entry of the mapping with its column in this file."""

    column: Column
    at: int | None
    """From 0; `None` where no single column holds it."""
    meanings: Meanings
    parts: tuple[Field, ...] = ()
    """Of `join`."""
    fixed: CellValue = None
    """What every row says: the cell of `cell:`, the words of `always:`."""
    as_it_stands: bool = False
    """The mapping says nothing of what its cells mean."""

    def raw(self, row: Sequence[CellValue]) -> CellValue:
        """The cell, with what the mapping takes out of it and what it means."""
        cell = self._cell(row)
        if cell.__class__ is NoValue:
            return cell
        if is_blank(cell):
            return self.fixed if not self.column.cell else self.column.always
        if self.as_it_stands:
            return cell
        meant = self.meanings.of(as_text(cell))
        if meant is not None:
            return meant
        if self.column.otherwise is not None:
            return self.column.otherwise
        taken = _taken(self.column.take, cell) if self.column.take else cell
        return _filled_up(taken, self.column.digits) if self.column.digits else taken

    def _cell(self, row: Sequence[CellValue]) -> CellValue:
        if self.parts:
            said = [one for each in self.parts if (one := _piece(each.raw(row)))]
            return self.column.between.join(said) or None
        if self.column.cell:
            return self.fixed
        return row[self.at] if self.at is not None and self.at < len(row) else None

    @property
    def is_its_cell(self) -> bool:
        """Whether one cell of the row is all that it looks at."""
        return self.at is not None and not self.parts and not self.column.cell

    def columns(self) -> Iterator[int]:
        """Every column that it looks at."""
        if self.at is not None:
            yield self.at
        for part in self.parts:
            yield from part.columns()


def field_of(column: Column, headers: Headers, name: str, problems: list[Problem]) -> Field:
    """A field with its column looked up; what is wrong is added to the problems."""
    found = find(column, headers, name)
    problems.extend(found.problems)
    parts = tuple(field_of(each, headers, name, problems) for each in column.join)
    fixed: CellValue = column.always
    if isinstance(fixed, str):
        fixed = fixed.replace("{sheet}", headers.sheet or "").replace("{file}", headers.file)
    if column.cell:
        fixed = headers.cells.get(column.cell.upper())
    plain = not (column.values or column.otherwise is not None or column.take or column.digits)
    return Field(column, found.column, Meanings(column.values), parts, fixed, plain)


def _taken(take: str, cell: CellValue) -> CellValue:
    found = re.search(take, as_text(cell))
    if found is None:
        return cell
    return found[1] if found.re.groups and found[1] is not None else found[0]


def _filled_up(cell: CellValue, digits: int) -> CellValue:
    """`7` → `0007`: what a spreadsheet took from the front of a code."""
    text = as_text(cell).strip()
    return text.zfill(digits) if text.isdigit() else cell


def _piece(cell: CellValue) -> str:
    """A part of several as text: a date without an hour that nobody wrote, an hour as the spreadsheet shows it."""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    if isinstance(cell, timedelta):
        cell = cell.total_seconds() / _ONE_DAY
    if isinstance(cell, float) and 0 < cell < 1:
        minutes, seconds = divmod(round(cell * _ONE_DAY), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return as_text(cell).strip()


class RowTest:
    """Whether a row is one of those that a mapping tells by what stands in one of their columns."""

    def __init__(self, rows: Rows, headers: Headers, name: str, problems: list[Problem]) -> None:
        self.field = field_of(rows.column, headers, name, problems)
        self.turned_round = bool(rows.is_not)
        words = rows.is_ or rows.is_not
        self.blank = any(not fold(each) for each in words)
        self.words = Meanings({each: "yes" for each in words if fold(each)})

    def holds(self, row: Sequence[CellValue]) -> bool:
        """Whether the row is one of them."""
        text = as_text(self.field.raw(row))
        found = self.words.of(text) is not None if fold(text) else self.blank
        return found is not self.turned_round

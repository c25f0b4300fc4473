"""Which rows of a foreign table are visits, and what stands in it that nothing uses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from auditkit.intake.columns import Headers, find, fitting
from auditkit.intake.columns_cells import Answers
from auditkit.intake.columns_faults import CROSSES, LEFT_OUT, NO_HEADERS, OTHER_SHEETS, UNDATED, UNUSED
from auditkit.intake.columns_field import RowTest
from auditkit.intake.columns_fields import MOMENTS, Orders, VisitFields
from auditkit.intake.columns_layout import Row, Table, other_sheets
from auditkit.intake.columns_reader import speller_for
from auditkit.intake.spellings import Speller
from auditkit.model.checklist import Checklist
from auditkit.model.column import Column
from auditkit.model.columns import Columns
from auditkit.model.visit import NO, YES
from auditkit.problems import Problem, problem
from auditkit.tables.folding import fold

_MOST_NAMED = 8
"""Columns or rows that a note names one by one."""


class Chosen:
    """The rows of a table that are visits by its mapping; the others are counted and said."""

    def __init__(self, columns: Columns, table: Table) -> None:
        self.table = table
        self.faults: list[Problem] = []
        self.skip = [RowTest(each, table.headers, "skip", self.faults) for each in columns.skip]
        self.keep = [RowTest(each, table.headers, "keep", self.faults) for each in columns.keep]
        self.left: list[int] = []

    def columns(self) -> set[int]:
        """Every column that tells them."""
        return {at for each in (*self.skip, *self.keep) for at in each.field.columns()}

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Number and cells of every row that is a visit, or a part of one."""
        self.left = []
        for number, row in self.table.rows():
            if self._is_one(row, number):
                yield number, row
            else:
                self.left.append(number)

    def _is_one(self, row: Row, number: int) -> bool:
        if number > self.table.headers.row and self.table.headers.repeated_by(row):
            return False
        if not self.keep and not self.skip:
            return True
        return all(each.holds(row) for each in self.keep) and not any(each.holds(row) for each in self.skip)

    def problems(self) -> list[Problem]:
        """What is wrong with the tests, and a note of the rows that were left out."""
        if not self.left:
            return self.faults
        shown = shortened([str(number) for number in self.left])
        return [*self.faults, problem(LEFT_OUT, self.table.headers.place(), shown, n=len(self.left))]


def shortened(names: Sequence[str]) -> str:
    """The first of a list, and that there are more."""
    return ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")


def speller_maker(columns: Columns, order: str | None, *, date1904: bool) -> Callable[[Checklist], Speller]:
    """Makes the speller of a checklist in this file."""
    return lambda checklist: speller_for(checklist, columns, order, date1904=date1904)


def orders_of_table(table: Table, columns: Columns, given: str | None) -> Orders:
    """In which order day and month stand: as the mapping or the programme says, else as the file's dates tell."""
    named = [part for name in MOMENTS if (each := getattr(columns, name)) is not None for part in (each, *each.join)]
    at = {found for each in named if (found := find(each, table.headers, "", needed=False).column) is not None}
    return Orders((row for _, row in table.rows()), at, given)


def without_headers(table: Table, used: Collection[int], *, checklist_known: bool) -> Problem | None:
    """A table in which not one column was recognised has no headers, or other ones."""
    if used or not checklist_known:
        return None
    headers = table.headers
    shown = "; ".join(headers.shown(each) for each in headers.filled[:5])
    return problem(NO_HEADERS, headers.place(), shown, row=headers.row)


def undated(table: Table, fields: VisitFields) -> list[Problem]:
    """A note where the mapping names nothing that says when a visit was."""
    return [] if fields.dated else [problem(UNDATED, table.headers.place())]


def of_other_sheets(table: Table, columns: Columns) -> list[Problem]:
    """A warning where the book has further sheets of the same kind that nobody named."""
    names = other_sheets(table.book, columns, table)
    return [problem(OTHER_SHEETS, table.headers.place(), ", ".join(names), n=len(names))] if names else []


def crosses(table: Table, answers: Iterable[Answers]) -> list[Problem]:
    """A warning where crosses are read as yes, and the other answers make it likely that they say no."""
    typed = [(raw, read) for each in answers for raw, read in each.seen() if each.item.kind == "yes_no"]
    marks = sorted({raw for raw, read in typed if fold(raw) == "x" and read == YES})
    others = {read for raw, read in typed if fold(raw) != "x"}
    if not marks or YES not in others or NO in others:
        return []
    return [problem(CROSSES, table.headers.place(), ", ".join(marks))]


def unused(headers: Headers, used: Collection[int], ignore: tuple[str, ...]) -> list[Problem]:
    """One note of all the columns that nothing uses: a renamed question is found among them."""
    passed = {column for each in ignore for column in fitting(Column(header=(each,)), headers)}
    left = [column for column in headers.filled if column not in used and column not in passed]
    if not left:
        return []
    shown = "; ".join(f"{headers.letters([column])} {_line(headers.shown(column))}" for column in left)
    return [problem(UNUSED, headers.place(), shown, n=len(left))]


def _line(text: str, most: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"

"""Tables with a row a visit, read through a mapping of their columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditkit.intake.columns_checklists import ChecklistRows, Checklists
from auditkit.intake.columns_faults import NOT_ANSWERED
from auditkit.intake.columns_fields import Visit, VisitFields, visit_name
from auditkit.intake.columns_layout import Row, Table, tables_of
from auditkit.intake.columns_rows import (
    Chosen,
    crosses,
    of_other_sheets,
    orders_of_table,
    speller_maker,
    undated,
    unused,
    without_headers,
)
from auditkit.intake.columns_submission import submission_of
from auditkit.intake.readings import Reading, Readings
from auditkit.model.columns import Columns
from auditkit.model.visit import Outcome, Source, Submission
from auditkit.problems import Problem, problem
from auditkit.tables.table import Book


def read_wide(book: Book, columns: Columns, checklists: Checklists, *, date_order: str | None = None) -> Readings:
    """One reading a row and checklist; `date_order` is the programme's, for dates that nothing else settles."""
    whole = WideTables(book, columns, checklists, date_order)
    found = list(whole.each())  # before anybody asks what was wrong
    return Readings(found, whole.problems())


class WideTables:
    """The tables of a book that a mapping speaks of, row by row, so that no number of rows is too many."""

    def __init__(self, book: Book, columns: Columns, checklists: Checklists, date_order: str | None) -> None:
        self._found = tables_of(book, columns)[1]
        self._tables = [(each, each.refused()) for each in Wide.of(book, columns, checklists, date_order)]

    def each(self) -> Iterator[Reading]:
        """A reading a row and checklist."""
        for table, refused in self._tables:
            if refused is None:
                yield from table.each()

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the tables; known when all rows were read."""
        found = [*self._found]
        for table, refused in self._tables:
            found += [refused] if refused is not None else table.problems()
        return tuple(dict.fromkeys(found))


class Wide:
    """One table with everything that reads it."""

    @classmethod
    def of(cls, book: Book, columns: Columns, checklists: Checklists, date_order: str | None) -> list[Wide]:
        """The tables that a mapping speaks of."""
        tables, _ = tables_of(book, columns)
        return [cls(each, columns, checklists, date_order, several=len(tables) > 1) for each in tables]

    def __init__(
        self, table: Table, columns: Columns, checklists: Checklists, date_order: str | None, *, several: bool
    ) -> None:
        self.table, self.columns = table, columns
        self.named_sheet = table.shown_sheet if several else None
        headers, date1904 = table.headers, bool(table.book.date1904)
        self.chosen = Chosen(columns, table)
        orders = orders_of_table(table, columns, columns.date_order or date_order)
        self.fields = VisitFields(columns, headers, orders, date1904=date1904)
        speller = speller_maker(columns, orders.anywhere, date1904=date1904)
        self.parts = [ChecklistRows(own, headers, checklists, speller) for own in columns.checklists]
        self.source: dict[str, Any] = {
            "file": table.book.file, "sheet": table.shown_sheet, "sha256": table.book.sha256, "reader": "wide",
            "undated": not self.fields.dated,
        }  # fmt: skip
        """What all visits of the table have in common."""

    def refused(self) -> Problem | None:
        """Why the table is not read at all."""
        return without_headers(self.table, self.used(), checklist_known=any(p.first for p in self.parts))

    def each(self) -> Iterator[Reading]:
        """A reading a row and checklist."""
        for number, row in self.chosen.rows():
            yield from self._row(row, number)

    def problems(self) -> list[Problem]:
        """What is wrong with the table, once its rows were read."""
        known = [*self.fields.problems, *(each for part in self.parts for each in part.problems)]
        answers = [one for part in self.parts if part.first is not None for one in part.first.answers.values()]
        notes = [
            *of_other_sheets(self.table, self.columns),
            *crosses(self.table, answers),
            *self.chosen.problems(),
            *undated(self.table, self.fields),
            *unused(self.table.headers, self.used(), self.columns.ignore),
        ]
        return [*known, *notes]

    def used(self) -> set[int]:
        """Every column that something in the mapping uses."""
        return self.fields.columns().union(self.chosen.columns(), *(part.columns() for part in self.parts))

    def _row(self, row: Row, number: int) -> Iterator[Reading]:
        visit = self.fields.read(row, number)
        name = visit_name(visit, self.table.book.file, number, self.named_sheet)
        for part in self.parts:
            if not part.reports(row):
                continue
            submission, problems = self._one(part, row, number, visit, name)
            if submission is not None or problems:
                yield Reading(submission, (*visit.problems, *problems), name)

    def _one(
        self, part: ChecklistRows, row: Row, number: int, visit: Visit, name: str
    ) -> tuple[Submission | None, tuple[Problem, ...]]:
        reader, _ = part.reader_of(row)
        if reader is None:
            return None, tuple(part.problems[-1:])
        given = reader.read(row, number)
        if not given.filled and len(self.parts) > 1:
            return None, ()
        silent = not given.filled and visit.values.get("outcome", Outcome.DONE) is Outcome.DONE
        if silent:
            given.answers.clear()  # what blanks mean is said of questions that somebody was asked
        source = Source.of_canonical(row=number, **self.source)
        submission = submission_of(reader.checklist, visit, name, given, source)
        nothing = [self._says_nothing(number)] if silent else []
        return submission, (*nothing, *given.problems)

    def _says_nothing(self, number: int) -> Problem:
        return problem(NOT_ANSWERED, self.table.headers.at(number, None))

"""Tables with a row a visit, read through a mapping of their columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from auditkit.intake.columns import Headers, find
from auditkit.intake.columns_checklists import ChecklistRows, Checklists
from auditkit.intake.columns_faults import NO_HEADERS, UNUSED
from auditkit.intake.columns_fields import MOMENTS, Visit, VisitFields, settled_order, visit_name
from auditkit.intake.columns_layout import Row, Table, table_of
from auditkit.intake.columns_reader import speller_for
from auditkit.intake.columns_submission import submission_of
from auditkit.intake.readings import Reading, Readings
from auditkit.intake.spellings import Speller
from auditkit.model.checklist import Checklist
from auditkit.model.columns import Column, Columns
from auditkit.model.visit import Source, Submission
from auditkit.problems import Place, Problem, nearest, problem
from auditkit.tables.table import Book, cell_name


def read_wide(book: Book, columns: Columns, checklists: Checklists, *, date_order: str | None = None) -> Readings:
    """One reading a row and checklist; `date_order` is the programme's, for dates that nothing else settles."""
    table, problems = table_of(book, columns)
    if table is None:
        return Readings((), problems)
    return _Wide(table, columns, checklists, date_order).readings()


class _Wide:
    def __init__(self, table: Table, columns: Columns, checklists: Checklists, date_order: str | None) -> None:
        self.table, self.columns = table, columns
        headers = table.headers
        self.order = order_of(table, columns, columns.date_order or date_order)
        self.fields = VisitFields(columns, headers, self.order, date1904=bool(table.book.date1904))
        speller = spellers(columns, self.order, date1904=bool(table.book.date1904))
        self.parts = [ChecklistRows(own, headers, checklists, speller) for own in columns.checklists]

    def readings(self) -> Readings:
        refused = without_headers(self.table, self._used(), checklist_known=any(p.first for p in self.parts))
        if refused is not None:
            return Readings((), (refused,))
        found = [reading for number, row in self.table.rows() for reading in self._row(row, number)]
        problems = [*self.fields.problems, *(each for part in self.parts for each in part.problems)]
        return Readings(found, [*dict.fromkeys(problems), *self._unused()])

    def _used(self) -> set[int]:
        return self.fields.columns().union(*(part.columns() for part in self.parts))

    def _row(self, row: Row, number: int) -> Iterator[Reading]:
        visit = self.fields.read(row, lambda column: self._place(number, column))
        name = visit_name(visit, self.table.book.file, number)
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
        submission = submission_of(reader.checklist, visit, name, given, self._source(number))
        return submission, tuple(given.problems)

    def _source(self, number: int) -> Source:
        book = self.table.book
        return Source.model_construct(
            file=book.file, sheet=self.table.shown_sheet, row=number, sha256=book.sha256, reader="wide"
        )

    def _place(self, number: int, column: int | None) -> Place:
        sheet = self.table.shown_sheet
        if column is None:
            return Place(self.table.book.file, sheet, None, number)
        return Place(self.table.book.file, sheet, cell_name(number, column + 1))

    def _unused(self) -> list[Problem]:
        texts = {
            item.text.said("en"): item.id
            for part in self.parts
            if part.first is not None
            for _, item in part.first.checklist.walk_items()
        }
        return unused(self.table.headers, self._used(), self.columns.ignore, texts)


def spellers(columns: Columns, order: str | None, *, date1904: bool) -> Callable[[Checklist], Speller]:
    """Makes the speller of a checklist in this file."""
    return lambda checklist: speller_for(checklist, columns, order, date1904=date1904)


def order_of(table: Table, columns: Columns, given: str | None) -> str | None:
    """The order of day and month: the mapping's, the programme's, or the only one that fits all the file's dates."""
    if given is not None:
        return given
    named: list[Column] = [each for name in MOMENTS if (each := getattr(columns, name)) is not None]
    at = {found for each in named if (found := find(each, table.headers, "", needed=False).column) is not None}
    return settled_order((row for _, row in table.rows()), at, None) if at else None


def without_headers(table: Table, used: Collection[int], *, checklist_known: bool) -> Problem | None:
    """A table in which not one column was recognised has no headers, or other ones."""
    if used or not checklist_known:
        return None
    headers = table.headers
    shown = "; ".join(headers.shown(each) for each in headers.filled[:5])
    return problem(NO_HEADERS, headers.place(), shown, row=headers.row)


def unused(headers: Headers, used: Collection[int], ignore: tuple[str, ...], texts: dict[str, str]) -> list[Problem]:
    """Columns that nothing uses, each with the item whose text is nearest."""
    from auditkit.intake.columns import fitting

    passed = {column for each in ignore for column in fitting(Column(header=(each,)), headers)}
    found = []
    for column in headers.filled:
        if column not in used and column not in passed:
            shown = headers.shown(column)
            near = texts.get(nearest(shown, texts), "")
            found.append(problem(UNUSED, headers.place(column), shown, nearest=near))
    return found

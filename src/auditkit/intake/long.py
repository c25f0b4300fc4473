"""Tables with a row an answer, gathered into visits through a mapping of their columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditkit.intake.columns import Headers
from auditkit.intake.columns_cells import wrong_meanings
from auditkit.intake.columns_checklists import Checklists
from auditkit.intake.columns_faults import ANSWERED_TWICE, NO_CHECKLIST, NO_VISIT, UNKNOWN_ITEM
from auditkit.intake.columns_field import Field, field_of
from auditkit.intake.columns_fields import Orders, Visit, VisitFields, visit_name
from auditkit.intake.columns_layout import Row, Table, table_of, tables_of
from auditkit.intake.columns_published import PublishedColumns
from auditkit.intake.columns_reader import Given
from auditkit.intake.columns_rows import (
    Chosen,
    crosses,
    of_other_sheets,
    orders_of_table,
    undated,
    unused,
    without_headers,
)
from auditkit.intake.columns_submission import submission_of
from auditkit.intake.long_parts import Part
from auditkit.intake.readings import Reading, Readings
from auditkit.intake.spelling_rules import as_text
from auditkit.model.columns import Columns, Long
from auditkit.model.visit import NOT_ASKED, Source
from auditkit.problems import Place, Problem, nearest, problem
from auditkit.tables.table import Book


def read_long(book: Book, columns: Columns, checklists: Checklists, *, date_order: str | None = None) -> Readings:
    """One reading a visit and checklist, in the order in which the visits first appear."""
    assert columns.long is not None  # noqa: S101  the model refuses layout long without it
    tables, problems = tables_of(book, columns)
    if not tables:
        return Readings((), problems)
    visits: Table | None = None
    if columns.long.visits is not None:
        visits, problems = table_of(book, columns, columns.long.visits)
        if visits is None:
            return Readings((), problems)
        tables = tuple(each for each in tables if each.shown_sheet != visits.shown_sheet) or tables
    found = [_Long(each, visits, columns, columns.long, checklists, date_order).readings() for each in tables]
    return Readings(
        [reading for each in found for reading in each],
        dict.fromkeys(one for each in found for one in each.problems),
    )


@dataclass(slots=True)
class _Gathered:
    """One visit while its rows come in."""

    visit: Visit
    name: str
    row: int
    header: Row
    header_row: int
    given: dict[int, Given] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class _Long:
    def __init__(
        self,
        table: Table,
        visits: Table | None,
        columns: Columns,
        long: Long,
        checklists: Checklists,
        date_order: str | None,
    ) -> None:
        self.table, self.columns, self.long = table, columns, long
        self.stated = visits or table
        self.chosen = Chosen(columns, self.stated)
        headers, date1904 = table.headers, bool(table.book.date1904)
        self.problems: list[Problem] = []
        orders = orders_of_table(self.stated, columns, columns.date_order or date_order)
        self.fields = VisitFields(columns, self.stated.headers, orders, date1904=date1904)
        self.visit = self._visit_field(columns, headers)
        self.at = {
            name: field_of(column, headers, name, self.problems)
            for name in ("item", "answer", "comment", "evidence", "points", "most")
            if (column := getattr(long, name)) is not None
        }
        self.parts = list(self._parts(checklists, orders, date1904=date1904))
        self.unknown: Counter[str] = Counter()
        self.unknown_at: dict[str, Place] = {}

    def _visit_field(self, columns: Columns, headers: Headers) -> Field | None:
        if columns.visit is None:
            return None
        return field_of(columns.visit, headers, "visit", self.problems)

    def _parts(
        self, checklists: Checklists, orders: Orders, *, date1904: bool
    ) -> Iterator[tuple[Part, PublishedColumns]]:
        for own in self.columns.checklists:
            name, _, pinned = own.checklist.partition("@")
            checklist = checklists.get(name, own.version or pinned or None)
            if checklist is None:
                self.problems.append(problem(NO_CHECKLIST, self.table.headers.place(), own.checklist))
                continue
            part = Part(checklist, own, self.columns, orders.anywhere, date1904=date1904)
            self.problems += wrong_meanings(own.items, part.answers, self.table.headers.place())
            self.problems += part.unknown(self.table.headers.place())
            published = PublishedColumns(own.published, checklist, self.stated.headers)
            self.problems += published.problems
            yield part, published

    def readings(self) -> Readings:
        """One a visit and checklist, with what is wrong with the table."""
        refused = without_headers(self.table, self._used(), checklist_known=bool(self.parts))
        if refused is not None:
            return Readings((), (refused,))
        if any(next(self.at[name].columns(), None) is None for name in ("item", "answer")):
            return Readings((), (*self.fields.problems, *self.problems))
        visits = self._gathered()
        found = [each for visit in visits.values() for each in self._closed(visit)]
        names = [
            problem(UNKNOWN_ITEM, self.unknown_at[name], name, count=count, nearest=self._nearest(name))
            for name, count in self.unknown.items()
        ]
        answers = [one for part, _ in self.parts for one in part.answers.values()]
        doubts = [*of_other_sheets(self.table, self.columns), *crosses(self.table, answers)]
        notes = [*doubts, *self.chosen.problems(), *undated(self.stated, self.fields)]
        rest = unused(self.table.headers, self._used(), self.columns.ignore)
        return Readings(found, dict.fromkeys([*self.fields.problems, *self.problems, *names, *notes, *rest]))

    def _used(self) -> set[int]:
        fields = [*self.at.values(), *([self.visit] if self.visit is not None else [])]
        own = {at for each in fields for at in each.columns()}
        if self.stated is self.table:
            own |= self.chosen.columns().union(self.fields.columns())
            own = own.union(*(published.columns() for _, published in self.parts))
        return own

    def _nearest(self, name: str) -> str:
        texts = {item.text.said("en"): item.id for part, _ in self.parts for _, item in part.checklist.walk_items()}
        return texts.get(nearest(name, texts), "")

    def _gathered(self) -> dict[str, _Gathered]:
        visits: dict[str, _Gathered] = {}
        left: set[str] = set()
        apart = self.stated is not self.table
        if apart:
            chosen = {number for number, _ in self.chosen.rows()}
            for number, row in self.stated.rows():
                visit, name = self._row(number, row)
                if number in chosen:
                    visits[name] = _Gathered(visit, name, number, row, number, problems=list(visit.problems))
                else:
                    left.add(name)
        for number, row in self.table.rows() if apart else self.chosen.rows():
            which = self._named(row, number)
            if which is None:
                if self._says_something(row):
                    self.problems.append(problem(NO_VISIT, self._place(number, self._visit_column())))
                continue
            if which in left:
                continue
            gathered = visits.get(which)
            if gathered is None:
                gathered = visits[which] = self._begun(row, number, which)
            self._take(gathered, row, number)
        return visits

    def _says_something(self, row: Row) -> bool:
        """Whether a row without a visit holds an item or an answer; a footer below the table holds neither."""
        return any(as_text(self.at[name].raw(row)).strip() for name in ("item", "answer"))

    def _visit_column(self) -> int | None:
        return next(self.visit.columns(), None) if self.visit is not None else None

    def _named(self, row: Row, number: int) -> str | None:
        if self.visit is not None:
            return as_text(self.visit.raw(row)).strip() or None
        return visit_name(self.fields.read(row, number), self.table.book.file, number)

    def _row(self, number: int, row: Row) -> tuple[Visit, str]:
        """A visit of the sheet that has a row for each, and its name."""
        visit = self.fields.read(row, number)
        return visit, visit_name(visit, self.table.book.file, number)

    def _begun(self, row: Row, number: int, name: str) -> _Gathered:
        if self.stated is not self.table:
            return _Gathered(Visit({"visit": name}), name, number, (), number)
        visit = self.fields.read(row, number)
        return _Gathered(visit, name, number, row, number, problems=list(visit.problems))

    def _take(self, gathered: _Gathered, row: Row, number: int) -> None:
        name = as_text(self.at["item"].raw(row)).strip()
        fits = [(at, item) for at, (part, _) in enumerate(self.parts) if (item := part.item(name)) is not None]
        scores = [(at, key) for at, (part, _) in enumerate(self.parts) if (key := part.score(name)) is not None]
        if not fits and not scores and name:
            self.unknown[name] += 1
            self.unknown_at.setdefault(name, self._place(number, self._column("item")))
        for at, item in fits:
            self._put(gathered.given.setdefault(at, Given()), self.parts[at][0], item, row, number)
        for at, key in scores:
            column = "points" if "points" in self.at else "answer"
            self._state(gathered.given.setdefault(at, Given()), key, column, row, number)

    def _column(self, name: str) -> int | None:
        return next(self.at[name].columns(), None)

    def _put(self, given: Given, part: Part, item: str, row: Row, number: int) -> None:
        answers, place = part.answers[item], self._place(number, self._column("answer"))
        raw = self.at["answer"].raw(row)
        answer = answers.read(raw)
        before = given.answers.get(item)
        if isinstance(before, tuple) and isinstance(answer, tuple):
            order = [option.id for option in getattr(answers.item, "options", ())]
            answer = tuple(sorted({*before, *answer}, key=order.index))
        elif before is not None and answer is not None and before != answer:
            given.problems.append(
                problem(ANSWERED_TWICE, place, as_text(raw), item=item, other=given.typed.get(item, before))
            )
            return
        given.filled += 1
        if answer is not None or item not in given.answers:
            given.put(item, raw, answer, place)
        if "points" in self.at:
            self._state(given, part.points_key(item), "points", row, number)
        elif part.in_answers:
            self._state(given, part.points_key(item), "answer", row, number)
        self._beside(given, item, row)

    def _state(self, given: Given, key: str | None, column: str, row: Row, number: int) -> None:
        """What the row states: an answer's points, or a score that has a row of its own."""
        typed = as_text(self.at[column].raw(row)).strip()
        most = as_text(self.at["most"].raw(row)).strip() if "most" in self.at and column == "points" else ""
        at = self._column(column)
        if key is not None and at is not None:
            given.published[key] = f"{typed} / {most}" if typed and most else typed
            given.published_cells[key] = self.table.headers.cell(number, at)

    def _beside(self, given: Given, item: str, row: Row) -> None:
        for name, texts in (("comment", given.comments), ("evidence", given.evidence)):
            words = as_text(self.at[name].raw(row)).strip() if name in self.at else ""
            if words:
                texts[item] = f"{texts[item]}; {words}" if item in texts and texts[item] != words else words

    def _closed(self, gathered: _Gathered) -> Iterator[Reading]:
        for at, (part, published) in enumerate(self.parts):
            given = gathered.given.get(at)
            if given is None and (len(self.parts) > 1 or gathered.header is None):
                continue
            given = given if given is not None else Given()
            if gathered.header:
                stated, cells = self._published(published, gathered)
                given.published, given.published_cells = given.published | stated, given.published_cells | cells
            self._absent(part, given)
            submission = submission_of(part.checklist, gathered.visit, gathered.name, given, self._source(gathered))
            yield Reading(submission, (*gathered.problems, *given.problems), gathered.name)

    def _source(self, gathered: _Gathered) -> Source:
        book = self.table.book
        return Source.of_canonical(
            file=book.file, sheet=self.table.shown_sheet, row=gathered.row, sha256=book.sha256, reader="long",
            undated=not self.fields.dated,
        )  # fmt: skip

    def _published(self, published: PublishedColumns, gathered: _Gathered) -> tuple[dict[str, str], dict[str, str]]:
        stated, cells = published.read(gathered.header, gathered.header_row)
        if self.stated is not self.table and self.stated.shown_sheet:
            cells = {name: f"{self.stated.shown_sheet}!{cell}" for name, cell in cells.items()}
        return stated, cells

    def _absent(self, part: Part, given: Given) -> None:
        """Items without a row: not asked where the mapping says so, else what a blank means, else missing."""
        for item, answers in part.answers.items():
            if item in given.answers or item in given.typed:
                continue
            if answers.rule.absent == "not_asked":
                given.answers[item] = NOT_ASKED
            elif item not in given.cells and isinstance(blank := answers.read(None), str):
                given.answers[item] = blank

    def _place(self, number: int, column: int | None) -> Place:
        return self.table.headers.at(number, column)

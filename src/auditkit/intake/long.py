"""Tables with a row an answer, gathered into visits through a mapping of their columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditkit.intake.columns import Headers
from auditkit.intake.columns_cells import Answers, wrong_meanings
from auditkit.intake.columns_checklists import Checklists
from auditkit.intake.columns_faults import ANSWERED_TWICE, NO_CHECKLIST, NO_VISIT, UNKNOWN_ITEM
from auditkit.intake.columns_fields import Field, Visit, VisitFields, field_of, visit_name
from auditkit.intake.columns_items import Names
from auditkit.intake.columns_layout import Row, Table, table_of
from auditkit.intake.columns_published import PublishedColumns
from auditkit.intake.columns_reader import Given, answers_of
from auditkit.intake.columns_submission import submission_of
from auditkit.intake.readings import Reading, Readings
from auditkit.intake.spelling_rules import as_text, key
from auditkit.intake.wide import order_of, spellers, unused, without_headers
from auditkit.model.checklist import Checklist
from auditkit.model.columns import ChecklistColumns, Columns, Long
from auditkit.model.visit import NOT_ASKED, Source
from auditkit.problems import Place, Problem, nearest, problem
from auditkit.tables.table import Book, cell_name


def read_long(book: Book, columns: Columns, checklists: Checklists, *, date_order: str | None = None) -> Readings:
    """One reading a visit and checklist, in the order in which the visits first appear."""
    assert columns.long is not None  # noqa: S101  the model refuses layout long without it
    table, problems = table_of(book, columns)
    if table is None:
        return Readings((), problems)
    visits: Table | None = None
    if columns.long.visits is not None:
        visits, problems = table_of(book, columns, columns.long.visits)
        if visits is None:
            return Readings((), problems)
    return _Long(table, visits, columns, columns.long, checklists, date_order).readings()


class _Part:
    """One checklist of the mapping: how its items are called and read."""

    def __init__(self, checklist: Checklist, own: ChecklistColumns, answers: dict[str, Answers], long: Long) -> None:
        self.checklist, self.answers = checklist, answers
        self.names = Names(checklist, own.items.prefix)
        self.meant = {key(typed): item for typed, item in long.items.items()}

    def item(self, name: str) -> str | None:
        """The item that a row is about; `None` where this checklist has none of that name."""
        found = self.meant.get(key(name)) or self.names.plain(name)
        return found if found in self.answers else None


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
        self.table, self.columns = table, columns
        self.stated = visits or table
        headers, date1904 = table.headers, bool(table.book.date1904)
        self.problems: list[Problem] = []
        order = order_of(self.stated, columns, columns.date_order or date_order)
        self.fields = VisitFields(columns, self.stated.headers, order, date1904=date1904)
        self.visit = self._visit_field(columns, headers)
        self.at = {
            name: field_of(column, headers, name, self.problems)
            for name in ("item", "answer", "comment", "evidence")
            if (column := getattr(long, name)) is not None
        }
        self.parts = list(self._parts(columns, long, checklists, order, date1904=date1904))
        self.unknown: Counter[str] = Counter()
        self.unknown_at: dict[str, Place] = {}

    def _visit_field(self, columns: Columns, headers: Headers) -> Field | None:
        if columns.visit is None:
            return None
        return field_of(columns.visit, headers, "visit", self.problems)

    def _parts(
        self, columns: Columns, long: Long, checklists: Checklists, order: str | None, *, date1904: bool
    ) -> Iterator[tuple[_Part, PublishedColumns]]:
        speller = spellers(columns, order, date1904=date1904)
        for own in columns.checklists:
            name, _, pinned = own.checklist.partition("@")
            checklist = checklists.get(name, own.version or pinned or None)
            if checklist is None:
                self.problems.append(problem(NO_CHECKLIST, self.table.headers.place(), own.checklist))
                continue
            answers = answers_of(checklist, own, speller(checklist))
            self.problems += wrong_meanings(own.items, answers, self.table.headers.place())
            published = PublishedColumns(own.published, checklist, self.stated.headers)
            self.problems += published.problems
            yield _Part(checklist, own, answers, long), published

    def readings(self) -> Readings:
        refused = without_headers(self.table, self._used(), checklist_known=bool(self.parts))
        if refused is not None:
            return Readings((), (refused,))
        if any(self.at[name].at is None for name in ("item", "answer")):
            return Readings((), (*self.fields.problems, *self.problems))
        visits = self._gathered()
        found = [each for visit in visits.values() for each in self._closed(visit)]
        notes = [
            problem(UNKNOWN_ITEM, self.unknown_at[name], name, count=count, nearest=self._nearest(name))
            for name, count in self.unknown.items()
        ]
        rest = unused(self.table.headers, self._used(), self.columns.ignore, {})
        return Readings(found, dict.fromkeys([*self.fields.problems, *self.problems, *notes, *rest]))

    def _used(self) -> set[int]:
        own = {each.at for each in self.at.values() if each.at is not None}
        if self.visit is not None and self.visit.at is not None:
            own.add(self.visit.at)
        if self.stated is self.table:
            own |= self.fields.columns().union(*(published.at.values() for _, published in self.parts))
        return own

    def _nearest(self, name: str) -> str:
        texts = {item.text.said("en"): item.id for part, _ in self.parts for _, item in part.checklist.walk_items()}
        return texts.get(nearest(name, texts), "")

    def _gathered(self) -> dict[str, _Gathered]:
        visits = self._from_visits_sheet() if self.stated is not self.table else {}
        for number, row in self.table.rows():
            name = self._named(row, number)
            if name is None:
                self.problems.append(problem(NO_VISIT, self._place(number, self._visit_column())))
                continue
            gathered = visits.get(name)
            if gathered is None:
                gathered = visits[name] = self._begun(row, number, name)
            self._take(gathered, row, number)
        return visits

    def _visit_column(self) -> int | None:
        return self.visit.at if self.visit is not None else None

    def _named(self, row: Row, number: int) -> str | None:
        if self.visit is not None:
            return as_text(self.visit.raw(row)).strip() or None
        return visit_name(self.fields.read(row, lambda c: self._place(number, c)), self.table.book.file, number)

    def _from_visits_sheet(self) -> dict[str, _Gathered]:
        found: dict[str, _Gathered] = {}
        for number, row in self.stated.rows():
            place = Place(self.stated.book.file, self.stated.shown_sheet)
            visit = self.fields.read(row, lambda c, n=number, p=place: p._replace(cell=cell_name(n, (c or 0) + 1)))
            name = visit_name(visit, self.table.book.file, number)
            found[name] = _Gathered(visit, name, number, row, number, problems=list(visit.problems))
        return found

    def _begun(self, row: Row, number: int, name: str) -> _Gathered:
        if self.stated is not self.table:
            visit = Visit({"visit": name})
            return _Gathered(visit, name, number, (), number)
        visit = self.fields.read(row, lambda c: self._place(number, c))
        return _Gathered(visit, name, number, row, number, problems=list(visit.problems))

    def _take(self, gathered: _Gathered, row: Row, number: int) -> None:
        name = as_text(self.at["item"].raw(row)).strip()
        fits = [(at, item) for at, (part, _) in enumerate(self.parts) if (item := part.item(name)) is not None]
        if not fits and name:
            self.unknown[name] += 1
            self.unknown_at.setdefault(name, self._place(number, self.at["item"].at))
        for at, item in fits:
            self._put(gathered.given.setdefault(at, Given()), self.parts[at][0].answers[item], row, number)

    def _put(self, given: Given, answers: Answers, row: Row, number: int) -> None:
        item, place = answers.item.id, self._place(number, self.at["answer"].at)
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
        self._beside(given, item, row)

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
                given.published, given.published_cells = self._published(published, gathered)
            self._absent(part, given)
            source = Source.model_construct(
                file=self.table.book.file,
                sheet=self.table.shown_sheet,
                row=gathered.row,
                sha256=self.table.book.sha256,
                reader="long",
            )
            submission = submission_of(part.checklist, gathered.visit, gathered.name, given, source)
            yield Reading(submission, (*gathered.problems, *given.problems), gathered.name)

    def _published(self, published: PublishedColumns, gathered: _Gathered) -> tuple[dict[str, str], dict[str, str]]:
        stated, cells = published.read(gathered.header, gathered.header_row)
        if self.stated is not self.table and self.stated.shown_sheet:
            cells = {name: f"{self.stated.shown_sheet}!{cell}" for name, cell in cells.items()}
        return stated, cells

    def _absent(self, part: _Part, given: Given) -> None:
        """Items without a row: not asked where the mapping says so, else what a blank means, else missing."""
        for item, answers in part.answers.items():
            if item in given.answers or item in given.typed:
                continue
            if answers.rule.absent == "not_asked":
                given.answers[item] = NOT_ASKED
            elif item not in given.cells and isinstance(blank := answers.read(None), str):
                given.answers[item] = blank

    def _place(self, number: int, column: int | None) -> Place:
        sheet = self.table.shown_sheet
        if column is None:
            return Place(self.table.book.file, sheet, None, number)
        return Place(self.table.book.file, sheet, cell_name(number, column + 1))

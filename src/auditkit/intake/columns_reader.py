"""One checklist in one foreign table: its items' answers, comments and evidence out of a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from auditkit.intake.columns import Headers
from auditkit.intake.columns_cells import Answers, Told, is_blank, merged, typed_of, wrong_meanings
from auditkit.intake.columns_items import ItemColumns, assign
from auditkit.intake.columns_published import PublishedColumns
from auditkit.intake.misread import Misread
from auditkit.intake.spelling_rules import Read, Rules, as_text, key
from auditkit.intake.spellings import Speller
from auditkit.model.checklist import Checklist
from auditkit.model.columns import ChecklistColumns, Columns
from auditkit.model.items import DERIVED, Multi
from auditkit.model.row_cells import RowCells
from auditkit.model.visit import NO, NONE_OF_THESE, NOT_ASKED, YES, Value
from auditkit.problems import Place, Problem
from auditkit.tables.folding import fold
from auditkit.tables.table import CellValue, column_name


@dataclass(slots=True)
class Given:
    """What was answered on one checklist in one visit."""

    answers: dict[str, Value] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    published: dict[str, str] = field(default_factory=dict)
    published_cells: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    filled: int = 0
    """Cells of answers that hold something."""
    row_cells: RowCells | None = None
    """Stands for `cells` where each item has a cell of its own in the row."""

    def all_cells(self) -> Mapping[str, str]:
        """Item id → cell of its answer."""
        return self.cells if self.row_cells is None else self.row_cells

    def put(self, item: str, raw: CellValue, answer: Read, place: Place) -> None:
        """An answer as it was read, or what is wrong with it."""
        if place.cell is not None:
            self.cells[item] = place.cell
        typed = typed_of(raw, answer)
        if typed is not None and answer is not None:
            self.typed[item] = typed
        if isinstance(answer, Misread):
            self.problems.append(answer.at(place, item, as_text(raw)))
        elif answer is not None:
            self.answers[item] = answer


def speller_for(checklist: Checklist, columns: Columns, order: str | None, *, date1904: bool) -> Speller:
    """The spellings that hold in a mapped file."""
    return Speller(checklist, columns.spellings, date_order=order, decimal=columns.decimal, date1904=date1904)


def answers_of(checklist: Checklist, own: ChecklistColumns, speller: Speller) -> dict[str, Answers]:
    """A reader of cells for every item that somebody answers."""
    return {
        item.id: Answers(item, merged(own.items, own.items.each.get(item.id)), speller)
        for _, item in checklist.walk_items()
        if item.kind not in DERIVED
    }


class RowReader:
    """Reads one checklist's part of a row."""

    def __init__(self, checklist: Checklist, own: ChecklistColumns, headers: Headers, speller: Speller) -> None:
        self.checklist, self.own, self.headers = checklist, own, headers
        self.answers = answers_of(checklist, own, speller)
        absent = {item: each.rule.absent for item, each in self.answers.items()}
        points = own.published.items if own.published and isinstance(own.published.items, tuple) else ()
        self.items, self.problems = assign(checklist, own.items, headers, absent=absent, points=points)
        self.answered = [(item, at, at.answer, self.answers[item].known) for item, at in self.items.items()]
        self.plainly = self._plainly()
        self.last = max((column for _, column, _ in self.plainly), default=0)
        self.letters = {item: column_name(column + 1) for item, column, _ in self.plainly}
        beside = [(item, at, (at.comment, at.evidence)) for item, at in self.items.items()]
        self.noted = [(item, at) for item, at, columns in beside if columns != (None, None)]
        at = {item: each.answer for item, each in self.items.items() if each.answer is not None}
        self.published = PublishedColumns(own.published, checklist, headers, at, own.items.prefix)
        self.problems += self.published.problems
        self.problems += wrong_meanings(own.items, self.answers, headers.place())
        self.rules = speller.rules
        self.ticks = {key(word): yes for word, yes in _tick_words(speller.rules).items()}

    def columns(self) -> set[int]:
        """Every column that it uses."""
        return {c for each in self.items.values() for c in each.all()} | self.published.columns()

    def found_any(self) -> bool:
        """Whether any item has a column."""
        return any(True for each in self.items.values() for _ in each.all())

    def read(self, row: Sequence[CellValue], number: int) -> Given:
        """The answers of a row."""
        given = Given()
        self._items(row, number, given)
        for item, at in self.noted:
            for column, texts in ((at.comment, given.comments), (at.evidence, given.evidence)):
                words = as_text(_cell(row, column)).strip() if column is not None else ""
                if words:
                    texts[item] = words
        if self.published.fields:
            given.published, given.published_cells = self.published.read(row, number)
        return given

    def _plainly(self) -> list[tuple[str, int, Callable[[CellValue], Value | None]]]:
        """Item, column, the answers that stand there as they are; empty where that is not all there is.

        In a text file every cell is a text, and most hold an answer as the checklist spells it.
        """
        columns = [at.answer for _, at, _, _ in self.answered]
        if self.headers.kind != "csv" or self.headers.turned or None in columns:
            return []
        return [
            (item, column, self.answers[item].as_it_stands.get)
            for item, _, column, _ in self.answered
            if column is not None
        ]

    def _items(self, row: Sequence[CellValue], number: int, given: Given) -> None:
        """The answers, in the order of the items."""
        if not self.plainly or len(row) <= self.last:
            self._each(self.answered, row, number, given)
            return
        answers, others = given.answers, 0
        for place, (item, column, plain) in enumerate(self.plainly):
            answer = plain(row[column])
            if answer is None:
                self._each(self.answered[place : place + 1], row, number, given)
                others += 1
            else:
                answers[item] = answer
        given.filled += len(self.plainly) - others
        given.row_cells = RowCells(self.letters, number)

    def _each(
        self,
        answered: Sequence[tuple[str, ItemColumns, int | None, Mapping[Any, Told]]],
        row: Sequence[CellValue],
        number: int,
        given: Given,
    ) -> None:
        """Some of the answers. Without a call a cell: a history has millions of them."""
        width, name_of = len(row), self.headers.cell
        answers, cells = given.answers, given.cells
        for item, at, column, known in answered:
            if column is None:
                self._elsewhere(item, at, row, number, given)
                continue
            raw = row[column] if column < width else None
            answer, typed, filled = known[raw if raw.__class__ is str else (raw.__class__, raw)]
            cells[item] = name_of(number, column)
            if filled:
                given.filled += 1
            if answer is None:
                continue
            if typed is not None:
                given.typed[item] = typed
            if isinstance(answer, Misread):
                given.problems.append(answer.at(self._place(number, column), item, as_text(raw)))
            else:
                answers[item] = answer

    def _elsewhere(self, item: str, at: ItemColumns, row: Sequence[CellValue], number: int, given: Given) -> None:
        """An item without a column of its own."""
        if at.options:
            self._ticked(item, at, row, number, given)
        elif self.answers[item].rule.absent == "not_asked":
            given.answers[item] = NOT_ASKED

    def _place(self, number: int, column: int) -> Place:
        return self.headers.at(number, column)

    def _ticked(self, item: str, at: ItemColumns, row: Sequence[CellValue], number: int, given: Given) -> None:
        """A multi answer out of a column an option; nothing ticked in filled columns is 'none of these'."""
        cells = {column: _cell(row, column) for column in at.options if not is_blank(_cell(row, column))}
        first = self._place(number, min(at.options))
        if not cells:
            given.put(item, None, self.answers[item].read(None), first)
            return
        given.filled += 1
        chosen: set[str] = set()
        for column, raw in cells.items():
            ticked = self._tick(raw, at.options[column], item)
            if isinstance(ticked, str):
                given.put(item, raw, ticked, self._place(number, column))
                return
            if ticked is None:
                answer = self.answers[item].read(raw)
                given.put(item, raw, answer, self._place(number, column))
                return
            if ticked:
                chosen.add(at.options[column])
        order = self.checklist.items_by_id[item]
        assert isinstance(order, Multi)  # noqa: S101  only multi items have columns of ticks
        answer = tuple(option.id for option in order.options if option.id in chosen)
        given.put(item, None, answer or NONE_OF_THESE, first)

    def _tick(self, raw: CellValue, option: str, item: str) -> bool | str | None:
        """Whether a cell ticks its option; a state of the whole item; `None` where it cannot be told."""
        known = self.ticks.get(key(as_text(raw)) or fold(as_text(raw)))
        if known is not None:
            return known
        answer = self.answers[item].read(raw)
        if isinstance(answer, tuple):
            return option in answer or None
        return answer if isinstance(answer, str) else None


def _tick_words(rules: Rules) -> dict[str, bool]:
    return {word: answer == YES for word, answer in rules.yes_no.items() if answer in (YES, NO)}


def _cell(row: Sequence[CellValue], column: int) -> CellValue:
    return row[column] if column < len(row) else None

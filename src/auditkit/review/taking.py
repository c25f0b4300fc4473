"""A review workbook that came back: every row checked by cell, what contradicts a newer decision refused."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.definitions.rows import as_text
from auditkit.model.decision import Decision
from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.review.workbook import BY, DECISION, KEY, PREFIX, REASON, words
from auditkit.run.deciding import Asked, Bench, Taker, person_of
from auditkit.run.programme import unknown_wave
from auditkit.tables.folding import fold
from auditkit.tables.opening import open_book
from auditkit.tables.table import Book, CellValue, Sheet, cell_name

NO_REVIEW = declare(
    "R240",
    Severity.ERROR,
    finds="A file that is none of the workbooks that decisions come back in.",
    why="Nothing in it can be taken.",
    mend="Write one with `auditkit review WAVE`; what shoppers send belongs into visits/WAVE/.",
)
NO_DECISION = declare(
    "R241",
    Severity.ERROR,
    finds="Something in the column of decisions that is none.",
    why="It would be a guess what was meant; the other rows are taken.",
    mend="Choose from the list, or leave the cell empty.",
)
NO_REASON = declare(
    "R242",
    Severity.ERROR,
    finds="A decision without its reason, or a workbook that does not say who decided.",
    why="Each decision must be defended later.",
    mend="Fill in the cell and take the workbook again; what was taken already is not taken twice.",
)
NEWER = declare(
    "R243",
    Severity.ERROR,
    finds="A decision about a report that was decided on anew, or handed in anew, since the workbook was written.",
    why="Whoever decided has not seen what holds now.",
    mend="Write the workbook anew: `auditkit review WAVE`.",
)


class Taken(NamedTuple):
    """What a workbook gave."""

    lines: tuple[Decision, ...]
    """Not numbered yet."""
    known: int
    """Decisions in it that hold already."""
    problems: tuple[Problem, ...]


class _Row(NamedTuple):
    number: int
    decision: str
    reason: str
    visit: str
    checklist: str
    answers: str
    file: str


def take(path: Path, home: ProgrammeFolder, at: str) -> Taken:
    """Everything in the workbook that can be taken; `at`: the moment, ISO 8601 with offset."""
    book, problems = open_book(path)
    if book is None:
        return Taken((), 0, tuple(problems))
    found = _mark(book)
    if found is None:
        return Taken((), 0, (*problems, problem(NO_REVIEW, Place(book.file), Path(book.file).name)))
    sheet, key_at, wave, number = found
    if (unknown := unknown_wave(home, wave)) is not None:
        return Taken((), 0, (*problems, unknown))
    return _Taking(home, book.file, sheet, key_at, Bench.of(home, wave), number, at).take(problems)


def _mark(book: Book) -> tuple[Sheet, int, str, int] | None:
    """The sheet, the column that says what its rows are, the wave, and the latest decision when it was written."""
    for sheet in book.sheets if book.kind == "xlsx" else ():
        for row in sheet.rows[:60]:
            for at, value in enumerate(row):
                if isinstance(value, str) and value.startswith(PREFIX):
                    wave, _, number = value.removeprefix(PREFIX).partition("#")
                    return sheet, at, wave, int(number) if number.isdigit() else 0
    return None


class _Taking:
    """One workbook being taken."""

    def __init__(
        self, home: ProgrammeFolder, file: str, sheet: Sheet, key_at: int, bench: Bench, number: int, at: str
    ) -> None:
        self.home, self.file, self.sheet, self.bench, self.number, self.at = home, file, sheet, bench, number, at
        self.columns = {"decision": key_at - KEY + DECISION, "reason": key_at - KEY + REASON}
        self.key_at = key_at
        self.problems: list[Problem] = []
        self.lines: dict[tuple[str, ...], Decision] = {}
        self.known = 0

    def take(self, problems: Sequence[Problem]) -> Taken:
        by, place = self._by()
        rows = list(self._rows())
        if rows and not by:
            self.problems.append(problem(NO_REASON, place, ""))
        elif rows and (unknown := person_of(self.home, by)) is not None:
            self.problems.append(unknown._replace(place=place))
        else:
            for row in rows:
                self._one(row, by)
        return Taken(tuple(self.lines.values()), self.known, (*problems, *self.problems))

    def _by(self) -> tuple[str, Place]:
        for number, row in enumerate(self.sheet.rows, 1):
            if self.key_at < len(row) and row[self.key_at] == BY:
                said = next((text for cell in row[2 : self.key_at] if (text := as_text(cell))), "")
                return said, Place(self.file, self.sheet.name, cell_name(number, 3))
        return "", Place(self.file, self.sheet.name)

    def _rows(self) -> Iterator[_Row]:
        """Rows in which something is decided."""
        for number, row in enumerate(self.sheet.rows, 1):
            key = _key(_text(row, self.key_at))
            decision = _text(row, self.columns["decision"])
            if key is not None and decision:
                yield _Row(number, decision, _text(row, self.columns["reason"]), *key)

    def _place(self, row: _Row, column: str) -> Place:
        return Place(self.file, self.sheet.name, cell_name(row.number, self.columns[column] + 1))

    def _one(self, row: _Row, by: str) -> None:
        what = words().get(fold(row.decision))
        if what is None:
            self.problems.append(problem(NO_DECISION, self._place(row, "decision"), row.decision))
            return
        if not row.reason:
            self.problems.append(problem(NO_REASON, self._place(row, "reason"), ""))
            return
        holds = self.home.decisions.fate(self.bench.wave, row.visit, row.checklist, row.answers)
        if holds is not None and (holds.what, holds.by, holds.reason) == (what, by, row.reason):
            self.known += 1
            return
        if (newer := self._newer(row)) is not None:
            facts = {"visit": row.visit, "number": newer}
            self.problems.append(problem(NEWER, self._place(row, "decision"), row.decision, **facts))
            return
        asked = Asked(self.bench.wave, row.visit, row.checklist, row.file)
        lines, faults = self.bench.of_report(what, asked, Taker(by, row.reason, self.at))
        self.problems += [each._replace(place=self._place(row, "decision")) for each in faults]
        for line in lines:
            key = line.what.value, line.visit, line.checklist, line.answers
            self.lines.setdefault(key, line)

    def _newer(self, row: _Row) -> str | None:
        """What has come between: the number of a decision, or '' where the report came anew; `None`: nothing."""
        for each in self.home.decisions.every:
            same = (each.wave, each.visit, each.checklist) == (self.bench.wave, row.visit, row.checklist)
            if same and each.number > self.number:
                return str(each.number)
        here = any(each.incoming[2:4] == (row.visit, row.checklist) and each.incoming.answers == row.answers
                   for each in self.bench.reports)  # fmt: skip
        return None if here else ""


def _key(text: str) -> tuple[str, str, str, str] | None:
    """Visit, checklist, answers, file; `None` of a row that is about no report."""
    try:
        parts = json.loads(text) if text.startswith("[") else []
    except ValueError:
        return None
    match parts:
        case [str(visit), str(checklist), str(answers), str(file)]:
            return visit, checklist, answers, file
    return None


def _text(row: Sequence[CellValue], at: int) -> str:
    return as_text(row[at]) if 0 <= at < len(row) else ""

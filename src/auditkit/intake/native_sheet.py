"""One checklist's sheet of our own form, read back: every row is known by the item beside it, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from auditkit.intake.misread import NONE_AND_MORE, Misread
from auditkit.intake.native_faults import NO_ANSWERS, NO_VALUE, STRAY, TICK, TWICE, UNKNOWN_ROW
from auditkit.intake.spelling_rules import as_text, key
from auditkit.intake.spellings import Speller
from auditkit.locales import LANGUAGES, say
from auditkit.model.checklist import Checklist
from auditkit.model.items import Multi
from auditkit.model.visit import NO, NONE_OF_THESE, YES
from auditkit.problems import Code, Place, Problem, problem
from auditkit.tables.folding import fold
from auditkit.tables.table import CellValue, NoValue, Sheet, cell_name, column_name

PREFIX = "auditkit:"


class Mark(NamedTuple):
    """A sheet of a form: what it is, and the column (from 0) in which its rows say which item they are."""

    sheet: Sheet
    text: str
    column: int


class Answers(NamedTuple):
    """What one sheet says."""

    answers: dict[str, Any]
    comments: dict[str, str]
    evidence: dict[str, str]
    cells: dict[str, str]
    typed: dict[str, str]
    problems: list[Problem]


class _Columns(NamedTuple):
    """Columns from 0, and the row (from 1) of their headers."""

    answer: int
    comment: int
    evidence: int
    header: int


def read_sheet(file: str, mark: Mark, checklist: Checklist, speller: Speller) -> Answers:
    """All answers of a sheet, and what is wrong with them."""
    columns = _columns(mark.sheet.rows, mark.column)
    if columns is None:
        place = Place(file, mark.sheet.name)
        return Answers({}, {}, {}, {}, {}, [problem(NO_ANSWERS, place, mark.sheet.name)])
    reader = _Reader(file, mark, checklist, speller, columns)
    for number, row in enumerate(mark.sheet.rows, 1):
        reader.row(number, row)
    return reader.closed()


class _Reader:
    def __init__(self, file: str, mark: Mark, checklist: Checklist, speller: Speller, columns: _Columns) -> None:
        self.found = Answers({}, {}, {}, {}, {}, [])
        self.file, self.sheet, self.key_at, self.columns = file, mark.sheet.name, mark.column, columns
        self.letter = column_name(columns.answer + 1)
        self.prefix = f"{self.sheet}!{self.letter}"
        beside = ((columns.comment, self.found.comments), (columns.evidence, self.found.evidence))
        self.beside = [(at, texts) for at, texts in beside if at >= 0]
        self.checklist, self.speller, self.known = checklist, speller, checklist.items_by_id
        self.blank: dict[str, int] = {}
        self.ticks: dict[str, dict[str, tuple[int, CellValue]]] = {}

    def row(self, number: int, row: Sequence[CellValue]) -> None:
        """Take over what a row says."""
        name = row[self.key_at] if self.key_at < len(row) else None
        if name.__class__ is not str or not name:
            self._no_question(number, row)
            return
        item, at = str(name), self.columns.answer
        if item in self.known:
            self._beside(item, row)
            self._answer(item, number, row[at] if at < len(row) else None)
        elif not item.startswith(PREFIX):
            self._option(item, number, row)

    def _no_question(self, number: int, row: Sequence[CellValue]) -> None:
        if number == self.columns.header:
            return
        for at in self.columns[:3]:
            words = as_text(_cell(row, at)).strip()
            if words:
                place = Place(self.file, self.sheet, cell_name(number, at + 1))
                self.found.problems.append(problem(STRAY, place, words))

    def _beside(self, item: str, row: Sequence[CellValue]) -> None:
        for at, texts in self.beside:
            if at < len(row) and row[at] and (words := as_text(row[at]).strip()):
                texts[item] = f"{texts[item]}\n{words}" if texts.get(item, words) != words else words

    def _answer(self, name: str, number: int, raw: CellValue) -> None:
        found = self.found
        if raw is None or raw == "":
            if raw.__class__ is NoValue:
                self._say(NO_VALUE, number, "", item=self.checklist.numbers[name])
            self.blank.setdefault(name, number)
            return
        answer = self.speller.memo(name).get(raw) if raw.__class__ is str else None
        if answer is None:
            answer = self.speller.read(name, raw)
        if answer is None:
            self.blank.setdefault(name, number)
        elif isinstance(answer, Misread):
            found.problems.append(answer.at(self._place(number), self.checklist.numbers[name], as_text(raw)))
            found.typed.setdefault(name, as_text(raw))
            self.blank.setdefault(name, number)
        elif name in found.answers and found.answers[name] != answer:
            self._say(TWICE, number, as_text(raw), item=self.checklist.numbers[name], other=found.cells[name])
        else:
            found.answers[name] = answer
            found.cells[name] = f"{self.prefix}{number}"
            if raw != answer:
                found.typed[name] = raw if raw.__class__ is str else as_text(raw)

    def _option(self, name: str, number: int, row: Sequence[CellValue]) -> None:
        """A row that is ticked: one of several things seen or heard."""
        item, _, option = name.partition("/")
        multi = self.known.get(item)
        if not isinstance(multi, Multi) or all(each.id != option for each in multi.options):
            place = Place(self.file, self.sheet, cell_name(number, self.key_at + 1))
            self.found.problems.append(problem(UNKNOWN_ROW, place, name))
            return
        self._beside(item, row)
        raw = _cell(row, self.columns.answer)
        if raw.__class__ is NoValue:
            self._say(NO_VALUE, number, "", item=self.checklist.numbers[item])
        elif raw not in (None, "") and as_text(raw).strip():
            self._tick(item, option, number, raw)

    def _tick(self, item: str, option: str, number: int, raw: CellValue) -> None:
        ticks = self.ticks.setdefault(item, {})
        said = self._said(raw)
        if said is None:
            self._say(TICK, number, as_text(raw), item=self.checklist.numbers[item])
        elif option in ticks and self._said(ticks[option][1]) != said:
            other = f"{self.sheet}!{self.letter}{ticks[option][0]}"
            self._say(TWICE, number, as_text(raw), item=self.checklist.numbers[item], other=other)
        else:
            ticks.setdefault(option, (number, raw))

    def _said(self, raw: CellValue) -> str | None:
        text = as_text(raw)
        return self.speller.rules.yes_no.get(key(text) or fold(text))

    def closed(self) -> Answers:
        """Everything, once all rows were taken."""
        for item, ticks in self.ticks.items():
            self._join(item, ticks)
        for name, number in self.blank.items():
            # What is missing is said with the cell into which it belongs.
            self.found.cells.setdefault(name, f"{self.sheet}!{self.letter}{number}")
        return self.found

    def _join(self, name: str, ticks: dict[str, tuple[int, CellValue]]) -> None:
        """Ticked rows as one answer, the options in the definition's order; 'no' beside all of them is 'none'."""
        item = self.known[name]
        assert isinstance(item, Multi)  # noqa: S101  only such rows were gathered
        chosen = {option for option, (_, raw) in ticks.items() if self._said(raw) == YES}
        refused = {option for option, (_, raw) in ticks.items() if self._said(raw) == NO}
        if not chosen and len(refused) < len(item.options):
            return
        number = min((at for option, (at, _) in ticks.items() if option in chosen or not chosen), default=0)
        before = self.found.answers.get(name)
        if chosen and before is not None and not (isinstance(before, tuple) and before):
            shown = self.found.typed.get(name, str(before))
            self._say(NONE_AND_MORE, number, shown, item=self.checklist.numbers[name])
            return
        chosen |= set(before) if isinstance(before, tuple) else set()
        if chosen or before is None:
            ordered = tuple(option.id for option in item.options if option.id in chosen)
            self.found.answers[name] = ordered or NONE_OF_THESE
            self.found.cells.setdefault(name, f"{self.sheet}!{self.letter}{number}")

    def _place(self, number: int) -> Place:
        return Place(self.file, self.sheet, f"{self.letter}{number}")

    def _say(self, code: Code, number: int, value: str, **facts: object) -> None:
        self.found.problems.append(problem(code, self._place(number), value, **facts))


def _cell(row: Sequence[CellValue], at: int) -> CellValue:
    return row[at] if 0 <= at < len(row) else None


@cache
def _header(name: str, language: str) -> str:
    return fold(say(language, f"forms.{name}"))


def _is_header(words: str, name: str) -> bool:
    """Whether a form of some language calls a column so; no catalogue is opened beyond the one that says it."""
    folded = fold(words)
    return any(folded == _header(name, language) for language in LANGUAGES)


def _columns(rows: Sequence[Sequence[CellValue]], key_at: int) -> _Columns | None:
    """Where answers, comments and evidence stand: left of the items' column as we wrote them, else by their headers."""
    if len(rows) > 2 and _is(rows[2], key_at - 3, "answer"):
        return _Columns(key_at - 3, key_at - 2, key_at - 1, 3)
    for number, row in enumerate(rows, 1):
        answer, comment, evidence = (_find(row, name) for name in ("answer", "comment", "evidence"))
        if answer >= 0 and (comment >= 0 or evidence >= 0):
            return _Columns(answer, comment, evidence, number)
    return None


def _is(row: Sequence[CellValue], at: int, name: str) -> bool:
    return 0 <= at < len(row) and isinstance(row[at], str) and _is_header(str(row[at]), name)


def _find(row: Iterable[CellValue], name: str) -> int:
    return next((at for at, value in enumerate(row) if isinstance(value, str) and _is_header(value, name)), -1)

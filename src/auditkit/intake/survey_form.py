"""The export of a survey tool on a form of ours: every row says what it is about, so no mapping is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from auditkit.intake.columns_layout import Row, Table, table_of
from auditkit.intake.misread import DATE_ORDER, Misread
from auditkit.intake.moments import Moment, Order, read_moment
from auditkit.intake.native_cover import joined, read_field, said_of
from auditkit.intake.native_faults import COVER, NO_VERSION, OTHER_WORDS
from auditkit.intake.native_workbook import of_others
from auditkit.intake.readings import Checklists, Reading
from auditkit.intake.spelling_rules import as_text
from auditkit.intake.spellings import Speller
from auditkit.intake.survey_fields import Fields, Tick, is_form
from auditkit.intake.survey_names import COMMENT, FORM, OUT, PHOTO, Question, stamped
from auditkit.model.checklist import Checklist
from auditkit.model.columns import Columns
from auditkit.model.items import Multi
from auditkit.model.visit import NONE_OF_THESE, NOT_APPLICABLE, NOT_ASKED, NOT_OBSERVED, Source, Submission
from auditkit.problems import Code, Problem, Severity, declare, problem
from auditkit.tables.folding import fold
from auditkit.tables.table import Book, CellValue, NoValue

NO_STAMP = declare(
    "S226",
    Severity.ERROR,
    finds="A row of a survey tool's export that does not say which form it is of.",
    why="Answers without their checklist and its version can't be scored.",
    mend="Leave the field auditkit_form in the form as it was written, and export all fields.",
)
_PLAIN = Columns.model_validate({"checklist": "any"})
_CLOCK = re.compile(r"(\d\d:\d\d)(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$")
_NAMES = {"arrived": "start", "left": "end"}


class SurveyRows:
    """The rows of such an export; `None` from `of` where a file is none."""

    @classmethod
    def of(cls, book: Book, checklists: Checklists, date_order: Order | None) -> SurveyRows | None:
        """The reader of a file, where one of its columns says what form it is."""
        if not (book.sheets or book.data):
            return None
        table, _ = table_of(book, _PLAIN)
        if table is None:
            return None
        at = next((c for c in table.headers.filled if is_form(table.headers.shown(c))), None)
        return cls(table, at, checklists, date_order) if at is not None else None

    def __init__(self, table: Table, at: int, checklists: Checklists, date_order: Order | None) -> None:
        self._table, self._at, self._checklists, self._order = table, at, checklists, date_order
        self._forms: dict[str, _Form] = {}

    def each(self) -> Iterator[Reading]:
        """A reading a row and checklist."""
        for number, row in self._table.rows():
            text = as_text(_cell(row, self._at)).strip()
            if text not in self._forms:
                self._forms[text] = _Form(self._table, text, self._checklists, self._order)
            yield from self._forms[text].read(row, number, self._at)


class _Form:
    """Rows of one form: its checklists, and where their fields stand."""

    def __init__(self, table: Table, text: str, checklists: Checklists, order: Order | None) -> None:
        self.table, self.text, self.order = table, text, order
        self.known: list[tuple[Checklist, str]] = []
        self.unknown: list[tuple[str, str]] = []
        for id_, version, digest in stamped(text):
            checklist = checklists.get(id_, version)
            if checklist is not None:
                self.known.append((checklist, digest))
            else:
                self.unknown.append((id_, version))
        names = [checklist for checklist, _ in self.known]
        self.fields = Fields(names)
        self.columns = {
            column: found
            for column in table.headers.filled
            if (found := self.fields.of(table.headers.shown(column))) is not None
        }
        date1904 = bool(table.book.date1904)
        self.spellers = {each.checklist: Speller(each, date_order=order, date1904=date1904) for each in names}

    def read(self, row: Row, number: int, at: int) -> Iterator[Reading]:
        """A reading a checklist."""
        place = self.table.headers.at(number, at)
        if not self.known and not self.unknown:
            yield Reading(None, (problem(NO_STAMP, place, self.text, field=FORM),))
            return
        fields, problems = self._visit(row, number)
        visit = str(fields["visit_id"])
        for id_, version in self.unknown:
            missing = problem(NO_VERSION, place, f"{id_}@{version}", checklist=id_, version=version)
            yield Reading(None, (*problems, missing), visit)
        for checklist, digest in self.known:
            yield self._one(checklist, digest, fields, problems, row, number)

    def _visit(self, row: Row, number: int) -> tuple[dict[str, Any], list[Problem]]:
        fields: dict[str, Any] = {}
        problems: list[Problem] = []
        row_id = ""
        for column, field in self.columns.items():
            raw = _cell(row, column)
            if not isinstance(field, str) or _blank(raw):
                continue
            if field == "row_id":
                row_id = row_id or as_text(raw)
            elif field == "received":
                moment = read_moment(raw, "ymd")
                if isinstance(moment, Moment):
                    fields.setdefault("handed_in", _in_utc(moment.instant))
            else:
                name = _NAMES.get(field, field)
                value = read_field(name, _clock(raw), self.order, date1904=bool(self.table.book.date1904))
                if value is None or isinstance(value, Code):
                    place = self.table.headers.at(number, column)
                    code = value if value is DATE_ORDER else COVER
                    problems.append(problem(code, place, as_text(raw), field=name, **said_of(name)))
                else:
                    fields.setdefault(name, value)
        joined(fields, row_id or f"{self.table.book.file}:{number}")
        return fields, problems

    def _one(
        self,
        checklist: Checklist,
        digest: str,
        fields: Mapping[str, Any],
        problems: Sequence[Problem],
        row: Row,
        number: int,
    ) -> Reading:
        given = _Given(self, checklist, row, number)
        book, sheet = self.table.book, self.table.shown_sheet
        submission = Submission.of_canonical(
            **fields,
            checklist=checklist.checklist,
            version=checklist.version,
            definition_hash=digest,
            answers=given.answers,
            comments=given.comments,
            evidence=given.evidence,
            cells=given.cells,
            typed=given.typed,
            facts={},
            published={},
            published_cells={},
            source=Source(file=book.file, sheet=sheet, row=number, sha256=book.sha256, reader="survey"),
        )
        told = [*problems, *given.problems]
        if digest and checklist.source_hash and digest != checklist.source_hash:
            name = f"{checklist.checklist}@{checklist.version}"
            told.append(problem(OTHER_WORDS, self.table.headers.at(number, None), name))
        return Reading(submission, tuple(told), str(fields["visit_id"]))


class _Given:
    """What a row answers on one checklist."""

    def __init__(self, form: _Form, checklist: Checklist, row: Row, number: int) -> None:
        self.answers: dict[str, Any] = {}
        self.comments: dict[str, str] = {}
        self.evidence: dict[str, str] = {}
        self.cells: dict[str, str] = {}
        self.typed: dict[str, str] = {}
        self.problems: list[Problem] = []
        self._form, self._checklist, self._number = form, checklist, number
        ticked: dict[str, dict[str, int]] = {}
        for column, field in form.columns.items():
            raw = _cell(row, column)
            if isinstance(field, Tick) and field.question.checklist is checklist:
                if as_text(raw).strip() in ("1", "True", "true"):
                    ticked.setdefault(field.question.item.id, {})[field.answer] = column
            elif isinstance(field, Question) and field.checklist is checklist:
                self._field(field, raw, column)
        for item, chosen in ticked.items():
            if item not in self.answers:
                self._put(item, self._several(item, list(chosen)), min(chosen.values()), "")
        for item in of_others(checklist):
            self.answers.setdefault(item, NOT_ASKED)

    def _field(self, question: Question, raw: CellValue, column: int) -> None:
        item, words = question.item.id, as_text(raw).strip()
        if question.part in ("", OUT):
            place = self._form.table.headers.at(self._number, column)
            if question.part == "" and place.cell is not None:
                self.cells.setdefault(item, place.cell)
            if not _blank(raw) and item not in self.answers:
                self._answer(question, raw, column)
        elif words and question.part == COMMENT:
            self.comments[item] = words
        elif words and question.part == PHOTO:
            self.evidence[item] = words

    def _answer(self, question: Question, raw: CellValue, column: int) -> None:
        item, words = question.item, as_text(raw).strip()
        codes = self._form.fields.codes.get((self._checklist.checklist, item.id, question.part), {})
        if isinstance(item, Multi):
            parts = _parts(words, codes)
            if parts is not None:
                self._put(item.id, self._several(item.id, parts), column, words)
                return
        code = codes.get(fold(words))
        if code in (NOT_APPLICABLE, NOT_OBSERVED) or (code is not None and question.part == OUT):
            self._put(item.id, code, column, words)
            return
        read = self._form.spellers[self._checklist.checklist].read(item.id, raw if code is None else code)
        if isinstance(read, Misread):
            place = self._form.table.headers.at(self._number, column)
            self.problems.append(read.at(place, self._checklist.numbers[item.id], words))
            self.typed[item.id] = words
        elif read is not None:
            self._put(item.id, read, column, words)

    def _several(self, item: str, codes: Sequence[str]) -> Any:
        """The answer of a multi item; an 'outside' answer stands alone."""
        own = self._checklist.items_by_id[item]
        assert isinstance(own, Multi)  # noqa: S101  the caller asked
        chosen = tuple(option.id for option in own.options if option.id in codes)
        state = next((each for each in codes if each in (NOT_APPLICABLE, NOT_OBSERVED)), None)
        return chosen or (state if state is not None else NONE_OF_THESE)

    def _put(self, item: str, answer: Any, column: int, words: str) -> None:
        self.answers[item] = answer
        place = self._form.table.headers.at(self._number, column)
        if place.cell is not None:
            self.cells[item] = place.cell
        if words and words != answer:
            self.typed[item] = words


def _parts(words: str, codes: Mapping[str, str]) -> list[str] | None:
    """`drink dessert`, or labels one behind the other with spaces between; `None` where a part is none of them."""
    left = fold(words)
    by_length = sorted(codes, key=len, reverse=True)
    found = []
    while left:
        word = next((each for each in by_length if each and left.startswith(each) and _ends(left, len(each))), None)
        if word is None:
            return None
        found.append(codes[word])
        left = left[len(word) :].lstrip(" ,;")
    return found


def _ends(text: str, at: int) -> bool:
    return at == len(text) or text[at] in " ,;"


def _clock(raw: CellValue) -> CellValue:
    """A time as these tools write it, without seconds and offset: the shopper's own clock."""
    found = _CLOCK.match(raw.strip()) if isinstance(raw, str) else None
    return found[1] if found else raw


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _cell(row: Row, column: int) -> CellValue:
    return row[column] if column < len(row) else None


def _blank(raw: CellValue) -> bool:
    return raw is None or (isinstance(raw, str) and raw.__class__ is not NoValue and not raw.strip())

"""Our own form read back: rows are known by the item beside them, sheets by a mark in their first row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from auditkit.intake.misread import NONE_AND_MORE, Misread
from auditkit.intake.native_cover import Cover, no_cover, read_cover
from auditkit.intake.native_faults import NO_ANSWERS, NO_VALUE, NO_VERSION, OTHER_WORDS, TICK, TWICE, UNKNOWN_ROW
from auditkit.intake.reading import Checklists, Reading
from auditkit.intake.spelling_rules import as_text, key
from auditkit.intake.spellings import Speller
from auditkit.locales import LANGUAGES, say
from auditkit.model.checklist import Checklist
from auditkit.model.items import RECORDED, Multi, Observer
from auditkit.model.visit import NO, NOT_ASKED, YES, Source, Submission
from auditkit.problems import Place, Problem, problem
from auditkit.tables.folding import fold
from auditkit.tables.table import Book, CellValue, NoValue, Sheet, cell_name, column_name

PREFIX = "auditkit:"
COVER = "auditkit:cover"
_LOOKED_AT = 60
"""Rows in which a mark is looked for when it is not in the first: somebody may have sorted the sheet."""


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


def markers(book: Book) -> list[Mark]:
    """The sheets that bear a mark of ours; empty: the workbook is no form."""
    found = []
    for sheet in book.sheets:
        if not sheet.hidden:
            mark = _mark(sheet)
            if mark is not None:
                found.append(mark)
    return found


def _mark(sheet: Sheet) -> Mark | None:
    rows = sheet.rows
    for row in rows[:_LOOKED_AT]:
        for at, value in enumerate(row):
            if value.__class__ is str and value.startswith(PREFIX):
                return Mark(sheet, value, at)
    return None


def read_native(book: Book, found: Sequence[Mark], checklists: Checklists) -> tuple[Reading, ...]:
    """One reading a checklist's sheet."""
    covers = [mark for mark in found if mark.text == COVER]
    cover = read_cover(book, covers[0].sheet, covers[0].column) if covers else no_cover(book)
    return tuple(_checklist(book, mark, cover, checklists) for mark in found if mark.text != COVER)


def _checklist(book: Book, mark: Mark, cover: Cover, checklists: Checklists) -> Reading:
    name, _, digest = mark.text.removeprefix(PREFIX).partition("#")
    id_, _, version = name.partition("@")
    checklist = checklists.get(id_, version or None)
    if checklist is None:
        missing = problem(NO_VERSION, Place(book.file, mark.sheet.name), name, checklist=id_, version=version)
        return Reading(None, (*cover.problems, missing), cover.visit_id)
    read = _sheet(book.file, mark, checklist, _speller(checklist, date1904=book.date1904))
    submission = Submission.model_construct(
        **cover.fields,
        checklist=checklist.checklist,
        version=checklist.version,
        definition_hash=digest,
        answers=read.answers,
        comments=read.comments,
        evidence=read.evidence,
        cells=read.cells,
        typed=read.typed,
        source=Source.model_construct(file=book.file, sheet=mark.sheet.name, sha256=book.sha256, reader="workbook"),
    )
    problems = [*cover.problems, *read.problems]
    if digest and checklist.source_hash and digest != checklist.source_hash:
        problems.append(problem(OTHER_WORDS, Place(book.file, mark.sheet.name), name))
    return Reading(submission, tuple(problems), cover.visit_id)


class _Known(NamedTuple):
    checklist: Checklist
    speller: Speller


_SPELLERS: dict[tuple[int, bool], _Known] = {}


def _speller(checklist: Checklist, *, date1904: bool) -> Speller:
    # One a checklist for all files of a batch: every spelling is understood once. The checklist is kept beside it, so
    # that its address is not used again for another.
    known = _SPELLERS.get((id(checklist), date1904))
    if known is None:
        known = _SPELLERS[id(checklist), date1904] = _Known(checklist, Speller(checklist, date1904=date1904))
    return known.speller


_OTHERS: dict[int, tuple[str, ...]] = {}


def _of_others(checklist: Checklist) -> tuple[str, ...]:
    known = _OTHERS.get(id(checklist))
    if known is None:
        others = (Observer.OFFICE, Observer.MANAGER)
        items = (item for _, item in checklist.walk_items())
        known = tuple(item.id for item in items if item.seen_by in others and item.kind not in RECORDED)
        _OTHERS[id(checklist)] = known
    return known


@cache
def _multis(checklist_id: int) -> dict[str, Multi]:
    known = next(k for (id_, _), k in _SPELLERS.items() if id_ == checklist_id)
    return {item.id: item for _, item in known.checklist.walk_items() if isinstance(item, Multi)}


def _sheet(file: str, mark: Mark, checklist: Checklist, speller: Speller) -> Answers:
    found = Answers({}, {}, {}, {}, {}, [])
    rows = mark.sheet.rows
    at, comment_at, evidence_at = _columns(rows, mark.column)
    if at < 0:
        found.problems.append(problem(NO_ANSWERS, Place(file, mark.sheet.name), mark.sheet.name))
        return found
    letter, prefix = column_name(at + 1), f"{mark.sheet.name}!"
    known, memo_of, key_at = checklist.items_by_id, speller.memo, mark.column
    ticks: dict[str, list[tuple[int, str, CellValue]]] = {}
    blank: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        name = row[key_at] if key_at < len(row) else None
        if name.__class__ is not str or not name or name.startswith(PREFIX):
            continue
        if name not in known:
            item, slash, option = name.partition("/")
            if slash and item in known:
                if row[at] not in ("", None):
                    ticks.setdefault(item, []).append((number, option, row[at]))
            else:
                place = Place(file, mark.sheet.name, cell_name(number, key_at + 1))
                found.problems.append(problem(UNKNOWN_ROW, place, name))
            continue
        comment, evidence = row[comment_at], row[evidence_at]
        if comment:
            _note(found.comments, name, comment)
        if evidence:
            _note(found.evidence, name, evidence)
        raw = row[at]
        if raw is None or raw == "":
            if raw is None or not isinstance(raw, NoValue):
                blank[name] = number
                continue
            place = Place(file, mark.sheet.name, f"{letter}{number}")
            found.problems.append(problem(NO_VALUE, place, "", item=name))
            continue
        answer = memo_of(name).get(raw) if raw.__class__ is str else None
        if answer is None:
            answer = speller.read(name, raw)
        if answer is None:
            continue
        if answer.__class__ is Misread:
            place = Place(file, mark.sheet.name, f"{letter}{number}")
            found.problems.append(answer.at(place, checklist.numbers[name], as_text(raw)))
            continue
        if name in found.answers and found.answers[name] != answer:
            place = Place(file, mark.sheet.name, f"{letter}{number}")
            other = f"{found.cells[name]}"
            found.problems.append(problem(TWICE, place, as_text(raw), item=checklist.numbers[name], other=other))
            continue
        found.answers[name] = answer
        found.cells[name] = f"{prefix}{letter}{number}"
        if raw != answer:
            found.typed[name] = raw if raw.__class__ is str else as_text(raw)
    if ticks:
        _ticked(file, mark, checklist, speller, ticks, found, letter)
    for name, number in blank.items():
        # What is missing is said with the cell into which it belongs.
        found.cells.setdefault(name, f"{prefix}{letter}{number}")
    for name in _of_others(checklist):
        # The form of a shopper does not hold what only the office or a manager can see.
        found.answers.setdefault(name, NOT_ASKED)
    return found


def _note(into: dict[str, str], name: str, value: CellValue) -> None:
    text = as_text(value).strip()
    if text and into.get(name, text) != text:
        text = f"{into[name]}\n{text}"
    if text:
        into[name] = text


def _ticked(
    file: str,
    mark: Mark,
    checklist: Checklist,
    speller: Speller,
    ticks: dict[str, list[tuple[int, str, CellValue]]],
    found: Answers,
    letter: str,
) -> None:
    """Several rows of marks as one answer, the options in the definition's order."""
    multis = _multis(id(checklist))
    for name, marks in ticks.items():
        item = multis.get(name)
        chosen: set[str] = set()
        first = marks[0][0]
        for number, option, raw in marks:
            place = Place(file, mark.sheet.name, f"{letter}{number}")
            said = speller.rules.yes_no.get(key(as_text(raw))) if item is not None else None
            if item is None or option not in {each.id for each in item.options}:
                found.problems.append(problem(UNKNOWN_ROW, place, f"{name}/{option}"))
            elif said == YES:
                chosen.add(option)
            elif said != NO:
                found.problems.append(problem(TICK, place, as_text(raw), item=checklist.numbers[name]))
        if item is None or not chosen:
            continue
        before = found.answers.get(name)
        if before is not None and not (isinstance(before, tuple) and before):
            place = Place(file, mark.sheet.name, f"{letter}{first}")
            shown = found.typed.get(name, str(before))
            found.problems.append(problem(NONE_AND_MORE, place, shown, item=checklist.numbers[name]))
            continue
        chosen |= set(before or ())
        found.answers[name] = tuple(option.id for option in item.options if option.id in chosen)
        found.cells.setdefault(name, f"{mark.sheet.name}!{letter}{first}")


@cache
def _header_words(name: str) -> frozenset[str]:
    return frozenset(fold(say(language, f"forms.{name}")) for language in LANGUAGES)


def _columns(rows: Sequence[Sequence[CellValue]], key_at: int) -> tuple[int, int, int]:
    """Where answers, comments and evidence stand: left of the items' column as we wrote them, else by their headers."""
    usual = (key_at - 3, key_at - 2, key_at - 1)
    if len(rows) > 2 and _is(rows[2], usual[0], "answer"):
        return usual
    for row in rows[:_LOOKED_AT]:
        found = [_find(row, name) for name in ("answer", "comment", "evidence")]
        if found[0] is not None:
            return found[0], found[1] if found[1] is not None else key_at, found[2] if found[2] is not None else key_at
    return usual if key_at >= 3 and rows and len(rows) <= 2 else (-1, -1, -1)


def _is(row: Sequence[CellValue], at: int, name: str) -> bool:
    return 0 <= at < len(row) and isinstance(row[at], str) and fold(str(row[at])) in _header_words(name)


def _find(row: Iterable[CellValue], name: str) -> int | None:
    words = _header_words(name)
    return next((at for at, value in enumerate(row) if isinstance(value, str) and fold(value) in words), None)

"""Our own form read back: its sheets are known by a mark in them; a file reports one visit on some checklists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditkit.intake.misread import DATE_ORDER
from auditkit.intake.moments import Order, settled
from auditkit.intake.native_cover import Cover, dates_of, no_cover, read_cover
from auditkit.intake.native_faults import NO_SHEET, NO_VERSION, OTHER_WORDS, TWO_COVERS
from auditkit.intake.native_sheet import PREFIX, Mark, read_sheet
from auditkit.intake.own_workbooks import marked
from auditkit.intake.readings import Checklists, Reading
from auditkit.intake.spellings import Speller
from auditkit.model.checklist import Checklist
from auditkit.model.items import RECORDED, Timestamp
from auditkit.model.observers import eyes_for
from auditkit.model.visit import NOT_ASKED, Source, Submission
from auditkit.problems import Place, Problem, problem
from auditkit.tables.table import Book, CellValue, Sheet

COVER = "auditkit:cover"
TRIAL_MARK = "auditkit:trial"
"""On the cover of a form in which the standard itself is judged; with `:desk@1.0.0` behind it, on its sheets."""
_LOOKED_AT = 60
"""Rows in which a mark is looked for first: it is in the first of them, unless somebody sorted the sheet."""
_LONGEST = 5_000
"""Rows of a sheet that may be a form of ours: in a foreign table of a million nobody looks for a mark."""


def markers(book: Book) -> list[Mark]:
    """The sheets that bear a mark of ours, hidden ones last; empty: the workbook is no form."""
    shown_first = sorted(book.sheets, key=lambda each: each.hidden)
    return [mark for sheet in shown_first if (mark := _mark(sheet)) is not None]


def _mark(sheet: Sheet) -> Mark | None:
    rows = sheet.rows
    parts = (rows[:_LOOKED_AT], rows[_LOOKED_AT:] if len(rows) <= _LONGEST else ())
    for part in parts:
        for row in part:
            for at, value in enumerate(row):
                if value.__class__ is str and value.startswith(PREFIX):
                    return Mark(sheet, value, at)
    return None


def read_native(
    book: Book, found: Sequence[Mark], checklists: Checklists, *, date_order: Order | None = None
) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
    """One reading a checklist's sheet, and what is wrong with the file as a whole.

    `date_order` is the programme's; without it a date such as 03/04/2026 is settled by the file's other dates.
    """
    readings, problems = _read(book, found, checklists, date_order)
    if date_order is None and any(each.code == DATE_ORDER.code for one in readings for each in one.problems):
        order = settled(_dates(found, checklists))
        if order is not None:
            return _read(book, found, checklists, order)
    return readings, problems


def _read(
    book: Book, found: Sequence[Mark], checklists: Checklists, order: Order | None
) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
    other = marked(book, found)
    if other is not None:
        return (), (other,)
    covers = [read_cover(book, mark.sheet, mark.column, order) for mark in found if mark.text == COVER]
    cover = covers[0] if covers else no_cover(book)
    sheets = [mark for mark in found if mark.text != COVER]
    if not sheets:
        return (), (problem(NO_SHEET, Place(book.file), book.file),)
    others = [each for each in covers[1:] if each.fields != cover.fields]
    if others:
        told = problem(TWO_COVERS, Place(book.file, cover.sheet), cover.sheet, other=others[0].sheet)
        cover = cover._replace(problems=(*cover.problems, told))
    return tuple(_checklist(book, mark, cover, checklists, order) for mark in sheets), ()


def _checklist(book: Book, mark: Mark, cover: Cover, checklists: Checklists, order: Order | None) -> Reading:
    id_, version, digest = _named(mark)
    name = f"{id_}@{version}"
    checklist = checklists.get(id_, version or None)
    if checklist is None:
        missing = problem(NO_VERSION, Place(book.file, mark.sheet.name), name, checklist=id_, version=version)
        return Reading(None, (*cover.problems, missing), cover.visit_id)
    read = read_sheet(book.file, mark, checklist, _speller(checklist, order, date1904=book.date1904))
    for item in of_others(checklist):
        # The form of a shopper does not hold what only the office or a manager can see.
        read.answers.setdefault(item, NOT_ASKED)
    submission = Submission.of_canonical(
        **cover.fields,
        checklist=checklist.checklist,
        version=checklist.version,
        definition_hash=digest,
        answers=read.answers,
        comments=read.comments,
        evidence=read.evidence,
        cells=read.cells,
        typed=read.typed,
        # Named although they are empty: a default that has to be made costs more than all the others together.
        facts={},
        published={},
        published_cells={},
        source=Source.of_canonical(file=book.file, sheet=mark.sheet.name, sha256=book.sha256, reader="workbook"),
    )
    problems = [*cover.problems, *read.problems]
    if digest and checklist.source_hash and digest != checklist.source_hash:
        problems.append(problem(OTHER_WORDS, Place(book.file, mark.sheet.name), name))
    return Reading(submission, tuple(problems), cover.visit_id)


def _named(mark: Mark) -> tuple[str, str, str]:
    """Checklist, version and content hash of `auditkit:desk@1.0.0#abc`."""
    name, _, digest = mark.text.removeprefix(PREFIX).partition("#")
    id_, _, version = name.partition("@")
    return id_, version, digest


_SPELLERS: dict[tuple[int, Order | None, bool], tuple[Checklist, Speller]] = {}


def _speller(checklist: Checklist, order: Order | None, *, date1904: bool) -> Speller:
    # One a checklist for all files of a batch: every spelling is understood once. The checklist is kept beside it, so
    # that its address is not used again for another.
    known = _SPELLERS.get((id(checklist), order, date1904))
    if known is None:
        known = checklist, Speller(checklist, date_order=order, date1904=date1904)
        _SPELLERS[id(checklist), order, date1904] = known
    return known[1]


_OTHERS: dict[int, tuple[Checklist, tuple[str, ...]]] = {}


def of_others(checklist: Checklist) -> tuple[str, ...]:
    """The items that the form does not hold, since its reader cannot see them: a shopper not what the office sees."""
    known = _OTHERS.get(id(checklist))
    if known is None:
        eyes = eyes_for([checklist])
        items = (item for _, item in checklist.walk_items())
        ids = tuple(item.id for item in items if item.seen_by not in eyes and item.kind not in RECORDED)
        known = _OTHERS[id(checklist)] = (checklist, ids)
    return known[1]


def _dates(found: Sequence[Mark], checklists: Checklists) -> Iterable[CellValue]:
    """Every cell of a form that holds a date, if it holds anything."""
    for mark in found:
        if mark.text == COVER:
            yield from dates_of(mark.sheet, mark.column)
            continue
        id_, version, _ = _named(mark)
        checklist = checklists.get(id_, version or None)
        if checklist is not None:
            times = {item.id for _, item in checklist.walk_items() if isinstance(item, Timestamp)}
            for row in mark.sheet.rows:
                if mark.column < len(row) and row[mark.column] in times:
                    yield from row[: mark.column]

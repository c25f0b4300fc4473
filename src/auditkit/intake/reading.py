"""Any file that shoppers send, as submissions: our own form, JSON, or a table read through a mapping."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from auditkit.intake.kept import DAMAGED, KeptFile, head_of
from auditkit.intake.kept_names import is_kept, kept_of
from auditkit.intake.readings import Checklists, Reading
from auditkit.problems import Place, Problem, Severity, declare, has_errors, problem
from auditkit.tables.opening import json_problem, open_book
from auditkit.tables.table import Book

if TYPE_CHECKING:
    from auditkit.model.columns import Columns

__all__ = ["Checklists", "FileReading", "Reading", "read_file", "read_parts"]

NO_FORM = declare(
    "S230",
    Severity.ERROR,
    finds="A file that is no form of ours, where no mapping of its columns was given.",
    why="Without a mapping nobody knows which column is which item, and a guess would move scores.",
    mend="Give a mapping (--columns FILE, or columns: in programme.yaml); `auditkit map FILE` proposes one.",
)
NOTHING = declare(
    "S231",
    Severity.ERROR,
    finds="A file in which there is no report: a table without a row below its headers, an empty list.",
    why="Somebody sent it because a visit was made; it is counted as a file that could not be read.",
    mend="Look whether the right file was sent.",
)
FAULT = declare(
    "S299",
    Severity.ERROR,
    finds="A file that auditkit itself stumbled over.",
    why="It is a fault of the program, not of the file; the other files are not touched by it.",
    mend="Report it together with the file. Saving the file anew as .xlsx may help meanwhile.",
)


class FileReading(NamedTuple):
    """One file, or a part of it; `problems` are those of the file as a whole."""

    file: str
    sha256: str
    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...]


MOST = 2_000
"""Submissions that are held at once while a file is read part by part."""


def read_file(
    path: Path,
    checklists: Checklists,
    *,
    columns: Columns | None = None,
    name: str | None = None,
    date_order: str | None = None,
) -> FileReading:
    """All submissions of a file; `name` is how people know it. Never raises for what stands in the file."""
    parts = list(read_parts(path, checklists, columns=columns, name=name, date_order=date_order))
    if len(parts) == 1:
        return parts[0]
    return parts[-1]._replace(readings=tuple(each for part in parts for each in part.readings))


def read_parts(
    path: Path,
    checklists: Checklists,
    *,
    columns: Columns | None = None,
    name: str | None = None,
    date_order: str | None = None,
) -> Iterator[FileReading]:
    """The same part by part, for files of more submissions than memory holds; the last part has the problems."""
    shown = name if name is not None else path.as_posix()
    sha256, count = "", 0
    problems: tuple[Problem, ...] = ()
    readings: list[Reading] = []
    try:
        source, sha256, problems = _opened(path, shown, checklists, columns, date_order)
        if source is not None:
            for each in source.readings:
                if len(readings) == MOST:
                    yield FileReading(shown, sha256, tuple(readings), ())
                    readings.clear()
                readings.append(_with_position(each, checklists))
                count += 1
            problems = (*problems, *source.problems())
            # A file that gives neither a report nor a reason would be in no sum.
            if not count and not has_errors(problems):
                problems = (*problems, problem(NOTHING, Place(shown), Path(shown).name))
    except Exception as fault:  # noqa: BLE001  one bad file never ends a batch
        problems = (*problems, problem(FAULT, Place(shown), f"{type(fault).__name__}: {fault}"))
    yield FileReading(shown, sha256, tuple(readings), problems)


def _with_position(reading: Reading, checklists: Checklists) -> Reading:
    """A position by its name, in whatever language its title was chosen."""
    said = reading.submission
    checklist = checklists.get(said.checklist, said.version) if said is not None and said.position else None
    if said is None or checklist is None or not said.position:
        return reading
    return reading._replace(submission=said.model_copy(update={"position": checklist.position_named(said.position)}))


class _Source(NamedTuple):
    """What a file gives: its submissions one by one, and what is wrong with it, known when all of them were taken."""

    readings: Iterable[Reading]
    problems: Callable[[], tuple[Problem, ...]] = tuple


def _opened(
    path: Path, shown: str, checklists: Checklists, columns: Columns | None, date_order: str | None
) -> tuple[_Source | None, str, tuple[Problem, ...]]:
    """What a file gives, its hash, and what is wrong with it as a file."""
    if is_kept(path):
        head, kept = head_of(path), KeptFile(kept_of(path), shown)
        if head is None:
            return None, "", (problem(DAMAGED, Place(shown), kept_of(path).name),)
        return _Source(kept.readings(), lambda: kept.problems), head.sha256, ()
    book, problems = open_book(path, name=shown, encoding=columns.encoding if columns is not None else None)
    if book is None:
        return None, "", problems
    return _understood(book, checklists, columns, date_order), book.sha256, problems


def _understood(book: Book, checklists: Checklists, columns: Columns | None, date_order: str | None) -> _Source:
    if book.kind == "xlsx":
        from auditkit.intake.native_workbook import markers, read_native

        marks = markers(book)
        if marks:
            found, problems = read_native(book, marks, checklists, date_order=date_order)
            return _Source(found, lambda: problems)
        from auditkit.intake.own_workbooks import unmarked

        other = unmarked(book)
        if other is not None:
            return _Source((), lambda: (other,))
    from auditkit.intake.survey_form import SurveyRows

    survey = SurveyRows.of(book, checklists, date_order)
    if survey is not None:
        return _Source(chain(survey.each(), _broken(book)))
    if columns is None and book.kind in ("json", "jsonl") and not _is_foreign(book):
        from auditkit.intake.json_submission import read_json

        return _Source(read_json(book, checklists, date_order=date_order))
    if columns is None or not (book.sheets or book.data):
        told = _no_form(book) if columns is None else problem(NOTHING, Place(book.file), Path(book.file).name)
        return _Source((), lambda: (told,))
    return _tables(book, columns, checklists, date_order)


def _is_foreign(book: Book) -> bool:
    """Whether a JSON answer is a survey tool's: rows under a name, and none of them a report of ours."""
    return isinstance(book.data, Mapping) and isinstance(book.data.get("results"), list)


def _no_form(book: Book) -> Problem:
    """A table of somebody else's, with the name of the program that it comes from, where its columns tell."""
    from auditkit.intake.columns_layout import table_of
    from auditkit.intake.dialects import recognise
    from auditkit.model.columns import Columns

    tool = None
    if book.sheets or book.data:
        for header in (1, [1, 2]):
            table, _ = table_of(book, Columns.model_validate({"checklist": "any", "header": header}))
            if table is not None:
                names = (name for names in table.headers.names for name in names)
                tool = tool or recognise(names)
    name = Path(book.file).name
    return problem(NO_FORM, Place(book.file), name, tool=tool.name if tool is not None else "")


def _tables(book: Book, columns: Columns, checklists: Checklists, date_order: str | None) -> _Source:
    if columns.layout == "long":
        from auditkit.intake.long import read_long

        table = read_long(book, columns, checklists, date_order=date_order)
        return _Source(chain(table, _broken(book)), lambda: table.problems)
    from auditkit.intake.wide import WideTables

    tables = WideTables(book, columns, checklists, date_order)
    return _Source(chain(tables.each(), _broken(book)), tables.problems)


def _broken(book: Book) -> Iterator[Reading]:
    """What is no row of a table and came in like any other: lines that can't be read, things in a list."""
    from auditkit.intake.columns_layout import records_of
    from auditkit.intake.json_submission import no_report

    if book.kind == "jsonl":
        yield from (Reading(None, (json_problem(fault, book.file),)) for fault in book.data.faults())
    for at, each in enumerate(records_of(book.data) if book.kind == "json" else ()):
        if not isinstance(each, Mapping):
            yield Reading(None, (no_report(Place(book.file, None, f"[{at}]"), each),))

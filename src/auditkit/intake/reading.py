"""Any file that shoppers send, as submissions: our own form, JSON, or a table read through a mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from auditkit.intake.readings import Reading
from auditkit.model.checklist import Checklist
from auditkit.problems import Place, Problem, Severity, declare, has_errors, problem
from auditkit.tables.opening import json_problem
from auditkit.tables.table import Book, open_book

if TYPE_CHECKING:
    from auditkit.model.columns import Columns

__all__ = ["Checklists", "FileReading", "Reading", "read_file"]

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


class Checklists(Protocol):
    """Where definitions are found."""

    def get(self, id_: str, version: str | None = None, /) -> Checklist | None:
        """The checklist of this id; without a version the newest in force."""


class FileReading(NamedTuple):
    """One file; `problems` are those of the file as a whole."""

    file: str
    sha256: str
    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...]


def read_file(
    path: Path,
    checklists: Checklists,
    *,
    columns: Columns | None = None,
    name: str | None = None,
    date_order: str | None = None,
) -> FileReading:
    """All submissions of a file; `name` is how people know it. Never raises for what stands in the file."""
    shown = name if name is not None else path.as_posix()
    book = None
    try:
        book, problems = open_book(path, name=shown, encoding=columns.encoding if columns is not None else None)
        if book is None:
            return FileReading(shown, "", (), problems)
        readings, more = _understood(book, checklists, columns, date_order)
    except Exception as fault:  # noqa: BLE001  one bad file never ends a batch
        what = f"{type(fault).__name__}: {fault}"
        return FileReading(shown, book.sha256 if book else "", (), (problem(FAULT, Place(shown), what),))
    return FileReading(shown, book.sha256, readings, (*problems, *more, *_nothing(book, readings, more)))


def _nothing(book: Book, readings: tuple[Reading, ...], problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """A file that gives neither a report nor a reason would be in no sum."""
    if readings or has_errors(problems):
        return ()
    return (problem(NOTHING, Place(book.file), Path(book.file).name),)


def _understood(
    book: Book, checklists: Checklists, columns: Columns | None, date_order: str | None
) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
    if book.kind == "xlsx":
        from auditkit.intake.native_workbook import markers, read_native

        found = markers(book)
        if found:
            return read_native(book, found, checklists, date_order=date_order)
    if book.kind in ("json", "jsonl") and columns is None:
        from auditkit.intake.json_submission import read_json

        return read_json(book, checklists, date_order=date_order), ()
    if columns is None or not (book.sheets or book.data):
        return (), (problem(NO_FORM if columns is None else NOTHING, Place(book.file), Path(book.file).name),)
    return _tables(book, columns, checklists, date_order)


def _tables(
    book: Book, columns: Columns, checklists: Checklists, date_order: str | None
) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
    from auditkit.intake.long import read_long
    from auditkit.intake.wide import read_wide

    read = read_long if columns.layout == "long" else read_wide
    table = read(book, columns, checklists, date_order=date_order)
    return (*table, *_broken(book)), table.problems


def _broken(book: Book) -> Iterator[Reading]:
    """What is no row of a table and came in like any other: lines that can't be read, things in a list."""
    from auditkit.intake.columns_layout import records_of
    from auditkit.intake.json_submission import no_report

    if book.kind == "jsonl":
        yield from (Reading(None, (json_problem(fault, book.file),)) for fault in book.data.faults())
    for at, each in enumerate(records_of(book.data) if book.kind == "json" else ()):
        if not isinstance(each, Mapping):
            yield Reading(None, (no_report(Place(book.file, None, f"[{at}]"), each),))

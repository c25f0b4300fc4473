"""Any file that shoppers send, as submissions: our own form, JSON, or a table read through a mapping."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from auditkit.intake.readings import Reading
from auditkit.model.checklist import Checklist
from auditkit.problems import Place, Problem, Severity, declare, problem
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
    try:
        book, problems = open_book(path, name=shown)
        if book is None:
            return FileReading(shown, "", (), problems)
        readings, more = _understood(book, checklists, columns, date_order)
    except Exception as fault:  # noqa: BLE001  one bad file never ends a batch
        what = f"{type(fault).__name__}: {fault}"
        return FileReading(shown, "", (), (problem(FAULT, Place(shown), what),))
    return FileReading(shown, book.sha256, readings, (*problems, *more))


def _understood(
    book: Book, checklists: Checklists, columns: Columns | None, date_order: str | None
) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
    if book.kind == "xlsx":
        from auditkit.intake.native_workbook import markers, read_native

        found = markers(book)
        if found:
            return read_native(book, found, checklists), ()
    if book.kind in ("json", "jsonl") and columns is None:
        from auditkit.intake.json_submission import read_json

        return read_json(book, checklists)
    if columns is None or not (book.sheets or book.data):
        return (), (problem(NO_FORM, Place(book.file), Path(book.file).name),)
    from auditkit.intake.long import read_long
    from auditkit.intake.wide import read_wide

    read = read_long if columns.layout == "long" else read_wide
    table = read(book, columns, checklists, date_order=date_order)
    return tuple(table), table.problems

"""The files that a command is given beside the submissions: definitions, a mapping of columns, a list of branches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from auditkit.definitions.library import Library, shipped_folder
from auditkit.problems import Problem

if TYPE_CHECKING:
    from auditkit.intake.proposing import Proposal
    from auditkit.model.checklist import Checklist
    from auditkit.model.columns import Columns
    from auditkit.model.programme import Branch


class Shelf:
    """The definitions at hand: those named on the command line before those of folders."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self.library = Library([*folders, shipped_folder()])
        self.named: dict[str, Checklist] = {}

    def name(self, reference: str) -> tuple[Checklist | None, tuple[Problem, ...]]:
        """A definition by id, id@version or path; from now on its id means this one."""
        checklist, problems = self.library.find(reference)
        if checklist is not None:
            self.named[checklist.checklist] = checklist
        return checklist, problems

    def get(self, id_: str, version: str | None = None, /) -> Checklist | None:
        """A checklist; without a version the one named, else the newest in force."""
        named = self.named.get(id_)
        if named is not None and version in (None, named.version):
            return named
        return self.library.get(id_, version)


def load_columns(path: Path, checklists: Sequence[Checklist]) -> tuple[Columns | None, tuple[Problem, ...]]:
    """A mapping file; where it names no checklist and exactly one is at hand, that one is meant."""
    from auditkit.definitions.columns import load_columns as load

    return load(path, checklists)


def load_branches(path: Path) -> tuple[Mapping[str, Branch] | None, tuple[Problem, ...]]:
    """branches.csv, or a workbook with such a sheet."""
    from auditkit.definitions.branches import read_branches
    from auditkit.tables.opening import open_book

    book, problems = open_book(path)
    if book is None or not book.sheets:
        return None, problems
    sheet = book.sheet("branches") or book.sheets[0]
    found, more = read_branches(book.file, sheet, workbook=book.kind == "xlsx")
    return found, (*problems, *more)


def propose_columns(path: Path, checklist: Checklist) -> tuple[Proposal | None, tuple[Problem, ...]]:
    """A mapping of a table's columns to a checklist, for a person to look over; `None` where the file can't be read."""
    from auditkit.intake.proposing import propose
    from auditkit.tables.opening import open_book

    book, problems = open_book(path)
    if book is None:
        return None, problems
    proposal = propose(book, checklist)
    return proposal, (*problems, *proposal.problems)

"""actions.csv read and written: what branches said they do about findings, one line each time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditkit.definitions.rows import open_table, rows_of
from auditkit.guarded import bare
from auditkit.model.action import Action
from auditkit.problems import Problem
from auditkit.run.appending import append

FILE = "actions.csv"
COLUMNS = Action._fields


def read_actions(folder: Path) -> tuple[tuple[Action, ...], list[Problem]]:
    """All lines in their order; what cannot be read is said, and the other lines hold."""
    path = folder / FILE
    if not path.is_file():
        return (), []
    book, problems = open_table(path, FILE)
    if book is None or not book.sheets:
        return (), list(problems)
    rows, _, faults = rows_of(FILE, book.sheets[0], workbook=False, needs=COLUMNS[:5], known=COLUMNS)
    found = [Action(*(bare(row.text(name)) for name in COLUMNS)) for row in rows]
    return tuple(found), [*problems, *faults]


def write_actions(folder: Path, lines: Sequence[Action]) -> None:
    """Put lines behind those that are there; all of them or none. Raises OSError."""
    append(folder / FILE, COLUMNS, lambda: lines)

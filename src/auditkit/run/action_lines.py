"""actions.csv read and written: what branches said they do about findings, one line each time."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from auditkit.definitions.rows import open_table, rows_of
from auditkit.model.action import Action
from auditkit.problems import Problem
from auditkit.run.alone import alone
from auditkit.whole import write_whole

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
    found = [Action(*(_plain(row.text(name)) for name in COLUMNS)) for row in rows]
    return tuple(found), [*problems, *faults]


def write_actions(folder: Path, lines: Sequence[Action]) -> None:
    """Put lines behind those that are there; all of them or none. Raises OSError."""
    path = folder / FILE
    with alone(folder / ".auditkit"):
        before = path.read_bytes() if path.is_file() else b""
        text = io.StringIO()
        rows = csv.writer(text, delimiter=";" if b";" in before.partition(b"\n")[0] else ",", lineterminator="\r\n")
        if not before:
            rows.writerow(COLUMNS)
        rows.writerows([_cell(value) for value in each] for each in lines)
        joint = b"" if not before or before.endswith(b"\n") else b"\r\n"
        write_whole(path, (before or "\ufeff".encode()) + joint + text.getvalue().encode("utf-8"), lasting=True)


def _cell(text: str) -> str:
    return "'" + text if text.startswith(("=", "+", "-", "@")) else text


def _plain(text: str) -> str:
    return text.removeprefix("'") if text[1:2] in ("=", "+", "-", "@") else text

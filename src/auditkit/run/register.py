"""The register of a wave's evidence: every file with its hash as it was first seen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from auditkit.definitions.rows import open_table, rows_of
from auditkit.guarded import bare, guarded
from auditkit.intake.evidence import Piece
from auditkit.problems import Place, Problem, Severity, declare, has_errors, problem
from auditkit.whole import write_whole

CHANGED = declare(
    "S407",
    Severity.WARNING,
    finds="A file of evidence that is not the one that was registered under its name.",
    why="Whoever defends a number must be able to show what was handed in.",
    mend="Put the first one back, or note why it was exchanged and delete its line in the register.",
)
REGISTER = "_register.csv"
"""In `evidence/WAVE/`: visit, file, bytes, sha256, taken."""
_COLUMNS = ("visit", "file", "bytes", "sha256", "taken")


def register(folder: Path, pieces: Iterable[Piece]) -> list[Problem]:
    """Write down every file with its hash; what was registered once keeps its line, and a change is said.

    Nothing is written where the register cannot be understood: it would be lost.
    """
    if not folder.is_dir():
        return []
    known, columns, problems = _read(folder)
    if known is None:
        return problems
    for piece in pieces:
        before = known.get(piece.file)
        if before is None:
            when = piece.taken.isoformat(sep=" ") if piece.taken is not None else ""
            facts = (piece.visit, piece.file, str(piece.size), piece.sha256, when)
            known[piece.file] = dict(zip(_COLUMNS, facts, strict=True))
        elif before["sha256"] != piece.sha256:
            problems.append(problem(CHANGED, Place(piece.file), piece.sha256[:12], before=before["sha256"][:12]))
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(columns.values())
    rows.writerows([guarded(row.get(name, "")) for name in columns] for _, row in sorted(known.items()))
    write_whole(folder / REGISTER, text.getvalue().encode("utf-8-sig"))
    return problems


def registered(folder: Path) -> dict[str, dict[str, str]]:
    """File → its line in the register of this folder; empty where there is none that can be read."""
    return _read(folder)[0] or {}


def _read(folder: Path) -> tuple[dict[str, dict[str, str]] | None, dict[str, str], list[Problem]]:
    """The lines by file, the columns as they are called there (somebody may have added one), and what is wrong."""
    path, columns = folder / REGISTER, {name: name for name in _COLUMNS}
    if not path.is_file():
        return {}, columns, []
    name = f"evidence/{folder.name}/{REGISTER}"
    book, found = open_table(path, name)
    if book is None or not book.sheets:
        return None, columns, list(found)
    rows, typed, faults = rows_of(name, book.sheets[0], workbook=False, needs=("file", "sha256"), known=_COLUMNS)
    if has_errors(faults):
        return None, columns, [*found, *faults]
    columns |= typed
    lines = ({each: bare(row.text(each)) for each in columns} for row in rows)
    return {line["file"]: line for line in lines if line["file"]}, columns, list(found)

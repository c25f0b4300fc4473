"""The register of a wave's evidence: every file with its hash as it was first seen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from auditkit.guarded import bare, guarded
from auditkit.intake.evidence import Piece
from auditkit.problems import Place, Problem, Severity, declare, problem
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
    """Write down every file with its hash; what was registered once keeps its line, and a change is said."""
    path = folder / REGISTER
    known = registered(folder)
    problems = []
    for piece in pieces:
        before = known.get(piece.file)
        if before is None:
            when = piece.taken.isoformat(sep=" ") if piece.taken is not None else ""
            facts = (piece.visit, piece.file, str(piece.size), piece.sha256, when)
            known[piece.file] = dict(zip(_COLUMNS, facts, strict=True))
        elif before["sha256"] != piece.sha256:
            problems.append(problem(CHANGED, Place(piece.file), piece.sha256[:12], before=before["sha256"][:12]))
    if folder.is_dir():
        text = io.StringIO()
        rows = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
        rows.writeheader()
        rows.writerows({name: guarded(row[name]) for name in _COLUMNS} for _, row in sorted(known.items()))
        write_whole(path, text.getvalue().encode("utf-8-sig"))
    return problems


def registered(folder: Path) -> dict[str, dict[str, str]]:
    """File → its line in the register of this folder, every column; empty where there is none that can be read."""
    try:
        path = folder / REGISTER
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = [{name: bare(row.get(name) or "") for name in _COLUMNS} for row in csv.DictReader(stream)]
    except (OSError, UnicodeDecodeError, csv.Error):
        return {}
    return {row["file"]: row for row in rows if row["file"]}

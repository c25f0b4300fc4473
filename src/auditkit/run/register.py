"""The register of a wave's evidence: every file with its hash as it was first seen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

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
    known = _registered(path)
    problems = []
    for piece in pieces:
        before = known.get(piece.file)
        if before is None:
            when = piece.taken.isoformat(sep=" ") if piece.taken is not None else ""
            known[piece.file] = dict(
                zip(_COLUMNS, (piece.visit, piece.file, piece.size, piece.sha256, when), strict=True)
            )
        elif before.get("sha256") != piece.sha256:
            problems.append(
                problem(CHANGED, Place(piece.file), piece.sha256[:12], before=str(before.get("sha256"))[:12])
            )
    if folder.is_dir():
        text = io.StringIO()
        rows = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
        rows.writeheader()
        rows.writerows({name: _plain(row.get(name)) for name in _COLUMNS} for _, row in sorted(known.items()))
        write_whole(path, text.getvalue().encode("utf-8-sig"))
    return problems


def _plain(value: object) -> str:
    # A name that begins like a formula would be one in a spreadsheet.
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(("=", "+", "-", "@")) else text


def _registered(path: Path) -> dict[str, Mapping[str, object]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = [row for row in csv.DictReader(stream) if row.get("file")]
    except (OSError, UnicodeDecodeError, csv.Error):
        return {}
    return {str(row["file"]).removeprefix("'"): row for row in rows}

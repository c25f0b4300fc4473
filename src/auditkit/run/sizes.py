"""How much a run is about to read: by guess, since only its speed and memory hang on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.run.discovery import Found

_TABLES = frozenset({".csv", ".tsv", ".txt", ".tab", ".jsonl", ".ndjson"})
_BYTES_A_CELL = 4
"""Of a table of short answers with a comma between them."""
ROWS = 40_000
"""Rows that are sorted in the memory that a run has for it."""
MOST_FILES = 160
"""That are open at the same time; systems allow 256, and some of those are needed elsewhere."""


def expected_items(home: ProgrammeFolder, files: Sequence[Found]) -> int:
    """About how many answers these files hold."""
    used = (home.library.get(use.checklist, use.version) for use in home.programme.checklists)
    asked = max((len(each.items_by_id) for each in used if each is not None), default=0)
    tables = [each.size // _BYTES_A_CELL for each in files if PurePath(each.name).suffix.lower() in _TABLES]
    return sum(tables) + asked * (len(files) - len(tables))


def cuts_of(branches: Sequence[str], rows: int) -> list[str]:
    """Branches (of all, in order) that begin a further piece, so that a piece has as many rows as can be sorted."""
    pieces = min(MOST_FILES, rows // ROWS + 1, len(branches) or 1)
    return [branches[len(branches) * at // pieces] for at in range(1, pieces)]

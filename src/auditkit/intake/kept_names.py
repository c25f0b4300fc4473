"""Under which name the answers of a deleted report lie; nothing of what they are, to list folders quickly."""

from __future__ import annotations

from pathlib import Path

ENDING = ".kept"
"""Put behind the whole name of the file: `V1.xlsx.kept` lies where `V1.xlsx` lay."""


def kept_of(path: Path) -> Path:
    """Where the answers of a file are kept once it is deleted."""
    return path.with_name(path.name + ENDING)


def is_kept(path: Path) -> bool:
    """Whether the file is deleted and its answers are kept."""
    return not path.exists() and kept_of(path).is_file()

"""Which files are not as the last run saw them: asked before anything is shown, so it loads next to nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.run.discovery import find_visits

BEHIND = declare(
    "R212",
    Severity.WARNING,
    finds="Files under visits/ that came, changed or went since the last run.",
    why="What is shown is what the last run found.",
    mend="Run `auditkit run` to bring results and reports up to date.",
)


def behind(folder: Path, waves: Sequence[str]) -> list[Problem]:
    """The warning that files changed since the last run; none where none did."""
    count = len(set(moved(folder, waves)))
    return [problem(BEHIND, Place("visits"), str(count))] if count else []


def moved(folder: Path, waves: Sequence[str]) -> Iterator[str]:
    """Files that are not as the last run saw them, by size and time."""
    files, _ = find_visits(folder, waves)
    for wave in waves:
        known = load_seen(folder / ".auditkit", wave)
        here = {each.name: each[1:3] for each in files[wave]}
        yield from (name for name in known if name not in here)
        yield from (name for name, seen in here.items() if known.get(name) != seen)


def load_seen(private: Path, wave: str) -> dict[str, tuple[int, int]]:
    """File name → size and time, for whoever needs no more: a fraction of reading all that is remembered."""
    try:
        of, files = json.loads(seen_path(private, wave).read_text(encoding="ascii"))
        if of == state_path(private, wave).stat().st_mtime_ns:
            return {name: (size, mtime_ns) for name, size, mtime_ns in files}
    except (OSError, ValueError, TypeError):
        pass  # what is remembered says it too
    if not state_path(private, wave).is_file():
        return {}
    from auditkit.run.state import load_memory

    return {name: each[:2] for name, each in load_memory(private, wave).memory.items()}


def state_path(private: Path, wave: str) -> Path:
    """Where what is remembered of a wave lies."""
    return private / "state" / f"{wave}.jsonl"


def seen_path(private: Path, wave: str) -> Path:
    """Where sizes and times lie once more."""
    return private / "state" / f"{wave}.seen.json"

"""decisions.csv written: lines are put behind those that are there, all of them or none."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from auditkit.definitions.decisions import COLUMNS, FILE, read_decisions
from auditkit.definitions.programme import ProgrammeFolder
from auditkit.model.decision import Decision, What
from auditkit.problems import Severity, declare
from auditkit.run.appending import behind
from auditkit.whole import write_whole

BUSY = declare(
    "R235",
    Severity.ERROR,
    finds="A decisions.csv that somebody else is writing into, or that may not be written.",
    why="Two lines with one number would be two decisions under one name.",
    mend="Close it where it is open, and try again. If nobody is at work, delete decisions.csv.lock.",
)
_PATIENCE = 5.0
"""Seconds until a lock is somebody's who will not let go."""
_STALE = 10.0
"""Seconds after which a lock is left over from a process that was killed: writing takes a hundredth of one."""


def write(home: ProgrammeFolder, lines: Sequence[Decision]) -> list[Decision]:
    """Put lines behind those that are there, with the next numbers; all of them or none. Raises OSError."""
    path = home.folder / FILE
    with _locked(path):
        # Anew, since somebody may have decided meanwhile.
        there, _ = read_decisions(home.folder, [wave.id for wave in home.programme.waves])
        first = (there or home.decisions).next_number
        numbered = [each._replace(number=first + at) for at, each in enumerate(lines)]
        before = path.read_bytes() if path.is_file() else b""
        rows = ([_cell(name, getattr(each, name)) for name in COLUMNS] for each in numbered)
        write_whole(path, behind(before, COLUMNS, rows), lasting=True)
    return numbered


def _cell(name: str, value: object) -> str:
    if name == "branches":
        return ";".join(value) if isinstance(value, tuple) else ""
    return value.value if isinstance(value, What) else str(value)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0  # gone meanwhile


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = path.with_name(path.name + ".lock")
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            if _age(lock) > _STALE:
                lock.unlink(missing_ok=True)
                continue
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)

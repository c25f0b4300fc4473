"""decisions.csv written: lines are put behind those that are there, all of them or none."""

from __future__ import annotations

import csv
import errno
import io
from collections.abc import Sequence

from auditkit.definitions.decisions import COLUMNS, FILE, read_decisions
from auditkit.definitions.programme import ProgrammeFolder
from auditkit.guarded import guarded
from auditkit.model.decision import Decision, What
from auditkit.problems import Severity, declare
from auditkit.run.alone import alone
from auditkit.whole import whole

BUSY = declare(
    "R235",
    Severity.ERROR,
    finds="A decisions.csv that somebody else is writing into, or that may not be written.",
    why="Two lines with one number would be two decisions under one name.",
    mend="Close it where it is open, and try again.",
)
LOCK = "decisions.lock"
"""In `.auditkit/`."""
_PATIENCE = 5.0
"""Seconds until somebody who writes is taken for somebody who will not let go: writing takes a hundredth of one."""


def write(home: ProgrammeFolder, lines: Sequence[Decision]) -> list[Decision]:
    """Put lines behind those that are there, with the next numbers; all of them or none. Raises OSError."""
    path = home.folder / FILE
    for sign in (f"~${FILE}", f".~lock.{FILE}#"):
        if path.with_name(sign).exists():
            # Saved there afterwards, it would be without these lines.
            raise PermissionError(errno.EACCES, f"it is open ({sign})", str(path))
    with alone(home.folder / ".auditkit", LOCK, patience=_PATIENCE):
        # Anew, since somebody may have decided meanwhile.
        there, _ = read_decisions(home.folder, [wave.id for wave in home.programme.waves])
        first = (there or home.decisions).next_number
        numbered = [each._replace(number=first + at) for at, each in enumerate(lines)]
        before = path.read_bytes() if path.is_file() else b""
        head = before.partition(b"\n")[0]
        text = io.StringIO()
        # Some programs write the file back with semicolons.
        rows = csv.writer(text, delimiter=";" if b";" in head else ",", lineterminator="\r\n")
        if not before:
            rows.writerow(COLUMNS)
        for each in numbered:
            rows.writerow([_cell(getattr(each, name)) for name in COLUMNS])
        joint = b"" if not before or before.endswith(b"\n") else b"\r\n"
        new = (before or "\ufeff".encode()) + joint + text.getvalue().encode("utf-8")
        with whole(path, lasting=True) as part:
            part.write_bytes(new)
            # Programs that know of no lock write it too, and not every disk knows locks.
            if (path.read_bytes() if path.is_file() else b"") != before:
                raise BlockingIOError(errno.EAGAIN, "it changed meanwhile", str(path))
    return numbered


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return guarded(";".join(value))
    return guarded(value.value if isinstance(value, What) else str(value))

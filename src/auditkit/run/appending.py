"""Tables that only grow: lines are put behind those that are there, all of them or none."""

from __future__ import annotations

import csv
import errno
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from auditkit.guarded import guarded
from auditkit.run.alone import alone
from auditkit.whole import whole

PATIENCE = 5.0
"""Seconds until somebody who writes is taken for somebody who will not let go: writing takes a hundredth of one."""


def append(path: Path, columns: Sequence[str], lines: Callable[[], Iterable[Sequence[str]]]) -> None:
    """Put `lines` behind; they are asked for when nobody else writes any more. The title is written where it lacks.

    Raises OSError: also where the table is open elsewhere, or changed meanwhile.
    """
    for sign in (f"~${path.name}", f".~lock.{path.name}#"):
        if path.with_name(sign).exists():
            # Saved there afterwards, it would be without these lines.
            raise PermissionError(errno.EACCES, f"it is open ({sign})", str(path))
    with alone(path.parent / ".auditkit", f"{path.stem}.lock", patience=PATIENCE):
        found = lines()
        before = path.read_bytes() if path.is_file() else b""
        text = io.StringIO()
        # Some programs write the file back with semicolons.
        rows = csv.writer(text, delimiter=";" if b";" in before.partition(b"\n")[0] else ",", lineterminator="\r\n")
        if not before:
            rows.writerow(columns)
        rows.writerows([guarded(value) for value in each] for each in found)
        joint = b"" if not before or before.endswith(b"\n") else b"\r\n"
        with whole(path, lasting=True) as part:
            part.write_bytes((before or "\ufeff".encode()) + joint + text.getvalue().encode("utf-8"))
            # Programs that know of no lock write it too, and not every disk knows locks.
            if (path.read_bytes() if path.is_file() else b"") != before:
                raise BlockingIOError(errno.EAGAIN, "it changed meanwhile", str(path))

"""One at a time: whoever comes second waits until the first has ended, however it ended."""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from auditkit.problems import Severity, declare

NO_LOCKS = declare(
    "R295",
    Severity.WARNING,
    finds="A programme's folder on a disk that knows no locks, as some shares on a network do.",
    why="Two people who run or decide there at the same moment are not kept apart.",
    mend="Agree on who works in the folder, or keep it on a disk of its own.",
)
RUNS = "lock"
"""Whoever brings results and reports up to date, or says that they stand."""
_STEP = 0.05
"""Seconds between two tries."""


@contextmanager
def alone(folder: Path, name: str = RUNS, *, patience: float | None = None) -> Iterator[bool]:
    """Hold the lock of this name in this folder, which is made; the system lets it go when a process dies.

    Gives whether it is held: not in a folder that cannot be written into (whoever writes next says so), nor on a disk
    that knows no locks. Raises TimeoutError after so many seconds of `patience`; without it, waits.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / name).open("a+b")
    except OSError:
        yield False
        return
    with file:
        held = _taken(file, patience)
        try:
            yield held
        finally:
            if held:
                with suppress(OSError):
                    _let_go(file)


def _taken(file: IO[bytes], patience: float | None) -> bool:
    end = None if patience is None else time.monotonic() + patience
    while True:
        try:
            _try(file)
        except OSError as error:
            if error.errno not in _HELD:
                return False
        else:
            return True
        if end is not None and time.monotonic() > end:
            raise TimeoutError(errno.ETIMEDOUT, "somebody else is writing", file.name)
        time.sleep(_STEP)


if sys.platform == "win32":
    import msvcrt

    _HELD = (errno.EACCES, errno.EDEADLK, errno.EAGAIN)

    def _try(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _let_go(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    _HELD = (errno.EACCES, errno.EAGAIN, errno.EINTR)

    def _try(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)

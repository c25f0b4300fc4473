"""One run of a programme at a time: a second one waits until the first has ended, however it ended."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock of this folder; the system lets it go when a process dies. Where there is no locking, go on."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / "lock").open("a+b")
    except OSError:
        yield  # a folder that cannot be written into: whoever writes next says so
        return
    with file:
        with suppress(OSError):
            _take(file)
        try:
            yield
        finally:
            with suppress(OSError):
                _let_go(file)


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        file.seek(0)
        while True:
            with suppress(OSError):
                # Tries for ten seconds.
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                return

    def _let_go(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)

    def _let_go(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)

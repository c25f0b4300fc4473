"""Files that appear whole or not at all: written under another name, which then takes the place of the file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ENDING = ".part"
"""What is not finished ends so; no folder of a programme is read with it."""


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Where to write: it takes the place of `path` when the block ends well, and is gone when it does not.

    Raises OSError where the folder is not there, or the file may not be replaced.
    """
    part = path.with_name(path.name + ENDING)
    try:
        yield part
        os.replace(part, path)  # noqa: PTH105  atomic on every system, over a file that is there too
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def write_whole(path: Path, content: bytes, *, lasting: bool = False) -> None:
    """Write a file at once; `lasting`: it is on the disk when this returns, whatever happens to the machine then."""
    with whole(path) as part, part.open("wb") as file:
        file.write(content)
        file.flush()
        if lasting:
            os.fsync(file.fileno())


def write_letter(path: Path, text: str) -> None:
    """Text for people, in a folder that is made: with the mark and the ends of lines that the plainest editor shows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.replace("\n", "\r\n").encode("utf-8-sig"))

"""Files that appear whole or not at all: written under another name, which then takes the place of the file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import IO

ENDING = ".part"
"""What is not finished ends so; no folder of a programme is read with it."""


_LONGEST = 255
"""Bytes of a name that every usual file system takes."""


def part_of(path: Path) -> Path:
    """Under which name a file lies while it is written: its own with an ending, cut where that would be too long."""
    name = path.name + ENDING
    if len(name.encode("utf-8", "surrogateescape")) > _LONGEST:
        known = f"-{hashlib.sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}{ENDING}"
        kept = path.name.encode("utf-8", "surrogateescape")[: _LONGEST - len(known)]
        name = kept.decode("utf-8", "ignore") + known
    return path.with_name(name)


@contextmanager
def whole(path: Path, *, lasting: bool = False) -> Iterator[Path]:
    """Where to write: it takes the place of `path` when the block ends well, and is gone when it does not.

    `lasting`: it is on the disk then, whatever happens to the machine. Raises OSError where the folder is not there,
    or the file may not be replaced.
    """
    part = part_of(path)
    try:
        yield part
        if lasting:
            with part.open("rb+") as file:
                os.fsync(file.fileno())
        os.replace(part, path)  # noqa: PTH105  atomic on every system, over a file that is there too
        if lasting:
            _keep_names(path.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _keep_names(folder: Path) -> None:
    """The new name is on the disk too; where a folder cannot be asked for that, the system does it in its time."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def write_whole(path: Path, content: bytes, *, lasting: bool = False) -> None:
    """Write a file at once; `lasting`: it is on the disk when this returns, whatever happens to the machine then."""
    with whole(path, lasting=lasting) as part:
        part.write_bytes(content)


def save_whole(path: Path, save: Callable[[IO[bytes]], None]) -> None:
    """What a library saves into a stream; it is given one that never fails, since few of them bear it."""
    stream = BytesIO()
    save(stream)
    write_whole(path, stream.getvalue())


def write_letter(path: Path, text: str) -> None:
    """Text for people, in a folder that is made: with the mark and the ends of lines that the plainest editor shows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.replace("\n", "\r\n").encode("utf-8-sig"))

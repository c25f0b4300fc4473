"""What lies under visits/: the files of every wave, with their sizes and times."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, overload

from auditkit.intake.kept_names import ENDING as KEPT
from auditkit.intake.kept_names import is_kept
from auditkit.problems import Place, Problem, Severity, declare, nearest, problem
from auditkit.whole import ENDING

NO_SUCH_WAVE = declare(
    "R201",
    Severity.ERROR,
    finds="A folder under visits/ that is no wave of the programme.",
    why="The folder says which wave a visit belongs to; what lies in this one was not counted anywhere.",
    mend="Rename the folder to the wave's id, or add the wave to programme.yaml.",
)
NO_WAVE = declare(
    "R202",
    Severity.ERROR,
    finds="A file that lies in visits/ itself and not in the folder of a wave.",
    why="Without a wave it is counted nowhere.",
    mend="Move it into visits/WAVE/.",
)
NO_ACCESS = declare(
    "R203",
    Severity.ERROR,
    finds="A folder under visits/ that cannot be listed.",
    why="What lies in it was not counted.",
    mend="Give the account that runs auditkit the right to read it.",
)

_NO_VISITS = (".", "~$")
"""What begins so is hidden, or the lock that Excel puts beside an open file."""
_NOT_OURS = frozenset({"thumbs.db", "desktop.ini"})
_UNFINISHED = (ENDING, ".tmp", ".crdownload", ".draft")


class Found(NamedTuple):
    """A file as the disk describes it."""

    name: str
    """Relative to the programme, `/` between folders."""
    size: int
    mtime_ns: int
    kept: bool = False
    """The file was deleted when its time was over; size and time are of what was kept of it."""


def find_visits(folder: Path, waves: Sequence[str]) -> tuple[dict[str, list[Found]], list[Problem]]:
    """Wave → its files by name, for every wave of the programme; and what lies where nobody looks."""
    found: dict[str, list[Found]] = {wave: [] for wave in waves}
    problems: list[Problem] = []
    top = folder / "visits"
    if not top.is_dir():
        return found, problems
    for entry in sorted(os.scandir(top), key=lambda each: each.name):
        name = f"visits/{entry.name}"
        if _ignored(entry.name):
            continue
        if not entry.is_dir():
            problems.append(problem(NO_WAVE, Place(name), entry.name))
        elif entry.name not in found:
            near = nearest(entry.name, waves) or ", ".join(waves)
            problems.append(problem(NO_SUCH_WAVE, Place(name), entry.name, known=near))
        else:
            found[entry.name] = sorted(_files(Path(entry.path), name, problems), key=lambda each: each.name)
    return found, problems


def _files(folder: Path, name: str, problems: list[Problem]) -> Iterator[Found]:
    try:
        entries = os.scandir(folder)
    except OSError as error:
        problems.append(problem(NO_ACCESS, Place(name), error.strerror or ""))
        return
    with entries:
        # One after the other: what the system says of an entry is larger than what is kept of it.
        for entry in entries:
            inner = f"{name}/{entry.name}"
            if _ignored(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path), inner, problems)
            elif entry.name.endswith(KEPT) and is_kept(Path(entry.path.removesuffix(KEPT))):
                # What was kept of a deleted file comes under that file's name.
                yield Found(inner.removesuffix(KEPT), *_stat(entry), kept=True)
            elif entry.name.endswith(KEPT):
                continue  # the file itself is there, or there again
            else:
                yield Found(inner, *_stat(entry))


def _stat(entry: os.DirEntry[str]) -> tuple[int, int]:
    try:
        stat = entry.stat()
    except OSError:  # a link to nowhere: reading it says what is wrong
        return -1, -1
    return stat.st_size, stat.st_mtime_ns


class Paths(Sequence[Path]):
    """Many files of one folder as paths, each made when it is asked for: a million of them would fill the memory."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self._folder = folder
        self._names = names

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, at: int) -> Path: ...

    @overload
    def __getitem__(self, at: slice) -> Paths: ...

    def __getitem__(self, at: int | slice) -> Path | Paths:
        if isinstance(at, slice):
            return Paths(self._folder, self._names[at])
        return self._folder / self._names[at]


@lru_cache(maxsize=1024)
def wave_of(file: str) -> str:
    """The wave below whose folder a file lies, by its name in the programme; '' of a file that somebody names."""
    parts = file.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == "visits" else ""


def _ignored(name: str) -> bool:
    folded = name.casefold()
    return name.startswith(_NO_VISITS) or folded in _NOT_OURS or folded.endswith(_UNFINISHED)

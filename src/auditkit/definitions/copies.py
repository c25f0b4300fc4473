"""Copies that services which keep folders alike put beside a programme's own files, and that nobody reads."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from auditkit.problems import Place, Problem, Severity, declare, problem

COPY = declare(
    "R297",
    Severity.WARNING,
    finds="A second copy of a file of the programme, as Dropbox, OneDrive, Google Drive or Syncthing make one when two "
    "people change it at once.",
    why="Only the file with the plain name is read: what somebody wrote into the other one counts for nothing.",
    mend="Bring what it holds more into the file with the plain name (a decision under the next free number), then "
    "delete the copy.",
)
_MARKS = re.compile(
    r"""
    \ ?\(.+\)                       # decisions (1), decisions (A. Example's conflicted copy 2026-05-04)
    | \.sync-conflict-\d{8}-\d{6}.* # Syncthing
    | -(?:desktop|laptop)-\w+(?:-\d+)?  # OneDrive: the name of the other computer, as Windows gives it
    | [-_ ].*(?:conflict|конфликт|konflikt).*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OURS = frozenset({"programme.yaml", "programme.yml", "programme.xlsx", "branches.csv", "calendar.csv", "shoppers.csv",
                   "decisions.csv", "managers.csv", "staff.csv", "history.csv", "actions.csv"})  # fmt: skip
_FOLDERS = ("plan", "scenarios", "columns", "releases", "checklists")


def copies_in(folder: Path) -> Iterator[Problem]:
    """A problem for every copy of a file that is read; files of the same name under visits/ settle themselves."""
    names = _names(folder)
    yield from (_said(name, own) for name, own in _copies(names) if own in _OURS)
    for home in _FOLDERS:
        for inside in (home, *(f"{home}/{each}" for each in sorted(_folders(folder / home)) if home == "checklists")):
            found = _copies(_names(folder / inside))
            yield from (_said(f"{inside}/{name}", f"{inside}/{own}") for name, own in found)


def _said(name: str, own: str) -> Problem:
    return problem(COPY, Place(name), name, own=own)


def _names(folder: Path) -> list[str]:
    try:
        return sorted(each.name for each in os.scandir(folder) if each.is_file())
    except OSError:
        return []


def _folders(folder: Path) -> list[str]:
    try:
        return [each.name for each in os.scandir(folder) if each.is_dir()]
    except OSError:
        return []


def _copies(names: list[str]) -> Iterator[tuple[str, str]]:
    """(copy, the file that it is one of): a name that begins like another one and goes on with the mark of a copy."""
    there = set(names)
    for name in names:
        stem, dot, ending = name.rpartition(".")
        # The longest name that is there: `desk-1.0.0 (1)` is a copy of `desk-1.0.0`, not of `desk`.
        for at in range(len(stem) - 1, 0, -1):
            own = f"{stem[:at]}{dot}{ending}"
            if own in there and _MARKS.fullmatch(stem[at:]):
                yield name, own
                break

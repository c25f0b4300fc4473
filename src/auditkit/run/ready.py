"""The network's page as the last run left it, in words, and whether it still says what would be reckoned now.

It is shown where everything that it hangs on is as it was, byte for byte; in every other case nobody looks at it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from auditkit import __version__
from auditkit.definitions.shelf import shipped_folder
from auditkit.reports.network_page import Page, page_from
from auditkit.whole import write_whole

FORMAT = 1
NAME = "network.page"
"""In .auditkit/."""
_TABLES = ("branches", "calendar", "decisions", "history", "managers", "staff")
_FILES = ("programme.yaml", "programme.yml", "programme.xlsx", *(f"{name}.csv" for name in _TABLES))
_FOLDERS = ("checklists", "columns")
_DEEPEST = 4
"""Folders below one another that are looked through: one that links to itself has no end."""


class Ready(NamedTuple):
    """A page, and what must be known without reading the programme."""

    wave: str
    """The latest with results."""
    waves: tuple[str, ...]
    """Of the programme, by date."""
    language: str
    """The programme's."""
    said: str
    """The language of the page."""
    page: Page


def inputs_of(folder: Path) -> str:
    """A hash of all files that a programme is read from; '' where one cannot be read."""
    made = hashlib.sha256()
    try:
        for name, path in _read(folder):
            content = path.read_bytes()
            made.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
            made.update(content)
    except OSError:
        return ""
    return made.hexdigest()


def _read(folder: Path) -> Iterator[tuple[str, Path]]:
    yield from ((name, folder / name) for name in _FILES if (folder / name).is_file())
    for name in _FOLDERS:
        yield from _below(folder / name, name, _DEEPEST)
    yield from _below(shipped_folder(), "", _DEEPEST)


def _below(folder: Path, name: str, deepest: int) -> Iterator[tuple[str, Path]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda each: each.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        inner = f"{name}/{entry.name}"
        if entry.is_dir():
            if deepest:
                yield from _below(Path(entry.path), inner, deepest - 1)
        elif entry.is_file():
            yield inner, Path(entry.path)


def key_of(folder: Path, inputs: str) -> str:
    """A hash of all that the page hangs on; '' where that cannot be known, or a table is gone."""
    results = folder / ".auditkit" / "results"
    try:
        manifest = (results / "manifest.json").read_bytes()
        there = all((results / name).is_file() for name in _tables(json.loads(manifest)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return ""
    if not inputs or not there:
        return ""
    return hashlib.sha256(b"\n".join([f"{FORMAT} {__version__} {inputs}".encode(), manifest])).hexdigest()


def _tables(manifest: Any) -> Iterator[str]:
    for tables in manifest["waves"].values():
        for parts in tables.values():
            yield from (part[0] for part in parts)


def keep(folder: Path, key: str, ready: Ready) -> None:
    """Keep the page of a run. Raises OSError."""
    content = json.dumps(ready, separators=(",", ":")).encode("ascii")
    head = f"{key} {hashlib.sha256(content).hexdigest()}\n".encode("ascii")
    write_whole(_path(folder), head + content)


def kept(folder: Path, key: str) -> Ready | None:
    """The page that was kept under this key; `None` where there is none, or it is damaged."""
    try:
        head, _, content = _path(folder).read_bytes().partition(b"\n")
        if not key or head.decode("ascii") != f"{key} {hashlib.sha256(content).hexdigest()}":
            return None
        wave, waves, language, said, page = json.loads(content)
        return Ready(wave, tuple(waves), language, said, page_from(page))
    except (OSError, ValueError, TypeError):
        return None


def ready_page(folder: Path, wave: str | None) -> Ready | None:
    """The page of a wave, by default the latest with results, where it is ready."""
    if not _path(folder).is_file():
        return None
    found = kept(folder, key_of(folder, inputs_of(folder)))
    return found if found is not None and wave in (None, found.wave) else None


def forget(private: Path) -> None:
    """The page may name what is deleted."""
    (private / NAME).unlink(missing_ok=True)


def _path(folder: Path) -> Path:
    return folder / ".auditkit" / NAME

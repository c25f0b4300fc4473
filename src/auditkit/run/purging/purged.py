"""purges.csv: what was deleted, its hash, when, by whom and by which rule; a line before each deletion, none erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from auditkit.definitions.rows import Row, open_table, rows_of
from auditkit.guarded import bare
from auditkit.model.retention import KINDS
from auditkit.problems import Problem, Severity, declare, has_errors
from auditkit.run import appending

FILE = "purges.csv"
BAD_LINE = declare(
    "R267",
    Severity.ERROR,
    finds="A line of purges.csv that cannot be understood.",
    why="It says what was deleted and what was kept instead; nothing more is deleted while it is in doubt.",
    mend="Put the line back as it was written; the program only ever adds lines.",
)


class Line(NamedTuple):
    """One file, or the photos inside one report."""

    number: str
    at: str
    """ISO 8601 with offset."""
    by: str
    kind: str
    file: str
    """Relative to the programme, `/` between folders."""
    sha256: str
    """Of the file before."""
    bytes: str
    rule: str
    """`audio 30, visit 2026-05-04`."""
    despite: str = ""
    """Why it was deleted although somebody still needed it."""
    kept: str = ""
    """SHA-256 of what was kept instead; '' where nothing was."""


def read_purges(folder: Path) -> tuple[tuple[Line, ...], list[Problem]]:
    """Every line, and what is wrong with the others."""
    path = folder / FILE
    if not path.is_file():
        return (), []
    book, found = open_table(path, FILE)
    problems = list(found)
    if book is None or not book.sheets:
        return (), problems
    needs = ("number", "at", "by", "kind", "file", "sha256", "rule")
    rows, _, faults = rows_of(FILE, book.sheets[0], workbook=False, needs=needs, known=Line._fields)
    problems += faults
    if has_errors(problems):
        return (), problems
    lines = [each for row in rows if (each := _line(row, problems)) is not None]
    return tuple(lines), problems


def _line(row: Row, problems: list[Problem]) -> Line | None:
    texts = {name: bare(row.text(name)) for name in Line._fields}
    bad = [name for name in ("number", "at", "by", "file", "rule") if not texts[name]]
    bad += [] if texts["kind"] in KINDS else ["kind"]
    bad += [name for name in ("sha256", "kept") if not _is_hash(texts[name], optional=name == "kept")]
    problems += [row.say(BAD_LINE, name, texts[name], column=name) for name in bad]
    return None if bad else Line(**texts)


def _is_hash(text: str, *, optional: bool) -> bool:
    return (optional and not text) or (len(text) == 64 and set(text) <= set("0123456789abcdef"))


def append(folder: Path, lines: Sequence[Line]) -> None:
    """Put lines behind those that are there, with the next numbers; on the disk when this returns. Raises OSError."""

    def rows() -> Iterator[Line]:
        first = max((int(each.number) for each in read_purges(folder)[0] if each.number.isdigit()), default=0) + 1
        return (each._replace(number=str(first + at)) for at, each in enumerate(lines))

    appending.append(folder / FILE, Line._fields, rows)


def gone_evidence(lines: Iterable[Line], folder: Path) -> dict[str, dict[str, list[str]]]:
    """Wave → visit → names of files that were there until their time was over."""
    found: dict[str, dict[str, list[str]]] = {}
    for each in lines:
        parts = each.file.split("/")
        if len(parts) > 3 and parts[0] == "evidence" and not (folder / each.file).exists():
            found.setdefault(parts[1], {}).setdefault(parts[2], []).append(parts[-1])
    return found

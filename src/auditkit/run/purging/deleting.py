"""What is past its time deleted: first it is written down, then it goes; a second call finishes what one began."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.intake.kept import stored
from auditkit.intake.kept_names import kept_of
from auditkit.model.programme import Wave
from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.results.store import Store
from auditkit.run.alone import alone
from auditkit.run.files import Job
from auditkit.run.jobs import job_of, mappings_of
from auditkit.run.purging.due import Due, due_in
from auditkit.run.purging.keeping import keep, part_of
from auditkit.run.purging.purged import Line, append, read_purges
from auditkit.run.ready import forget
from auditkit.run.wave import hash_of

NOT_DELETED = declare(
    "R263",
    Severity.ERROR,
    finds="A file past its time of retention that could not be deleted.",
    why="It stands in purges.csv as deleted and is still there.",
    mend="Close it where it is open, make the folder writable, and run the same command again.",
)
NOT_SAME = declare(
    "R264",
    Severity.ERROR,
    finds="A report that would be scored otherwise, or would not wait any more, without the words in it.",
    why="A published number must come out again from what is kept.",
    mend="Decide about the report first (`auditkit review WAVE`); otherwise report it as a fault of the program.",
)


class Who(NamedTuple):
    """Who deletes, when, and why although somebody still needs it."""

    by: str
    at: str
    """ISO 8601 with offset."""
    despite: str = ""


@dataclass
class Deleted:
    """What became of everything that was due."""

    done: list[Due] = field(default_factory=list)
    left: list[Due] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    waves: list[str] = field(default_factory=list)
    """Whose results must be reckoned anew, since words are gone from their reports."""


def delete(home: ProgrammeFolder, waves: Sequence[Wave], today: date, who: Who) -> Deleted:
    """Delete all that may go. Raises OSError where nothing can be written down."""
    told = Deleted()
    private = home.folder / ".auditkit"
    with alone(private):
        lines, problems = read_purges(home.folder)
        if problems:
            told.problems += problems
            return told
        store = Store(private / "results")
        going: list[Due] = []
        for each in due_in(home, store, waves, today):
            needed = None if who.despite else each.needed
            if needed is not None:
                told.problems.append(needed)
            (told.left if needed is not None or each.usual else going).append(each)
        job = job_of(home, mappings_of(home)[0], None)
        written = [pair for each in going if (pair := _written(home, job, each, who, told)) is not None]
        known = {(old.file, old.sha256, old.kept) for old in lines}
        append(home.folder, [new for _, new in written if (new.file, new.sha256, new.kept) not in known])
        told.waves = sorted({each.wave for each, _ in written if each.without})
        _forget(private, store, told.waves)
        for one, line in written:
            _carry_out(home.folder / one.file, line, told, one)
    return told


def _written(home: ProgrammeFolder, job: Job, each: Due, who: Who, told: Deleted) -> tuple[Due, Line] | None:
    """The line of a file, what is kept of it being on the disk."""
    path = home.folder / each.file
    kept: str | None = ""
    sha256 = hash_of(path)
    try:
        if not sha256:
            raise PermissionError(13, "cannot be read")
        kept = keep(job, path, each.without) if each.without else ""
    except OSError as error:
        told.problems.append(problem(NOT_DELETED, Place(each.file), error.strerror or str(error)))
        return None
    if kept is None:
        told.problems.append(problem(NOT_SAME, Place(each.file), each.file))
        told.left.append(each)
        return None
    despite = who.despite if each.needed is not None else ""
    size = str(each.size)
    return each, Line("", who.at, who.by, each.kind, each.file, sha256, size, each.rule, despite, kept)


def _forget(private: Path, store: Store, waves: Iterable[str]) -> None:
    """Results that hold the words, before the files go that they could be made from again."""
    forget(private)
    for wave in waves:
        store.drop(wave)
        (private / "state" / f"{wave}.jsonl").unlink(missing_ok=True)
    if waves:
        store.commit()
        # Left over from runs that were killed.
        for folder in private.glob("batch-*"):
            shutil.rmtree(folder, ignore_errors=True)


def _carry_out(path: Path, line: Line, told: Deleted, each: Due) -> None:
    try:
        if stored(path).stat().st_size != each.size or hash_of(path) != line.sha256:
            raise FileExistsError(17, "changed meanwhile")
        if line.kept:
            os.replace(part_of(path), kept_of(path))  # noqa: PTH105  atomic on every system
        path.unlink(missing_ok=bool(line.kept))
        told.done.append(each)
    except OSError as error:
        told.problems.append(problem(NOT_DELETED, Place(each.file), error.strerror or str(error)))
    if not line.kept:
        with suppress(OSError):
            path.parent.rmdir()  # only where nothing is left in it

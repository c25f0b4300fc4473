"""Published scores of files that somebody names, recomputed from the answers in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from auditkit.analysis.verification import Verification
from auditkit.analysis.verify import verify
from auditkit.analysis.verify_hints import Hints, asks_for_columns, hints_of
from auditkit.analysis.verify_rows import problems as disagreements
from auditkit.intake.checks import check
from auditkit.intake.reading import read_file
from auditkit.intake.spare import SpareColumns, spare_columns
from auditkit.model.checklist import Checklist
from auditkit.model.columns import Columns
from auditkit.model.visit import Submission
from auditkit.problems import Problem
from auditkit.run.files import Job
from auditkit.tables.opening import open_book


class Verified(NamedTuple):
    """What became of the published figures, and everything that was wrong with the files themselves."""

    verification: Verification
    hints: Hints
    """What the wave as a whole tells about them."""
    submissions: int
    """Read from the files."""
    checklists: dict[str, Checklist]
    """By id, for words."""
    problems: tuple[Problem, ...]
    """Of files, cells and answers."""
    disagreements: tuple[Problem, ...]
    """A problem a figure that disagrees; one where nothing could be compared."""


def verify_files(
    job: Job, columns: Columns, paths: Sequence[Path], step: Callable[[], None] = lambda: None
) -> Verified:
    """Every published figure of these files against the answers beside it."""
    submissions: list[Submission] = []
    checklists: dict[tuple[str, str], Checklist] = {}
    problems: list[Problem] = []
    for path in paths:
        reading = read_file(path, job.checklists, columns=columns, name=job.name(path), date_order=job.date_order)
        problems += reading.problems
        for each in reading.readings:
            problems += each.problems
            if each.submission is None:
                continue
            own = job.checklists.get(each.submission.checklist, each.submission.version)
            if own is not None:
                checklists[own.checklist, own.version] = own
                problems += check(each.submission, own, job.branches, job.today)
                submissions.append(each.submission)
        step()
    verification = verify(submissions, checklists, columns, calendar=job.calendar, zone_of=job.zone_of)
    by_id = {own.checklist: own for own in checklists.values()}
    hints = hints_of(verification, submissions, by_id, columns, _spare(job, columns, paths, verification))
    file = job.name(paths[0]) if len(paths) == 1 else ""
    return Verified(verification, hints, len(submissions), by_id, tuple(problems), disagreements(verification, file))


def _spare(job: Job, columns: Columns, paths: Sequence[Path], verification: Verification) -> Iterator[SpareColumns]:
    """Columns that look like answers and that nothing uses, where a section differs and no rule says why."""
    if len(paths) != 1 or not asks_for_columns(verification):
        return
    book, _ = open_book(paths[0], name=job.name(paths[0]), encoding=columns.encoding)
    if book is not None:
        yield from spare_columns(book, columns, job.checklists, job.date_order)

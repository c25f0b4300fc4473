"""One file through the whole line: read, checked, scored; and many files over many processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from auditkit.definitions.library import draft
from auditkit.intake.checks import check
from auditkit.intake.kept import stored
from auditkit.intake.reading import FAULT, read_parts
from auditkit.intake.readings import Checklists
from auditkit.model.decision import NO_DECISIONS, Decisions
from auditkit.model.visit import Submission
from auditkit.problems import Place, Problem, Severity, declare, has_errors, problem
from auditkit.run.decided import as_decided
from auditkit.run.discovery import wave_of
from auditkit.run.holding import Holding, marks, reasons

if TYPE_CHECKING:
    from auditkit.model.checklist import Checklist
    from auditkit.model.columns import Columns
    from auditkit.model.programme import Branch, WorkingCalendar
    from auditkit.model.score import VisitScore
    from auditkit.run.pool import Died

R = TypeVar("R")

DIED = declare(
    "R101",
    Severity.ERROR,
    finds="A file whose reading brought its process down, or did not end.",
    why="Some damaged files make a reader crash or run for ever; the rest of the batch goes on without it.",
    mend="Open the file in Excel or LibreOffice, save it anew as .xlsx, and put it back.",
)


class Scored(NamedTuple):
    """One submission of a file with what became of it; `score` is `None` where it could not be scored."""

    submission: Submission | None
    """With the answers that a person amended."""
    score: VisitScore | None
    problems: tuple[Problem, ...]
    received: str = ""
    """Hash of the answers as they were handed in, where some were amended."""
    hold: str = ""
    """Why it waits for a person: words for machines, `; ` between them."""


class FileOutcome(NamedTuple):
    """One file, or a part of a long one; `problems` are those of the file as a whole, and come with its last part."""

    file: str
    sha256: str
    scored: tuple[Scored, ...]
    problems: tuple[Problem, ...]
    part: int = 0


@dataclass(frozen=True)
class Job:
    """What every file is read and scored with. Picklable: it goes to worker processes."""

    checklists: Checklists
    columns: tuple[tuple[str, Columns], ...] = ()
    """(glob of file names, mapping); the first that fits is taken."""
    branches: Mapping[str, Branch] | None = None
    """`None`: any branch is welcome."""
    calendar: WorkingCalendar | None = None
    calendars: Mapping[str, WorkingCalendar] = field(default_factory=dict)
    """Branch → its own, where it has one (`calendar: branch`)."""
    time_zone: str = "UTC"
    today: date | None = None
    date_order: str | None = None
    """Of dates that nothing else settles."""
    drafts: bool = True
    """Whether visits are scored with a checklist that is not approved yet."""
    root: Path | None = None
    """File names are given relative to it."""
    holding: Holding | None = None
    """What makes a complete report wait for a person; `None`: nothing does."""
    decisions: Decisions = NO_DECISIONS
    """What people decided: items that do not count, answers that are others, reports taken as they are."""

    def name(self, path: Path) -> str:
        """The file as people know it: relative to the programme, `/` between folders."""
        if self.root is not None and path.is_relative_to(self.root):
            return path.relative_to(self.root).as_posix()
        return path.as_posix()

    def calendar_of(self, branch: str) -> WorkingCalendar | None:
        """The working days that count at a branch."""
        return self.calendars.get(branch, self.calendar)

    def zone_of(self, branch: str) -> str:
        """The time zone that times without an offset are in at a branch."""
        known = self.branches.get(branch) if self.branches else None
        return (known.time_zone if known else "") or self.time_zone

    def columns_of(self, name: str) -> Columns | None:
        """The mapping of other people's columns that goes with a file."""
        return next((columns for glob, columns in self.columns if fnmatch(name, glob)), None)


def one_file(job: Job, path: Path) -> FileOutcome:
    """Read, check and score what a file holds; never raises for what stands in it."""
    parts = list(file_parts(job, path))
    if len(parts) == 1:
        return parts[0]
    return parts[-1]._replace(scored=tuple(each for part in parts for each in part.scored), part=0)


def file_parts(job: Job, path: Path) -> Iterator[FileOutcome]:
    """The same part by part: a table of a million visits is never held as a whole."""
    name = job.name(path)
    parts = read_parts(path, job.checklists, columns=job.columns_of(name), name=name, date_order=job.date_order)
    for number, part in enumerate(parts):
        scored = tuple(one_reading(job, each.submission, each.problems) for each in part.readings)
        yield FileOutcome(name, part.sha256, scored, part.problems, number)


def one_reading(job: Job, submission: Submission | None, problems: tuple[Problem, ...]) -> Scored:
    """Check and score one submission; never raises for what stands in it."""
    if submission is None:
        return Scored(None, None, problems)
    try:
        return _scored(job, submission, problems)
    except Exception as fault:  # noqa: BLE001  one bad file never ends a batch
        told = problem(FAULT, submission.place(), f"{type(fault).__name__}: {fault}")
        return Scored(submission, None, (*problems, told))


def _scored(job: Job, submission: Submission, problems: tuple[Problem, ...]) -> Scored:
    checklist = job.checklists.get(submission.checklist, submission.version)
    if checklist is None:
        return Scored(submission, None, problems)
    zone = job.zone_of(submission.branch)
    submission = dated(submission, zone)
    decided = as_decided(job.decisions, wave_of(submission.source.file), submission, checklist)
    submission = decided.submission
    refused = () if job.drafts else draft(checklist, submission.place())
    said = marks(job.holding, submission, zone) if job.holding is not None else ()
    found = (*problems, *refused, *check(submission, checklist, job.branches, job.today), *said)
    if decided.as_it_is:
        # Whoever took the report so knows of the gaps in it; without a branch it would still count nowhere.
        found = tuple(each._replace(severity=Severity.NOTE) if "item" in each.params else each for each in found)
    if has_errors(found):
        return Scored(submission, None, found, decided.received)
    scoring, faults = _sums()
    result: VisitScore = scoring.score(
        checklist,
        submission,
        calendar=job.calendar_of(submission.branch),
        time_zone=zone,
        annulled=decided.annulled,
        accepted_as_is=decided.as_it_is,
    )
    every = (*found, *faults.problems_of(checklist, submission, result))
    return Scored(submission, result, every, decided.received, _hold(job, submission, checklist, result))


@cache
def _sums() -> tuple[ModuleType, ModuleType]:
    """What scores, and what says what was wrong with the answers; imported once, since that has its price each time.

    Not above: whoever checks a form that has faults does not wait for the sums.
    """
    from auditkit import scoring
    from auditkit.scoring import faults

    return scoring, faults


def _hold(job: Job, submission: Submission, checklist: Checklist, result: VisitScore) -> str:
    if job.holding is None:
        return ""
    wave, zone = wave_of(submission.source.file), job.zone_of(submission.branch)
    branch = job.branches.get(submission.branch) if job.branches else None
    return "; ".join(reasons(job.holding, wave, submission, (checklist, result), branch, zone))


def dated(submission: Submission, zone: str) -> Submission:
    """With the day of the visit where the file states an instant only: which day that was, the branch's zone says."""
    start = submission.start
    if submission.visit_date is not None or start is None or start.tzinfo is None:
        return submission
    from zoneinfo import ZoneInfo

    try:
        day = start.astimezone(ZoneInfo(zone)).date()
    except (KeyError, ValueError, OSError):
        return submission  # scoring says of every such zone that there is none
    return submission.model_copy(update={"visit_date": day})


def score_files(
    job: Job, paths: Sequence[Path], give: Callable[[FileOutcome], R], *, processes: int | None = None
) -> Iterator[tuple[Path, R]]:
    """Every file in the order given, with what `give` makes of its outcome in the worker that read it.

    `give` goes to the workers: a function importable by name, or an object that can be pickled. A long table is read
    here, and comes part by part.
    """
    from auditkit.run.pool import Died, Work, each

    work: Work[Path, R] = Work(_begin, (job, give), _do, _load)
    begun = 0
    for at in (*(at for at, path in enumerate(paths) if _is_long(path)), len(paths)):
        for path, result in each(work, paths[begun:at], processes=processes):
            yield path, give(_dead(job, path, result)) if isinstance(result, Died) else result
        if at < len(paths):
            yield from ((paths[at], give(part)) for part in file_parts(job, paths[at]))
        begun = at + 1


_TEXT = frozenset({".csv", ".tsv", ".txt", ".tab", ".jsonl", ".ndjson"})
LONG = 2_000_000
"""Bytes of a table from which on its visits would fill the memory of the process that hands them over."""


def _is_long(path: Path) -> bool:
    if path.suffix.lower() not in _TEXT:
        return False
    try:
        return stored(path).stat().st_size > LONG
    except OSError:
        return False  # reading it says what is wrong


def _load() -> None:
    """What nearly every file needs."""
    import auditkit.intake.native_workbook
    import auditkit.scoring.faults
    import auditkit.tables.fast_xlsx  # noqa: F401
    from auditkit.model.checklist import Checklist

    Checklist.model_rebuild()


def _dead(job: Job, path: Path, died: Died) -> FileOutcome:
    name = job.name(path)
    return FileOutcome(name, "", (), (problem(DIED, Place(name), died.cause),))


_JOB: tuple[Job, Callable[[FileOutcome], object]] | None = None


def _begin(job: Job, give: Callable[[FileOutcome], object]) -> None:
    global _JOB  # noqa: PLW0603  a worker process has one job, given once
    _JOB = (job, give)


def _do(path: Path) -> R:  # type: ignore[type-var]
    assert _JOB is not None  # noqa: S101  _begin ran before any file
    job, give = _JOB
    return give(one_file(job, path))  # type: ignore[return-value]

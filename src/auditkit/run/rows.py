"""One file's outcome as rows of the tables and as what the next run must know; made in the worker that read it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from auditkit.intake.inbox import Incoming
from auditkit.intake.readings import Checklists
from auditkit.model.checklist import Checklist
from auditkit.model.decision import NO_DECISIONS, Decisions
from auditkit.model.items import Deadline, Duration, Unit
from auditkit.model.score import Hashes
from auditkit.model.visit import Submission
from auditkit.problems import Problem
from auditkit.results.batch import as_csv, joined
from auditkit.results.keys import submission_hash
from auditkit.results.lines import submission_texts
from auditkit.results.rows import Came, Row, problem_rows, unread_row
from auditkit.run.decided import HASH
from auditkit.run.discovery import wave_of
from auditkit.run.files import FileOutcome, Scored
from auditkit.run.incoming import incoming_of, keys_of, reports_of
from auditkit.run.proving import NOTHING_PROVED, Proving
from auditkit.run.state import Light
from auditkit.scoring import ENGINE


@dataclass(frozen=True)
class Giving:
    """What goes into every row besides the visit itself. Picklable."""

    checklists: Checklists
    wave: str | None = None
    """`None`: the folder below visits/."""
    programme: str = ""
    """Hash of the programme; '' without one."""
    calendar: str = ""
    """Hash of the calendar."""
    decisions: Decisions = NO_DECISIONS
    proving: Proving = NOTHING_PROVED

    def wave_of(self, file: str) -> str:
        """The wave that a file belongs to."""
        return wave_of(file) if self.wave is None else self.wave

    def decided(self, wave: str, submission: Submission, answers: str) -> str:
        """A hash of the decisions that act on what a report scores."""
        if not self.decisions.every:
            return ""
        return self.decisions.scoring(
            wave, submission.visit_id, submission.checklist, submission.branch, answers[:HASH]
        )

    def hashes(self, checklist: Checklist | None, submission: str, decisions: str = "") -> Hashes:
        """What a result is reckoned from; the calendar only where it was looked at."""
        days = self.calendar if checklist is not None and counts_working_days(checklist) else ""
        return Hashes(checklist.source_hash if checklist else "", submission, days, self.programme, decisions, ENGINE)


class FileRows(NamedTuple):
    """One file, ready for the tables."""

    file: str
    sha256: str
    texts: dict[str, str]
    """Table → csv, without the items."""
    items: dict[str, str]
    """Branch → csv of its items."""
    lights: tuple[Light, ...]
    problems: tuple[Problem, ...]
    part: int = 0
    """Of a long table: its number, from 0."""


class _Made(NamedTuple):
    key: str
    texts: dict[str, str]
    light: Light
    items: str = ""


def file_rows(giving: Giving, outcome: FileOutcome) -> FileRows:
    """Rows and keys of all submissions of a file; a file that gave none has one row that says so."""
    scored = reports_of(outcome)
    keys = keys_of(scored, outcome)
    made = [_made(giving, outcome, key, each) for key, each in zip(keys, scored, strict=True)]
    wave = giving.wave_of(outcome.file)
    whole = made[0].key if made and not outcome.scored else f"{outcome.file}#"
    problems: list[Row] = list(problem_rows(outcome.problems, whole, wave, outcome.file))
    for each, one in zip(scored, made, strict=True):
        problems += problem_rows(each.problems, one.key, wave, outcome.file)
    texts = joined(one.texts for one in made)
    items = joined({one.light.branch: one.items} for one in made if one.items)
    if problems:
        texts["problems"] = as_csv(problems)
    every = (*outcome.problems, *(p for each in scored for p in each.problems))
    lights = tuple(one.light for one in made)
    return FileRows(outcome.file, outcome.sha256, texts, items, lights, every, outcome.part)


def _made(giving: Giving, outcome: FileOutcome, key: str, each: Scored) -> _Made:
    submission, wave = each.submission, giving.wave_of(outcome.file)
    if submission is None:
        came = Came(wave, outcome.file, outcome.sha256, giving.hashes(None, ""))
        texts = {"visits": as_csv((unread_row(came, key),))}
        incoming = Incoming(key, outcome.file, sha256=outcome.sha256, readable=False)
        return _Made(key, texts, Light(incoming, "", "", "", "", _digest(texts, each.problems)))
    checklist = giving.checklists.get(submission.checklist, submission.version)
    answers = each.received or submission_hash(submission)
    decided = giving.decided(wave, submission, answers)
    came = Came(wave, outcome.file, outcome.sha256, giving.hashes(checklist, answers, decided))
    texts = submission_texts(key, submission, each.score, checklist, came)
    light = Light(
        incoming_of(key, each, checklist, answers, outcome),
        submission.branch,
        submission.version,
        came.hashes.definition,
        came.hashes.calendar,
        _digest(texts, each.problems),
        decided,
        giving.proving.mark(wave, submission.visit_id, submission.checklist),
    )
    items = texts.pop("items", "")
    return _Made(key, texts, light, items)


_COUNTING: dict[tuple[str, str, str], bool] = {}


def counts_working_days(checklist: Checklist) -> bool:
    """Whether any of its items looks at the calendar; found out once a definition."""
    key = (checklist.checklist, checklist.version, checklist.source_hash)
    if key not in _COUNTING:
        _COUNTING[key] = _counting(checklist)
    return _COUNTING[key]


def _counting(checklist: Checklist) -> bool:
    return any(
        (isinstance(item, Duration) and item.unit is Unit.WORKING_DAYS)
        or (
            isinstance(item, Deadline)
            and (
                item.next_working_day_at is not None
                or (item.within is not None and item.within.unit is Unit.WORKING_DAYS)
            )
        )
        for _, item in checklist.walk_items()
    )


def _digest(texts: dict[str, str], problems: Iterable[Problem]) -> str:
    made = hashlib.sha256()
    for part in texts.values():
        made.update(part.encode("utf-8", "surrogatepass"))
    made.update(repr([tuple(each) for each in problems]).encode("utf-8", "surrogatepass"))
    return made.hexdigest()[:32]

"""Every step from a cell to a score, for one visit in a file or in a programme."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.intake.kept import stored
from auditkit.intake.kept_names import is_kept
from auditkit.model.checklist import Checklist
from auditkit.model.decision import Decision
from auditkit.problems import Place, Problem, Severity, declare, nearest, problem
from auditkit.results.keys import submission_hash
from auditkit.run.decided import HASH
from auditkit.run.discovery import find_visits, wave_of
from auditkit.run.files import FileOutcome, Job, Scored, one_file
from auditkit.run.jobs import job_of, mappings_of
from auditkit.run.purging.standing import PURGED
from auditkit.run.state import load_memory
from auditkit.scoring import explain
from auditkit.scoring.explanation import Explanation

NO_ITEM = declare(
    "R110",
    Severity.ERROR,
    finds="A number or id of an item that none of the visit's checklists has.",
    why="There is nothing to explain.",
    mend="Use the number printed before the question, such as 3.2, or the item's id.",
)
NOT_SCORED = declare(
    "R111",
    Severity.WARNING,
    finds="A visit that was not scored, so that there are no steps to show.",
    why="Its report is incomplete, or the visit was not carried out.",
    mend="The problems above say what is missing.",
)

NO_VISIT = declare(
    "R112",
    Severity.ERROR,
    finds="A visit code that no file of the programme reports, or that the file named does not hold.",
    why="There is nothing to explain.",
    mend="Use the code as reports print it; `auditkit show branch CODE` lists a branch's visits.",
)


class Explained(NamedTuple):
    """One visit on one checklist, taken apart."""

    explanation: Explanation
    checklist: Checklist
    decisions: tuple[Decision, ...] = ()
    """What people decided of it; with an item, of that item and of the report."""


def explain_file(
    job: Job, path: Path, item: str | None, visit: str | None = None
) -> tuple[list[Explained], list[Problem]]:
    """All visits that a file reports (or the one of this code), or one item of them."""
    outcome = one_file(job, path)
    codes = {each.submission.visit_id for each in outcome.scored if each.submission is not None}
    if visit is not None and visit not in codes:
        near = nearest(visit, codes) or ", ".join(sorted(codes)[:5])
        return [], [*outcome.problems, problem(NO_VISIT, Place(outcome.file), visit, nearest=near)]
    return explain_outcome(job, outcome, item, visit)


def explain_outcome(
    job: Job, outcome: FileOutcome, item: str | None, visit: str | None
) -> tuple[list[Explained], list[Problem]]:
    """The steps of what a file gave; errors of what could not be scored."""
    found: list[Explained] = []
    problems = list(outcome.problems)
    if is_kept((job.root or Path()) / outcome.file):
        problems.append(problem(PURGED, Place(outcome.file), "1"))
    numbers: dict[str, str] = {}
    for scored in outcome.scored:
        submission, result = scored.submission, scored.score
        if submission is None or (visit is not None and submission.visit_id != visit):
            continue
        checklist = job.checklists.get(submission.checklist, submission.version)
        if result is None or checklist is None:
            problems += [*scored.problems, problem(NOT_SCORED, submission.place(), submission.visit_id)]
            continue
        known = {number: name for name, number in checklist.numbers.items() if not name.startswith("/")}
        known |= {name: name for name in checklist.items_by_id}
        numbers |= known
        if item is not None and item not in known:
            continue
        zone, calendar = job.zone_of(submission.branch), job.calendar_of(submission.branch)
        name = known[item] if item is not None else None
        steps = explain(checklist, submission, result, name, calendar=calendar, time_zone=zone)
        found.append(Explained(steps, checklist, _decided(job, scored, name)))
    if item is not None and not found and numbers:
        problems.append(problem(NO_ITEM, Place(outcome.file), item, nearest=nearest(item, numbers)))
    return found, problems


def _decided(job: Job, scored: Scored, item: str | None) -> tuple[Decision, ...]:
    own = scored.submission
    if own is None or not job.decisions.every:
        return ()
    answers = (scored.received or submission_hash(own))[:HASH]
    wave = wave_of(own.source.file)
    acting = job.decisions.acting(wave, own.visit_id, own.checklist, own.branch, answers)
    return tuple(each for each in acting if item is None or each.item in ("", item))


def explain_visit(home: ProgrammeFolder, visit: str, item: str | None) -> tuple[list[Explained], list[Problem]]:
    """A visit of a programme, out of the files that report it as they are now; every version of it, by file."""
    mappings, problems = mappings_of(home)
    job = job_of(home, mappings, None)
    seen: set[str] = set()
    found: list[Explained] = []
    here: list[Problem] = []
    remembered, new = _files_of(home, visit, seen)
    for name in (*remembered, *new):
        outcome = one_file(job, home.folder / name)
        seen |= {each.submission.visit_id for each in outcome.scored if each.submission is not None}
        reported = any(each.submission is not None and each.submission.visit_id == visit for each in outcome.scored)
        if reported or name in remembered:
            # A file that reported it once and cannot be read now says why.
            steps, faults = explain_outcome(job, outcome, item, visit)
            found += steps
            here += faults
    if not found and not here:
        near = nearest(visit, seen) or ", ".join(sorted(filter(None, seen))[:5])
        here.append(problem(NO_VISIT, Place("visits"), visit, nearest=near))
    return found, [*problems, *here]


def _files_of(home: ProgrammeFolder, visit: str, seen: set[str]) -> tuple[list[str], list[str]]:
    """Files that reported the visit when a run read them; and those that no run has read yet."""
    waves = [wave.id for wave in home.programme.waves]
    known: set[str] = set()
    remembered: list[str] = []
    for wave in waves:
        memory = load_memory(home.folder / ".auditkit", wave).memory
        known |= memory.keys()
        for name, each in memory.items():
            codes = {light.incoming.visit_id for light in each.lights}
            seen |= codes
            if visit in codes and stored(home.folder / name).is_file():
                remembered.append(name)
    files, _ = find_visits(home.folder, waves)
    return remembered, [each.name for wave in waves for each in files[wave] if each.name not in known]

"""Every step from a cell to a score, for one visit in a file or in a programme."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from auditkit.model.checklist import Checklist
from auditkit.problems import Place, Problem, Severity, declare, nearest, problem
from auditkit.run.files import FileOutcome, Job, one_file
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


class Explained(NamedTuple):
    """One visit on one checklist, taken apart."""

    explanation: Explanation
    checklist: Checklist


def explain_file(
    job: Job, path: Path, item: str | None, visit: str | None = None
) -> tuple[list[Explained], list[Problem]]:
    """All visits that a file reports (or the one of this code), or one item of them."""
    return explain_outcome(job, one_file(job, path), item, visit)


def explain_outcome(
    job: Job, outcome: FileOutcome, item: str | None, visit: str | None
) -> tuple[list[Explained], list[Problem]]:
    """The steps of what a file gave; errors of what could not be scored."""
    found: list[Explained] = []
    problems = list(outcome.problems)
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
        zone = job.zone_of(submission.branch)
        name = known[item] if item is not None else None
        steps = explain(checklist, submission, result, name, calendar=job.calendar, time_zone=zone)
        found.append(Explained(steps, checklist))
    if item is not None and not found and numbers:
        problems.append(problem(NO_ITEM, Place(outcome.file), item, nearest=nearest(item, numbers)))
    return found, problems

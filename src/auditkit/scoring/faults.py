"""What can be wrong with an answer only when it is scored: time zones, calendars, times in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.model.checklist import Checklist
from auditkit.model.score import VisitScore
from auditkit.model.visit import State, Submission
from auditkit.problems import REGISTER, Problem, Severity, declare, problem

ZONE = declare(
    "G101",
    Severity.ERROR,
    finds="A time zone that the time zone database does not know.",
    why="A time without an offset is local time of the branch; without the zone it is no moment, and no deadline "
    "can be reckoned from it.",
    mend="Write the zone as in `Asia/Almaty` or `Europe/Warsaw`, in `time_zone` of branches.csv or programme.yaml.",
)
NO_SUCH_TIME = declare(
    "G102",
    Severity.ERROR,
    finds="A local time that never was: the clocks were put forward over it.",
    why="It names no moment. Moving it an hour either way could turn a met deadline into a missed one.",
    mend="Ask when it was, and correct the time, or write it with its offset, as in `2026-03-29T02:30+01:00`.",
)
NO_CALENDAR = declare(
    "G103",
    Severity.ERROR,
    finds="A date that the working calendar does not have.",
    why="Working days are counted from calendar.csv alone; a date that it lacks is not guessed.",
    mend="Add the date to calendar.csv, with whether it is a working day, and score again.",
)
BACKWARDS = declare(
    "G104",
    Severity.ERROR,
    finds="A later time that stands before the earlier one.",
    why="A reply before the complaint is a slip of the pen; it is neither in time nor late.",
    mend="Correct whichever of the two times is wrong.",
)
NO_CREDIT = declare(
    "G105",
    Severity.ERROR,
    finds="An answer that the checklist gives no credit for.",
    why="An answer that is none of the item's own earns nothing and loses nothing; it counts as a blank.",
    mend="Correct the answer to one that the item knows.",
)

UNSEEN = declare(
    "G106",
    Severity.NOTE,
    finds="A critical criterion that did not come up in the visit, or could not be seen or heard.",
    why="Whether the worst happened is not known, and no effect acts: an answer to have a look at, now and then a way "
    "round a finding.",
    mend="See whether the answer fits the rest of the report; nothing needs to be corrected where it does.",
)


class Fault(Exception):  # noqa: N818  it never leaves this package: it ends as a row of VisitScore.problems
    """An answer that cannot be turned into a credit; `code` says why, `value` is what stood there."""

    def __init__(self, code: str, value: object) -> None:
        super().__init__(code, value)
        self.code = code
        self.value = str(value)


def problems_of(checklist: Checklist, submission: Submission, visit: VisitScore) -> tuple[Problem, ...]:
    """The faults of a scored visit as problems, each at the cell of its answer and with the item's printed number;
    and the critical items that were neither met nor missed, for somebody to look at."""
    unseen = _unseen(checklist, submission, visit) if visit.n_not_applicable or visit.n_not_observed else ()
    return tuple(
        problem(REGISTER[code], submission.place(item), value, item=checklist.numbers.get(item, item))
        for code, item, value in (*visit.problems, *unseen)
    )


def _unseen(checklist: Checklist, submission: Submission, visit: VisitScore) -> Iterator[tuple[str, str, str]]:
    critical = checklist.critical_items
    for item in visit.items if critical else ():
        if item.item in critical and item.state in _UNSEEN:
            yield UNSEEN.code, item.item, submission.typed.get(item.item, item.state.value)


_UNSEEN = (State.NOT_APPLICABLE, State.NOT_OBSERVED)

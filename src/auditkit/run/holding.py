"""What makes a complete report wait for a person: it came late, from outside the wave, beside its plan, unproved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from auditkit.model.visit import NEVER, State, Submission
from auditkit.problems import Problem, Severity, declare, problem
from auditkit.run.proving import Proving

if TYPE_CHECKING:
    from auditkit.model.checklist import Checklist
    from auditkit.model.programme import Branch
    from auditkit.model.score import VisitScore

LATE = declare(
    "R238",
    Severity.WARNING,
    finds="A report that was handed in more hours after the visit than the programme's `mark_after_hours` (24).",
    why="What was seen is soon forgotten; later than `hold_after_hours` (72) it waits for a decision.",
    mend="Ask for reports on the day of the visit.",
)
_HOURS = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–—]\s*(\d{1,2})[:.](\d{2})")
Days = tuple[date, date]
"""First and last."""


@dataclass(frozen=True)
class Holding:
    """The rules of a programme. Picklable."""

    waves: Mapping[str, Days] = field(default_factory=dict)
    windows: Mapping[tuple[str, str], Days] = field(default_factory=dict)
    """Wave, visit → the days that its plan leaves it; an appointment for one day is no window."""
    mark_after: int = 24
    hold_after: int = 72
    """Hours from the end of the visit until its report was handed in; 0: it does not matter."""
    proving: Proving = field(default_factory=Proving)
    """Which proof was asked for, and which is there."""


def marks(holding: Holding, submission: Submission, zone: str) -> Iterator[Problem]:
    """What is only said."""
    hours = _hours_until_handed_in(submission, zone)
    if holding.mark_after and hours is not None and hours > holding.mark_after:
        yield problem(LATE, submission.place(), str(hours), hours=str(holding.mark_after))


def reasons(
    holding: Holding,
    wave: str,
    submission: Submission,
    scored: tuple[Checklist, VisitScore],
    branch: Branch | None,
    zone: str,
) -> Iterator[str]:
    """A word for machines with what it points at, for everything that makes the report wait."""
    checklist, score = scored
    for item in score.items:
        if item.state is State.NOT_APPLICABLE and checklist.items_by_id[item.item].critical:
            yield f"critical_not_applicable {checklist.numbers[item.item]}"
    hours = _hours_until_handed_in(submission, zone)
    if holding.hold_after and hours is not None and hours > holding.hold_after:
        yield f"late {hours}"
    yield from holding.proving.reasons(wave, submission, checklist)
    day = submission.visit_date or (submission.start.date() if submission.start is not None else None)
    if day is None:
        return
    if (days := holding.waves.get(wave)) is not None and not days[0] <= day <= days[1]:
        yield f"outside_wave {day}"
    if (days := holding.windows.get((wave, submission.visit_id))) is not None and not days[0] <= day <= days[1]:
        yield f"outside_window {days[0]} – {days[1]}"
    if branch is not None:
        yield from _outside_hours(branch, submission, day, zone)


def _outside_hours(branch: Branch, submission: Submission, day: date, zone: str) -> Iterator[str]:
    open_days = _open_days(branch.open_days) if branch.open_days else None
    if open_days is not None and day.weekday() not in open_days:
        yield f"outside_hours {day}"
        return
    hours = opening(branch.opening_hours)
    if submission.start is None or hours is None:
        return
    at = _local(submission.start, zone)
    first, last = hours
    is_open = first <= at.time() <= last if first <= last else at.time() >= first or at.time() <= last
    if not is_open:
        yield f"outside_hours {at:%H:%M}"


@lru_cache(maxsize=256)
def _open_days(text: str) -> frozenset[int] | None:
    # Not above: whoever checks a form at a desk knows no branch.
    from auditkit.definitions.calendars import weekdays

    return weekdays(text)


@lru_cache(maxsize=1024)
def opening(text: str) -> tuple[time, time] | None:
    """`09:00-18:00`; `None` of anything else, which is printed and not reckoned with."""
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        return None
    parts = [int(part) for part in found.groups()]
    try:
        return time(parts[0] % 24, parts[1]), time(23, 59, 59) if parts[2] == 24 else time(parts[2], parts[3])
    except ValueError:
        return None


def _hours_until_handed_in(submission: Submission, zone: str) -> int | None:
    """Whole hours from the visit's end (else its begin, else the end of its day); `None` where it does not say.

    What the report tells of later times (a promised call that came on the third day) belongs to the visit. Whoever
    reports that something never came has waited for it, nobody knows how long.
    """
    if submission.handed_in is None or NEVER in submission.answers.values():
        return None
    ended = submission.end or submission.start
    if ended is None:
        if submission.visit_date is None:
            return None
        ended = datetime.combine(submission.visit_date, time()) + timedelta(days=1)
    told = (_local(each, zone) for each in submission.answers.values() if isinstance(each, datetime))
    last = max([_local(ended, zone), *told])
    return int((_local(submission.handed_in, zone) - last).total_seconds() // 3600)


def _local(value: datetime, zone: str) -> datetime:
    """In the branch's zone, without it: two of them may then be compared whatever they came with."""
    if value.tzinfo is None:
        return value
    from auditkit.scoring.deadlines import zone_of
    from auditkit.scoring.faults import Fault

    try:
        return value.astimezone(zone_of(zone)).replace(tzinfo=None)
    except Fault:
        return value.replace(tzinfo=None)

"""From the answers of one visit to one entry an item: what was asked, what was derived, what was taken out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from auditkit.model.asked import asked_items
from auditkit.model.checklist import Checklist
from auditkit.model.credits import MET, MISSED
from auditkit.model.items import DERIVED, Deadline, Duration
from auditkit.model.visit import NEVER, NOT_APPLICABLE, NOT_OBSERVED, State, Submission
from auditkit.scoring.deadlines import Clock, Due, due, duration, in_time, lateness, moment
from auditkit.scoring.entries import STRANGE, Entry, Row
from auditkit.scoring.faults import BACKWARDS, NO_CREDIT, NO_SUCH_TIME, Fault
from auditkit.scoring.plan import Plan


class Observed(NamedTuple):
    """One entry an item in the plan's order, and what was wrong: (code, item, value)."""

    entries: list[Entry]
    problems: tuple[tuple[str, str, str], ...]


class Given(NamedTuple):
    """What besides the answers decides what became of an item."""

    clock: Clock
    handed_in: datetime | None
    annulled: frozenset[str]
    accepted_as_is: bool


def observe(plan: Plan, checklist: Checklist, submission: Submission, given: Given) -> Observed:
    """Every item of a visit with its state and credit."""
    answers = submission.answers
    asked = asked_items(checklist, answers, submission.position)
    counted = {item: answer for item, answer in answers.items() if item in asked and answer is not None}
    entries: list[Entry] = []
    problems: list[tuple[str, str, str]] = []
    for row in plan.rows:
        try:
            entries.append(_entry(plan, row, counted, asked, given))
        except Fault as fault:
            entries.append(row.state_entry(State.MISSING))
            problems.append((fault.code, row.item.id, fault.value))
        except OverflowError:
            entries.append(row.state_entry(State.MISSING))
            problems.append((NO_SUCH_TIME.code, row.item.id, ""))
    return Observed(entries, tuple(problems))


def strange(entries: list[Entry], answers: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Answers that their items give no credit for."""
    return tuple(
        (NO_CREDIT.code, entry.score.item, str(answers.get(entry.score.item, "")))
        for entry in entries
        if entry.code & (STRANGE * 0xFFFF)
    )


def _entry(plan: Plan, row: Row, counted: Mapping[str, Any], asked: frozenset[str], given: Given) -> Entry:
    item = row.item
    if item.id not in asked:
        return row.state_entry(State.NOT_ASKED)
    if item.id in given.annulled:
        return row.state_entry(State.ANNULLED)
    if item.kind in DERIVED and row.rules is not None:
        assert isinstance(item, (Duration, Deadline))  # noqa: S101  these are the derived kinds
        outcome = reckoned(plan, item, counted, asked, given)
        if isinstance(outcome.result, State):
            return row.state_entry(outcome.result)
        return row.judged_entry(row.rules.judge(outcome.result))
    answer = counted.get(item.id)
    if answer is None and given.accepted_as_is and row.required:
        return row.accepted_entry()
    return row.entries[answer]


class Reckoned(NamedTuple):
    """What a derived item came to: a state, or what its judge takes; with the times it came from."""

    result: Any
    start: datetime | None = None
    end: datetime | None = None
    limit: Due | None = None


def reckoned(
    plan: Plan, item: Duration | Deadline, counted: Mapping[str, Any], asked: frozenset[str], given: Given
) -> Reckoned:
    """A duration or a deadline from the timestamps it stands on; `Fault` where they cannot be reckoned with."""
    times: list[datetime | None] = [None, None]
    for place, name in enumerate((item.from_, item.promised if isinstance(item, Deadline) else None)):
        if name is not None:
            found = _timestamp(plan, name, counted, asked, given.clock)
            if not isinstance(found, datetime):
                return Reckoned(State.NOT_APPLICABLE if found == NEVER else found, times[0])
            times[place] = found
    start, promised = times
    end = _timestamp(plan, item.to, counted, asked, given.clock)
    if isinstance(end, State) and end is not State.MISSING:
        return Reckoned(end, start)
    if isinstance(item, Duration):
        return _duration(item, start, end, given)
    return _deadline(item, start, promised, end, given)


def _timestamp(
    plan: Plan, name: str, counted: Mapping[str, Any], asked: frozenset[str], clock: Clock
) -> datetime | str | State:
    """A moment in the branch's zone, `never`, or the state that a derived item takes over from it."""
    answer = counted.get(name)
    if isinstance(answer, datetime):
        return moment(answer, clock)
    if name not in asked:
        return State.NOT_ASKED
    if answer is None:
        # One problem, not two: the blank itself is what is missing.
        return State.NOT_ASKED if plan.row_of[name].required else State.MISSING
    if answer == NEVER:
        return NEVER
    states = {NOT_APPLICABLE: State.NOT_APPLICABLE, NOT_OBSERVED: State.NOT_OBSERVED}
    if answer in states:
        return states[answer]
    raise Fault(NO_CREDIT.code, answer)


def _duration(item: Duration, start: datetime | None, end: datetime | str | State, given: Given) -> Reckoned:
    if not isinstance(end, datetime) or start is None:
        return Reckoned(end, start)
    return Reckoned(duration(item, start, end, given.clock.calendar), start, end)


def _deadline(
    item: Deadline, start: datetime | None, promised: datetime | None, end: datetime | str | State, given: Given
) -> Reckoned:
    if end == NEVER:
        return Reckoned(NEVER, start)
    limit = due(item, start, promised, given.clock)
    if isinstance(end, State):
        handed_in = None if given.handed_in is None else moment(given.handed_in, given.clock)
        later = handed_in is not None and limit.moment.astimezone(UTC) > handed_in.astimezone(UTC)
        return Reckoned(State.PENDING if later else end, start, None, limit)
    assert isinstance(end, datetime)  # noqa: S101  neither a state nor 'never'
    result = _kept(item, start, end, limit, given)
    return Reckoned(result, start, end, limit)


def _kept(item: Deadline, start: datetime | None, end: datetime, limit: Due, given: Given) -> object:
    if start is not None and end.astimezone(UTC) < start.astimezone(UTC):
        raise Fault(BACKWARDS.code, f"{start:%Y-%m-%d %H:%M} > {end:%Y-%m-%d %H:%M}")
    if item.bands:
        return lateness(item, end, limit, given.clock.calendar)
    return MET if in_time(end, limit) else MISSED

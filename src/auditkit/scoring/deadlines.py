"""Durations, due times and lateness, reckoned from two moments, a time zone and a working calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from auditkit.model.items import Deadline, Duration, Unit
from auditkit.model.programme import WorkingCalendar
from auditkit.scoring.faults import BACKWARDS, NO_CALENDAR, NO_SUCH_TIME, ZONE, Fault

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_SECONDS = {Unit.MINUTES: 60, Unit.HOURS: 3600}
_DAY = timedelta(days=1)


class Clock(NamedTuple):
    """Where and by which calendar a visit's times are read."""

    time_zone: str
    calendar: WorkingCalendar | None


class Due(NamedTuple):
    """The last moment that is in time, and the last date that is."""

    moment: datetime
    day: date


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """The zone of this name; `Fault` where the database has none."""
    from zoneinfo import ZoneInfo  # 2 ms; most checklists have no deadline

    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:
        raise Fault(ZONE.code, name) from error


def moment(value: datetime, clock: Clock) -> datetime:
    """The moment in the branch's zone: with an offset as it is, without as local time.

    An ambiguous local time is the earlier one; `Fault` for one that never was.
    """
    zone = zone_of(clock.time_zone)
    if value.tzinfo is not None:
        return value.astimezone(zone)
    local = value.replace(tzinfo=zone, fold=0)
    back = local.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) != value.replace(fold=0):
        raise Fault(NO_SUCH_TIME.code, f"{value:%Y-%m-%d %H:%M} {clock.time_zone}")
    return local


def is_working(day: date, calendar: WorkingCalendar | None) -> bool:
    """Whether the calendar calls the date a working day; `Fault` where it does not have the date."""
    known = calendar.days.get(day) if calendar is not None else None
    if known is None:
        raise Fault(NO_CALENDAR.code, day.isoformat())
    return known


def duration(item: Duration, start: datetime, end: datetime, calendar: WorkingCalendar | None) -> Fraction:
    """From one moment (in the branch's zone) to the other in the item's unit, exact to the second."""
    if end.astimezone(UTC) < start.astimezone(UTC):
        raise Fault(BACKWARDS.code, f"{start:%Y-%m-%d %H:%M} > {end:%Y-%m-%d %H:%M}")
    if item.unit in _SECONDS:
        return _elapsed(start, end, item.unit)
    return Fraction(_dates(start.date(), end.date(), item.unit, calendar))


def due(item: Deadline, start: datetime | None, promised: datetime | None, clock: Clock) -> Due:
    """The due time reckoned from `start`, or the promised one; both in the branch's zone."""
    calendar = clock.calendar
    if promised is not None:
        return Due(promised, promised.date())
    assert start is not None  # noqa: S101  a deadline has `from` or `promised`: proved at load
    if item.next_working_day_at is not None:
        day = _later(start.date(), 1, Unit.WORKING_DAYS, calendar)
        return Due(moment(datetime.combine(day, item.next_working_day_at.replace(tzinfo=None)), clock), day)
    if item.within is not None and item.within.unit in _SECONDS:
        span = timedelta(seconds=item.within.amount * _SECONDS[item.within.unit])
        moment_due = (start.astimezone(UTC) + span).astimezone(start.tzinfo)
        return Due(moment_due, moment_due.date())
    day = start.date() if item.within is None else _later(start.date(), item.within.amount, item.within.unit, calendar)
    # A midnight that the clocks skip is the moment at which they skip it.
    return Due(datetime.combine(day + _DAY, time(0), start.tzinfo), day)


def in_time(end: datetime, limit: Due) -> bool:
    """Whether a moment is not after the due time, seconds dropped on both sides."""
    return _minute(end) <= _minute(limit.moment)


def lateness(item: Deadline, end: datetime, limit: Due, calendar: WorkingCalendar | None) -> Fraction:
    """How late, in the unit of `within` (hours where there is none): 0 in time, at least 1 where days are counted."""
    if in_time(end, limit):
        return Fraction(0)
    unit = item.within.unit if item.within is not None else Unit.HOURS
    if unit in _SECONDS:
        return _elapsed(_minute(limit.moment), _minute(end), unit)
    # Late on a Saturday after a Friday is no whole working day, and late all the same.
    return Fraction(max(1, _dates(limit.day, end.date(), unit, calendar)))


def _elapsed(start: datetime, end: datetime, unit: Unit) -> Fraction:
    gone = end.astimezone(UTC) - start.astimezone(UTC)
    seconds = Fraction(gone.days * 86400 + gone.seconds) + Fraction(gone.microseconds, 1_000_000)
    return seconds / _SECONDS[unit]


def _minute(when: datetime) -> datetime:
    # Subtracting in UTC: in a zone of its own, Python compares and subtracts wall clocks.
    return when.astimezone(UTC).replace(second=0, microsecond=0)


def _dates(after: date, to: date, unit: Unit, calendar: WorkingCalendar | None) -> int:
    """Dates d with after < d ≤ to, all or working ones."""
    count = (to - after).days
    if unit is Unit.DAYS:
        return count
    return sum(is_working(after + timedelta(days=n), calendar) for n in range(1, count + 1))


def _later(day: date, amount: int, unit: Unit, calendar: WorkingCalendar | None) -> date:
    """The Nth date, or working date, after a date."""
    if unit is Unit.DAYS:
        return day + timedelta(days=amount)
    while amount > 0:
        day += _DAY
        amount -= is_working(day, calendar)
    return day

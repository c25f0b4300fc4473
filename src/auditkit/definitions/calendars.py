"""Which dates are working days: calendar.csv as it stands, and a branch's own opening days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from auditkit.definitions.rows import NO_COLUMN, Row, as_text, rows_of
from auditkit.model.programme import Branch, WorkingCalendar
from auditkit.problems import Place, Problem, Severity, declare, problem

if TYPE_CHECKING:
    from auditkit.tables.table import Sheet

__all__ = ["NO_COLUMN", "branch_calendar", "read_calendar", "weekdays"]

WORKING = declare(
    "D417",
    Severity.ERROR,
    finds="A date of the calendar that is neither working nor free.",
    why="Deadlines in working days count exactly these dates.",
    mend="Write yes or no.",
)
DATE_TWICE = declare(
    "D418",
    Severity.ERROR,
    finds="A date that stands in the calendar twice, once as working and once as free.",
    why="Which one holds would be a guess.",
    mend="Delete one of the two rows.",
)
GAP = declare(
    "D419",
    Severity.WARNING,
    finds="A calendar that leaves dates out between its first and its last.",
    why="A deadline that meets such a date cannot be reckoned; a gap is never filled by a guess.",
    mend="Add a row for every date, weekends too.",
)
NO_COUNTRY = declare(
    "D420",
    Severity.ERROR,
    finds="A calendar without a single date of the programme's country.",
    why="No deadline in working days could be reckoned.",
    mend="Correct `country:` in programme.yaml or the column `country`; `auditkit init` writes a calendar.",
)

_YES = {"yes", "true", "1", "y", "x", "working", "да", "иә", "tak", "da", "рабочий"}
_NO = {"no", "false", "0", "n", "free", "holiday", "нет", "жоқ", "nie", "nu", "выходной"}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ALL = {"daily": "mon-sun", "every day": "mon-sun", "7": "mon-sun", "24/7": "mon-sun"}


def read_calendar(
    file: str, sheet: Sheet, country: str, *, workbook: bool, sha256: str
) -> tuple[WorkingCalendar, list[Problem]]:
    """The working days of one country; rows of other countries, and rows without a country, as they say."""
    needs = ("date", "working")
    rows, _, problems = rows_of(file, sheet, workbook=workbook, needs=needs, known=("country", *needs))
    if problems:
        return WorkingCalendar({}, sha256), problems
    days: dict[date, bool] = {}
    seen: dict[date, Row] = {}
    for row in rows:
        theirs = row.text("country").upper()
        if theirs and country and theirs != country:
            continue
        day, works = row.day("date", problems), _working(row, problems)
        if day is None or works is None:
            continue
        if days.setdefault(day, works) != works:
            problems.append(row.say(DATE_TWICE, "date", day, first=seen[day].row, second=row.row))
        seen.setdefault(day, row)
    if rows and not seen:
        problems.append(problem(NO_COUNTRY, Place(file, rows[0].sheet), country))
    problems.extend(_gaps(days, seen))
    return WorkingCalendar(days, sha256), problems


def _working(row: Row, problems: list[Problem]) -> bool | None:
    text = as_text(row.raw("working")).casefold()
    if text in _YES or text in _NO:
        return text in _YES
    problems.append(row.say(WORKING, "working", text))
    return None


def _gaps(days: Mapping[date, bool], seen: Mapping[date, Row]) -> list[Problem]:
    ordered = sorted(days)
    missing = [day + timedelta(1) for day, following in pairwise(ordered) if following - day > timedelta(1)]
    if not missing:
        return []
    before = seen[missing[0] - timedelta(1)]
    return [before.say(GAP, "date", missing[0], n=len(missing))]


def weekdays(text: str) -> frozenset[int] | None:
    """Opening days as weekdays (0 is Monday): `mon-fri`, `mon,wed,sat`, `daily`; `None` where it is not understood."""
    text = _ALL.get(text.strip().casefold(), text.strip().casefold())
    found: set[int] = set()
    for part in re.split(r"[,;\s]+", text.replace("–", "-")):
        ends = [_weekday(end) for end in part.split("-")]
        if None in ends or len(ends) > 2:
            return None
        first, last = ends[0], ends[-1]
        if first is None or last is None:
            return None
        found.update(day % 7 for day in range(first, last + 1 if last >= first else last + 8))
    return frozenset(found) or None


def _weekday(name: str) -> int | None:
    return next((at for at, day in enumerate(_DAYS) if len(name) >= 3 and name.startswith(day)), None)


def branch_calendar(calendar: WorkingCalendar, branch: Branch, *, own_days: bool) -> WorkingCalendar:
    """The calendar that counts at a branch: the country's, or with `calendar: branch` its own opening days.

    A date that the country's calendar lacks stays unknown.
    """
    open_on = weekdays(branch.open_days) if own_days and branch.open_days else None
    if open_on is None:
        return calendar
    return WorkingCalendar(_OpenDays(calendar.days, open_on), calendar.sha256)


class _OpenDays(Mapping[date, bool]):
    """The dates of a calendar with a branch's opening days; a view, since there are thousands of branches."""

    def __init__(self, known: Mapping[date, bool], open_on: frozenset[int]) -> None:
        self.known = known
        self.open_on = open_on

    def __getitem__(self, day: date) -> bool:
        if day not in self.known:
            raise KeyError(day)
        return day.weekday() in self.open_on

    def __iter__(self) -> Iterator[date]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)


def covered(calendar: WorkingCalendar, waves: Sequence[tuple[date, date]]) -> bool:
    """Whether the calendar knows every date of these stretches."""
    return all(first in calendar.days and last in calendar.days for first, last in waves)

"""The visit itself as a foreign table states it: code, branch, shopper, times, outcome, published scores."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from auditkit.intake.columns import Headers
from auditkit.intake.columns_faults import BAD_FIELD, EXCHANGED, UNKNOWN_OUTCOME
from auditkit.intake.columns_field import Field, field_of
from auditkit.intake.misread import DATE_ORDER
from auditkit.intake.moments import AmbiguousDate, Moment, orders_of, read_moment
from auditkit.intake.spelling_numbers import read_number
from auditkit.intake.spelling_rules import as_text, is_error
from auditkit.model.columns import Columns
from auditkit.model.visit import Outcome
from auditkit.problems import Place, Problem, problem
from auditkit.tables.table import CellValue, NoValue

TEXTS = ("visit", "branch", "shopper", "employee", "position", "wave", "language")
CODES = ("branch", "shopper", "employee")
MOMENTS = ("date", "start", "end", "handed_in")
COUNTS = ("attempts", "customers_waiting", "staff_on_duty")
_MONTHS = 12
FIELDS = (*TEXTS, "outcome", *MOMENTS, *COUNTS, "minutes_to_first_contact")


@dataclass(slots=True)
class Visit:
    """What a row says of its visit."""

    values: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """A field that is words; `None` where it is blank."""
        return self.values.get(name) or None


class _Way(NamedTuple):
    """How one field is read: by its column, and what its cells were found to say so far.

    A history has the same branches, shoppers and days over and over.
    """

    name: str
    field: Field
    at: int | None
    """Its column, where its cells are texts that say by themselves what the field is."""
    known: dict[CellValue, Any]

    def learn(self, row: Sequence[CellValue], visit: Visit) -> None:
        """Keep what a cell says; not where anything was wrong, which is said with its place each time."""
        if self.at is None or self.at >= len(row) or visit.problems or len(self.known) >= _MOST_KNOWN:
            return
        if self.name in visit.values:
            self.known[row[self.at]] = visit.values[self.name]


_MOST_KNOWN = 4096


class VisitFields:
    """Reads the visit out of a row."""

    def __init__(self, columns: Columns, headers: Headers, orders: Orders, *, date1904: bool) -> None:
        self.headers, self.orders, self.date1904 = headers, orders, date1904
        self.zone = ZoneInfo(columns.time_zone) if columns.time_zone else None
        self.problems: list[Problem] = []
        named = {name: getattr(columns, name) for name in FIELDS if getattr(columns, name) is not None}
        self.fields = {name: field_of(column, headers, name, self.problems) for name, column in named.items()}
        self.facts = {name: field_of(column, headers, name, self.problems) for name, column in columns.facts.items()}
        # By a text alone a cell is known only where all cells are texts.
        texts = headers.kind == "csv"
        self.ways = [
            _Way(name, each, each.at if texts and each.is_its_cell else None, {}) for name, each in self.fields.items()
        ]
        self.problems += [problem(EXCHANGED, headers.place(at), headers.shown(at)) for at in orders.exchanged]

    def columns(self) -> set[int]:
        """Every column that a field uses."""
        return {at for each in (*self.fields.values(), *self.facts.values()) for at in each.columns()}

    @property
    def dated(self) -> bool:
        """Whether the mapping names anything that says when the visit was."""
        return any(name in self.fields for name in ("date", "start"))

    def read(self, row: Sequence[CellValue], number: int) -> Visit:
        """The visit of a row; `number` is the row's, from 1."""
        visit = Visit()
        values, width = visit.values, len(row)
        for way in self.ways:
            name, each, at, known = way
            if at is not None and at < width and (value := known.get(row[at])) is not None:
                values[name] = value
                continue
            raw = each.raw(row)
            if raw.__class__ is NoValue or (raw is not None and raw != ""):
                self._put(visit, name, raw, number)
                way.learn(row, visit)
        for name, each in self.facts.items():
            raw = each.raw(row)
            if raw is not None and raw != "":
                visit.facts[name] = as_text(raw).strip()
        return visit

    def _put(self, visit: Visit, name: str, raw: CellValue, number: int) -> None:
        if name in TEXTS and raw.__class__ is str and not is_error(raw):
            visit.values[name] = raw.strip()
            return
        at = next(self.fields[name].columns(), None)
        place = self.headers.at(number, at)
        value: object = None
        # A code such as 1-2 that a spreadsheet took for a date is lost.
        if is_error(raw) or (name in CODES and isinstance(raw, (date, time, timedelta))):
            visit.problems.append(problem(BAD_FIELD, place, as_text(raw), field=name))
        elif name in TEXTS:
            value = as_text(raw).strip()
        elif name in MOMENTS:
            value = self._moment(name, raw, place, visit.problems, self.orders.of(at))
            if name == "date" and isinstance(value, datetime):
                # An instant, not a date: which day it was depends on where the branch is.
                visit.values.setdefault("start", value)
                return
        elif name == "outcome":
            value = _outcome(raw, place, visit.problems)
        else:
            value = _count(name, raw, place, visit.problems)
        if value is not None:
            visit.values[name] = value

    def _moment(
        self, name: str, raw: CellValue, place: Place, problems: list[Problem], order: str | None
    ) -> date | datetime | None:
        moment = read_moment(raw, order, date1904=self.date1904)
        if isinstance(moment, Moment):
            instant = self._local(moment)
            return moment.day if name == "date" and (instant.tzinfo is None or moment.at is None) else instant
        code = DATE_ORDER if isinstance(moment, AmbiguousDate) else BAD_FIELD
        problems.append(problem(code, place, as_text(raw), field=name, item=name))
        return None

    def _local(self, moment: Moment) -> datetime:
        """With the offset of the file's own zone, where the mapping names one and the cell has none."""
        instant = moment.instant
        return instant.replace(tzinfo=self.zone) if self.zone is not None and instant.tzinfo is None else instant


def _outcome(raw: CellValue, place: Place, problems: list[Problem]) -> Outcome | None:
    try:
        return Outcome(as_text(raw).strip().casefold().replace(" ", "_"))
    except ValueError:
        problems.append(problem(UNKNOWN_OUTCOME, place, as_text(raw)))
        return None


def _count(name: str, raw: CellValue, place: Place, problems: list[Problem]) -> int | Decimal | None:
    number = read_number(raw)
    if isinstance(number, Decimal) and (name not in COUNTS or number == number.to_integral_value()):
        return int(number) if name in COUNTS else number
    problems.append(problem(BAD_FIELD, place, as_text(raw), field=name))
    return None


class Orders:
    """In which order day and month stand, column by column: told by the dates that make sense in one order only.

    A column whose own dates don't settle it goes by the others, where those agree with each other. One that has dates
    of both orders is settled by nothing. Real dates of a spreadsheet have no order; where none of them has a day above
    12, and texts in the same column do, it read those that it could the other way round.
    """

    def __init__(self, rows: Iterable[Sequence[CellValue]], columns: Collection[int], given: str | None) -> None:
        self.given = given
        left = {column: {"dmy", "mdy"} for column in columns}
        texts: set[int] = set()
        real: dict[int, int] = {}
        for row in rows if columns else ():
            for column in columns:
                cell = row[column] if column < len(row) else None
                if isinstance(cell, date):
                    real[column] = max(real.get(column, 0), cell.day)
                fits = orders_of(cell) - {"ymd"}
                if fits:
                    left[column] &= fits
                    texts.add(column)
        self.own = {column: next(iter(orders)) for column, orders in left.items() if len(orders) == 1}
        self.torn = {column for column, orders in left.items() if not orders}
        self.exchanged = sorted(column for column in texts & set(self.own) & set(real) if real[column] <= _MONTHS)
        """Columns whose texts are left over from dates that a spreadsheet read with day and month exchanged."""
        agreed = set(self.own.values())
        self.common = agreed.pop() if len(agreed) == 1 and not self.torn else None

    def of(self, column: int | None) -> str | None:
        """The order in a column; `None`: ambiguous dates stay problems."""
        if self.given is not None:
            return self.given
        if column in self.torn:
            return None
        return self.own.get(column, self.common) if column is not None else self.common

    @property
    def anywhere(self) -> str | None:
        """The order of dates outside these columns."""
        return self.given if self.given is not None else self.common


def visit_name(visit: Visit, file: str, row: int, sheet: str | None = None) -> str:
    """The code of a visit: its own, else branch, shopper and start, else the row that reports it.

    `sheet`: where a file has several with visits.
    """
    own = visit.text("visit")
    if own:
        return own
    at = f"{file}[{sheet}]:{row}" if sheet else f"{file}:{row}"
    start = visit.values.get("start") or visit.values.get("date")
    parts = [visit.text("branch"), visit.text("shopper"), start.isoformat() if start else None]
    return "/".join(part for part in parts if part) if parts[0] and start else at


def record_fields(visit: Visit) -> Mapping[str, Any]:
    """The fields of a submission that a row states."""
    found = dict(visit.values)
    found.pop("visit", None)
    found.pop("branch", None)
    if "date" in found:
        found["visit_date"] = found.pop("date")
    # The day of an instant with an offset is known only together with the branch's time zone.
    elif "start" in found and found["start"].tzinfo is None:
        found["visit_date"] = found["start"].date()
    return found

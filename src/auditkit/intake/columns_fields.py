"""The visit itself as a foreign table states it: code, branch, shopper, times, outcome, published scores."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from auditkit.intake.columns import Headers, find
from auditkit.intake.columns_cells import Meanings
from auditkit.intake.columns_faults import BAD_FIELD, UNKNOWN_OUTCOME
from auditkit.intake.misread import DATE_ORDER
from auditkit.intake.moments import AmbiguousDate, Moment, orders_of, read_moment
from auditkit.intake.spelling_numbers import read_number
from auditkit.intake.spelling_rules import as_text
from auditkit.model.columns import Column, Columns
from auditkit.model.visit import Outcome
from auditkit.problems import Place, Problem, problem
from auditkit.tables.folding import fold
from auditkit.tables.table import CellValue

TEXTS = ("visit", "branch", "shopper", "employee", "position", "wave", "language")
MOMENTS = ("date", "start", "end", "handed_in")
COUNTS = ("attempts", "customers_waiting", "staff_on_duty")
FIELDS = (*TEXTS, "outcome", *MOMENTS, *COUNTS, "minutes_to_first_contact")


class Field(NamedTuple):
    """One entry of the mapping with its column in this file."""

    column: Column
    at: int | None
    meanings: Meanings

    def raw(self, row: Sequence[CellValue]) -> CellValue:
        """The cell, with what the mapping takes out of it and what it means."""
        cell = row[self.at] if self.at is not None and self.at < len(row) else None
        if cell is None or (isinstance(cell, str) and not fold(cell)):
            return self.column.always
        meant = self.meanings.of(as_text(cell))
        if meant is not None:
            return meant
        if self.column.otherwise is not None:
            return self.column.otherwise
        return _taken(self.column.take, cell) if self.column.take else cell


def _taken(take: str, cell: CellValue) -> CellValue:
    found = re.search(take, as_text(cell))
    if found is None:
        return cell
    return found[1] if found.re.groups and found[1] is not None else found[0]


def field_of(column: Column, headers: Headers, name: str, problems: list[Problem]) -> Field:
    """A field with its column looked up; what is wrong is added to the problems."""
    found = find(column, headers, name)
    problems.extend(found.problems)
    return Field(column, found.column, Meanings(column.values))


@dataclass(slots=True)
class Visit:
    """What a row says of its visit."""

    values: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """A field that is words; `None` where it is blank."""
        return self.values.get(name) or None


class VisitFields:
    """Reads the visit out of a row."""

    def __init__(self, columns: Columns, headers: Headers, order: str | None, *, date1904: bool) -> None:
        self.headers, self.order, self.date1904 = headers, order, date1904
        self.problems: list[Problem] = []
        named = {name: getattr(columns, name) for name in FIELDS if getattr(columns, name) is not None}
        self.fields = {name: field_of(column, headers, name, self.problems) for name, column in named.items()}
        self.facts = {name: field_of(column, headers, name, self.problems) for name, column in columns.facts.items()}

    def columns(self) -> set[int]:
        """Every column that a field uses."""
        return {each.at for each in (*self.fields.values(), *self.facts.values()) if each.at is not None}

    def read(self, row: Sequence[CellValue], place: Any) -> Visit:
        """The visit of a row; `place(column)` says where a cell stands."""
        visit = Visit()
        for name, each in self.fields.items():
            raw = each.raw(row)
            if raw is not None and raw != "":
                self._put(visit, name, raw, place(each.at))
        for name, each in self.facts.items():
            raw = each.raw(row)
            if raw is not None and raw != "":
                visit.facts[name] = as_text(raw).strip()
        return visit

    def _put(self, visit: Visit, name: str, raw: CellValue, place: Place) -> None:
        value: object
        if name in MOMENTS:
            value = self._moment(name, raw, place, visit.problems)
        elif name == "outcome":
            value = _outcome(raw, place, visit.problems)
        elif name in TEXTS:
            value = as_text(raw).strip()
        else:
            value = _count(name, raw, place, visit.problems)
        if value is not None:
            visit.values[name] = value

    def _moment(self, name: str, raw: CellValue, place: Place, problems: list[Problem]) -> date | datetime | None:
        moment = read_moment(raw, self.order, date1904=self.date1904)
        if isinstance(moment, Moment):
            return moment.day if name == "date" else moment.instant
        code = DATE_ORDER if isinstance(moment, AmbiguousDate) else BAD_FIELD
        problems.append(problem(code, place, as_text(raw), field=name, item=name))
        return None


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


def settled_order(rows: Iterable[Sequence[CellValue]], columns: set[int], given: str | None) -> str | None:
    """The only order of day and month in which all dates of these columns make sense; `None` where two do."""
    if given is not None:
        return given
    left = {"dmy", "mdy"}
    for row in rows:
        for column in columns:
            fits = orders_of(row[column]) if column < len(row) else frozenset()
            if fits and fits & left:
                left &= fits
        if len(left) == 1:
            return left.pop()
    return None


def visit_name(visit: Visit, file: str, row: int) -> str:
    """The code of a visit: its own, else branch, shopper and start, else the row that reports it."""
    own = visit.text("visit")
    if own:
        return own
    start = visit.values.get("start") or visit.values.get("date")
    parts = [visit.text("branch"), visit.text("shopper"), start.isoformat() if start else None]
    return "/".join(part for part in parts if part) if parts[0] and start else f"{file}:{row}"


def record_fields(visit: Visit) -> Mapping[str, Any]:
    """The fields of a submission that a row states."""
    names = {"date": "visit_date", "visit": None, "branch": None}
    found = {names.get(name, name): value for name, value in visit.values.items()}
    found.pop(None, None)
    if "visit_date" not in found and "start" in found:
        found["visit_date"] = found["start"].date()
    return {str(name): value for name, value in found.items()}

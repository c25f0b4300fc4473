"""A programme: branches, waves and checklists under one set of rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field

from auditkit.model.checklist import Grade, Version
from auditkit.model.record import Id, Number, Record, Word
from auditkit.model.retention import Retention
from auditkit.model.text import LANGUAGE, Text


class Wave(Record):
    """A stretch of days in which every planned branch is visited."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$")
    title: Text | None = None
    from_: date = Field(alias="from")
    to: date
    note: Text | None = None


class ChecklistUse(Record):
    """A checklist that the programme uses, with its weight in a branch's index."""

    checklist: str
    version: Version | None = None
    """`None`: the newest in force."""
    weight: Number = Field(Decimal(1), ge=0)


class Person(Record):
    """Somebody with a role in the programme."""

    name: str
    role: Literal["editor", "approver", "appeals", "hr", "director"]
    email: str | None = None


class Rules(Record):
    """What a programme may set; every default is the profession's."""

    review: Literal["auto", "all"] = "auto"
    mark_after_hours: int = Field(24, ge=0)
    hold_after_hours: int = Field(72, ge=0)
    """From a visit's end until its report is handed in; 0: it does not matter."""
    visits_per_branch: int | None = Field(None, ge=1)
    """How many a branch gets in a wave; `None`: as many as most get."""
    group_means: Literal["visits", "branches"] = "visits"
    min_group: int = Field(5, ge=0)
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    calendar: Literal["country", "branch"] = "country"
    employees: Literal["none", "position", "named"] = "none"
    comments: Literal["unmarked", "decided", "all"] = "unmarked"
    """What branches read of shoppers' words without a decision: those in which nothing is marked, none, or all."""
    appeal_days: int = Field(10, ge=0)
    """Days after a provisional release in which branches may appeal; 0: they may not."""
    decimals: int = Field(1, ge=0, le=6)
    columns: dict[str, str] = Field(default_factory=dict)
    """Glob of file names under visits/ → mapping file under columns/."""


class Branch(Record):
    """One place of service. Every further column of branches.csv stands in `more`."""

    code: str = Field(min_length=1)
    name: str = ""
    region: str = ""
    city: str = ""
    opened: date | None = None
    closed: date | None = None
    formerly: str = ""
    time_zone: str = ""
    open_days: str = ""
    opening_hours: str = ""
    email: str = ""
    language: str = ""
    latitude: Number | None = None
    longitude: Number | None = None
    more: dict[str, str] = Field(default_factory=dict)

    def open_between(self, first: date, last: date) -> bool:
        """Whether it serves on any of these days, by `opened` (its first day) and `closed` (its first day shut)."""
        return (self.opened is None or self.opened <= last) and (self.closed is None or self.closed > first)


class WorkingCalendar(NamedTuple):
    """Which dates are working days; a date that is absent is unknown, never guessed."""

    days: Mapping[date, bool]
    sha256: str = ""


class VisitSd(Record):
    """How far visits to one and the same branch lie apart, where the waves cannot tell."""

    points: Number = Field(ge=Decimal("0.1"), le=50)
    """Standard deviation, in points of 100."""
    source: Word
    """Where the number comes from; printed beside it."""


def _use(value: Any) -> Any:
    return {"checklist": value} if isinstance(value, str) else value


class Programme(Record):
    """`programme.yaml`; branches and calendar stand in files of their own beside it."""

    programme: Id
    name: Text
    language: str = Field("en", pattern=LANGUAGE)
    country: str = Field("", pattern=r"^([A-Z]{2})?$")
    time_zone: str = "UTC"
    branch_word: Text | None = None
    """What a branch is called here: shop, office, salon."""
    waves: tuple[Wave, ...] = Field(min_length=1)
    checklists: tuple[Annotated[ChecklistUse, BeforeValidator(_use)], ...] = Field(min_length=1)
    grades: tuple[Grade, ...] = ()
    """Of the index only."""
    rules: Rules = Field(default_factory=Rules)
    retention: Retention = Field(default_factory=Retention)
    people: tuple[Person, ...] = ()
    visit_sd: VisitSd | None = None
    declared_uses: tuple[str, ...] = ()
    staff_notice_date: date | None = None

"""Dates and times as exports write them; an order of day and month that two readings fit is never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

from auditkit.tables.table import CellValue

Order = str
"""`dmy`, `mdy` or `ymd`."""

_NUMERIC = re.compile(r"(\d{1,4})([./\-])(\d{1,2})\2(\d{1,4})(?:\s*г\.?)?(?:[T,\s]\s*(.+))?$")
_NAMED = re.compile(r"([^\W\d]{3,})\.?\s+(\d{1,2}),?\s+(\d{4})(?:,?\s+(.+))?$")
_DAY_FIRST = re.compile(r"(\d{1,2})\.?\s+([^\W\d]{3,})\.?,?\s+(\d{4})(?:\s*г\.?)?(?:,?\s+(.+))?$")
_TIME = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,6})\d*)?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|(?:GMT|UTC)?\s*[+-]\d{1,2}(?::?\d{2})?|GMT|UTC)?$"
)
_OFFSET = re.compile(r"(?:GMT|UTC)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$")
_MONTHS = (
    ("jan", "янв", "қаң", "sty", "ian"), ("feb", "фев", "ақп", "lut"), ("mar", "мар", "нау"),
    ("apr", "апр", "сәу", "kwi"), ("may", "мая", "май", "мам", "maj", "mai"), ("jun", "июн", "мау", "cze", "iun"),
    ("jul", "июл", "шіл", "lip", "iul"), ("aug", "авг", "там", "sie"), ("sep", "сен", "қыр", "wrz"),
    ("oct", "окт", "қаз", "paź", "paz"), ("nov", "ноя", "қар", "lis", "noi"), ("dec", "дек", "жел", "gru"),
)  # fmt: skip
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}


class AmbiguousDate(NamedTuple):
    """`03/04/2026`: the 3rd of April or the 4th of March."""

    text: str


class Moment(NamedTuple):
    """A date, and the time of day with its offset where one is written."""

    day: date
    at: time | None

    @property
    def instant(self) -> datetime:
        """Both together; midnight where no time is written."""
        return datetime.combine(self.day, self.at or time())


def read_moment(raw: CellValue, order: Order | None = None, *, date1904: bool = False) -> Moment | AmbiguousDate | None:
    """The date, or date and time, in a cell; `None` where it holds none."""
    if isinstance(raw, datetime):
        return Moment(raw.date(), raw.timetz())
    if isinstance(raw, date):
        return Moment(raw, None)
    if isinstance(raw, str):
        return _from_text(str(raw), order)
    if isinstance(raw, bool) or raw is None or isinstance(raw, (time, timedelta)):
        return None
    return _from_serial(float(raw), date1904=date1904)


def _from_serial(number: float, *, date1904: bool) -> Moment | None:
    if not 20_000 <= number <= 80_000:
        return None
    start = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30)  # noqa: DTZ001  a workbook knows no zone
    moment = start + timedelta(seconds=round(number * 86_400))
    return Moment(moment.date(), moment.time() if number % 1 else None)


@lru_cache(maxsize=4096)
def _from_text(typed: str, order: Order | None) -> Moment | AmbiguousDate | None:
    text = " ".join(typed.replace("\u00a0", " ").replace("\u202f", " ").split())
    if found := _NUMERIC.match(text):
        day = _day((found[1], found[3], found[4]), order, dotted=found[2] == ".")
        clock = found[5]
    elif found := _NAMED.match(text):
        day, clock = _named(found[2], found[1], found[3]), found[4]
    elif found := _DAY_FIRST.match(text):
        day, clock = _named(found[1], found[2], found[3]), found[4]
    else:
        return None
    if not isinstance(day, date):
        return AmbiguousDate(text) if day is not None else None
    if clock is None:
        return Moment(day, None)
    at = read_time(clock)
    return None if at is None else Moment(day, at)


def orders_of(raw: CellValue) -> frozenset[Order]:
    """The orders in which a date written in figures makes sense; empty where it is no such date."""
    return _orders_of(str(raw)) if isinstance(raw, str) else frozenset()


@lru_cache(maxsize=4096)
def _orders_of(text: str) -> frozenset[Order]:
    """A history has the same days over and over."""
    found = _NUMERIC.match(" ".join(text.split()))
    if found is None:
        return frozenset()
    parts = (found[1], found[3], found[4])
    return frozenset(order for order in _orders(dotted=found[2] == ".") if _in_order(parts, order))


def settled(cells: Iterable[CellValue]) -> Order | None:
    """The only order of day and month in which all dates among these cells make sense; `None` where there are two."""
    left = {"dmy", "mdy"}
    for each in cells:
        left &= (orders_of(each) & {"dmy", "mdy"}) or left
    return left.pop() if len(left) == 1 else None


def _orders(*, dotted: bool) -> tuple[Order, ...]:
    # Nobody puts the month first between full stops: 03.04.2026 is the 3rd of April wherever it is written.
    return ("dmy", "ymd") if dotted else ("dmy", "mdy", "ymd")


def _day(parts: tuple[str, str, str], order: Order | None, *, dotted: bool) -> date | str | None:
    """The date, `None`: there is no such date, or a word: more than one reading fits."""
    if order is not None and len(parts[0]) <= 2 and not dotted:
        return _in_order(parts, order)
    fits = {found for each in _orders(dotted=dotted) if (found := _in_order(parts, each))}
    return fits.pop() if len(fits) == 1 else "ambiguous" if fits else None


def _in_order(written: tuple[str, str, str], order: Order) -> date | None:
    parts = dict(zip(order, written, strict=True))
    year = parts["y"]
    if len(year) not in (2, 4) or len(parts["d"]) > 2 or (order == "ymd" and len(year) != 4):
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(parts["m"]), int(parts["d"]))
    except ValueError:
        return None


def _named(day: str, month: str, year: str) -> date | None:
    number = _MONTH_NUMBER.get(month.casefold()[:3])
    try:
        return date(int(year), number, int(day)) if number else None
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """`10:31`, `10:31:40 AM GMT+3`, `10:31:40.000+03:00`; with an offset it is an instant, without it is local."""
    found = _TIME.match(text.strip())
    if found is None:
        return None
    hour, half = int(found[1]), (found[5] or "").replace(".", "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    micro = int((found[4] or "0").ljust(6, "0"))
    try:
        return time(hour, int(found[2]), int(found[3] or 0), micro, tzinfo=_zone(found[6]))
    except ValueError:
        return None


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    found = _OFFSET.match(text)
    if found is None:
        return UTC
    span = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-span if found[1] == "-" else span)

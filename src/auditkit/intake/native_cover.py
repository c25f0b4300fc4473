"""The cover of our form read back: which visit, when, how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from auditkit.intake.misread import DATE_ORDER
from auditkit.intake.moments import AmbiguousDate, Moment, Order, read_moment, read_time
from auditkit.intake.native_faults import COVER, NO_COVER
from auditkit.intake.spelling_numbers import read_number
from auditkit.intake.spelling_rules import as_text
from auditkit.locales import LANGUAGES, has, say
from auditkit.model.visit import Outcome
from auditkit.problems import Code, Place, Problem, problem
from auditkit.tables.folding import fold
from auditkit.tables.table import Book, CellValue, ErrorCell, NoValue, Sheet, column_name


class Cover(NamedTuple):
    """Fields of `Submission` that the cover gives; `problems` are its own."""

    visit_id: str
    fields: dict[str, Any]
    problems: tuple[Problem, ...]
    sheet: str = ""


def no_cover(book: Book) -> Cover:
    """What is known where the cover is gone: nothing but the file."""
    name = _from_file(book)
    return Cover(name, {"visit_id": name, "branch": ""}, (problem(NO_COVER, Place(book.file), book.file),))


def _from_file(book: Book) -> str:
    return book.file.rpartition("/")[2].rpartition(".")[0] or book.file


def read_cover(book: Book, sheet: Sheet, key_at: int, order: Order | None = None) -> Cover:
    """The fields by the key beside them; what can't be read is a problem with its cell."""
    fields: dict[str, Any] = {}
    problems: list[Problem] = []
    letter = column_name(key_at)
    for number, name, raw in _cells(sheet, key_at):
        value = read_field(name, raw, order, date1904=book.date1904)
        if value is None or isinstance(value, Code):
            place = Place(book.file, sheet.name, f"{letter}{number}")
            problems.append(problem(value or COVER, place, as_text(raw), field=name, **said_of(name)))
        else:
            fields[name] = value
    return Cover(joined(fields, _from_file(book)), fields, tuple(problems), sheet.name)


def _cells(sheet: Sheet, key_at: int) -> Iterator[tuple[int, str, CellValue]]:
    """Row, field and value of every line that is filled; the value stands left of its key."""
    for number, row in enumerate(sheet.rows, 1) if key_at > 0 else ():
        name = row[key_at] if key_at < len(row) else None
        if name.__class__ is str and name in FIELDS:
            raw = row[key_at - 1]
            if raw is not None and (not isinstance(raw, str) or raw.strip() or isinstance(raw, NoValue)):
                yield number, name, raw


def said_of(name: str) -> dict[str, str]:
    """What the form calls a field, in every language that it is written in."""
    return {f"field@{each}": say(each, f"forms.{name}") for each in LANGUAGES if has(f"forms.{name}")}


def dates_of(sheet: Sheet, key_at: int) -> Iterator[CellValue]:
    """The cells of a cover that hold a date."""
    return (raw for _, name, raw in _cells(sheet, key_at) if name == "visit_date")


def joined(fields: dict[str, Any], otherwise: str) -> str:
    """Times of day become moments of the visit's date; a visit without a code gets one of branch, shopper and begin.

    `otherwise`: its code where not all three are known.
    """
    day = fields.get("visit_date")
    for name in ("start", "end"):
        at = fields.pop(name, None)
        if day is not None and at is not None:
            fields[name] = datetime.combine(day, at)
    if "start" in fields and "end" in fields and _backwards(fields["start"], fields["end"]):
        late = fields["end"] + timedelta(days=1)
        # A visit over midnight; anything longer is a slip of the pen, which the checks name.
        fields["end"] = late if late - fields["start"] < timedelta(hours=6) else fields["end"]
    fields.setdefault("branch", "")
    if "visit_id" not in fields:
        parts = [fields["branch"], fields.get("shopper"), fields.get("start") or day]
        known = [part.isoformat() if isinstance(part, (date, datetime)) else str(part) for part in parts if part]
        fields["visit_id"] = " ".join(known) if len(known) == 3 else otherwise
    return str(fields["visit_id"])


def _backwards(start: datetime, end: datetime) -> bool:
    # A time with an offset and one without can't be compared before the branch's zone is known.
    return (start.tzinfo is None) == (end.tzinfo is None) and end < start


def read_field(name: str, raw: CellValue, order: Order | None, *, date1904: bool) -> Any:
    """A field's value, `None` or a code where there is none in the cell."""
    if isinstance(raw, (ErrorCell, NoValue)):
        return None
    if name == "visit_date":
        found = read_moment(raw, order, date1904=date1904)
        return DATE_ORDER if isinstance(found, AmbiguousDate) else found.day if found is not None else None
    return _READERS[name](raw)


def _text(raw: CellValue) -> str | None:
    # A code such as 1-2 that a spreadsheet took for a date is lost.
    return None if isinstance(raw, (date, time, timedelta)) else as_text(raw).strip()


def _time(raw: CellValue) -> time | None:
    if isinstance(raw, datetime):
        return raw.time().replace(microsecond=0)
    if isinstance(raw, time):
        return raw
    if isinstance(raw, timedelta):
        return _clock(raw.seconds) if timedelta(0) <= raw < timedelta(days=1) else None
    if isinstance(raw, str):
        whole = read_moment(raw)
        return whole.at if isinstance(whole, Moment) else read_time(raw)
    if isinstance(raw, float) and 0 <= raw < 1:
        return _clock(round(raw * 86_400))
    return None


def _clock(seconds: int) -> time:
    minutes, second = divmod(seconds % 86_400, 60)
    return time(*divmod(minutes, 60), second)


def _count(raw: CellValue) -> int | None:
    number = read_number(raw)
    return int(number) if isinstance(number, Decimal) and number == int(number) and 0 <= number < 100_000 else None


def _minutes(raw: CellValue) -> Decimal | None:
    number = read_number(raw)
    return number if isinstance(number, Decimal) and number >= 0 else None


@cache
def outcomes() -> dict[str, Outcome]:
    """Folded words in all languages → outcome; its own name too."""
    said = {fold(say(lang, f"forms.outcome_{each.value}")): each for lang in LANGUAGES for each in Outcome}
    return said | {fold(each.value): each for each in Outcome}


def _outcome(raw: CellValue) -> Outcome | None:
    return outcomes().get(fold(as_text(raw)))


_READERS: dict[str, Callable[[CellValue], Any]] = {
    "visit_id": _text,
    "branch": _text,
    "wave": _text,
    "shopper": _text,
    "position": _text,
    "employee": _text,
    "supersedes": _text,
    "language": _text,
    "start": _time,
    "end": _time,
    "outcome": _outcome,
    "attempts": _count,
    "customers_waiting": _count,
    "staff_on_duty": _count,
    "minutes_to_first_contact": _minutes,
}
FIELDS = frozenset({"visit_date", *_READERS})

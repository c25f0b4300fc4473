"""The cover of our form read back: which visit, when, how it ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from auditkit.intake.moments import Moment, read_moment, read_time
from auditkit.intake.native_faults import COVER, NO_COVER
from auditkit.intake.spelling_numbers import read_number
from auditkit.intake.spelling_rules import as_text
from auditkit.locales import LANGUAGES, say
from auditkit.model.visit import Outcome
from auditkit.problems import Place, Problem, problem
from auditkit.tables.folding import fold
from auditkit.tables.table import Book, CellValue, Sheet, column_name


class Cover(NamedTuple):
    """Fields of `Submission` that the cover gives; `problems` are its own."""

    visit_id: str
    fields: dict[str, Any]
    problems: tuple[Problem, ...]


def no_cover(book: Book) -> Cover:
    """What is known where the cover is gone: nothing but the file."""
    name = _from_file(book)
    return Cover(name, {"visit_id": name, "branch": ""}, (problem(NO_COVER, Place(book.file), book.file),))


def _from_file(book: Book) -> str:
    return book.file.rpartition("/")[2].rpartition(".")[0] or book.file


def read_cover(book: Book, sheet: Sheet, key_at: int) -> Cover:
    """The fields by the key beside them; what can't be read is a problem with its cell."""
    fields: dict[str, Any] = {}
    problems: list[Problem] = []
    value_at = max(0, key_at - 1)
    letter = column_name(value_at + 1)
    for number, row in enumerate(sheet.rows, 1):
        name = row[key_at] if key_at < len(row) else None
        reader = _READERS.get(name) if name.__class__ is str else None
        raw = row[value_at] if reader is not None else None
        if reader is None or raw is None or raw == "" or (isinstance(raw, str) and not raw.strip()):
            continue
        value = reader(raw)
        if value is None:
            place = Place(book.file, sheet.name, f"{letter}{number}")
            problems.append(problem(COVER, place, as_text(raw), field=name))
        else:
            fields[str(name)] = value
    return Cover(_joined(fields, book), fields, tuple(problems))


def _joined(fields: dict[str, Any], book: Book) -> str:
    """Times of day become moments of the visit's date; a visit without a code gets one of branch, shopper and begin."""
    day = fields.get("visit_date")
    for name in ("start", "end"):
        at = fields.pop(name, None)
        if day is not None and at is not None:
            fields[name] = datetime.combine(day, at)
    if "start" in fields and "end" in fields and fields["end"] < fields["start"]:
        late = fields["end"] + timedelta(days=1)
        # A visit over midnight; anything longer is a slip of the pen, which the checks name.
        fields["end"] = late if late - fields["start"] < timedelta(hours=6) else fields["end"]
    fields.setdefault("branch", "")
    if "visit_id" not in fields:
        parts = [fields["branch"], fields.get("shopper"), fields.get("start") or day]
        known = [part.isoformat() if isinstance(part, (date, datetime)) else str(part) for part in parts if part]
        fields["visit_id"] = " ".join(known) if len(known) == 3 else _from_file(book)
    return str(fields["visit_id"])


def _text(raw: CellValue) -> str:
    return as_text(raw).strip()


def _day(raw: CellValue) -> date | None:
    found = read_moment(raw)
    return found.day if isinstance(found, Moment) else None


def _time(raw: CellValue) -> time | None:
    if isinstance(raw, datetime):
        return raw.time().replace(microsecond=0)
    if isinstance(raw, time):
        return raw
    if isinstance(raw, timedelta):
        return (datetime.min + raw).time() if timedelta(0) <= raw < timedelta(days=1) else None
    if isinstance(raw, str):
        return read_time(raw)
    if isinstance(raw, float) and 0 <= raw < 1:
        return (datetime.min + timedelta(seconds=round(raw * 86_400))).time()
    return None


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


_READERS: dict[Any, Callable[[CellValue], Any]] = {
    "visit_id": _text,
    "branch": _text,
    "wave": _text,
    "shopper": _text,
    "position": _text,
    "supersedes": _text,
    "visit_date": _day,
    "start": _time,
    "end": _time,
    "outcome": _outcome,
    "attempts": _count,
    "customers_waiting": _count,
    "staff_on_duty": _count,
    "minutes_to_first_contact": _minutes,
}

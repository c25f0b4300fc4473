"""Which items are asked, and when they are due, once more: section 2 of the specification on states and times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from .oracle_credits import Data, is_scored

Answers = Mapping[str, Any]
UNKNOWN = "hangs on a required blank"


class Around(NamedTuple):
    """What besides the answers decides."""

    zone: str
    working: Mapping[date, bool]
    handed_in: datetime | None
    position: str | None


class Wrong(Exception):  # noqa: N818
    """Something that cannot be reckoned; the code of its problem."""


def items_with_conditions(sections: list[Data], above: tuple[Any, ...] = ()) -> Iterator[tuple[Data, str, list[Any]]]:
    """Every item, its section, and all conditions on it."""
    for section in sections:
        here = (*above, section["applies_when"]) if "applies_when" in section else above
        for item in section.get("items", []):
            yield item, section["id"], [*here, *([item["applies_when"]] if "applies_when" in item else [])]
        yield from items_with_conditions(section.get("sections", []), here)


def required(item: Data) -> bool:
    if item.get("kind") in ("duration", "deadline"):
        return False
    return bool(item.get("required", is_scored(item) and item.get("seen_by", "shopper") == "shopper"))


class Asking:
    """Whether each item of a visit is asked; asks about one item by asking about those that its condition names."""

    def __init__(self, doc: Data, answers: Answers, position: str | None) -> None:
        self.doc = doc
        self.all = {item["id"]: (item, conditions) for item, _, conditions in items_with_conditions(doc["sections"])}
        self.answers = answers
        self.position = position

    def asked(self, id_: str) -> bool:
        item, conditions = self.all[id_]
        if self.position and item.get("for") and self.position not in item["for"]:
            return False
        if self.answers.get(id_) == "not_asked":
            return False
        return self.holds({"all": conditions}) is True

    def holds(self, condition: Any) -> bool | str:
        if isinstance(condition, list) or "all" in condition:
            parts = [self.holds(c) for c in (condition if isinstance(condition, list) else condition["all"])]
            return False if False in parts else UNKNOWN if UNKNOWN in parts else True
        if "any" in condition:
            parts = [self.holds(c) for c in condition["any"]]
            return True if True in parts else UNKNOWN if UNKNOWN in parts else False
        if "not" in condition:
            inner = self.holds(condition["not"])
            return inner if inner == UNKNOWN else not inner
        return self.test(condition)

    def test(self, test: Data) -> bool | str:  # noqa: PLR0911  one line a comparison
        id_ = test["item"]
        if not self.asked(id_):
            return False
        answer = self.answers.get(id_)
        if answer is None:
            return UNKNOWN if required(self.all[id_][0]) else False
        if "is" in test and same(answer, test["is"]) is False:
            return False
        if "in" in test and not any(same(answer, one) for one in test["in"]):
            return False
        if "includes" in test and not (isinstance(answer, tuple) and test["includes"] in answer):
            return False
        if "at_least" in test or "at_most" in test:
            if isinstance(answer, (str, tuple, datetime)):
                return False
            value = Fraction(str(answer))
            low, high = test.get("at_least"), test.get("at_most")
            return (low is None or value >= Fraction(low)) and (high is None or value <= Fraction(high))
        return True


def same(answer: Any, wanted: str) -> bool:
    if isinstance(answer, tuple):
        return answer == (wanted,) or (answer == () and wanted == "none")
    if isinstance(answer, str):
        return answer == wanted
    try:
        return Fraction(str(answer)) == Fraction(wanted)
    except ValueError:
        return False


# -- time ------------------------------------------------------------------------------------------------------------


def instant(value: datetime, zone: str) -> datetime:
    """In UTC. A local time is the earliest instant at which the clocks of the branch show it."""
    if value.tzinfo is not None:
        return value.astimezone(UTC)
    quarter = timedelta(minutes=15)
    shown = [(value.replace(tzinfo=UTC) + n * quarter) for n in range(-60, 61)]
    fits = [each for each in shown if each.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == value]
    if not fits:
        raise Wrong("G102")
    return min(fits)


def local_date(when: datetime, zone: str) -> date:
    return when.astimezone(ZoneInfo(zone)).date()


def end_of(day: date, zone: str) -> datetime:
    """24:00 of a local date: the first instant of the next."""
    when = datetime.combine(day, time(12), UTC)
    while local_date(when, zone) <= day:
        when += timedelta(minutes=15)
    while local_date(when - timedelta(minutes=15), zone) > day:
        when -= timedelta(minutes=15)
    return when


def counts(day: date, unit: str, working: Mapping[date, bool]) -> bool:
    if unit == "days":
        return True
    if day not in working:
        raise Wrong("G103")
    return working[day]


def nth(day: date, n: int, unit: str, working: Mapping[date, bool]) -> date:
    while n:
        day += timedelta(days=1)
        n -= counts(day, unit, working)
    return day


def dates_between(first: date, last: date, unit: str, working: Mapping[date, bool]) -> Fraction:
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    return Fraction(sum(counts(day, unit, working) for day in days))


def gone(first: datetime, last: datetime, unit: str) -> Fraction:
    return Fraction((last - first) // timedelta(microseconds=1), 1_000_000) / {"minutes": 60, "hours": 3600}[unit]


def span(item: Data) -> tuple[int, str]:
    n, _, unit = item["within"].partition(" ")
    return int(n), unit.replace(" ", "_").rstrip("s") + "s"


def due(item: Data, start: datetime | None, promised: datetime | None, around: Around) -> datetime:
    if promised is not None:
        return promised
    assert start is not None
    day = local_date(start, around.zone)
    if item.get("same_day"):
        return end_of(day, around.zone)
    if "next_working_day_at" in item:
        at = datetime.combine(
            nth(day, 1, "working_days", around.working), time.fromisoformat(item["next_working_day_at"])
        )
        return instant(at, around.zone)
    n, unit = span(item)
    if unit in ("minutes", "hours"):
        return start + timedelta(**{unit: n})
    return end_of(nth(day, n, unit, around.working), around.zone)


def minute(when: datetime) -> datetime:
    return when.replace(second=0, microsecond=0)


def timed(item: Data, answers: Answers, asking: Asking, around: Around) -> tuple[str, Any]:  # noqa: PLR0911
    """("answer", what was reckoned) or ("state", the state) of a duration or deadline."""
    found: dict[str, Any] = {}
    for key in ("from", "promised", "to"):
        if key not in item:
            continue
        id_, answer = item[key], answers.get(item[key])
        if not asking.asked(id_):
            return "state", "not_asked"
        if answer in ("not_applicable", "not_observed"):
            return "state", str(answer)
        if key != "to" and answer == "never":
            return "state", "not_applicable"
        if answer is None and required(asking.all[id_][0]):
            return "state", "not_asked"
        if answer is None and key != "to":
            return "state", "missing"
        found[key] = instant(answer, around.zone) if isinstance(answer, datetime) else answer
    if item["kind"] == "duration":
        return length(item, found, around)
    return deadline(item, found, around)


def length(item: Data, found: dict[str, Any], around: Around) -> tuple[str, Any]:
    start, end = found["from"], found["to"]
    if end is None:
        return "state", "missing"
    if end == "never":
        return "answer", "never"
    if end < start:
        raise Wrong("G104")
    if item["unit"] in ("minutes", "hours"):
        return "answer", gone(start, end, item["unit"])
    days = local_date(start, around.zone), local_date(end, around.zone)
    return "answer", dates_between(*days, item["unit"], around.working)


def deadline(item: Data, found: dict[str, Any], around: Around) -> tuple[str, Any]:
    start, end = found.get("from"), found["to"]
    if end == "never":
        return "answer", "never"
    limit = due(item, start, found.get("promised"), around)
    if end is None:
        waiting = around.handed_in is not None and limit > instant(around.handed_in, around.zone)
        return "state", "pending" if waiting else "missing"
    if start is not None and end < start:
        raise Wrong("G104")
    kept = minute(end) <= minute(limit)
    if not item.get("bands"):
        return "answer", "met" if kept else "missed"
    if kept:
        return "answer", Fraction(0)
    unit = span(item)[1] if "within" in item else "hours"
    if unit in ("minutes", "hours"):
        return "answer", gone(minute(limit), minute(end), unit)
    last = local_date(limit - timedelta(microseconds=1), around.zone)
    return "answer", max(Fraction(1), dates_between(last, local_date(end, around.zone), unit, around.working))

"""Deadlines and durations: zones, working days, never, pending."""

# ruff: noqa: DTZ001  local times without an offset are what is tested
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

import pytest

from auditkit.model.programme import WorkingCalendar
from auditkit.model.score import VisitScore
from auditkit.scoring import score

from .made import checklist, visit, weekdays

FRIDAY = datetime(2026, 3, 13, 16, 0)
BANDS = [{"up_to": 0, "credit": 1}, {"up_to": 2, "credit": "0.5"}, {"credit": 0}]


def deadline(answers: dict[str, Any], more: dict[str, Any], *, stamps: Any = (), **given: Any) -> VisitScore:
    item = {"id": "due", "text": "t", "kind": "deadline", "from": "a", "to": "b", **more}
    times = [{"id": name, "text": "t", "kind": "timestamp", **dict(stamps)} for name in "abp"]
    handed_in = given.pop("handed_in", None)
    given.setdefault("calendar", weekdays())
    keep = {"id": "keep", "text": "t"}
    return score(checklist(*times, item, keep), visit({**answers, "keep": "yes"}, handed_in=handed_in), **given)


def outcome(result: VisitScore) -> Any:
    item = next(item for item in result.items if item.item == "due")
    return item.credit if item.state.value == "scored" else item.state.value


def at(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, second)


@pytest.mark.parametrize(
    ("rule", "sent", "expected"),
    [
        ({"within": "24 hours"}, at(14, 16, 0, 59), 1),
        ({"within": "24 hours"}, at(14, 16, 1), 0),
        ({"within": "90 minutes"}, at(13, 17, 30), 1),
        ({"within": "90 minutes"}, at(13, 17, 31), 0),
        ({"within": "1 day"}, at(14, 23, 59), 1),
        ({"within": "1 days"}, at(15, 0, 0), 1),
        ({"within": "1 days"}, at(15, 0, 1), 0),
        ({"within": "0 days"}, at(13, 23, 59), 1),
        ({"within": "1 working day"}, at(16, 23, 59), 1),
        ({"within": "1 working days"}, at(17, 0, 1), 0),
        ({"within": "5 working days"}, at(20, 23, 0), 1),
        ({"within": "5 working days"}, at(21, 1, 0), 0),
        ({"same_day": True}, at(13, 23, 59), 1),
        ({"same_day": True}, at(14, 0, 1), 0),
        ({"next_working_day_at": "11:00"}, at(16, 11, 0), 1),
        ({"next_working_day_at": "11:00"}, at(16, 11, 1), 0),
    ],
)
def test_due_times(rule: dict[str, Any], sent: datetime, expected: int) -> None:
    assert outcome(deadline({"a": FRIDAY, "b": sent}, rule)) == expected


@pytest.mark.parametrize(
    ("rule", "sent", "expected"),
    [
        ({"within": "24 hours"}, at(14, 15), "1"),
        ({"within": "24 hours"}, at(14, 18), "0.5"),
        ({"within": "24 hours"}, at(14, 18, 1), "0"),
        ({"same_day": True}, at(14, 2), "0.5"),
        ({"within": "1 days"}, at(16, 9), "0.5"),
        ({"within": "1 days"}, at(17, 9), "0"),
        ({"within": "0 working days"}, at(14, 9), "0.5"),
        ({"within": "0 working days"}, at(17, 9), "0.5"),
        ({"within": "0 working days"}, at(18, 9), "0"),
    ],
)
def test_bands_on_lateness(rule: dict[str, Any], sent: datetime, expected: str) -> None:
    assert outcome(deadline({"a": FRIDAY, "b": sent}, {**rule, "bands": BANDS})) == Fraction(expected)


def test_a_promised_time_is_a_due_time() -> None:
    promised = {"promised": "p", "from": None}
    assert outcome(deadline({"p": at(14, 10), "b": at(14, 10)}, promised)) == 1
    assert outcome(deadline({"p": at(14, 10), "b": at(14, 10, 1)}, promised)) == 0
    assert outcome(deadline({"p": "never", "b": at(14, 10)}, promised)) == "not_applicable"
    assert outcome(deadline({"b": at(14, 10)}, promised)) == "missing"


RULE = {"within": "24 hours"}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"a": FRIDAY, "b": "never"}, 0),
        ({"a": "never", "b": at(14, 9)}, "not_applicable"),
        ({"a": "never", "b": "never"}, "not_applicable"),
        ({"b": "never"}, "missing"),
        ({"a": "not_observed", "b": at(14)}, "not_observed"),
        ({"a": FRIDAY, "b": "not_applicable"}, "not_applicable"),
        ({"a": FRIDAY}, "missing"),
        ({"a": "not_asked", "b": at(14)}, "not_asked"),
    ],
)
def test_never_and_states(answers: dict[str, Any], expected: Any) -> None:
    assert outcome(deadline(answers, RULE)) == expected


def test_never_takes_the_last_band() -> None:
    assert outcome(deadline({"a": FRIDAY, "b": "never"}, {**RULE, "bands": BANDS})) == 0
    duration = {"kind": "duration", "unit": "hours", "bands": BANDS}
    assert outcome(deadline({"a": FRIDAY, "b": "never"}, duration)) == 0


@pytest.mark.parametrize(
    ("handed_in", "state"),
    [(at(14, 15, 59), "pending"), (at(14, 16), "missing"), (at(15), "missing"), (None, "missing")],
)
def test_pending_until_the_due_time(handed_in: datetime | None, state: str) -> None:
    result = deadline({"a": FRIDAY}, RULE, handed_in=handed_in)
    assert (outcome(result), result.provisional, result.score) == (state, state == "pending", 100)
    assert result.n_missing == (0 if state == "pending" else 1)


def test_a_required_time_left_blank_is_one_problem() -> None:
    result = deadline({"b": at(14)}, RULE, stamps={"required": True})
    assert (outcome(result), result.missing) == ("not_asked", ("a", "p"))


def test_an_ambiguous_local_time_is_the_earlier_one() -> None:
    # On 25 October 2026 Warsaw's clocks go from 03:00 back to 02:00: 02:30 is 00:30 or 01:30 UTC.
    answers = {"a": datetime(2026, 10, 25, 2, 30), "b": datetime(2026, 10, 25, 1, 31, tzinfo=UTC)}
    assert outcome(deadline(answers, {"within": "1 hours"}, time_zone="Europe/Warsaw")) == 0
    answers["b"] = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert outcome(deadline(answers, {"within": "1 hours"}, time_zone="Europe/Warsaw")) == 1
    later = {**answers, "a": datetime(2026, 10, 25, 2, 30, fold=1)}
    assert outcome(deadline(later, {"within": "1 hours"}, time_zone="Europe/Warsaw")) == 1


def test_hours_are_elapsed_where_clocks_change() -> None:
    answers = {"a": datetime(2026, 3, 28, 12, 0), "b": datetime(2026, 3, 29, 13, 0)}
    assert outcome(deadline(answers, RULE, time_zone="Europe/Warsaw")) == 1
    assert outcome(deadline(answers, RULE, time_zone="Asia/Almaty")) == 0


def test_a_time_with_an_offset_is_an_instant_and_its_date_the_branchs() -> None:
    east = timezone(timedelta(hours=5))
    answers = {"a": datetime(2026, 3, 13, 23, 0, tzinfo=UTC), "b": datetime(2026, 3, 14, 23, 0, tzinfo=east)}
    # 23:00 UTC on the 13th is 04:00 on the 14th in Almaty.
    assert outcome(deadline(answers, {"same_day": True}, time_zone="Asia/Almaty")) == 1
    assert outcome(deadline(answers, {"same_day": True}, time_zone="UTC")) == 0


@pytest.mark.parametrize(
    ("answers", "rule", "given", "code"),
    [
        ({"a": FRIDAY, "b": at(14)}, RULE, {"time_zone": "Mars/Olympus"}, "G101"),
        ({"a": FRIDAY, "b": at(14)}, RULE, {"time_zone": "../etc"}, "G101"),
        ({"a": datetime(2026, 3, 29, 2, 30), "b": at(30)}, RULE, {"time_zone": "Europe/Warsaw"}, "G102"),
        ({"a": FRIDAY, "b": at(16)}, {"within": "1 working days"}, {"calendar": None}, "G103"),
        ({"a": FRIDAY, "b": at(16)}, {"within": "1 working days"}, {"calendar": weekdays(days=73)}, "G103"),
        ({"a": FRIDAY, "b": at(13, 15)}, RULE, {}, "G104"),
        ({"a": FRIDAY, "b": "soon"}, RULE, {}, "G105"),
        ({"a": datetime(9999, 12, 31, 23), "b": at(14)}, {"within": "3 days"}, {}, "G102"),
    ],
)
def test_what_cannot_be_reckoned__error(
    answers: dict[str, Any], rule: dict[str, Any], given: dict[str, Any], code: str
) -> None:
    result = deadline(answers, rule, **given)
    assert [(found, item) for found, item, _ in result.problems] == [(code, "due")]
    assert (outcome(result), result.score, result.n_missing) == ("missing", 100, 1)


def test_a_holiday_is_no_working_day() -> None:
    days = dict(weekdays().days) | {date(2026, 3, 16): False}
    calendar = WorkingCalendar(days)
    rule = {"within": "1 working days"}
    assert outcome(deadline({"a": FRIDAY, "b": at(17, 12)}, rule, calendar=calendar)) == 1
    assert outcome(deadline({"a": FRIDAY, "b": at(17, 12)}, rule)) == 0


def test_a_duration_is_exact_to_the_second() -> None:
    duration = {"kind": "duration", "unit": "minutes", "bands": [{"up_to": "0.5", "credit": 1}, {"credit": 0}]}
    assert outcome(deadline({"a": at(13, 9, 0, 0), "b": at(13, 9, 0, 30)}, duration)) == 1
    assert outcome(deadline({"a": at(13, 9, 0, 0), "b": at(13, 9, 0, 31)}, duration)) == 0


def test_a_time_that_nobody_asked_for_does_not_count() -> None:
    asked_if = {"applies_when": {"item": "keep", "is": "no"}}
    assert outcome(deadline({"a": FRIDAY, "b": at(13, 17)}, RULE, stamps=asked_if)) == "not_asked"


@pytest.mark.parametrize(("end", "expected"), [(at(13, 9, 0, 30), 1), (at(13, 9, 0, 30).replace(microsecond=1), 0)])
def test_a_duration_is_exact_to_what_was_written(end: datetime, expected: int) -> None:
    bands = [{"up_to": "0.5", "credit": 1}, {"credit": 0}]
    rule = {"kind": "duration", "unit": "minutes", "bands": bands}
    assert outcome(deadline({"a": at(13, 9), "b": end}, rule)) == expected

"""Rating rules as organisations have them, each figure reckoned by hand (the sums stand beside it)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from auditkit.definitions.checklists import load_checklist
from auditkit.model.checklist import Checklist
from auditkit.model.programme import WorkingCalendar
from auditkit.model.score import VisitScore
from auditkit.model.visit import Source, State, Submission
from auditkit.scoring import bridge, points_lost, score
from auditkit.scoring.dimensions import dimension_scores

HERE = Path(__file__).parent / "practice"
EASTER_MONDAY = date(2026, 4, 6)
DAYS = [date(2026, 3, 1) + timedelta(days=n) for n in range(90)]
CALENDAR = WorkingCalendar({day: day.weekday() < 5 and day != EASTER_MONDAY for day in DAYS})


def checklist(name: str) -> Checklist:
    found, problems = load_checklist(HERE / f"{name}.yaml")
    assert problems == ()
    assert found is not None
    return found


def visited(name: str, answers: Mapping[str, Any], **more: Any) -> tuple[Checklist, VisitScore]:
    of = checklist(name)
    given = Submission(
        visit_id="v",
        checklist=of.checklist,
        version=of.version,
        branch="B",
        answers=dict(answers),
        source=Source(file="v.xlsx"),
        **more,
    )
    result = score(of, given, calendar=CALENDAR, time_zone="Europe/Warsaw")
    assert result.problems == ()
    if result.score is not None:
        assert sum(line.points for line in bridge(of, result)) == result.score
    return of, result


def outcome(result: VisitScore) -> tuple[Fraction | None, str, str | None, str | None]:
    verdict = result.verdict.value if result.verdict is not None else None
    return result.score, str(result.shown), result.grade, verdict


def sections(result: VisitScore) -> dict[str, Fraction | None]:
    return {one.section: one.score for one in result.sections}


BANK = {
    "clean": "yes", "queue": Decimal(3), "signs": "yes", "asks": "yes", "listens": "yes", "explains": "full",
    "privacy": "yes", "rates": "yes", "thanks": "yes", "card": "yes",
}  # fmt: skip


def test_bank__weighed_sections_within_sections() -> None:
    given = {"queue": Decimal(7), "signs": "not_applicable", "listens": "no", "explains": "part", "rates": "no"}
    of, result = visited("bank", {**BANK, **given})
    # place (1 + 2·½) / 3; needs 1/2; offer (½ + 1 + 0) / 4; talk (2·50 + 3·37.5) / 5; leave 2/2
    assert sections(result) == {
        "place": Fraction(200, 3), "talk": Fraction("42.5"), "needs": 50, "offer": Fraction("37.5"), "leave": 100,
    }  # fmt: skip
    # (20·66⅔ + 50·42.5 + 30·100) / 100 = 13⅓ + 21¼ + 30
    assert outcome(result) == (Fraction(775, 12), "64.6", "C", "pass")
    assert dimension_scores(of, result) == {"speed": 50, "trust": 75}
    # of rates: 50/100 of the visit × 3/5 of the talk × 2 of 4 points
    assert points_lost(of, result)["rates"] == 15


def test_bank__one_item_caps_the_visit() -> None:
    _, result = visited("bank", {**BANK, "privacy": "no"})
    # offer 3/4, talk (2·100 + 3·75) / 5 = 85, visit 20 + 42.5 + 30 = 92.5, then 49
    assert result.base == Fraction("92.5")
    assert outcome(result) == (49, "49.0", "D", "fail")
    assert [(step.what, step.before, step.after, step.item) for step in result.steps] == [
        ("cap_visit", Fraction("92.5"), 49, "privacy")
    ]


def test_bank__what_was_not_seen_counts_as_nothing_and_a_section_without_answers_drops_out() -> None:
    given = {"queue": "not_observed", "thanks": "not_applicable", "card": "not_applicable"}
    _, result = visited("bank", {**BANK, **given})
    # place (1 + 0 + 1) / 4 = 50; talk 100; leave out: (20·50 + 50·100) / 70
    assert outcome(result) == (Fraction(600, 7), "85.7", "B", "pass")
    assert (result.n_scored, result.n_not_observed, result.n_not_applicable) == (7, 1, 2)


DEALER = {"greeted": "fast", "card": "yes", "offered": "yes", "explained": 5, "what": ("coffee", "seat", "leaflet"),
          "lounge": "yes"}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "expected", "ends"),
    [
        # 10 + 5 + 3 + 10 + 2·5 + 4, and 4 on top
        ({}, (46, "46.0", "gold", "pass"), (2, 42)),
        # 10 + 5 + 3 + 10 + 2·4 + (1 + 2) + 0
        ({"explained": 4, "what": ("coffee", "seat"), "lounge": "no"}, (39, "39.0", "silver", "pass"), (2, 42)),
        # without the test drive: neither its 10 points nor its deduction
        (
            {"offered": "not_applicable", "explained": 4, "what": ("coffee", "seat"), "lounge": "no"},
            (29, "29.0", "bronze", "pass"),
            (2, 32),
        ),
        # 10 − 5 + 0 + 0 + 0 − 3 + 4 = 6, and 10 deducted: points are never held
        (
            {"greeted": "not_at_all", "card": "no", "offered": "no", "explained": 0, "what": ("pressed",)},
            (-4, "-4.0", "without", "fail"),
            (2, 42),
        ),
        # 10 − 5 + 3 + 10 + 10 + 4 + 4 = 36: enough for silver, and a major finding keeps gold away in any case
        ({"greeted": "not_at_all"}, (36, "36.0", "silver", "pass"), (2, 42)),
    ],
)
def test_dealer__points_with_penalties_and_a_bonus(given: Any, expected: Any, ends: Any) -> None:
    _, result = visited("dealer", {**DEALER, **given})
    assert outcome(result) == expected
    assert (result.lowest, result.highest) == ends


def test_dealer__sections_hold_points() -> None:
    _, result = visited("dealer", {**DEALER, "offered": "no", "what": ("coffee", "pressed")})
    # welcome 5 + 3; drive 0 + 10; extras 1 − 3 + 4; 10 + 8 + 10 + 2 − 10
    assert sections(result) == {"welcome": 8, "drive": 10, "extras": 2}
    assert outcome(result) == (20, "20.0", "bronze", "fail")
    assert result.base == 10 + 8 + 10 - 2


CALLS = {"rings": Decimal(2), "greeting": "yes", "verifies": "yes", "script": "all_of_it", "empathy": 5,
         "hold": Decimal(20), "recap": "yes", "extra": "no"}  # fmt: skip


def test_calls__pooled_with_a_bonus_beyond_the_full_score() -> None:
    given = {"rings": Decimal(4), "script": "part", "empathy": 4, "hold": Decimal(75), "extra": "yes"}
    _, result = visited("calls", {**CALLS, **given})
    # (2·½ + 1) + (1 + ½ + 3·¾ + 45/90) + (1 + 1) of 2 + 1 + 1 + 1 + 3 + 1 + 1 = 10
    assert outcome(result) == (Fraction("82.5"), "82.50", "good", "pass")
    assert sections(result) == {"opening": Fraction(200, 3), "body": Fraction(425, 6), "close": 200}
    _, best = visited("calls", {**CALLS, "extra": "yes"})
    assert outcome(best) == (110, "110.00", "excellent", "pass")


def test_calls__a_fatal_error_and_a_call_nobody_took() -> None:
    _, fatal = visited("calls", {**CALLS, "verifies": "no"})
    assert (fatal.base, outcome(fatal)) == (90, (0, "0.00", "poor", "fail"))
    _, unanswered = visited("calls", {}, outcome="no_answer")
    assert outcome(unanswered) == (0, "0.00", "poor", "fail")
    _, nobody = visited("calls", {}, outcome="refused")
    assert outcome(nobody) == (None, "None", None, None)


KITCHEN = {"temperature": "ok", "hands": "yes", "labels": "yes", "pests": (), "surfaces": Decimal(0)}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"surfaces": Decimal(1)}, (2, "2.0", "A", "pass")),
        # 7 alone would be an A: the cap leaves B, and a critical failure fails the verdict
        ({"temperature": "bad"}, (7, "7.0", "B", "fail")),
        # 10 is within 13, and one item above 7
        ({"temperature": "danger"}, (10, "10.0", "B", "pass")),
        # 7 + 2 + 2, and 3 more deducted to the worse
        ({"temperature": "bad", "labels": "no", "pests": ("flies",)}, (14, "14.0", "B", "fail")),
        # not seen counts as the worst: nothing would be a present
        ({"hands": "not_observed"}, (5, "5.0", "A", "pass")),
        # 10 + 5 + 2 + 3 + 18 + 7
        (
            {"temperature": "danger", "hands": "no", "labels": "no", "pests": ("flies", "mice", "roaches"),
             "surfaces": Decimal(9)},
            (45, "45.0", "C", "fail"),
        ),
    ],
)  # fmt: skip
def test_kitchen__demerits(given: Any, expected: Any) -> None:
    _, result = visited("kitchen", {**KITCHEN, **given})
    assert outcome(result) == expected
    assert (result.highest, result.lowest) == (0, 42)


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("AAAAAAAABB", (95, "95.0", "five", "pass")),  # partly met is no finding
        ("AAAAAAAAAF", (90, "90.0", "four", "pass")),  # one minor finding is one too many for five
        ("AAAAAAAAAM", (90, "90.0", "four", "pass")),  # one major finding is allowed in four
        ("AAAAAAAAMM", (80, "80.0", "three", "pass")),  # two are not
        ("AAAAAAAABF", (Fraction("87.5"), "87.5", "four", "pass")),
        ("AAAAAAAAAX", (90, "90.0", "two", "fail")),
        ("AAAAAAAFFF", (70, "70.0", "three", "pass")),
        ("BBBBBBBBCC", (65, "65.0", "three", "pass")),
    ],
)
def test_hotel__letters_with_limits(letters: str, expected: Any) -> None:
    names = [*(f"r{n}" for n in range(1, 7)), *(f"d{n}" for n in range(1, 5))]
    _, result = visited("hotel", dict(zip(names, letters, strict=True)))
    assert outcome(result) == expected


def at(*moment: int) -> datetime:
    return datetime(*moment)  # type: ignore[arg-type]  # noqa: DTZ001  local to the branch


def states(result: VisitScore) -> dict[str, tuple[str, Fraction | None]]:
    return {item.item: (item.state.value, item.credit) for item in result.items if item.section == "kept"}


def test_complaints__around_a_holiday() -> None:
    _, result = visited(
        "complaints",
        {
            "received": at(2026, 4, 2, 16, 0),  # a Thursday; Monday the 6th is free
            "confirmed": at(2026, 4, 3, 15, 59),
            "replied": at(2026, 4, 10, 9, 0),  # due at the end of Wednesday the 8th: two working days late
            "promised": at(2026, 4, 9, 12, 0),
            "called": at(2026, 4, 9, 12, 0, 45),
        },
    )
    assert states(result) == {
        "confirmation": ("scored", 1),
        "by_eleven": ("scored", 0),
        "reply": ("scored", Fraction(1, 2)),
        "call": ("scored", 1),
        "length": ("scored", Fraction(1, 2)),  # 3, 7, 8, 9, 10 April
    }
    # (2 + 0 + 5·½ + 2 + ½) / 11
    assert outcome(result) == (Fraction(700, 11), "63.6", "late", "pass")


def test_complaints__never_answered_over_the_night_of_the_clocks() -> None:
    _, result = visited(
        "complaints",
        {
            "received": at(2026, 3, 28, 12, 0),  # a Saturday; 24 hours later it is 13:00
            "confirmed": at(2026, 3, 29, 13, 0),
            "replied": "never",
            "promised": "never",
        },
    )
    assert states(result) == {
        "confirmation": ("scored", 1),
        "by_eleven": ("scored", 1),
        "reply": ("scored", 0),
        "call": ("not_applicable", None),
        "length": ("scored", 0),
    }
    assert outcome(result) == (Fraction(100, 3), "33.3", "broken", "fail")  # 3 of 2 + 1 + 5 + 1


def test_complaints__still_running() -> None:
    _, result = visited(
        "complaints",
        {"received": at(2026, 4, 2, 16, 0), "confirmed": at(2026, 4, 2, 16, 30)},
        handed_in=at(2026, 4, 7, 10, 0),
    )
    assert (result.provisional, result.n_missing) == (True, 2)
    assert [item.item for item in result.items if item.state is State.PENDING] == ["reply"]
    assert outcome(result) == (100, "100.0", "kept", "pass")


STATION = {"clean": "yes", "gloves": "yes", "price": "yes", "works": "at_once", "gauge": "yes", "greets": "yes",
           "offers": ("coffee", "club", "wash"), "toilet": 5, "round": "yes"}  # fmt: skip


def test_station__positions_and_parts_of_parts() -> None:
    given = {"gloves": "not_applicable", "works": "slowly", "offers": ("coffee", "wash"), "toilet": 4}
    _, result = visited("station", {**STATION, **given}, position="cashier")
    # pumps 2/2 (gloves left out); air 1.5/2; forecourt (1·100 + 3·75) / 4; shop (1 + ¾ + ¾) / 3
    assert sections(result) == {
        "forecourt": Fraction("81.25"), "pumps": 100, "air": 75, "shop": Fraction(250, 3),
    }  # fmt: skip
    assert outcome(result) == (Fraction("82.5"), "82.5", "green", "pass")


def test_station__effects_on_sections_go_up() -> None:
    _, result = visited("station", {**STATION, "clean": "not_applicable", "price": "no", "gauge": "no"})
    # pumps (0 + 1 + 0) / 3, then 0; air (1 + 0) / 2, then 30; forecourt (1·0 + 3·30) / 4; shop held at 4/4
    assert sections(result) == {"forecourt": Fraction("22.5"), "pumps": 0, "air": 30, "shop": 100}
    assert outcome(result) == (69, "69.0", "yellow", "fail")  # 0.4·22.5 + 60


def test_station__what_did_not_come_up_counts_as_nothing() -> None:
    _, result = visited("station", {**STATION, "offers": (), "toilet": "not_applicable"}, position="cashier")
    assert sections(result)["shop"] == Fraction(100, 3)
    assert outcome(result) == (60, "60.0", "yellow", "pass")


@pytest.mark.parametrize(
    ("given", "expected", "dimensions"),
    [
        # (4 + 2·180/240 + 1 + 3 + 2) / 10
        (
            {"greeting": 5, "wait": Decimal(120), "tidy": "yes", "advice": "great", "surprise": "yes"},
            (115, "115.0", "star", "pass"),
            {"warmth": Fraction(900, 7), "style": 100},
        ),
        # (−2 + 0 + 0 − 3) / 10
        (
            {"greeting": 1, "wait": Decimal(400), "tidy": "no", "advice": "rude", "surprise": "no"},
            (-50, "-50.0", "low", "fail"),
            {"warmth": Fraction(-500, 7), "style": 0},
        ),
        # (1 + 2 + 1 + 1.5) / 10, the shelves not seen and in full
        (
            {"greeting": 3, "wait": Decimal(60), "tidy": "not_observed", "advice": "fair", "surprise": "no"},
            (55, "55.0", "low", "fail"),
            {"warmth": Fraction(250, 7), "style": 100},
        ),
    ],
)
def test_fashion__beyond_0_and_100(given: Any, expected: Any, dimensions: Any) -> None:
    of, result = visited("fashion", given)
    assert outcome(result) == expected
    assert dimension_scores(of, result) == dimensions

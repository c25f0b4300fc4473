from __future__ import annotations

from datetime import date

import pytest

from auditkit.analysis.viewing import Attended
from auditkit.audience.comments import Comments
from auditkit.audience.copies import MASK, BranchCopy, QualityCopy, is_telling, part_of_day
from auditkit.audience.marks import Marker

DAY = date(2026, 5, 4)


def attended(start="2026-05-04T10:15:00", staff=9):
    return Attended("B01", DAY, start, staff, "K7")


@pytest.mark.parametrize(
    ("clock", "part"),
    [("04:59", "evening"), ("05:00", "morning"), ("11:59", "morning"), ("12:00", "noon"), ("13:59", "noon"),
     ("14:00", "afternoon"), ("17:59", "afternoon"), ("18:00", "evening"), ("23:30", "evening")],
)  # fmt: skip
def test_part_of_day__by_the_hour(clock, part):
    assert part_of_day(f"2026-05-04T{clock}:00") == part


def test_part_of_day__an_instant_is_shown_in_the_branch_s_own_time():
    assert part_of_day("2026-05-04T04:30:00+00:00", "Asia/Almaty") == "morning"
    assert part_of_day("2026-05-04T04:30:00+00:00") == "evening"
    assert part_of_day("") == ""


@pytest.mark.parametrize(("staff", "hidden"), [(None, True), (0, True), (4, True), (5, False), (30, False)])
def test_branch_copy__the_week_alone_where_few_are_on_duty(staff, hidden):
    seen = BranchCopy({}, 5, Comments("W1", marker=Marker.of(codes=["K7"]))).visit(attended(staff=staff))
    assert (seen.week_only, seen.shopper, seen.part_of_day) == (hidden, "", "" if hidden else "morning")


def test_quality_copy__has_the_shopper_and_every_day():
    seen = QualityCopy({}).visit(attended(staff=None))
    assert (seen.week_only, seen.shopper, seen.part_of_day) == (False, "K7", "morning")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("K7 waited", f"{MASK} waited"),
        ("k7.", f"{MASK}."),
        ("visits/W1/K7_B01.xlsx", f"visits/W1/{MASK}_B01.xlsx"),
        ("K77 and AK7 are others", "K77 and AK7 are others"),
        ("Agency-12 came", f"{MASK} came"),
        ("Agency-123 came", "Agency-123 came"),
        ("nobody", "nobody"),
    ],
)
def test_words__shoppers_codes_are_masked_and_nothing_else(text, shown):
    assert BranchCopy({}, 5, Comments("W1", marker=Marker.of(codes=["K7", "Agency-12"]))).words(text) == shown


def test_telling__a_code_that_is_an_ordinary_word_masks_nothing():
    assert [code for code in ("1", "12", "123", "A", "K7", "Anna") if is_telling(code)] == ["123", "K7", "Anna"]

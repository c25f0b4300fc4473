from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from auditkit.figures import (
    change_text,
    counted_text,
    date_text,
    day_text,
    number_text,
    percent_text,
    places_of,
    rounded,
    score_text,
    share_text,
    short_date_text,
    week_text,
)
from auditkit.model.text import Text

LANGUAGES = ("en", "ru", "kk", "pl", "ro")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "86.7"), ("ru", "86,7"), ("kk", "86,7"), ("pl", "86,7"), ("ro", "86,7"), ("ru-KZ", "86,7"), ("xx", "86.7")],
)
def test_score_has_the_decimal_sign_of_the_language(language: str, expected: str) -> None:
    assert score_text(Decimal("86.7"), language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_score__what_is_not_scored_is_a_dash_and_never_0(language: str) -> None:
    assert score_text(None, language) == "–"
    assert percent_text(None, language) == "–"
    assert change_text(Decimal(1), None, language) == "–"


def test_score_shows_what_was_shown_and_rounds_nothing() -> None:
    assert score_text(Decimal("99.9"), "en") == "99.9"
    assert score_text(Decimal("100.0"), "en") == "100.0"
    assert score_text(Decimal("1E+2"), "en") == "100"


def test_percent_sign_stands_as_the_language_sets_it() -> None:
    assert percent_text(Decimal("86.7"), "en") == "86.7%"
    assert percent_text(Decimal("86.7"), "ru") == "86,7\u00a0%"
    assert percent_text(Decimal("86.7"), "pl") == "86,7%"


def test_change_has_a_sign_and_a_true_minus() -> None:
    assert change_text(Decimal("86.7"), Decimal("84.2"), "ru") == "+2,5"
    assert change_text(Decimal("84.2"), Decimal("86.7"), "en") == "−2.5"
    assert change_text(Decimal("84.2"), Decimal("84.2"), "en") == "0.0"


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(0), 1, "0.0"),
    ],
)
def test_rounded_half_away_from_zero(value: Fraction, places: int, expected: str) -> None:
    assert str(rounded(value, places)) == expected


def test_places_are_as_many_as_the_numbers_need() -> None:
    assert places_of([Fraction(1), Fraction(3)]) == 0
    assert places_of([Fraction(1), Fraction(1, 4)]) == 2
    assert places_of([Fraction(1, 3)]) == 4
    assert places_of([]) == 0


def test_number_has_no_superfluous_zeros_and_groups_thousands() -> None:
    assert number_text(Decimal("2.50"), "ru") == "2,5"
    assert number_text(Decimal(300), "en") == "300"
    assert number_text(1234567, "en") == "1,234,567"
    assert number_text(1234567, "ru") == "1\u00a0234\u00a0567"
    assert number_text(Fraction(1, 3), "pl") == "0,3333"
    assert number_text(Fraction(-5, 2), "en", 1) == "−2.5"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "October 12, 2026"),
        ("ru", "12 октября 2026\u00a0г."),
        ("pl", "12 października 2026"),
        ("ro", "12 octombrie 2026"),
    ],
)
def test_date_in_words(language: str, expected: str) -> None:
    assert date_text(date(2026, 10, 12), language) == expected


RING = Text({"en": "rings", "ru": "гудков", "kk": "сигнал", "pl": "sygnałów", "ro": "semnale"})
RINGS = Text({
    "en": "ring | rings",
    "ru": "гудок | гудка | гудков | гудка",
    "pl": "sygnał | sygnały | sygnałów | sygnału",
    "ro": "semnal | semnale | de semnale",
})  # fmt: skip


@pytest.mark.parametrize(
    ("language", "counted", "bounds"),
    [
        ("en", ["1 ring", "3 rings", "21 rings", "1.5 rings"], ["1 ring", "3 rings"]),
        ("ru", ["1 гудок", "3 гудка", "21 гудок", "1,5 гудка"], ["1 гудка", "3 гудков"]),
        ("kk", ["1 сигнал", "3 сигнал", "21 сигнал", "1,5 сигнал"], ["1 сигнал", "3 сигнал"]),
        ("pl", ["1 sygnał", "3 sygnały", "21 sygnałów", "1,5 sygnału"], ["1 sygnału", "3 sygnałów"]),
        ("ro", ["1 semnal", "3 semnale", "21 de semnale", "1,5 semnale"], ["1 semnal", "3 semnale"]),
    ],
)
def test_unit_takes_the_form_that_the_number_asks_for(language: str, counted: list[str], bounds: list[str]) -> None:
    numbers = [Decimal(1), Decimal("3.0"), Decimal(21), Decimal("1.5")]
    assert [counted_text(number, RING, RINGS, language) for number in numbers] == counted
    assert [counted_text(number, RING, RINGS, language, bound=True) for number in numbers[:2]] == bounds


def test_unit_without_forms_stays_as_it_is() -> None:
    assert counted_text(Decimal(1), RING, None, "en") == "1 rings"


@pytest.mark.parametrize("language", LANGUAGES)
def test_day__part_of_day_and_week_and_unknown(language: str) -> None:
    day = date(2026, 10, 14)
    plain = day_text(day, "", language)
    assert day_text(day, "morning", language).startswith(plain + ", ")
    week = day_text(day, "morning", language, week_only=True)
    assert week == week_text(date(2026, 10, 12), language) == week_text(date(2026, 10, 18), language)
    assert "14" not in week
    assert date_text(None, language) == short_date_text(None, language) == day_text(None, "", language) == "–"


def test_share() -> None:
    assert [share_text(2, 6, language) for language in LANGUAGES] == [
        "2 of 6",
        "2 из 6",
        "6 ішінен 2",
        "2 z 6",
        "2 din 6",
    ]

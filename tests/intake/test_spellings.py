"""What people type is understood in five languages; what could be two things is never guessed."""

# ruff: noqa: DTZ001  what people type has no zone
from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.intake.misread import Misread
from auditkit.intake.moments import AmbiguousDate, read_moment, read_time
from auditkit.intake.spelling_numbers import read_number, share_of, split_points
from auditkit.intake.spelling_words import WORDS, plain_word
from auditkit.intake.spellings import Speller
from auditkit.locales import LANGUAGES
from auditkit.model.checklist import Checklist, Spellings
from auditkit.tables.table import ErrorCell, NoValue


def _checklist(**more: object) -> Checklist:
    options = [
        {"id": "cold", "text": {"en": "Drink, cold", "ru": "Напиток"}, "credit": 1},
        {"id": "soda", "text": "Drink", "credit": 0},
        {"id": "sweet", "text": "Dessert (2)", "credit": 0},
    ]
    items = [
        {"id": "q", "text": "Greeted"},
        {"id": "c", "kind": "choice", "text": "Offered", "options": options},
        {"id": "m", "kind": "multi", "text": "Offered", "options": options},
        {"id": "s", "kind": "scale", "text": "Hall", "labels": {1: {"en": "bad", "pl": "źle"}}},
        {"id": "n", "kind": "number", "text": "Rings", "unit": {"en": "rings", "ru": "гудков"}, "highest": 100,
         "unit_forms": {"en": "ring | rings", "ru": "гудок | гудка | гудков | гудка"}, "bands": [{"credit": 1}]},
        {"id": "t", "kind": "timestamp", "text": "Answered"},
        {"id": "d", "kind": "timestamp", "text": "Asked on"},
        {"id": "dd", "kind": "duration", "text": "Took", "from": "d", "to": "d", "unit": "working_days",
         "bands": [{"credit": 1}]},
        {"id": "w", "kind": "text", "text": "Words"},
    ]  # fmt: skip
    data = {"checklist": "c", "version": "1.0.0", "title": "C", **more}
    return Checklist.model_validate({**data, "sections": [{"id": "A", "title": "A", "items": items}]})


SPELLER = Speller(_checklist())


def code(found: object) -> str:
    assert isinstance(found, Misread), found
    return found.code.code


YES = ["yes", "Yes", "YES.", "да.", "ДA", "Иә", "tak", "Tak ", "DA", "✓", "✔", "✔️", "+", "x", "X", "х", "v", "1",
       1, 1.0, True, "true", "Yes (100.00)", "\u200byes\u00a0", "Истина"]  # fmt: skip
NO = ["no", "Нет", "жоқ", "Nie", "nu", "✗", "0", 0, 0.0, False, "FALSE", "No (0.00)", "нет!"]


@pytest.mark.parametrize("raw", YES)
def test_yes__ok(raw):
    assert SPELLER.read("q", raw) == "yes"


@pytest.mark.parametrize("raw", NO)
def test_no__ok(raw):
    assert SPELLER.read("q", raw) == "no"


@pytest.mark.parametrize("raw", [None, "", "   ", "\u200b", "\u00a0"])
@pytest.mark.parametrize("item", ["q", "c", "m", "s", "n", "t", "w"])
def test_blank__nothing(item, raw):
    assert SPELLER.read(item, raw) is None


@pytest.mark.parametrize("raw", ["-", "?", "maybe", "не наблюдалось", "nie zaobserwowano", "Н/Д", 2, "1-2"])
def test_neither_yes_nor_no__error(raw):
    assert code(SPELLER.read("q", raw)) == "S301"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", ["yes", "no", "not_applicable", "not_observed"])
def test_the_words_of_our_forms__ok(answer, language):
    for item in ("q", "c", "m", "s", "n", "t", "w"):
        if item == "q" or answer.startswith("not_"):
            assert SPELLER.read(item, plain_word(answer, language)) == answer


def test_every_word_means_one_thing():
    for what, languages in WORDS.items():
        if what in ("yes", "no", "not_applicable", "not_observed"):
            assert all(SPELLER.read("q", word) == what for words in languages.values() for word in words)


def test_not_applicable__belongs_to_language_and_source():
    assert SPELLER.read("q", "n/a") == "not_applicable"
    russian = Speller(_checklist(language="ru"))
    assert russian.read("q", "Н/П") == "not_applicable"
    assert code(russian.read("q", "Н/Д")) == "S301"
    assert Speller(_checklist(language="pl")).read("q", "n/d") == "not_applicable"
    assert code(Speller(_checklist(), Spellings()).read("q", "n/a")) == "S301"
    source = Spellings.model_validate({"not_applicable": ["Н/Д", "-"], "not_observed": "n/a", "yes": ["1 pkt"]})
    mapped = Speller(_checklist(language="uk"), source)
    assert [mapped.read("q", raw) for raw in ("н/д", "-", "N/A", "1 PKT")] == [
        "not_applicable", "not_applicable", "not_observed", "yes",
    ]  # fmt: skip
    own = Speller(_checklist(spellings={"not_applicable": ["N/A because in stock"]}), Spellings())
    assert own.read("c", "n/a  because in stock.") == "not_applicable"


@pytest.mark.parametrize(
    ("raw", "answer"),
    [("cold", "cold"), ("Напиток", "cold"), ("Drink, cold (100.00)", "cold"), ("1 - Drink", "soda"),
     ("2. Dessert (2)", "sweet"), ("Dessert (2) (0.00)", "sweet"), ("cold - Drink, cold", "cold"),
     ("DRINK, COLD.", "cold"), ("not observed", "not_observed")],
)  # fmt: skip
def test_choice__ok(raw, answer):
    assert SPELLER.read("c", raw) == answer


def test_choice__error():
    found = SPELLER.read("c", "Drinc, cold")
    assert code(found) == "S305"
    assert dict(found.facts)["nearest"] == "drink, cold"
    assert code(SPELLER.read("c", "2")) == "S305"
    assert code(SPELLER.read("c", datetime(2026, 2, 1))) == "S302"


@pytest.mark.parametrize(
    ("raw", "answer"),
    [("Drink, cold, Dessert (2)", ("cold", "sweet")), ("Dessert (2);Drink;", ("soda", "sweet")),
     ("cold sweet", ("cold", "sweet")), ("sweet\ncold\nsweet", ("cold", "sweet")), ("Drink", ("soda",)),
     ("Drink, cold, Drink (100.00)", ("cold", "soda")), ("None of these", ()), ("Ничего из перечисленного", ()),
     ("not applicable", "not_applicable")],
)  # fmt: skip
def test_multi__ok(raw, answer):
    assert SPELLER.read("m", raw) == answer


def test_multi__error():
    assert dict(SPELLER.read("m", "Drink, tea").facts)["unknown"] == "tea"
    assert code(SPELLER.read("m", "Drink, tea")) == "S306"
    assert code(SPELLER.read("m", "tea; coffee")) == "S305"
    assert code(SPELLER.read("m", "Drink, none of these")) == "S313"


@pytest.mark.parametrize("raw", ["4", 4, 4.0, Decimal(4), "4,0", "4 / 5", "4 of 5", "4 - good", "4 (good)", " 4. "])
def test_scale__ok(raw):
    assert SPELLER.read("s", raw) == 4


def test_scale__error():
    assert SPELLER.read("s", "źle") == 1
    assert [code(SPELLER.read("s", raw)) for raw in ("0", "6", "4.5", "4/10", "80%", "good", True)] == ["S304"] * 7
    assert [code(SPELLER.read("s", raw)) for raw in (datetime(2026, 2, 1), date(2026, 2, 1), time(1, 2))] == [
        "S302"
    ] * 3


@pytest.mark.parametrize(
    ("raw", "number"),
    [("4,5", "4.5"), ("4.5", "4.5"), (4.5, "4.5"), (0.1, "0.1"),
     ("12 rings", "12"), ("3 гудков", "3"), ("1 гудок", "1"), ("1 ring", "1"),
     ("2 гудка", "2"), ("87%", "87"),
     ("8 / 100", "8"), ("0,125", "0.125"), ("10,0", "10.0"), ("\u221212", "-12")],
)  # fmt: skip
def test_number__ok(raw, number):
    assert SPELLER.read("n", raw) == Decimal(number)


def test_number__error():
    assert code(SPELLER.read("n", "1,234")) == "S309"
    assert code(SPELLER.read("n", "1 234")) == "S311"
    assert code(SPELLER.read("n", "many")) == "S303"
    assert code(SPELLER.read("n", "3 metres")) == "S303"
    assert code(SPELLER.read("n", True)) == "S303"
    assert Speller(_checklist(), decimal=",").read("n", "1,234") == Decimal("1.234")
    assert code(Speller(_checklist(), decimal=".").read("n", "1,234")) == "S311"


def test_numbers_as_people_write_them():
    assert read_number("1 234,5") == Decimal("1234.5")
    assert read_number("1.234.567") == 1234567
    assert read_number("1,234.5") == read_number("1.234,5") == Decimal("1234.5")
    assert split_points("A, B (100.00)") == ("A, B", 100)
    assert split_points("(100)") == ("(100)", None)
    assert share_of("3/5") == share_of("60 %") == share_of("Good (60)") == 60


@pytest.mark.parametrize("raw", ["#N/A", "#REF!", ErrorCell("#N/A"), NoValue("")])
@pytest.mark.parametrize("item", ["q", "c", "n", "w"])
def test_errors_of_formulas__error(item, raw):
    assert code(SPELLER.read(item, raw)) == "S310"


NOON = datetime(2026, 8, 20, 10, 31, 40)
MOMENTS = ["2026-08-20 10:31:40", "2026-08-20T10:31:40", "20.08.2026 10:31:40", "8/20/26 10:31:40",
           "Aug 20, 2026 10:31:40 AM", "20 августа 2026 г., 10:31:40", "20 sierpnia 2026 10:31:40", NOON,
           "2026/08/20 10:31:40"]  # fmt: skip


@pytest.mark.parametrize("raw", MOMENTS)
def test_timestamp__ok(raw):
    assert SPELLER.read("t", raw) == NOON


def test_timestamp__offsets_serials_and_never():
    assert SPELLER.read("t", "2026-08-20T07:31:40.000Z") == NOON.replace(hour=7, tzinfo=UTC)
    zoned = SPELLER.read("t", "2026/08/20 10:31:40 PM GMT+3")
    assert zoned == NOON.replace(hour=22, tzinfo=timezone(timedelta(hours=3)))
    assert SPELLER.read("t", 46254.5) == datetime(2026, 8, 20, 12)
    assert Speller(_checklist(), date1904=True).read("t", 44792.5) == datetime(2026, 8, 20, 12)
    assert [SPELLER.read("t", word) for word in ("Never", "никогда", "Ешқашан", "nigdy", "niciodată")] == ["never"] * 5


def test_timestamp__error():
    assert code(SPELLER.read("t", "03/04/2026 10:00")) == "S308"
    assert Speller(_checklist(), date_order="mdy").read("t", "03/04/2026 10:00") == datetime(2026, 3, 4, 10)
    assert SPELLER.read("t", "03.04.2026 10:00") == datetime(2026, 4, 3, 10)
    assert [code(SPELLER.read("t", raw)) for raw in ("1-2", "soon", "31.02.2026 10:00", 7)] == ["S307"] * 4
    assert [code(SPELLER.read("t", raw)) for raw in ("20.08.2026", "10:30", time(10, 30))] == ["S312"] * 3
    assert SPELLER.read("d", "20.08.2026") == datetime(2026, 8, 20)


def test_moments__dates_that_do_not_exist():
    assert read_moment("30.02.2026") is None
    assert read_moment("2026-13-01") is None
    assert read_time("25:00") is None
    assert isinstance(read_moment("01/02/26"), AmbiguousDate)
    assert read_moment("02/02/2026").day == date(2026, 2, 2)


@given(
    st.one_of(
        st.text(), st.integers(), st.floats(), st.booleans(), st.decimals(allow_nan=False), st.dates(), st.datetimes()
    )
)
def test_anything_typed__never_raises(raw):
    for item in ("q", "c", "m", "s", "n", "t", "d", "w"):
        first = SPELLER.read(item, raw)
        again = SPELLER.read(item, raw)
        assert first is again or first == again


def test_a_value_seen_before__one_look_up():
    """The hot path: 1, True and 1.0 are one key of a dictionary, but not one answer."""
    speller = Speller(_checklist())
    assert speller.read("n", 1) == 1
    assert code(speller.read("n", True)) == "S303"
    assert speller.read("q", True) == "yes"
    first = speller.read("m", "Drink, Dessert (2)")
    assert speller.read("m", "Drink, Dessert (2)") is first

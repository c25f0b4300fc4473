"""The only place where a number or a date becomes text, by the reader's language (Unicode CLDR)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from auditkit.locales import nearest_language, plural_kind, plural_kinds, say
from auditkit.model.text import Text

MISSING = "–"
"""What stands where there is no figure: never a 0."""
_NARROW_SPACES = str.maketrans({"\u202f": "\u00a0"})


class _Signs(NamedTuple):
    point: str
    group: str
    percent: str


@cache
def _signs(language: str) -> _Signs:
    """The signs of a language, asked of Babel once: formatting thousands of cells is then plain replacing."""
    from babel import Locale
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = Locale(nearest_language(language))
    after = str(locale.percent_formats[None].pattern).rpartition("0")[2].translate(_NARROW_SPACES)
    return _Signs(get_decimal_symbol(locale), get_group_symbol(locale).translate(_NARROW_SPACES), after)


def score_text(shown: Decimal | None, language: str) -> str:
    """A score that was already rounded for show, with the language's decimal sign: `86,7`; `–` where there is none."""
    if shown is None:
        return MISSING
    return f"{shown:f}".replace(".", _signs(language).point).replace("-", "−")


def percent_text(shown: Decimal | None, language: str) -> str:
    """The same with a percent sign as the language sets it: `86.7%`, `86,7 %`."""
    return MISSING if shown is None else score_text(shown, language) + _signs(language).percent


def change_text(now: Decimal | None, before: Decimal | None, language: str) -> str:
    """The difference of two shown scores with its sign, `+2,5` or `−1,0`; `–` where either is missing."""
    if now is None or before is None:
        return MISSING
    change = now - before
    return ("+" if change > 0 else "") + score_text(change, language)


def rounded(value: Fraction, places: int) -> Decimal:
    """An exact number to so many decimal places, half away from zero, for figures that carry no grade."""
    step = Decimal(1).scaleb(-places)
    scaled = value * 10**places
    whole = Decimal((2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator))
    found = (whole * step).quantize(step, rounding=ROUND_HALF_UP)
    return -found if value < 0 and found else found


def places_of(values: Iterable[Fraction], most: int = 4) -> int:
    """The decimal places, up to `most`, that show all of these numbers in full where that is possible."""
    return max((_places(value.denominator, most) for value in set(values)), default=0)


@cache
def _places(denominator: int, most: int) -> int:
    return next((places for places in range(most) if 10**places % denominator == 0), most)


def number_text(value: Decimal | Fraction | int, language: str, places: int | None = None) -> str:
    """A number in full: grouped thousands, no superfluous zeros unless `places` asks for them."""
    if isinstance(value, Fraction):
        value = rounded(value, places_of([value]) if places is None else places)
    exact = Decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    else:
        exact = exact.normalize() + 0
    signs = _signs(language)
    text = f"{exact:,f}" if abs(exact) >= 10_000 else f"{exact:f}"
    return text.replace(",", "\0").replace(".", signs.point).replace("\0", signs.group).replace("-", "−")


def counted_text(value: Decimal, unit: Text, forms: Text | None, language: str, *, bound: bool = False) -> str:
    """A number with its unit, which takes the form that the number asks for: `1 ring`, `4 гудка`.

    `bound`: behind 'not more than' and 'over', where Russian and Polish count in the genitive.
    """
    spoken = nearest_language(language)
    words = [word.strip() for word in forms.words.get(spoken, "").split("|")] if forms is not None else []
    if len(words) < 2:
        return f"{number_text(value, language)} {unit.said(language)}"
    kinds, kind = plural_kinds(spoken), plural_kind(spoken, value)
    if bound and "many" in kinds:
        kind = "other" if value == 1 else "many"
    return f"{number_text(value, language)} {words[min(kinds.index(kind), len(words) - 1)]}"


def share_text(part: int, whole: int, language: str) -> str:
    """`2 of 6`; the words in between are the language's."""
    return say(language, "figures.of", part=part, whole=whole)


@cache
def date_text(day: date | None, language: str) -> str:
    """`12 October 2026`, as the language writes it; `–` where there is none."""
    if day is None:
        return MISSING
    from babel.dates import format_date

    return format_date(day, "long", nearest_language(language)).translate(_NARROW_SPACES)


@cache
def short_date_text(day: date | None, language: str) -> str:
    """`12 Oct 2026` or `12.10.2026`, for columns."""
    if day is None:
        return MISSING
    from babel.dates import format_date

    return format_date(day, "medium", nearest_language(language)).translate(_NARROW_SPACES)


@cache
def week_text(day: date, language: str) -> str:
    """The week that a day lies in, Monday to Sunday, where the day itself is not shown."""
    from babel.dates import format_interval

    monday = day - timedelta(days=day.weekday())
    ends = (monday, monday + timedelta(days=6))
    text = format_interval(*ends, skeleton="yMMMd", locale=nearest_language(language))
    return say(language, "figures.week", days=str(text).translate(_NARROW_SPACES).replace("\u2009", " "))


@cache
def day_text(day: date | None, part_of_day: str, language: str, *, week_only: bool = False) -> str:
    """When a visit was, as its reader may know it: `12 October 2026, morning`, or only the week."""
    if day is None:
        return MISSING
    if week_only:
        return week_text(day, language)
    text = date_text(day, language)
    return f"{text}, {say(language, 'figures.part.' + part_of_day)}" if part_of_day else text

"""Numbers as people write them: decimal comma, spaces between thousands, `8 / 10`, `87 %`, `Yes (5)`."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from auditkit.tables.table import CellValue, exact

_LONGEST = 80
"""Signs of the longest text that is still a number; one of a million digits takes minutes to reckon with."""
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f']+")
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?$")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$")
_OF = re.compile(r"(.+?)\s*(?:/|\bof\b|\bиз\b)\s*(.+)$", re.IGNORECASE)
_POINTS = re.compile(
    r"(?P<label>.*?)\s*[(\[]\s*(?P<points>[+-]?\d+(?:[.,]\d+)?)"
    r"(?:\s*%|\s*/\s*(?P<most>\d+(?:[.,]\d+)?)|\s*(?:p|pts?|points?|pkt|punkt\w*|бал\w*|ұпай|punct\w*|pct|pontos)\.?)?\s*[)\]]\s*$",
    re.DOTALL | re.IGNORECASE,
)
"""`Yes (100.00)`, `Yes (5/5)`, `Tak (5 pkt)`, `Yes [5]`."""

_NUMBERED = re.compile(r"\s*\(?\d{1,3}\s*(?:[).:]|\s[-–—])\s*(?=\S)|\s*\d{1,3}\s*[-–—]\s+(?=\S)")


class AmbiguousNumber(NamedTuple):
    """`1,234`: a thousand and more in English, one and a bit elsewhere."""

    text: str


def read_number(raw: CellValue, decimal_mark: str | None = None) -> Decimal | AmbiguousNumber | None:
    """The exact number in a cell; `None` where there is none (a truth value and a date are none)."""
    if isinstance(raw, (bool, date, time, timedelta)) or raw is None:
        return None
    if not isinstance(raw, str):
        number = exact(raw)
        return number if number.is_finite() else None
    if len(raw) > _LONGEST:
        return None
    text = _SPACES.sub("", raw).replace("\u2212", "-").removesuffix("%")
    if _PLAIN.match(text):
        return _plain(text, decimal_mark)
    return _grouped(text) if _THOUSANDS.match(text) else None


def _plain(text: str, decimal_mark: str | None) -> Decimal | AmbiguousNumber:
    whole, comma, rest = text.partition(",")
    digits = whole.lstrip("+-")
    if comma and decimal_mark is None and len(rest) == 3 and len(digits) <= 3 and digits != "0":
        return AmbiguousNumber(text)
    if decimal_mark == "." and comma:
        return Decimal(whole + rest)
    if decimal_mark == "," and not comma:
        head, _, tail = text.partition(".")
        return Decimal(head + tail) if len(tail) == 3 else Decimal(text)
    return Decimal(text.replace(",", "."))


def _grouped(text: str) -> Decimal:
    """`1.234,5` and `1,234.5`: of two marks the last is the decimal one; a repeated mark parts thousands."""
    last = max(text.rfind(","), text.rfind("."))
    if text.count(text[last]) > 1:
        return Decimal(text.replace(text[last], ""))
    return Decimal(re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :])


def read_of(raw: CellValue) -> tuple[Decimal, Decimal] | None:
    """`8 / 10` → (8, 10); `None` for anything else."""
    found = _OF.match(raw.strip()) if isinstance(raw, str) else None
    if found is None:
        return None
    got, most = read_number(found[1]), read_number(found[2])
    return (got, most) if isinstance(got, Decimal) and isinstance(most, Decimal) else None


def split_points(text: str) -> tuple[str, Decimal | None]:
    """`Yes (100.00)` → (`Yes`, 100); a text without points in brackets at its end stays as it is."""
    found = _POINTS.match(text)
    if found is None or not found["label"].strip():
        return text, None
    return found["label"].strip(), Decimal(found["points"].replace(",", "."))


def unnumbered(text: str) -> str:
    """`1 – Yes`, `2. Good` without the number before the words."""
    return _NUMBERED.sub("", text, count=1)


def points_of(raw: CellValue) -> Decimal | None:
    """The points that an answer carries: in brackets, before a slash, or as the number itself."""
    if isinstance(raw, str):
        _, points = split_points(raw)
        if points is not None:
            return points
        pair = read_of(raw)
        if pair is not None:
            return pair[0]
    number = read_number(raw)
    return number if isinstance(number, Decimal) else None


def most_of(raw: CellValue) -> Decimal | None:
    """The points that could have been had, where an answer names them: `Yes (5/10)` → 10."""
    if not isinstance(raw, str):
        return None
    found = _POINTS.match(raw)
    if found is not None and found["label"].strip():
        return Decimal(found["most"].replace(",", ".")) if found["most"] else None
    pair = read_of(raw)
    return pair[1] if pair is not None else None


def share_of(raw: CellValue) -> Decimal | None:
    """What an answer says in percent: `3/5` and `60%` are 60; a bare number is taken as it stands."""
    points, most = points_of(raw), most_of(raw)
    if points is None or most is None:
        return points
    return points * 100 / most if most else None

"""What a published cell states, and our figure in the same scale."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from auditkit.intake.columns_cells import Meanings
from auditkit.intake.columns_published import FINAL
from auditkit.intake.spelling_numbers import points_of, read_number, read_of, share_of
from auditkit.model.checklist import Checklist
from auditkit.model.columns import Published
from auditkit.model.score import VisitScore

ZERO = Fraction(0)


class Stated(NamedTuple):
    """A published cell as it is meant; the value in the scale of `Published`, `None`: nothing to score."""

    value: Fraction | None
    digits: int = 0
    """Behind the decimal mark."""
    unreadable: bool = False
    closed: bool = False
    """The file says that the visit was not carried out."""
    nothing: bool = False
    """The file states nothing here: nothing is compared."""


def stated(typed: str, published: Published) -> Stated:
    """What a cell states."""
    text = typed.strip()
    if not text:
        return {
            "not_scored": Stated(None),
            "zero": Stated(ZERO),
            "not_stated": Stated(None, nothing=True),
        }[published.blank]
    meant = Meanings(published.words).of(text)
    if meant is not None:
        return Stated(None, closed=meant == "not_carried_out", nothing=meant == "not_stated")
    number = _number(text, published)
    return Stated(None, unreadable=True) if number is None else Stated(Fraction(number), _digits(text))


def _number(text: str, published: Published) -> Decimal | None:
    if published.scale == "points":
        return points_of(text)
    if published.of is not None and read_of(text) is None:
        number = _plain(text)
        return number * 100 / published.of if number is not None else None
    if published.scale == "fraction" and not text.endswith("%") and read_of(text) is None:
        return _plain(text)
    found = share_of(text) if read_of(text) is not None else _plain(text)
    return found / 100 if found is not None and published.scale == "fraction" else found


def _plain(text: str) -> Decimal | None:
    """`87.5`, `87,5 %`, `0,875`: three digits behind a comma can be no thousands here."""
    number = read_number(text)
    if isinstance(number, Decimal):
        return number
    again = read_number(text.removesuffix("%").strip().replace(",", ".")) if number is not None else None
    return again if isinstance(again, Decimal) else None


def _digits(text: str) -> int:
    last = max(text.rfind("."), text.rfind(","))
    tail = text[last + 1 :].rstrip(" %)") if last >= 0 else ""
    return len(tail) if tail.isdigit() else 0


def ours_in(name: str, result: VisitScore, checklist: Checklist, published: Published) -> Fraction | None:
    """Our figure of a section ('' for the visit) in the scale of the published one; `None`: nothing scored."""
    if name == FINAL:
        value = result.score
        earned = sum((item.earned for item in result.items), ZERO)
    else:
        found = next((each for each in result.sections if each.section == name), None)
        value = found.score if found is not None else None
        earned = found.earned if found is not None else ZERO
    if value is None:
        return None
    if checklist.scoring == "points":
        return value
    if published.scale == "points" and published.of is None:
        return earned
    return value / 100 if published.scale == "fraction" else value

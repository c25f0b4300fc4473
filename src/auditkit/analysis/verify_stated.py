"""What a published cell states, our figure in the same scale, and whether the two agree."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from auditkit.intake.columns_cells import Meanings
from auditkit.intake.columns_published import FINAL, item_of
from auditkit.intake.spelling_numbers import most_of, points_of, read_number, read_of, share_of
from auditkit.model.checklist import Checklist
from auditkit.model.published import Written
from auditkit.model.score import ItemScore, VisitScore

ZERO, ONE, HUNDRED = Fraction(0), Fraction(1), Fraction(100)


class Stated(NamedTuple):
    """A published cell as it is meant; the value in the scale of `Written`, `None`: nothing to score."""

    value: Fraction | None
    digits: int = 0
    """Behind the decimal mark."""
    unit: Fraction = ONE
    """What a one before the decimal mark is in the scale: 1/100 for `87%` among fractions."""
    most: Fraction | None = None
    """The points that could be had, where the cell names them."""
    unreadable: bool = False
    closed: bool = False
    """The file says that the visit was not carried out."""
    nothing: bool = False
    """The file states nothing here: nothing is compared."""


def stated(typed: str, written: Written) -> Stated:
    """What a cell states."""
    text = typed.strip()
    if not text:
        return {
            "not_scored": Stated(None),
            "zero": Stated(ZERO),
            "not_stated": Stated(None, nothing=True),
        }[written.blank]
    meant = Meanings(written.words).of(text)
    if meant is not None:
        return Stated(None, closed=meant == "not_carried_out", nothing=meant == "not_stated")
    number = _number(text, written)
    if number is None:
        return Stated(None, unreadable=True)
    unit = Fraction(1, 100) if written.scale == "fraction" and text.endswith("%") else ONE
    named = most_of(text) if written.scale == "points" and written.most == "compared" else None
    return Stated(Fraction(number), _digits(text), unit, None if named is None else Fraction(named))


def _number(text: str, written: Written) -> Decimal | Fraction | None:
    if written.scale == "points":
        return points_of(text)
    if isinstance(written.of, Decimal) and read_of(text) is None:
        number = _plain(text)
        share = Fraction(number) / Fraction(written.of) if number is not None and written.of else None
        return share if share is None or written.scale == "fraction" else share * 100
    if written.scale == "fraction" and not text.endswith("%") and read_of(text) is None:
        return _plain(text)
    found = share_of(text) if read_of(text) is not None else _plain(text)
    return Fraction(found) / 100 if found is not None and written.scale == "fraction" else found


def _plain(text: str) -> Decimal | None:
    """`87.5`, `87,5 %`, `0,875`, `Good (87.5)`: three digits behind a comma can be no thousands here."""
    number = read_number(text)
    if isinstance(number, Decimal):
        return number
    if number is None:
        return points_of(text)
    again = read_number(text.removesuffix("%").strip().replace(",", "."))
    return again if isinstance(again, Decimal) else None


def _digits(text: str) -> int:
    text = text.partition("/")[0]
    last = max(text.rfind("."), text.rfind(","))
    tail = text[last + 1 :].rstrip(" %)") if last >= 0 else ""
    return len(tail) if tail.isdigit() else 0


def agree(ours: Fraction, said: Stated, written: Written) -> bool:
    """Whether our exact figure may have been written so."""
    if said.value is None:
        return False
    if written.decimals is None:
        return abs(ours - said.value) <= Fraction(written.tolerance)
    return fits_rounded(ours, said, written.decimals, written.rounding)


def fits_rounded(ours: Fraction, said: Stated, digits: int, rounding: str) -> bool:
    """Whether our figure, written with so many digits, gives the one stated; a half may have gone either way."""
    if said.value is None:
        return False
    step = said.unit / Fraction(10**digits)
    if (said.value / step).denominator != 1:
        return False
    if rounding == "nearest":
        return abs(ours - said.value) <= step / 2
    further = (ours - said.value) * (1 if said.value >= 0 else -1)
    return 0 <= further < step if rounding == "down" else -step < further <= 0


def ours_in(name: str, result: VisitScore, checklist: Checklist, written: Written) -> Fraction | None:
    """Our figure of a section (\'\' for the visit, `#item` for an answer) in the scale of the published one.

    `None`: nothing scored.
    """
    item = item_of(name)
    if item:
        return _item(next((each for each in result.items if each.item == item), None), written)
    if name == FINAL:
        value = result.score
        earned = sum((each.earned for each in result.items), ZERO)
    else:
        found = next((each for each in result.sections if each.section == name), None)
        value = found.score if found is not None else None
        earned = found.earned if found is not None else ZERO
    if value is None:
        return None
    in_points = checklist.scoring == "points"
    if written.scale == "points":
        return value if in_points else earned
    if in_points:
        most = most_in(name, result, checklist)
        share = value / most if most else None
        return share if share is None or written.scale == "fraction" else share * HUNDRED
    return value / 100 if written.scale == "fraction" else value


def _item(item: ItemScore | None, written: Written) -> Fraction | None:
    if item is None or item.credit is None:
        return None
    if written.scale == "points":
        return item.earned
    share = item.earned / item.possible if item.possible else item.credit
    return share if written.scale == "fraction" else share * HUNDRED


def most_in(name: str, result: VisitScore, checklist: Checklist) -> Fraction:
    """The points that could be had in a visit, a section or for an answer."""
    item = item_of(name)
    if item:
        return sum((each.possible for each in result.items if each.item == item), ZERO)
    if name == FINAL and checklist.scoring == "points":
        return max(result.highest, result.lowest)
    if name == FINAL:
        return sum((each.possible for each in result.items), ZERO)
    return sum((each.possible for each in result.sections if each.section == name), ZERO)

"""Questions that a wave added: unused columns with which the section figures that differ would agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from auditkit.analysis.verification import Compared, Finding, Verification
from auditkit.intake.spare import Spare, SpareColumns
from auditkit.intake.spelling_numbers import read_number
from auditkit.model.checklist import Checklist

_ENOUGH = Fraction(95, 100)
_LEAST = 3
_MOST_TOGETHER = 4
_TOLERANCE = Fraction(1, 100)


class Added(NamedTuple):
    """Columns that, counted in a section, make its figures agree."""

    checklist: str
    section: str
    columns: tuple[tuple[str, str], ...]
    """(letter, header)."""
    figures: int
    """That differ now and would not."""


def added_questions(
    verification: Verification, tables: Iterable[SpareColumns], checklist: Checklist
) -> tuple[Added, ...]:
    """Section by section, the fewest unused columns that explain what nothing else does."""
    by_section: dict[str, list[Compared]] = defaultdict(list)
    for each in verification.compared:
        if each.checklist == checklist.checklist and each.kind == "sections":
            by_section[each.name].append(each)
    found = []
    for table in tables:
        for section, figures in by_section.items():
            here = [each for each in figures if each.place.sheet == table.sheet]
            added = _added(section, here, table, checklist)
            if added is not None:
                found.append(added)
    return tuple(found)


def _added(section: str, figures: Sequence[Compared], table: SpareColumns, checklist: Checklist) -> Added | None:
    open_ones = [each for each in figures if each.finding is Finding.DISAGREES and not each.why and not each.unread]
    if len(open_ones) < _LEAST:
        return None
    near = _near(section, table, checklist)
    tried: list[tuple[Spare, ...]] = [(each,) for each in table.spare]
    for size in range(2, min(_MOST_TOGETHER, len(near)) + 1):
        tried += combinations(near, size)
    for columns in tried:
        if _explains(columns, open_ones, figures):
            names = tuple((each.letter, each.header) for each in columns)
            return Added(checklist.checklist, section, names, len(open_ones))
    return None


def _near(section: str, table: SpareColumns, checklist: Checklist) -> list[Spare]:
    """The spare columns among and right behind those of a section's items, where a new question is put."""
    own = {item.id for each, item in checklist.walk_items() if each.id == section}
    at = [position for item, position in table.positions.items() if item in own]
    if not at:
        return []
    after = min((p for item, p in table.positions.items() if item not in own and p > max(at)), default=10**6)
    before = max((p for item, p in table.positions.items() if item not in own and p < min(at)), default=-1)
    return [each for each in table.spare if before < each.position < after][:8]


def _explains(columns: Sequence[Spare], open_ones: Sequence[Compared], figures: Sequence[Compared]) -> bool:
    """Whether with these columns nearly all figures of the section agree, those too that agree now."""
    if not all(_agrees(each, columns) for each in open_ones[:3]):
        return False
    right = sum(_agrees(each, columns) for each in open_ones)
    others = [each for each in figures if each.finding is Finding.AGREES and each.ours is not None]
    kept = sum(_stays(each, columns) for each in others)
    return right >= _ENOUGH * len(open_ones) and kept >= _ENOUGH * len(others)


def _row(each: Compared) -> int:
    return int("".join(letter for letter in (each.place.cell or "0") if letter.isdigit()))


def _agrees(each: Compared, columns: Sequence[Spare]) -> bool:
    new, said = _new(each, columns), _said(each)
    if said is None:
        return False
    weight = max((item.possible for item in each.items if item.possible), default=Fraction(1))
    earned = sum((item.earned for item in each.items), Fraction(0)) + weight * sum(new, Fraction(0))
    possible = sum((item.possible for item in each.items), Fraction(0)) + weight * len(new)
    if not possible:
        return False
    full = _full(each)
    return abs(earned / possible * full - said) <= _TOLERANCE * full / 100


def _said(each: Compared) -> Fraction | None:
    """The figure that the file states, in its own scale."""
    if each.ours is not None:
        return None if each.difference is None else each.ours - each.difference
    number = read_number(each.published)  # with nothing scored on our side there was nothing to compare
    return Fraction(number) if isinstance(number, Decimal) else None


def _full(each: Compared) -> Fraction:
    """What is full in the scale of the figure: 100, or 1 among fractions."""
    earned = sum((item.earned for item in each.items), Fraction(0))
    possible = sum((item.possible for item in each.items), Fraction(0))
    return each.ours * possible / earned if each.ours and possible and earned else Fraction(100)


def _stays(each: Compared, columns: Sequence[Spare]) -> bool:
    """A figure that agrees goes on agreeing only where the new answers are worth as much as the section."""
    new = _new(each, columns)
    ours = each.ours or Fraction(0)
    share = ours / 100 if ours > 1 else ours
    return not new or sum(new, Fraction(0)) / len(new) in (share, ours / 100)


def _new(each: Compared, columns: Sequence[Spare]) -> list[Fraction]:
    """What the answers in these columns are worth in the figure's row."""
    row = _row(each)
    return [worth for column in columns if (worth := column.credits.get(row)) is not None]

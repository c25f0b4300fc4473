"""How an exact score is shown, and which grade it is given as shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from auditkit.model.checklist import Grade
from auditkit.model.judging import Effect, Severity
from auditkit.model.score import ItemScore


class Limits(NamedTuple):
    """What the limits of a grade look at in one visit."""

    critical_failed: int
    """Items whose critical effect other than `flag` acted."""
    not_met: Mapping[Severity, int]
    """Items not met, and chosen options with a severity of their own, by severity."""
    highest_item: Fraction | None
    """The highest w·credit of an item in the sums; `None` without any."""


class Failed(NamedTuple):
    """Why a row of the grades was not given: its limit, the bound, what was found, and the section it is about."""

    limit: str
    """`at_least`, `at_most`, `no_critical_failed`, `each_section_at_least`, `each_section_at_most`,
    `each_item_at_most`, `not_met_at_most.major` (or another severity), `skipped` by a `cap_grade`."""
    bound: str
    found: str
    where: str = ""


def shown(value: Fraction, decimals: int, percent: bool = True) -> Decimal:  # noqa: FBT001, FBT002  agreed with callers
    """Rounded once, half away from zero, never '-0.0'; a percentage between 0 and 100 never shows as either end."""
    units = 10**decimals
    number, bottom = value.numerator * units, value.denominator
    size = (2 * abs(number) + bottom) // (2 * bottom)
    if percent and number > 0:
        if size == 0:
            size = 1
        elif size == 100 * units and number < 100 * units * bottom:
            size -= 1
    return _decimal(-size if number < 0 else size, decimals)


@lru_cache(maxsize=8192)
def _decimal(units: int, decimals: int) -> Decimal:
    return Decimal(units).scaleb(-decimals)


def limits_of(items: Sequence[ItemScore]) -> Limits:
    """What the limits of a grade look at, from the items of one visit."""
    counts = dict.fromkeys(Severity, 0)
    for item in items:
        for severity in item.findings:
            counts[severity] += 1
    failed = sum(any(effect.effect is not Effect.FLAG for effect in item.critical) for item in items if item.critical)
    return Limits(failed, counts, _highest(item.earned for item in items if item.credit is not None))


def _highest(values: Iterable[Fraction]) -> Fraction | None:
    """`max`, without two fractions being compared as such: that is ten times slower, and there are millions."""
    highest, top, bottom = None, 0, 1
    for value in values:
        number, below = value.numerator, value.denominator
        if highest is None or number * bottom > top * below:
            highest, top, bottom = value, number, below
    return highest


def grade_of(
    grades: Sequence[Grade],
    score: Decimal,
    sections: Mapping[str, Decimal],
    visits: Sequence[Limits],
    cap: str | None = None,
) -> Grade | None:
    """The first row that holds for a score as shown; `None` where none does.

    `sections`: section id → score as shown, of those that count. `visits`: one visit, or every counted visit of a
    branch, each of which must keep the limits. `cap`: the best grade that a critical item left.
    """
    return first_that_holds(ladder(grades), score, sections, visits, skipped_by(grades, cap))


class Rung(NamedTuple):
    """One row of the grades, its bounds ready to compare."""

    at_least: Decimal | None
    at_most: Decimal | None
    limited: bool
    row: Grade


def ladder(grades: Sequence[Grade]) -> tuple[Rung, ...]:
    """The rows of the grades as rungs."""
    return tuple(Rung(row.at_least, row.at_most, _limited(row), row) for row in grades)


def _limited(row: Grade) -> bool:
    bounds = (row.each_section_at_least, row.each_section_at_most, row.each_item_at_most)
    return row.no_critical_failed or bool(row.not_met_at_most) or any(bound is not None for bound in bounds)


def first_that_holds(
    rungs: Sequence[Rung],
    score: Decimal,
    sections: Mapping[str, Decimal],
    visits: Sequence[Limits],
    skipped: int = 0,
) -> Grade | None:
    """The first row, after those skipped, that holds; see `grade_of`."""
    for low, high, limited, row in rungs[skipped:] if skipped else rungs:
        if (low is not None and score < low) or (high is not None and score > high):
            continue
        if not limited or not _fails(row, score, sections, visits):
            return row
    return None


def skipped_by(grades: Sequence[Grade], cap: str | None) -> int:
    """How many rows from the top a `cap_grade` takes out."""
    if cap is None:
        return 0
    return next((place for place, row in enumerate(grades) if row.grade == cap), 0)


def why_not(
    row: Grade, score: Decimal, sections: Mapping[str, Decimal], visits: Sequence[Limits]
) -> tuple[Failed, ...]:
    """Everything that keeps a row from holding; empty where it holds."""
    return tuple(_fails(row, score, sections, visits))


def _fails(row: Grade, score: Decimal, sections: Mapping[str, Decimal], visits: Sequence[Limits]) -> list[Failed]:
    failed: list[Failed] = []
    if row.at_least is not None and score < row.at_least:
        failed.append(Failed("at_least", str(row.at_least), str(score)))
    if row.at_most is not None and score > row.at_most:
        failed.append(Failed("at_most", str(row.at_most), str(score)))
    if row.each_section_at_least is not None or row.each_section_at_most is not None:
        failed += _section_fails(row, sections)
    for visit in visits:
        failed += _visit_fails(row, visit)
    return failed


def _section_fails(row: Grade, sections: Mapping[str, Decimal]) -> list[Failed]:
    low, high = row.each_section_at_least, row.each_section_at_most
    failed = []
    for section, score in sections.items():
        if low is not None and score < low:
            failed.append(Failed("each_section_at_least", str(low), str(score), section))
        if high is not None and score > high:
            failed.append(Failed("each_section_at_most", str(high), str(score), section))
    return failed


def _visit_fails(row: Grade, visit: Limits) -> list[Failed]:
    failed = []
    if row.no_critical_failed and visit.critical_failed:
        failed.append(Failed("no_critical_failed", "0", str(visit.critical_failed)))
    highest, bound = visit.highest_item, row.each_item_at_most
    if bound is not None and highest is not None and highest > bound:
        failed.append(Failed("each_item_at_most", str(bound), str(highest)))
    for severity, most in (row.not_met_at_most or {}).items():
        found = visit.not_met.get(severity, 0)
        if found > most:
            failed.append(Failed(f"not_met_at_most.{severity.value}", str(most), str(found)))
    return failed

"""From visits to a branch: means, its grade, its index, its dimensions; sums only, over whatever was counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from auditkit.model.checklist import Checklist, Grade
from auditkit.model.score import VisitScore
from auditkit.scoring.credits import HUNDRED, ZERO
from auditkit.scoring.grades import Limits, grade_of, shown


def mean(parts: Iterable[tuple[int, int, int]]) -> Fraction | None:
    """The mean of scores from (Σ numerators, their denominator, number of scores); `None` without any.

    One row a group of visits with the same denominator, as SQL sums them; added over one denominator, divided once.
    """
    rows = list(parts)
    count = sum(n for _, _, n in rows)
    if not count:
        return None
    bottom = lcm(*(below for _, below, _ in rows))
    return Fraction(sum(top * (bottom // below) for top, below, _ in rows), bottom * count)


def mean_of(scores: Iterable[Fraction]) -> Fraction | None:
    """The mean of exact scores; `None` without any."""
    return mean((score.numerator, score.denominator, 1) for score in scores)


def branch_grade(
    checklist: Checklist,
    score: Fraction | None,
    section_means: Mapping[str, Fraction],
    visits: Sequence[Limits],
) -> Grade | None:
    """A branch's grade on a checklist: bounds on the rounded mean, section limits on its section means, every other
    limit in each counted visit (`limits_of` its items). `None`: nothing was scored, or no row holds.

    `section_means`: top-level sections that weigh in the score.
    """
    if score is None:
        return None
    percent = checklist.scoring == "percent"
    sections = {name: shown(value, checklist.decimals, percent) for name, value in section_means.items()}
    return grade_of(checklist.grades, shown(score, checklist.decimals, percent), sections, visits)


def index(parts: Iterable[tuple[Fraction | None, Decimal]]) -> tuple[Fraction | None, bool]:
    """A branch's index from (its mean on a percent checklist, that checklist's weight), and whether it is complete.

    A checklist of weight 0 is no part of it. With one missing it is incomplete: the mean of the others, listed apart.
    """
    wanted = [(mean, Fraction(weight)) for mean, weight in parts if weight > 0]
    found = [(mean, weight) for mean, weight in wanted if mean is not None]
    if not found:
        return None, False
    total = sum((mean * weight for mean, weight in found), ZERO)
    return total / sum((weight for _, weight in found), ZERO), len(found) == len(wanted)


def index_grade(grades: Sequence[Grade], score: Fraction | None, decimals: int) -> Grade | None:
    """The programme's grade of an index; its rows have bounds only."""
    return None if score is None else grade_of(grades, shown(score, decimals), {}, ())


def dimension_sums(checklist: Checklist, visit: VisitScore) -> dict[str, tuple[Fraction, Fraction]]:
    """Dimension → Σ w·credit and Σ w·best over its items in a scored visit, where anything was possible.

    Empty where fewer points are better: a share of the best would praise whoever lost the most.
    """
    sums: dict[str, tuple[Fraction, Fraction]] = {}
    if visit.score is None or checklist.direction == "lower_is_better":
        return sums
    for item in visit.items:
        name = checklist.items_by_id[item.item].dimension
        if name is not None and item.credit is not None:
            earned, possible = sums.get(name, (ZERO, ZERO))
            sums[name] = (earned + item.earned, possible + item.possible)
    return {name: pair for name, pair in sums.items() if pair[1] > 0}


def dimension_scores(checklist: Checklist, visit: VisitScore) -> dict[str, Fraction]:
    """Dimension → percent in this visit, held like a section; a dimension that is absent was not measured."""
    low = None if checklist.below_0 else ZERO
    high = None if checklist.over_100 else HUNDRED
    found = {}
    for name, (earned, possible) in dimension_sums(checklist, visit).items():
        value = earned * 100 / possible
        value = value if low is None else max(low, value)
        found[name] = value if high is None else min(high, value)
    return found

"""What a visit scored on the dimensions that run across its sections."""

from __future__ import annotations

from fractions import Fraction

from auditkit.model.checklist import Checklist
from auditkit.model.credits import HUNDRED, ZERO
from auditkit.model.score import VisitScore


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

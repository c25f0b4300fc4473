"""Scores from the years before auditkit, for a branch and for groups of them; no difference is taken with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from auditkit.analysis.groups import Manner
from auditkit.analysis.means import mean_of, plain_mean
from auditkit.analysis.shapes import Mean, PastPoint
from auditkit.model.past import PastScore


def branch_past(manner: Manner, code: str) -> tuple[PastPoint, ...]:
    """A branch's, wave by wave; of a programme with a single checklist, that is the branch as a whole."""
    return tuple(
        PastPoint(each.wave, _part(manner, each), _mean(manner, _part(manner, each), Fraction(each.score), each.n or 0))
        for each in manner.context.past.of(code)
    )


def group_past(manner: Manner, codes: Iterable[str]) -> tuple[PastPoint, ...]:
    """A group's as a whole, wave by wave, every branch with a score counted once.

    How many visits were behind a score is not always known, so that they cannot be counted.
    """
    scores: dict[str, list[PastScore]] = defaultdict(list)
    for code in codes:
        for each in manner.context.past.of(code):
            if not _part(manner, each):
                scores[each.wave].append(each)
    found = []
    for wave in manner.context.past.waves:
        if there := scores.get(wave):
            visits = 0 if any(each.n is None for each in there) else sum(each.n or 0 for each in there)
            value = plain_mean(Fraction(each.score) for each in there)
            found.append(PastPoint(wave, "", _mean(manner, "", value, visits), len(there)))
    return tuple(found)


def _part(manner: Manner, score: PastScore) -> str:
    programme = manner.context.programme
    return "" if programme is None or len(programme.checklists) == 1 else score.checklist


def _mean(manner: Manner, checklist: str, value: Fraction | None, n: int) -> Mean:
    """Shown with the decimals of the scores that it stands beside."""
    programme = manner.context.programme
    only = programme.checklists[0].checklist if programme is not None and len(programme.checklists) == 1 else ""
    known = [each for (name, _), each in manner.context.checklists.items() if name == (checklist or only)]
    percent = all(each.scoring == "percent" for each in known)
    decimals = max((each.decimals for each in known), default=1) if checklist or not percent else manner.decimals
    return mean_of(value, n, decimals, percent=percent)

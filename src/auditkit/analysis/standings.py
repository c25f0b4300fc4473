"""The network's branches beside one another and against the wave before, as far as chance lets it be said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from auditkit.analysis.certainty import PairedChange, Pooled, Standings
from auditkit.analysis.flips import sign_flips
from auditkit.analysis.groups import Index, Manner
from auditkit.analysis.intervals import Doubt
from auditkit.analysis.network_shapes import RankingRow
from auditkit.analysis.pooling import Estimate, Measured, beyond, estimates, groups
from auditkit.model.checklist import Verdict


class Ranked(NamedTuple):
    """A row of the ranking with what its comparisons need."""

    row: RankingRow
    doubt: Doubt | None
    """Of its index."""
    earlier: Index | None
    """In the wave before, where that has the same checklists in the same MAJOR versions."""
    doubt_before: Doubt | None

    @property
    def change(self) -> Fraction | None:
        """Of a complete index against a complete one."""
        earlier = self.earlier
        if earlier is None or not (earlier.complete and self.row.index_complete):
            return None
        now, before = self.row.index.value, earlier.mean.value
        return None if now is None or before is None else now - before


def ranked_rows(
    manner: Manner, ranked: Sequence[Ranked], *, at_most: bool
) -> tuple[tuple[RankingRow, ...], Standings | None]:
    """The rows with their groups, and whether their changes are beyond chance. `at_most`: see `Standings`."""
    known = [each for each in ranked if each.row.index_complete and each.doubt is not None and each.doubt.variance > 0]
    measured = [Measured(float(each.row.index.value or 0), each.doubt.variance) for each in known if each.doubt]
    numbers: dict[str, int] = {}
    standings = None
    if len(known) > 1:
        apart, found = estimates(measured)
        numbers = dict(zip((each.row.branch.code for each in known), groups(found), strict=True))
        counts = [each.row.index.n for each in known]
        standings = Standings(
            None if apart is None else _places(apart.noise_share, 4),
            None if apart is None else _places(math.sqrt(apart.variance), 4),
            min(counts),
            max(counts),
            _pooled(manner, known, found),
            at_most,
        )
    rows = (replace(each.row, group=numbers.get(each.row.branch.code), beyond=_beyond(each)) for each in ranked)
    return tuple(rows), standings


def _beyond(ranked: Ranked) -> bool | None:
    change, now, before = ranked.change, ranked.doubt, ranked.doubt_before
    return None if change is None or now is None or before is None else beyond(change, now.variance, before.variance)


def _pooled(manner: Manner, known: Sequence[Ranked], found: Sequence[Estimate]) -> tuple[Pooled, ...]:
    bound = _passing(manner)
    made = [
        Pooled(
            each.row.branch.code,
            _places(one.value, 4),
            _places(one.sd, 4),
            None if bound is None else _places(one.at_least(bound), 4),
        )
        for each, one in zip(known, found, strict=True)
    ]
    return tuple(sorted(made, key=lambda each: (-each.value, each.branch)))


def _passing(manner: Manner) -> float | None:
    """The lowest index with which a branch passes."""
    grades = manner.context.programme.grades if manner.context.programme else ()
    bounds = [each.at_least for each in grades if each.verdict is Verdict.PASS and each.at_least is not None]
    return float(min(bounds)) if bounds else None


def paired_change(manner: Manner, ranked: Sequence[Ranked]) -> PairedChange | None:
    """Over the branches with a complete index in both waves; `None` where there are none."""
    changes = [change for each in ranked if (change := each.change) is not None]
    if not changes:
        return None
    mean = sum(changes, Fraction(0)) / len(changes)
    step = Decimal(1).scaleb(-manner.decimals)
    shown = (Decimal(mean.numerator) / Decimal(mean.denominator)).quantize(step, rounding=ROUND_HALF_UP)
    risen, fallen = sum(each > 0 for each in changes), sum(each < 0 for each in changes)
    return PairedChange(len(changes), risen, fallen, shown, sign_flips(changes))


def _places(value: float, decimals: int) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)

"""Intervals of a branch's means: its own visits are too few to tell how far they lie apart, so all branches' are."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from auditkit.analysis.certainty import Interval, Noise
from auditkit.analysis.distributions import normal_quantile, t_quantile
from auditkit.analysis.groups import Manner
from auditkit.analysis.lines import ByLine, Line, newest
from auditkit.analysis.noise import Noises
from auditkit.analysis.shapes import Mean

_SHARE = 0.975


class Doubt(NamedTuple):
    """The variance of a mean, and how well it is known."""

    variance: float
    df: float | None
    """`None`: as if it were certain."""

    @property
    def half(self) -> float:
        """Half the width of the interval that holds 19 times out of 20."""
        times = normal_quantile(_SHARE) if self.df is None else t_quantile(_SHARE, self.df)
        return times * math.sqrt(self.variance)


def mean_doubt(noise: Noise | None, n: int) -> Doubt | None:
    """Of the mean of n visits; `None` where nobody knows how far visits lie apart."""
    if noise is None or noise.variance is None or not n:
        return None
    return Doubt(float(noise.variance / n), noise.df)


def line_interval(manner: Manner, noises: Noises, line: Line, mean: Mean) -> Interval | None:
    """Of a branch's mean on one checklist."""
    checklist = manner.checklist(line)
    doubt = mean_doubt(noises.of(line), mean.n)
    return interval(mean, doubt, checklist.decimals if checklist else 1, percent=manner.is_percent(line))


def index_interval(manner: Manner, noises: Noises, members: Iterable[ByLine], mean: Mean) -> Interval | None:
    """Of a branch's index."""
    return interval(mean, index_doubt(manner, noises, members), manner.decimals, percent=True)


def index_doubt(manner: Manner, noises: Noises, members: Iterable[ByLine]) -> Doubt | None:
    """Of a branch's index: that of its checklists' means; `None` where that of one is not known."""
    counts: dict[Line, int] = defaultdict(int)
    for member in members:
        for line, scores in member.items():
            counts[line] += scores.tally.n
    scored = {line for line, n in counts.items() if n}
    weights = manner.weights(scored)
    lines = {name: line for name, line in newest(scored).items() if weights.get(name)}
    whole = sum((weights[name] for name in lines), Fraction(0))
    parts: dict[str, Doubt] = {}
    for name, line in lines.items():
        doubt = mean_doubt(noises.of(line), counts[line])
        if doubt is None:
            return None
        parts[name] = Doubt(float(weights[name] / whole) ** 2 * doubt.variance, doubt.df)
    return _summed(parts, noises.together) if parts else None


def _summed(parts: dict[str, Doubt], together: Sequence[frozenset[str]]) -> Doubt:
    """Independent visits add their variances. Checklists of one visit may all err the same way: theirs add in full."""
    if len(parts) == 1:
        return next(iter(parts.values()))
    groups: dict[frozenset[str], list[Doubt]] = defaultdict(list)
    for name, part in parts.items():
        groups[next((each for each in together if name in each), frozenset({name}))].append(part)
    sums = []
    for members in groups.values():
        known = [each.df for each in members if each.df is not None]
        sums.append(Doubt(sum(math.sqrt(each.variance) for each in members) ** 2, min(known, default=None)))
    return Doubt(sum(each.variance for each in sums), _freedom(sums))


def _freedom(parts: Sequence[Doubt]) -> float | None:
    """The degrees of freedom of a sum of variances, after Welch and Satterthwaite."""
    below = sum(each.variance**2 / each.df for each in parts if each.df is not None)
    return sum(each.variance for each in parts) ** 2 / below if below else None


def interval(mean: Mean, doubt: Doubt | None, decimals: int, *, percent: bool) -> Interval | None:
    """Around a mean, within the scale of percents."""
    if doubt is None or mean.value is None:
        return None
    low, high = float(mean.value) - doubt.half, float(mean.value) + doubt.half
    if percent:
        low, high = max(low, 0.0), min(high, 100.0)
    df = None if doubt.df is None else _places(doubt.df, 1)
    return Interval(_places(low, decimals), _places(high, decimals), _places(math.sqrt(doubt.variance), 4), df)


def _places(value: float, decimals: int) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)

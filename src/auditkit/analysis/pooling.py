"""Branches beside one another: partial pooling, groups that chance cannot tell apart, and how much is chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from auditkit.analysis.distributions import normal_quantile, normal_share

LEAST_BRANCHES = 5
"""Below it nothing is pooled: so few do not tell how far branches lie apart."""
_BEYOND = normal_quantile(0.975)


class Measured(NamedTuple):
    """A branch's mean with the variance that chance gives it."""

    value: float
    variance: float


class Estimate(NamedTuple):
    """Where a branch's true level is believed to lie."""

    value: float
    sd: float

    def at_least(self, bound: float) -> float:
        """The probability that the true level reaches a bound."""
        return normal_share((self.value - bound) / self.sd)


class Between(NamedTuple):
    """How far branches lie apart beyond chance."""

    variance: float
    """σ²_b, never below 0."""
    noise_share: float
    """The part of the differences between means that chance alone explains, 0 to 1 (MSW / MSB)."""


def between(measured: Sequence[Measured]) -> Between:
    """With equal noise in all visits (MSB − MSW) / n0, as in analysis of variance; else after DerSimonian and Laird."""
    weights = [1 / each.variance for each in measured]
    whole = sum(weights)
    mean = sum(w * each.value for w, each in zip(weights, measured, strict=True)) / whole
    squares = sum(w * (each.value - mean) ** 2 for w, each in zip(weights, measured, strict=True))
    free = len(measured) - 1
    spare = whole - sum(w * w for w in weights) / whole
    variance = max(0.0, (squares - free) / spare) if spare else 0.0
    return Between(variance, min(1.0, free / squares) if squares else 1.0)


def pooled(measured: Sequence[Measured], variance: float) -> tuple[float, list[Estimate]]:
    """The mean of all, and every branch drawn towards it as far as its visits are few. `variance`: between branches."""
    weights = [1 / (variance + each.variance) for each in measured]
    mean = sum(w * each.value for w, each in zip(weights, measured, strict=True)) / sum(weights)
    found = []
    for each in measured:
        own = variance / (variance + each.variance)
        found.append(Estimate(mean + own * (each.value - mean), math.sqrt(own * each.variance)))
    return mean, found


def estimates(measured: Sequence[Measured]) -> tuple[Between | None, list[Estimate]]:
    """Pooled where there are enough branches that differ; else as they were measured: nothing comes of nothing."""
    apart = between(measured) if len(measured) >= LEAST_BRANCHES else None
    if apart is None or apart.variance == 0:
        return apart, [Estimate(each.value, math.sqrt(each.variance)) for each in measured]
    return apart, pooled(measured, apart.variance)[1]


def groups(found: Sequence[Estimate]) -> list[int]:
    """The group of each, 1 the highest: one joins while chance may explain its distance to the group's first."""
    order = sorted(range(len(found)), key=lambda at: -found[at].value)
    numbers = [0] * len(found)
    first: Estimate | None = None
    number = 0
    for at in order:
        each = found[at]
        if first is None or first.value - each.value > _BEYOND * math.hypot(first.sd, each.sd):
            first, number = each, number + 1
        numbers[at] = number
    return numbers


def beyond(change: Fraction, now: float, before: float) -> bool:
    """Whether a change of one branch is larger than chance explains, by the variances of its two means."""
    return float(abs(change)) > smallest_change(now, before)


def smallest_change(now: float, before: float) -> float:
    """The smallest change beyond noise, by the variances of two means."""
    return _BEYOND * math.sqrt(now + before)

"""Exact means: numerators are summed by denominator, the few fractions added, and divided once."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm

from auditkit.analysis.shapes import Mean
from auditkit.scoring.grades import shown

NO_MEAN = Mean(None, None, 0)


class Tally:
    """A sum of exact numbers with their count."""

    __slots__ = ("n", "sums")

    def __init__(self) -> None:
        self.n = 0
        self.sums: dict[int, int] = {}
        """Denominator → sum of numerators."""

    def add(self, numerator: int, denominator: int, times: int = 1) -> None:
        """So many equal numbers."""
        self.sums[denominator] = self.sums.get(denominator, 0) + numerator * times
        self.n += times

    def add_sum(self, numerator: int, denominator: int, count: int) -> None:
        """So many numbers by their sum."""
        self.sums[denominator] = self.sums.get(denominator, 0) + numerator
        self.n += count

    def merge(self, other: Tally) -> None:
        """Everything that the other has."""
        for denominator, numerator in other.sums.items():
            self.sums[denominator] = self.sums.get(denominator, 0) + numerator
        self.n += other.n

    @property
    def total(self) -> Fraction:
        """The sum."""
        whole = lcm(*self.sums)
        return Fraction(sum(top * (whole // bottom) for bottom, top in self.sums.items()), whole)

    @property
    def value(self) -> Fraction | None:
        """The mean; `None` of nothing."""
        return self.total / self.n if self.n else None


def mean_of(value: Fraction | None, n: int, decimals: int, *, percent: bool) -> Mean:
    """A mean, shown once rounded."""
    return NO_MEAN if value is None else Mean(value, shown(value, decimals, percent), n)


def weighted(parts: Iterable[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Σ weight × value / Σ weight; `None` where no weight is left."""
    pairs = list(parts)
    whole = sum((weight for weight, _ in pairs), Fraction(0))
    return sum((weight * value for weight, value in pairs), Fraction(0)) / whole if whole else None


def plain_mean(values: Iterable[Fraction]) -> Fraction | None:
    """Every value counts once."""
    tally = Tally()
    for value in values:
        tally.add(value.numerator, value.denominator)
    return tally.value

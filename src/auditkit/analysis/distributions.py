"""The normal distribution and Student's t: the only tables of statistics that the reports need."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

_NORMAL = NormalDist()
_TINY = 1e-300
_STEPS = 400


def normal_quantile(share: float) -> float:
    """The point that a standard normal number stays below with this probability."""
    return _NORMAL.inv_cdf(share)


def normal_share(z: float) -> float:
    """The probability that a standard normal number stays below this point."""
    return math.erfc(-z / math.sqrt(2)) / 2


def t_share(t: float, df: float) -> float:
    """The probability that Student's t with so many degrees of freedom stays below this point."""
    if abs(t) < 1:  # near the middle a tail would lose what is beyond it
        return 0.5 + math.copysign(_beta_share(0.5, df / 2, t * t / (df + t * t)) / 2, t)
    tail = _beta_share(df / 2, 0.5, df / (df + t * t)) / 2
    return 1 - tail if t > 0 else tail


@lru_cache(maxsize=1024)
def t_quantile(share: float, df: float) -> float:
    """The point that Student's t stays below with this probability, by halving."""
    if share < 0.5:
        return -t_quantile(1 - share, df)
    low, high = 0.0, 1.0
    while t_share(high, df) < share:
        low, high = high, high * 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if t_share(middle, df) < share else (low, middle)
    return (low + high) / 2


def _beta_share(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function, by its continued fraction on the side where that is short."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_share(b, a, 1 - x)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(front) * _fraction(a, b, x) / a


def _fraction(a: float, b: float, x: float) -> float:
    """Lentz's way through the continued fraction."""
    above = 1.0
    below = value = 1 / _not_zero(1 - (a + b) * x / (a + 1))
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for part in (even, odd):
            below = 1 / _not_zero(1 + part * below)
            above = _not_zero(1 + part / above)
            value *= above * below
        if abs(1 - above * below) < 1e-16:
            break
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY

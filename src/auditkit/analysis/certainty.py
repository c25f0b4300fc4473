"""What so many visits can carry: plain records beside the figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction


class Source(Enum):
    """Where it is known from how far visits to one branch lie apart."""

    WAVE = "wave"
    """The wave that is reported."""
    EARLIER = "earlier"
    """The waves before, of the same MAJOR version."""
    STATED = "stated"
    """`visit_sd` in programme.yaml."""
    NEVER_TWICE = "never_twice"
    """Nowhere: no branch was visited twice in a wave."""
    TOO_FEW = "too_few"
    """Nowhere: fewer than ten visits beyond the first of a branch."""


@dataclass(frozen=True, slots=True)
class Noise:
    """How far visits to one and the same branch lie apart in a wave, on one checklist."""

    checklist: str
    major: int
    variance: Fraction | None
    """Within a branch, in points². `None` where nobody knows it, see `source`."""
    df: int | None
    """Degrees of freedom; `None` where the variance is stated."""
    source: Source


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a mean would lie if there were many more visits, 19 times out of 20."""

    low: Decimal
    """To the mean's decimals, and within the scale."""
    high: Decimal
    sd: Decimal
    """Of the mean, in points, to four places."""
    df: Decimal | None
    """Degrees of freedom of t; `None`: the normal distribution."""

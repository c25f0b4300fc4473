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
class Pooled:
    """A branch's level as all branches together let one believe it; orders groups, and never stands beside a score."""

    branch: str
    value: Decimal
    sd: Decimal
    passes: Decimal | None
    """The probability that the level reaches the lowest passing level of the index; `None` where there is none."""


@dataclass(frozen=True, slots=True)
class Standings:
    """How far the branches of a table can be told apart."""

    noise_share: Decimal | None
    """The part of the differences that chance alone explains, 0 to 1; `None` below five branches."""
    between: Decimal | None
    """The standard deviation between branches beyond chance; 0 or `None`: nothing is pooled."""
    fewest: int
    """Visits of a branch."""
    most: int
    pooled: tuple[Pooled, ...]
    """The highest first."""
    at_most: bool = False
    """Checklists that share visits were taken to err the same way: less may be noise."""


@dataclass(frozen=True, slots=True)
class PairedChange:
    """The index against the wave before, over the branches that have it in both, within one MAJOR version."""

    branches: int
    risen: int
    fallen: int
    mean: Decimal
    """Of the branches' changes, to the index's decimals."""
    p: Fraction
    """Exact: how often signs drawn by lot would give a change as large."""

    @property
    def beyond(self) -> bool:
        """Whether chance would give it less than once in 20 times."""
        return self.p <= Fraction(1, 20)


@dataclass(frozen=True, slots=True)
class ItemChange:
    """How often an item was met against the wave before, paired by branch."""

    branches: int
    """Where it was asked in both waves."""
    risen: int
    """Branches that met it in a larger part of their visits than before."""
    fallen: int
    p: Decimal
    """McNemar's, exact."""
    q: Decimal
    """The part of false alarms among all items at least as striking."""
    beyond: bool
    """Whether that is at most one in 20."""


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

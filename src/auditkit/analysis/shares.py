"""What few trials tell about a share."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_PLACES = Decimal("0.0001")
_DOUBT = 0.05


def unseen_rate(n: int) -> Decimal | None:
    """How often something may happen that n visits never saw: the upper 95 % bound 1 − 0.05^(1/n)."""
    return Decimal(1 - _DOUBT ** (1 / n)).quantize(_PLACES, rounding=ROUND_HALF_UP) if n else None

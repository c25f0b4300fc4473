"""Scoring: pure sums from a checklist and a submission to an exact, explained result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditkit.scoring.losses import bridge, points_lost
from auditkit.scoring.visits import ENGINE, score

if TYPE_CHECKING:
    from auditkit.scoring.explaining import explain
    from auditkit.scoring.explanation import Explanation

__all__ = ["ENGINE", "Explanation", "bridge", "explain", "points_lost", "score"]


def __getattr__(name: str) -> object:
    # Explaining is for one visit at a time; scoring thousands does not wait for it.
    if name in ("explain", "Explanation"):
        from auditkit.scoring import explaining

        return getattr(explaining, name)
    raise AttributeError(name)

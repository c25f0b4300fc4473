"""Scoring: pure sums from a checklist and a submission to an exact, explained result."""

from auditkit.scoring.losses import points_lost
from auditkit.scoring.visits import ENGINE, score

__all__ = ["ENGINE", "points_lost", "score"]

"""How far a wave is published, as its reports say it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

PROVISIONAL, FINAL = "provisional", "final"


class Objected(NamedTuple):
    """An appeal as its branch reads about it."""

    words: str
    """What the branch wrote."""
    outcome: str
    """`open`, `uphold`, `reject`."""
    reason: str
    """Of whoever decided it; '' while it is open."""


@dataclass(frozen=True)
class Publication:
    """The latest release of a wave. Picklable."""

    release: str
    kind: str
    """`provisional` or `final`."""
    day: date
    appeal_until: date | None = None
    """The last day on which branches may appeal; `None`: they may not, or not any more."""
    before: Mapping[str, str] = field(default_factory=dict)
    """Branch → the score as it was last released provisionally, as shown; '' where there was none."""
    objected: Mapping[tuple[str, str], Objected] = field(default_factory=dict)
    """(reference of a report, item; '' of the whole report) → its appeal."""

    @property
    def is_preliminary(self) -> bool:
        """Scores may still move by appeals."""
        return self.kind == PROVISIONAL


def reference(visit: str, checklist: str, answers: str) -> str:
    """By which an appeal names a report: it says neither its code nor its shopper, nor can they be guessed from it."""
    return hashlib.sha256(f"{visit}|{checklist}|{answers[:32]}".encode("utf-8", "surrogatepass")).hexdigest()[:12]

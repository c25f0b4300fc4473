"""Which of the shoppers' words a branch may read: by the programme's rule, and by what a person decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from auditkit.analysis.viewing import Said
from auditkit.audience.marks import Marker
from auditkit.model.decision import NO_DECISIONS, Decision, Decisions, What
from auditkit.model.visit import GONE


class Fate(StrEnum):
    """What becomes of a shopper's words."""

    OPEN = "open"
    """Released by the rule: nothing in them is marked."""
    WAITS = "waits"
    """Marked, or the rule asks for a person; nobody has decided."""
    RELEASED = "released"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Comments:
    """The rule and the decisions of one wave. Picklable."""

    wave: str
    rule: str = "unmarked"
    decisions: Decisions = NO_DECISIONS
    marker: Marker = field(default_factory=Marker)

    def fate(self, said: Said) -> tuple[Fate, Decision | None]:
        """What becomes of them, with the decision where there is one. Of words that were deleted nothing is decided."""
        if said.text == GONE:
            return Fate.OPEN, None
        decided = self.decisions.said(self.wave, said.visit, said.checklist, said.item, said.text)
        if decided is not None:
            return (Fate.RELEASED if decided.what is What.RELEASE else Fate.WITHHELD), decided
        if self.rule == "all" or (self.rule == "unmarked" and not self.marker.marks(said.text)):
            return Fate.OPEN, None
        return Fate.WAITS, None

    def read(self, said: Said) -> str:
        """The words as a branch may read them, before codes and names are masked; '' where it may not."""
        fate, decided = self.fate(said)
        if fate in (Fate.WAITS, Fate.WITHHELD):
            return ""
        return (decided.new if decided is not None else "") or said.text

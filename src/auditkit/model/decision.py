"""What people decided about reports: one line a decision, never erased, only undone by another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class What(StrEnum):
    """What was decided."""

    ACCEPT = "accept"
    """A report that was held counts."""
    ACCEPT_INCOMPLETE = "accept_incomplete"
    """A report counts as it is: what is blank in it was not observed."""
    RETURN = "return"
    """A report goes back to its shopper."""
    EXCLUDE = "exclude"
    """A report counts nowhere."""
    ANNUL = "annul"
    """An item counts nowhere in a wave, at all branches or some, or in one visit."""
    AMEND = "amend"
    """One answer of a report is another one, after an appeal for instance."""
    UNDO = "undo"
    """An earlier decision does not hold any more; `item` is its number."""


OF_A_REPORT = (What.ACCEPT, What.ACCEPT_INCOMPLETE, What.RETURN, What.EXCLUDE)
"""Decisions on a report's fate: of several about one report the latest holds."""
SCORES = (What.ACCEPT_INCOMPLETE, What.ANNUL, What.AMEND)
"""Decisions that change what a report scores."""


class Decision(NamedTuple):
    """One line of decisions.csv; '' where a part does not apply."""

    number: int
    at: str
    """ISO 8601 with offset."""
    by: str
    role: str
    what: What
    wave: str
    visit: str = ""
    checklist: str = ""
    item: str = ""
    branches: tuple[str, ...] = ()
    """Of an annulment; empty: all."""
    reason: str = ""
    old: str = ""
    """What held before: a fate with its reason, an answer."""
    new: str = ""
    answers: str = ""
    """Hash of the answers of the report that was decided on: another version of it needs another decision."""


_Report = tuple[str, str, str]
"""Wave, visit, checklist."""


@dataclass(frozen=True)
class Decisions:
    """All decisions of a programme, and those of them that hold. Picklable."""

    every: tuple[Decision, ...] = ()
    """In their order, the undone ones too."""
    _fates: Mapping[tuple[str, str, str, str], Decision] = field(default_factory=dict)
    """Wave, visit, checklist, answers → the latest decision on that report."""
    _amended: Mapping[_Report, tuple[Decision, ...]] = field(default_factory=dict)
    _annulled: Mapping[tuple[str, str], tuple[Decision, ...]] = field(default_factory=dict)
    """Wave, checklist → annulments."""

    @classmethod
    def of(cls, every: Iterable[Decision]) -> Decisions:
        """The decisions in the order in which they were taken."""
        lines = tuple(every)
        undone = {each.item for each in lines if each.what is What.UNDO}
        fates: dict[tuple[str, str, str, str], Decision] = {}
        amended: dict[_Report, tuple[Decision, ...]] = {}
        annulled: dict[tuple[str, str], tuple[Decision, ...]] = {}
        for each in lines:
            if str(each.number) in undone or each.what is What.UNDO:
                continue
            report = each.wave, each.visit, each.checklist
            if each.what in OF_A_REPORT:
                fates[(*report, each.answers)] = each
            elif each.what is What.AMEND:
                amended[report] = (*amended.get(report, ()), each)
            else:
                key = each.wave, each.checklist
                annulled[key] = (*annulled.get(key, ()), each)
        return cls(lines, fates, amended, annulled)

    @property
    def next_number(self) -> int:
        """Of the next line."""
        return max((each.number for each in self.every), default=0) + 1

    def fate(self, wave: str, visit: str, checklist: str, answers: str) -> Decision | None:
        """What was decided of this very report."""
        return self._fates.get((wave, visit, checklist, answers)) if self._fates else None

    def amendments(self, wave: str, visit: str, checklist: str, answers: str) -> list[Decision]:
        """Answers of this very report that are other ones, in the order in which they were decided."""
        found = self._amended.get((wave, visit, checklist), ()) if self._amended else ()
        return [each for each in found if each.answers == answers]

    def annulments(self, wave: str, visit: str, checklist: str, branch: str) -> list[Decision]:
        """Items that do not count in this visit."""
        found = self._annulled.get((wave, checklist), ()) if self._annulled else ()
        return [
            each
            for each in found
            if (not each.visit or each.visit == visit) and (not each.branches or branch in each.branches)
        ]

    def acting(self, wave: str, visit: str, checklist: str, branch: str, answers: str) -> tuple[Decision, ...]:
        """Everything that holds of this report, in the order in which it was decided."""
        own = self.fate(wave, visit, checklist, answers)
        found = [*([own] if own is not None else []), *self.amendments(wave, visit, checklist, answers)]
        found += self.annulments(wave, visit, checklist, branch)
        return tuple(sorted(found, key=lambda each: each.number))

    def scoring(self, wave: str, visit: str, checklist: str, branch: str, answers: str) -> str:
        """A hash of the decisions that act on what this report scores; '' where there are none."""
        if not self.every:
            return ""  # asked of millions of reports, of which most programmes decide on few
        acting = [each for each in self.acting(wave, visit, checklist, branch, answers) if each.what in SCORES]
        return digest_of(acting) if acting else ""

    def of_wave(self, wave: str) -> str:
        """A hash of all that holds in a wave; '' where nothing was decided."""
        found = [each for key, each in self._fates.items() if key[0] == wave]
        found += [each for key, several in self._amended.items() if key[0] == wave for each in several]
        found += [each for key, several in self._annulled.items() if key[0] == wave for each in several]
        return digest_of(found) if found else ""


def digest_of(decisions: Iterable[Decision]) -> str:
    """A hash of what these decisions say."""
    lines = sorted(repr((*each[:4], each.what.value, *each[5:])) for each in decisions)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:32]


NO_DECISIONS = Decisions()

"""What people decided about reports: one line a decision, never erased, only undone by another."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
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
    RELEASE = "release"
    """A comment may be read by its branch, as it is or in other words (`new`)."""
    WITHHOLD = "withhold"
    """A comment is not shown to its branch."""
    APPEAL = "appeal"
    """A branch says that an answer, or a whole report, is wrong: no decision yet, but a line that asks for one."""
    UPHOLD = "uphold"
    """An appeal is right; `item` is its number, and what follows from it is a decision of its own."""
    REJECT = "reject"
    """An appeal is not right; `item` is its number."""
    UNDO = "undo"
    """An earlier decision does not hold any more; `item` is its number."""


OF_A_REPORT = (What.ACCEPT, What.ACCEPT_INCOMPLETE, What.RETURN, What.EXCLUDE)
"""Decisions on a report's fate: of several about one report the latest holds."""
SCORES = (What.ACCEPT_INCOMPLETE, What.ANNUL, What.AMEND)
"""Decisions that change what a report scores."""
OF_A_COMMENT = (What.RELEASE, What.WITHHOLD)
"""Decisions on who reads a shopper's words; `answers` is the hash of those words."""
OF_AN_APPEAL = (What.UPHOLD, What.REJECT)
BY_NUMBER = (*OF_AN_APPEAL, What.UNDO)
"""Lines whose `item` is the number of an earlier one."""


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

    def concerns(self, visit: str, checklist: str, branch: str) -> bool:
        """Whether it is about this report, of its wave: by the visit, else by checklist and branches."""
        if self.checklist not in ("", checklist) or self.visit not in ("", visit):
            return False
        return not self.branches or branch in self.branches


class Appeal(NamedTuple):
    """What a branch objects to, with what was decided of it."""

    line: Decision
    outcome: Decision | None
    """`None`: open."""


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
    _said: Mapping[tuple[str, str, str, str], Decision] = field(default_factory=dict)
    """Wave, visit, checklist, item → the latest decision on the words there."""
    _appeals: tuple[Appeal, ...] = ()
    undone: Mapping[int, int] = field(default_factory=dict)
    """Number of a decision that does not hold any more → number of the line that undid it."""

    @classmethod
    def of(cls, every: Iterable[Decision]) -> Decisions:
        """The decisions in the order in which they were taken."""
        lines = tuple(every)
        undone = {int(each.item): each.number for each in lines if each.what is What.UNDO and each.item.isdigit()}
        fates: dict[tuple[str, str, str, str], Decision] = {}
        amended: dict[_Report, tuple[Decision, ...]] = {}
        annulled: dict[tuple[str, str], tuple[Decision, ...]] = {}
        said: dict[tuple[str, str, str, str], Decision] = {}
        appeals: dict[int, Appeal] = {}
        for each in lines:
            if each.number in undone or each.what is What.UNDO:
                continue
            report = each.wave, each.visit, each.checklist
            if each.what in OF_A_REPORT:
                fates[(*report, each.answers)] = each
            elif each.what is What.AMEND:
                amended[report] = (*amended.get(report, ()), each)
            elif each.what in OF_A_COMMENT:
                said[(*report, each.item)] = each
            elif each.what is What.APPEAL:
                appeals[each.number] = Appeal(each, None)
            elif each.what in OF_AN_APPEAL:
                number = int(each.item) if each.item.isdigit() else 0
                if number in appeals:
                    appeals[number] = appeals[number]._replace(outcome=each)
            else:
                key = each.wave, each.checklist
                annulled[key] = (*annulled.get(key, ()), each)
        return cls(lines, fates, amended, annulled, said, tuple(appeals.values()), undone)

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
        return [each for each in found if each.concerns(visit, checklist, branch)]

    def holding(self, wave: str) -> Iterator[Decision]:
        """Lines of a wave that were not undone, in their order."""
        return (
            each
            for each in self.every
            if each.wave == wave and each.what is not What.UNDO and each.number not in self.undone
        )

    def about(self, wave: str, branch: str, visits: Collection[str]) -> list[Decision]:
        """Everything ever decided about a branch's reports in a wave, the undone too."""
        return [
            each
            for each in self.every
            if each.wave == wave
            and (each.visit in visits if each.visit else not each.branches or branch in each.branches)
        ]

    def said(self, wave: str, visit: str, checklist: str, item: str, text: str) -> Decision | None:
        """What was decided of these very words."""
        found = self._said.get((wave, visit, checklist, item)) if self._said else None
        return found if found is not None and found.answers == words_hash(text) else None

    def appeals(self, wave: str) -> list[Appeal]:
        """All appeals of a wave that were not taken back, in their order."""
        return [each for each in self._appeals if each.line.wave == wave]

    def appeal(self, number: int) -> Appeal | None:
        """The appeal of that number; `None` where the line is no appeal, or was taken back."""
        return next((each for each in self._appeals if each.line.number == number), None)

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
        """A hash of all that acts on a wave's results; '' where there is nothing."""
        found = [each for each in self.holding(wave) if each.what in (*OF_A_REPORT, *SCORES)] if self.every else []
        return digest_of(found) if found else ""


def words_hash(text: str) -> str:
    """By which a decision names a shopper's words; how they are spaced does not matter."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def digest_of(decisions: Iterable[Decision]) -> str:
    """A hash of what these decisions say."""
    lines = sorted(repr((*each[:4], each.what.value, *each[5:])) for each in decisions)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:32]


NO_DECISIONS = Decisions()

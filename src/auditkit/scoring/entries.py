"""What one answer to one item comes to: its state, its credit, its effects, worked out once and shared."""

from __future__ import annotations

import weakref
from fractions import Fraction
from typing import Any, NamedTuple

from auditkit.model.checklist import Checklist
from auditkit.model.credits import ZERO, Judged, Rules, how_met
from auditkit.model.items import AnyItem, is_required
from auditkit.model.judging import Severity, Unscored
from auditkit.model.score import ItemScore
from auditkit.model.visit import NOT_APPLICABLE, NOT_ASKED, NOT_OBSERVED, State

# Counts of a visit, 16 bits each, packed into one integer so that one addition an item counts them all.
SCORED, UNSEEN, BLANK, NOT_HERE, INCOMPLETE, CRITICAL, STRANGE, PENDING = (1 << (16 * place) for place in range(8))
_COUNTED = {
    State.SCORED: SCORED,
    State.NOT_OBSERVED: UNSEEN,
    State.MISSING: BLANK,
    State.NOT_APPLICABLE: NOT_HERE,
}


def count_of(code: int, what: int) -> int:
    """One of the counts that a sum of codes holds."""
    return code // what & 0xFFFF


class Counts(NamedTuple):
    """The counts for coverage and the not-applicable rate."""

    scored: int
    not_observed: int
    missing: int
    not_applicable: int


class _CountsOf(dict[int, Counts]):
    """Sum of codes → counts; few sums occur."""

    def __missing__(self, code: int) -> Counts:
        found = Counts(*(count_of(code, what) for what in (SCORED, UNSEEN, BLANK, NOT_HERE)))
        if len(self) < REMEMBERED:
            self[code] = found
        return found


COUNTS = _CountsOf()

Sum = int | Fraction


class Entry(NamedTuple):
    """One item with one answer."""

    score: ItemScore
    sums: Sum
    """Earned and possible in one number, so that one addition adds both: see `Units`."""
    code: int


class Units(NamedTuple):
    """Credits as whole numbers: `scale` units to a credit; possible stands `shift` bits above earned."""

    scale: int
    shift: int

    def joined(self, earned: Fraction, possible: Fraction) -> Sum:
        """Weighted credits → one number; whole but where a linear item leaves a fraction."""
        both = earned * self.scale + (possible * self.scale) * (1 << self.shift)
        return both.numerator if both.denominator == 1 else both

    def split(self, sums: Sum) -> tuple[Fraction, Fraction]:
        """A sum of such numbers → weighted credits earned and possible."""
        possible = (sums + (1 << self.shift - 1)) // (1 << self.shift)
        earned = sums - possible * (1 << self.shift)
        return Fraction(earned) / self.scale, Fraction(possible) / self.scale


REMEMBERED = 4096
"""Answers kept an item; numbers and times beyond that are worked out each time, so that memory stays flat."""


class Row:
    """One item of a plan, with the entry of every answer met so far."""

    def __init__(self, item: AnyItem, section: str, judged_by: Rules | None, checklist: Checklist) -> None:
        self.item = item
        self.section = section
        self.rules = judged_by
        self.weight = Fraction(item.weight)
        self.required = is_required(item)
        self.counts = judged_by is not None and not item.bonus
        self.lower = checklist.direction == "lower_is_better"
        self.units = Units(1, 64)
        self.entries = Recorded(self) if judged_by is None else Entries(self)

    def state_entry(self, state: State) -> Entry:
        """The item in a state other than scored, in or out of the sums as its rules say."""
        if self.rules is None and state not in (State.NOT_ASKED, State.MISSING):
            state = State.INFORMATIONAL
        code = _COUNTED.get(state, 0) if self.counts else 0
        if state is State.MISSING and self.required:
            code += INCOMPLETE
        if state is State.PENDING:
            code += PENDING
        return self._entry(state, self._stand_in(state), code)

    def accepted_entry(self) -> Entry:
        """A required blank that a decision accepted: it counts as not observed."""
        return self.state_entry(State.NOT_OBSERVED)

    def answer_entry(self, answer: Any) -> Entry:
        """The item with a canonical answer (`None`: blank)."""
        if answer == NOT_ASKED:
            return self.state_entry(State.NOT_ASKED)
        if self.rules is None:
            return self.state_entry(State.INFORMATIONAL if answer is not None or not self.required else State.MISSING)
        if answer is None:
            return self.state_entry(State.MISSING)
        if answer == NOT_APPLICABLE and self.item.not_applicable:
            return self.state_entry(State.NOT_APPLICABLE)
        if answer == NOT_OBSERVED and self.item.not_observed:
            return self.state_entry(State.NOT_OBSERVED)
        return self.judged_entry(self.rules.judge(answer))

    def judged_entry(self, judged: Judged | None) -> Entry:
        """The item with a credit; `None`, an answer that is none of its own, counts as a blank."""
        if judged is None:
            blank = self.state_entry(State.MISSING)
            return blank._replace(code=blank.code + STRANGE)
        return self._entry(State.SCORED, judged, SCORED if self.counts else 0)

    def _stand_in(self, state: State) -> Judged | None:
        """The credit that `when_not_applicable` / `when_not_observed` gives instead of an answer."""
        if self.rules is None or self.item.bonus:
            return None
        said = {
            State.NOT_APPLICABLE: self.item.when_not_applicable,
            State.NOT_OBSERVED: self.item.when_not_observed,
        }.get(state, Unscored.EXCLUDE)
        if said is Unscored.EXCLUDE:
            return None
        if said is Unscored.FULL:
            return Judged(self.rules.best)
        # Where fewer points are better, or where every answer costs points, nothing earned would be a present.
        return Judged(self.rules.worst if self.lower else min(ZERO, self.rules.best))

    def _entry(self, state: State, judged: Judged | None, code: int) -> Entry:
        if judged is None or self.rules is None:
            score = ItemScore(
                self.item.id, self.section, state, None, None, ZERO, ZERO, ZERO, self.item.severity, (), self.item.bonus
            )
            return Entry(score, 0, code)
        met = how_met(self.rules, judged.credit, self.item.not_met_at) if state is State.SCORED else None
        effects = self.effects(judged, met)
        earned = self.weight * judged.credit
        possible, worst = (
            (ZERO, ZERO) if self.item.bonus else (self.weight * self.rules.best, self.weight * self.rules.worst)
        )
        score = ItemScore(
            item=self.item.id,
            section=self.section,
            state=state,
            met=met,
            credit=judged.credit,
            earned=earned,
            possible=possible,
            worst=worst,
            severity=max(judged.severities, key=_gravity, default=self.item.severity),
            critical=effects,
            bonus=self.item.bonus,
            findings=judged.severities or ((self.item.severity,) if met == "not_met" and not self.item.bonus else ()),
        )
        return Entry(score, self.units.joined(earned, possible), code + (CRITICAL if effects else 0))

    def effects(self, judged: Judged, met: str | None) -> tuple[Any, ...]:
        """The critical effects that act: the option's or band's own, else the item's where it is not met."""
        if judged.critical is not None:
            return judged.critical
        return self.item.critical if met == "not_met" else ()


class Entries(dict[Any, Entry]):
    """Canonical answer → entry of one item. One table an item, since `1` and `True` are one key to a dictionary."""

    def __init__(self, row: Row) -> None:
        super().__init__()
        self.row = weakref.proxy(row)

    def __missing__(self, answer: Any) -> Entry:
        found: Entry = self.row.answer_entry(answer)
        if len(self) < REMEMBERED:
            self[answer] = found
        return found


class Recorded(dict[Any, Entry]):
    """The entry of an item that earns nothing whatever is answered; the answers themselves are not kept."""

    def __init__(self, row: Row) -> None:
        super().__init__({answer: row.answer_entry(answer) for answer in (None, NOT_ASKED)})
        self.entry = row.answer_entry("")

    def __missing__(self, answer: Any) -> Entry:
        return self.entry


_GRAVITY = {Severity.MINOR: 0, Severity.MAJOR: 1, Severity.CRITICAL: 2}


def _gravity(severity: Severity) -> int:
    return _GRAVITY[severity]

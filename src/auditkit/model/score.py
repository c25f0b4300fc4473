"""What scoring gives back: exact numbers with every step that led to them; plain tuples, since there are millions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from auditkit.model.checklist import Verdict
from auditkit.model.judging import CriticalEffect, Severity
from auditkit.model.visit import Outcome, State


class ItemScore(NamedTuple):
    """One item of one visit. Shared between visits that answered alike: nothing of the visit itself is in it."""

    item: str
    section: str
    state: State
    met: str | None
    """`met`, `partly_met`, `not_met`; `None` where there is no credit."""
    credit: Fraction | None
    """As the definition gives it, before the weight; `None` where the item is out of the sums."""
    earned: Fraction
    """weight × credit; 0 where out."""
    possible: Fraction
    """weight × best credit; 0 where out, and for a bonus item."""
    worst: Fraction
    """weight × worst credit; 0 where out, and for a bonus item."""
    severity: Severity
    """Of the finding: the option's or band's where it has one, else the item's."""
    critical: tuple[CriticalEffect, ...]
    """Effects that act in this visit: empty unless triggered."""
    bonus: bool
    findings: tuple[Severity, ...] = ()
    """What it counts as in a grade's `not_met_at_most`: its severity where not met, else that of every chosen option
    or band that has one of its own."""


class Step(NamedTuple):
    """One thing that moved a score after the sums: a hold, a cap, a zero, a deduction."""

    what: str
    """`hold_0`, `hold_100`, `cap_section`, `zero_section`, `deduct`, `cap_visit`, `zero_visit`, `cap_grade` or
    `unreached`."""
    where: str
    """Section id, or '' for the visit."""
    before: Fraction
    after: Fraction
    item: str
    """The item that did it, or ''."""


class SectionScore(NamedTuple):
    """One section or subsection of one visit."""

    section: str
    parent: str
    """'' at the top."""
    earned: Fraction
    possible: Fraction
    score: Fraction | None
    """Percent (0..100) after holds and effects, or points earned in `points`; `None`: nothing scored."""
    share: Fraction
    """Its part of the visit's 100 (0..1) after unscored siblings dropped out; 0 where unscored."""


class Hashes(NamedTuple):
    """What the result was reckoned from; the same inputs give the same result, digit for digit."""

    definition: str
    submission: str
    calendar: str
    programme: str
    decisions: str
    engine: str


class VisitScore(NamedTuple):
    """One visit on one checklist, scored."""

    visit_id: str
    checklist: str
    version: str
    outcome: Outcome
    score: Fraction | None
    """Exact; percent, or points. `None`: not scored."""
    shown: Decimal | None
    """Rounded once, half away from zero; the grade is given on it."""
    base: Fraction | None
    """100 − Σ points lost (in `points`: start + Σ w·credit): before bonus, holds and effects of sections and visit."""
    lowest: Fraction
    highest: Fraction
    """In `points` the worst and the best attainable here (best is `highest` even where fewer points are better);
    0 and 100 in percent."""
    grade: str | None
    verdict: Verdict | None
    critical_failed: tuple[str, ...]
    """Items whose critical effect other than `flag` acted."""
    provisional: bool
    """Something is pending."""
    sections: tuple[SectionScore, ...]
    items: tuple[ItemScore, ...]
    steps: tuple[Step, ...]
    n_scored: int
    n_not_observed: int
    n_missing: int
    n_not_applicable: int
    """Counts for coverage and the not-applicable rate: bonus and informational items out."""
    problems: tuple[tuple[str, str, str], ...] = ()
    """Faults met while scoring: (code, item, value); `scoring.faults.problems_of` makes problems of them."""
    missing: tuple[str, ...] = ()
    """Required items left blank: with any, the submission is incomplete and was not scored."""

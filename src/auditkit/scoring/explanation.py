"""What an explanation holds: a visit's score taken apart, plain records without words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from auditkit.model.checklist import Verdict
from auditkit.model.items import AnyItem
from auditkit.model.judging import CriticalEffect, Severity
from auditkit.model.visit import Outcome, State
from auditkit.problems import Place
from auditkit.scoring.grades import Failed


@dataclass(frozen=True, slots=True)
class Times:
    """The moments that a derived item was reckoned from, in the branch's zone; `None` where there is none."""

    start: datetime | None
    end: datetime | None
    due: datetime | None
    result: str
    """What was judged: `met`, `missed`, `never`, a state, a code of a fault, or the number of units."""


@dataclass(frozen=True, slots=True)
class ItemStep:
    """One item: what stood in the cell, what it means, what it earned, what it cost."""

    item: AnyItem
    number: str
    section: str
    place: Place
    typed: str
    """As it stood in the cell; '' for a blank and for derived items."""
    answer: Any
    """Canonical; `None` where there is none."""
    state: State
    met: str | None
    credit: Fraction | None
    best: Fraction | None
    """Best credit of the item; `None` for items that earn nothing."""
    weight: Fraction
    earned: Fraction
    possible: Fraction
    share: Fraction
    """Of the item's section in the visit (0..1)."""
    lost: Fraction
    bonus: Fraction
    """Points that a bonus item added."""
    severity: Severity
    critical: tuple[CriticalEffect, ...]
    times: Times | None


@dataclass(frozen=True, slots=True)
class SectionStep:
    """One section: sums of its items, its score after holds and effects, its share in the visit."""

    section: str
    parent: str
    number: str
    weight: Fraction
    earned: Fraction
    possible: Fraction
    score: Fraction | None
    share: Fraction


@dataclass(frozen=True, slots=True)
class Move:
    """One hold or effect; `by` is what it moved the visit's score by."""

    what: str
    where: str
    item: str
    before: Fraction
    after: Fraction
    by: Fraction


@dataclass(frozen=True, slots=True)
class GradeStep:
    """One row of the grades that was tried; `failed` is empty for the row that was given."""

    grade: str
    verdict: Verdict
    failed: tuple[Failed, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A visit's score taken apart. `full` − Σ lost + Σ bonus + Σ moves is `score`, as fractions."""

    visit_id: str
    checklist: str
    version: str
    outcome: Outcome
    rollup: str
    """`sections`, `items`, `points`."""
    items: tuple[ItemStep, ...]
    sections: tuple[SectionStep, ...]
    missing: tuple[str, ...]
    """Required items left blank, for which the visit was not scored."""
    full: Fraction
    lost: Fraction
    base: Fraction | None
    bonus: Fraction
    moves: tuple[Move, ...]
    score: Fraction | None
    shown: Decimal | None
    grades: tuple[GradeStep, ...]
    grade: str | None
    verdict: Verdict | None
    failed_by: tuple[str, ...]
    """Items whose critical effect fails the verdict, whatever the grade says."""
    coverage: tuple[int, int]
    """Scored, of scored + not observed + missing."""
    not_applicable: tuple[int, int]
    """Not applicable, of the same and not applicable."""

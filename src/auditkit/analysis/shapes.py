"""The figures that analysis gives and reports show: plain records, exact numbers, no formatting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from auditkit.analysis.certainty import Interval
from auditkit.model.action import Action
from auditkit.model.checklist import Checklist, Verdict
from auditkit.model.items import AnyItem
from auditkit.model.judging import Severity
from auditkit.model.past import NO_PAST, Past
from auditkit.model.programme import Branch, Programme, Wave
from auditkit.model.publication import Publication
from auditkit.model.visit import Outcome, State


@dataclass(frozen=True, slots=True)
class Context:
    """What the tables' codes stand for. `programme` is `None` for files scored without one."""

    programme: Programme | None
    waves: tuple[Wave, ...]
    branches: Mapping[str, Branch]
    checklists: Mapping[tuple[str, str], Checklist]
    """(checklist, version) → definition."""
    publication: Publication | None = None
    """Of the wave that is reported; `None`: nothing of it was released yet."""
    actions: Mapping[tuple[str, str, str], Action] = field(default_factory=dict)
    """(branch, checklist, item) → what is done about it, by the wave that is reported."""
    past: Past = NO_PAST
    """Scores from the years before auditkit."""


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over visits with its n. `value` is exact, `shown` rounded once; both `None` where nothing was scored."""

    value: Fraction | None
    shown: Decimal | None
    n: int


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One wave of a branch's (or the network's) score."""

    wave: str
    mean: Mean
    version: str
    """Of the checklist in that wave; a MAJOR step is marked in charts."""


@dataclass(frozen=True, slots=True)
class PastPoint:
    """A score from the years before auditkit: found by another method, shown apart, compared with nothing."""

    wave: str
    checklist: str
    """'' for the branch (or the network) as a whole."""
    mean: Mean
    """Its `n`, the visits, is 0 where nobody wrote down how many there were."""
    branches: int = 1


@dataclass(frozen=True, slots=True)
class SectionFigure:
    """One top-level section of one checklist at one branch in one wave."""

    checklist: str
    version: str
    section: str
    mean: Mean
    before: Mean | None
    """In the wave before."""
    network: Mean | None
    """Of the network, in the wave before (the last closed one)."""


@dataclass(frozen=True, slots=True)
class ChecklistFigure:
    """One checklist at one branch in one wave."""

    checklist: str
    version: str
    mean: Mean
    grade: str | None
    verdict: Verdict | None
    unreached: int
    """Visits that were `not_served` or `no_answer`, of `carried_out`."""
    carried_out: int
    critical_failed: int
    """Visits with a critical failure."""
    before: Mean | None
    network: Mean | None
    sections: tuple[SectionFigure, ...]
    trend: tuple[TrendPoint, ...]
    dimensions: tuple[tuple[str, Mean], ...]
    interval: Interval | None = None
    """Of a branch's mean; `None` in the network's own figures, and where its visits cannot carry one."""
    critical_unseen: Decimal | None = None
    """The rate of critical failures that a branch without any may still have; `None` where nothing was critical."""


@dataclass(frozen=True, slots=True)
class FindingFigure:
    """One item that was not fully met at a branch, over the wave's visits."""

    checklist: str
    version: str
    item: AnyItem
    number: str
    missed: int
    """Visits in which it was not fully met, of `asked`."""
    asked: int
    answer: str
    """Canonical, from the latest visit that missed it."""
    comment: str
    """The shopper's words there."""
    visit_id: str
    place: str
    """Cell of the answer, `file[Sheet!D14]`."""
    severity: Severity
    critical: bool
    lost: Fraction
    """Points lost of 100, mean over the branch's scored visits of the wave."""
    waves_before: tuple[str, ...]
    """Earlier waves in which it was missed too."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of one visit, so that anybody can add it up."""

    item: AnyItem
    section: str
    number: str
    state: State
    met: str | None
    answer: str
    comment: str
    earned: Fraction
    possible: Fraction
    lost: Fraction
    place: str


@dataclass(frozen=True, slots=True)
class VisitFigure:
    """One visit on one checklist, as its reader may see it."""

    visit_id: str
    reference: str
    """By which an appeal names the report (`model.publication.reference`)."""
    checklist: str
    version: str
    day: date | None
    part_of_day: str
    """`morning`, `noon`, `afternoon`, `evening`, or '' where it is not shown."""
    week_only: bool
    """The day is not shown, only its week."""
    outcome: Outcome
    shopper: str
    """'' in a branch's copy."""
    score: Fraction | None
    shown: Decimal | None
    grade: str | None
    verdict: Verdict | None
    provisional: bool
    coverage: Fraction | None
    not_applicable_rate: Fraction | None
    fate: str
    """`accepted`, `not_carried_out` …"""
    file: str
    items: tuple[ItemLine, ...]
    steps: tuple[tuple[str, str, Fraction, Fraction, str], ...]
    """What, section, before, after, item: see `model.score.Step`."""


@dataclass(frozen=True, slots=True)
class BranchFigures:
    """Everything that one branch's report says of one wave."""

    branch: Branch
    wave: Wave
    index: Mean
    """Weighted mean over the programme's percent checklists; n is the number of visits behind it."""
    index_complete: bool
    index_grade: str | None
    index_verdict: Verdict | None
    index_before: Mean | None
    index_network: Mean | None
    index_trend: tuple[TrendPoint, ...]
    checklists: tuple[ChecklistFigure, ...]
    findings: tuple[FindingFigure, ...]
    """Critical first, then by points lost, then by number."""
    best: tuple[FindingFigure, ...]
    """Up to three items met in every visit that asked, by weight (`missed` is 0)."""
    visits: tuple[VisitFigure, ...]
    past: tuple[PastPoint, ...] = ()
    index_interval: Interval | None = None

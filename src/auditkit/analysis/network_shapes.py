"""The figures of a network that analysis gives and reports show: plain records, exact numbers, no formatting."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from auditkit.analysis.certainty import Interval, ItemChange, Noise, PairedChange, Standings
from auditkit.analysis.shapes import ChecklistFigure, Mean, PastPoint, TrendPoint, VisitFigure
from auditkit.model.checklist import Verdict
from auditkit.model.items import AnyItem
from auditkit.model.programme import Branch, Wave


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One branch in the network's list, by name; no ranks."""

    branch: Branch
    index: Mean
    index_complete: bool
    grade: str | None
    verdict: Verdict | None
    by_checklist: tuple[tuple[str, Mean], ...]
    critical_failed: int
    unreached: int
    before: Mean | None
    interval: Interval | None = None
    """Of the index."""
    critical_unseen: Decimal | None = None
    """The rate of critical failures that the branch may still have without any so far."""
    group: int | None = None
    """1 the highest; within a group chance explains the differences. `None`: not ranked, or nothing can be said."""
    beyond: bool | None = None
    """Whether the change from the wave before is larger than chance explains."""


@dataclass(frozen=True, slots=True)
class ItemFigure:
    """One item over all visits of a wave."""

    checklist: str
    version: str
    item: AnyItem
    section: str
    number: str
    scored: int
    met: int
    partly: int
    not_met: int
    not_applicable: int
    not_observed: int
    lost: Fraction
    """Mean points lost of 100 over the visits that were scored."""
    change: ItemChange | None = None
    """`None` where it was not asked in the wave before."""


@dataclass(frozen=True, slots=True)
class RegionFigure:
    """One region in one wave."""

    region: str
    wave: str
    mean: Mean
    branches: int


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One problem of the wave's intake, as a row."""

    code: str
    severity: str
    place: str
    value: str
    params: tuple[tuple[str, str], ...]
    fate: str


class NotAccepted(NamedTuple):
    """A submission that is in no mean."""

    file: str
    """With the row, where the file holds many."""
    visit: str
    fate: str
    reason: str
    checklist: str
    version: str


@dataclass(frozen=True, slots=True)
class Quality:
    """What came in and what became of it; `received` is the sum of the others."""

    received: int
    by_fate: tuple[tuple[str, int], ...]
    """Every fate in its order, zeros included."""
    problems: tuple[FileProblem, ...]
    not_accepted: tuple[NotAccepted, ...]
    """Everything that is in no mean."""


@dataclass(frozen=True, slots=True)
class HeatmapRow:
    """One branch's sections."""

    branch: Branch
    cells: tuple[Mean | None, ...]


@dataclass(frozen=True, slots=True)
class NetworkFigures:
    """Everything that the network's report says of one wave."""

    wave: Wave
    index: Mean
    index_before: Mean | None
    trend: tuple[TrendPoint, ...]
    checklists: tuple[ChecklistFigure, ...]
    ranking: tuple[RankingRow, ...]
    heatmap_columns: tuple[tuple[str, str, str], ...]
    """Checklist, version, section."""
    heatmap: tuple[HeatmapRow, ...]
    items: tuple[ItemFigure, ...]
    regions: tuple[RegionFigure, ...]
    quality: Quality
    group_means: str
    """`visits` or `branches`: how means over branches were taken."""
    visits: tuple[VisitFigure, ...]
    """Without their items."""
    past: tuple[PastPoint, ...] = ()
    """Of the network, every branch with a score counted once."""
    past_regions: tuple[RegionFigure, ...] = ()
    noises: tuple[Noise, ...] = ()
    """How far visits to one branch lie apart, on every checklist."""
    standings: Standings | None = None
    """`None` where too little is known of chance."""
    change: PairedChange | None = None

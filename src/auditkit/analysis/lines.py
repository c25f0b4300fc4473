"""What a set of visits scored on one comparable stretch of a checklist's versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from auditkit.analysis.asking import Asked, ask
from auditkit.analysis.means import Tally
from auditkit.model.judging import Severity
from auditkit.model.visit import UNREACHED, Outcome
from auditkit.scoring.grades import Limits


class Line(NamedTuple):
    """A checklist within one MAJOR version: its scores may be compared and averaged."""

    checklist: str
    major: int


@lru_cache(maxsize=1024)
def line_of(checklist: str, version: str) -> Line:
    """The line that a version belongs to."""
    return Line(checklist, order_of(version)[0])


@lru_cache(maxsize=1024)
def order_of(version: str) -> tuple[int, ...]:
    """`1.10.0` after `1.9.0`."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


class Scores:
    """The accepted visits of some branch, region or network on one line."""

    __slots__ = ("caps", "carried_out", "critical", "fails", "limits", "tally", "unreached", "version")

    def __init__(self) -> None:
        self.tally = Tally()
        self.version = ""
        """The newest that was asked."""
        self.carried_out = self.unreached = self.critical = 0
        self.fails = False
        """A critical failure in a counted visit fails the verdict."""
        self.caps: set[str] = set()
        """Grades that a critical failure in a counted visit lets nobody rise above."""
        self.limits: dict[Limits | tuple[Any, ...], Limits] = {}

    def add(self, row: Sequence[Any]) -> None:
        """One row of `scores.sql` from `version` on."""
        version, outcome, den, longer, total, critical, fails, n = row
        if version != self.version:
            self.version = max(self.version, version, key=order_of)
        self.carried_out += n
        self.unreached += n if outcome in UNREACHED else 0
        self.critical += critical
        self.fails = self.fails or bool(fails)
        add_sum(self.tally, den, longer, total, n)

    def look_at(self, row: Sequence[Any]) -> None:
        """One row of `limits.sql` from `outcome` on."""
        outcome, critical, cap, minor, major, worst, highest = row
        self.caps.update([cap] if cap else ())
        if outcome != Outcome.DONE or minor is None:
            return
        found = critical.count("; ") + 1 if critical else 0
        key = (found, minor, major, worst, highest)
        if key not in self.limits:
            counts = {Severity.MINOR: minor, Severity.MAJOR: major, Severity.CRITICAL: worst}
            self.limits[key] = Limits(found, counts, _fraction(highest))

    def merge(self, other: Scores) -> None:
        """Everything that the other has."""
        self.tally.merge(other.tally)
        self.version = max(self.version, other.version, key=order_of)
        self.carried_out += other.carried_out
        self.unreached += other.unreached
        self.critical += other.critical
        self.fails = self.fails or other.fails
        self.caps |= other.caps
        self.limits.update(other.limits)


@lru_cache(maxsize=4096)
def _fraction(text: str) -> Fraction | None:
    return Fraction(text) if text else None


def add_sum(tally: Tally, den: str, longer: str, total: str | None, n: int) -> None:
    """So many numbers of one denominator: their sum, or one that is too long to be summed where it lies."""
    if longer:
        tally.add(int(longer), int(den), n)
    elif total is not None:
        tally.add_sum(int(total), int(den), n)


ByLine = Mapping[Line, Scores]
ByBranch = Mapping[str, Mapping[Line, Scores]]
"""Branch → line → scores."""


def scores_by_wave(tables: Asked, waves: Sequence[str], codes: Sequence[str] | None) -> dict[str, ByBranch]:
    """Wave → branch → line → scores, of the accepted visits."""
    found: dict[str, dict[str, dict[Line, Scores]]] = {wave: defaultdict(lambda: defaultdict(Scores)) for wave in waves}
    for wave, branch, checklist, *rest in ask(tables, "scores", waves=list(waves), codes=_listed(codes)):
        found[wave][branch][line_of(checklist, rest[0])].add(rest)
    for wave, branch, checklist, version, *rest in ask(tables, "limits", waves=list(waves), codes=_listed(codes)):
        found[wave][branch][line_of(checklist, version)].look_at(rest)
    return {wave: {code: dict(lines) for code, lines in branches.items()} for wave, branches in found.items()}


def newest(lines: Iterable[Line]) -> dict[str, Line]:
    """Checklist → its newest line among these."""
    found: dict[str, Line] = {}
    for line in sorted(lines):
        found[line.checklist] = line
    return found


class Part(NamedTuple):
    """A top-level section, or a dimension, of a line."""

    line: Line
    kind: str
    name: str


class PartScores:
    """What visits scored on one part."""

    __slots__ = ("counts", "tally")

    def __init__(self) -> None:
        self.tally = Tally()
        self.counts = False
        """Whether it is in the visit's score: a grade's limits look at these only."""


PartsByBranch = Mapping[str, Mapping[Part, PartScores]]


def parts_by_wave(tables: Asked, waves: Sequence[str], codes: Sequence[str] | None) -> dict[str, PartsByBranch]:
    """Wave → branch → part → scores, of the accepted visits."""
    found: dict[str, dict[str, dict[Part, PartScores]]] = {
        wave: defaultdict(lambda: defaultdict(PartScores)) for wave in waves
    }
    rows = ask(tables, "sections", waves=list(waves), codes=_listed(codes))
    for wave, branch, checklist, version, kind, name, den, longer, total, counts, n in rows:
        part = found[wave][branch][Part(line_of(checklist, version), kind, name)]
        add_sum(part.tally, den, longer, total, n)
        part.counts = part.counts or counts
    return {wave: {code: dict(parts) for code, parts in branches.items()} for wave, branches in found.items()}


def _listed(codes: Sequence[str] | None) -> list[str] | None:
    return None if codes is None else list(codes)

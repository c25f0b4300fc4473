"""One checklist at one branch, or over the network, in one wave."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import NamedTuple

from auditkit.analysis.groups import Manner, part_mean
from auditkit.analysis.intervals import line_interval
from auditkit.analysis.lines import ByLine, Line, Part, Scores
from auditkit.analysis.means import NO_MEAN
from auditkit.analysis.noise import NO_NOISES, Noises
from auditkit.analysis.shapes import ChecklistFigure, Mean, SectionFigure
from auditkit.analysis.shares import unseen_rate
from auditkit.analysis.trends import History, index_in, mean_in, part_in, trend
from auditkit.model.checklist import Checklist, Verdict
from auditkit.scoring.grades import grade_of, skipped_by


class Compared:
    """The network's means of one wave, each taken once however many branches are compared with it."""

    def __init__(self, manner: Manner, history: History, wave: str | None, noises: Noises = NO_NOISES) -> None:
        self._manner, self._history, self._wave = manner, history, wave
        self._lines: dict[Line, Mean | None] = {}
        self._parts: dict[Part, Mean | None] = {}
        index = index_in(manner, history, wave)
        self.noises = noises
        """What the branches' intervals are made with."""
        self.index = index.mean if index is not None else None

    def line(self, line: Line) -> Mean | None:
        """On a checklist."""
        if line not in self._lines:
            self._lines[line] = mean_in(self._manner, self._history, self._wave, line)
        return self._lines[line]

    def part(self, part: Part) -> Mean | None:
        """On a section."""
        if part not in self._parts:
            self._parts[part] = part_in(self._manner, self._history, self._wave, part)
        return self._parts[part]


class View(NamedTuple):
    """Whose figures: a branch's own history, the wave, the one before, and the network to compare with."""

    manner: Manner
    own: History
    wave: str
    before: str | None
    network: Compared | None
    """`None` in the network's own figures."""


def checklist_figure(view: View, line: Line) -> ChecklistFigure:
    """Mean, grade, counts, sections, dimensions and trend of one line."""
    manner, lines = view.manner, Scores()
    for member in view.own.members(view.wave):
        if line in member:
            lines.merge(member[line])
    mean = mean_in(manner, view.own, view.wave, line) or NO_MEAN
    grade, verdict = _grade(view, line, lines, mean) if view.network is not None else (None, None)
    return ChecklistFigure(
        line.checklist,
        lines.version,
        mean,
        grade,
        verdict,
        lines.unreached,
        lines.carried_out,
        lines.critical,
        mean_in(manner, view.own, view.before, line),
        view.network.line(line) if view.network is not None else None,
        _sections(view, line, lines.version),
        trend(manner, view.own, line),
        _dimensions(view, line, lines.version),
        line_interval(manner, view.network.noises, line, mean) if view.network is not None else None,
        critical_unseen(manner, {line: lines}) if view.network is not None else None,
    )


def critical_unseen(manner: Manner, scores: ByLine) -> Decimal | None:
    """How often a branch may still fail critically that did not so far; of several checklists the least asked tells."""
    if any(each.critical for each in scores.values()):
        return None
    asked = [
        each.tally.n
        for line, each in scores.items()
        if each.tally.n and (found := manner.checklist(line, each.version)) and found.critical_items
    ]
    return unseen_rate(min(asked)) if asked else None


def _sections(view: View, line: Line, version: str) -> tuple[SectionFigure, ...]:
    checklist = view.manner.checklist(line, version)
    if checklist is None:
        return ()
    return tuple(
        SectionFigure(
            line.checklist,
            version,
            section.id,
            part_in(view.manner, view.own, view.wave, part) or NO_MEAN,
            part_in(view.manner, view.own, view.before, part),
            view.network.part(part) if view.network is not None else None,
        )
        for section in checklist.sections
        for part in [Part(line, "section", section.id)]
    )


def _dimensions(view: View, line: Line, version: str) -> tuple[tuple[str, Mean], ...]:
    """Those that were measured."""
    checklist = view.manner.checklist(line, version)
    if checklist is None:
        return ()
    branches = view.own.parts.get(view.wave, {})
    means = ((name, part_mean(view.manner, Part(line, "dimension", name), branches)) for name in checklist.dimensions)
    return tuple((name, mean) for name, mean in means if mean.n)


def _grade(view: View, line: Line, scores: Scores, mean: Mean) -> tuple[str | None, Verdict | None]:
    """Bounds on the rounded mean and on section means; the other limits must hold in every counted visit.

    A critical failure that fails a visit's verdict fails the branch's, and one that caps its grade caps the branch's,
    as with a single visit.
    """
    failed = Verdict.FAIL if scores.fails else None
    checklist = view.manner.checklist(line, scores.version)
    if checklist is None or mean.shown is None:
        return None, failed
    cap = max(scores.caps, key=partial(skipped_by, checklist.grades), default=None)
    limits = list(scores.limits.values())
    row = grade_of(checklist.grades, mean.shown, _counting(view, line, checklist), limits, cap)
    return (None, failed) if row is None else (row.grade, failed or row.verdict)


def _counting(view: View, line: Line, checklist: Checklist) -> dict[str, Decimal]:
    parts = next(iter(view.own.parts.get(view.wave, {}).values()), {})
    shown = {}
    for section in checklist.sections:
        part = Part(line, "section", section.id)
        if part in parts and parts[part].counts:
            mean = part_in(view.manner, view.own, view.wave, part)
            if mean is not None and mean.shown is not None:
                shown[section.id] = mean.shown
    return shown

"""A score over the waves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from auditkit.analysis.groups import Index, Manner, index_of, line_mean, part_mean
from auditkit.analysis.lines import ByBranch, ByLine, Line, Part, PartsByBranch, newest
from auditkit.analysis.shapes import Mean, TrendPoint


class History(NamedTuple):
    """Scores and parts of one branch, or of a group of them, in some waves in their order."""

    waves: tuple[str, ...]
    scores: Mapping[str, ByBranch]
    parts: Mapping[str, PartsByBranch]

    def members(self, wave: str | None) -> list[ByLine]:
        """The branches' scores in a wave."""
        return list(self.scores.get(wave, {}).values()) if wave is not None else []

    def only(self, codes: Iterable[str]) -> History:
        """The same of these branches."""
        wanted = set(codes)
        return History(
            self.waves,
            {wave: {c: v for c, v in branches.items() if c in wanted} for wave, branches in self.scores.items()},
            {wave: {c: v for c, v in branches.items() if c in wanted} for wave, branches in self.parts.items()},
        )


def trend(manner: Manner, history: History, line: Line) -> tuple[TrendPoint, ...]:
    """The checklist in every wave that has it, whichever version: charts mark a MAJOR step."""
    points = []
    for wave in history.waves:
        members = history.members(wave)
        there = newest({each for lines in members for each in lines if each.checklist == line.checklist})
        if (found := there.get(line.checklist)) is None or found.major > line.major:
            continue
        version = max((lines[found].version for lines in members if found in lines), default="")
        points.append(TrendPoint(wave, line_mean(manner, found, members), version))
    return tuple(points)


def index_trend(manner: Manner, history: History) -> tuple[TrendPoint, ...]:
    """The index in every wave with a score; its version names the checklists' MAJOR versions."""
    points = []
    for wave in history.waves:
        members = history.members(wave)
        index = index_of(manner, members)
        if index.mean.value is not None:
            points.append(TrendPoint(wave, index.mean, _majors(members)))
    return tuple(points)


def _majors(members: Sequence[ByLine]) -> str:
    lines = newest({line for lines in members for line, scores in lines.items() if scores.tally.n})
    majors = {line.major for line in lines.values()}
    if len(majors) == 1:
        return str(majors.pop())
    return "+".join(str(lines[name].major) for name in sorted(lines))


def index_in(manner: Manner, history: History, wave: str | None) -> Index | None:
    """The index in one wave; `None` where there is no such wave or nothing was scored."""
    index = index_of(manner, history.members(wave))
    return index if index.mean.value is not None else None


def mean_in(manner: Manner, history: History, wave: str | None, line: Line) -> Mean | None:
    """The mean on a line in one wave; `None` where nothing was scored on it."""
    mean = line_mean(manner, line, history.members(wave))
    return mean if mean.n else None


def part_in(manner: Manner, history: History, wave: str | None, part: Part) -> Mean | None:
    """The mean on a section or dimension in one wave; `None` where nothing was scored on it."""
    if wave is None:
        return None
    mean = part_mean(manner, part, history.parts.get(wave, {}))
    return mean if mean.n else None

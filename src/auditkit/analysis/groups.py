"""Means over groups of branches: every visit counts once, or every branch."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple, Protocol

from auditkit.analysis.lines import ByBranch, ByLine, Line, Part, PartsByBranch, newest
from auditkit.analysis.means import NO_MEAN, Tally, mean_of, plain_mean, weighted
from auditkit.analysis.shapes import Context, Mean
from auditkit.model.checklist import Checklist


class Manner(NamedTuple):
    """How figures are taken and shown."""

    context: Context
    group_means: str
    """`visits` or `branches`."""

    def checklist(self, line: Line, version: str = "") -> Checklist | None:
        """The definition of a version, else the newest of the line."""
        known = self.context.checklists
        if (found := known.get((line.checklist, version))) is not None:
            return found
        same = [each for (name, _), each in known.items() if name == line.checklist]
        same = [each for each in same if int(each.version.partition(".")[0]) == line.major]
        return max(same, key=lambda each: tuple(map(int, each.version.split("."))), default=None)

    def is_percent(self, line: Line) -> bool:
        """Whether the checklist scores in percent: only such are in an index."""
        found = self.checklist(line)
        return found is None or found.scoring == "percent"

    def shown_mean(self, line: Line, value: Fraction | None, n: int, *, percent: bool | None = None) -> Mean:
        """A mean on one checklist, to its decimals."""
        found = self.checklist(line)
        held = self.is_percent(line) if percent is None else percent
        return mean_of(value, n, found.decimals if found else 1, percent=held)

    def weights(self, lines: Iterable[Line]) -> dict[str, Fraction]:
        """Percent checklist → weight in the index: the programme's, or 1 for each that was scored."""
        programme = self.context.programme
        if programme is None:
            return {line.checklist: Fraction(1) for line in lines if self.is_percent(line)}
        return {
            use.checklist: Fraction(use.weight)
            for use in programme.checklists
            if use.weight and self._in_index(use.checklist)
        }

    def _in_index(self, checklist: str) -> bool:
        kinds = {each.scoring for (name, _), each in self.context.checklists.items() if name == checklist}
        return kinds != {"points"}

    @property
    def decimals(self) -> int:
        """Of the index."""
        programme = self.context.programme
        if programme is not None:
            return programme.rules.decimals
        return max((each.decimals for each in self.context.checklists.values()), default=1)


def manner_of(context: Context) -> Manner:
    """As the programme's rules say; without one every visit counts once."""
    return Manner(context, context.programme.rules.group_means if context.programme else "visits")


class Index(NamedTuple):
    """One score over all percent checklists."""

    mean: Mean
    complete: bool


class Grouped(Protocol):
    """Anything with a tally."""

    tally: Tally


def group_value(members: Iterable[Tally], group_means: str) -> tuple[Fraction | None, int]:
    """The mean over the branches' tallies and the number of visits behind it."""
    tallies = [tally for tally in members if tally.n]
    whole = Tally()
    for tally in tallies:
        whole.merge(tally)
    if group_means == "branches":
        return plain_mean(value for tally in tallies if (value := tally.value) is not None), whole.n
    return whole.value, whole.n


def line_mean(manner: Manner, line: Line, members: Iterable[ByLine]) -> Mean:
    """The mean on one line over one branch or a group of them."""
    value, n = group_value((lines[line].tally for lines in members if line in lines), manner.group_means)
    return manner.shown_mean(line, value, n)


def part_mean(manner: Manner, part: Part, branches: PartsByBranch) -> Mean:
    """The mean on one section or dimension over one branch or a group of them."""
    members = (parts[part].tally for parts in branches.values() if part in parts)
    value, n = group_value(members, manner.group_means)
    return manner.shown_mean(part.line, value, n, percent=True if part.kind == "dimension" else None)


def index_of(manner: Manner, members: Iterable[ByLine]) -> Index:
    """The weighted mean over the percent checklists' means; incomplete where one has none."""
    branches = list(members)
    scored = {line for lines in branches for line, scores in lines.items() if scores.tally.n}
    lines = newest(scored)
    weights = manner.weights(scored)
    means = {checklist: line_mean(manner, lines[checklist], branches) for checklist in weights if checklist in lines}
    value = weighted((weights[name], mean.value) for name, mean in means.items() if mean.value is not None)
    if value is None:
        return Index(NO_MEAN, complete=False)
    mean = mean_of(value, sum(each.n for each in means.values()), manner.decimals, percent=True)
    return Index(mean, complete=len(means) == len(weights))


def lines_of(manner: Manner, branches: ByBranch) -> list[Line]:
    """Every line with a visit, in the programme's order, then by name; the newest of a checklist first."""
    programme = manner.context.programme
    order = {use.checklist: at for at, use in enumerate(programme.checklists)} if programme else {}
    found = {line for lines in branches.values() for line in lines}
    return sorted(found, key=lambda line: (order.get(line.checklist, len(order)), line.checklist, -line.major))

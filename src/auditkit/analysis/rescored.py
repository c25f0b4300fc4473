"""What the branches of a wave scored on one version of a checklist, and what they would have scored on another."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from auditkit.analysis.asking import Asked
from auditkit.analysis.branches import history_of
from auditkit.analysis.checklists import Compared, View, checklist_figure
from auditkit.analysis.contexts import UNDATED
from auditkit.analysis.groups import line_mean, manner_of
from auditkit.analysis.lines import line_of
from auditkit.analysis.shapes import ChecklistFigure, Context, Mean
from auditkit.analysis.trends import History
from auditkit.model.checklist import Checklist
from auditkit.model.programme import Branch, Programme, Wave


@dataclass(frozen=True, slots=True)
class Standing:
    """A wave on one version: the network's mean, and each branch's figure by its code."""

    network: Mean
    branches: dict[str, ChecklistFigure]


@dataclass(frozen=True, slots=True)
class Moved:
    """One branch on both versions, over the same visits."""

    branch: Branch
    before: ChecklistFigure
    after: ChecklistFigure

    @property
    def regraded(self) -> bool:
        """Whether its grade or verdict is another one."""
        return (self.before.grade, self.before.verdict) != (self.after.grade, self.after.verdict)


@dataclass(frozen=True, slots=True)
class Rescored:
    """A wave's accepted visits on the old version, scored with the new one. Nothing of it is kept."""

    old: Checklist
    new: Checklist
    wave: Wave
    visits: int
    network_before: Mean
    network_after: Mean
    branches: tuple[Moved, ...]
    """By code."""
    not_carried: tuple[str, ...]
    """Scored items of the new version that no answer of the old one fills; they count as not asked."""
    scored_items: int
    """Of the new version."""
    carried_weight: Fraction
    """Of the new version's weight, how much lies on items that could be answered: 0 to 1."""


def standing(tables: Asked, checklist: Checklist, wave: str, programme: Programme) -> Standing:
    """What the visits in these tables came to, by the rules that reports go by."""
    known = {(checklist.checklist, checklist.version): checklist}
    only = Wave.model_construct(id=wave, title=None, from_=UNDATED, to=UNDATED, note=None)
    manner = manner_of(Context(programme, (only,), {}, known))
    history = history_of(tables, [wave], None)
    nothing = Compared(manner, History((), {}, {}), None)
    line = line_of(checklist.checklist, checklist.version)
    scores = history.scores[wave]
    figures = {
        code: checklist_figure(View(manner, history.only([code]), wave, None, nothing), line) for code in sorted(scores)
    }
    return Standing(line_mean(manner, line, history.members(wave)), figures)

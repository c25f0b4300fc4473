"""Every item over all visits of a wave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from auditkit.analysis.asking import Asked, ask
from auditkit.analysis.certainty import ItemChange
from auditkit.analysis.groups import Manner
from auditkit.analysis.item_changes import item_changes
from auditkit.analysis.lines import ByBranch, Line, line_of
from auditkit.analysis.means import Tally
from auditkit.analysis.network_shapes import ItemFigure
from auditkit.analysis.visits import exact


class _Counts:
    def __init__(self) -> None:
        self.met: dict[str, int] = defaultdict(int)
        self.state: dict[str, int] = defaultdict(int)
        self.lost = Tally()


def item_figures(
    tables: Asked, manner: Manner, wave: str, scores: ByBranch, before: str | None
) -> tuple[ItemFigure, ...]:
    """Counts, mean points lost over the accepted visits, change from the wave before; the most costly first."""
    counts: dict[tuple[Line, str], _Counts] = defaultdict(_Counts)
    for checklist, version, item, state, met, lost, n in ask(tables, "items", wave=wave):
        found = counts[line_of(checklist, version), item]
        found.state[state] += n
        found.met[met] += n
        value = exact(lost)
        found.lost.add(value.numerator, value.denominator, n)
    figures = _figures(counts, manner, scores, item_changes(tables, wave, before))
    return tuple(sorted(figures, key=lambda each: -each.lost))


def _figures(
    counts: dict[tuple[Line, str], _Counts],
    manner: Manner,
    scores: ByBranch,
    changes: Mapping[tuple[Line, str], ItemChange],
) -> Iterable[ItemFigure]:
    for line in dict.fromkeys(line for line, _ in counts):
        members = [lines[line] for lines in scores.values() if line in lines]
        n = sum(each.tally.n for each in members)
        checklist = manner.checklist(line, max((each.version for each in members), default=""))
        if checklist is None:
            continue
        for section, item in checklist.walk_items():
            found = counts.get((line, item.id))
            if found is None or not (
                found.state["scored"] or found.state["not_applicable"] or found.state["not_observed"]
            ):
                continue
            yield ItemFigure(
                checklist=line.checklist,
                version=checklist.version,
                item=item,
                section=section.id,
                number=checklist.numbers[item.id],
                scored=found.state["scored"],
                met=found.met["met"],
                partly=found.met["partly_met"],
                not_met=found.met["not_met"],
                not_applicable=found.state["not_applicable"],
                not_observed=found.state["not_observed"],
                lost=found.lost.total / n if n else Fraction(0),
                change=changes.get((line, item.id)),
            )

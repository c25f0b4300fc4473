"""Everything that one branch's report says of one wave, for many branches in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditkit.analysis.asking import Asked, ask
from auditkit.analysis.checklists import Compared, View, checklist_figure
from auditkit.analysis.contexts import wave_before, wave_of, waves_until
from auditkit.analysis.findings import Before, best_of, findings_of
from auditkit.analysis.groups import Index, Manner, index_of, lines_of, manner_of
from auditkit.analysis.intervals import index_interval
from auditkit.analysis.lines import line_of, parts_by_wave, scores_by_wave
from auditkit.analysis.noise import noises_of
from auditkit.analysis.past import branch_past
from auditkit.analysis.shapes import BranchFigures, Context
from auditkit.analysis.trends import History, index_in, index_trend
from auditkit.analysis.viewing import Audience
from auditkit.analysis.visits import Visited, visits_of
from auditkit.model.checklist import Verdict
from auditkit.model.programme import Branch
from auditkit.scoring.grades import Limits, grade_of

CHUNK = 16
"""Branches whose items are held in memory at a time."""


def branch_figures(
    tables: Asked,
    context: Context,
    wave: str,
    codes: Sequence[str] | None = None,
    *,
    audience: Audience,
    network: Compared | None = None,
) -> Iterator[BranchFigures]:
    """The figures of these branches (all that were visited in the wave, where none are named), by code.

    `network`: means of the wave before to compare with; taken from the tables where it is not given.
    """
    manner = manner_of(context)
    wanted = visited_branches(tables, wave) if codes is None else sorted(codes)
    compared = network or network_before(tables, context, wave, current=True)
    for at in range(0, len(wanted), CHUNK):
        yield from _chunk(tables, manner, wave, wanted[at : at + CHUNK], audience, compared)


def visited_branches(tables: Asked, wave: str) -> list[str]:
    """Branches that something came in about."""
    return sorted({branch for at, branch, *_ in ask(tables, "seen") if at == wave and branch})


def network_before(tables: Asked, context: Context, wave: str, *, current: bool) -> Compared:
    """The network in the wave before: a wave under way must not move two hundred workbooks with every file.

    `current`: whether this wave's visits may tell how far visits to one branch lie apart.
    """
    manner, before = manner_of(context), wave_before(context, wave)
    waves = [before] if before is not None else []
    asked = {line_of(checklist, version) for at, _, checklist, version, _ in ask(tables, "seen") if at == wave}
    noises = noises_of(tables, manner, wave, sorted(asked), current=current)
    return Compared(manner, history_of(tables, waves, None), before, noises)


def history_of(tables: Asked, waves: Sequence[str], codes: Sequence[str] | None) -> History:
    """Scores of these branches (`None`: all) in some waves."""
    if not waves:
        return History((), {}, {})
    parts = parts_by_wave(tables, waves[-2:], codes)
    return History(tuple(waves), scores_by_wave(tables, waves, codes), parts)


def _chunk(
    tables: Asked, manner: Manner, wave: str, codes: Sequence[str], audience: Audience, network: Compared
) -> Iterator[BranchFigures]:
    waves = waves_until(manner.context, wave)
    history = history_of(tables, waves, codes)
    visits = visits_of(tables, manner, wave, codes, audience)
    before = _missed_before(tables, waves[:-1], codes)
    for code in codes:
        view = View(manner, history.only([code]), wave, wave_before(manner.context, wave), network)
        yield _figures(view, code, visits.pop(code, []), before[code])


def _missed_before(tables: Asked, waves: Sequence[str], codes: Sequence[str]) -> dict[str, Before]:
    found: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    if waves:
        order = {wave: at for at, wave in enumerate(waves)}
        rows = ask(tables, "missed_before", waves=list(waves), codes=list(codes))
        for branch, checklist, item, wave in sorted(rows, key=lambda row: order[row[3]]):
            found[branch][checklist, item].append(wave)
    return found  # type: ignore[return-value]  # a mapping of mappings all the same


def _figures(view: View, code: str, visits: Sequence[Visited], before: Before) -> BranchFigures:
    manner, context = view.manner, view.manner.context
    members = view.own.members(view.wave)
    index = index_of(manner, members)
    grade, verdict = index_grade(view, index)
    earlier = index_in(manner, view.own, view.before)
    return BranchFigures(
        branch=context.branches.get(code) or Branch(code=code),
        wave=wave_of(context, view.wave),
        index=index.mean,
        index_complete=index.complete,
        index_grade=grade,
        index_verdict=verdict,
        index_before=earlier.mean if earlier is not None else None,
        index_network=view.network.index if view.network is not None else None,
        index_trend=index_trend(manner, view.own),
        checklists=tuple(checklist_figure(view, line) for line in lines_of(manner, view.own.scores.get(view.wave, {}))),
        findings=findings_of(visits, before),
        best=best_of(visits),
        visits=tuple(visit.figure for visit in visits),
        past=branch_past(manner, code),
        index_interval=index_interval(manner, view.network.noises, members, index.mean) if view.network else None,
    )


def index_grade(view: View, index: Index) -> tuple[str | None, Verdict | None]:
    """By the programme's grades, for a complete index only: another mix of checklists is another measure."""
    programme = view.manner.context.programme
    if programme is None or index.mean.shown is None or not index.complete:
        return None, None
    members = view.own.members(view.wave)
    limits: list[Limits] = [limit for lines in members for scores in lines.values() for limit in scores.limits.values()]
    row = grade_of(programme.grades, index.mean.shown, {}, limits)
    return (None, None) if row is None else (row.grade, row.verdict)

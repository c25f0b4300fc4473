"""Everything that the network's report says of one wave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from auditkit.analysis.asking import Asked
from auditkit.analysis.branches import history_of, index_grade
from auditkit.analysis.checklists import View, checklist_figure, critical_unseen
from auditkit.analysis.contexts import wave_before, wave_of, waves_until
from auditkit.analysis.groups import Manner, index_of, line_mean, lines_of, manner_of, part_mean
from auditkit.analysis.intervals import index_doubt, interval
from auditkit.analysis.items import item_figures
from auditkit.analysis.lines import ByLine, Line, Part, newest
from auditkit.analysis.means import NO_MEAN
from auditkit.analysis.network_shapes import HeatmapRow, NetworkFigures, RankingRow, RegionFigure
from auditkit.analysis.noise import Noises, noises_of
from auditkit.analysis.past import group_past
from auditkit.analysis.quality import quality_of
from auditkit.analysis.shapes import ChecklistFigure, Context, Mean
from auditkit.analysis.standings import Ranked, paired_change, ranked_rows
from auditkit.analysis.trends import History, index_in, index_trend
from auditkit.analysis.viewing import Audience
from auditkit.analysis.visits import bare_visits
from auditkit.model.programme import Branch


def network_figures(
    tables: Asked, context: Context, wave: str, *, audience: Audience, visits: bool = True
) -> NetworkFigures:
    """Index, checklists, branches by name, sections by branch, items, regions, and what came in.

    `visits`: whether every visit is listed too, which no workbook of the network shows.
    """
    manner = manner_of(context)
    waves = waves_until(context, wave)
    history = history_of(tables, waves, None)
    here = history.scores.get(wave, {})
    view = View(manner, history, wave, wave_before(context, wave), None)
    lines = lines_of(manner, here)
    noises = noises_of(tables, manner, wave, lines, current=True)
    checklists = tuple(checklist_figure(view, line) for line in lines)
    branches = _branches(context, wave, history)
    ranked = [_ranking(view, branch, noises) for branch in branches]
    ranking, standings = ranked_rows(manner, ranked, at_most=bool(noises.together))
    columns = _columns(checklists)
    before = index_in(manner, history, view.before)
    return NetworkFigures(
        wave=wave_of(context, wave),
        index=index_of(manner, here.values()).mean,
        index_before=before.mean if before is not None else None,
        trend=index_trend(manner, history),
        checklists=checklists,
        ranking=ranking,
        heatmap_columns=tuple((part.line.checklist, version, part.name) for part, version in columns),
        heatmap=tuple(_heatmap(view, branch, [part for part, _ in columns]) for branch in branches),
        items=item_figures(tables, manner, wave, here, view.before),
        regions=tuple(_regions(manner, history)),
        quality=quality_of(tables, wave),
        group_means=manner.group_means,
        visits=tuple(bare_visits(tables, manner, wave, sorted(context.branches), audience)) if visits else (),
        past=group_past(manner, context.branches),
        past_regions=tuple(_past_regions(manner)),
        noises=tuple(noises.lines.values()),
        standings=standings,
        change=paired_change(manner, ranked),
    )


def _branches(context: Context, wave: str, history: History) -> list[Branch]:
    """Those visited in the wave, and those that were open in it, by name."""
    days = wave_of(context, wave)
    visited = history.scores.get(wave, {})
    found = [
        branch
        for code, branch in context.branches.items()
        if code in visited
        or (
            context.programme is not None
            and not (branch.closed and branch.closed < days.from_)
            and not (branch.opened and branch.opened > days.to)
        )
    ]
    return sorted(found, key=lambda branch: ((branch.name or branch.code).casefold(), branch.code))


def _ranking(view: View, branch: Branch, noises: Noises) -> Ranked:
    own = view._replace(own=view.own.only([branch.code]))
    members = own.own.members(view.wave)
    index = index_of(view.manner, members)
    grade, verdict = index_grade(own, index)
    before = index_in(view.manner, own.own, view.before)
    lines = newest({line for each in members for line in each})
    ordered = [line for line in lines_of(view.manner, own.own.scores.get(view.wave, {})) if line in lines.values()]
    counted = [scores for each in members for scores in each.values()]
    doubt = index_doubt(view.manner, noises, members)
    row = RankingRow(
        branch=branch,
        index=index.mean,
        index_complete=index.complete,
        grade=grade,
        verdict=verdict,
        by_checklist=tuple((line.checklist, line_mean(view.manner, line, members)) for line in ordered),
        critical_failed=sum(scores.critical for scores in counted),
        unreached=sum(scores.unreached for scores in counted),
        before=before.mean if before is not None else None,
        interval=interval(index.mean, doubt, view.manner.decimals, percent=True),
        critical_unseen=critical_unseen(
            view.manner, {line: each for scores in members for line, each in scores.items()}
        ),
    )
    earlier = own.own.members(view.before)
    same = before is not None and _scored(members) == _scored(earlier)
    return Ranked(row, doubt, before if same else None, index_doubt(view.manner, noises, earlier) if same else None)


def _scored(members: Iterable[ByLine]) -> dict[str, Line]:
    """Checklist → the line that the index takes."""
    return newest({line for each in members for line, scores in each.items() if scores.tally.n})


def _columns(checklists: Iterable[ChecklistFigure]) -> list[tuple[Part, str]]:
    from auditkit.analysis.lines import line_of

    return [
        (Part(line_of(each.checklist, each.version), "section", section.section), each.version)
        for each in checklists
        for section in each.sections
    ]


def _heatmap(view: View, branch: Branch, parts: Iterable[Part]) -> HeatmapRow:
    own = view.own.parts.get(view.wave, {}).get(branch.code, {})
    cells = (part_mean(view.manner, part, {branch.code: own}) if part in own else None for part in parts)
    return HeatmapRow(branch, tuple(cells))


def _by_region(manner: Manner) -> dict[str, list[str]]:
    """Region → its branches; nothing where no branch has a region."""
    regions: dict[str, list[str]] = defaultdict(list)
    for code, branch in manner.context.branches.items():
        regions[branch.region].append(code)
    return {} if set(regions) == {""} else regions


def _past_regions(manner: Manner) -> Iterator[RegionFigure]:
    regions = _by_region(manner)
    for region in sorted(regions):
        for point in group_past(manner, regions[region]):
            yield RegionFigure(region, point.wave, point.mean, point.branches)


def _regions(manner: Manner, history: History) -> Iterator[RegionFigure]:
    """Every named region in every wave that has a score there."""
    regions = _by_region(manner)
    for region in sorted(regions):
        for wave in history.waves:
            there = [scores for code in regions[region] if (scores := history.scores.get(wave, {}).get(code))]
            mean: Mean = index_of(manner, there).mean
            if mean is not NO_MEAN:
                yield RegionFigure(region, wave, mean, len(there))

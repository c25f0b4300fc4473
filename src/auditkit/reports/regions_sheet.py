"""Regions over the waves, each mean with its n."""

from __future__ import annotations

from auditkit.analysis.shapes import Context, Mean, NetworkFigures, RegionFigure
from auditkit.figures import score_text
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.network_summary import footer
from auditkit.reports.sheets import Cell, Row, Sheet, paragraph, title

_NAME, _WAVE = 34.0, 18.0
_MOST_WAVES = 8


def regions_sheet(figures: NetworkFigures, language: str, context: Context) -> Sheet:
    """A row for every region, a column for every wave, the latest waves where there are many."""
    known = {each.wave for each in figures.regions}
    order = [wave.id for wave in context.waves if wave.id in known]
    waves = (order + sorted(known.difference(order)))[-_MOST_WAVES:]
    widths = (_NAME, *(_WAVE for _ in waves or ("",)), 12.0)
    rows = [title(say(language, "reports.sheet.regions"), len(widths))]
    about = say(language, f"reports.regions_about.{figures.group_means}")
    rows.append(paragraph(f"{about} {say(language, 'reports.regions_n')}", len(widths), "quiet"))
    rows.append(_titles(waves, language, context))
    top = len(rows)
    regions = sorted({each.region for each in figures.regions}, key=lambda name: (not name, name.casefold()))
    by_place = {(each.region, each.wave): each for each in figures.regions}
    rows += [_row(region, waves, by_place, language) for region in regions]
    if not regions:
        rows.append(paragraph(say(language, "reports.nothing_scored"), len(widths)))
    return Sheet(
        say(language, "reports.sheet.regions"), widths, tuple(rows), header=top, landscape=len(waves) > 3,
        footer=footer(figures, language, context), frozen_columns=1,
    )  # fmt: skip


def _titles(waves: list[str], language: str, context: Context) -> Row:
    titles = [wording.wave_title(wave, context, language) for wave in waves] or [""]
    return Row((
        Cell(say(language, "reports.col.region"), "header"),
        *(Cell(each, "header_right") for each in titles),
        Cell(say(language, "reports.col.branches"), "header_right"),
    ))  # fmt: skip


def _row(region: str, waves: list[str], by_place: dict[tuple[str, str], RegionFigure], language: str) -> Row:
    found = [by_place.get((region, wave)) for wave in waves]
    branches = next((each.branches for each in reversed(found) if each), 0)
    return Row((
        Cell(region or say(language, "reports.no_region"), "strong" if region else "note"),
        *(_mean(each.mean if each else None, language) for each in found),
        Cell(branches, "number"),
    ))  # fmt: skip


def _mean(mean: Mean | None, language: str) -> Cell:
    if mean is None or mean.shown is None:
        return Cell(wording.mean_text(mean, language), "number_quiet")
    return Cell(f"{score_text(mean.shown, language)} (n = {mean.n})", "number")

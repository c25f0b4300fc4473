"""Regions over the waves, each mean with its n."""

from __future__ import annotations

from auditkit.analysis.network_shapes import NetworkFigures, RegionFigure
from auditkit.analysis.shapes import Context, Mean
from auditkit.figures import score_text
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.network_summary import footer
from auditkit.reports.sheets import Cell, Row, Sheet, paragraph, title
from auditkit.reports.trend import MARK

_NAME, _WAVE = 34.0, 18.0
_MOST_WAVES = 8


def regions_sheet(figures: NetworkFigures, language: str, context: Context) -> Sheet:
    """A row for every region, a column for every wave, the latest waves where there are many.

    Waves from before auditkit stand in front with their mark, where the programme's own leave room.
    """
    past, waves = _waves(figures, context)
    widths = (_NAME, *(_WAVE for _ in (*past, *waves) or ("",)), 12.0)
    rows = [title(say(language, "reports.sheet.regions"), len(widths))]
    about = say(language, f"reports.regions_about.{figures.group_means}")
    rows.append(paragraph(f"{about} {say(language, 'reports.regions_n')}", len(widths), "quiet"))
    if past:
        rows.append(paragraph(say(language, "reports.past_regions", mark=MARK), len(widths), "quiet"))
    rows.append(_titles(past, waves, language, context))
    top = len(rows)
    there = {each.region for each in (*figures.past_regions, *figures.regions)}
    before, now = _by_place(figures.past_regions), _by_place(figures.regions)
    for region in sorted(there, key=lambda name: (not name, name.casefold())):
        earlier = [before.get((region, wave)) for wave in past]
        rows.append(_row(region, earlier, [now.get((region, wave)) for wave in waves], language))
    if not there:
        rows.append(paragraph(say(language, "reports.nothing_scored"), len(widths)))
    return Sheet(
        say(language, "reports.sheet.regions"), widths, tuple(rows), header=top, landscape=len(widths) > 5,
        footer=footer(figures, language, context), frozen_columns=1,
    )  # fmt: skip


def _waves(figures: NetworkFigures, context: Context) -> tuple[list[str], list[str]]:
    """Those of another method, and the programme's own."""
    known = {each.wave for each in figures.regions}
    order = [wave.id for wave in context.waves if wave.id in known]
    own = (order + sorted(known.difference(order)))[-_MOST_WAVES:]
    scored = {each.wave for each in figures.past_regions}
    past = [wave for wave in context.past.waves if wave in scored]
    return past[max(len(past) + len(own) - _MOST_WAVES, 0) :], own


def _by_place(figures: tuple[RegionFigure, ...]) -> dict[tuple[str, str], RegionFigure]:
    return {(each.region, each.wave): each for each in figures}


def _titles(past: list[str], waves: list[str], language: str, context: Context) -> Row:
    titles = [f"{MARK} {wave}" for wave in past] + [wording.wave_title(wave, context, language) for wave in waves]
    return Row((
        Cell(say(language, "reports.col.region"), "header"),
        *(Cell(each, "header_right") for each in titles or [""]),
        Cell(say(language, "reports.col.branches"), "header_right"),
    ))  # fmt: skip


_Found = list[RegionFigure | None]


def _row(region: str, past: _Found, found: _Found, language: str) -> Row:
    branches = next((each.branches for each in reversed(found) if each), 0)
    return Row((
        Cell(region or say(language, "reports.no_region"), "strong" if region else "note"),
        *(_past(each, language) for each in past),
        *(_mean(each.mean if each else None, language) for each in found),
        Cell(branches, "number"),
    ))  # fmt: skip


def _past(figure: RegionFigure | None, language: str) -> Cell:
    """With its n where the number of visits is known, else bare."""
    if figure is not None and figure.mean.shown is not None and not figure.mean.n:
        return Cell(score_text(figure.mean.shown, language), "number_quiet")
    return _mean(figure.mean if figure else None, language)._replace(look="number_quiet")


def _mean(mean: Mean | None, language: str) -> Cell:
    if mean is None or mean.shown is None:
        return Cell(wording.mean_text(mean, language), "number_quiet")
    return Cell(f"{score_text(mean.shown, language)} (n = {mean.n})", "number")

"""Scores over the waves as a table and a chart in which a new version of the standard is marked."""

from __future__ import annotations

from collections.abc import Sequence

from auditkit.analysis.shapes import Context, TrendPoint
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.sheets import Cell, Chart, Row, Series, paragraph, score_form

_HEIGHT = 150.0


def version_changes(points: Sequence[TrendPoint]) -> tuple[int, ...]:
    """Places of the points at which the first part of the version differs from that of the wave before."""
    majors = [point.version.partition(".")[0] for point in points]
    return tuple(at for at in range(1, len(majors)) if majors[at] and majors[at - 1] and majors[at] != majors[at - 1])


def trend_block(
    rows: list[Row],
    charts: list[Chart],
    points: Sequence[TrendPoint],
    language: str,
    context: Context,
    *,
    percent: bool,
) -> None:
    """Add the table and, from two scored waves on, the chart."""
    from auditkit.reports.summary_sheet import COLUMNS, SCORE, add_space, chart_width

    scored = [point for point in points if point.mean.shown is not None]
    if len(scored) < 2:
        rows.append(paragraph(say(language, "reports.no_trend"), COLUMNS))
        return
    changes = version_changes(points)
    rows.append(_titles(language))
    first = len(rows) + 1
    rows += [_row(point, at in changes, language, context) for at, point in enumerate(points)]
    last = len(rows)
    where = add_space(rows, _HEIGHT)
    line = Series(say(language, "reports.col.score"), SCORE, first, last)
    low, high = (0, 100) if percent else (None, None)
    charts.append(
        Chart("line", say(language, "reports.trend"), Series("", 1, first, last), (line,), where, _HEIGHT, chart_width(),
              _decimals(scored), low, high, changes)
    )  # fmt: skip
    if changes:
        rows.append(paragraph(say(language, "reports.version_break"), COLUMNS, "quiet"))


def _decimals(points: Sequence[TrendPoint]) -> int:
    exponents = [point.mean.shown.as_tuple().exponent for point in points if point.mean.shown is not None]
    return max((-each for each in exponents if isinstance(each, int) and each < 0), default=0)


def _titles(language: str) -> Row:
    return Row((
        Cell(say(language, "reports.wave"), "header", span=3),
        Cell(say(language, "reports.col.score"), "header_right"),
        Cell(say(language, "reports.col.visits"), "header_right"),
        Cell(say(language, "reports.col.version"), "header", span=3),
    ))  # fmt: skip


def _row(point: TrendPoint, changed: bool, language: str, context: Context) -> Row:
    wave = wording.wave_title(point.wave, context, language)
    note = f"▲ {say(language, 'reports.new_version', version=point.version)}" if changed else point.version
    shown = point.mean.shown
    score = (
        Cell(wording.mean_text(point.mean, language), "number_quiet")
        if shown is None
        else Cell(shown, "number", score_form(_decimals([point])))
    )
    return Row((
        Cell(f"▲ {wave}" if changed else wave, span=3), score, Cell(point.mean.n, "number"), Cell(note, "note", span=3)
    ))  # fmt: skip

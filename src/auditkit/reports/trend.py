"""Scores over the waves as a table and a chart; each version of the standard has a column and a line of its own."""

from __future__ import annotations

from collections.abc import Sequence

from auditkit.analysis.shapes import Context, TrendPoint
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.sheets import Cell, Chart, Row, Series, paragraph, score_form

HEIGHT = 124.0
_MOST_VERSIONS = 4
"""Columns that the table has for them; earlier ones share the first."""


def versions_of(points: Sequence[TrendPoint]) -> list[int]:
    """For each point the place of its version among those that may be compared: it grows at each MAJOR step."""
    places: list[int] = []
    before = ""
    for point in points:
        major = point.version.partition(".")[0]
        step = bool(places and major and before and major != before)
        places.append((places[-1] if places else 0) + step)
        before = major or before
    surplus = max(0, (places[-1] if places else 0) - _MOST_VERSIONS + 1)
    return [max(0, place - surplus) for place in places]


def trend_block(
    points: Sequence[TrendPoint], at: int, columns: int, language: str, context: Context, *, wave: str, percent: bool
) -> tuple[list[Row], list[Chart]]:
    """The table and, from two scored waves on, the chart. `at`: the row that the block begins in."""
    scored = [point.wave for point in points if point.mean.shown is not None]
    if not any(each != wave for each in scored):
        return [paragraph(say(language, "reports.no_trend"), columns)], []
    places = versions_of(points)
    rows = [_titles(points, places, language)]
    rows += [_row(point, places, number, language, context) for number, point in enumerate(points)]
    if len(scored) < 2:
        return rows, []
    if places[-1]:
        rows.append(paragraph(say(language, "reports.version_break"), columns, "quiet"))
    first, last = at + 1, at + len(points)
    start = at + len(rows) + 1
    rows += [Row((), 6), *(Row((), HEIGHT / 2),) * 2]
    lines = tuple(
        Series(_version_title(points, places, place, language), 5 + place, first, last)
        for place in range(places[-1] + 1)
    )
    title, labels = say(language, "reports.trend"), Series("", 1, first, last)
    return rows, [Chart("line", title, labels, lines, start, start + 1, columns, _decimals(points), percent)]


def _decimals(points: Sequence[TrendPoint]) -> int:
    exponents = [point.mean.shown.as_tuple().exponent for point in points if point.mean.shown is not None]
    return max((-each for each in exponents if isinstance(each, int) and each < 0), default=0)


def _version_title(points: Sequence[TrendPoint], places: Sequence[int], place: int, language: str) -> str:
    if not places[-1]:
        return say(language, "reports.col.score")
    majors = dict.fromkeys(p.version.partition(".")[0] for p, at in zip(points, places, strict=True) if at == place)
    return say(language, "reports.version_column", version=", ".join(filter(None, majors)) or "–")


def _titles(points: Sequence[TrendPoint], places: Sequence[int], language: str) -> Row:
    scores = (_version_title(points, places, place, language) for place in range(places[-1] + 1))
    empty = _MOST_VERSIONS - 1 - places[-1]
    return Row((
        Cell(say(language, "reports.wave"), "header", span=3),
        Cell(say(language, "reports.col.visits"), "header_right"),
        *(Cell(score, "header_right") for score in scores),
        *(Cell(None, "header") for _ in range(empty)),
    ))  # fmt: skip


def _row(point: TrendPoint, places: Sequence[int], number: int, language: str, context: Context) -> Row:
    wave = wording.wave_title(point.wave, context, language)
    if number and places[number] != places[number - 1]:
        wave = f"▲ {wave}"
    shown = point.mean.shown
    cells = [Cell(None, "number")] * _MOST_VERSIONS
    if shown is None:  # said beside the wave: among the scores the chart would draw it as a 0
        wave = f"{wave} ({say(language, 'reports.not_scored')})"
    else:
        cells[places[number]] = Cell(shown, "number", score_form(_decimals([point])))
    return Row((Cell(wave, span=3), Cell(point.mean.n, "number"), *cells))

"""Scores over the waves as a table and a chart; each version of the standard has a column and a line of its own, and
so has the other method of the years before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditkit.analysis.shapes import Context, PastPoint, TrendPoint
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.sheets import Cell, Chart, Row, Series, paragraph, score_form

HEIGHT = 124.0
_MOST_VERSIONS = 4
"""Columns that the table has for them; earlier ones share the first."""
MARK = "◇"
"""Before a wave whose scores another method found."""
PAST_WAVES = 8
"""So many of those waves are shown, the latest."""


def latest(past: Sequence[PastPoint]) -> list[PastPoint]:
    """The scores of the latest of those waves, in their order."""
    waves = list(dict.fromkeys(each.wave for each in past))[-PAST_WAVES:]
    return [each for each in past if each.wave in waves]


def past_title(point: PastPoint, context: Context, language: str) -> str:
    """The wave with its mark, and the checklist where the score is of one alone."""
    wave = f"{MARK} {point.wave}"
    if not point.checklist:
        return wave
    version = next((version for name, version in context.checklists if name == point.checklist), "")
    return f"{wave} · {wording.checklist_title(context, point.checklist, version, language)}"


def versions_of(points: Sequence[TrendPoint], most: int = _MOST_VERSIONS) -> list[int]:
    """For each point the place of its version among those that may be compared: it grows at each MAJOR step.

    `most`: columns that there are for them.
    """
    places: list[int] = []
    before = ""
    for point in points:
        major = point.version.partition(".")[0]
        step = bool(places and major and before and major != before)
        places.append((places[-1] if places else 0) + step)
        before = major or before
    surplus = max(0, (places[-1] if places else 0) - most + 1)
    return [max(0, place - surplus) for place in places]


def trend_block(
    points: Sequence[TrendPoint],
    at: int,
    columns: int,
    language: str,
    context: Context,
    *,
    wave: str,
    percent: bool,
    past: Sequence[PastPoint] = (),
) -> tuple[list[Row], list[Chart]]:
    """The table and, from two scored waves on, the chart. `at`: the row that the block begins in."""
    scored = [point.wave for point in points if point.mean.shown is not None]
    if not past and not any(each != wave for each in scored):
        return [paragraph(say(language, "reports.no_trend"), columns)], []
    whole = [each for each in latest(past) if not each.checklist]
    lines = _Lines(points, bool(past))
    rows = [_titles(lines, language)]
    rows += [_past_row(point, language, context) for point in whole]
    rows += [_row(point, lines, number, language, context) for number, point in enumerate(points)]
    last = at + len(rows) - 1
    rows += [_past_row(point, language, context) for point in latest(past) if point.checklist]
    if past:
        rows.append(paragraph(say(language, "reports.past_note", mark=MARK), columns, "quiet"))
    if len(scored) + len(whole) < 2:
        return rows, []
    if lines.places and lines.places[-1]:
        rows.append(paragraph(say(language, "reports.version_break"), columns, "quiet"))
    start = at + len(rows) + 1
    rows += [Row((), 6), *(Row((), HEIGHT / 2),) * 2]
    series = tuple(_series(lines, bool(whole), at + 1, last, language))
    title, labels = say(language, "reports.trend"), Series("", 1, at + 1, last)
    decimals = _decimals([*points, *whole])
    return rows, [Chart("line", title, labels, series, start, start + 1, columns, decimals, percent)]


class _Lines:
    """Which column the score of each wave stands in: first that of the other method, then the versions."""

    def __init__(self, points: Sequence[TrendPoint], past: bool) -> None:  # noqa: FBT001
        self.points = points
        self.past = int(past)
        self.places = versions_of(points, _MOST_VERSIONS - self.past)

    @property
    def versions(self) -> range:
        """The places that are taken."""
        return range((self.places[-1] if self.places else 0) + 1)


def _series(lines: _Lines, past: bool, first: int, last: int, language: str) -> Iterator[Series]:  # noqa: FBT001
    if past:
        yield Series(say(language, "reports.past_column"), 5, first, last, apart=True)
    for place in lines.versions if lines.points else ():
        yield Series(_version_title(lines, place, language), 5 + lines.past + place, first, last)


def _decimals(points: Sequence[TrendPoint | PastPoint]) -> int:
    exponents = [point.mean.shown.as_tuple().exponent for point in points if point.mean.shown is not None]
    return max((-each for each in exponents if isinstance(each, int) and each < 0), default=0)


def _version_title(lines: _Lines, place: int, language: str) -> str:
    if len(lines.versions) == 1:
        return say(language, "reports.col.score")
    there = (point for point, at in zip(lines.points, lines.places, strict=True) if at == place)
    majors = dict.fromkeys(point.version.partition(".")[0] for point in there)
    return say(language, "reports.version_column", version=", ".join(filter(None, majors)) or "–")


def _titles(lines: _Lines, language: str) -> Row:
    past = [say(language, "reports.past_column")] if lines.past else []
    scores = [*past, *(_version_title(lines, place, language) for place in lines.versions)]
    return Row((
        Cell(say(language, "reports.wave"), "header", span=3),
        Cell(say(language, "reports.col.visits"), "header_right"),
        *(Cell(score, "header_right") for score in scores),
        *(Cell(None, "header") for _ in range(_MOST_VERSIONS - len(scores))),
    ))  # fmt: skip


def _past_row(point: PastPoint, language: str, context: Context) -> Row:
    score = Cell(point.mean.shown, "number", score_form(_decimals([point])))
    visits = Cell(point.mean.n, "number") if point.mean.n else Cell("–", "number_quiet")
    rest = (Cell(None, "number"),) * (_MOST_VERSIONS - 1)
    return Row((Cell(past_title(point, context, language), "note", span=3), visits, score, *rest))


def _row(point: TrendPoint, lines: _Lines, number: int, language: str, context: Context) -> Row:
    places = lines.places
    wave = wording.wave_title(point.wave, context, language)
    if number and places[number] != places[number - 1]:
        wave = f"▲ {wave}"
    shown = point.mean.shown
    cells = [Cell(None, "number")] * _MOST_VERSIONS
    if shown is None:  # said beside the wave: among the scores the chart would draw it as a 0
        wave = f"{wave} ({say(language, 'reports.not_scored')})"
    else:
        cells[lines.past + places[number]] = Cell(shown, "number", score_form(_decimals([point])))
    return Row((Cell(wave, span=3), Cell(point.mean.n, "number"), *cells))

"""Branches against sections: every cell a number, its shade only an aid to the eye."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from itertools import groupby

from auditkit.analysis.network_shapes import NetworkFigures
from auditkit.analysis.shapes import Context, Mean
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.network_summary import footer
from auditkit.reports.sheets import Cell, Row, Sheet, paragraph, score_form, title

_BOUNDS = tuple(map(Decimal, (60, 75, 85, 95)))
_LOOKS = ("shade4", "shade3", "shade2", "shade1", "shade0")
"""From below the first bound to above the last."""
_NAME = 30.0
_COUNT = 9.0
_WIDE, _NARROW = 14.0, 6.8
_MOST_WIDE = 8
"""Sections whose titles stand upright; with more of them the titles read upwards over narrow columns."""


def shade(mean: Mean | None) -> str:
    """The look of a percentage: the lower, the darker."""
    return "shade0" if mean is None or mean.shown is None else _LOOKS[bisect_right(_BOUNDS, mean.shown)]


def heatmap_sheet(figures: NetworkFigures, language: str, context: Context) -> Sheet:
    """A row for every branch, a column for every section, under the names of their checklists."""
    count = len(figures.heatmap_columns)
    width = _WIDE if count <= _MOST_WIDE else _NARROW
    widths = (_NAME, _COUNT, *(width for _ in range(max(count, 1))))
    visits = {row.branch.code: row.index.n for row in figures.ranking}
    rows = [title(say(language, "reports.sheet.heatmap"), len(widths))]
    rows.append(paragraph(say(language, "reports.heatmap_about"), len(widths), "quiet"))
    rows.append(_checklists(figures, language, context))
    rows.append(_sections(figures, language, context))
    top = len(rows)
    for row in figures.heatmap:
        cells = (
            _cell(mean, column, language, context)
            for mean, column in zip(row.cells, figures.heatmap_columns, strict=True)
        )
        n = visits.get(row.branch.code)
        rows.append(Row((Cell(wording.branch_title(row.branch), "strong"), Cell(n, "number"), *cells)))
    if not figures.heatmap:
        rows.append(paragraph(say(language, "reports.nothing_scored"), len(widths)))
    return Sheet(
        say(language, "reports.sheet.heatmap"), widths, tuple(rows), header=top, landscape=True,
        footer=footer(figures, language, context), frozen_columns=2,
    )  # fmt: skip


def _checklists(figures: NetworkFigures, language: str, context: Context) -> Row:
    cells = [Cell(None, "group"), Cell(None, "group")]
    for (checklist, version), columns in groupby(figures.heatmap_columns, key=lambda each: each[:2]):
        name = wording.checklist_title(context, checklist, version, language)
        cells.append(Cell(name, "group_center", span=len(list(columns))))
    if not figures.heatmap_columns:
        cells.append(Cell(None, "group"))
    return Row(tuple(cells))


def _sections(figures: NetworkFigures, language: str, context: Context) -> Row:
    titles = (
        wording.section_title(context.checklists.get((checklist, version)), section, language)
        for checklist, version, section in figures.heatmap_columns
    )
    first = Cell(wording.branch_word(context.programme, language), "header")
    look = "header_center" if len(figures.heatmap_columns) <= _MOST_WIDE else "header_up"
    count = Cell(say(language, "reports.col.visits"), "header_right")
    return Row((first, count, *(Cell(each, look) for each in titles)))


def _cell(mean: Mean | None, column: tuple[str, str, str], language: str, context: Context) -> Cell:
    if mean is None or mean.shown is None:
        return Cell(wording.mean_text(mean, language), "shade0")
    found = context.checklists.get(column[:2])
    percent = found is None or found.scoring == "percent"
    return Cell(mean.shown, shade(mean) if percent else "shade0", score_form(found.decimals if found else 1))

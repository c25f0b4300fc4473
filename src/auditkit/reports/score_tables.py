"""The tables of scores on a branch's first sheet: the index, the checklists, the sections with their chart."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.analysis.shapes import BranchFigures, ChecklistFigure, Context, Mean, SectionFigure
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.sheets import BLANK, Cell, Chart, Row, Series, heading, paragraph, score_form

WIDTHS = (6.5, 19.0, 25.0, 10.5, 9.5, 9.5, 10.5, 11.5)
COLUMNS = len(WIDTHS)
SCORE = 4
"""The column of the score."""
MOST_PAIRS, MOST_BARS = 26, 40
"""Sections in a chart that fits a page, with the network beside them and without."""


def is_percent(context: Context, figure: ChecklistFigure | SectionFigure) -> bool:
    """Whether this checklist scores in percent."""
    found = context.checklists.get((figure.checklist, figure.version))
    return found is None or found.scoring == "percent"


def score_rows(figures: BranchFigures, language: str, context: Context) -> Iterator[Row]:
    """The index and every checklist's score, with what stands beside a mean: unanswered calls, critical failures."""
    yield heading(say(language, "reports.scores"), COLUMNS)
    yield _titles(language, say(language, "reports.checklist"), say(language, "reports.level"))
    if len(figures.checklists) > 1:
        places = context.programme.rules.decimals if context.programme else 1
        level = wording.level_text(context.programme, figures.index_grade, figures.index_verdict, language)
        first = (Cell(say(language, "reports.index"), "strong", span=2), Cell(level, "strong"))
        yield _line(first, figures.index, figures.index_before, figures.index_network, places, language)
    for each in figures.checklists:
        yield from _checklist(each, language, context)
        # The index says it of all of them together, where it can.
        if each.interval is not None and figures.index_interval is None:
            yield note(wording.snapshot_text(each.mean.n, language, each.interval))


def note(said: str) -> Row:
    """A remark on the line above it."""
    return Row((Cell(None), Cell(said, "note", span=COLUMNS - 1)))


def _checklist(figure: ChecklistFigure, language: str, context: Context) -> Iterator[Row]:
    found = context.checklists.get((figure.checklist, figure.version))
    name = wording.checklist_title(context, figure.checklist, figure.version, language)
    if found and found.scoring == "points":
        name = f"{name} ({say(language, 'reports.in_points')})"
    first = (Cell(name, span=2), Cell(wording.level_text(found, figure.grade, figure.verdict, language)))
    yield _line(first, figure.mean, figure.before, figure.network, found.decimals if found else 1, language)
    for key, count in (("unreached_of", figure.unreached), ("critical_of", figure.critical_failed)):
        if count:
            said = say(language, f"reports.{key}", n=count, total=figure.carried_out)
            yield note(said)
    if figure.critical_unseen is not None:
        yield note(wording.unseen_text(figure.critical_unseen, figure.mean.n, language))


def _titles(language: str, first: str, second: str | None = None) -> Row:
    columns = ("score", "visits", "before", "change", "network")
    left = (Cell(first, "header", span=2), Cell(second, "header")) if second else (Cell(first, "header", span=3),)
    return Row((*left, *(Cell(say(language, f"reports.col.{each}"), "header_right") for each in columns)))


def _line(
    first: tuple[Cell, ...], mean: Mean, before: Mean | None, network: Mean | None, places: int, language: str
) -> Row:
    strong = first[0].look == "strong"
    return Row((
        *first,
        mean_cell(mean, places, language, "number_strong" if strong else "number"),
        Cell(mean.n, "number"),
        mean_cell(before, places, language),
        change_cell(mean, before, places),
        mean_cell(network, places, language),
    ))  # fmt: skip


def mean_cell(mean: Mean | None, places: int, language: str, look: str = "number") -> Cell:
    """A mean as a number; 'not scored' in words, and a dash where there was no such wave."""
    if mean is None or mean.shown is None:
        return Cell(wording.mean_text(mean, language), "number_quiet")
    return Cell(mean.shown, look, score_form(places))


def change_cell(mean: Mean | None, before: Mean | None, places: int, *, beyond: bool = False) -> Cell:
    """The step from the wave before, with its sign; `beyond`: with an arrow, since chance does not explain it."""
    if mean is None or before is None or mean.shown is None or before.shown is None:
        return Cell("–", "number_quiet")
    return Cell(mean.shown - before.shown, "number", f"{'moved' if beyond else 'change'}.{places}")


def section_block(figures: BranchFigures, at: int, language: str, context: Context) -> tuple[list[Row], list[Chart]]:
    """The sections' table and its chart. `at`: the row that the block begins in."""
    if not any(each.sections for each in figures.checklists):
        return [], []
    rows = [BLANK, heading(say(language, "reports.sections"), COLUMNS)]
    rows.append(_titles(language, say(language, "reports.section")))
    first = at + len(rows)
    scored = [(each, [part for part in each.sections if part.mean.shown is not None]) for each in figures.checklists]
    for each, parts in scored:
        if len(figures.checklists) > 1 and parts:
            name = wording.checklist_title(context, each.checklist, each.version, language)
            rows.append(Row((Cell(name, "group", span=3), *(Cell(None, "group") for _ in range(5)))))
        rows += [_section(part, language, context) for part in parts]
    last = at + len(rows) - 1
    rows += _unscored(figures, language, context)
    percent = all(is_percent(context, each) for each, parts in scored if parts)
    chart = _chart(figures, first, last, language) if percent else None
    if chart is None:
        return rows, []
    start = at + len(rows) + 1
    height = 46.0 + (last - first + 1) * (25 if len(chart.series) > 1 else 17)
    rows += [Row((), 6), *(Row((), height / 3),) * 3]
    return rows, [chart._replace(row=start, last_row=start + 2)]


def _unscored(figures: BranchFigures, language: str, context: Context) -> Iterator[Row]:
    """Named under the table: inside it a chart would draw their words as a 0."""
    for each in figures.checklists:
        found = context.checklists.get((each.checklist, each.version))
        parts = [part for part in each.sections if part.mean.shown is None]
        if parts:
            names = ", ".join(wording.section_title(found, part.section, language) for part in parts)
            yield paragraph(f"{say(language, 'reports.not_scored')}: {names}", COLUMNS, "quiet")


def _chart(figures: BranchFigures, first: int, last: int, language: str) -> Chart | None:
    count = last - first + 1
    if not 2 <= count <= MOST_BARS:
        return None
    lines = [Series(say(language, "reports.this_wave"), SCORE, first, last)]
    sections = [section for each in figures.checklists for section in each.sections]
    if count <= MOST_PAIRS and any(part.network and part.network.shown is not None for part in sections):
        lines.append(Series(say(language, "reports.col.network"), COLUMNS, first, last))
    title, labels = say(language, "reports.sections"), Series("", 1, first, last)
    return Chart("bars", title, labels, tuple(lines), 0, 0, COLUMNS)


def _section(section: SectionFigure, language: str, context: Context) -> Row:
    found = context.checklists.get((section.checklist, section.version))
    name = Cell(wording.section_title(found, section.section, language), span=3)
    row = _line((name,), section.mean, section.before, section.network, found.decimals if found else 1, language)
    if section.network and section.network.shown is not None:
        return row
    return Row((*row.cells[:-1], Cell(None, "number")))  # a dash would be a 0 in the chart

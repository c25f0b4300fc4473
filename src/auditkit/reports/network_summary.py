"""The first sheet of the network's workbook: the wave in one page."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.analysis.network_shapes import NetworkFigures
from auditkit.analysis.shapes import ChecklistFigure, Context
from auditkit.figures import number_text
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.chance import change_sentence
from auditkit.reports.heights import paged
from auditkit.reports.publishing import publication_rows
from auditkit.reports.score_tables import COLUMNS, WIDTHS, change_cell, mean_cell
from auditkit.reports.sheets import BLANK, Cell, Row, Sheet, heading, paragraph, title
from auditkit.reports.trend import trend_block


def network_summary(figures: NetworkFigures, language: str, context: Context) -> Sheet:
    """One figure with its n, the checklists, what is missed most, and the waves before."""
    blocks = [
        list(_top(figures, language, context)),
        [BLANK, *_scores(figures, language, context)],
        list(_most_missed(figures, language, context)),
    ]
    at = 1 + sum(map(len, blocks))
    trend = [BLANK, heading(say(language, "reports.trend"), COLUMNS)]
    more, charts = trend_block(
        figures.trend, at + len(trend), COLUMNS, language, context, wave=figures.wave.id, percent=True,
        past=figures.past,
    )  # fmt: skip
    blocks.append(trend + more)
    name = say(language, "reports.sheet.network")
    return Sheet(
        name, WIDTHS, tuple(paged(blocks, WIDTHS)), charts=tuple(charts), footer=footer(figures, language, context)
    )


def footer(figures: NetworkFigures, language: str, context: Context) -> str:
    """Programme and wave, at the foot of every page."""
    wave = wording.wave_title(figures.wave, context, language)
    return f"{context.programme.name.said(language)} · {wave}" if context.programme else wave


def _top(figures: NetworkFigures, language: str, context: Context) -> Iterator[Row]:
    name = context.programme.name.said(language) if context.programme else say(language, "reports.network")
    yield title(name, COLUMNS)
    yield paragraph(wording.wave_line(figures.wave, context, language), COLUMNS, "subtitle")
    yield from publication_rows(context, language, COLUMNS)
    if figures.wave.note:
        yield paragraph(figures.wave.note.said(language), COLUMNS, "quiet")
    yield BLANK
    score = wording.mean_text(figures.index, language)
    yield Row((
        Cell(score, "big" if figures.index.shown is not None else "title", span=2),
        Cell(say(language, "reports.network"), "level", span=COLUMNS - 2),
    ), 46)  # fmt: skip
    counts = (
        say(language, "reports.n_branches", n=sum(row.index.n > 0 for row in figures.ranking)),
        say(language, "reports.n_visits", n=figures.index.n),
        say(language, f"reports.regions_about.{figures.group_means}"),
    )
    what = say(language, "reports.index_of", n=len(figures.checklists))
    yield Row((Cell(what, "quiet", span=2), Cell(" · ".join(counts), "plain", span=COLUMNS - 2)))
    if figures.change is not None:
        yield paragraph(change_sentence(figures.change, language), COLUMNS, "lead")


def _scores(figures: NetworkFigures, language: str, context: Context) -> Iterator[Row]:
    yield heading(say(language, "reports.scores"), COLUMNS)
    columns = ("score", "visits", "before", "change", "critical")
    titles = (Cell(say(language, f"reports.col.{key}"), "header_right") for key in columns)
    yield Row((Cell(say(language, "reports.checklist"), "header", span=3), *titles))
    if len(figures.checklists) > 1:
        places = context.programme.rules.decimals if context.programme else 1
        yield Row((
            Cell(say(language, "reports.index"), "strong", span=3),
            mean_cell(figures.index, places, language, "number_strong"), Cell(figures.index.n, "number"),
            mean_cell(figures.index_before, places, language),
            change_cell(figures.index, figures.index_before, places),
            Cell(sum(each.critical_failed for each in figures.checklists), "number"),
        ))  # fmt: skip
    for each in figures.checklists:
        yield _checklist(each, language, context)


def _checklist(figure: ChecklistFigure, language: str, context: Context) -> Row:
    found = context.checklists.get((figure.checklist, figure.version))
    places = found.decimals if found else 1
    name = wording.checklist_title(context, figure.checklist, figure.version, language)
    if figure.unreached:
        said = say(language, "reports.unreached_of", n=figure.unreached, total=figure.carried_out)
        name = f"{name}\n{said}"
    return Row((
        Cell(name, span=3), mean_cell(figure.mean, places, language), Cell(figure.mean.n, "number"),
        mean_cell(figure.before, places, language), change_cell(figure.mean, figure.before, places),
        Cell(figure.critical_failed, "number"),
    ))  # fmt: skip


def _most_missed(figures: NetworkFigures, language: str, context: Context) -> Iterator[Row]:
    missed = [item for item in figures.items if item.lost > 0][:5]
    if not missed:
        return
    yield BLANK
    yield heading(say(language, "reports.most_missed"), COLUMNS)
    for one in missed:
        lost = say(language, "reports.lost_points", points=number_text(one.lost, language, 1))
        name = wording.checklist_title(context, one.checklist, one.version, language)
        text = one.item.text.said(language)
        if len(figures.checklists) > 1:
            text = f"{text}\n({name})"
        yield Row((Cell(one.number, "strong"), Cell(text, span=4), Cell(lost, span=COLUMNS - 5)))

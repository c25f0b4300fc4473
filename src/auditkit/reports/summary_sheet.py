"""The first sheet of a branch's workbook: one score, where it comes from, what to keep and what to mend first."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.analysis.shapes import BranchFigures, Context, FindingFigure
from auditkit.figures import number_text, share_text
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.heights import PORTRAIT, paged, row_height
from auditkit.reports.publishing import moved_row, publication_rows
from auditkit.reports.score_tables import COLUMNS, WIDTHS, is_percent, score_rows, section_block
from auditkit.reports.sheets import BLANK, Cell, Chart, Row, Sheet, heading, paragraph, title
from auditkit.reports.trend import trend_block


def summary_sheet(figures: BranchFigures, language: str, context: Context) -> Sheet:
    """Everything on one or two pages, the critical first."""
    blocks = [
        [*_top(figures, language, context), *_critical(figures, language, context)],
        [BLANK, *score_rows(figures, language, context)] if figures.checklists else [],
        list(_mend(figures, language, context)),
        list(_best(figures, language, context)),
    ]
    charts: list[Chart] = []
    for block in (_trend, section_block):
        at = 1 + sum(map(len, blocks))
        rows, drawn = block(figures, at, language, context)
        blocks += parted(rows, drawn, at)
        charts += drawn
    name = wording.branch_title(figures.branch)
    wave = wording.wave_title(figures.wave, context, language)
    return Sheet(
        say(language, "reports.sheet.summary"),
        WIDTHS,
        tuple(paged(blocks, WIDTHS)),
        charts=tuple(charts),
        footer=f"{name} · {wave}",
    )


def parted(rows: list[Row], charts: list[Chart], at: int) -> list[list[Row]]:
    """A table and its chart, apart where no page holds both: a chart must not be torn. `at`: the first row."""
    if not charts or sum(row_height(row, WIDTHS) for row in rows) <= PORTRAIT:
        return [rows]
    air = charts[0].row - at - 1
    return [rows[:air], rows[air:]]


def _top(figures: BranchFigures, language: str, context: Context) -> Iterator[Row]:
    branch, programme = figures.branch, context.programme
    yield title(wording.branch_title(branch), COLUMNS)
    if line := wording.branch_line(branch):
        yield paragraph(line, COLUMNS, "subtitle")
    yield paragraph(_programme_line(figures, language, context), COLUMNS, "subtitle")
    yield from publication_rows(context, language, COLUMNS)
    if figures.wave.note:
        yield paragraph(figures.wave.note.said(language), COLUMNS, "quiet")
    yield BLANK
    decimals = programme.rules.decimals if programme else 1
    score, level = _headline(figures, language, context)
    look = "big" if figures.index.shown is not None or len(score) < 10 else "title"
    yield Row((Cell(score, look, span=2), Cell(level, "level", span=COLUMNS - 2)), 46)
    many = len(figures.checklists)
    what = say(language, "reports.index_of", n=many, decimals=decimals) if many else ""
    sentences = [wording.snapshot_text(figures.index.n, language, figures.index_interval)] if figures.index.n else []
    if many and not figures.index_complete:
        sentences.append(say(language, "reports.index_incomplete"))
    yield Row((Cell(what, "quiet", span=2), Cell(" ".join(sentences), "lead", span=COLUMNS - 2)))
    yield from moved_row(context, branch.code, figures.index.shown, language, COLUMNS)


def _programme_line(figures: BranchFigures, language: str, context: Context) -> str:
    wave = wording.wave_line(figures.wave, context, language)
    return f"{context.programme.name.said(language)} · {wave}" if context.programme else wave


def _headline(figures: BranchFigures, language: str, context: Context) -> tuple[str, str]:
    """The one score and its level; a single checklist that scores points is shown in its points."""
    only = figures.checklists[0] if len(figures.checklists) == 1 else None
    level = wording.level_text(context.programme, figures.index_grade, figures.index_verdict, language)
    if only and (figures.index.shown is None or not level):
        checklist = context.checklists.get((only.checklist, only.version))
        level = wording.level_text(checklist, only.grade, only.verdict, language)
        if figures.index.shown is None:
            return wording.mean_text(only.mean, language, percent=is_percent(context, only)), level
    return wording.mean_text(figures.index, language), level


def _critical(figures: BranchFigures, language: str, context: Context) -> Iterator[Row]:
    found = [finding for finding in figures.findings if finding.critical]
    if not found:
        return
    yield BLANK
    yield Row((Cell("▲ " + say(language, "reports.critical_found", n=len(found)), "critical", span=COLUMNS),))
    for one in found:
        yield Row((
            Cell(one.number, "critical"),
            Cell(wording.item_text(one, figures, language, context), "critical_text", span=2),
            Cell(_seen(one, language), "critical_text", span=COLUMNS - 3),
        ))  # fmt: skip


def _seen(finding: FindingFigure, language: str) -> str:
    answer = wording.seen_text(finding.item, finding.answer, "not_met", language)
    times = say(language, "reports.missed_in", times=share_text(finding.missed, finding.asked, language))
    words = f" {wording.quoted(finding.comment, language)}" if finding.comment else ""
    return f"{answer} ({times}).{words}"


def _trend(figures: BranchFigures, at: int, language: str, context: Context) -> tuple[list[Row], list[Chart]]:
    only = figures.checklists[0] if len(figures.checklists) == 1 else None
    points = figures.index_trend or (only.trend if only else ())
    percent = bool(figures.index_trend) or only is None or is_percent(context, only)
    rows = [BLANK, heading(say(language, "reports.trend"), COLUMNS)]
    more, charts = trend_block(
        points, at + len(rows), COLUMNS, language, context, wave=figures.wave.id, percent=percent, past=figures.past
    )
    return rows + more, charts


def _best(figures: BranchFigures, language: str, context: Context) -> Iterator[Row]:
    if not figures.best:
        return
    yield BLANK
    yield heading(say(language, "reports.best"), COLUMNS)
    for one in figures.best:
        met = say(language, "reports.met_in", n=one.asked)
        yield Row(
            (
                Cell(one.number, "strong"),
                Cell(wording.item_text(one, figures, language, context), span=2),
                Cell(met, span=COLUMNS - 3),
            )
        )


def _mend(figures: BranchFigures, language: str, context: Context) -> Iterator[Row]:
    yield BLANK
    yield heading(say(language, "reports.mend"), COLUMNS)
    if not figures.findings:
        yield paragraph(
            say(language, "reports.nothing_missed" if figures.index.n else "reports.nothing_scored"), COLUMNS
        )
    for one in figures.findings[:3]:
        lost = say(language, "reports.lost_points", points=number_text(one.lost, language, 1)) if one.lost else ""
        mark = say(language, "reports.severity.critical").upper() + ". " if one.critical else ""
        seen = f"{mark}{_seen(one, language)} {lost}".strip()
        text = wording.item_text(one, figures, language, context)
        yield Row((Cell(one.number, "strong"), Cell(text, span=2), Cell(seen, span=COLUMNS - 3)))

"""The first sheet of a branch's workbook: one score, where it comes from, what to keep and what to mend first."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.analysis.shapes import BranchFigures, ChecklistFigure, Context, FindingFigure, Mean, SectionFigure
from auditkit.figures import number_text, share_text
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.sheets import BLANK, Cell, Chart, Row, Series, Sheet, heading, paragraph, score_form, title
from auditkit.reports.trend import trend_block
from auditkit.reports.widths import CHARACTER

WIDTHS = (6.0, 30.0, 17.5, 9.5, 7.0, 9.0, 9.0, 9.5)
COLUMNS = len(WIDTHS)
SCORE = 4
"""The column of the score."""
MOST_SECTIONS_IN_CHART = 24


def summary_sheet(figures: BranchFigures, language: str, context: Context) -> Sheet:
    """Everything on one or two pages, the critical first."""
    rows = [*_top(figures, language, context), *_critical(figures, language), *_scores(figures, language, context)]
    charts: list[Chart] = []
    _add_sections(rows, charts, figures, language, context)
    _add_trend(rows, charts, figures, language, context)
    rows += _best(figures, language)
    rows += _mend(figures, language)
    name = wording.branch_title(figures.branch)
    wave = wording.wave_title(figures.wave, context, language)
    return Sheet(
        say(language, "reports.sheet.summary"), WIDTHS, tuple(rows), charts=tuple(charts), footer=f"{name} · {wave}"
    )


def _top(figures: BranchFigures, language: str, context: Context) -> Iterator[Row]:
    branch, programme = figures.branch, context.programme
    yield title(wording.branch_title(branch), COLUMNS)
    if line := wording.branch_line(branch):
        yield paragraph(line, COLUMNS, "subtitle")
    yield paragraph(_programme_line(figures, language, context), COLUMNS, "subtitle")
    if figures.wave.note:
        yield paragraph(figures.wave.note.said(language), COLUMNS, "quiet")
    yield BLANK
    decimals = programme.rules.decimals if programme else 1
    score, level = _headline(figures, language, context)
    look = "big" if figures.index.shown is not None or len(score) < 10 else "title"
    yield Row((Cell(score, look, span=2), Cell(level, "level", span=COLUMNS - 2)), 46)
    what = say(language, "reports.index_of", n=len(figures.checklists), decimals=decimals)
    sentences = [wording.snapshot_text(figures.index.n, language)] if figures.index.n else []
    if not figures.index_complete:
        sentences.append(say(language, "reports.index_incomplete"))
    yield Row((Cell(what, "quiet", span=2), Cell(" ".join(sentences), "lead", span=COLUMNS - 2)))


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


def is_percent(context: Context, figure: ChecklistFigure | SectionFigure) -> bool:
    """Whether this checklist scores in percent."""
    found = context.checklists.get((figure.checklist, figure.version))
    return found is None or found.scoring == "percent"


def _critical(figures: BranchFigures, language: str) -> Iterator[Row]:
    found = [finding for finding in figures.findings if finding.critical]
    if not found:
        return
    yield BLANK
    yield Row((Cell("▲ " + say(language, "reports.critical_found", n=len(found)), "critical", span=COLUMNS),))
    for one in found:
        yield Row((
            Cell(one.number, "critical"),
            Cell(one.item.text.said(language), "critical_text", span=2),
            Cell(_seen(one, language), "critical_text", span=COLUMNS - 3),
        ))  # fmt: skip


def _seen(finding: FindingFigure, language: str) -> str:
    answer = wording.answer_text(finding.item, finding.answer, language)
    times = say(language, "reports.missed_in", times=share_text(finding.missed, finding.asked, language))
    words = f" {wording.quoted(finding.comment, language)}" if finding.comment else ""
    return f"{answer} ({times}).{words}"


def _scores(figures: BranchFigures, language: str, context: Context) -> Iterator[Row]:
    yield BLANK
    yield heading(say(language, "reports.scores"), COLUMNS)
    yield _titles(language, say(language, "reports.checklist"), say(language, "reports.level"))
    if len(figures.checklists) > 1:
        places = context.programme.rules.decimals if context.programme else 1
        level = wording.level_text(context.programme, figures.index_grade, figures.index_verdict, language)
        first = (Cell(say(language, "reports.index"), "strong", span=2), Cell(level, "strong"))
        yield _line(first, figures.index, figures.index_before, figures.index_network, places, language)
    for each in figures.checklists:
        yield from _checklist(each, language, context)


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
            yield Row((Cell(None), Cell(said, "note", span=COLUMNS - 1)))


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


def change_cell(mean: Mean | None, before: Mean | None, places: int) -> Cell:
    """The step from the wave before, with its sign."""
    if mean is None or before is None or mean.shown is None or before.shown is None:
        return Cell("–", "number_quiet")
    return Cell(mean.shown - before.shown, "number", f"change.{places}")


def _add_sections(
    rows: list[Row], charts: list[Chart], figures: BranchFigures, language: str, context: Context
) -> None:
    if not any(each.sections for each in figures.checklists):
        return
    rows += [BLANK, heading(say(language, "reports.sections"), COLUMNS), _titles(language, say(language, "reports.section"))]
    first = len(rows) + 1
    percent = True
    for each in figures.checklists:
        if len(figures.checklists) > 1:
            name = wording.checklist_title(context, each.checklist, each.version, language)
            rows.append(Row((Cell(name, "group", span=3), *(Cell(None, "group") for _ in range(5)))))
        rows += [_section(section, language, context) for section in each.sections]
        percent = percent and is_percent(context, each)
    count = len(rows) - first + 1
    if percent and 2 <= count <= MOST_SECTIONS_IN_CHART:
        _chart_sections(rows, charts, figures, first, language)


def _section(section: SectionFigure, language: str, context: Context) -> Row:
    found = context.checklists.get((section.checklist, section.version))
    name = Cell(wording.section_title(found, section.section, language), span=3)
    return _line((name,), section.mean, section.before, section.network, found.decimals if found else 1, language)


def _chart_sections(
    rows: list[Row], charts: list[Chart], figures: BranchFigures, first: int, language: str
) -> None:
    last = len(rows)
    series = [Series(say(language, "reports.this_wave"), SCORE, first, last)]
    if any(section.network and section.network.shown is not None for each in figures.checklists for section in each.sections):
        series.append(Series(say(language, "reports.col.network"), COLUMNS, first, last))
    height = 46.0 + (last - first + 1) * (26 if len(series) > 1 else 18)
    labels = Series("", 1, first, last)
    where = add_space(rows, height)
    charts.append(Chart("bars", say(language, "reports.sections"), labels, tuple(series), where, height, chart_width()))


def add_space(rows: list[Row], height: float) -> int:
    """Keep rows free for a chart; gives the first of them."""
    rows.append(Row((), 6))
    where = len(rows) + 1
    rows += [Row((), height / 2)] * 2 if height <= 800 else [Row((), height / 4)] * 4
    return where


def chart_width() -> float:
    """Points over all columns."""
    return sum(WIDTHS) * CHARACTER


def _add_trend(
    rows: list[Row], charts: list[Chart], figures: BranchFigures, language: str, context: Context
) -> None:
    only = figures.checklists[0] if len(figures.checklists) == 1 else None
    points = figures.index_trend or (only.trend if only else ())
    percent = bool(figures.index_trend) or only is None or is_percent(context, only)
    rows += [BLANK, heading(say(language, "reports.trend"), COLUMNS)]
    trend_block(rows, charts, points, language, context, percent=percent)


def _best(figures: BranchFigures, language: str) -> Iterator[Row]:
    if not figures.best:
        return
    yield BLANK
    yield heading(say(language, "reports.best"), COLUMNS)
    for one in figures.best:
        met = say(language, "reports.met_in", n=one.asked)
        yield Row((Cell(one.number, "strong"), Cell(one.item.text.said(language), span=2), Cell(met, span=COLUMNS - 3)))


def _mend(figures: BranchFigures, language: str) -> Iterator[Row]:
    yield BLANK
    yield heading(say(language, "reports.mend"), COLUMNS)
    if not figures.findings:
        yield paragraph(say(language, "reports.nothing_missed" if figures.index.n else "reports.nothing_scored"), COLUMNS)
    for one in figures.findings[:3]:
        lost = say(language, "reports.lost_points", points=number_text(one.lost, language, 1)) if one.lost else ""
        mark = say(language, "reports.severity.critical").upper() + ". " if one.critical else ""
        seen = f"{mark}{_seen(one, language)} {lost}".strip()
        yield Row((
            Cell(one.number, "strong"), Cell(one.item.text.said(language), span=2), Cell(seen, span=COLUMNS - 3)
        ))  # fmt: skip

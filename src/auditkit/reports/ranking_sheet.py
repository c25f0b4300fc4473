"""All branches of a wave by name, with n beside every score and without ranks."""

from __future__ import annotations

from auditkit.analysis.shapes import Context, NetworkFigures, RankingRow
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.network_summary import footer
from auditkit.reports.score_tables import change_cell, mean_cell
from auditkit.reports.sheets import Cell, Row, Sheet, paragraph, title

_BEFORE = ("index", "visits", "level", "before", "change")
_AFTER = ("critical", "unreached")
_WIDTH = {
    "index": 12.0,
    "visits": 9.0,
    "level": 22.0,
    "before": 10.0,
    "change": 11.0,
    "critical": 9.5,
    "unreached": 11.5,
}
_NAME, _REGION, _CHECKLIST = 30.0, 16.0, 15.0


def ranking_sheet(figures: NetworkFigures, language: str, context: Context) -> Sheet:
    """Branch, region, index with n, level, step from the wave before, every checklist, critical, unanswered."""
    checklists = tuple(dict.fromkeys(name for row in figures.ranking for name, _ in row.by_checklist))
    widths = (_NAME, _REGION, *(_WIDTH[key] for key in _BEFORE), *(_CHECKLIST for _ in checklists),
              *(_WIDTH[key] for key in _AFTER))  # fmt: skip
    rows = [title(say(language, "reports.sheet.ranking"), len(widths))]
    rows.append(paragraph(say(language, "reports.ranking_about"), len(widths), "quiet"))
    rows.append(_titles(figures, checklists, language, context))
    top = len(rows)
    rows += [_row(row, checklists, language, context) for row in figures.ranking]
    if not figures.ranking:
        rows.append(paragraph(say(language, "reports.nothing_scored"), len(widths)))
    return Sheet(
        say(language, "reports.sheet.ranking"), widths, tuple(rows), header=top, landscape=True,
        footer=footer(figures, language, context), frozen_columns=1,
    )  # fmt: skip


def _titles(figures: NetworkFigures, checklists: tuple[str, ...], language: str, context: Context) -> Row:
    versions = {each.checklist: each.version for each in figures.checklists}
    names = (wording.checklist_title(context, name, versions.get(name, ""), language) for name in checklists)
    right = (
        Cell(say(language, f"reports.col.{key}"), "header" if key == "level" else "header_right") for key in _BEFORE
    )
    return Row((
        Cell(wording.branch_word(context.programme, language), "header"),
        Cell(say(language, "reports.col.region"), "header"),
        *right,
        *(Cell(name, "header_right") for name in names),
        *(Cell(say(language, f"reports.col.{key}"), "header_right") for key in _AFTER),
    ))  # fmt: skip


def _row(row: RankingRow, checklists: tuple[str, ...], language: str, context: Context) -> Row:
    places = context.programme.rules.decimals if context.programme else 1
    level = wording.level_text(context.programme, row.grade, row.verdict, language)
    if not row.index_complete:
        level = f"{level} {say(language, 'reports.incomplete')}".strip()
    means = dict(row.by_checklist)
    critical = f"▲ {row.critical_failed}" if row.critical_failed else 0
    return Row((
        Cell(_name(row), "strong"),
        Cell(row.branch.region),
        mean_cell(row.index, places, language, "number_strong"),
        Cell(row.index.n, "number"),
        Cell(level),
        mean_cell(row.before, places, language),
        change_cell(row.index, row.before, places),
        *(_checklist(means.get(name), language) for name in checklists),
        Cell(critical, "number"),
        Cell(row.unreached, "number"),
    ))  # fmt: skip


def _name(row: RankingRow) -> str:
    return f"{row.branch.name} ({row.branch.code})" if row.branch.name else row.branch.code


def _checklist(mean: object, language: str) -> Cell:
    """A checklist's mean with its n in one cell: `78.1 (n = 2)`."""
    from auditkit.analysis.shapes import Mean
    from auditkit.figures import score_text

    if not isinstance(mean, Mean) or mean.shown is None:
        return Cell(wording.mean_text(mean if isinstance(mean, Mean) else None, language), "number_quiet")
    return Cell(f"{score_text(mean.shown, language)} (n = {mean.n})", "number")

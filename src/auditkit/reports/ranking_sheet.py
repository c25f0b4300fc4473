"""All branches of a wave by name, with n beside every score and without ranks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from auditkit.analysis.network_shapes import NetworkFigures, RankingRow
from auditkit.analysis.shapes import Context
from auditkit.figures import rounded
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.chance import chance_texts, noise_share_text
from auditkit.reports.network_summary import footer
from auditkit.reports.score_tables import change_cell, mean_cell
from auditkit.reports.sheets import Cell, Row, Sheet, paragraph, score_form, title

_WIDTH = {
    "branch": 30.0,
    "group": 9.0,
    "region": 16.0,
    "index": 12.0,
    "visits": 9.0,
    "low": 12.5,
    "high": 8.0,
    "level": 22.0,
    "before": 10.0,
    "change": 11.0,
    "checklist": 15.0,
    "critical": 9.5,
    "unseen": 12.0,
    "unreached": 11.5,
}
_UPRIGHT = 95
"""Characters that fit across an upright page."""


class _Column(NamedTuple):
    """One column: its key in `_WIDTH`, and of a checklist its id."""

    key: str
    checklist: str = ""


def ranking_sheet(figures: NetworkFigures, language: str, context: Context) -> Sheet:
    """Branch, region, index with n, level, step from the wave before, every checklist, critical, unanswered.

    A column that says nothing of any branch is left out.
    """
    columns = _columns(figures, language, context)
    rows = [title(say(language, "reports.sheet.ranking"), len(columns))]
    if (noise := noise_share_text(figures.standings, language)) is not None:
        rows.append(paragraph(noise, len(columns), "lead"))
    about = "reports.ranking_about" if figures.standings is None else "reports.ranking_groups"
    rows.append(paragraph(say(language, about), len(columns), "quiet"))
    rows += [paragraph(said, len(columns), "quiet") for said in chance_texts(figures, language, context)]
    rows.append(_titles(columns, figures, language, context))
    top = len(rows)
    places = _places(figures, context)
    rows += [
        Row(tuple(_cell(each, row, places, language, context) for each in columns))
        for row in _in_groups(figures.ranking)
    ]
    if not figures.ranking:
        rows.append(paragraph(say(language, "reports.nothing_scored"), len(columns)))
    widths = tuple(_WIDTH[each.key] for each in columns)
    return Sheet(
        say(language, "reports.sheet.ranking"), widths, tuple(rows), header=top,
        landscape=sum(widths) > _UPRIGHT, footer=footer(figures, language, context), frozen_columns=1,
    )  # fmt: skip


def _in_groups(ranking: Sequence[RankingRow]) -> list[RankingRow]:
    """Group after group, by name within each; those that are in none come last."""
    return sorted(ranking, key=lambda row: (row.group is None, row.group or 0))


def _columns(figures: NetworkFigures, language: str, context: Context) -> list[_Column]:
    ranking = figures.ranking
    checklists = tuple(dict.fromkeys(name for row in ranking for name, _ in row.by_checklist))
    critical = any(item.item.critical for item in figures.items) or any(row.critical_failed for row in ranking)
    said = {
        "group": figures.standings is not None,
        "region": any(row.branch.region for row in ranking),
        "level": any(_level(row, language, context) for row in ranking),
        "before": any(row.before for row in ranking),
        "change": any(row.before for row in ranking),
        "low": any(row.interval for row in ranking),
        "high": any(row.interval for row in ranking),
        "critical": critical,
        "unseen": any(row.critical_unseen for row in ranking),
        "unreached": any(row.unreached for row in ranking),
    }
    # One checklist alone is the index itself.
    several = [_Column("checklist", name) for name in checklists] if len(checklists) > 1 else []
    left = [
        _Column(key)
        for key in ("branch", "group", "region", "index", "visits", "low", "high", "level", "before", "change")
    ]
    found = [*left, *several, _Column("critical"), _Column("unseen"), _Column("unreached")]
    return [each for each in found if said.get(each.key, True)]


def _places(figures: NetworkFigures, context: Context) -> int:
    """The decimals of the index: the programme's; without one, those of the only checklist."""
    if context.programme:
        return context.programme.rules.decimals
    known = {context.checklists[key].decimals for each in figures.checklists
             if (key := (each.checklist, each.version)) in context.checklists}  # fmt: skip
    return known.pop() if len(known) == 1 else 1


def _titles(columns: Sequence[_Column], figures: NetworkFigures, language: str, context: Context) -> Row:
    versions = {each.checklist: each.version for each in figures.checklists}
    cells = []
    for key, checklist in columns:
        if key == "branch":
            cells.append(Cell(wording.branch_word(context.programme, language), "header"))
        elif key == "checklist":
            name = wording.checklist_title(context, checklist, versions.get(checklist, ""), language)
            cells.append(Cell(name, "header_right"))
        else:
            look = "header" if key in ("region", "level") else "header_right"
            cells.append(Cell(say(language, f"reports.col.{key}"), look))
    return Row(tuple(cells))


def _level(row: RankingRow, language: str, context: Context) -> str:
    level = wording.level_text(context.programme, row.grade, row.verdict, language)
    return level if row.index_complete else f"{level} {say(language, 'reports.incomplete')}".strip()


def _cell(column: _Column, row: RankingRow, places: int, language: str, context: Context) -> Cell:
    if column.key == "checklist":
        return _checklist(dict(row.by_checklist).get(column.checklist), language)
    known = {
        "branch": lambda: Cell(_name(row), "strong"),
        "group": lambda: Cell("–", "number_quiet") if row.group is None else Cell(row.group, "number"),
        "region": lambda: Cell(row.branch.region),
        "index": lambda: mean_cell(row.index, places, language, "number_strong"),
        "visits": lambda: Cell(row.index.n, "number"),
        "low": lambda: _end(row.interval.low if row.interval else None, places),
        "high": lambda: _end(row.interval.high if row.interval else None, places),
        "level": lambda: Cell(_level(row, language, context)),
        "before": lambda: mean_cell(row.before, places, language),
        "change": lambda: change_cell(row.index, row.before, places, beyond=bool(row.beyond)),
        "critical": lambda: Cell(f"▲ {row.critical_failed}" if row.critical_failed else 0, "number"),
        "unseen": lambda: _unseen(row),
        "unreached": lambda: Cell(row.unreached, "number"),
    }
    return known[column.key]()


def _unseen(row: RankingRow) -> Cell:
    """Beside no critical failures: the rate in percent that so few visits cannot rule out."""
    if row.critical_unseen is None:
        return Cell("–", "number_quiet")
    return Cell(rounded(Fraction(row.critical_unseen) * 100, 0), "number", score_form(0))


def _end(value: Decimal | None, places: int) -> Cell:
    return Cell("–", "number_quiet") if value is None else Cell(value, "number", score_form(places))


def _name(row: RankingRow) -> str:
    return f"{row.branch.name} ({row.branch.code})" if row.branch.name else row.branch.code


def _checklist(mean: object, language: str) -> Cell:
    """A checklist's mean with its n in one cell: `78.1 (n = 2)`."""
    from auditkit.analysis.shapes import Mean
    from auditkit.figures import score_text

    if not isinstance(mean, Mean) or mean.shown is None:
        return Cell(wording.mean_text(mean if isinstance(mean, Mean) else None, language), "number_quiet")
    return Cell(f"{score_text(mean.shown, language)} (n = {mean.n})", "number")

"""A branch's score over the waves in the terminal; what another method found before is marked and has no bar."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from auditkit.analysis.shapes import BranchFigures, Context
from auditkit.figures import score_text
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.bars import bar, bar_width, heading, indented, plain_signs, table
from auditkit.reports.score_tables import is_percent
from auditkit.reports.trend import MARK, latest, past_title, versions_of

if TYPE_CHECKING:
    from rich.console import Console


def print_trend(console: Console, figures: BranchFigures, language: str, context: Context) -> None:
    """Nothing where there is no other wave."""
    only = figures.checklists[0] if len(figures.checklists) == 1 else None
    points = figures.index_trend or (only.trend if only else ())
    if not figures.past and not any(point.wave != figures.wave.id for point in points if point.mean.n):
        return
    heading(console, say(language, "reports.trend"))
    made = table(say(language, "reports.wave"), say(language, "reports.col.score"), "", "n", right=(1, 3))
    for each in latest(figures.past):
        made.add_row(
            past_title(each, context, language), _shown(each.mean.shown, language), "", str(each.mean.n or "–")
        )
    percent = bool(figures.index_trend) or only is None or is_percent(context, only)
    places = versions_of(points)
    for at, point in enumerate(points):
        mark = "▲ " if at and places[at] != places[at - 1] else ""
        drawn = bar(point.mean.shown, bar_width(console), ascii_only=plain_signs(console)) if percent else ""
        name = mark + wording.wave_title(point.wave, context, language)
        shown = wording.mean_text(point.mean, language) if point.mean.shown is None else ""
        made.add_row(name, shown or _shown(point.mean.shown, language), drawn, str(point.mean.n))
    console.print(made)
    if figures.past:
        indented(console, say(language, "reports.past_note", mark=MARK), 0, "dim")
    if places and places[-1]:
        indented(console, say(language, "reports.version_break"), 0, "dim")


def _shown(shown: Decimal | None, language: str) -> str:
    return "" if shown is None else score_text(shown, language)

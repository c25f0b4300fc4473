"""Scored visits in the terminal: one line each, then what was not fully met in the shopper's words, critical on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from auditkit.analysis.shapes import Context, ItemLine, VisitFigure
from auditkit.figures import number_text
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.bars import bar, bar_width, heading, indented, numbered, plain_signs, table
from auditkit.reports.visits_sheet import outcome_text

if TYPE_CHECKING:
    from rich.console import Console


class ScoredVisit(NamedTuple):
    """A visit with the branch that it was paid to, as its file names it."""

    branch: str
    visit: VisitFigure


def print_scores(console: Console, visits: Sequence[ScoredVisit], language: str, context: Context) -> None:
    """`auditkit score`."""
    titles = [wording.branch_word(context.programme, language)]
    titles += [say(language, f"reports.col.{key}") for key in ("visit", "checklist", "score")]
    made = table(*titles, "", say(language, "reports.level"), right=(3,))
    for one in visits:
        made.add_row(*_row(console, one, language, context))
    console.print(made)
    for one in visits:
        _missed(console, one, language, context)


def _row(console: Console, one: ScoredVisit, language: str, context: Context) -> list[str]:
    visit = one.visit
    checklist = context.checklists.get((visit.checklist, visit.version))
    percent = checklist is None or checklist.scoring == "percent"
    score = wording.shown_text(visit.shown, language, percent=percent) if visit.shown is not None else "–"
    drawn = bar(visit.shown, bar_width(console), ascii_only=plain_signs(console)) if percent else ""
    result = outcome_text(visit, checklist, language).removeprefix(f"{score} · ").removeprefix(score)
    mark = "▲ " if any(_is_critical(line) for line in visit.items) else ""
    name = wording.checklist_title(context, visit.checklist, visit.version, language)
    return [one.branch, visit.visit_id, name, score, drawn, mark + result]


def _is_critical(line: ItemLine) -> bool:
    return bool(line.item.critical) and line.met == "not_met"


def _missed(console: Console, one: ScoredVisit, language: str, context: Context) -> None:
    missed = [line for line in one.visit.items if line.met in ("not_met", "partly_met")]
    if not missed:
        return
    name = wording.checklist_title(context, one.visit.checklist, one.visit.version, language)
    heading(console, f"{one.branch} · {one.visit.visit_id} · {name}")
    for line in sorted(missed, key=lambda each: (not _is_critical(each), -each.lost)):
        item_lines(console, line, language)


def item_lines(console: Console, line: ItemLine, language: str) -> None:
    """A missed criterion: its words, the answer and what it cost, the shopper's words, the cell."""
    critical = _is_critical(line)
    mark = f"▲ {say(language, 'reports.severity.critical')}: " if critical else ""
    numbered(console, line.number, mark + line.item.text.said(language), "bold red" if critical else "")
    cost = f" · −{number_text(line.lost, language, 1)}" if line.lost else ""
    answer = wording.seen_text(line.item, line.answer, line.met, language)
    met = say(language, f"reports.met.{line.met}") if line.met else ""
    indented(console, f"{answer} · {met}{cost}", 7, "dim")
    if line.comment:
        indented(console, wording.quoted(line.comment, language), 7, "italic")
    if line.place:
        indented(console, line.place, 7, "dim")

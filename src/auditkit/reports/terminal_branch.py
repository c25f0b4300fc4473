"""A branch's wave in the terminal: the critical, the scores, the sections, what to mend, the visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditkit.analysis.shapes import (
    BranchFigures,
    ChecklistFigure,
    Context,
    FindingFigure,
    Mean,
    SectionFigure,
    VisitFigure,
)
from auditkit.figures import change_text, day_text, number_text, score_text, share_text
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.bars import WIDE, bar, bar_width, heading, indented, numbered, plain_signs, table
from auditkit.reports.terminal_trend import print_trend
from auditkit.reports.visits_sheet import outcome_text

if TYPE_CHECKING:
    from rich.console import Console


def print_branch(console: Console, figures: BranchFigures, language: str, context: Context) -> None:
    """`auditkit show branch`."""
    from rich.text import Text

    console.print(Text(wording.branch_title(figures.branch), style="bold"))
    if line := wording.branch_line(figures.branch):
        console.print(Text(line, style="dim"))
    console.print(Text(wording.wave_line(figures.wave, context, language), style="dim"))
    _critical(console, figures, language, context)
    _scores(console, figures, language, context)
    print_trend(console, figures, language, context)
    _sections(console, figures, language, context)
    _mend(console, figures, language, context)
    _visits(console, figures.visits, language, context)


def _critical(console: Console, figures: BranchFigures, language: str, context: Context) -> None:
    from rich.text import Text

    found = [finding for finding in figures.findings if finding.critical]
    if not found:
        return
    console.print()
    console.print(Text("▲ " + say(language, "reports.critical_found", n=len(found)), style="bold red"))
    for one in found:
        finding_lines(console, one, _checklist_of(one, figures, language, context), language)


def finding_lines(console: Console, finding: FindingFigure, checklist: str, language: str) -> None:
    """A finding in two or three lines: the criterion, what was seen how often and where, the shopper's words."""
    numbered(console, finding.number, finding.item.text.said(language))
    answer = wording.seen_text(finding.item, finding.answer, "not_met", language)
    times = share_text(finding.missed, finding.asked, language)
    parts = [answer, say(language, "reports.missed_in", times=times)]
    if finding.lost:
        parts.append(f"−{number_text(finding.lost, language, 1)}")
    indented(console, " · ".join(filter(None, (*parts, checklist))), 7, "dim")
    if finding.comment:
        indented(console, wording.quoted(finding.comment, language), 7, "italic")


def _scores(console: Console, figures: BranchFigures, language: str, context: Context) -> None:
    heading(console, say(language, "reports.scores"))
    wide = console.width >= WIDE
    more = ("before", "change", "network") if wide else ("before",)
    titles = [say(language, "reports.checklist"), say(language, "reports.col.score"), "", "n"]
    titles += [say(language, f"reports.col.{key}") for key in more]
    made = table(*titles, say(language, "reports.level"), right=(1, 3, *range(4, 4 + len(more))))
    if len(figures.checklists) > 1:
        level = wording.level_text(context.programme, figures.index_grade, figures.index_verdict, language)
        means = (figures.index, figures.index_before, figures.index_network)
        made.add_row(say(language, "reports.index"), *_cells(console, means, language, wide=wide), level, style="bold")
    for each in figures.checklists:
        made.add_row(*_checklist(console, each, language, context, wide=wide))
    console.print(made)
    for each in figures.checklists:
        if each.unreached:
            said = say(language, "reports.unreached_of", n=each.unreached, total=each.carried_out)
            console.print(f"{wording.checklist_title(context, each.checklist, each.version, language)}: {said}")
        if each.critical_unseen is not None:
            name = wording.checklist_title(context, each.checklist, each.version, language)
            console.print(f"{name}: {wording.unseen_text(each.critical_unseen, each.mean.n, language)}")
    if figures.index.n:
        console.print(wording.snapshot_text(figures.index.n, language, figures.index_interval))
    if not figures.index_complete:
        console.print(say(language, "reports.index_incomplete"))


def _checklist(console: Console, each: ChecklistFigure, language: str, context: Context, *, wide: bool) -> list[str]:
    found = context.checklists.get((each.checklist, each.version))
    name = wording.checklist_title(context, each.checklist, each.version, language)
    percent = found is None or found.scoring == "percent"
    cells = _cells(console, (each.mean, each.before, each.network), language, wide=wide, percent=percent)
    return [name, *cells, wording.level_text(found, each.grade, each.verdict, language)]


def _cells(
    console: Console, means: tuple[Mean, Mean | None, Mean | None], language: str, *, wide: bool, percent: bool = True
) -> list[str]:
    mean, before, network = means
    drawn = bar(mean.shown, bar_width(console), ascii_only=plain_signs(console)) if percent else ""
    cells = [mean_text(mean, language), drawn, str(mean.n), mean_text(before, language)]
    if wide:
        cells += [change_text(mean.shown, before.shown if before else None, language), mean_text(network, language)]
    return cells


def mean_text(mean: Mean | None, language: str) -> str:
    """A mean for a column of numbers; words where nothing was scored."""
    if mean is not None and mean.shown is not None:
        return score_text(mean.shown, language)
    return wording.mean_text(mean, language)


def _sections(console: Console, figures: BranchFigures, language: str, context: Context) -> None:
    if not any(each.sections for each in figures.checklists):
        return
    heading(console, say(language, "reports.sections"))
    made = table(
        say(language, "reports.section"), say(language, "reports.col.score"), "", "n",
        say(language, "reports.col.before"), right=(1, 3, 4),
    )  # fmt: skip
    for each in figures.checklists:
        if len(figures.checklists) > 1 and each.sections:
            made.add_row(wording.checklist_title(context, each.checklist, each.version, language), style="bold")
        for part in each.sections:
            made.add_row(*_section(console, part, language, context))
    console.print(made)


def _section(console: Console, part: SectionFigure, language: str, context: Context) -> list[str]:
    checklist = context.checklists.get((part.checklist, part.version))
    percent = checklist is None or checklist.scoring == "percent"
    drawn = bar(part.mean.shown, bar_width(console), ascii_only=plain_signs(console)) if percent else ""
    name = "  " + wording.section_title(checklist, part.section, language)
    return [name, mean_text(part.mean, language), drawn, str(part.mean.n), mean_text(part.before, language)]


def _mend(console: Console, figures: BranchFigures, language: str, context: Context) -> None:
    rest = [finding for finding in figures.findings if not finding.critical]
    heading(console, say(language, "reports.term.missed"))
    if not figures.findings:
        console.print(say(language, "reports.nothing_missed" if figures.index.n else "reports.nothing_scored"))
    for one in rest:
        finding_lines(console, one, _checklist_of(one, figures, language, context), language)


def _checklist_of(finding: FindingFigure, figures: BranchFigures, language: str, context: Context) -> str:
    """Needed only where there are several: numbers begin anew in each."""
    if len(figures.checklists) < 2:
        return ""
    return wording.checklist_title(context, finding.checklist, finding.version, language)


def _visits(console: Console, visits: tuple[VisitFigure, ...], language: str, context: Context) -> None:
    if not visits:
        return
    heading(console, say(language, "reports.sheet.visits"))
    made = table(*(say(language, f"reports.col.{key}") for key in ("visit", "checklist")), say(language, "reports.day"),
                 say(language, "reports.col.result"))  # fmt: skip
    for each in visits:
        checklist = context.checklists.get((each.checklist, each.version))
        made.add_row(
            each.visit_id,
            wording.checklist_title(context, each.checklist, each.version, language),
            day_text(each.day, each.part_of_day, language, week_only=each.week_only),
            outcome_text(each, checklist, language),
        )
    console.print(made)

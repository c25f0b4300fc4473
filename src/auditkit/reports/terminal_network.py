"""The network's wave in the terminal: branches by name with n, what is missed most, what came in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditkit.analysis.shapes import Context, NetworkFigures, RankingRow
from auditkit.figures import change_text, number_text
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.bars import WIDE, bar, bar_width, heading, indented, numbered, plain_signs, table
from auditkit.reports.quality_sheet import fate_text, reason_text, sum_text
from auditkit.reports.terminal_branch import mean_text

if TYPE_CHECKING:
    from rich.console import Console

_MOST_MISSED = 5


def print_network(console: Console, figures: NetworkFigures, language: str, context: Context) -> None:
    """`auditkit show network`."""
    from rich.text import Text

    name = context.programme.name.said(language) if context.programme else say(language, "reports.network")
    console.print(Text(name, style="bold"))
    console.print(Text(wording.wave_line(figures.wave, context, language), style="dim"))
    score = wording.mean_text(figures.index, language)
    counts = say(language, "reports.n_visits", n=figures.index.n)
    change = change_text(figures.index.shown, figures.index_before.shown if figures.index_before else None, language)
    console.print(Text(f"{score} · {counts} · {say(language, 'reports.col.change')}: {change}", style="bold"))
    _critical(console, figures.ranking, language)
    _ranking(console, figures, language, context)
    _missed(console, figures, language, context)
    _quality(console, figures, language)


def _critical(console: Console, ranking: tuple[RankingRow, ...], language: str) -> None:
    from rich.text import Text

    found = [row for row in ranking if row.critical_failed]
    if not found:
        return
    names = ", ".join(f"{wording.branch_title(row.branch)} ({row.critical_failed})" for row in found)
    console.print(Text(f"▲ {say(language, 'reports.col.critical')}: {names}", style="bold red"))


def _ranking(console: Console, figures: NetworkFigures, language: str, context: Context) -> None:
    wide = console.width >= WIDE
    console.print()
    more = ("before", "change", "critical", "unreached") if wide else ("critical",)
    titles = [wording.branch_word(context.programme, language), say(language, "reports.col.index"), "", "n"]
    titles += [say(language, f"reports.col.{key}") for key in more]
    made = table(*titles, say(language, "reports.level"), right=(1, 3, *range(4, 4 + len(more))))
    for row in figures.ranking:
        made.add_row(*_row(console, row, language, context, wide=wide))
    console.print(made)


def _row(console: Console, row: RankingRow, language: str, context: Context, *, wide: bool) -> list[str]:
    level = wording.level_text(context.programme, row.grade, row.verdict, language)
    if not row.index_complete:
        level = f"{level} {say(language, 'reports.incomplete')}".strip()
    drawn = bar(row.index.shown, bar_width(console), ascii_only=plain_signs(console))
    critical = f"▲ {row.critical_failed}" if row.critical_failed else "0"
    before = row.before.shown if row.before else None
    middle = (
        [mean_text(row.before, language), change_text(row.index.shown, before, language), critical, str(row.unreached)]
        if wide
        else [critical]
    )
    name = f"{row.branch.code}  {row.branch.name}".strip()
    return [name, mean_text(row.index, language), drawn, str(row.index.n), *middle, level]


def _missed(console: Console, figures: NetworkFigures, language: str, context: Context) -> None:
    missed = [item for item in figures.items if item.lost > 0][:_MOST_MISSED]
    if not missed:
        return
    heading(console, say(language, "reports.most_missed"))
    for one in missed:
        numbered(console, one.number, one.item.text.said(language))
        lost = say(language, "reports.lost_points", points=number_text(one.lost, language, 1))
        name = wording.checklist_title(context, one.checklist, one.version, language)
        indented(console, f"{name} · {lost}", 7, "dim")


def _quality(console: Console, figures: NetworkFigures, language: str) -> None:
    heading(console, say(language, "reports.sheet.quality"))
    parts = (f"{fate_text(fate, language)} {count}" for fate, count in figures.quality.by_fate if count)
    received = f"{say(language, 'reports.received')} {figures.quality.received}: "
    console.print(received + " · ".join(parts))
    console.print(sum_text(figures.quality, language))
    for file, visit, fate, reason in figures.quality.not_accepted:
        why = reason_text(figures.quality, file, fate, reason, language)
        indented(console, " · ".join(filter(None, (file, visit, fate_text(fate, language), why))))

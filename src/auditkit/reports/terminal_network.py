"""The network's wave in the terminal: branches by name with n, what is missed most, what came in."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from auditkit.analysis.shapes import Context, NetworkFigures, RankingRow
from auditkit.figures import change_text, number_text
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.bars import WIDE, bar, bar_width, heading, indented, numbered, plain_signs, table
from auditkit.reports.chance import change_sentence, noise_share_text
from auditkit.reports.quality_sheet import fate_text, reason_text, sum_text, visit_texts
from auditkit.reports.terminal_branch import mean_text

if TYPE_CHECKING:
    from rich.console import Console

_MOST_MISSED = 5
_MOST_ONE_BY_ONE, _MOST_NAMED = 12, 8
"""Reports that are in no mean: so many are told one by one; of more, those that share a reason together."""


def print_network(console: Console, figures: NetworkFigures, language: str, context: Context) -> None:
    """`auditkit show network`."""
    from rich.text import Text

    name = context.programme.name.said(language) if context.programme else say(language, "reports.network")
    console.print(Text(name, style="bold"))
    console.print(Text(wording.wave_line(figures.wave, context, language), style="dim"))
    score = wording.mean_text(figures.index, language)
    counts = say(language, "reports.n_visits", n=figures.index.n)
    head = f"{score} · {counts}"
    if figures.index_before is not None:
        change = change_text(figures.index.shown, figures.index_before.shown, language)
        head += f" · {say(language, 'reports.col.change')}: {change}"
    console.print(Text(head, style="bold"))
    if figures.change is not None:
        console.print(change_sentence(figures.change, language))
    _critical(console, figures.ranking, language)
    _ranking(console, figures, language, context)
    _missed(console, figures, language, context)
    _quality(console, figures, language, context)


def _critical(console: Console, ranking: tuple[RankingRow, ...], language: str) -> None:
    from rich.text import Text

    found = [row for row in ranking if row.critical_failed]
    if not found:
        return
    names = ", ".join(f"{wording.branch_title(row.branch)} ({row.critical_failed})" for row in found)
    console.print(Text(f"▲ {say(language, 'reports.col.critical')}: {names}", style="bold red"))


def _ranking(console: Console, figures: NetworkFigures, language: str, context: Context) -> None:
    columns = [_Col(say(language, "reports.col.index"), right=True), _Col(""), _Col("n", right=True)]
    columns += [_Col(say(language, f"reports.col.{key}"), right=True) for key in ("before", "change", "critical")]
    columns += [_Col(say(language, "reports.col.unreached"), right=True), _Col(say(language, "reports.level"))]
    rows = [_row(console, row, language, context) for row in figures.ranking]
    wanted = _wanted(figures, rows, wide=console.width >= WIDE)
    titles = [wording.branch_word(context.programme, language), *(columns[at].title for at in wanted)]
    made = table(*titles, right=tuple(place for place, at in enumerate(wanted, 1) if columns[at].right))
    for row, cells in zip(figures.ranking, rows, strict=True):
        made.add_row(f"{row.branch.code}  {row.branch.name}".strip(), *(cells[at] for at in wanted))
    console.print()
    if (noise := noise_share_text(figures.standings, language)) is not None:
        console.print(noise)
    console.print(made)


class _Col(NamedTuple):
    title: str
    right: bool = False


_BEFORE, _CRITICAL, _UNREACHED, _LEVEL = (3, 4), 5, 6, 7


def _wanted(figures: NetworkFigures, rows: list[list[str]], *, wide: bool) -> list[int]:
    """The columns that there is room for and that say anything of any branch."""
    critical = any(item.item.critical for item in figures.items) or any(row.critical_failed for row in figures.ranking)
    found = [0, 1, 2]
    if wide and any(row.before for row in figures.ranking):
        found += _BEFORE
    if critical:
        found.append(_CRITICAL)
    if wide and any(row.unreached for row in figures.ranking):
        found.append(_UNREACHED)
    return [*found, _LEVEL] if any(cells[_LEVEL] for cells in rows) else found


def _row(console: Console, row: RankingRow, language: str, context: Context) -> list[str]:
    level = wording.level_text(context.programme, row.grade, row.verdict, language)
    if not row.index_complete:
        level = f"{level} {say(language, 'reports.incomplete')}".strip()
    drawn = bar(row.index.shown, bar_width(console), ascii_only=plain_signs(console))
    critical = f"▲ {row.critical_failed}" if row.critical_failed else "0"
    before = row.before.shown if row.before else None
    change = change_text(row.index.shown, before, language)
    return [
        mean_text(row.index, language),
        drawn,
        str(row.index.n),
        mean_text(row.before, language),
        change,
        critical,
        str(row.unreached),
        level,
    ]


def _missed(console: Console, figures: NetworkFigures, language: str, context: Context) -> None:
    missed = [item for item in figures.items if item.lost > 0][:_MOST_MISSED]
    if not missed:
        return
    heading(console, say(language, "reports.most_missed"))
    for one in missed:
        numbered(console, one.number, one.item.text.said(language))
        lost = say(language, "reports.lost_points", points=number_text(one.lost, language, 1))
        name = wording.checklist_title(context, one.checklist, one.version, language)
        indented(console, f"{name} · {lost}" if len(figures.checklists) > 1 else lost, 7, "dim")


def _quality(console: Console, figures: NetworkFigures, language: str, context: Context) -> None:
    heading(console, say(language, "reports.sheet.quality"))
    parts = (f"{fate_text(fate, language)} {count}" for fate, count in figures.quality.by_fate if count)
    received = f"{say(language, 'reports.received')} {figures.quality.received}: "
    console.print(received + " · ".join(parts))
    console.print(sum_text(figures.quality, language))
    told = [
        (one.file, visit, fate_text(one.fate, language), reason_text(figures.quality, one, language))
        for one, visit in zip(
            figures.quality.not_accepted, visit_texts(figures.quality, language, context), strict=True
        )
    ]
    if len(told) <= _MOST_ONE_BY_ONE:
        for each in told:
            indented(console, " · ".join(filter(None, each)))
        return
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file, visit, fate, why in told:
        alike[fate, why].append(visit or file)
    for (fate, why), visits in alike.items():
        more = ", …" if len(visits) > _MOST_NAMED else ""
        names = f"{', '.join(visits[:_MOST_NAMED])}{more}"
        indented(console, " · ".join(filter(None, (f"{fate}: {len(visits)}", why, names))))

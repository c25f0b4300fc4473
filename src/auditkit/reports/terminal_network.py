"""The network's wave in the terminal: branches by name with n, what is missed most, what came in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from auditkit.analysis.network_shapes import NetworkFigures, RankingRow
from auditkit.analysis.shapes import Context
from auditkit.figures import change_text, number_text
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.chance import change_sentence, noise_share_text
from auditkit.reports.network_page import BAR, BranchLine, Missed, Page, draw
from auditkit.reports.quality_sheet import fate_text, reason_text, sum_text, visit_texts
from auditkit.reports.terminal_branch import mean_text

if TYPE_CHECKING:
    from rich.console import Console

_MOST_MISSED = 5
_MOST_ONE_BY_ONE, _MOST_NAMED = 12, 8
"""Reports that are in no mean: so many are told one by one; of more, those that share a reason together."""


def print_network(console: Console, figures: NetworkFigures, language: str, context: Context) -> None:
    """`auditkit show network`."""
    draw(console, page_of(figures, language, context))


def page_of(figures: NetworkFigures, language: str, context: Context) -> Page:
    """What is shown of the figures, in words."""
    name = context.programme.name.said(language) if context.programme else say(language, "reports.network")
    cells = [_cells(row, language, context) for row in figures.ranking]
    lines = [
        BranchLine(f"{row.branch.code}  {row.branch.name}".strip(), _text(row.index.shown), said)
        for row, said in zip(figures.ranking, cells, strict=True)
    ]
    return Page(
        title=name,
        wave=wording.wave_line(figures.wave, context, language),
        head=_head(figures, language),
        change=change_sentence(figures.change, language) if figures.change is not None else "",
        critical=_critical(figures.ranking, language),
        branch=wording.branch_word(context.programme, language),
        titles=_titles(language),
        narrow=_wanted(figures, cells, wide=False),
        wide=_wanted(figures, cells, wide=True),
        noise=noise_share_text(figures.standings, language) or "",
        branches=tuple(lines),
        missed_title=say(language, "reports.most_missed"),
        missed=tuple(_missed(figures, language, context)),
        quality_title=say(language, "reports.sheet.quality"),
        received=tuple(_received(figures, language)),
        not_accepted=tuple(_not_accepted(figures, language, context)),
    )


def _text(shown: Decimal | None) -> str:
    return "" if shown is None else str(shown)


def _head(figures: NetworkFigures, language: str) -> str:
    score = wording.mean_text(figures.index, language)
    counts = say(language, "reports.n_visits", n=figures.index.n)
    head = f"{score} · {counts}"
    if figures.index_before is not None:
        change = change_text(figures.index.shown, figures.index_before.shown, language)
        head += f" · {say(language, 'reports.col.change')}: {change}"
    return head


def _critical(ranking: tuple[RankingRow, ...], language: str) -> str:
    found = [row for row in ranking if row.critical_failed]
    if not found:
        return ""
    names = ", ".join(f"{wording.branch_title(row.branch)} ({row.critical_failed})" for row in found)
    return f"▲ {say(language, 'reports.col.critical')}: {names}"


def _titles(language: str) -> tuple[str, ...]:
    before, change, critical, unreached = (
        say(language, f"reports.col.{key}") for key in ("before", "change", "critical", "unreached")
    )
    level = say(language, "reports.level")
    return say(language, "reports.col.index"), "", "n", before, change, critical, unreached, level


_BEFORE, _CRITICAL, _UNREACHED, _LEVEL = (3, 4), 5, 6, 7


def _wanted(figures: NetworkFigures, rows: Sequence[Sequence[str]], *, wide: bool) -> tuple[int, ...]:
    """The columns that there is room for and that say anything of any branch."""
    critical = any(item.item.critical for item in figures.items) or any(row.critical_failed for row in figures.ranking)
    found = [0, BAR, 2]
    if wide and any(row.before for row in figures.ranking):
        found += _BEFORE
    if critical:
        found.append(_CRITICAL)
    if wide and any(row.unreached for row in figures.ranking):
        found.append(_UNREACHED)
    return (*found, _LEVEL) if any(cells[_LEVEL] for cells in rows) else tuple(found)


def _cells(row: RankingRow, language: str, context: Context) -> tuple[str, ...]:
    level = wording.level_text(context.programme, row.grade, row.verdict, language)
    if not row.index_complete:
        level = f"{level} {say(language, 'reports.incomplete')}".strip()
    critical = f"▲ {row.critical_failed}" if row.critical_failed else "0"
    before = row.before.shown if row.before else None
    change = change_text(row.index.shown, before, language)
    return (
        mean_text(row.index, language),
        "",
        str(row.index.n),
        mean_text(row.before, language),
        change,
        critical,
        str(row.unreached),
        level,
    )


def _missed(figures: NetworkFigures, language: str, context: Context) -> Iterator[Missed]:
    for one in [item for item in figures.items if item.lost > 0][:_MOST_MISSED]:
        lost = say(language, "reports.lost_points", points=number_text(one.lost, language, 1))
        name = wording.checklist_title(context, one.checklist, one.version, language)
        told = f"{name} · {lost}" if len(figures.checklists) > 1 else lost
        yield Missed(one.number, one.item.text.said(language), told)


def _received(figures: NetworkFigures, language: str) -> Iterator[str]:
    parts = (f"{fate_text(fate, language)} {count}" for fate, count in figures.quality.by_fate if count)
    yield f"{say(language, 'reports.received')} {figures.quality.received}: " + " · ".join(parts)
    yield sum_text(figures.quality, language)


def _not_accepted(figures: NetworkFigures, language: str, context: Context) -> Iterator[str]:
    told = [
        (one.file, visit, fate_text(one.fate, language), reason_text(figures.quality, one, language))
        for one, visit in zip(
            figures.quality.not_accepted, visit_texts(figures.quality, language, context), strict=True
        )
    ]
    if len(told) <= _MOST_ONE_BY_ONE:
        yield from (" · ".join(filter(None, each)) for each in told)
        return
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file, visit, fate, why in told:
        alike[fate, why].append(visit or file)
    for (fate, why), visits in alike.items():
        more = ", …" if len(visits) > _MOST_NAMED else ""
        names = f"{', '.join(visits[:_MOST_NAMED])}{more}"
        yield " · ".join(filter(None, (f"{fate}: {len(visits)}", why, names)))

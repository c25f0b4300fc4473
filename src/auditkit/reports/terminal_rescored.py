"""What a wave would have come to on another version of its checklist, as a table in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditkit.analysis.rescored import Moved, Rescored
from auditkit.figures import change_text, percent_text
from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.reports import wording
from auditkit.reports.bars import heading, indented, table
from auditkit.reports.terminal_branch import mean_text
from auditkit.scoring.grades import shown

if TYPE_CHECKING:
    from rich.console import Console

    from auditkit.model.programme import Programme


def print_rescored(console: Console, found: Rescored, programme: Programme, language: str) -> None:
    """A line a branch by code, those that would stand on another level marked; then what the figures rest on."""
    wave = found.wave.title.said(language) if found.wave.title else found.wave.id
    heading(console, say(language, "reports.rescored.title", wave=wave, old=found.old.version, new=found.new.version))
    titles = (wording.branch_word(programme, language), "n", found.old.version, found.new.version)
    level = say(language, "reports.level")
    made = table(*titles, say(language, "reports.col.change"), level, right=(1, 2, 3, 4))
    for each in found.branches:
        made.add_row(*_row(each, found, language))
    before, after = found.network_before, found.network_after
    network = say(language, "reports.network")
    change = change_text(after.shown, before.shown, language)
    made.add_row(network, str(before.n), mean_text(before, language), mean_text(after, language), change, style="bold")
    console.print(made)
    for line in _notes(found, language):
        indented(console, line, 0)


def _row(each: Moved, found: Rescored, language: str) -> list[str]:
    before, after = each.before.mean, each.after.mean
    return [
        f"{each.branch.code}  {each.branch.name}".strip(),
        str(before.n),
        mean_text(before, language),
        mean_text(after, language),
        change_text(after.shown, before.shown, language),
        _level(each, found, language),
    ]


def _level(each: Moved, found: Rescored, language: str) -> str:
    """`Good · passed`, or where it moves `▲ Good → Excellent · passed`."""
    before, after = each.before, each.after
    now = wording.level_text(found.new, after.grade, after.verdict, language)
    if not each.regraded:
        return now
    alike = before.verdict is after.verdict and before.grade and after.grade
    was = wording.level_text(found.old, before.grade, None if alike else before.verdict, language)
    nothing = say(language, "reports.rescored.no_level")
    return f"▲ {was or nothing} → {now or nothing}"


def _notes(found: Rescored, language: str) -> list[str]:
    """How many would stand elsewhere, and what the second column rests on."""
    moved = sum(each.regraded for each in found.branches)
    about = {"visits": found.network_before.n, "old": found.old.version, "new": found.new.version}
    told = [
        say(language, "reports.rescored.moved", n=moved, total=len(found.branches)),
        say(language, "reports.rescored.about", **about),
    ]
    if found.not_carried:
        share = percent_text(shown(found.carried_weight * 100, 1, percent=True), language)
        answered = found.scored_items - len(found.not_carried)
        facts = {"answered": answered, "total": found.scored_items, "share": share, "new": found.new.version}
        told.append(say(language, "reports.rescored.carried", items=numbers_of(found.new, found.not_carried), **facts))
    else:
        told.append(say(language, "reports.rescored.all_carried", new=found.new.version))
    return told


def numbers_of(checklist: Checklist, items: tuple[str, ...]) -> str:
    """Items as they are printed: `3.2, 4.1`."""
    return ", ".join(checklist.numbers[item] for item in items)

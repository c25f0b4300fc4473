"""Decisions as a table in the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from auditkit.locales import say
from auditkit.model.decision import BY_NUMBER, Decision, Decisions
from auditkit.reports.as_json import dumped
from auditkit.reports.bars import indented, numbered

if TYPE_CHECKING:
    from rich.console import Console


def print_decisions(console: Console, found: Sequence[Decision], every: Decisions, language: str) -> None:
    """Two lines a decision: what about what, and before and after; by whom, when and why."""
    if not found:
        console.print(say(language, "reports.decisions.none"))
        return
    for each in found:
        print_decision(console, each, language)
        if (by := every.undone.get(each.number)) is not None:
            indented(console, say(language, "reports.decisions.undone", number=by), 7, "bold")


def print_decision(console: Console, each: Decision, language: str) -> None:
    """What about what, and before and after; by whom, when and why."""
    numbered(console, str(each.number), " · ".join(filter(None, _told(each, language))))
    indented(console, f"{each.by}, {each.at[:16].replace('T', ' ')}: {each.reason}", 7, "dim")


def _told(each: Decision, language: str) -> tuple[str, str, str]:
    return say(language, f"run.what_{each.what.value}"), _about(each, language), _change(each)


def _about(each: Decision, language: str) -> str:
    if each.what in BY_NUMBER:
        return say(language, "reports.decisions.of", number=each.item)
    return " ".join(filter(None, (each.visit, each.checklist, each.item, ", ".join(each.branches))))


def _change(each: Decision) -> str:
    return f"{each.old} → {each.new}" if each.new else each.old


def decisions_json(found: Sequence[Decision], every: Decisions) -> str:
    """The same as data, with the whole hashes."""
    undone = every.undone
    return dumped([
        {**each._asdict(), "what": each.what.value, "undone_by": undone.get(each.number)} for each in found
    ])  # fmt: skip

"""What changed between two versions of a checklist, as a table in the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from auditkit.definitions.changes import Change, Kind, next_version, step_between, step_of
from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.reports.as_json import dumped, record
from auditkit.reports.bars import heading, table

if TYPE_CHECKING:
    from rich.console import Console

    from auditkit.analysis.rescored import Rescored


def print_changes(console: Console, old: Checklist, new: Checklist, found: Sequence[Change], language: str) -> None:
    """A line a change, and what step of the version they ask for."""
    heading(console, f"{new.title.said(language)} · {old.version} → {new.version}")
    if not found:
        console.print(say(language, "reports.diff.nothing"))
        return
    columns = ("kind", "number", "field", "before", "after", "step")
    made = table(*(say(language, f"reports.diff.{name}") for name in columns))
    for each in found:
        kind = say(language, f"reports.diff.{each.kind.value}")
        title = each.title.said(language)
        before = title if each.kind is Kind.REMOVED else each.before
        after = title if each.kind is Kind.ADDED else each.after
        made.add_row(kind, each.number, each.field.replace(".", " "), before, after, each.step.name)
    console.print(made)
    console.print(verdict(old, new, found, language))


def verdict(old: Checklist, new: Checklist, found: Sequence[Change], language: str) -> str:
    """Whether the version says how far the changes reach."""
    needed, taken = step_of(found), step_between(old.version, new.version)
    enough = "enough" if taken >= needed else "too_small"
    reach = say(language, f"reports.diff.reach_{needed.name}")
    return say(
        language, f"reports.diff.{enough}", old=old.version, new=new.version, needed=needed.name, reach=reach,
        next=next_version(old.version, needed),
    )  # fmt: skip


def changes_json(
    old: Checklist, new: Checklist, found: Sequence[Change], rescored: Rescored | None, language: str
) -> str:
    """The same as data; `needed` and `taken` are steps of the version, `wave` what a wave would have come to."""
    needed, taken = step_of(found), step_between(old.version, new.version)
    rows = [
        each._replace(title=each.title.said("en"), step=each.step.name)._asdict()  # type: ignore[arg-type]
        for each in found
    ]
    head = {"checklist": new.checklist, "old": old.version, "new": new.version}
    said: dict[str, Any] = {**head, "needed": needed.name, "taken": taken.name, "changes": rows}
    if rescored is not None:
        said["wave"] = {**record(rescored, language), "old": old.version, "new": new.version}
    return dumped(said)

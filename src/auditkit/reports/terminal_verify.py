"""A verification in the terminal: what agrees, every figure that does not with its cell, and why it may be so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from auditkit.analysis import verify_rows
from auditkit.analysis.verify import Verification
from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.reports.bars import indented, table

if TYPE_CHECKING:
    from rich.console import Console

MOST_BEHIND = 12
"""Disagreeing figures whose items are listed; all of them stand in `--json`."""


def print_verification(
    console: Console, verification: Verification, checklists: Mapping[str, Checklist], language: str
) -> None:
    """`auditkit verify`."""
    from rich.text import Text

    for line in verify_rows.summary(verification, language):
        console.print(Text(line))
    rows = verify_rows.rows(verification, checklists, language)
    if not rows:
        return
    console.print()
    made = table(*verify_rows.header(language), right=(3, 4, 5))
    for row in rows:
        made.add_row(*map(Text, row))
    console.print(made)
    for each, row in list(zip(verification.disagreeing, rows, strict=True))[:MOST_BEHIND]:
        checklist = checklists.get(each.checklist)
        if checklist is None or not each.items:
            continue
        console.print()
        console.print(Text(f"{row.place}  {row.visit}  {row.what}: {row.published} ≠ {row.ours}", style="bold"))
        for behind in verify_rows.behind(each, checklist, language):
            indented(console, "  ".join(part for part in behind if part), 4)
    left = len(rows) - MOST_BEHIND
    if left > 0:
        console.print()
        console.print(Text(say(language, "cli.more_in_json", n=left), style="dim"))

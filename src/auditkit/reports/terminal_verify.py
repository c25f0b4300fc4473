"""A verification in the terminal: what agrees, why the rest may not, and every figure with its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from auditkit.analysis import verify_rows
from auditkit.analysis.verification import Compared, Verification
from auditkit.analysis.verify_hints import Hints
from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.problems import Place
from auditkit.reports.bars import indented, table

if TYPE_CHECKING:
    from rich.console import Console

MOST_ROWS = 25
"""Figures that are listed; the file of `--output` and `--json` have all of them."""
MOST_BEHIND = 4
"""Figures whose items are listed, those without a reason first."""
_SHOWN = ("place", "visit", "what", "published", "ours", "difference", "why")


def print_verification(
    console: Console,
    verification: Verification,
    hints: Hints,
    checklists: Mapping[str, Checklist],
    language: str,
) -> None:
    """`auditkit verify`."""
    from rich.text import Text

    for line in verify_rows.summary(verification, language):
        console.print(Text(line))
    wrong = verification.disagreeing
    if not wrong:
        return
    told = [
        *verify_rows.reasons(verification, checklists, language),
        *verify_rows.hint_lines(hints, checklists, language),
    ]
    for line in told:
        indented(console, line, 2)
    rows = verify_rows.rows(verification, checklists, language)
    files = {row.place.file for row in rows}
    sheets = {(row.place.file, row.place.sheet) for row in rows}
    console.print()
    if len(files) == 1:
        console.print(Text(str(Place(*next(iter(sheets)))) if len(sheets) == 1 else next(iter(files)), style="bold"))
    _rows(console, rows[:MOST_ROWS], language, files=len(files), sheets=len(sheets))
    if len(rows) > MOST_ROWS:
        console.print(Text(say(language, "cli.more_in_output", n=len(rows) - MOST_ROWS), style="dim"))
    _behind(console, wrong, verification, checklists, language)


def _rows(console: Console, rows: Sequence[verify_rows.Row], language: str, *, files: int, sheets: int) -> None:
    from rich.text import Text

    why = any(row.why for row in rows)
    keys = [key for key in _SHOWN if key != "why" or why]
    titles = [say(language, f"verify.column.{key}") for key in keys]
    made = table(*titles, right=(3, 4, 5))
    for row in rows:
        place = _short(row.place, files=files, sheets=sheets)
        made.add_row(*(Text(place if key == "place" else getattr(row, key)) for key in keys))
    console.print(made)


def _short(place: Place, *, files: int, sheets: int) -> str:
    """A place without what all of them share."""
    if files > 1 or place.cell is None:
        return str(place)
    return f"{place.sheet}!{place.cell}" if place.sheet and sheets > 1 else place.cell


def _behind(
    console: Console,
    wrong: Sequence[Compared],
    verification: Verification,
    checklists: Mapping[str, Checklist],
    language: str,
) -> None:
    from rich.text import Text

    open_ones = [each for each in wrong if each.items and not each.unread and not verification.reason(each)]
    for each in open_ones[:MOST_BEHIND] or [each for each in wrong if each.items and not each.unread][:1]:
        checklist = checklists[each.checklist]
        name = verify_rows.named(each.name, checklist, language)
        nothing = say(language, "verify.nothing")
        head = f"{each.place}  {each.visit_id}  {name}: {each.published or nothing} ≠ {each.shown or nothing}"
        console.print()
        console.print(Text(head, style="bold"))
        made = table(*(say(language, f"verify.column.{key}") for key in verify_rows.BEHIND_COLUMNS), right=(0, 4, 5))
        for row in verify_rows.behind(each, checklist, language):
            made.add_row(*map(Text, (*row[:-1], row.place.cell or str(row.place))))
        console.print(made)

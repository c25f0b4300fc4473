"""A plan that came back by mail: checked like the programme's own, and put in its place; the old one is kept."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from auditkit.definitions.plans import plan_of
from auditkit.definitions.programme import ProgrammeFolder
from auditkit.problems import Place, Problem, Severity, declare, has_errors, problem
from auditkit.run.plan_book import COLUMNS
from auditkit.run.plan_checks import check_plan
from auditkit.run.wave import hash_of
from auditkit.tables.table import Book
from auditkit.whole import write_whole

_TITLE = "plan "
"""Begins the name of the sheet; the wave stands behind."""
NOT_EXCEL = declare(
    "R225",
    Severity.ERROR,
    finds="A plan that came back for a wave whose plan is kept in another format.",
    why="Two plans of one wave would contradict each other.",
    mend="Delete the one under plan/ that should not hold.",
)


class Returned(NamedTuple):
    """A plan that was taken."""

    wave: str
    visits: int
    changed: int
    """Visits that are not as they were."""
    kept: str
    """Where the old plan lies now; '' where there was none, or nothing changed."""


def plan_in(book: Book, home: ProgrammeFolder) -> str | None:
    """The wave whose plan this workbook is; `None` where it is none."""
    waves = {each.id for each in home.programme.waves}
    for sheet in book.sheets if book.kind == "xlsx" else ():
        wave = sheet.name.removeprefix(_TITLE)
        head = {str(cell).strip().casefold() for cell in (sheet.rows[0] if sheet.rows else ()) if cell}
        if wave != sheet.name and wave in waves and set(COLUMNS[:2]) <= head:
            return wave
    return None


def take_plan(home: ProgrammeFolder, wave: str, path: Path) -> tuple[Returned | None, list[Problem]]:
    """Put it in the place of the wave's plan, unless something is wrong with it. Raises OSError."""
    known = next(each for each in home.programme.waves if each.id == wave)
    visits, problems, _ = check_plan(home, known, path)
    own = plan_of(home, wave)
    if own is not None and own.suffix.lower() != ".xlsx":
        problems = [*problems, problem(NOT_EXCEL, Place(f"plan/{own.name}"), own.name)]
    if has_errors(problems):
        return None, problems
    target = home.folder / "plan" / f"{wave}.xlsx"
    before = check_plan(home, known)[0] if own is not None else ()
    changed = len(set(visits) ^ set(before)) - min(len(set(visits) - set(before)), len(set(before) - set(visits)))
    kept = ""
    if own is not None and hash_of(own) != hash_of(path):
        old = target.parent / "kept" / f"{wave}-{hash_of(own)[:8]}.xlsx"
        old.parent.mkdir(parents=True, exist_ok=True)
        write_whole(old, own.read_bytes(), lasting=True)
        kept = old.relative_to(home.folder).as_posix()
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, path.read_bytes(), lasting=True)
    return Returned(wave, len(visits), changed, kept), problems

"""Workbooks that the program wrote for something else than a visit: known among the reports, and said by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from auditkit.intake.native_faults import NO_REPORT
from auditkit.intake.native_sheet import PREFIX, Mark
from auditkit.locales import LANGUAGES, say
from auditkit.model.text import Text
from auditkit.problems import Place, Problem, problem
from auditkit.tables.table import Book, Sheet

MARKED = ("trial", "review", "appeal", "actions")
"""Kinds that bear a mark in a hidden cell: `auditkit:review:2026-Q3#17`."""
_PLAN = frozenset({"visit", "branch", "scenario", "shopper", "from", "to"})
_STANDARD = frozenset({"questions", "checklist", "grades", "names", "people"})
_PROGRAMME = frozenset({"branches", "calendar", "shoppers", "managers", "staff", "history"})
_TABLES = frozenset({"dictionary", "visits", "sections", "items", "problems"})
_SHEETS = (*(f"reports.sheet.{name}" for name in ("summary", "findings", "visits", "method", "network", "ranking",
           "heatmap", "items", "regions", "quality")), "casefile.sheet", "verify.sheet.differences",
           "verify.sheet.answers", "trial.sheet_summary", "trial.sheet_remarks")  # fmt: skip
"""Of the workbooks that are written to be read."""


def marked(book: Book, marks: Sequence[Mark]) -> Problem | None:
    """What to say of a workbook whose mark is that of another kind than a form; `None` of a form."""
    kinds = (mark.text.removeprefix(PREFIX).partition(":")[0] for mark in marks)
    kind = next((each for each in kinds if each in MARKED), None)
    return _said(book, kind) if kind is not None else None


def unmarked(book: Book) -> Problem | None:
    """The same of one without a mark, by its sheets and columns."""
    names = {sheet.name.casefold() for sheet in book.sheets if not sheet.hidden}
    if len(names & _STANDARD) > 2 or len(names & _TABLES) > 3:
        return _said(book, "standard" if len(names & _STANDARD) > 2 else "report")
    if any(_header(sheet) >= _PLAN for sheet in book.sheets):
        return _said(book, "plan")
    if len(names) > 1 and names <= _PROGRAMME:
        return _said(book, "programme")
    if len(names) > 1 and any(names <= known for known in _said_sheets()):
        return _said(book, "report")
    return None


def _header(sheet: Sheet) -> set[str]:
    first = next((row for row in sheet.rows if any(cell is not None for cell in row)), ())
    return {cell.strip().casefold() for cell in first if isinstance(cell, str)}


@cache
def _said_sheets() -> tuple[frozenset[str], ...]:
    """The names of sheets in each language."""
    return tuple(frozenset(say(code, key).casefold() for key in _SHEETS) for code in LANGUAGES)


def _said(book: Book, kind: str) -> Problem:
    what, how = (Text({code: say(code, f"own.{kind}_{part}") for code in LANGUAGES}) for part in ("is", "do"))
    return problem(NO_REPORT, Place(book.file), book.file, **what.facts("what"), **how.facts("how"))

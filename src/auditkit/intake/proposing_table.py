"""Where in a book the table stands that answers a checklist: which sheet, which header rows, which way round."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from auditkit.intake.columns import Headers
from auditkit.intake.columns_items import Names
from auditkit.intake.columns_layout import Table, other_sheets, table_of
from auditkit.intake.proposing_words import NOT_QUESTIONS
from auditkit.intake.spelling_rules import key
from auditkit.model.checklist import Checklist
from auditkit.model.columns import Columns
from auditkit.problems import Problem
from auditkit.tables.table import Book, Sheet

_LOOKED_AT = 20
"""Rows from the top among which the headers are sought, and columns from the left in a table that is turned."""
_MOST_SHEETS = 12
_GAPS, _FILLED = 0.25, 0.7
"""The part of its cells that an upper header row leaves blank at least, and that the lower one fills."""
_MOST_COLUMNS = 4
"""Of one item: its answer, comment, evidence, points. One that more columns name stands in the rows of a long table."""
_PARTS = re.compile(r"[\s()\[\]{}:;,|/]+")


class Where(NamedTuple):
    """A table, and what a mapping says to find it: keys of `Columns` that are not as usual."""

    table: Table
    settings: dict[str, Any]
    matched: int
    """Items that its headers name, at a glance."""


def best_table(book: Book, checklist: Checklist, prefix: str) -> tuple[Where | None, tuple[Problem, ...]]:
    """The table whose headers name most items; without any, the first one."""
    named = {"checklist": checklist.checklist}
    first, problems = table_of(book, Columns.model_validate(named))
    if first is None:
        return None, problems
    glance = _Glance(checklist, prefix)
    found = [each for settings in _ways(book) if (each := _rated(book, named, settings, glance)) is not None]
    best = max(found, key=_rank, default=None)
    if best is None or not best.matched:
        return Where(first, {}, 0), ()
    elsewhere = {key: value for key, value in best.settings.items() if key != "sheet"}
    alike = other_sheets(book, Columns.model_validate({**named, **elsewhere}), best.table)
    if alike:
        names = [each.name for each in book.sheets if each is best.table.sheet or each.name in alike]
        return best._replace(settings={**best.settings, "sheet": names}), ()
    return best, ()


def _rank(where: Where) -> tuple[int, bool, int, int]:
    header = where.settings.get("header", [1])
    # Two header rows are tried only where they belong together.
    return where.matched, not where.settings.get("turned"), len(header), -header[0]


def _ways(book: Book) -> Iterator[dict[str, Any]]:
    shown = [each for each in book.sheets if not each.hidden] or list(book.sheets)
    for place, sheet in enumerate(shown[:_MOST_SHEETS] or [None]):
        own = {"sheet": sheet.name} if place and sheet is not None else {}
        for turned in (False, True):
            settings = {**own, "turned": True} if turned else own
            tops = _texts(sheet, turned=turned) if sheet is not None else [2]
            for row, filled in enumerate(tops, 1):
                if filled >= 2:
                    yield {**settings, "header": [row]}
                    if row < len(tops) and tops[row] >= 2:
                        yield {**settings, "header": [row, row + 1]}


def _texts(sheet: Sheet, *, turned: bool) -> list[int]:
    """How many cells of the first rows (columns, where turned) hold words."""
    if not turned:
        top = []
        for row in sheet.rows:
            top.append(sum(1 for cell in row if isinstance(cell, str) and cell.strip()))
            if len(top) >= _LOOKED_AT:
                break
        return top
    counts: Counter[int] = Counter()
    for number, row in enumerate(sheet.rows):
        counts.update(at for at, cell in enumerate(row[:3]) if isinstance(cell, str) and cell.strip())
        if number > 500:
            return []
    return [counts[at] for at in range(3)]


def _rated(book: Book, named: dict[str, str], settings: dict[str, Any], glance: _Glance) -> Where | None:
    table, _ = table_of(book, Columns.model_validate({**named, **settings}))
    if table is None:
        return None
    header = settings["header"]
    if len(header) == 2 and not _belong_together(table, header, glance):
        return None
    matched = len(glance.items(table.headers))
    return Where(table, settings if header != [1] else {k: v for k, v in settings.items() if k != "header"}, matched)


def _belong_together(table: Table, header: Sequence[int], glance: _Glance) -> bool:
    """Two header rows are one where the upper spans columns of the lower, or the lower begins with blanks."""
    rows = dict(_first_rows(table, header[1]))
    above, below = rows.get(header[0], []), rows.get(header[1], [])
    if any(cell is not None and not isinstance(cell, str) for cell in (*above, *below)):
        return False
    filled = [cell for cell in below if isinstance(cell, str) and cell.strip()]
    blanks = next((at for at, cell in enumerate(below) if cell not in (None, "")), len(below))
    if filled and blanks >= 3:
        return True
    gaps = sum(1 for cell in above if cell in (None, "")) + len(below) - len(above)
    last = max((at for at, cell in enumerate(above) if cell not in (None, "")), default=0)
    if last < len(below) / 2:
        return False  # a line of text above the table, not names over its columns
    spans = gaps >= _GAPS * len(below) and len(filled) >= _FILLED * len(below)
    return spans and glance.named(filled) >= glance.named([cell for cell in above if isinstance(cell, str)])


def _first_rows(table: Table, last: int) -> Iterator[tuple[int, Sequence[Any]]]:
    rows = table._replace(first_row=1).rows()
    for number, row in rows:
        if number > last:
            return
        yield number, row


class _Glance:
    """Which items the headers name, without looking for a rule."""

    def __init__(self, checklist: Checklist, prefix: str) -> None:
        self.names = Names(checklist, prefix)

    def items(self, headers: Headers) -> set[str]:
        """Items whose id, number or text a header holds; a column beside a question is none."""
        found = Counter(
            next((item for name in headers.names[at] if (item := self._item(name)) is not None), "")
            for at in headers.filled
        )
        return {item for item, count in found.items() if item and count <= _MOST_COLUMNS}

    def named(self, names: Sequence[str]) -> int:
        """How many of these names are items'."""
        return sum(1 for name in names if self._item(name) is not None)

    def _item(self, name: str) -> str | None:
        folded = key(name)
        if folded.startswith(NOT_QUESTIONS):
            return None
        found = self.names.plain(name)
        if found is not None:
            return found
        parts = [part.strip(" .-") for part in _PARTS.split(folded)[:3]]
        for part in parts:
            if part in self.names.ids:
                return self.names.ids[part]
        tail = re.split(r" [-–—:/] |: ", folded)[-1]
        return self.names.texts.get(tail) or self.names.numbers.get(parts[0] if parts else "")

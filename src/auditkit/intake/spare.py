"""Columns of a wide table that nothing uses and that look like answers: questions that a wave added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from auditkit.intake.columns_checklists import Checklists
from auditkit.intake.spelling_numbers import split_points
from auditkit.intake.spelling_rules import Rules, as_text, key
from auditkit.intake.wide import Wide
from auditkit.model.columns import Columns
from auditkit.model.visit import NO, YES
from auditkit.tables.folding import fold
from auditkit.tables.table import Book, CellValue

_MOSTLY = 0.6
_LEAST = 3


class Spare(NamedTuple):
    """One such column."""

    letter: str
    header: str
    position: int
    """From 0."""
    credits: Mapping[int, Fraction]
    """Row (from 1) → what the answer is worth, 0 to 1; rows without such an answer are left out."""


class SpareColumns(NamedTuple):
    """Those of one table, and where the columns of its items stand."""

    sheet: str | None
    spare: tuple[Spare, ...]
    positions: Mapping[str, int]
    """Item → column of its answer, from 0."""


def spare_columns(
    book: Book, columns: Columns, checklists: Checklists, date_order: str | None = None
) -> Iterator[SpareColumns]:
    """The columns that look like answers, table by table; none of a long table."""
    if columns.layout == "long":
        return
    for wide in Wide.of(book, columns, checklists, date_order):
        reader = next((part.first for part in wide.parts if part.first is not None), None)
        if reader is None:
            continue
        used, rules, headers = wide.used(), reader.rules, wide.table.headers
        rows = dict(wide.chosen.rows())
        found = []
        for at in headers.filled:
            if at in used:
                continue
            cells = {number: row[at] for number, row in rows.items() if at < len(row)}
            worth = _credits(cells, rules)
            if worth:
                found.append(Spare(headers.letters([at]), headers.shown(at), at, worth))
        positions = {item: each.answer for item, each in reader.items.items() if each.answer is not None}
        yield SpareColumns(headers.sheet, tuple(found), positions)


def _credits(cells: Mapping[int, CellValue], rules: Rules) -> dict[int, Fraction]:
    """What the answers of a column are worth; empty where it holds something else."""
    filled = {number: as_text(cell) for number, cell in cells.items() if as_text(cell).strip()}
    points = {number: found for number, text in filled.items() if (found := split_points(text)[1]) is not None}
    words = {number: known for number, text in filled.items() if (known := _yes_no(text, rules)) is not None}
    neither = sum(1 for number, text in filled.items() if number not in points and _is_none(text, rules))
    worth = _shares(points) if len(points) >= len(words) else words
    if len(worth) < _LEAST or len(worth) + neither < _MOSTLY * len(filled):
        return {}
    return worth


def _shares(points: Mapping[int, Decimal]) -> dict[int, Fraction]:
    most = max(points.values(), default=Decimal(0))
    return {number: Fraction(each) / Fraction(most) for number, each in points.items()} if most > 0 else {}


def _yes_no(text: str, rules: Rules) -> Fraction | None:
    answer = rules.yes_no.get(key(split_points(text)[0]) or fold(text))
    return {YES: Fraction(1), NO: Fraction(0)}.get(answer or "")


def _is_none(text: str, rules: Rules) -> bool:
    """Whether a cell says 'not applicable', with or without a reason behind it."""
    return key(text) in rules.states or key(text.split(" ", maxsplit=1)[0]) in rules.states

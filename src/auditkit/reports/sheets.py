"""Neutral sheets: what stands in which cell and in which role, for any program that prints tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

Value = str | int | Decimal | date | None


class Cell(NamedTuple):
    """One value with its role (`styles.LOOKS`) and, for numbers, its form (`styles.FORMS`)."""

    value: Value
    look: str = "text"
    form: str = ""
    span: int = 1
    """Columns that it covers."""


class Row(NamedTuple):
    """Cells from the first column on; `height` in points, `None`: reckoned from the texts."""

    cells: tuple[Cell, ...] = ()
    height: float | None = None
    page_break: bool = False
    """A new page begins after this row."""


class Series(NamedTuple):
    """One line or set of bars, read from a column of the same sheet; rows are counted from 1."""

    title: str
    column: int
    first: int
    last: int
    apart: bool = False
    """Found by another method: points of another shape, joined to nothing."""


class Chart(NamedTuple):
    """A chart over cells of its own sheet, so that every number in it also stands in a table."""

    kind: str
    """`bars` (lying) or `line`."""
    title: str
    labels: Series
    series: tuple[Series, ...]
    row: int
    """Its upper edge."""
    last_row: int
    """Its lower edge; the rows between are kept free for it."""
    columns: int
    """It spans the first so many columns."""
    decimals: int = 1
    percent: bool = True
    """Its axis runs from 0 to 100."""


class DropDown(NamedTuple):
    """Cells of one column that offer a list, or want a date."""

    column: int
    first: int
    last: int
    choices: tuple[str, ...]
    """Empty: a date is wanted."""
    strict: bool = True
    """Whether anything else is refused; otherwise the list is only an offer."""
    title: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, complete with how it prints: A4, one page wide."""

    name: str
    widths: tuple[float, ...]
    """Of the columns, in characters."""
    rows: tuple[Row, ...]
    header: int = 0
    """The row of column titles: repeated on every page, kept in sight. 0: there is none."""
    landscape: bool = False
    charts: tuple[Chart, ...] = ()
    drop_downs: tuple[DropDown, ...] = ()
    footer: str = ""
    frozen_columns: int = 0
    hidden_columns: tuple[int, ...] = ()
    """From 1: what only programs read."""


BLANK = Row((), 8)
"""Air between two blocks."""


def title(text: str, columns: int) -> Row:
    """The sheet's own title over all columns."""
    return Row((Cell(text, "title", span=columns),))


def heading(text: str, columns: int) -> Row:
    """The title of a block."""
    return Row((Cell(text, "heading", span=columns),))


def paragraph(text: str, columns: int, look: str = "plain") -> Row:
    """A sentence over all columns."""
    return Row((Cell(text, look, span=columns),))


def header(titles: Iterable[str], numeric: Iterable[int] = ()) -> Row:
    """Column titles; those of the `numeric` places (from 0) stand right, as their numbers do."""
    right = set(numeric)
    return Row(tuple(Cell(text, "header_right" if at in right else "header") for at, text in enumerate(titles)))


def score_form(decimals: int) -> str:
    """The form of a score shown with so many decimals."""
    return f"0.{decimals}"

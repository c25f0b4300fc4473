"""The frame of every sheet that goes out for decisions: who decides, a row a matter, and a key that programs read.

The key stands in a hidden column, so that rows may be sorted, moved and left empty. It is looked for again in whatever
column it has come to stand in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from auditkit.definitions.rows import as_text
from auditkit.locales import LANGUAGES, say
from auditkit.problems import Place
from auditkit.reports.keyed import keyed
from auditkit.reports.sheets import BLANK, Cell, DropDown, Sheet, header, paragraph
from auditkit.tables import table as tables
from auditkit.tables.folding import fold

PREFIX = "auditkit:"
"""In the hidden column of the title: kind, what it is about, and a number (`auditkit:review:2026-Q3#17`)."""
BY = "auditkit:by"
_LOOK_INTO = 60
"""Rows from the top among which the title is looked for."""


@dataclass(frozen=True)
class Form:
    """One kind of sheet."""

    kind: str
    columns: tuple[str, ...]
    """Keys of their headings, `review.col_KEY`."""
    widths: tuple[float, ...]
    asked: tuple[str, ...]
    """Columns that are filled in."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Column → keys of the words that it offers, `review.KEY`."""
    telling: tuple[str, ...] = ()
    """Columns of which one must be filled in for the row to say anything; default: the first that is asked."""


class About(NamedTuple):
    """What one sheet is about."""

    wave: str
    titled: str
    """The wave as people call it."""
    number: int
    """Of the latest decision when it was written."""
    people: tuple[str, ...]


Matter = tuple[Sequence[str], Sequence[str]]
"""What one row shows, one text a column; and its key."""


def framed(form: Form, about: About, matters: Sequence[Matter], language: str) -> Sheet:
    """The sheet, in the reader's language."""
    width = len(form.columns)
    widths = (*form.widths, 2.0)
    name = say(language, f"review.sheet_{form.kind}")
    by = (Cell(say(language, "review.by"), "strong", span=2), Cell("", "fill", span=2))
    mark = f"{PREFIX}{form.kind}:{about.wave}#{about.number}"
    rows = [
        keyed((Cell(f"{name} · {about.titled}", "title", span=width),), mark, widths),
        paragraph(say(language, f"review.how_{form.kind}"), width, "quiet"),
        BLANK,
        keyed((*by, *(Cell("", "plain") for _ in range(width - 4))), BY, widths),
        BLANK,
        header([say(language, f"review.col_{key}") for key in form.columns]),
    ]
    top = len(rows)
    for texts, key in matters:
        looks = ("fill" if column in form.asked else "text" for column in form.columns)
        cells = tuple(Cell(text, look) for text, look in zip(texts, looks, strict=True))
        rows.append(keyed(cells, key, widths))
    last = max(len(rows), top + 1)
    drops = [
        DropDown(form.columns.index(column) + 1, top + 1, last, tuple(say(language, f"review.{key}") for key in keys))
        for column, keys in form.choices.items()
    ]
    drops += [DropDown(3, 4, 4, about.people, strict=False)] if about.people else []
    return Sheet(
        name,
        widths,
        tuple(rows),
        header=top,
        landscape=True,
        drop_downs=tuple(drops),
        footer=f"{name} · {about.titled}",
        hidden_columns=(width + 1,),
    )


class Line(NamedTuple):
    """A row in which something was filled in."""

    number: int
    key: tuple[str, ...]
    said: Mapping[str, str]
    """Column → what stands there, of the columns that are asked."""


@dataclass(frozen=True)
class Found:
    """A sheet that came back."""

    form: Form
    file: str
    sheet: tables.Sheet
    key_at: int
    """Column of the keys, from 0."""
    wave: str
    about: str
    """The number of the latest decision, or the branch that it is from."""

    @property
    def number(self) -> int:
        """Of the latest decision when it was written."""
        return int(self.about) if self.about.isdigit() else 0

    def place(self, line: Line, column: str) -> Place:
        """The cell of a row."""
        at = self.key_at - len(self.form.columns) + self.form.columns.index(column)
        return Place(self.file, self.sheet.name, tables.cell_name(line.number, at + 1))

    @property
    def by(self) -> tuple[str, Place]:
        """Who decides, and the cell that says so."""
        for number, row in enumerate(self.sheet.rows, 1):
            if self.key_at < len(row) and row[self.key_at] == BY:
                said = next((text for cell in row[2 : self.key_at] if (text := as_text(cell))), "")
                return said, Place(self.file, self.sheet.name, tables.cell_name(number, 3))
        return "", Place(self.file, self.sheet.name)

    def lines(self) -> Iterator[Line]:
        """Rows that say something."""
        telling = self.form.telling or self.form.asked[:1]
        first = self.key_at - len(self.form.columns)
        for number, row in enumerate(self.sheet.rows, 1):
            key = _key(_text(row, self.key_at))
            if key is None:
                continue
            said = {column: _text(row, first + self.form.columns.index(column)) for column in self.form.asked}
            if any(said[column] for column in telling):
                yield Line(number, key, said)


def found_in(book: tables.Book, forms: Sequence[Form]) -> list[Found]:
    """Every sheet of the workbook that is one of these, in its order."""
    kinds = {form.kind: form for form in forms}
    return [
        Found(kinds[kind], book.file, sheet, at, wave, about)
        for sheet, at, kind, wave, about in marks_of(book)
        if kind in kinds
    ]


def marks_of(book: tables.Book) -> Iterator[tuple[tables.Sheet, int, str, str, str]]:
    """Sheets with our mark: the column that says what its rows are, kind, wave, and what stands behind."""
    for sheet in book.sheets if book.kind == "xlsx" else ():
        marked = (
            (at, value)
            for row in sheet.rows[:_LOOK_INTO]
            for at, value in enumerate(row)
            if isinstance(value, str) and value.startswith(PREFIX) and value != BY
        )
        for at, value in marked:
            kind, _, rest = value.removeprefix(PREFIX).partition(":")
            wave, _, about = rest.partition("#")
            yield sheet, at, kind, wave, about
            break


def _key(text: str) -> tuple[str, ...] | None:
    try:
        parts = json.loads(text) if text.startswith("[") else None
    except ValueError:
        return None
    if isinstance(parts, list) and all(isinstance(part, str) for part in parts):
        return tuple(parts)
    return None


def _text(row: Sequence[tables.CellValue], at: int) -> str:
    return as_text(row[at]) if 0 <= at < len(row) else ""


@cache
def words(keys: tuple[str, ...]) -> Mapping[str, str]:
    """Every word for these in any of our languages, folded → key."""
    return {fold(say(code, f"review.{key}")): key for code in LANGUAGES for key in keys}

"""What is known of a file's columns while a mapping is proposed for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from auditkit.intake.columns import Headers, fitting
from auditkit.intake.columns_items import ItemColumns
from auditkit.intake.columns_layout import Row, Table
from auditkit.intake.spelling_rules import as_text
from auditkit.model.checklist import Checklist
from auditkit.model.column import Column
from auditkit.model.columns import Items
from auditkit.tables.table import Book, CellValue

ROWS_LOOKED_AT = 2_000


@dataclass
class Draft:
    """A mapping in the making; values of `fields` are a header, or what the YAML says beside it."""

    book: Book
    table: Table
    checklist: Checklist
    settings: dict[str, Any]
    """Where the table stands: sheet, header rows, turned."""
    fields: dict[str, Any] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    """Fields that are guessed by what stands in the column."""
    items: Items = field(default_factory=Items.model_construct)
    found: dict[str, ItemColumns] = field(default_factory=dict)
    alike: dict[str, int] = field(default_factory=dict)
    final: str | None = None
    take_out: str = ""
    """A regular expression that takes the final out of the words around it."""
    grade: str | None = None
    sections: str | None = None
    answer_points: str | None = None
    writing: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Kind of figures → how they are written."""
    words: dict[str, str] = field(default_factory=dict)
    """Words where figures should stand → what they mean."""
    long: dict[str, Any] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    spelled: dict[str, list[str]] = field(default_factory=dict)
    """yes, no, not_applicable → words of this file."""
    unread: dict[str, list[str]] = field(default_factory=dict)
    """What nobody could read → the items where it stands."""
    meanings: dict[str, str] = field(default_factory=dict)
    points: bool = False
    """Answers carry 100 and 0 points in brackets."""
    closed: list[str] = field(default_factory=list)
    """Words in the column of final scores."""
    skip: dict[str, list[str]] = field(default_factory=dict)
    ignore: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)
    """Of these, the ones that say who somebody is."""
    tool: str = ""
    """The program that the file comes from, where its columns tell."""

    @property
    def headers(self) -> Headers:
        """Of the table."""
        return self.table.headers

    @cached_property
    def rows(self) -> list[tuple[int, Row]]:
        """The first rows below the headers."""
        found = []
        for number, row in self.table.rows():
            found.append((number, row))
            if len(found) >= ROWS_LOOKED_AT:
                break
        return found

    def values(self, column: int) -> list[CellValue]:
        """What stands in a column, blanks left out."""
        cells = (row[column] if column < len(row) else None for _, row in self.rows)
        return [cell for cell in cells if cell is not None and as_text(cell).strip()]

    def left(self) -> Iterator[int]:
        """Columns that nothing uses yet."""
        return (column for column in self.headers.filled if column not in self.used)

    def first_of(self, words: Sequence[str]) -> str | None:
        """The first of the usual headers that the file has and nothing uses yet; from now on it is used."""
        for word in words:
            fits = [each for each in fitting(Column(header=(word,)), self.headers) if each not in self.used]
            if len(fits) == 1:
                return self.take(fits[0])
        return None

    def take(self, column: int) -> str:
        """Use a column; its header."""
        self.used.add(column)
        return self.headers.shown(column)

    def add(self, what: str, word: str) -> None:
        """A spelling of this file."""
        words = self.spelled.setdefault(what, [])
        if word not in words:
            words.append(word)

"""Headers of a foreign table, and the finding of a column by what a mapping says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from auditkit.intake.columns_faults import NO_COLUMN, SEVERAL_COLUMNS
from auditkit.intake.spelling_rules import as_text, key
from auditkit.model.column import Column
from auditkit.problems import Place, Problem, nearest, problem
from auditkit.tables.folding import fold
from auditkit.tables.table import CellValue, cell_name, column_name

RECORDS = ("json", "jsonl")
"""Kinds of books whose headers are the keys of their objects."""
_TOKEN = re.compile(r"(\{\w+\}|\*)")


class Headers:
    """The names of a table's columns, from column A; a column of two header rows goes by both and by either.

    `turned`: the table's rows are what the reader of the file sees as columns. `kind`: the book's; in `jsonl` a row is
    a line of the file, in `json` an object of its list, and their keys, which stand nowhere by themselves, are row 0.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[CellValue]],
        *,
        file: str,
        sheet: str | None,
        row: int,
        turned: bool = False,
        kind: str = "",
        cells: Mapping[str, CellValue] = {},
    ) -> None:
        self.file, self.sheet, self.row, self.turned, self.kind = file, sheet, row, turned, kind
        self._plain = not turned and kind not in RECORDS
        self.cells = cells
        """Single cells that the mapping names: `B2` → what stands there."""
        width = max((len(each) for each in rows), default=0)
        self.names: list[tuple[str, ...]] = [()] * width
        for column, names in enumerate(_names(rows, width)):
            self.names[column] = names

    @cached_property
    def keys(self) -> list[tuple[str, ...]]:
        """The same, folded for comparing."""
        return [tuple(key(name) for name in names) for names in self.names]

    def shown(self, column: int) -> str:
        """A header as typed."""
        return self.names[column][0] if self.names[column] else ""

    def cell(self, row: int, column: int) -> str:
        """The name of the cell in this row (from 1) and column (from 0), as people see it in the file."""
        if self._plain:
            return f"{column_name(column + 1)}{row}"
        if self.kind in RECORDS:
            before = f"[{row - 1}]." if self.kind == "json" else f"{row}:"
            return f"{before if row else ''}{self.shown(column)}"
        return cell_name(column + 1, row)

    def at(self, row: int, column: int | None) -> Place:
        """Where a cell stands; without a column the row, where the format has rows."""
        if column is not None or self.turned or self.sheet:
            return Place(self.file, self.sheet, self.cell(row, column or 0))
        if self.kind in RECORDS and (self.kind == "json" or not row):
            return Place(self.file, None, f"[{row - 1}]" if row else None)
        return Place(self.file, self.sheet, None, row)

    def place(self, column: int | None = None) -> Place:
        """Where a header stands."""
        return self.at(self.row, column)

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """Columns with a header."""
        return tuple(column for column, names in enumerate(self.names) if names)

    def letters(self, columns: Iterable[int]) -> str:
        """`D, F`: columns as a spreadsheet calls them; rows by their numbers, where the table is turned."""
        return ", ".join(str(each + 1) if self.turned else column_name(each + 1) for each in columns)

    def repeated_by(self, row: Sequence[CellValue]) -> bool:
        """Whether a row is the header once more, as lists printed page by page have it."""
        if len(self.filled) < 2:
            return False
        first, name = self.filled[0], self.names[self.filled[0]][-1]
        if first < len(row) and (cell := row[first]).__class__ is str and name not in cell:
            return False  # the first cell tells it of nearly every row
        cells = ((row[at] if at < len(row) else None, self.names[at][-1]) for at in self.filled)
        return all(isinstance(cell, str) and cell.strip() == name for cell, name in cells)


def _names(rows: Sequence[Sequence[CellValue]], width: int) -> list[tuple[str, ...]]:
    own = [[as_text(row[c]).strip() if c < len(row) else "" for c in range(width)] for row in rows]
    # The upper of two header rows is written once over all the columns that it spans.
    spread = [_spread(row) if depth < len(own) - 1 else row for depth, row in enumerate(own)]
    return [_called([row[c] for row in spread], [row[c] for row in own]) for c in range(width)]


def _spread(row: Sequence[str]) -> list[str]:
    return list(accumulate(row, _kept))


def _kept(last: str, here: str) -> str:
    return here or last


def _called(parts: Sequence[str], own: Sequence[str]) -> tuple[str, ...]:
    if not any(own):
        return ()
    whole = "/".join(part for part in parts if part)
    return tuple(dict.fromkeys(name for name in (whole, *own) if name))


class Found(NamedTuple):
    """A column of the file (from 0), or none, with what is wrong."""

    column: int | None
    problems: tuple[Problem, ...] = ()


def find(column: Column, headers: Headers, field: str, *, needed: bool = True) -> Found:
    """The column that the mapping means; a problem where it is not there, or where several fit."""
    if not column.names_a_column:
        return Found(None)
    fits = fitting(column, headers)
    if column.nth is not None:
        fits = fits[column.nth - 1 : column.nth]
    if len(fits) == 1:
        return Found(fits[0])
    said = wanted(column)
    if not fits:
        near = nearest(said, [headers.shown(each) for each in headers.filled])
        missing = problem(NO_COLUMN, headers.place(), said, field=field, nearest=near)
        return Found(None, (missing,) if needed else ())
    return Found(None, (problem(SEVERAL_COLUMNS, headers.place(fits[0]), said, field=field, at=headers.letters(fits)),))


def wanted(column: Column) -> str:
    """What a mapping says of a column, in short."""
    return next(
        (each for each in (*column.header, column.starts_with, column.contains, column.matches, column.letter) if each),
        "",
    )


def fitting(column: Column, headers: Headers) -> list[int]:
    """All columns that fit what the mapping says; of alternative headers the first that is there."""
    if column.letter:
        return [_index(column.letter)]
    for name in column.header:
        fits = _by_header(name, headers)
        if fits:
            return fits
    if column.header:
        return []
    return [each for each in headers.filled if any(_fits(column, typed) for typed in headers.names[each])]


def _by_header(name: str, headers: Headers) -> list[int]:
    exact = key(name)
    fits = [each for each in headers.filled if headers.keys[each][0] == exact]
    fits = fits or [each for each in headers.filled if exact in headers.keys[each]]
    if fits or "*" not in name:
        return fits
    glob = pattern(name)
    return [each for each in headers.filled if any(glob.fullmatch(one) for one in headers.keys[each])]


def _fits(column: Column, header: str) -> bool:
    folded = key(header)
    tests = (
        column.starts_with is None or folded.startswith(key(column.starts_with)),
        column.contains is None or key(column.contains) in folded,
        column.matches is None or re.search(column.matches, header) is not None,
    )
    return all(tests)


def _index(letter: str) -> int:
    number = 0
    for each in letter.upper():
        number = number * 26 + ord(each) - 64
    return number - 1


def pattern(text: str, fixed: Mapping[str, str] = {}, known: Mapping[str, Iterable[str]] = {}) -> re.Pattern[str]:
    """A header pattern over folded headers: `*` is any words, `{name}` is caught under its name.

    `fixed` gives tokens whose words are known already, such as `{answer}`; `known` the folded words that a token can
    stand for: only those are caught, whatever dashes and brackets they have in them.
    """
    parts: list[str] = []
    for piece in _TOKEN.split(text.rstrip(" .;,:!\u2026")):
        name = piece[1:-1] if piece.startswith("{") and piece.endswith("}") else ""
        if piece == "*":
            parts.append(".*")
        elif name in fixed:
            parts.append(re.escape(fixed[name]) + _STOPS)
        elif name and f"(?P<{name}>" in "".join(parts):
            parts.append(f"(?P={name})")
        elif name in known:
            parts.append(f"(?P<{name}>{_any_of(known[name])}){_STOPS}")
        elif name:
            parts.append(f"(?P<{name}>{_CAUGHT.get(name, '.+?')})")
        else:
            parts.append(_literal(piece))
    return re.compile("".join(parts), re.DOTALL)


_STOPS = r"[ .;,:!\u2026]*"
_CAUGHT = {"id": r"[^\s()\[\]{}]+?", "number": r"[\w.]+?"}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"


def _literal(text: str) -> str:
    if not text:
        return ""
    # Between two letters, so that folding does not take the marks at its ends away.
    folded = fold(f"x{text}x")[1:-1]
    before = r"\s*" if folded[:1].isspace() else ""
    after = r"\s*" if folded[-1:].isspace() else ""
    return before + re.escape(folded.strip()) + after

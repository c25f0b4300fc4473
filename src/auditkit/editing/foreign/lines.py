"""The rows of a table of questions as headings and questions, from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from auditkit.editing.foreign import words as w
from auditkit.editing.foreign.tables import Found

_NUMBER = re.compile(r"^\s*((?:\d{1,3}|[A-ZА-Я])(?:[.\-]\d{1,3}){0,4}|[IVX]{1,5})[.)]?(?=\s|$)\s*")
_CODED = re.compile(r"^\s*\((\d{2,}|[A-Za-z]+\d+)\)\s*(?=\S)")
"""A code of its programme before a question: `(759166) Is the sign lit?`."""
_MARKED = re.compile(r"^\s*[(\[][^\W\d]+[)\]]\s*(?=\S)")
"""What a line is, before its title: `(Section) A. Outside`."""
_LEVELS = ("section", "subsection", "subsubsection")
_MOST = 0.6
"""Where as many questions have something beside them, a line without it is a heading."""


class Line(NamedTuple):
    """A heading (`depth` from 1) or a question (`depth` 0)."""

    row: int
    depth: int
    number: str
    text: str
    column: int
    """Where its text stands."""


@dataclass
class Lines:
    """All of a sheet."""

    lines: list[Line] = field(default_factory=list)
    aside: list[int] = field(default_factory=list)
    """Rows that are neither: totals, remarks."""


def lines_of(found: Found) -> Lines:
    """What every row is."""
    return _Reader(found).read()


class _Reader:
    def __init__(self, found: Found) -> None:
        self._found = found
        self._question = found.column("question")
        self._beside = [each.at for each in found.columns if each.field in ("options", "weight", "points", "kind")]
        self._beside += found.levels
        texts = [row for row in found.body if found.cell(row, "question")]
        full = [row for row in texts if self._has_beside(row)]
        self._texts = len(texts)
        self._mostly_capitals = sum(self._found.cell(row, "question").isupper() for row in texts) > len(texts) / 2
        self._marked = len(full) >= _MOST * len(texts) if texts else False
        self._numbers = self._numbered(texts)
        self._open = ["", "", ""]
        """Titles of the section columns that hold until another one comes."""

    def _has_beside(self, row: int) -> bool:
        return any(self._found.at(row, at) for at in self._beside)

    def _numbered(self, rows: list[int]) -> dict[int, str]:
        """Row → its number, from a column of its own or from the beginning of its text."""
        found: dict[int, str] = {}
        for row in rows:
            own = self._found.cell(row, "number") or self._found.cell(row, "id")
            said = _NUMBER.match(own) if own else _NUMBER.match(self._found.cell(row, "question"))
            if said and (own or len(said[0]) < len(self._found.cell(row, "question"))):
                found[row] = said[1].replace("-", ".")
        return found

    def read(self) -> Lines:
        out = Lines()
        for row in self._found.body:
            if not any(self._found.rows[row]):
                continue
            lines = list(self._line(row))
            if lines:
                out.lines.extend(lines)
            elif not self._is_header_again(row):
                out.aside.append(row)
        return out

    def _is_header_again(self, row: int) -> bool:
        return self._found.header >= 0 and self._found.rows[row] == self._found.rows[self._found.header]

    def _line(self, row: int) -> Iterator[Line]:
        text = self._found.cell(row, "question")
        if self._is_header_again(row) or w.is_one_of(text or self._first(row)[1], w.TOTALS):
            return
        yield from self._from_columns(row)
        if not text:
            at, first = self._first(row)
            taken = {each.at for each in self._found.columns if each.field in _LEVELS}
            alone = sum(bool(cell) for cell in self._found.rows[row]) <= 2
            if first and alone and at not in taken and not first.replace(".", "").isdigit():
                said = _NUMBER.match(first)
                yield Line(row, self._depth(row), said[1] if said else "", _bare(first), at)
            return
        number = self._numbers.get(row, "")
        at = self._question.at if self._question else 0
        if self._is_heading(row, number):
            yield Line(row, self._depth(row), number, _bare(text), at)
        else:
            yield Line(row, 0, number, _bare(text) if number else text, at)

    def _from_columns(self, row: int) -> Iterator[Line]:
        """A heading for every section column that says something new."""
        for depth, name in enumerate(_LEVELS, 1):
            title, column = self._found.cell(row, name), self._found.column(name)
            if column is None or not title or title == self._open[depth - 1]:
                continue
            self._open[depth - 1 :] = [title, *[""] * (3 - depth)]
            title = _MARKED.sub("", title)
            number = _NUMBER.match(title)
            yield Line(row, depth, number[1] if number else "", _bare(title), column.at)

    def _first(self, row: int) -> tuple[int, str]:
        cells = self._found.rows[row]
        return next(((at, cell) for at, cell in enumerate(cells) if cell and at not in self._beside), (0, ""))

    def _is_heading(self, row: int, number: str) -> bool:
        following = self._next_number(row)
        if number and following.startswith(number + "."):
            return True
        if self._found.column("section") is not None:
            return False
        if self._has_beside(row):
            return False
        return self._marked or self._stands_out(row, number)

    def _stands_out(self, row: int, number: str) -> bool:
        """By a letter among numbers, by capitals, or without a number among numbered ones."""
        if sum(bool(cell) for cell in self._found.rows[row]) > 1 + bool(number):
            return False
        others = list(self._numbers.values())
        digits = sum(each[:1].isdigit() for each in others)
        if digits >= _MOST * self._texts and (not number or not number[:1].isdigit()):
            return True
        return self._found.cell(row, "question").isupper() and not self._mostly_capitals

    def _next_number(self, row: int) -> str:
        return next((number for other, number in self._numbers.items() if other > row), "")

    def _depth(self, row: int) -> int:
        """How deep a heading stands: by its number, else below the section columns, else outermost."""
        if number := self._numbers.get(row, ""):
            return min(number.count(".") + 1, 3)
        return min(1 + sum(bool(title) for title in self._open), 3)


def coded(text: str) -> tuple[str, str]:
    """The code that a text begins with, and the rest."""
    found = _CODED.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def _bare(text: str) -> str:
    """Without the number that it begins with."""
    found = _NUMBER.match(text)
    rest = text[found.end() :] if found else text
    # 'A clean floor?' begins with a word, not with a number.
    return rest.strip(" .:-–—") if rest and found and not found[1].isalpha() else _lettered(text)


def _lettered(text: str) -> str:
    found = re.match(r"^\s*[A-ZА-ЯIVX]{1,4}[.):]\s+(?=\S)", text)
    return (text[found.end() :] if found else text).strip()

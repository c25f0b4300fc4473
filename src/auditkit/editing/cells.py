"""The sheets of a standard's workbook as rows of filled cells, each with its place; a cell as what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

from auditkit.definitions.documents import Keys
from auditkit.definitions.yaml_source import parse_yaml
from auditkit.editing.draft import Draft
from auditkit.editing.outline import COLUMNS
from auditkit.editing.sheets import MORE, QUESTIONS
from auditkit.model.text import LANGUAGE
from auditkit.problems import Place, Problem, Severity, declare, nearest, problem
from auditkit.tables.table import Book, CellValue, ErrorCell, NoValue, Sheet, cell_name, exact

BAD_SHORT = declare(
    "D502",
    Severity.ERROR,
    finds="A cell in short form, `{…}` or `[…]`, that is not closed or not well formed.",
    why="What it says could not be known.",
    mend="Write it as `{item: greets, is: yes}` or `[one, two]`.",
)
NO_CELL = declare(
    "D503",
    Severity.ERROR,
    finds="A cell of a standard's workbook that shows an error, or a formula that nobody has reckoned.",
    why="Its value is not in the file.",
    mend="Write the value itself into the cell.",
)
LEFT_ASIDE = declare(
    "D504",
    Severity.WARNING,
    finds="A column of a standard's workbook that means nothing, with something in it.",
    why="What stands in it is not taken into the standard.",
    mend="Correct the name in the first row, or clear the column. Keys without a column of their own stand in `more`.",
)
TWICE = declare(
    "D505",
    Severity.ERROR,
    finds="The same key, anchor or name twice, or the same column twice.",
    why="One of the two would be lost.",
    mend="Clear one of the two rows.",
)
_CODE_LENGTH = 12


class Cell(NamedTuple):
    """A filled cell."""

    text: str
    place: Place


class Row(NamedTuple):
    """The filled cells of a row by column."""

    cells: Mapping[str, Cell]
    place: Place

    def text(self, name: str) -> str:
        """What stands in a column, empty where nothing does."""
        cell = self.cells.get(name)
        return cell.text if cell else ""

    def at(self, name: str) -> Place:
        """Where it stands; where nothing does, the row's first cell."""
        cell = self.cells.get(name)
        return cell.place if cell else self.place


class Cells:
    """A workbook, and the draft that is made of it."""

    def __init__(self, book: Book, draft: Draft) -> None:
        self.book, self.draft = book, draft
        self.language = "en"
        """Of the standard's own words."""

    def say(self, found: Problem) -> None:
        """Among the problems of the draft."""
        self.draft.problems.append(found)

    def rows(self, name: str, known: tuple[str, ...] = ()) -> Iterator[Row]:
        """The rows of a sheet below its header; columns that are neither known nor a language are said."""
        sheet = self.book.sheet(name)
        if sheet is None:
            return
        lines = iter(sheet.rows)
        header = self._header(sheet, next(lines, []))
        unknown: set[str] = set()
        for at, values in enumerate(lines, 2):
            cells: dict[str, Cell] = {}
            for column, value in enumerate(values, 1):
                text = self._text(value, Place(self.book.file, name, cell_name(at, column)))
                if not text:
                    continue
                title = header.get(column, "")
                if known and title not in known and not is_code(title):
                    unknown.add(title or cell_name(1, column).rstrip("1"))
                else:
                    cells[title] = Cell(text, Place(self.book.file, name, cell_name(at, column)))
            if cells:
                yield Row(cells, Place(self.book.file, name, cell_name(at, 1)))
        for title in sorted(unknown):
            self.say(problem(LEFT_ASIDE, Place(self.book.file, name), title, known=nearest(title, known)))

    def _header(self, sheet: Sheet, values: list[CellValue]) -> dict[int, str]:
        found: dict[int, str] = {}
        for column, value in enumerate(values, 1):
            place = Place(self.book.file, sheet.name, cell_name(1, column))
            title = self._text(value, place)
            if title and title in found.values():
                self.say(problem(TWICE, place, title))
            elif title:
                found[column] = title
        return found

    def _text(self, value: CellValue, place: Place) -> str:
        if isinstance(value, ErrorCell | NoValue):
            self.say(problem(NO_CELL, place, str(value) or "=…"))
            return ""
        return written(value)

    def value(self, cell: Cell) -> Any:
        """What a cell says: a word, or what its short form holds."""
        if not cell.text.startswith(("{", "[")):
            return cell.text
        document, _ = parse_yaml(f"v: {cell.text}".encode(), "")
        if document is None:
            self.say(problem(BAD_SHORT, cell.place, cell.text))
            return cell.text
        return document.data["v"]

    def texts(self, row: Row, way: Keys, words: tuple[str, ...]) -> str:
        """The text of a row in the standard's own language; the others go to their translations under `words`."""
        for name, cell in row.cells.items():
            if is_code(name) and name != self.language:
                inside = self.translation(name)
                for step in words[:-1]:
                    inside = inside.setdefault(step, {})
                inside[words[-1]] = cell.text
                self.draft.put(words, cell.place, name)
        if own := row.cells.get(self.language):
            self.draft.put(way, own.place)
            return own.text
        return ""

    def translation(self, language: str) -> dict[str, Any]:
        """What the file of a translation will hold."""
        words = self.draft.words
        if language not in words:
            words[language] = {"language": language, "translates": "", "reviewed_by": ""}
            self.draft.put((), Place(self.book.file, QUESTIONS), language)
        return words[language]


def is_code(name: str) -> bool:
    """Whether a column holds texts of a language."""
    reserved = (*COLUMNS, MORE, "row", "id", "key", "name", "role")
    return bool(re.fullmatch(LANGUAGE, name)) and len(name) < _CODE_LENGTH and name not in reserved


def written(value: CellValue) -> str:
    """A cell's value as a definition writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return _number(exact(value) if isinstance(value, float) else Decimal(value))
    if isinstance(value, date | time):
        return _moment(value)
    return str(value).strip() if value is not None else ""


def _moment(value: date | time) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="minutes")
    return value.isoformat(timespec="minutes") if isinstance(value, time) else value.isoformat()


def _number(value: Decimal) -> str:
    return str(value.quantize(Decimal(1))) if value == value.to_integral_value() else format(value, "f")

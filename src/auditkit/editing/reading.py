"""A workbook of ours read back: every cell in its place of the definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

from auditkit.definitions.documents import Keys
from auditkit.definitions.yaml_source import parse_yaml
from auditkit.editing.draft import Draft
from auditkit.editing.outline import ANCHORS, COLUMNS, INCLUDE, KINDS, LISTS, QUESTION, SECTION
from auditkit.editing.sheets import CHECKLIST, GRADES, MORE, NAMED, NAMES, OF_LANGUAGES, PEOPLE, QUESTIONS
from auditkit.model.text import LANGUAGE
from auditkit.problems import Place, Problem, Severity, declare, nearest, problem
from auditkit.tables.table import Book, CellValue, ErrorCell, NoValue, Sheet, cell_name, exact

NO_ROW = declare(
    "D500",
    Severity.ERROR,
    finds="A row of a standard's workbook that does not say what it is, or something that rows cannot be.",
    why="It could be a section, a question or an option: each is counted differently.",
    mend="Write into the column `row`: section, question, option, guidance …; the sheet Guide lists them.",
)
ALONE = declare(
    "D501",
    Severity.ERROR,
    finds="An option, guidance or band above the first question, a question above the first section, or a section of the third "
    "level under none of the second.",
    why="It belongs to what stands above it, and there is nothing.",
    mend="Move the row below what it belongs to.",
)
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


class _Cell(NamedTuple):
    """A filled cell."""

    text: str
    place: Place


class _Row(NamedTuple):
    """The filled cells of a row by column."""

    cells: Mapping[str, _Cell]
    place: Place

    def text(self, name: str) -> str:
        cell = self.cells.get(name)
        return cell.text if cell else ""

    def at(self, name: str) -> Place:
        cell = self.cells.get(name)
        return cell.place if cell else self.place


def is_ours(book: Book) -> bool:
    """Whether a workbook is one that `export` wrote, whatever was done to it since."""
    sheet, head = book.sheet(QUESTIONS), book.sheet(CHECKLIST)
    if sheet is None or head is None:
        return False
    names = {str(value).strip() for value in next(iter(sheet.rows), ()) if value is not None}
    return {"row", "id"} <= names


def read_draft(book: Book) -> Draft:
    """The definition in a workbook of ours; everything that cannot be read is among its problems."""
    return _Reader(book).read()


class _Reader:
    def __init__(self, book: Book) -> None:
        self._book = book
        self._draft = Draft({})
        self._language = "en"

    def read(self) -> Draft:
        draft = self._draft
        draft.put((), Place(self._book.file, CHECKLIST))
        self._head()
        self._grades()
        self._names()
        self._people()
        _Outline(self, draft).read(self.rows(QUESTIONS, (*COLUMNS, MORE, "row", "id")))
        for language in list(draft.words):
            if not draft.words[language].keys() - {"language", *OF_LANGUAGES}:
                del draft.words[language]
        return draft

    def say(self, found: Problem) -> None:
        self._draft.problems.append(found)

    def rows(self, name: str, known: tuple[str, ...] = ()) -> Iterator[_Row]:
        """The rows of a sheet below its header; columns that are neither known nor a language are said."""
        sheet = self._book.sheet(name)
        if sheet is None:
            return
        lines = iter(sheet.rows)
        header = self._header(sheet, next(lines, []))
        unknown: set[str] = set()
        for at, values in enumerate(lines, 2):
            cells: dict[str, _Cell] = {}
            for column, value in enumerate(values, 1):
                text = self._text(value, Place(self._book.file, name, cell_name(at, column)))
                if not text:
                    continue
                title = header.get(column, "")
                if known and title not in known and not _is_code(title):
                    unknown.add(title or cell_name(1, column).rstrip("1"))
                else:
                    cells[title] = _Cell(text, Place(self._book.file, name, cell_name(at, column)))
            if cells:
                yield _Row(cells, Place(self._book.file, name, cell_name(at, 1)))
        for title in sorted(unknown):
            self.say(problem(LEFT_ASIDE, Place(self._book.file, name), title, known=nearest(title, known)))

    def _header(self, sheet: Sheet, values: list[CellValue]) -> dict[int, str]:
        found: dict[int, str] = {}
        for column, value in enumerate(values, 1):
            place = Place(self._book.file, sheet.name, cell_name(1, column))
            title = self._text(value, place)
            if title and title in found.values():
                self.say(problem(TWICE, place, title))
            elif title:
                found[column] = title
        return found

    def _text(self, value: CellValue, place: Place) -> str:
        if isinstance(value, ErrorCell | NoValue):
            self.say(problem(NO_CELL, place, str(value)))
            return ""
        return _written(value)

    def value(self, cell: _Cell) -> Any:
        """What a cell says: a word, or what its short form holds."""
        if not cell.text.startswith(("{", "[")):
            return cell.text
        document, _ = parse_yaml(f"v: {cell.text}".encode(), "")
        if document is None:
            self.say(problem(BAD_SHORT, cell.place, cell.text))
            return cell.text
        return document.data["v"]

    def texts(self, row: _Row, way: Keys, words: tuple[str, ...]) -> str:
        """The text of a row in the standard's own language; the others go to their translations under `words`."""
        for name, cell in row.cells.items():
            if _is_code(name) and name != self._language:
                inside = self._translation(name)
                for step in words[:-1]:
                    inside = inside.setdefault(step, {})
                inside[words[-1]] = cell.text
                self._draft.put(words, cell.place, name)
        if own := row.cells.get(self._language):
            self._draft.put(way, own.place)
            return own.text
        return ""

    def _translation(self, language: str) -> dict[str, Any]:
        words = self._draft.words
        if language not in words:
            words[language] = {"language": language, "translates": "", "reviewed_by": ""}
            self._draft.put((), Place(self._book.file, QUESTIONS), language)
        return words[language]

    def _head(self) -> None:
        draft, rows = self._draft, list(self.rows(CHECKLIST))
        for row in rows:
            if row.text("key") == "language":
                self._language = next((cell.text for name, cell in row.cells.items() if name != "key"), "en")
        for row in rows:
            key = row.text("key")
            if not key or key in draft.data:
                self.say(problem(TWICE if key else NO_ROW, row.at("key"), key, known="checklist, version, title"))
            elif key in OF_LANGUAGES:
                self._of_languages(row, key)
            elif key in ("title", "about"):
                if text := self.texts(row, (key,), (key,)):
                    draft.data[key] = text
            elif values := [cell for name, cell in row.cells.items() if name != "key"]:
                draft.data[key] = self.value(values[0])
                draft.put((key,), values[0].place)

    def _of_languages(self, row: _Row, key: str) -> None:
        for name, cell in row.cells.items():
            if _is_code(name) and name != self._language:
                self._translation(name)[key] = cell.text
                self._draft.put((key,), cell.place, name)

    def _grades(self) -> None:
        found: list[dict[str, Any]] = []
        for row in self.rows(GRADES):
            way: Keys = ("grades", len(found))
            grade: dict[str, Any] = {"grade": row.text("grade")}
            self._draft.put((*way, "grade"), row.at("grade"))
            if title := self.texts(row, (*way, "title"), ("grades", row.text("grade"))):
                grade["title"] = title
            for name, cell in row.cells.items():
                if name != "grade" and not _is_code(name):
                    grade[name] = self.value(cell)
                    self._draft.put((*way, name), cell.place)
            self._draft.put(way, row.place)
            found.append(grade)
        if found:
            self._draft.data["grades"] = found

    def _names(self) -> None:
        for row in self.rows(NAMES):
            kind, id_ = row.text("kind"), row.text("id")
            if kind not in NAMED:
                self.say(problem(NO_ROW, row.at("kind"), kind, known=", ".join(NAMED)))
                continue
            under = self._draft.data.setdefault(NAMED[kind], {})
            if id_ in under:
                self.say(problem(TWICE, row.at("id"), id_))
            under[id_] = self.texts(row, (NAMED[kind], id_), (NAMED[kind], id_))

    def _people(self) -> None:
        found: list[dict[str, str]] = []
        for row in self.rows(PEOPLE):
            for name, cell in row.cells.items():
                self._draft.put(("responsible", len(found), name), cell.place)
            found.append({name: cell.text for name, cell in row.cells.items()})
        if found:
            self._draft.data["responsible"] = found


class _Outline:
    """The rows of Questions, from top to bottom."""

    def __init__(self, reader: _Reader, draft: Draft) -> None:
        self._reader, self._draft = reader, draft
        self._open: list[tuple[dict[str, Any], Keys]] = [(draft.data, ())]
        """The definition and the sections that are open, outermost first."""
        self._item: tuple[dict[str, Any], Keys] | None = None

    def read(self, rows: Iterator[_Row]) -> None:
        for row in rows:
            kind = " ".join(row.text("row").split())
            if kind.startswith(SECTION) and kind in KINDS:
                self._section(row, int(kind[len(SECTION) :] or 1))
            elif kind == INCLUDE:
                self._include(row)
            elif kind == QUESTION:
                self._question(row)
            elif kind in KINDS:
                self._detail(row, kind)
            else:
                near = nearest(kind, KINDS) if kind else ""
                self._reader.say(problem(NO_ROW, row.at("row"), kind, known=near or ", ".join(KINDS)))

    def _add(self, row: _Row, key: str, depth: int) -> tuple[dict[str, Any], Keys] | None:
        """A new entry of what is open at a depth."""
        if depth > len(self._open):
            self._reader.say(problem(ALONE, row.at("row"), row.text("row")))
            return None
        home, way = self._open[depth - 1]
        entries = home.setdefault(key, [])
        entry: dict[str, Any] = {}
        entries.append(entry)
        here: Keys = (*way, key, len(entries) - 1)
        self._draft.put(here, row.at("id"))
        return entry, here

    def _section(self, row: _Row, depth: int) -> None:
        del self._open[depth:]
        self._item = None
        added = self._add(row, "sections", depth)
        if added is None:
            return
        section, way = added
        self._id(section, row, way)
        if title := self._reader.texts(row, (*way, "title"), ("sections", row.text("id"))):
            section["title"] = title
        self._rest(section, row, way)
        self._open.append(added)

    def _include(self, row: _Row) -> None:
        # Where the standard is flat, a section that is taken in stands beside the others, else inside the open one.
        deep = len(self._open) > 1 and "items" not in self._open[-1][0] and "sections" in self._open[-1][0]
        depth = len(self._open) if deep else 1
        if not deep:
            del self._open[1:]
        self._item = None
        added = self._add(row, "sections", depth)
        if added is not None:
            said: dict[str, Any] = {"section": row.text("id")}
            self._rest(said, row, (*added[1], INCLUDE))
            added[0][INCLUDE] = said

    def _question(self, row: _Row) -> None:
        self._item = None
        if len(self._open) < 2:
            self._reader.say(problem(ALONE, row.at("row"), row.text("row")))
            return
        added = self._add(row, "items", len(self._open))
        if added is None:
            return
        item, way = added
        self._id(item, row, way)
        if text := self._reader.texts(row, (*way, "text"), ("items", row.text("id"), "text")):
            item["text"] = text
        self._rest(item, row, way)
        self._item = added

    def _id(self, entry: dict[str, Any], row: _Row, way: Keys) -> None:
        if row.text("id"):
            entry["id"] = row.text("id")
            self._draft.put((*way, "id"), row.at("id"))

    def _rest(self, entry: dict[str, Any], row: _Row, way: Keys) -> None:
        """All keys with a column, then those of `more`."""
        for key in COLUMNS:
            if cell := row.cells.get(key):
                entry[key] = self._reader.value(cell)
                self._draft.put((*way, key), cell.place)
        if cell := row.cells.get(MORE):
            more = self._reader.value(cell)
            if isinstance(more, dict):
                for key, value in more.items():
                    entry.setdefault(key, value)
                    self._draft.put((*way, key), cell.place)
            elif not isinstance(more, str) or not more.startswith("{"):
                self._reader.say(problem(BAD_SHORT, cell.place, cell.text))

    def _detail(self, row: _Row, kind: str) -> None:
        if self._item is None:
            self._reader.say(problem(ALONE, row.at("row"), kind))
            return
        item, way = self._item
        id_ = str(item.get("id", ""))
        if kind in LISTS and kind != "label":
            self._entry(row, kind, item, way)
            return
        under = {"label": "labels"}.get(kind, "anchors" if kind in ANCHORS else "")
        key = row.text("id") if kind == "label" else kind
        home = item.setdefault(under, {}) if under else item
        ways = ("items", id_, *((under,) if under else ()), key)
        if key in home:
            self._reader.say(problem(TWICE, row.at("row"), key))
        text = self._reader.texts(row, (*way, *ways[2:]), ways)
        if text:
            home[key] = text
        if under and not home:
            del item[under]

    def _entry(self, row: _Row, kind: str, item: dict[str, Any], way: Keys) -> None:
        """An option or a band."""
        entries = item.setdefault(LISTS[kind], [])
        entry: dict[str, Any] = {}
        here: Keys = (*way, LISTS[kind], len(entries))
        self._draft.put(here, row.place)
        entries.append(entry)
        id_ = row.text("id")
        if id_:
            entry["id" if kind == "option" else "up_to"] = id_
            self._draft.put((*here, "id" if kind == "option" else "up_to"), row.at("id"))
        name = id_ or "last"
        text = self._reader.texts(row, (*here, "text"), ("items", str(item.get("id", "")), LISTS[kind], name))
        if text:
            entry["text"] = text
        self._rest(entry, row, here)


def _is_code(name: str) -> bool:
    """Whether a column holds texts of a language."""
    import re

    reserved = (*COLUMNS, MORE, "row", "id", "key", "name", "role")
    return bool(re.fullmatch(LANGUAGE, name)) and len(name) < _CODE_LENGTH and name not in reserved


def _written(value: CellValue) -> str:
    """A cell's value as a definition writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, int | float | Decimal):
        number = exact(value) if isinstance(value, float) else Decimal(value)
        whole = number == number.to_integral_value()
        return str(number.quantize(Decimal(1))) if whole else format(number, "f")
    return str(value).strip()

"""The rows of Questions, from top to bottom, as sections and items of a draft."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditkit.definitions.documents import Keys
from auditkit.editing.cells import BAD_SHORT, TWICE, Cells, Row
from auditkit.editing.outline import ANCHORS, COLUMNS, INCLUDE, KINDS, LISTS, QUESTION, SECTION
from auditkit.editing.sheets import MORE
from auditkit.problems import Severity, declare, nearest, problem

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
    finds="An option, guidance or band above the first question, a question above the first section, or a section of "
    "the third level under none of the second.",
    why="It belongs to what stands above it, and there is nothing.",
    mend="Move the row below what it belongs to.",
)


class Outline:
    """The rows of Questions, from top to bottom."""

    def __init__(self, cells: Cells) -> None:
        self._cells, self._draft = cells, cells.draft
        self._open: list[tuple[dict[str, Any], Keys]] = [(cells.draft.data, ())]
        """The definition and the sections that are open, outermost first."""
        self._item: tuple[dict[str, Any], Keys] | None = None

    def read(self, rows: Iterator[Row]) -> None:
        """Put them into the draft."""
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
                self._cells.say(problem(NO_ROW, row.at("row"), kind, known=near or ", ".join(KINDS)))

    def _add(self, row: Row, key: str, depth: int) -> tuple[dict[str, Any], Keys] | None:
        """A new entry of what is open at a depth."""
        if depth > len(self._open):
            self._cells.say(problem(ALONE, row.at("row"), row.text("row")))
            return None
        home, way = self._open[depth - 1]
        entries = home.setdefault(key, [])
        entry: dict[str, Any] = {}
        entries.append(entry)
        here: Keys = (*way, key, len(entries) - 1)
        self._draft.put(here, row.at("id"))
        return entry, here

    def _section(self, row: Row, depth: int) -> None:
        del self._open[depth:]
        self._item = None
        added = self._add(row, "sections", depth)
        if added is None:
            return
        section, way = added
        self._id(section, row, way)
        if title := self._cells.texts(row, (*way, "title"), ("sections", row.text("id"))):
            section["title"] = title
        self._rest(section, row, way)
        self._open.append(added)

    def _include(self, row: Row) -> None:
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

    def _question(self, row: Row) -> None:
        self._item = None
        if len(self._open) < 2:
            self._cells.say(problem(ALONE, row.at("row"), row.text("row")))
            return
        added = self._add(row, "items", len(self._open))
        if added is None:
            return
        item, way = added
        self._id(item, row, way)
        if text := self._cells.texts(row, (*way, "text"), ("items", row.text("id"), "text")):
            item["text"] = text
        self._rest(item, row, way)
        self._item = added

    def _id(self, entry: dict[str, Any], row: Row, way: Keys) -> None:
        if row.text("id"):
            entry["id"] = row.text("id")
            self._draft.put((*way, "id"), row.at("id"))

    def _rest(self, entry: dict[str, Any], row: Row, way: Keys) -> None:
        """All keys with a column, then those of `more`."""
        for key in COLUMNS:
            if cell := row.cells.get(key):
                entry[key] = self._cells.value(cell)
                self._draft.put((*way, key), cell.place)
        if cell := row.cells.get(MORE):
            more = self._cells.value(cell)
            if isinstance(more, dict):
                for key, value in more.items():
                    entry.setdefault(key, value)
                    self._draft.put((*way, key), cell.place)
            elif not isinstance(more, str) or not more.startswith("{"):
                self._cells.say(problem(BAD_SHORT, cell.place, cell.text))

    def _detail(self, row: Row, kind: str) -> None:
        if self._item is None:
            self._cells.say(problem(ALONE, row.at("row"), kind))
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
            self._cells.say(problem(TWICE, row.at("row"), key))
        text = self._cells.texts(row, (*way, *ways[2:]), ways)
        if text:
            home[key] = text
        if under and not home:
            del item[under]

    def _entry(self, row: Row, kind: str, item: dict[str, Any], way: Keys) -> None:
        """An option, a band, or what may replace the question."""
        entries = item.setdefault(LISTS[kind], [])
        entry: dict[str, Any] = {}
        here: Keys = (*way, LISTS[kind], len(entries))
        self._draft.put(here, row.place)
        entries.append(entry)
        id_ = row.text("id")
        if id_:
            known_as = "up_to" if kind == "band" else "id"
            entry[known_as] = id_
            self._draft.put((*here, known_as), row.at("id"))
        name = id_ or "last"
        text = self._cells.texts(row, (*here, "text"), ("items", str(item.get("id", "")), LISTS[kind], name))
        if text:
            entry["text"] = text
        self._rest(entry, row, here)

"""A workbook of ours read back: every cell in its place of the definition."""

from __future__ import annotations

from typing import Any

from auditkit.definitions.documents import Keys
from auditkit.editing.cells import TWICE, Cells, Row, is_code
from auditkit.editing.draft import Draft
from auditkit.editing.outline import COLUMNS
from auditkit.editing.rows_back import NO_ROW, Outline
from auditkit.editing.sheets import CHECKLIST, GRADES, MORE, NAMED, NAMES, OF_LANGUAGES, PEOPLE, QUESTIONS
from auditkit.problems import Place, problem
from auditkit.tables.table import Book


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
        self._draft = Draft({})
        self._cells = Cells(book, self._draft)

    def read(self) -> Draft:
        draft = self._draft
        draft.put((), Place(self._cells.book.file, CHECKLIST))
        self._head()
        self._grades()
        self._names()
        self._people()
        Outline(self._cells).read(self._cells.rows(QUESTIONS, (*COLUMNS, MORE, "row", "id")))
        for language in list(draft.words):
            if not draft.words[language].keys() - {"language", *OF_LANGUAGES}:
                del draft.words[language]
        return draft

    def _head(self) -> None:
        draft, rows = self._draft, list(self._cells.rows(CHECKLIST))
        for row in rows:
            if row.text("key") == "language":
                self._cells.language = next((cell.text for name, cell in row.cells.items() if name != "key"), "en")
        for row in rows:
            key = row.text("key")
            if not key or key in draft.data:
                self._cells.say(
                    problem(TWICE if key else NO_ROW, row.at("key"), key, known="checklist, version, title")
                )
            elif key in OF_LANGUAGES:
                self._of_languages(row, key)
            elif key in ("title", "about"):
                if text := self._cells.texts(row, (key,), (key,)):
                    draft.data[key] = text
            elif values := [cell for name, cell in row.cells.items() if name != "key"]:
                draft.data[key] = self._cells.value(values[0])
                draft.put((key,), values[0].place)

    def _of_languages(self, row: Row, key: str) -> None:
        for name, cell in row.cells.items():
            if is_code(name) and name != self._cells.language:
                self._cells.translation(name)[key] = cell.text
                self._draft.put((key,), cell.place, name)

    def _grades(self) -> None:
        found: list[dict[str, Any]] = []
        for row in self._cells.rows(GRADES):
            way: Keys = ("grades", len(found))
            grade: dict[str, Any] = {"grade": row.text("grade")}
            self._draft.put((*way, "grade"), row.at("grade"))
            if title := self._cells.texts(row, (*way, "title"), ("grades", row.text("grade"))):
                grade["title"] = title
            for name, cell in row.cells.items():
                if name != "grade" and not is_code(name):
                    grade[name] = self._cells.value(cell)
                    self._draft.put((*way, name), cell.place)
            self._draft.put(way, row.place)
            found.append(grade)
        if found:
            self._draft.data["grades"] = found

    def _names(self) -> None:
        for row in self._cells.rows(NAMES):
            kind, id_ = row.text("kind"), row.text("id")
            if kind not in NAMED:
                self._cells.say(problem(NO_ROW, row.at("kind"), kind, known=", ".join(NAMED)))
                continue
            under = self._draft.data.setdefault(NAMED[kind], {})
            if id_ in under:
                self._cells.say(problem(TWICE, row.at("id"), id_))
            under[id_] = self._cells.texts(row, (NAMED[kind], id_), (NAMED[kind], id_))

    def _people(self) -> None:
        found: list[dict[str, str]] = []
        for row in self._cells.rows(PEOPLE):
            for name, cell in row.cells.items():
                self._draft.put(("responsible", len(found), name), cell.place)
            found.append({name: cell.text for name, cell in row.cells.items()})
        if found:
            self._draft.data["responsible"] = found

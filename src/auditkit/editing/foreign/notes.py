"""What is told of a foreign book while a proposal is made of it: guesses, each with the cell that it is about."""

from __future__ import annotations

from auditkit.editing.draft import Draft
from auditkit.editing.foreign.tables import Found
from auditkit.locales import LANGUAGES, say
from auditkit.model.text import Text
from auditkit.problems import Code, Place, problem
from auditkit.tables.table import Book, cell_name


class Notes:
    """A book, and the draft that its guesses are kept with."""

    def __init__(self, book: Book, draft: Draft) -> None:
        self.book, self.draft = book, draft

    def place(self, table: Found, row: int, column: int) -> Place:
        """A cell of a table, where it stands in the file."""
        sheet = None if self.book.kind == "csv" else table.sheet
        return Place(self.book.file, sheet, cell_name(row + 1, table.stands_for.get(column, column) + 1))

    def say(self, code: Code, place: Place, value: object, **facts: str) -> None:
        """One more guess."""
        self.draft.problems.append(problem(code, place, value, **facts))


def in_all(key: str, name: str) -> dict[str, str]:
    """A sentence part in every language, as facts of a problem."""
    return Text({code: say(code, key) for code in LANGUAGES}).facts(name)

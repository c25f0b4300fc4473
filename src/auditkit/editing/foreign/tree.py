"""The questions of a foreign book as a tree of headings, with where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from auditkit.editing.foreign import guesses as g
from auditkit.editing.foreign import words as w
from auditkit.editing.foreign.answers import Answers, answers_in_columns, answers_of
from auditkit.editing.foreign.asked import plain
from auditkit.editing.foreign.lines import Line, lines_of
from auditkit.editing.foreign.notes import Notes
from auditkit.editing.foreign.tables import Found
from auditkit.problems import Place

_DEEPEST = 3
_SHORTEST, _LONGEST = 3, 80
"""Characters of a title."""


@dataclass
class Node:
    """A section."""

    title: str
    place: Place
    depth: int = 0
    weight: str = ""
    number: str = ""
    zero: bool = False
    words: dict[str, tuple[str, Place]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    sections: list[Node] = field(default_factory=list)


@dataclass
class Item:
    """A question."""

    text: str
    place: Place
    table: Found
    line: Line
    answers: Answers
    words: dict[str, tuple[str, Place]] = field(default_factory=dict)


def items_of(node: Node) -> Iterator[Item]:
    """The questions below a heading, those of its sections too."""
    yield from node.items
    for child in node.sections:
        yield from items_of(child)


def tree_of(tables: Sequence[Found], notes: Notes) -> list[Node]:
    """The headings of all sheets; each sheet is one of its own where there is more than one."""
    roots = [_Reader(each, notes).tree() for each in tables]
    if len(roots) > 1:
        return roots
    root = roots[0]
    if root.items:
        title = root.title or title_of(tables, notes.book.file)
        root.sections.insert(0, Node(title, root.place, items=root.items))
    return root.sections


class _Reader:
    """Reads one table."""

    def __init__(self, table: Found, notes: Notes) -> None:
        self.table, self.notes = table, notes

    def tree(self) -> Node:
        """All of it below one root."""
        table = self.table
        lines = lines_of(table)
        root = Node(table.sheet, Place(self.notes.book.file, table.sheet))
        path = [root]
        listed = ""
        for line in lines.lines:
            place = self.notes.place(table, line.row, line.column)
            if line.depth:
                # A heading two steps deeper than the one above it stands one step deeper.
                del path[min(line.depth, _DEEPEST) :]
                node = Node(line.text, place, len(path), self._heading_weight(line), line.number)
                node.zero = w.holds(line.text, w.ZERO)
                node.words = dict(self._words(line))
                path[-1].sections.append(node)
                path.append(node)
                self._say_heading(line, place)
                listed = ""
                continue
            listed = table.cell(line.row, "options") or listed
            item = Item(line.text, place, table, line, self._answers(line, listed))
            item.words = dict(self._words(line))
            path[-1].items.append(item)
        for row in lines.aside:
            at = next(at for at, cell in enumerate(table.rows[row]) if cell)
            self.notes.say(g.ASIDE, self.notes.place(table, row, at), table.rows[row][at])
        return root

    def _say_heading(self, line: Line, place: Place) -> None:
        column = self.table.column("section")
        if column is None or column.at != line.column:
            self.notes.say(g.HEADING, place, line.text)

    def _heading_weight(self, line: Line) -> str:
        table = self.table
        own = table.cell(line.row, "section_weight")
        if not own and line.column == getattr(table.column("question"), "at", -1):
            own = table.cell(line.row, "weight") or table.cell(line.row, "points")
        column = table.column("section")
        if not own and column is not None and line.column == column.at and not table.cell(line.row, "question"):
            own = table.cell(line.row, "weight") or table.cell(line.row, "points")
        return number_of(own)

    def _words(self, line: Line) -> Iterator[tuple[str, tuple[str, Place]]]:
        """Texts of the line in other languages."""
        table, own = self.table, self.table.columns
        name = next((each.field for each in own if each.at == line.column), "question")
        name = "question" if name == "description" else name
        for each in own:
            if each.language and each.field == name and (text := table.at(line.row, each.at)):
                yield each.language, (text, self.notes.place(table, line.row, each.at))

    def _answers(self, line: Line, listed: str) -> Answers:
        table = self.table
        if table.levels:
            headers = [table.at(table.header, at) for at in table.levels]
            return answers_in_columns(headers, [table.at(line.row, at) for at in table.levels])
        return answers_of(listed, table.cell(line.row, "kind"))


def title_of(tables: Sequence[Found], file: str) -> str:
    """What a checklist is called: a line above its header, else the name of its file."""
    first = tables[0]
    above = [cell for row in first.rows[: max(first.header, 0)] for cell in row if cell]
    if above and _SHORTEST < len(above[0]) <= _LONGEST:
        return above[0]
    return re.sub(r"[-_\s]+", " ", Path(file).stem).strip().capitalize()


def number_of(text: str) -> str:
    """A weight as a definition writes it; empty where there is none."""
    found = re.fullmatch(r"\s*(\d+(?:[.,]\d+)?)\s*(?:%|[^\W\d]{0,8}\.?)\s*", text)
    return plain(Decimal(found[1].replace(",", "."))) if found else ""

"""One YAML file as plain data, with the line and column of everything in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from auditkit.problems import Place

LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML takes for the end of a line."""
Keys = tuple[str | int, ...]
"""The way to a value: keys of mappings and places (from 0) in lists."""


class At(NamedTuple):
    """Line and column, both from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Branch:
    """Marks of a mapping or a list: its own, those of its keys, and those of what stands in it."""

    mark: Any
    keys: dict[str | int, Any] = field(default_factory=dict)
    children: dict[str | int, Any] = field(default_factory=dict)
    size: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """One file: plain dicts, lists and strings, with the place of every one of them."""

    file: str
    data: dict[str, Any]
    marks: Branch
    raw: bytes

    @property
    def sha256(self) -> str:
        """Of the file's bytes."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def lines(self) -> list[str]:
        """The lines of the file as places count them."""
        return LINE_END.split(self.raw.decode("utf-8-sig", "replace"))

    def has(self, path: Sequence[str | int]) -> bool:
        """Whether something stands under this path."""
        return _find(self.marks, path)[1] == len(path)

    def place(self, path: Sequence[str | int] = (), *, key: bool = False) -> Place:
        """Where the value of a path stands (or its key); of a path that is not there, the nearest parent's key."""
        line, column = self.at(path, key=key)
        return Place(self.file, line=line, column=column)

    def at(self, path: Sequence[str | int] = (), *, key: bool = False) -> At:
        """As `place`, without the file."""
        parent, known = _find(self.marks, path)
        step = path[known - 1] if known else None
        if step is None:
            return at_mark(self.marks.mark)
        marks = parent.keys if (key or known < len(path)) and step in parent.keys else parent.children
        found = marks[step]
        return at_mark(found.mark if isinstance(found, Branch) else found)


def _find(marks: Branch, path: Sequence[str | int]) -> tuple[Branch, int]:
    """The branch that holds the last step of the path that exists, and how many steps exist."""
    parent, here = marks, marks
    for known, step in enumerate(path):
        if not isinstance(here, Branch) or step not in here.children:
            return parent, known
        parent, here = here, here.children[step]
    return parent, len(path)


def at_mark(mark: Any) -> At:
    """Line and column of a mark of the parser, which counts from 0."""
    return At(mark.line + 1, mark.column + 1)

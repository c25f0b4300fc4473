"""Scores that a foreign table states itself, kept as typed with their cells."""

from __future__ import annotations

from collections.abc import Sequence

from auditkit.intake.columns import Headers, find, pattern
from auditkit.intake.spelling_rules import as_text, key
from auditkit.model.checklist import Checklist
from auditkit.model.columns import Published
from auditkit.problems import Problem
from auditkit.tables.table import CellValue, cell_name

FINAL = ""
GRADE = "@grade"
"""The key of a published grade beside those of sections, which begin with a letter."""


class PublishedColumns:
    """Where a table states the scores of a checklist."""

    def __init__(self, published: Published | None, checklist: Checklist, headers: Headers) -> None:
        self.problems: list[Problem] = []
        self.at: dict[str, int] = {}
        if published is None:
            return
        if isinstance(published.sections, dict):
            for section, column in published.sections.items():
                self._put(section, find(column, headers, section))
        else:
            for text in published.sections:
                self._by_pattern(text, checklist, headers)
        for name, stated in ((FINAL, published.final), (GRADE, published.grade)):
            if stated is not None:
                self._put(name, find(stated, headers, "published"))

    def _put(self, name: str, found: tuple[int | None, tuple[Problem, ...]]) -> None:
        column, problems = found
        self.problems.extend(problems)
        if column is not None:
            self.at[name] = column

    def _by_pattern(self, text: str, checklist: Checklist, headers: Headers) -> None:
        numbers = checklist.numbers
        named = {
            "id": {key(each.id): each.id for each in checklist.walk_sections()},
            "number": {key(numbers["/" + each.id]): each.id for each in checklist.walk_sections()},
            "text": {key(word): each.id for each in checklist.walk_sections() for word in each.title.words.values()},
        }
        named["section"] = named["text"]
        whole = pattern(text)
        for column in headers.filled:
            for header in headers.keys[column]:
                match = whole.fullmatch(header)
                tokens = match.groupdict() if match else {}
                found = [named[token].get(key(words)) for token, words in tokens.items() if token in named]
                if found and found[0] is not None:
                    self.at.setdefault(found[0], column)

    def read(self, row: Sequence[CellValue], number: int) -> tuple[dict[str, str], dict[str, str]]:
        """Section id (`` for the visit) → what is stated, and the cell of it; a blank is kept as a blank."""
        stated = {name: as_text(row[at]).strip() if at < len(row) else "" for name, at in self.at.items()}
        return stated, {name: cell_name(number, at + 1) for name, at in self.at.items()}

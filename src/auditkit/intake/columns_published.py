"""Scores that a foreign table states itself, kept as typed with their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditkit.intake.columns import Headers, pattern
from auditkit.intake.columns_faults import BAD_MEANING
from auditkit.intake.columns_field import Field, field_of
from auditkit.intake.spelling_rules import as_text, key
from auditkit.model.checklist import Checklist
from auditkit.model.column import Column
from auditkit.model.published import IN_ANSWERS, Kind, Published
from auditkit.problems import Problem, nearest, problem
from auditkit.tables.table import CellValue

FINAL = ""
GRADE = "@grade"
"""The key of a published grade beside those of sections, which begin with a letter."""
_ITEM = "#"


def item_key(item: str) -> str:
    """The key under which the stated points of an answer are kept."""
    return _ITEM + item


def kind_of(name: str) -> Kind:
    """What a key of `Submission.published` is about."""
    return "items" if name.startswith(_ITEM) else "sections" if name else "final"


def item_of(name: str) -> str:
    """The item of a key of an answer's points; '' for any other key."""
    return name.removeprefix(_ITEM) if name.startswith(_ITEM) else ""


class PublishedColumns:
    """Where a table states the scores of a checklist."""

    def __init__(
        self,
        published: Published | None,
        checklist: Checklist,
        headers: Headers,
        items: Mapping[str, int] = {},
        prefix: str = "",
    ) -> None:
        """`items`: item → column of its answer; `prefix`: as in the rule of the items."""
        self.headers, self.checklist, self.prefix = headers, checklist, prefix
        self.problems: list[Problem] = []
        self.fields: dict[str, Field] = {}
        self.most: dict[str, Field] = {}
        if published is None:
            return
        # Parts before the whole: a wrong section explains a wrong visit.
        self._sections(published)
        for name, stated in ((FINAL, published.final), (GRADE, published.grade)):
            if stated is not None:
                self._put(name, stated, "published")
        self._items(published, items)
        self._most(published)

    def _put(self, name: str, column: Column, said: str) -> None:
        field = field_of(column, self.headers, said, self.problems)
        if column.cell or next(field.columns(), None) is not None:
            self.fields[name] = field

    def _sections(self, published: Published) -> None:
        known = {each.id for each in self.checklist.walk_sections()}
        if isinstance(published.sections, Mapping):
            for section, column in published.sections.items():
                if section in known:
                    self._put(section, column, section)
                else:
                    self._unknown(section, known)
        else:
            for text in published.sections:
                self._put_all(text, sections_named(self.checklist), "")

    def _items(self, published: Published, answers: Mapping[str, int]) -> None:
        known = self.checklist.items_by_id
        if isinstance(published.items, Mapping):
            for item, column in published.items.items():
                if item in known:
                    self._put(item_key(item), column, item)
                else:
                    self._unknown(item, known)
            return
        for text in published.items:
            if text == IN_ANSWERS:
                for item, at in answers.items():
                    self.fields.setdefault(item_key(item), self._at(at))
            elif "{answer}" in text:
                for item, at in answers.items():
                    self._beside(item, at, text)
            else:
                self._put_all(text, items_named(self.checklist, self.prefix), _ITEM, frozenset(answers.values()))

    def _beside(self, item: str, at: int, text: str) -> None:
        for name in self.headers.keys[at]:
            for column in _fitting(text, self.headers, {"answer": name}):
                if column != at:
                    self.fields.setdefault(item_key(item), self._at(column))

    def _unknown(self, name: str, known: Mapping[str, object] | set[str]) -> None:
        self.problems.append(problem(BAD_MEANING, self.headers.place(), name, item=nearest(name, known)))

    def _put_all(
        self, text: str, named: Mapping[str, Mapping[str, str]], before: str, taken: frozenset[int] = frozenset()
    ) -> None:
        """Every column whose header fits a pattern with the name of a section or item in it."""
        for column, name in _named(text, named, self.headers):
            if column not in taken:
                self.fields.setdefault(before + name, self._at(column))

    def _at(self, column: int) -> Field:
        return field_of(Column(), self.headers, "", [])._replace(at=column)

    def _most(self, published: Published) -> None:
        """Where the most that can be had stands in columns of its own."""
        for kind in ("final", "sections", "items"):
            of = published.written(kind).of
            for text in of if isinstance(of, tuple) else ():
                named = items_named(self.checklist, self.prefix) if kind == "items" else sections_named(self.checklist)
                if kind == "final":
                    field = field_of(Column(header=(text,)), self.headers, "of", self.problems)
                    self.most[FINAL] = field
                else:
                    for column, name in _named(text, named, self.headers):
                        self.most.setdefault((_ITEM if kind == "items" else "") + name, self._at(column))

    def columns(self) -> set[int]:
        """Every column that it looks at."""
        return {at for each in (*self.fields.values(), *self.most.values()) for at in each.columns()}

    def read(self, row: Sequence[CellValue], number: int) -> tuple[dict[str, str], dict[str, str]]:
        """Section id (`` for the visit) → what is stated, and the cell of it; a blank is kept as a blank."""
        stated = {name: as_text(field.raw(row)).strip() for name, field in self.fields.items()}
        for name, field in self.most.items():
            most = as_text(field.raw(row)).strip()
            if most and stated.get(name):
                stated[name] = f"{stated[name]} / {most}"
        return stated, {name: self._cell(field, number) for name, field in self.fields.items()}

    def _cell(self, field: Field, number: int) -> str:
        at = next(field.columns(), None)
        return self.headers.cell(number, at) if at is not None else (field.column.cell or "").upper()


def sections_named(checklist: Checklist) -> dict[str, dict[str, str]]:
    """Token → folded words → the section that they name."""
    numbers = checklist.numbers
    texts = {key(word): each.id for each in checklist.walk_sections() for word in each.title.words.values()}
    return {
        "id": {key(each.id): each.id for each in checklist.walk_sections()},
        "number": {key(numbers["/" + each.id]): each.id for each in checklist.walk_sections()},
        "text": texts,
        "section": texts,
    }


def items_named(checklist: Checklist, prefix: str) -> dict[str, dict[str, str]]:
    """The same of items, ids with and without what stands before them."""
    from auditkit.intake.columns_items import Names

    names = Names(checklist, prefix)
    return {"id": names.ids, "number": names.numbers, "text": names.texts}


def _named(text: str, named: Mapping[str, Mapping[str, str]], headers: Headers) -> list[tuple[int, str]]:
    whole = pattern(text, known=named)
    found: dict[int, str] = {}
    for column in headers.filled:
        for header in headers.keys[column]:
            match = whole.fullmatch(header)
            for token, words in match.groupdict().items() if match else ():
                if token in named and words is not None and column not in found:
                    found[column] = named[token][key(words)]
    return list(found.items())


def _fitting(text: str, headers: Headers, fixed: Mapping[str, str]) -> list[int]:
    whole = pattern(text, fixed)
    return [each for each in headers.filled if any(whole.fullmatch(one) for one in headers.keys[each])]

"""A definition with its translations as plain tables, one for a sheet each; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from auditkit.definitions.yaml_text import flow
from auditkit.editing.outline import COLUMNS, Row, Words, rows_of, texts_of

QUESTIONS, CHECKLIST, GRADES, NAMES, PEOPLE = "Questions", "Checklist", "Grades", "Names", "People"
MORE = "more"
"""The column of all keys without one of their own."""
NAMED = {"dimension": "dimensions", "position": "positions"}
"""Kinds of the rows of Names, and the keys that they stand under."""
PERSON = ("name", "role", "block", "position")
OF_LANGUAGES = ("translates", "reviewed_by")
"""Rows of Checklist that say something of a translation."""
_OWN_SHEETS = ("sections", "grades", "responsible", *NAMED.values())


class Table(NamedTuple):
    """One sheet: the header, and rows as long as it."""

    name: str
    header: tuple[str, ...]
    rows: list[list[str]]


def tables_of(data: Mapping[str, Any], words: Words) -> list[Table]:
    """All sheets of a definition; those that would be empty are there too, to be filled."""
    language = str(data.get("language", "en"))
    rows = list(rows_of(data, words))
    said = [code for row in rows for code in row.texts]
    codes = tuple(dict.fromkeys([language, *(code for code, _ in words), *said]))
    header = ("row", "id", *codes, *COLUMNS, MORE)
    return [
        Table(QUESTIONS, header, [_row(row, codes) for row in rows]),
        Table(CHECKLIST, ("key", *codes), list(_checklist(data, words, codes))),
        _grades(data, words, codes),
        Table(NAMES, ("kind", "id", *codes), list(_names(data, words, codes))),
        Table(PEOPLE, PERSON, [[str(each.get(key, "")) for key in PERSON] for each in data.get("responsible") or ()]),
    ]


def _row(row: Row, codes: Sequence[str]) -> list[str]:
    more = {key: value for key, value in row.values.items() if key not in COLUMNS}
    cells = [_cell(row.values[key]) if key in row.values else "" for key in COLUMNS]
    return [row.kind, row.id, *(row.texts.get(code, "") for code in codes), *cells, flow(more) if more else ""]


def _checklist(data: Mapping[str, Any], words: Words, codes: Sequence[str]) -> Iterator[list[str]]:
    language = codes[0]
    for key, value in data.items():
        if key in ("title", "about"):
            texts = texts_of(value, language, words, key)
            yield [key, *(texts.get(code, "") for code in codes)]
        elif key not in _OWN_SHEETS:
            yield [key, _cell(value), *("" for _ in codes[1:])]
    if "language" not in data:
        yield ["language", language, *("" for _ in codes[1:])]
    said = dict(words)
    for key in OF_LANGUAGES:
        yield [key, "", *(str(said.get(code, {}).get(key, "")) for code in codes[1:])]


def _grades(data: Mapping[str, Any], words: Words, codes: Sequence[str]) -> Table:
    grades = data.get("grades") or ()
    usual = ("at_least", "verdict", "no_critical_failed", "each_section_at_least", "not_met_at_most")
    keys = tuple(dict.fromkeys([*usual, *(key for grade in grades for key in grade if key not in ("grade", "title"))]))
    rows = []
    for grade in grades:
        id_ = str(grade.get("grade", ""))
        texts = texts_of(grade.get("title"), codes[0], words if "title" in grade else (), "grades", id_)
        rows.append([id_, *(texts.get(code, "") for code in codes), *(_cell(grade.get(key, "")) for key in keys)])
    return Table(GRADES, ("grade", *codes, *keys), rows)


def _names(data: Mapping[str, Any], words: Words, codes: Sequence[str]) -> Iterator[list[str]]:
    for kind, key in NAMED.items():
        for id_, text in (data.get(key) or {}).items():
            texts = texts_of(text, codes[0], words, key, id_)
            yield [kind, id_, *(texts.get(code, "") for code in codes)]


def _cell(value: Any) -> str:
    return flow(value) if isinstance(value, Mapping | list | tuple) else str(value)

"""A definition as rows that read from top to bottom, and such rows as a definition again; pure.

A row is a section, a question, or something of the question above it: a guidance, an anchor, an option, a band. It has
one text a language, so that a translator has one column to fill.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from auditkit.definitions.documents import Keys
from auditkit.definitions.translations import band_key, option_key

SECTION, QUESTION, INCLUDE = "section", "question", "include"
ANCHORS = ("met", "partly", "not_met")
UNITS = ("unit", "unit_forms")
LISTS = {"option": "options", "band": "bands", "label": "labels", "replacement": "replacements"}
"""Rows of which a question may have many, and the key that they stand under."""
KINDS = (SECTION, "section 2", "section 3", INCLUDE, QUESTION, "guidance", *ANCHORS, *LISTS, *UNITS)
COLUMNS = (
    "kind", "weight", "credit", "required", "not_applicable", "comment", "critical", "severity", "evidence",
    "applies_when", "for", "seen_by", "source", "dimension", "trains", "mirrors", "scored", "bonus",
)  # fmt: skip
"""Keys with a column of their own; all others stand together in the last one."""

Values = Mapping[str, Any]
Words = Sequence[tuple[str, Mapping[str, Any]]]
"""The translations: language and what its file says."""


class Row(NamedTuple):
    """One line of it."""

    kind: str
    id: str
    """Of an option, a section, a question; what a band goes up to; the step that a label means."""
    texts: Mapping[str, str]
    values: Values
    way: Keys = ()
    """Where it stands in the definition."""


def rows_of(data: Mapping[str, Any], words: Words) -> Iterator[Row]:
    """The sections and questions of a definition as it was written, without includes and defaults spread."""
    yield from _Teller(str(data.get("language", "en")), words).sections(data.get("sections"), ("sections",), 1)


def texts_of(value: Any, language: str, others: Words, *way: str) -> dict[str, str]:
    """A text in all languages: as it stands, and as the translations have it under a way."""
    found = dict(value) if isinstance(value, dict) else {} if value is None else {language: str(value)}
    for code, said in others:
        inside: Any = said
        for step in way:
            inside = inside.get(step) if isinstance(inside, Mapping) else None
        if isinstance(inside, str):
            found.setdefault(code, inside)
    return found


class _Teller:
    def __init__(self, language: str, words: Words) -> None:
        self._language, self._words = language, words

    def sections(self, sections: Any, way: Keys, depth: int) -> Iterator[Row]:
        for at, section in enumerate(sections if isinstance(sections, list) else ()):
            here = (*way, at)
            if "include" in section:
                said = section["include"]
                said = said if isinstance(said, dict) else {"section": said}
                values = {key: value for key, value in said.items() if key != "section"}
                yield Row(INCLUDE, str(said.get("section", "")), {}, values, here)
                continue
            id_ = str(section.get("id", ""))
            kind = SECTION if depth == 1 else f"{SECTION} {depth}"
            rest = _without(section, "id", "title", "sections", "items")
            yield Row(kind, id_, self._said(section.get("title"), "sections", id_), rest, here)
            yield from self.sections(section.get("sections"), (*here, "sections"), depth + 1)
            items = section.get("items")
            for place, item in enumerate(items if isinstance(items, list) else ()):
                yield from self._item(item, (*here, "items", place))

    def _item(self, item: Values, way: Keys) -> Iterator[Row]:
        id_ = str(item.get("id", ""))
        units = UNITS if item.get("kind") == "number" else ()
        values = _without(item, "id", "text", "guidance", "anchors", *LISTS.values(), *units)
        yield Row(QUESTION, id_, self._said(item.get("text"), "items", id_, "text"), values, way)
        for key in ("guidance", *units):
            if key in item:
                yield Row(key, "", self._said(item[key], "items", id_, key), {}, (*way, key))
        for key, text in _pairs(item.get("anchors")):
            yield Row(key, "", self._said(text, "items", id_, "anchors", key), {}, (*way, "anchors", key))
        for key, text in _pairs(item.get("labels")):
            yield Row("label", key, self._said(text, "items", id_, "labels", key), {}, (*way, "labels", key))
        for kind, name in (("option", option_key), ("band", band_key), ("replacement", option_key)):
            for at, each in enumerate(item.get(LISTS[kind]) or ()):
                key = name(each)
                texts = self._said(each.get("text"), "items", id_, LISTS[kind], key)
                shown = key if "up_to" in each or kind != "band" else ""
                yield Row(kind, shown, texts, _without(each, "id", "up_to", "text"), (*way, LISTS[kind], at))

    def _said(self, value: Any, *way: str) -> dict[str, str]:
        return texts_of(value, self._language, self._words, *way)


def _without(record: Values, *keys: str) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in keys}


def _pairs(value: Any) -> Iterator[tuple[str, Any]]:
    return iter(value.items() if isinstance(value, dict) else ())

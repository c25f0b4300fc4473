"""How the texts of a checklist come together from its own file and the translations beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from auditkit.definitions.documents import Document
from auditkit.definitions.yaml_source import read_yaml
from auditkit.model.text import LANGUAGE
from auditkit.problems import Problem, Severity, declare, nearest, problem

NO_LANGUAGE = declare(
    "D140",
    Severity.ERROR,
    finds="A translation that does not say its language, or says another than its file name.",
    why="Its texts would be shown to people who read another language.",
    mend="Write `language: ru` at the top of `ru.yaml`.",
)
OTHER_VERSION = declare(
    "D141",
    Severity.WARNING,
    finds="A translation that was made for another version of the checklist.",
    why="Texts that changed since then say something else in that language.",
    mend="Go through the changes, correct the translation, and write the version into `translates:`.",
)
UNKNOWN_WORDS = declare(
    "D142",
    Severity.ERROR,
    finds="A translation of something that the checklist does not have.",
    why="It is a misspelt id, or the item is gone; its text would silently be shown in the first language.",
    mend="Correct the id, or delete the lines.",
)
NOT_WORDS = declare(
    "D143",
    Severity.ERROR,
    finds="A translation that is empty or not a text.",
    why="Nothing could be shown in its place.",
    mend="Write the text, or delete the line: the text of the first language is shown then.",
)

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")
_VERSION = re.compile(r"-\d+\.\d+\.\d+$")
_TITLES = ("dimensions", "positions")
_HEAD = ("language", "translates", "reviewed_by", "title", "about", "grades", *_TITLES, "sections", "items")
_ITEM = ("text", "guidance", "anchors", "options", "labels", "bands", "unit", "unit_forms", "replacements")


def beside(path: Path) -> list[Path]:
    """The translations of a definition: `ru.yaml` of `checklist.yaml`, `ru-1.0.0.yaml` of `checklist-1.0.0.yaml`,
    `NAME.ru.yaml` of any other `NAME.yaml`."""
    stem = path.stem
    if stem == "checklist" or stem.startswith("checklist-"):
        pattern = re.compile(_LANGUAGE.pattern + re.escape(stem.removeprefix("checklist")) + r"\.ya?ml")
    else:
        pattern = re.compile(re.escape(stem) + r"\." + _LANGUAGE.pattern + r"\.ya?ml")
    return sorted(each for each in path.parent.iterdir() if pattern.fullmatch(each.name))


def language_of(path: Path) -> str:
    """The language that a translation's file name says."""
    stem = _VERSION.sub("", path.name.rsplit(".", 1)[0])
    found = _LANGUAGE.match(stem.rsplit(".", 1)[-1])
    return found.group() if found else ""


def language_in(document: Document) -> str:
    """The language of the texts of a definition; where what it says is none, the usual one."""
    said = document.data.get("language")
    return said if isinstance(said, str) and re.fullmatch(LANGUAGE, said) else "en"


_OF_OTHERS = {"checklist", "checklists", "programme"}
"""Keys of files that are no translations, whatever their names: `map.yaml`, a mapping beside its checklist."""


def read_translations(path: Path, shown: str) -> tuple[list[Document], list[Problem]]:
    """All translations of a definition, in the order of their names."""
    found: list[Document] = []
    problems: list[Problem] = []
    for each in beside(path):
        document, faults = read_yaml(each, shown.removesuffix(path.name) + each.name)
        problems.extend(faults)
        if document is None or _OF_OTHERS & document.data.keys():
            continue
        language = document.data.get("language")
        if language != language_of(each):
            problems.append(problem(NO_LANGUAGE, document.place(("language",)), language or "", file=language_of(each)))
        else:
            found.append(document)
    return found, problems


class Words:
    """Texts of a checklist by their way through it, in every language that there is."""

    def __init__(self, language: str, translations: Iterable[Document]) -> None:
        self.language = language
        self.others = [(str(each.data["language"]), each.data) for each in translations]

    def merge(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The definition with every text as words by language code, its own language first."""
        out = dict(data)
        self._texts(out, ("title", "about"), self.others)
        if isinstance(out.get("grades"), list):
            out["grades"] = [self._titled(grade, "grade", self._in("grades")) for grade in out["grades"]]
        for name in _TITLES:
            if isinstance(out.get(name), dict):
                out[name] = self._each(out[name], self._in(name))
        if isinstance(out.get("sections"), list):
            within = (self._in("sections"), self._in("items"))
            out["sections"] = [self._section(section, *within) for section in out["sections"]]
        out["reviewed_by"] = {code: str(words.get("reviewed_by", "")) for code, words in self.others}
        return out

    def _in(self, key: str) -> list[tuple[str, Any]]:
        return _under(self.others, key)

    def _text(self, value: Any, key: str, others: Sequence[tuple[str, Any]]) -> Any:
        if isinstance(value, str) and value.strip():
            said = {self.language: value}
        elif isinstance(value, dict) and value:
            own = value.get(self.language)
            said = {self.language: own, **value} if own else dict(value)
        else:
            return value
        for code, words in others:
            found = words.get(key)
            if isinstance(found, str) and found.strip():
                said.setdefault(code, found)
        return said

    def _texts(self, out: dict[str, Any], keys: Iterable[str], others: Sequence[tuple[str, Any]]) -> None:
        for key in keys:
            if key in out:
                out[key] = self._text(out[key], key, others)

    def _titled(self, thing: Any, id_: str, titles: Sequence[tuple[str, Any]]) -> Any:
        if not isinstance(thing, dict):
            return thing
        key = thing.get(id_)
        given = thing.get("title")
        if not isinstance(key, str) or given is None:
            return thing
        return {**thing, "title": self._text(given, key, titles)}

    def _section(self, section: Any, titles: Sequence[tuple[str, Any]], items: Sequence[tuple[str, Any]]) -> Any:
        if not isinstance(section, dict) or "included_from" in section:
            return section
        out = self._titled(section, "id", titles)
        out = dict(out) if out is section else out
        if isinstance(out.get("sections"), list):
            out["sections"] = [self._section(child, titles, items) for child in out["sections"]]
        if isinstance(out.get("items"), list):
            out["items"] = [self._item(item, items) for item in out["items"]]
        return out

    def _item(self, item: Any, items: Sequence[tuple[str, Any]]) -> Any:
        if not isinstance(item, dict):
            return item
        words = _under(items, item.get("id"))
        out = dict(item)
        self._texts(out, ("text", "guidance"), words)
        if item.get("kind") == "number":
            self._texts(out, ("unit", "unit_forms"), words)
        if isinstance(out.get("anchors"), dict):
            out["anchors"] = self._each(out["anchors"], _under(words, "anchors"))
        if isinstance(out.get("labels"), dict):
            out["labels"] = self._each(out["labels"], _under(words, "labels"))
        if isinstance(out.get("options"), list):
            texts = _under(words, "options")
            out["options"] = [self._of(option, "text", option_key(option), texts) for option in out["options"]]
        if isinstance(out.get("replacements"), list):
            texts = _under(words, "replacements")
            out["replacements"] = [self._of(each, "text", option_key(each), texts) for each in out["replacements"]]
        if isinstance(out.get("bands"), list):
            texts = _under(words, "bands")
            out["bands"] = [self._of(band, "text", band_key(band), texts) for band in out["bands"]]
        return out

    def _each(self, texts: dict[str, Any], words: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        return {key: self._text(text, key, words) for key, text in texts.items()}

    def _of(self, thing: Any, field: str, key: str, words: Sequence[tuple[str, Any]]) -> Any:
        if not isinstance(thing, dict) or field not in thing:
            return thing
        return {**thing, field: self._text(thing[field], key, words)}


def option_key(option: Any) -> str:
    """What a translation calls an option, or what replaces an item: its id."""
    return str(option.get("id", "")) if isinstance(option, dict) else ""


def band_key(band: Any) -> str:
    """What a translation calls a band: its `up_to`, or `last`."""
    return str(band.get("up_to", "last")) if isinstance(band, dict) else ""


def _under(others: Sequence[tuple[str, Any]], key: Any) -> list[tuple[str, Any]]:
    found = ((code, words.get(key)) for code, words in others) if isinstance(key, str) else ()
    return [(code, words) for code, words in found if isinstance(words, dict)]


def check_translation(words: Document, data: Mapping[str, Any]) -> Iterator[Problem]:
    """What a translation says of things that the definition does not have; `data` has its includes and defaults in."""
    for name, text in words.data.items():
        if name not in _HEAD:
            yield _unknown(words, (name,), _HEAD)
        elif name in ("title", "about"):
            yield from _words(words, (name,), text)
    made_for, version = words.data.get("translates"), data.get("version")
    if made_for != version:
        yield problem(OTHER_VERSION, words.place(("translates",)), made_for or "", version=version)
    yield from _known(words, ("grades",), [str(g.get("grade")) for g in _mappings(data.get("grades"))])
    for name in _TITLES:
        yield from _known(words, (name,), list(data.get(name) or ()))
    sections = list(_sections(data))
    yield from _known(words, ("sections",), [str(s.get("id")) for s in sections])
    items = {str(i.get("id")): i for s in sections for i in _mappings(s.get("items"))}
    yield from _check_items(words, items)


def _check_items(words: Document, items: Mapping[str, Any]) -> Iterator[Problem]:
    said = words.data.get("items", {})
    if not isinstance(said, dict):
        yield problem(NOT_WORDS, words.place(("items",)), "items")
        return
    for id_, texts in said.items():
        if id_ not in items:
            yield _unknown(words, ("items", id_), items)
        elif not isinstance(texts, dict):
            yield problem(NOT_WORDS, words.place(("items", id_)), id_)
        else:
            yield from _check_item(words, id_, texts, items[id_])


def _check_item(words: Document, id_: str, texts: Mapping[str, Any], item: Mapping[str, Any]) -> Iterator[Problem]:
    known = {
        "anchors": ("met", "partly", "not_met"),
        "options": [option_key(option) for option in _mappings(item.get("options"))],
        "replacements": [option_key(each) for each in _mappings(item.get("replacements"))],
        "labels": list(item.get("labels") or ()),
        "bands": [band_key(band) for band in _mappings(item.get("bands"))],
    }
    for name, text in texts.items():
        if name not in _ITEM:
            yield _unknown(words, ("items", id_, name), _ITEM)
        elif name in known:
            yield from _known(words, ("items", id_, name), known[name])
        else:
            yield from _words(words, ("items", id_, name), text)


def _known(words: Document, path: tuple[str, ...], known: Sequence[str]) -> Iterator[Problem]:
    said: Any = words.data
    for step in path:
        said = said.get(step, {})
    if not isinstance(said, dict):
        yield problem(NOT_WORDS, words.place(path), path[-1])
        return
    for key, text in said.items():
        if key not in known:
            yield _unknown(words, (*path, key), known)
        else:
            yield from _words(words, (*path, key), text)


def _words(words: Document, path: tuple[str, ...], text: Any) -> Iterator[Problem]:
    if not isinstance(text, str) or not text.strip():
        yield problem(NOT_WORDS, words.place(path), path[-1])


def _unknown(words: Document, path: tuple[str, ...], known: Iterable[str]) -> Problem:
    names = list(known)
    return problem(
        UNKNOWN_WORDS, words.place(path, key=True), path[-1], known=nearest(path[-1], names) or ", ".join(names)
    )


def _mappings(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _sections(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for section in _mappings(data.get("sections")):
        if "included_from" not in section:
            yield section
            yield from _sections(section)

"""Plain data as YAML in the house's style, with the line and column of every value; the reverse of `yaml_source`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from auditkit.definitions.documents import Keys

WIDE = 110
"""Columns of what still stands in one line as `{…}`."""
_OPEN = ("sections", "items", "options", "replacements")
"""Lists with a line or more for every entry, however short."""


@dataclass
class Page:
    """A file's lines."""

    lines: list[str] = field(default_factory=list)
    marks: list[tuple[int, int, Keys]] = field(default_factory=list)
    """(line, column, way) of every value, both from 1, in the order of the file."""

    @property
    def text(self) -> str:
        """The whole file."""
        return "\n".join(self.lines) + "\n"

    def way(self, line: int, column: int) -> Keys:
        """The way to what stands at a place: the value that begins last before it."""
        before = [way for at, start, way in self.marks if (at, start) <= (line, column)]
        return before[-1] if before else ()


def page_of(data: Mapping[str, Any], comments: Mapping[Keys, Sequence[str]] | None = None) -> Page:
    """A mapping as a file; `comments` stand above the value of their way (that of `()` above all)."""
    writer = _Writer(comments or {})
    writer.remark((), 0)
    writer.mapping(data, (), 0)
    return writer.page


class _Words(yaml.SafeDumper):
    """Our reader takes every word as it stands: nothing but YAML's own signs needs quotes."""


_Words.yaml_implicit_resolvers = {}


def scalar(value: object) -> str:
    """A value in one line, in quotes where YAML needs them."""
    text = str(value)
    if not text or "\n" in text or text != text.strip() or text.startswith(("---", "...")):
        style: str | None = '"'
    else:
        style = None
    written = yaml.dump(text, Dumper=_Words, allow_unicode=True, width=10**9, default_style=style)
    return str(written).removesuffix("\n").removesuffix("\n...")


def flow(value: Any) -> str:
    """A value in YAML's short form: `{up_to: 3, credit: 1}`."""
    return _flow(value).text


class _Writer:
    def __init__(self, comments: Mapping[Keys, Sequence[str]]) -> None:
        self.page = Page()
        self._comments = comments

    def remark(self, way: Keys, depth: int) -> None:
        self.page.lines += [f"{' ' * depth}# {line}".rstrip() for line in self._comments.get(way, ())]

    def mapping(self, data: Mapping[str, Any], way: Keys, depth: int, first: str = "") -> None:
        """Key by key; `first`: what stands before the first one instead of blanks."""
        for key, value in data.items():
            here = (*way, key)
            if not first:
                self._apart(here, depth)
                self.remark(here, depth)
            lead, first = (first or " " * depth) + f"{scalar(key)}:", ""
            self._value(value, here, depth, lead)

    def _apart(self, way: Keys, depth: int) -> None:
        """A free line before what is large."""
        if depth == 0 and way[-1] in ("grades", "sections", "defaults", "dimensions", "positions", "items"):
            self.page.lines.append("")

    def _value(self, value: Any, way: Keys, depth: int, lead: str) -> None:
        lines = self.page.lines
        flow = None if self._is_open(value, way) else _flow(value)
        if flow is not None and (not isinstance(value, dict | list) or len(lead) + len(flow.text) < WIDE):
            self._line(lead + " ", flow, way)
        elif isinstance(value, dict):
            self.page.marks.append((len(lines) + 1, 1, way))
            lines.append(lead)
            self.mapping(value, way, depth + 2)
        else:
            self.page.marks.append((len(lines) + 1, 1, way))
            lines.append(lead)
            self._list(value, way, depth + 2)

    def _list(self, values: Sequence[Any], way: Keys, depth: int) -> None:
        for at, each in enumerate(values):
            here = (*way, at)
            if way[-1] == "sections" and at:
                self.page.lines.append("")
            self.remark(here, depth)
            flow = _flow(each)
            if flow is not None and way[-1] not in ("sections", "items") and depth + len(flow.text) < WIDE + 50:
                self._line(" " * depth + "- ", flow, here)
            elif isinstance(each, dict):
                self.page.marks.append((len(self.page.lines) + 1, 1, here))
                self.mapping(each, here, depth + 2, " " * depth + "- ")
            else:
                self._line(" " * depth + "- ", _flow(each), here)

    def _line(self, lead: str, flow: _Flow, way: Keys) -> None:
        line = len(self.page.lines) + 1
        self.page.marks.append((line, len(lead) + 1, way))
        self.page.marks += [(line, len(lead) + 1 + at, (*way, *inside)) for at, inside in flow.marks]
        self.page.lines.append(lead + flow.text)

    def _is_open(self, value: Any, way: Keys) -> bool:
        return bool(value) and isinstance(value, list) and way[-1] in _OPEN


@dataclass
class _Flow:
    text: str = ""
    marks: list[tuple[int, Keys]] = field(default_factory=list)

    def add(self, key: str | int, lead: str, inner: _Flow) -> None:
        start = len(self.text) + len(lead)
        self.marks.append((start, (key,)))
        self.marks += [(start + at, (key, *inside)) for at, inside in inner.marks]
        self.text += lead + inner.text


def _flow(value: Any) -> _Flow:
    """In YAML's short form."""
    if isinstance(value, Mapping):
        return _joined("{", "}", ((key, f"{_inside(key)}: ", each) for key, each in value.items()))
    if isinstance(value, list | tuple):
        return _joined("[", "]", ((at, "", each) for at, each in enumerate(value)))
    return _Flow(scalar(value))


def _joined(begin: str, end: str, parts: Iterator[tuple[str | int, str, Any]]) -> _Flow:
    whole = _Flow(begin)
    for at, (key, lead, value) in enumerate(parts):
        inner = _flow(value) if isinstance(value, Mapping | list | tuple) else _Flow(_inside(value))
        whole.add(key, (", " if at else "") + lead, inner)
    whole.text += end
    return whole


def _inside(value: object) -> str:
    """A word within `{…}` or `[…]`, where more signs mean something."""
    written = yaml.dump([str(value)], Dumper=_Words, allow_unicode=True, width=10**9, default_flow_style=True)
    return str(written).strip()[1:-1]

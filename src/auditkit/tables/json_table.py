"""JSON and JSON lines: exact numbers, no duplicate keys, no NaN, no bottomless nesting."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from auditkit.tables.table import Row, Sheet

DEEPEST = 64
_LARGEST = 400
"""Digits before or behind the point: 1e999999999 takes a gigabyte as soon as anybody writes or reckons with it."""


class Refused(Exception):  # noqa: N818  a verdict, not an error of ours
    """The document can't be taken; `reason` is `syntax`, `duplicate`, `number`, `depth`."""

    def __init__(self, reason: str, detail: str = "", line: int | None = None, column: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.detail, self.line, self.column = reason, detail, line, column


def parse(text: str) -> Any:
    """A document. Raises `Refused`. Fractions are `Decimal`s: `0.1` is what was written."""
    try:
        found = json.loads(text, parse_float=_number, parse_constant=_no_constant, object_pairs_hook=_once)
    except json.JSONDecodeError as fault:
        raise Refused("syntax", _excerpt(text, fault.pos), fault.lineno, fault.colno) from None
    except RecursionError:
        raise Refused("depth") from None
    except ValueError as fault:
        raise Refused("number", str(fault)) from None
    if _depth(found) > DEEPEST:
        raise Refused("depth")
    return found


def _excerpt(text: str, at: int) -> str:
    """What stands where the parser gave up; its own words are English. '' at the end of the text."""
    return " ".join(text[at : at + 30].split())


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if number and abs(number.adjusted()) > _LARGEST:
        raise Refused("number", text[:40])
    return number


def _no_constant(name: str) -> None:
    raise Refused("number", name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise Refused("duplicate", next(name for name in names if names.count(name) > 1))
    return found


def _depth(value: Any) -> int:
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        each, depth = waiting.pop()
        deepest = max(deepest, depth)
        if depth > DEEPEST:
            return depth
        inside = each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
        waiting.extend((one, depth + 1) for one in inside if isinstance(one, (dict, list)))
    return deepest


class LineRows:
    """JSON lines as a table: the keys of all objects are the header, a line is a row.

    Row 1 is the header, so that line 1 of the file is row 2, and blank lines and broken ones are empty rows.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        self.path, self.encoding = path, encoding

    def lines(self) -> Iterator[tuple[int, Any]]:
        """(line number, object) of every line that is not blank; one that can't be read comes as a `Refused`."""
        with self.path.open(encoding=self.encoding, errors="replace") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    try:
                        yield number, parse(line.rstrip("\r\n"))
                    except Refused as fault:
                        yield number, Refused(fault.reason, fault.detail, number, fault.column)

    def faults(self) -> Iterator[Refused]:
        """The lines that can't be read."""
        return (value for _, value in self.lines() if isinstance(value, Refused))

    @cached_property
    def keys(self) -> list[str]:
        """The columns, in the order met: a key may come first in the last line."""
        found: dict[str, None] = {}
        for _, value in self.lines():
            if isinstance(value, dict):
                found.update(dict.fromkeys(value))
        return list(found)

    def __iter__(self) -> Iterator[Row]:
        keys = self.keys
        yield list(keys)
        line = 1
        for number, value in self.lines():
            yield from ([] for _ in range(number - line))
            line = number + 1
            if isinstance(value, dict):
                yield [_cell(value.get(key)) for key in keys]
            else:
                yield [] if isinstance(value, Refused) else [_cell(value)]


def _cell(value: Any) -> Any:
    if isinstance(value, (dict, list)):
        if isinstance(value, list) and all(isinstance(one, (str, int)) for one in value):
            return "; ".join(map(str, value))
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


def sheet_of_lines(path: Path, encoding: str) -> Sheet:
    """JSON lines as the only sheet."""
    return Sheet("", LineRows(path, encoding))

"""Why a file stops being YAML, in the words of whoever writes it: from the parser's error and the line it is at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from auditkit.definitions.documents import LINE_END
from auditkit.problems import Code, Place, Problem, Severity, declare, problem

SYNTAX = declare(
    "D104",
    Severity.ERROR,
    finds="A place where the file stops being YAML.",
    why="From there on it cannot be known what belongs to what.",
    mend="Look at the line named and the one above it: indent with spaces, close quotes, quote texts with `: `.",
)
UNCLOSED = declare(
    "D108",
    Severity.ERROR,
    finds="A quote or a bracket that is opened and never closed, or a comma that is missing between brackets.",
    why="Everything after it is taken for a part of it, to the next quote or the end of the file.",
    mend="Close it in the line named; a `'` inside single quotes is written twice: `'the employee''s name'`.",
)
TAB = declare(
    "D109",
    Severity.ERROR,
    finds="A tab where the line is indented.",
    why="Tabs have no width, so it cannot be known what the line belongs to.",
    mend="Replace the tab with spaces; most editors do so by themselves when told.",
)
QUOTES = declare(
    "D126",
    Severity.ERROR,
    finds="A text without quotes that YAML takes for something else: it holds `: `, goes on after a closing quote, or "
    "begins with one of @ % ` & * ! | > [ {.",
    why="A colon with a space makes a key, and the other characters have a meaning of their own.",
    mend='Put the whole text in quotes: `text: "Greeting: does the employee greet?"`.',
)
NO_COLON = declare(
    "D127",
    Severity.ERROR,
    finds="A line that is neither `key: value` nor a row of a list: its colon, or the space after it, is missing.",
    why="`title:Desk` is one word, `title: Desk` a key and its value.",
    mend="Write `key: value`, with a space after the colon.",
)
INDENT = declare(
    "D128",
    Severity.ERROR,
    finds="A line that does not fit under those above it.",
    why="What belongs together begins in the same column.",
    mend="Give the line as many spaces as those that it belongs with; see whether the line above lacks its `: `, its "
    "`- ` or a quote.",
)
LOOKALIKE = declare(
    "D136",
    Severity.ERROR,
    finds="A character that cannot be seen, or that only looks like a space or a colon, copied from a web page or a "
    "word processor.",
    why="To the eye the line is right, to the program it is one long word.",
    mend="Delete the spaces and colons of the line and type them again.",
)

_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BLANKS = "\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff"
_LOOKALIKE = re.compile(rf"^[ \t-]*(?P<indent>[{_BLANKS}])|^[ -]*[\w-]+(?P<colon>\uff1a|:[{_BLANKS}])")
_VALUE = re.compile(r"^[ -]*[^\s:#'\"-][^:]*:[ \t]+(?=\S)")
"""A line up to the value of its first key."""
_OPENERS = "\"'{[*&!|>@`%"
_SHOWN = 80


class Stop(NamedTuple):
    """Where the parser stopped and what it says of it; lines and columns from 0."""

    said: str
    doing: str
    line: int
    column: int
    begun: Spot
    """Where what it was reading began."""


class Spot(NamedTuple):
    """A line and a column, from 0."""

    line: int
    column: int


def syntax_fault(error: Any, text: str, name: str, quoted: tuple[Any, Any] | None = None) -> Problem:
    """The problem of an error of the parser; `quoted`: begin and end of the last text in quotes that it read."""
    lines = [*LINE_END.split(text), ""]
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        code, spot = LOOKALIKE, _invisible(lines)
    else:
        begun = getattr(error, "context_mark", None) or mark
        said, doing = str(getattr(error, "problem", "") or ""), str(getattr(error, "context", "") or "")
        stop = Stop(said, doing, min(mark.line, len(lines) - 1), mark.column, Spot(begun.line, begun.column))
        code, spot = _judged(stop, lines, quoted)
    line = lines[spot.line]
    shown = (
        f"U+{ord(line[spot.column]):04X}" if code is LOOKALIKE and spot.column < len(line) else line.strip()[:_SHOWN]
    )
    return problem(code, Place(name, line=spot.line + 1, column=spot.column + 1), shown)


def lookalike_before(key: str) -> str:
    """The character before a key that only looks like a space, as `U+00A0`; '' where there is none."""
    found = re.match(f"[{_BLANKS}]", key)
    return "" if found is None else f"U+{ord(found.group()):04X}"


def is_too_deep(error: Any) -> bool:
    """Whether the parser gave up because of brackets within brackets."""
    return "nesting depth" in str(getattr(error, "problem", ""))


def _judged(  # noqa: PLR0911  one line a cause
    stop: Stop, lines: Sequence[str], quoted: tuple[Any, Any] | None
) -> tuple[Code, Spot]:
    here = Spot(stop.line, stop.column)
    odd = next((spot for at in (stop.line, stop.line - 1) if at >= 0 and (spot := _lookalike(lines[at], at))), None)
    if odd is not None:
        return LOOKALIKE, odd
    if "flow" in stop.doing or ("quoted" in stop.doing and "end" in stop.said):
        return UNCLOSED, stop.begun
    if lines[stop.line][stop.column : stop.column + 1] == "\t" or "tab character" in stop.said:
        return TAB, here
    if "cannot start" in stop.said or any(word in stop.doing for word in ("block scalar", "anchor", "alias", "a tag")):
        return QUOTES, stop.begun
    if "expected ':'" in stop.said:
        return NO_COLON, stop.begun
    if "mapping values" in stop.said:
        return _second_colon(stop, lines[stop.line])
    if any(word in stop.said for word in ("expected key", "block end", "'-' indicator")):
        return _out_of_place(stop, lines[stop.line], quoted)
    return SYNTAX, here


def _second_colon(stop: Stop, line: str) -> tuple[Code, Spot]:
    """A colon where none may stand: within a text, or in a line that does not belong where it is."""
    value = _VALUE.match(line)
    if value is not None and value.end() <= stop.column:
        return QUOTES, Spot(stop.line, value.end())
    return INDENT, _first(stop.line, line)


def _out_of_place(stop: Stop, line: str, quoted: tuple[Any, Any] | None) -> tuple[Code, Spot]:
    """Something after what was whole: the rest of a text that its own quote cut off, or a line that does not fit."""
    if quoted is not None:
        begin, end = quoted
        if begin.line < end.line == stop.line:
            return UNCLOSED, Spot(begin.line, begin.column)
    value = _VALUE.match(line)
    if value is not None and value.end() < stop.column and line[value.end()] in _OPENERS:
        return (UNCLOSED if line[value.end()] == "'" else QUOTES), Spot(stop.line, value.end())
    return INDENT, _first(stop.line, line)


def _first(at: int, line: str) -> Spot:
    return Spot(at, len(line) - len(line.lstrip(" ")))


def _lookalike(line: str, at: int) -> Spot | None:
    found = _LOOKALIKE.match(line)
    if found is None:
        return None
    return Spot(at, found.start("indent") if found["indent"] else found.end("colon") - 1)


def _invisible(lines: Sequence[str]) -> Spot:
    found = ((at, _INVISIBLE.search(line)) for at, line in enumerate(lines))
    return next((Spot(at, match.start()) for at, match in found if match is not None), Spot(0, 0))

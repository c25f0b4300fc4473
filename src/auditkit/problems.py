"""A problem is data: what is wrong, where it stands, and what to do; this module knows nothing else of ours."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How far a problem stops the work."""

    ERROR = "error"  # what it stands in cannot be used
    WARNING = "warning"  # it was used; somebody should look
    NOTE = "note"  # it was mended or set aside, and said


class Place(NamedTuple):
    """Where a value came from; `None` where the format has no such part."""

    file: str
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """`file:line:column`, `file[Sheet!C14]` or `file:line`, as editors and people read it."""
        if self.cell is not None:
            inner = f"{self.sheet}!{self.cell}" if self.sheet else self.cell
            return f"{self.file}[{inner}]"
        if self.line is not None:
            at = f"{self.file}:{self.line}"
            return at if self.column is None else f"{at}:{self.column}"
        return f"{self.file}[{self.sheet}]" if self.sheet else self.file


class Code(NamedTuple):
    """One kind of problem: its card is printed by `auditkit problem CODE`."""

    code: str
    severity: Severity
    finds: str
    why: str
    mend: str


class Problem(NamedTuple):
    """One thing that is wrong. The sentence a person reads is made by `locales` from code, value and facts."""

    code: str
    severity: Severity
    place: Place
    value: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def params(self) -> dict[str, str]:
        """The facts by name, with the offending value under `value`."""
        return {"value": self.value, **dict(self.facts)}


REGISTER: dict[str, Code] = {}


def declare(code: str, severity: Severity, *, finds: str, why: str, mend: str) -> Code:
    """Enter a code into the register, beside the check that raises it; a second entry is a programming error."""
    if code in REGISTER:
        raise ValueError(f"problem code {code} is declared twice")
    card = Code(code, severity, finds, why, mend)
    REGISTER[code] = card
    return card


def problem(code: Code, place: Place, value: object = "", /, **facts: object) -> Problem:
    """A problem of this code; facts fill the message of the same code in `locales`, one in several languages as
    `text` and `text@ru`.
    """
    texts = tuple((name, str(fact)) for name, fact in facts.items())
    return Problem(code.code, code.severity, place, str(value), texts)


def nearest(name: str, names: Iterable[str]) -> str:
    """The valid name that looks most like a misspelt one, or '' where none does."""
    known = {n.casefold(): n for n in names}
    found = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.6)
    return known[found[0]] if found else ""


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them stops the work."""
    return any(p.severity is Severity.ERROR for p in problems)

"""What is known of the exports of one program."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from auditkit.tables.folding import fold


def plain(header: str) -> str:
    """A header as it is compared: folded, without the groups before it where its own name is a tool's."""
    folded = fold(header)
    return folded.rpartition("/")[2] if folded.startswith("meta/") else folded


class Dialect(NamedTuple):
    """One program's exports, told by the columns that it adds by itself. Headers are folded."""

    name: str
    """As people call it."""
    known_by: tuple[frozenset[str], ...]
    """Sets of headers; a table that has all of one of them comes from there."""
    visit: tuple[str, ...] = ()
    """What tells a report from all others."""
    start: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    handed_in: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    """Names and addresses of who filled it in: left aside unless a person says otherwise."""
    final: tuple[str, ...] = ()
    """The score that the program itself states."""

    def fits(self, named: Collection[str]) -> bool:
        """Whether a table with these headers comes from there."""
        return any(each <= set(named) for each in self.known_by)


def headers(*names: str) -> frozenset[str]:
    """A set of headers, folded."""
    return frozenset(plain(name) for name in names)

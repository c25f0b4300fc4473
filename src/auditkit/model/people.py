"""Who was at which branch from when to when: a visit belongs to whoever was there that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple


@dataclass(frozen=True)
class Stay:
    """One person's time at one branch; whoever comes back has several."""

    code: str
    branch: str
    from_: date
    to: date | None = None
    """The last day; `None`: still there."""
    name: str = ""
    position: str = ""
    """As the checklists' `positions:` name it, where they know it; a manager has none."""
    language: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    """Every further column of the table."""

    def covers(self, day: date) -> bool:
        """Whether the person was there; first and last day count."""
        return self.from_ <= day and (self.to is None or day <= self.to)


class Span(NamedTuple):
    """Days on which exactly one person was at a branch, the first and the last included."""

    branch: str
    first: date
    last: date
    code: str


@dataclass(frozen=True)
class Stays:
    """The stays of managers, or of staff, in the order of their rows."""

    every: tuple[Stay, ...] = ()

    def at(self, branch: str, day: date) -> tuple[str, ...]:
        """The codes of those who were at a branch on a day, each once."""
        return tuple(dict.fromkeys(stay.code for stay in self._by_branch.get(branch, ()) if stay.covers(day)))

    def only_at(self, branch: str, day: date | None) -> str:
        """The code of the one who was there; '' where nobody or more than one was, or the day is not known."""
        there = self.at(branch, day) if day is not None else ()
        return there[0] if len(there) == 1 else ""

    def of(self, code: str) -> tuple[Stay, ...]:
        """All stays of a person, by date."""
        return self._by_code.get(code, ())

    def spans(self) -> Iterator[Span]:
        """All days on which `only_at` gives a code, by branch and date; no two spans of a branch share a day."""
        for branch, stays in self._by_branch.items():
            starts = sorted({start for stay in stays for start in _turns(stay)})
            for start, following in zip(starts, [*starts[1:], None], strict=True):
                if code := self.only_at(branch, start):
                    yield Span(branch, start, following - timedelta(1) if following else date.max, code)

    @property
    def codes(self) -> tuple[str, ...]:
        """Everybody's code, each once."""
        return tuple(self._by_code)

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody's name, each once, without blanks."""
        return tuple(dict.fromkeys(stay.name for stay in self.every if stay.name))

    @cached_property
    def _by_branch(self) -> dict[str, Sequence[Stay]]:
        found: dict[str, list[Stay]] = defaultdict(list)
        for stay in self.every:
            found[stay.branch].append(stay)
        return dict(found)

    @cached_property
    def _by_code(self) -> dict[str, tuple[Stay, ...]]:
        found: dict[str, list[Stay]] = defaultdict(list)
        for stay in self.every:
            found[stay.code].append(stay)
        return {code: tuple(sorted(stays, key=lambda stay: stay.from_)) for code, stays in found.items()}


NOBODY = Stays()


def _turns(stay: Stay) -> Iterator[date]:
    """The days on which it changes who is there."""
    yield stay.from_
    if stay.to is not None and stay.to < date.max:
        yield stay.to + timedelta(1)

"""How far a wave is: its planned visits, each with what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditkit.model.planning import Planned, Shopper
from auditkit.model.programme import Branch, Wave


class State(StrEnum):
    """Where a planned visit is; the order is the one in which they are listed."""

    ACCEPTED = "accepted"
    HELD = "held"
    RETURNED = "returned"
    PART = "part"
    """Some of its checklists are not reported."""
    NOT_CARRIED_OUT = "not_carried_out"
    EXCLUDED = "excluded"
    OVERDUE = "overdue"
    TO_COME = "to_come"


@dataclass(frozen=True)
class Followed:
    """One planned visit."""

    planned: Planned
    state: State
    files: tuple[str, ...] = ()
    """Its reports that were not set aside."""


@dataclass(frozen=True)
class Status:
    """A wave on a day."""

    wave: Wave
    today: date
    planned: bool
    """There is a plan; else every open branch is visited once."""
    visits: tuple[Followed, ...]
    unplanned: tuple[str, ...]
    """Visits that are reported and not in the plan."""
    unreadable: tuple[str, ...]
    """Files of which nobody knows whose they are."""
    without: tuple[Branch, ...]
    """Branches that are open in the wave and have no accepted report."""
    shoppers: Mapping[str, Shopper]
    branches: Mapping[str, Branch]

    @property
    def days_left(self) -> int:
        """Until the last day of the wave; below 0 it has ended."""
        return (self.wave.to - self.today).days

    def counts(self) -> Counter[State]:
        """Visits by state."""
        return Counter(each.state for each in self.visits)

    def by(self, group: Callable[[Followed], str]) -> dict[str, Counter[State]]:
        """The same for each group, by name; '' where nobody says."""
        found: dict[str, Counter[State]] = defaultdict(Counter)
        for each in self.visits:
            found[group(each)][each.state] += 1
        return dict(sorted(found.items()))

    def shopper(self, each: Followed) -> str:
        """Her code."""
        return each.planned.shopper

    def agency(self, each: Followed) -> str:
        """Of her agency."""
        known = self.shoppers.get(each.planned.shopper)
        return known.agency if known is not None else ""

    def region(self, each: Followed) -> str:
        """Of the branch."""
        known = self.branches.get(each.planned.branch)
        return known.region if known is not None else ""

    @property
    def overdue(self) -> tuple[Planned, ...]:
        """Visits whose report should be there."""
        return tuple(each.planned for each in self.visits if each.state is State.OVERDUE)

    @property
    def groups(self) -> dict[str, dict[str, Counter[State]]]:
        """`all`, `shopper`, `region`, `agency` → group → visits by state; a grouping that nobody says is left out."""
        found = {"all": {"": self.counts()}, "shopper": self.by(self.shopper), "region": self.by(self.region)}
        found["agency"] = self.by(self.agency)
        return {name: groups for name, groups in found.items() if name == "all" or any(groups)}

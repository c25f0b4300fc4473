"""What verifying finds: every published figure beside ours, with the reasons why the two may differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from auditkit.analysis.verify_rules import order_of
from auditkit.intake.columns_published import GRADE, kind_of
from auditkit.model.visit import State
from auditkit.problems import Place

KINDS = ("final", "grade", "sections", "items")
"""What figures are about, in the order in which they are told."""


class Finding(StrEnum):
    """What came of comparing one published figure."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    NOT_CARRIED_OUT = "not_carried_out"
    """The file says so, and our outcome too: there is nothing to score."""
    UNREADABLE = "unreadable"
    """A text that the mapping gives no meaning to."""


@dataclass(frozen=True, slots=True)
class ItemBehind:
    """An item of a figure that disagrees, so that it can be added up by hand."""

    item: str
    state: State
    answer: str
    """As typed."""
    earned: Fraction
    possible: Fraction
    place: Place


@dataclass(frozen=True, slots=True)
class Compared:
    """One published figure beside ours."""

    finding: Finding
    visit_id: str
    branch: str
    checklist: str
    name: str
    """Section id; '' for the visit's score, `@grade` for its grade, `#item` for the points of an answer."""
    place: Place
    published: str
    """As typed; '' is a blank cell."""
    ours: Fraction | None
    """Exact, in the scale of the published figure; `None`: nothing to score."""
    shown: str
    """Ours rounded to the digits of the published figure, or our grade."""
    difference: Fraction | None
    """Ours less published; `None` where one of them is no number."""
    why: tuple[str, ...] = ()
    """Rules under which ours would agree: of `verify_rules.SINGLE`, two together joined by `+`."""
    items: tuple[ItemBehind, ...] = ()
    unread: bool = False
    """An answer behind it could not be read: that comes first, and no rule is looked for."""

    @property
    def kind(self) -> str:
        """Which of `KINDS`."""
        return "grade" if self.name == GRADE else kind_of(self.name)


@dataclass(frozen=True)
class Verification:
    """What became of every published figure of a file or wave."""

    compared: tuple[Compared, ...]
    visits: int
    not_carried_out: int = 0
    """Visits that were not carried out, by the file and its mapping."""

    def count(self, finding: Finding, kind: str | None = None) -> int:
        """How many figures, of all kinds or of one."""
        return self.counted[finding, kind]

    @cached_property
    def counted(self) -> Counter[tuple[Finding, str | None]]:
        """(Finding, kind) → figures; kind `None` is all of them."""
        found: Counter[tuple[Finding, str | None]] = Counter()
        for each in self.compared:
            found[each.finding, None] += 1
            found[each.finding, each.kind] += 1
        return found

    @cached_property
    def disagreeing(self) -> tuple[Compared, ...]:
        """Every figure that differs or cannot be read, in the order of the file."""
        return tuple(each for each in self.compared if each.finding in (Finding.DISAGREES, Finding.UNREADABLE))

    @cached_property
    def explained(self) -> tuple[tuple[str, int], ...]:
        """Rules that together explain most: (rule, differences that would go), each beyond those before it."""
        left = [set(each.why) for each in self.disagreeing if each.why]
        found = []
        while left:
            counts = Counter(rule for rules in left for rule in rules)
            best = min(counts, key=lambda rule: (-counts[rule], order_of(rule)))
            found.append((best, counts[best]))
            left = [rules for rules in left if best not in rules]
        return tuple(found)

    def reason(self, each: Compared) -> str:
        """The one of a figure's rules that explains most of the others too; '' where none was found."""
        return next((rule for rule, _ in self.explained if rule in each.why), "")

    @property
    def agrees(self) -> bool:
        """Whether something was compared and nothing differs."""
        return bool(self.compared) and not self.disagreeing

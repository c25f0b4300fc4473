"""A checklist made ready for scoring: its items in order, its sections as a tree, credits scaled to integers."""

from __future__ import annotations

import weakref
from fractions import Fraction
from math import lcm

from auditkit.model.checklist import Checklist, Section
from auditkit.model.credits import HUNDRED, ONE, ZERO, rules
from auditkit.model.items import DERIVED, AnyItem, Scale, is_scored
from auditkit.model.score import SectionScore, Step
from auditkit.scoring.entries import REMEMBERED, Row, Sum, Units
from auditkit.scoring.grades import ladder


class Part:
    """One section with one pair of sums: worked out once, shared by all visits that have it."""

    __slots__ = ("bit", "bottom", "earned", "possible", "scores", "steps", "top", "value")

    def __init__(self, plan: Plan, node: Node, sums: Sum) -> None:
        self.earned, self.possible = plan.units.split(sums)
        self.value: Fraction | None = None
        self.steps: tuple[Step, ...] = ()
        if self.possible > 0:
            self.value, self.steps = held(plan, node.id, self.earned * 100 / self.possible)
        weighed = node.weight * (self.value or ZERO)
        self.top, self.bottom = weighed.numerator, weighed.denominator
        """Weight × value, as it is summed."""
        self.bit = 0 if self.value is None else 1 << node.place
        self.scores: dict[int, SectionScore] = {}
        """Mask of scored sections → this one's score among them."""


class Parts(dict[Sum, Part]):
    """Sums of a section's items → its part."""

    def __init__(self, plan: Plan, node: Node) -> None:
        super().__init__()
        self.plan, self.node = weakref.proxy(plan), weakref.proxy(node)

    def __missing__(self, sums: Sum) -> Part:
        found = Part(self.plan, self.node, sums)
        if len(self) < REMEMBERED:
            self[sums] = found
        return found


class Node:
    """One section of a plan; its items stand at `first` to `last` of the plan's rows."""

    def __init__(self, section: Section, place: int, parent: int, parent_id: str) -> None:
        self.id = section.id
        self.place = place
        self.parent = parent
        self.parent_id = parent_id
        self.weight = ONE if section.weight is None else Fraction(section.weight)
        self.leaf = not section.sections
        self.children: list[int] = []
        self.first = self.last = 0


class Plan:
    """Everything about a checklist that scoring a visit needs; built once a checklist."""

    def __init__(self, checklist: Checklist) -> None:
        self.percent = checklist.scoring == "percent"
        self.pooled = checklist.pools_items
        self.lower = checklist.direction == "lower_is_better"
        self.below_0, self.over_100 = checklist.below_0, checklist.over_100
        self.start = Fraction(checklist.start) if not self.percent else ZERO
        self.decimals = checklist.decimals
        self.grades = checklist.grades
        self.rows: list[Row] = []
        self.nodes: list[Node] = []
        self.children_first: list[Node] = []
        for section in checklist.sections:
            self._take(section, -1, checklist)
        self.top = [node for node in self.nodes if node.parent < 0]
        self.by_id = {node.id: node for node in self.nodes}
        self.row_of = {row.item.id: row for row in self.rows}
        self.units = _units(self.rows)
        for row in self.rows:
            row.units = self.units
        self.direct = not any(_needs_more(row.item) for row in self.rows) and not any(
            section.applies_when for section in checklist.walk_sections()
        )
        """Whether an answer alone decides its entry: no conditions, positions or derived items."""
        self.lookups = [(row.item.id, row.entries) for row in self.rows]
        self.has_bonus = any(row.item.bonus and row.rules is not None for row in self.rows)
        self.looks_at_items = any(
            grade.each_item_at_most is not None or grade.not_met_at_most for grade in checklist.grades
        )
        """Whether a grade has limits beyond critical failures and sections."""
        self.looks_at_sections = any(
            grade.each_section_at_least is not None or grade.each_section_at_most is not None
            for grade in checklist.grades
        )
        self.nested = any(not node.leaf for node in self.nodes)
        self.spans = [(slice(node.first, node.last), Parts(self, node)) for node in self.nodes]
        self.rungs = ladder(checklist.grades)
        self.weights: dict[int, Fraction] = {}
        self.shares: dict[int, tuple[Fraction, ...]] = {}

    def _take(self, section: Section, parent: int, checklist: Checklist) -> None:
        node = Node(section, len(self.nodes), parent, self.nodes[parent].id if parent >= 0 else "")
        self.nodes.append(node)
        if parent >= 0:
            self.nodes[parent].children.append(node.place)
        node.first = len(self.rows)
        for item in section.items:
            self.rows.append(Row(item, section.id, rules(item, checklist), checklist))
        for child in section.sections:
            self._take(child, node.place, checklist)
        node.last = len(self.rows)
        self.children_first.append(node)


def held(plan: Plan, where: str, value: Fraction) -> tuple[Fraction, tuple[Step, ...]]:
    """A percentage held to 0..100, unless the checklist lets it go beyond; points are never held."""
    if not plan.percent:
        return value, ()
    if value < 0 and not plan.below_0:
        return ZERO, (Step("hold_0", where, value, ZERO, ""),)
    if value > 100 and not plan.over_100:
        return HUNDRED, (Step("hold_100", where, value, HUNDRED, ""),)
    return value, ()


def _needs_more(item: AnyItem) -> bool:
    return item.applies_when is not None or bool(item.for_) or (item.kind in DERIVED and is_scored(item))


def _units(rows: list[Row]) -> Units:
    """Units that make weighted credits whole, and room enough for the sum of all items, earned or possible."""
    scale, room = 1, ONE
    for row in rows:
        if row.rules is not None:
            credits_of = [row.rules.best, row.rules.worst, *_steps(row.item)]
            scale = lcm(scale, *((row.weight * credit).denominator for credit in credits_of))
            room += row.weight * max(map(abs, credits_of))
    return Units(scale, int(room * scale).bit_length() + 2)


def _steps(item: AnyItem) -> list[Fraction]:
    """Credits that answers to an item can have; of a scale, the size of its steps."""
    if isinstance(item, Scale):
        return [Fraction(1, max(1, item.max - item.min)), *map(Fraction, (item.credits or {}).values())]
    return [Fraction(part.credit) for part in (*getattr(item, "options", ()), *getattr(item, "bands", ()))]


_PLANS: dict[int, tuple[weakref.ref[Checklist], Plan]] = {}


def plan_of(checklist: Checklist) -> Plan:
    """The plan of a checklist, kept as long as the checklist lives."""
    # By identity and outside the record: a plan must not be copied or sent to another process with its checklist.
    key = id(checklist)
    known = _PLANS.get(key)
    if known is not None and known[0]() is checklist:
        return known[1]
    built = Plan(checklist)
    _PLANS[key] = (weakref.ref(checklist, lambda _: _PLANS.pop(key, None)), built)
    return built

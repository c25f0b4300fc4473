"""The sums of a visit once more, straight from section 3 of the specification, with plain fractions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from .oracle_credits import Data, Item, ends, lower, number, points, weight

Log = list[tuple[str, str, Fraction, Fraction, str]]
"""What moved a score: step, section ('' for the visit), before, after, item."""


def walk(sections: list[Data]) -> Iterator[Data]:
    for section in sections:
        yield section
        yield from walk(section.get("sections", []))


def pools(doc: Data) -> bool:
    if "rollup" in doc:
        return bool(doc["rollup"] == "items")
    return not any("weight" in section for section in walk(doc["sections"]))


def earned(item: Item) -> Fraction:
    return Fraction(0) if item.credit is None else weight(item.data) * item.credit


def possible(item: Item, doc: Data, which: int = 1) -> Fraction:
    """Best (1) or worst (0) weighted credit; nothing for a bonus and for what is out."""
    if item.credit is None or item.data.get("bonus"):
        return Fraction(0)
    return weight(item.data) * ends(item.data, doc)[which]


class Visit:
    """The sums of one visit, step by step as the specification numbers them."""

    def __init__(self, doc: Data, items: dict[str, Item]) -> None:
        self.doc = doc
        self.items = items
        self.log: Log = []
        self.sections: dict[str, Fraction | None] = {}

    def of(self, section: str) -> list[Item]:
        return [item for item in self.items.values() if item.section == section]

    def acting(self, name: str, section: str | None = None) -> list[tuple[str, Any]]:
        return [
            (id_, amount)
            for id_, item in self.items.items()
            for effect, amount, _ in item.effects
            if effect == name and section in (None, item.section)
        ]

    def hold(self, value: Fraction, where: str) -> Fraction:
        if value < 0 and not self.doc.get("below_0"):
            return self.moved("hold_0", where, value, Fraction(0), "")
        if value > 100 and not self.doc.get("over_100"):
            return self.moved("hold_100", where, value, Fraction(100), "")
        return value

    def moved(self, what: str, where: str, before: Fraction, after: Fraction, item: str) -> Fraction:
        self.log.append((what, where, before, after, item))
        return after

    def lowered(self, value: Fraction, where: str, cap: str, zero: str) -> Fraction:
        section = where or None
        for item, amount in sorted(self.acting(cap, section), key=lambda act: number(act[1]))[:1]:
            value = self.moved(cap, where, value, min(value, number(amount)), item)
        for item, _ in self.acting(zero, section)[:1]:
            value = self.moved(zero, where, value, min(value, Fraction(0)), item)
        return value

    def section(self, data: Data) -> Fraction | None:
        """Steps 1 to 3 of one section, its children first."""
        children = [(number(child.get("weight", 1)), self.section(child)) for child in data.get("sections", [])]
        value = mean(children)
        if not children or pools(self.doc):
            below = [item for inner in walk([data]) for item in self.of(inner["id"])]
            whole = sum(possible(item, self.doc) for item in below)
            value = sum(map(earned, below)) * Fraction(100) / whole if whole > 0 else None
        if value is not None:
            value = self.hold(value, data["id"])
            value = self.lowered(value, data["id"], "cap_section", "zero_section")
        self.sections[data["id"]] = value
        return value

    def percent(self) -> Fraction | None:
        tops = [(number(top.get("weight", 1)), self.section(top)) for top in self.doc["sections"]]
        if not pools(self.doc):
            value = mean(tops)
        else:
            whole = sum(possible(item, self.doc) for item in self.items.values())
            value = sum(map(earned, self.items.values())) * Fraction(100) / whole if whole > 0 else None
        return None if value is None else self.hold(value, "")

    def points_of(self, data: Data) -> Fraction:
        """What effects took from a section and from within it; its points are what all its items earned, less that."""
        taken = sum((self.points_of(child) for child in data.get("sections", [])), Fraction(0))
        below = [item for inner in walk([data]) for item in self.of(inner["id"])]
        self.sections[data["id"]] = None
        if any(self.weighs(item) or (item.data.get("bonus") and item.credit is not None) for item in below):
            before = sum(map(earned, below), Fraction(0)) - taken
            after = self.lowered(before, data["id"], "cap_section", "zero_section")
            self.sections[data["id"]] = after
            taken += before - after
        return taken

    def weighs(self, item: Item) -> bool:
        return any(possible(item, self.doc, which) for which in (0, 1))

    def total(self) -> Fraction | None:
        taken = sum((self.points_of(top) for top in self.doc["sections"]), Fraction(0))
        if not any(map(self.weighs, self.items.values())):
            return None
        return number(self.doc.get("start", 0)) + sum(map(earned, self.items.values()), Fraction(0)) - taken

    def after_effects(self, value: Fraction) -> Fraction:
        """Step 6."""
        for item, amount in self.acting("deduct"):
            sign = 1 if lower(self.doc) else -1
            value = self.moved("deduct", "", value, value + sign * number(amount), item)
        if value < 0 and not points(self.doc):
            value = self.hold(value, "")
        return self.lowered(value, "", "cap_visit", "zero_visit")


def mean(children: list[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    scored = [(w, value) for w, value in children if value is not None]
    whole = sum((w for w, _ in scored), Fraction(0))
    return sum((w * value for w, value in scored), Fraction(0)) / whole if whole else None


def share(doc: Data, one: Visit, section: str) -> Fraction:
    """A section's part of the visit: its weight among scored siblings, times that of what stands around it."""

    def within(siblings: list[Data]) -> Fraction | None:
        weights = {s["id"]: number(s.get("weight", 1)) for s in siblings if one.sections[s["id"]] is not None}
        for sibling in siblings:
            inner = Fraction(1) if sibling["id"] == section else within(sibling.get("sections", []))
            if inner is not None:
                return inner * weights.get(sibling["id"], 0) / (sum(weights.values()) or 1)
        return None

    return within(doc["sections"]) or Fraction(0)


def points_lost(doc: Data, one: Visit) -> dict[str, Fraction]:
    found = {}
    for id_, item in one.items.items():
        if item.credit is None or item.data.get("bonus"):
            continue
        gap = abs(possible(item, doc) - earned(item))
        if not points(doc) and pools(doc):
            gap *= 100 / sum((possible(each, doc) for each in one.items.values()), Fraction(0))
        elif not points(doc):
            whole = sum(possible(each, doc) for each in one.of(item.section))
            gap = share(doc, one, item.section) * gap / whole * 100 if whole > 0 else Fraction(0)
        found[id_] = gap
    return found

"""Other rules that agencies reckon by: checklists under them, and what a reader would write to have them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from auditkit.model.checklist import Checklist, Section
from auditkit.model.items import AnyItem, is_scored
from auditkit.model.judging import Unscored
from auditkit.model.score import VisitScore
from auditkit.model.visit import NOT_ASKED, Submission

Change = Callable[[Checklist], Checklist]
Score = Callable[[Checklist, Submission], VisitScore]


def _items(checklist: Checklist, **update: Any) -> Checklist:
    def section(own: Section) -> Section:
        items = tuple(item.model_copy(update=_fitting(item, update)) for item in own.items)
        return own.model_copy(update={"items": items, "sections": tuple(map(section, own.sections))})

    return _anew(checklist, sections=tuple(map(section, checklist.sections)))


def _fitting(item: AnyItem, update: Mapping[str, Any]) -> dict[str, Any]:
    return dict(update) if is_scored(item) else {}


def _anew(checklist: Checklist, **update: Any) -> Checklist:
    copy = checklist.model_copy(update=update)
    for remembered in ("items_by_id", "numbers"):
        copy.__dict__.pop(remembered, None)
    return copy


def _without(checklist: Checklist, item: str) -> Checklist:
    """The checklist with an item of weight 0."""

    def section(own: Section) -> Section:
        items = tuple(
            each.model_copy(update={"weight": Decimal(0)}) if each.id == item and is_scored(each) else each
            for each in own.items
        )
        return own.model_copy(update={"items": items, "sections": tuple(map(section, own.sections))})

    return _anew(checklist, sections=tuple(map(section, checklist.sections)))


def _weights(checklist: Checklist, weight: Decimal | None) -> Checklist:
    def section(own: Section) -> Section:
        return own.model_copy(update={"weight": weight, "sections": tuple(map(section, own.sections))})

    rollup = "items" if weight is None else "sections"
    return _anew(checklist, rollup=rollup, sections=tuple(map(section, checklist.sections)))


ONE = Decimal(1)
CHANGES: Mapping[str, Change] = {
    "not_applicable_zero": lambda c: _items(c, not_applicable=True, when_not_applicable=Unscored.ZERO),
    "not_applicable_full": lambda c: _items(c, not_applicable=True, when_not_applicable=Unscored.FULL),
    "not_observed_zero": lambda c: _items(c, not_observed=True, when_not_observed=Unscored.ZERO),
    "not_observed_full": lambda c: _items(c, not_observed=True, when_not_observed=Unscored.FULL),
    "all_unanswered_zero": lambda c: _items(
        c,
        not_applicable=True,
        not_observed=True,
        when_not_applicable=Unscored.ZERO,
        when_not_observed=Unscored.ZERO,
    ),
    "rollup_items": lambda c: _weights(c, None),
    "sections_equal": lambda c: _weights(c, ONE),
    "item_weights_equal": lambda c: _items(c, weight=ONE),
    "without_critical": lambda c: _items(c, critical=()),
    "without_bonus": lambda c: _items(c, bonus=False),
}
"""Rule → the checklist under it."""

SINGLE = (
    "as_fraction",
    "as_percent",
    "without_most",
    "rounded_2",
    "rounded_1",
    "rounded_0",
    *CHANGES,
    "not_asked_zero",
    "unscored_sections_zero",
    "unscored_sections_full",
    "from_published_sections",
    "follows_sections",
    "cut_off_2",
    "cut_off_1",
    "cut_off_0",
)
"""Every rule that is tried, in the order in which reasons are given; two together are joined by `+`."""

HOW: Mapping[str, tuple[str, str]] = {
    "not_applicable_zero": ("checklist", "when_not_applicable: zero"),
    "not_applicable_full": ("checklist", "when_not_applicable: full"),
    "not_observed_zero": ("checklist", "when_not_observed: zero"),
    "not_observed_full": ("checklist", "when_not_observed: full"),
    "all_unanswered_zero": ("checklist", "when_not_applicable: zero, when_not_observed: zero"),
    "rollup_items": ("checklist", "rollup: items"),
    "without_critical": ("checklist", "critical: flag"),
    "without_bonus": ("checklist", "bonus: false"),
    "from_published_sections": ("mapping", "final_from: sections"),
    "as_fraction": ("mapping", "scale: fraction"),
    "as_percent": ("mapping", "scale: percent"),
    "without_most": ("mapping", "most: not_compared"),
    **{f"rounded_{digits}": ("mapping", f"decimals: {digits}") for digits in range(3)},
    **{f"cut_off_{digits}": ("mapping", f"decimals: {digits}, rounding: down") for digits in range(3)},
}
"""Rule → where it would be said, and how; the others are said in the definition's weights or nowhere."""


WITHOUT = "without_item:"
"""Begins a rule that leaves one item out of the sums; its id follows."""


def order_of(rule: str) -> tuple[int | str, ...]:
    """Single rules before two together, each in the order of `SINGLE`; those that leave an item out come last."""
    parts = rule.split("+")
    known = [SINGLE.index(part) if part in SINGLE else len(SINGLE) for part in parts]
    return (len(parts), *known, rule)


_CHANGED: dict[tuple[int, str], tuple[Checklist, Checklist]] = {}


def changed(checklist: Checklist, rule: str) -> Checklist:
    """The checklist under a rule of `CHANGES`, or two joined by `+`; '' is the checklist itself.

    Kept, since a wave that disagrees is rescored thousands of times under the same few rules.
    """
    if not rule:
        return checklist
    known = _CHANGED.get((id(checklist), rule))
    if known is not None and known[0] is checklist:
        return known[1]
    made = checklist
    for each in rule.split("+"):
        made = _without(made, each.removeprefix(WITHOUT)) if each.startswith(WITHOUT) else CHANGES[each](made)
    if len(_CHANGED) > 500:
        _CHANGED.clear()
    _CHANGED[id(checklist), rule] = (checklist, made)
    return made


class Rescored:
    """One visit under other rules; each is worked out when first asked for."""

    def __init__(self, checklist: Checklist, submission: Submission, score: Score) -> None:
        self.checklist, self.submission, self.score = checklist, submission, score
        self._known: dict[str, VisitScore] = {}

    def under(self, rule: str) -> VisitScore:
        """The visit's score under a rule of `CHANGES`, or two joined by `+`; '' is the checklist's own."""
        if rule not in self._known:
            self._known[rule] = self.score(changed(self.checklist, rule), self.submission)
        return self._known[rule]

    def as_zero(self) -> VisitScore:
        """The visit with items that its form did not have counted as not met."""
        if "not_asked_zero" not in self._known:
            answers = {
                name: "not_applicable" if answer == NOT_ASKED else answer
                for name, answer in self.submission.answers.items()
            }
            seen = self.submission.model_copy(update={"answers": answers})
            self._known["not_asked_zero"] = self.score(changed(self.checklist, "not_applicable_zero"), seen)
        return self._known["not_asked_zero"]


def mean_of(values: Mapping[str, Fraction | None], weights: Mapping[str, Fraction]) -> Fraction | None:
    """The weighted mean over what is scored."""
    known = [(value, weights[name]) for name, value in values.items() if value is not None and name in weights]
    total = sum((weight for _, weight in known), Fraction(0))
    return sum((value * weight for value, weight in known), Fraction(0)) / total if total else None


def section_weights(checklist: Checklist) -> dict[str, Fraction]:
    """The weights of the top-level sections; each weighs the same where none says otherwise."""
    return {each.id: Fraction(ONE if each.weight is None else each.weight) for each in checklist.sections}

"""Other rules that agencies reckon by, tried on what disagrees, so that a difference comes with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from auditkit.analysis.verify_stated import ours_in, stated
from auditkit.intake.columns_published import FINAL
from auditkit.model.checklist import Checklist, Section
from auditkit.model.columns import Published
from auditkit.model.items import AnyItem, Unscored, is_scored
from auditkit.model.score import VisitScore
from auditkit.model.visit import NOT_ASKED, Submission

Change = Callable[[Checklist], Checklist]


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

RULES = (
    *CHANGES,
    "not_asked_zero",
    "unscored_sections_zero",
    "unscored_sections_full",
    "from_published_sections",
    "rounded_1",
    "rounded_0",
    "cut_off",
    "typing_of_percent",
)
"""Every rule that is tried, in the order in which reasons are given."""


class Rescored:
    """One visit under other rules; each is worked out when first asked for."""

    def __init__(
        self,
        checklist: Checklist,
        submission: Submission,
        published: Published,
        score: Callable[[Checklist, Submission], VisitScore],
    ) -> None:
        self.checklist, self.submission, self.published, self.score = checklist, submission, published, score
        self._known: dict[str, VisitScore] = {}

    def under(self, rule: str) -> VisitScore:
        """The visit's score under a rule of `CHANGES`; '' is the checklist's own."""
        if rule not in self._known:
            changed = _changed(self.checklist, rule)
            self._known[rule] = self.score(changed, self.submission)
        return self._known[rule]

    def as_zero(self) -> VisitScore:
        """The visit with items that its form did not have counted as not met."""
        if "not_asked_zero" not in self._known:
            answers = {
                name: "not_applicable" if answer == NOT_ASKED else answer
                for name, answer in self.submission.answers.items()
            }
            changed = _changed(self.checklist, "not_applicable_zero")
            seen = self.submission.model_copy(update={"answers": answers})
            self._known["not_asked_zero"] = self.score(changed, seen)
        return self._known["not_asked_zero"]


_CHANGED: dict[tuple[int, str], tuple[Checklist, Checklist]] = {}


def _changed(checklist: Checklist, rule: str) -> Checklist:
    """Kept, since a wave that disagrees is rescored thousands of times under the same few rules."""
    if not rule:
        return checklist
    known = _CHANGED.get((id(checklist), rule))
    if known is not None and known[0] is checklist:
        return known[1]
    changed = CHANGES[rule](checklist)
    if len(_CHANGED) > 500:
        _CHANGED.clear()
    _CHANGED[id(checklist), rule] = (checklist, changed)
    return changed


def explained_by(
    section: str, typed: str, ours: Fraction | None, submission: Submission, rescored: Rescored
) -> tuple[str, ...]:
    """The rules under which our figure would agree with the published one."""
    said = stated(typed, rescored.published)
    if said.value is None:
        return ()
    tolerance = Fraction(rescored.published.tolerance)

    def agrees(figure: Fraction | None) -> bool:
        return figure is not None and said.value is not None and abs(figure - said.value) <= tolerance

    found = [rule for rule in CHANGES if agrees(_ours(section, rescored.under(rule), rescored))]
    if NOT_ASKED in submission.answers.values() and agrees(_ours(section, rescored.as_zero(), rescored)):
        found.append("not_asked_zero")
    if section == FINAL:
        found += [rule for rule, figure in _finals(submission, rescored) if agrees(figure)]
    found += [rule for rule, figure in _rounded(ours) if figure == said.value]
    if ours is not None and (agrees(ours / 100) or agrees(ours * 100)):
        found.append("typing_of_percent")
    return tuple(rule for rule in RULES if rule in found)


def _ours(section: str, result: VisitScore, rescored: Rescored) -> Fraction | None:
    return ours_in(section, result, rescored.checklist, rescored.published)


def _finals(submission: Submission, rescored: Rescored) -> list[tuple[str, Fraction | None]]:
    """Finals made of section figures in other ways; only where sections are weighed."""
    if rescored.checklist.pools_items or rescored.checklist.scoring == "points":
        return []
    result = rescored.under("")
    ours = {each.section: each.score for each in result.sections if not each.parent}
    weights = {each.id: Fraction(ONE if each.weight is None else each.weight) for each in rescored.checklist.sections}
    published = {name: stated(typed, rescored.published).value for name, typed in submission.published.items() if name}
    scale = Fraction(1, 100) if rescored.published.scale == "fraction" else Fraction(1)
    zero = {name: value or Fraction(0) for name, value in ours.items()}
    full = {name: Fraction(100) if value is None else value for name, value in ours.items()}
    return [
        ("unscored_sections_zero", _times(_mean(zero, weights), scale)),
        ("unscored_sections_full", _times(_mean(full, weights), scale)),
        ("from_published_sections", _mean(published, weights)),
    ]


def _times(value: Fraction | None, factor: Fraction) -> Fraction | None:
    return None if value is None else value * factor


def _mean(values: Mapping[str, Fraction | None], weights: Mapping[str, Fraction]) -> Fraction | None:
    known = [(value, weights[name]) for name, value in values.items() if value is not None and name in weights]
    total = sum((weight for _, weight in known), Fraction(0))
    return sum((value * weight for value, weight in known), Fraction(0)) / total if total else None


def _rounded(ours: Fraction | None) -> list[tuple[str, Fraction]]:
    if ours is None:
        return []
    exact = Decimal(ours.numerator) / Decimal(ours.denominator)
    return [
        ("rounded_1", Fraction(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))),
        ("rounded_0", Fraction(exact.quantize(Decimal(1), ROUND_HALF_UP))),
        ("cut_off", Fraction(exact.quantize(Decimal("0.1"), ROUND_DOWN))),
        ("cut_off", Fraction(exact.quantize(Decimal(1), ROUND_DOWN))),
    ]

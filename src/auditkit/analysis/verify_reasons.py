"""Why a published figure may differ from ours: the rules, alone or two together, under which the two would agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from auditkit.analysis.verify_rules import CHANGES, SINGLE, WITHOUT, Rescored, mean_of, order_of, section_weights
from auditkit.analysis.verify_stated import ZERO, Stated, agree, fits_rounded, ours_in, stated
from auditkit.intake.columns_published import FINAL, GRADE, item_of, kind_of
from auditkit.model.checklist import Checklist
from auditkit.model.published import Published, Written
from auditkit.model.score import VisitScore
from auditkit.model.visit import NOT_ASKED, Submission

_TRIED = 40
"""Figures on which every item and all pairs of rules are tried; after them only what explained one."""


OF_FINALS = ("unscored_sections_zero", "unscored_sections_full", "from_published_sections")
OF_WRITING = frozenset(each for each in SINGLE if each.startswith(("as_", "rounded_", "cut_off_")))


class Figure(NamedTuple):
    """A figure that disagrees."""

    name: str
    said: Stated
    ours: Fraction | None
    written: Written


class Reasons:
    """Finds reasons, figure by figure, and remembers which of the many are worth trying."""

    def __init__(self) -> None:
        self.left = _TRIED
        self.known: dict[str, None] = {}

    def of(self, figure: Figure, rescored: Rescored, published: Published, items: Sequence[str]) -> tuple[str, ...]:
        """Every rule under which ours would agree, single ones where there are any; `items`: behind the figure."""
        if figure.said.value is None:
            return ()
        if figure.ours is not None and agree(figure.ours, figure.said, figure.written):
            return ("without_most",)
        found = list(_single(figure, rescored, published)) or list(self._tried(figure, rescored, items))
        return tuple(sorted(dict.fromkeys(found), key=order_of))

    def _tried(self, figure: Figure, rescored: Rescored, items: Sequence[str]) -> Iterator[str]:
        """One item left out, or two rules together: on the first figures all of them, then those that explained one."""
        tried: Iterable[str] = self.known
        if self.left > 0:
            self.left -= 1
            pairs = ["+".join(pair) for pair in combinations(CHANGES, 2)]
            tried = dict.fromkeys([*self.known, *(f"{WITHOUT}{item}" for item in items), *pairs])
        for rule in tried:
            value = ours_in(figure.name, rescored.under(rule), rescored.checklist, figure.written)
            if value is not None and value != figure.ours and agree(value, figure.said, figure.written):
                self.known[rule] = None
                yield rule


def _single(figure: Figure, rescored: Rescored, published: Published) -> Iterator[str]:
    yield from _of_writing(figure.ours, figure)
    rounded = []
    for rule, value in _figures(figure, rescored, published):
        if value is None or value == figure.ours:
            continue
        if agree(value, figure.said, figure.written):
            yield rule
        else:
            rounded += [f"{rule}+{how}" for how in _of_writing(value, figure)]
    yield from rounded


def _of_writing(value: Fraction | None, figure: Figure) -> Iterator[str]:
    """Rules of how a figure is written down, under which this one agrees."""
    if value is None:
        return
    said = figure.said
    if agree(value / 100, said, figure.written):
        yield "as_fraction"
    if agree(value * 100, said, figure.written):
        yield "as_percent"
    for digits in (2, 1, 0):
        if fits_rounded(value, said, digits, "nearest"):
            yield f"rounded_{digits}"
        if fits_rounded(value, said, digits, "down"):
            yield f"cut_off_{digits}"


def _figures(figure: Figure, rescored: Rescored, published: Published) -> Iterator[tuple[str, Fraction | None]]:
    """Our figure under every single rule of reckoning."""
    name, written, checklist = figure.name, figure.written, rescored.checklist
    for rule in CHANGES:
        yield rule, ours_in(name, rescored.under(rule), checklist, written)
    if NOT_ASKED in rescored.submission.answers.values():
        yield "not_asked_zero", ours_in(name, rescored.as_zero(), checklist, written)
    if name == FINAL and written.scale != "points":
        yield from _finals(rescored, published, written)


def agrees_under(rule: str, figure: Figure, rescored: Rescored, published: Published) -> bool:
    """Whether a figure agrees under a rule, or two together."""
    parts = rule.split("+")
    changes = [each for each in parts if each in CHANGES or each.startswith(WITHOUT)]
    value = figure.ours
    if changes:
        value = ours_in(figure.name, rescored.under("+".join(changes)), rescored.checklist, figure.written)
    elif "not_asked_zero" in parts:
        value = ours_in(figure.name, rescored.as_zero(), rescored.checklist, figure.written)
    elif parts[0] in OF_FINALS:
        value = dict(_finals(rescored, published, figure.written)).get(parts[0]) if figure.name == FINAL else value
    if value is None:
        return False
    written = [each for each in parts if each in OF_WRITING]
    if not written:
        return agree(value, figure.said, figure.written)
    return all(each in _of_writing(value, figure) for each in written)


def _finals(rescored: Rescored, published: Published, written: Written) -> Iterator[tuple[str, Fraction | None]]:
    """Finals made of section figures in other ways."""
    checklist, result = rescored.checklist, rescored.under("")
    if checklist.scoring == "points":
        return
    scale = Fraction(1, 100) if written.scale == "fraction" else Fraction(1)
    if not checklist.pools_items:
        ours = {each.section: each.score for each in result.sections if not each.parent}
        weights = section_weights(checklist)
        for rule, instead in (("unscored_sections_zero", ZERO), ("unscored_sections_full", Fraction(100))):
            mean = mean_of({name: instead if value is None else value for name, value in ours.items()}, weights)
            yield rule, None if mean is None else mean * scale
    yield "from_published_sections", final_of_sections(rescored.submission, checklist, result, published, written)


def final_of_sections(
    submission: Submission, checklist: Checklist, result: VisitScore, published: Published, written: Written
) -> Fraction | None:
    """The visit's score as the weighted mean of the section figures that the file states, with our effects on it."""
    manner = published.written("sections", in_points=checklist.scoring == "points")
    values = {
        name: stated(typed, manner).value
        for name, typed in submission.published.items()
        if kind_of(name) == "sections" and name != GRADE and not item_of(name)
    }
    weights = section_weights(checklist)
    if manner.scale == "points":
        known = [value for name, value in values.items() if value is not None and name in weights]
        return sum(known, ZERO) if known and written.scale == "points" else None
    mean = mean_of(values, weights)
    if mean is None:
        return None
    percent = mean * 100 if manner.scale == "fraction" else mean
    for step in result.steps:
        if step.where == FINAL:
            percent = _moved(step.what, percent, step.before, step.after)
    return percent / 100 if written.scale == "fraction" else percent


def _moved(what: str, value: Fraction, before: Fraction, after: Fraction) -> Fraction:
    """A score after an effect that moved ours from one value to another."""
    if what == "deduct":
        return max(ZERO, value - (before - after))
    if what in ("zero_visit", "unreached"):
        return after
    return min(value, after) if what == "cap_visit" else value

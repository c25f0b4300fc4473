"""Why a published figure may differ from ours: the rules, alone or two together, under which the two would agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from auditkit.analysis.verify_rules import CHANGES, Rescored, mean_of, order_of, section_weights
from auditkit.analysis.verify_stated import ZERO, Stated, agree, fits_rounded, ours_in, stated
from auditkit.intake.columns_published import FINAL, GRADE, item_of, kind_of
from auditkit.model.checklist import Checklist
from auditkit.model.published import Published, Written
from auditkit.model.score import VisitScore
from auditkit.model.visit import NOT_ASKED, Submission

_TRIED_IN_PAIRS = 40
"""Figures on which all pairs of rules are tried; after them only the pairs that explained one."""


class Figure(NamedTuple):
    """A figure that disagrees."""

    name: str
    said: Stated
    ours: Fraction | None
    written: Written


class Reasons:
    """Finds reasons, figure by figure, and remembers which pairs of rules are worth trying."""

    def __init__(self) -> None:
        self.left = _TRIED_IN_PAIRS
        self.pairs: dict[str, None] = {}

    def of(self, figure: Figure, rescored: Rescored, published: Published) -> tuple[str, ...]:
        """Every rule under which ours would agree, single ones where there are any."""
        if figure.said.value is None:
            return ()
        if figure.ours is not None and agree(figure.ours, figure.said, figure.written):
            return ("without_most",)
        found = list(_single(figure, rescored, published)) or list(self._in_pairs(figure, rescored))
        return tuple(sorted(dict.fromkeys(found), key=order_of))

    def _in_pairs(self, figure: Figure, rescored: Rescored) -> Iterator[str]:
        tried: Iterable[str] = self.pairs
        if self.left > 0:
            self.left -= 1
            tried = ["+".join(pair) for pair in combinations(CHANGES, 2)]
        for rule in tried:
            value = ours_in(figure.name, rescored.under(rule), rescored.checklist, figure.written)
            if value is not None and agree(value, figure.said, figure.written):
                self.pairs[rule] = None
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
    if value and (agree(value / 100, said, figure.written) or agree(value * 100, said, figure.written)):
        yield "typing_of_percent"
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

"""Rules over weights: no single answer, and no impression, decides what a visit comes to."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from auditkit.definitions.evidence import Evidence, Spot
from auditkit.definitions.lint.critical import is_critical
from auditkit.definitions.lint.rules import Remark, rule
from auditkit.definitions.lint.wording import judgement_in
from auditkit.model.items import Scale, YesNo
from auditkit.model.shares import Shares, shares

FEW = 10
"""With fewer scored items than this every one of them weighs much, and nothing is said of it."""
HEAVIEST = Fraction(15, 100)
LIGHTEST = Fraction(5, 1000)
MOST_JUDGED = Fraction(20, 100)


@rule("D340")
def too_heavy(evidence: Evidence) -> Iterator[Remark]:
    """One item, not critical, on which more than 15 % of the result hangs.

    The result says little but how this one answer fell; a single slip moves a branch by two levels.

    Lower its `weight:` or its section's, split it, or make it `critical:` if it is to decide.
    """
    found = _shares(evidence)
    for spot in evidence.scored:
        share = found.get(spot.item.id, Fraction(0))
        if share > HEAVIEST and not is_critical(spot.item):
            yield Remark((*spot.path, "weight"), _percent(share), (("item", spot.item.id), ("most", "15")))


@rule("D341")
def keyed_alike(evidence: Evidence) -> Iterator[Remark]:
    """At least eight yes/no questions, and to every one of them the same answer is the good one.

    Whoever ticks 'yes' down the page without reading gets a full result; it cannot be told from a perfect visit.

    Turn one or two round (`inverted: true`): 'Was the customer interrupted?'.
    """
    asked = [spot.item for spot in evidence.scored if isinstance(spot.item, YesNo)]
    if len(asked) >= FEW - 2 and len({item.inverted for item in asked}) == 1:
        yield Remark(("sections",), str(len(asked)))


@rule("D342")
def mostly_judged(evidence: Evidence) -> Iterator[Remark]:
    """Questions of impression (a word of judgement in the question, a scale without words) that are together more than
    20 % of the result.

    Two observers of the same visit would come to different results.

    Ask for what is done or said instead, or give the steps of the scale their words under `labels:`.
    """
    found = _shares(evidence)
    judged = [spot for spot in evidence.scored if _is_judged(evidence, spot)]
    whole = sum((found.get(spot.item.id, Fraction(0)) for spot in judged), Fraction(0))
    if whole > MOST_JUDGED:
        named = ", ".join(spot.item.id for spot in judged)
        yield Remark(("sections",), _percent(whole), (("items", named), ("most", "20")))


@rule("D343")
def counts_nothing(evidence: Evidence) -> Iterator[Remark]:
    """A scored item with `weight: 0` that is not critical either.

    It is asked, answered and printed as a criterion, and changes nothing.

    Give it a weight, make it `critical:`, or say that it is only recorded: `scored: false`.
    """
    for spot in evidence.scored:
        if not spot.item.weight and not is_critical(spot.item):
            yield Remark((*spot.path, "weight"), spot.item.id)


@rule("D344")
def section_of_nothing(evidence: Evidence) -> Iterator[Remark]:
    """A section on which less than 0.5 % of the result hangs.

    Its score is reported and trained for as if it mattered, and cannot move the result by a digit.

    Give it a weight that is meant, or join it with another section.
    """
    found = _shares(evidence)
    for section, path in evidence.sections:
        share = found.get("/" + section.id)
        if share is not None and share < LIGHTEST:
            yield Remark((*path, "weight"), section.id, (("share", _percent(share)),))


def _shares(evidence: Evidence) -> Shares:
    """Empty where points are added up, and where there are few items."""
    if evidence.checklist.scoring != "percent" or sum(1 for _ in evidence.scored) < FEW:
        return {}
    return shares(evidence.checklist)


def _is_judged(evidence: Evidence, spot: Spot) -> bool:
    item = spot.item
    if isinstance(item, Scale):
        return not item.labels
    return isinstance(item, YesNo) and judgement_in(evidence, item) is not None


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.3g}"


RULES = (too_heavy, keyed_alike, mostly_judged, counts_nothing, section_of_nothing)

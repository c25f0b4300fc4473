"""Rules over what a checklist is made of: its length, its sources, and numbers that can be read."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definitions.evidence import Evidence
from auditkit.definitions.lint.rules import Remark, rule
from auditkit.model.items import NumberItem, is_scored

MOST = 40
"""More scored items than this are not remembered through a visit."""


@rule("D320")
def no_source(evidence: Evidence) -> Iterator[Remark]:
    """A scored item that does not say which row of the standard it comes from.

    When a branch asks 'who says so?', there is no answer.

    Add `source:` with the row, or the company's own rule.
    """
    for spot in evidence.scored:
        if not spot.item.source:
            yield Remark((*spot.path, "id"), spot.item.id)


@rule("D321")
def too_long(evidence: Evidence) -> Iterator[Remark]:
    """A checklist with more than 40 scored items.

    A shopper fills the form from memory; what comes after the fortieth question is invention.

    Join questions that belong together into `multi` items, or make two checklists.
    """
    count = sum(is_scored(spot.item) for spot in evidence.spots)
    if count > MOST:
        yield Remark(("sections",), str(count), (("most", str(MOST)),))


@rule("D322")
def bare_bands(evidence: Evidence) -> Iterator[Remark]:
    """A band that grades its finding (severity or critical effect) without a text.

    The report would say that 7 was answered, not what is wrong with 7.

    Add `text:` to the band: 'picked up after the fifth ring'.
    """
    for spot in evidence.spots:
        if isinstance(spot.item, NumberItem):
            for at, band in enumerate(spot.item.bands):
                if (band.severity is not None or band.critical) and band.text is None:
                    yield Remark((*spot.path, "bands", at), spot.item.id, (("band", str(band.up_to or "…")),))


@rule("D323")
def no_dimension(evidence: Evidence) -> Iterator[Remark]:
    """A scored item without a `dimension:` in a checklist that names dimensions.

    It is missing from every roll-up by dimensions, which then does not add up to the result.

    Give it one of the dimensions, or put a usual one under `defaults:`.
    """
    for spot in evidence.scored if evidence.checklist.dimensions else ():
        if spot.item.dimension is None:
            yield Remark((*spot.path, "id"), spot.item.id)


@rule("D324")
def no_training(evidence: Evidence) -> Iterator[Remark]:
    """A scored item without `trains:` in a checklist whose other items name the training that teaches them.

    When branches miss it, nobody can say what is to be trained.

    Name the module, or put a usual one under `defaults:`.
    """
    named = [bool(spot.item.trains) for spot in evidence.scored]
    for spot in evidence.scored if any(named) else ():
        if not spot.item.trains:
            yield Remark((*spot.path, "id"), spot.item.id)


RULES = (no_source, too_long, bare_bands, no_dimension, no_training)

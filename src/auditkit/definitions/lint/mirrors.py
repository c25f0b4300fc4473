"""Rules over `mirrors`: what is compared between two observers must have been asked and judged alike."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definitions.evidence import Evidence, Spot
from auditkit.definitions.lint.rules import Remark, rule
from auditkit.model.items import AnyItem
from auditkit.problems import Severity, nearest

_JUDGED_BY = ("kind", "inverted", "min", "max", "credits", "linear", "best", "worst", "scored")
"""What must be the same; texts, weights and severities may differ between two observers."""


@rule("D325", Severity.ERROR)
def mirrors_nothing(evidence: Evidence) -> Iterator[Remark]:
    """An item that mirrors (`mirrors: checklist/item`) something that is not there.

    The two could not be compared, and nobody would notice that the comparison is missing.

    Correct the name of the checklist or of its item.
    """
    for spot, said in _mirrored(evidence):
        _, known = _other(evidence, said)
        if known is not None:
            yield Remark((*spot.path, "mirrors"), said, (("known", known),))


@rule("D326")
def mirrors_otherwise(evidence: Evidence) -> Iterator[Remark]:
    """An item that is judged in another way than the one it mirrors: another kind, other options, credits or bands.

    A difference between the two observers would come from the form and not from what they saw.

    Give both the same kind, option ids, credits and bands; words and weights may differ.
    """
    for spot, said in _mirrored(evidence):
        other, _ = _other(evidence, said)
        if other is not None and _judging(spot.item) != _judging(other):
            yield Remark((*spot.path, "mirrors"), said, (("item", spot.item.id),))


def _mirrored(evidence: Evidence) -> Iterator[tuple[Spot, str]]:
    return ((spot, spot.item.mirrors) for spot in evidence.spots if spot.item.mirrors is not None)


def _other(evidence: Evidence, said: str) -> tuple[AnyItem | None, str | None]:
    """The item that is mirrored; where there is none, what comes nearest."""
    library = evidence.library
    if library is None:
        return None, None
    name, _, id_ = said.partition("/")
    checklist = library.get(name)
    if checklist is None:
        return None, nearest(name, library.ids()) or ", ".join(library.ids())
    item = checklist.items_by_id.get(id_)
    if item is None:
        return None, f"{name}/{nearest(id_, checklist.items_by_id) or '…'}"
    return item, None


def _judging(item: AnyItem) -> object:
    options = [(option.id, option.credit) for option in getattr(item, "options", ())]
    bands = [(band.up_to, band.credit) for band in getattr(item, "bands", ())]
    return options, bands, [getattr(item, name, None) for name in _JUDGED_BY]


RULES = (mirrors_nothing, mirrors_otherwise)

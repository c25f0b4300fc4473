"""Rules over critical items: a verdict that hangs on one answer needs more than a tick."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definitions.evidence import Evidence, Spot
from auditkit.definitions.lint.rules import Remark, rule
from auditkit.model.items import AnyItem, Choice, Deadline, Duration, Multi, NumberItem
from auditkit.model.judging import Asked, Effect


@rule("D330")
def unexplained(evidence: Evidence) -> Iterator[Remark]:
    """A critical item that asks for neither a comment nor evidence when it is not met.

    A failed visit is contested; without a word or a photo it is one person's tick against another's.

    Add `comment: not_met` (with `at_least:` characters) or `evidence: not_met`.
    """
    for spot in _critical(evidence):
        if spot.item.comment.when is Asked.NEVER and spot.item.evidence.when is Asked.NEVER:
            yield Remark((*spot.path, "critical"), spot.item.id)


@rule("D331")
def avoidable(evidence: Evidence) -> Iterator[Remark]:
    """A critical item that may be answered with 'did not come up in this visit'.

    The answer takes the criterion out of the visit, and with it the failure.

    Ask 'did it happen?' in an item of its own (`scored: false`) and let `applies_when:` decide.
    """
    for spot in _critical(evidence):
        if spot.item.not_applicable:
            yield Remark((*spot.path, "not_applicable"), spot.item.id)


def is_critical(item: AnyItem) -> bool:
    """Whether the item, or one of its options or bands, decides a verdict by itself."""
    effects = list(item.critical)
    if isinstance(item, (Choice, Multi)):
        effects += [effect for option in item.options for effect in option.critical or ()]
    if isinstance(item, (NumberItem, Duration, Deadline)):
        effects += [effect for band in item.bands for effect in band.critical or ()]
    return any(effect.effect is not Effect.FLAG for effect in effects)


def _critical(evidence: Evidence) -> Iterator[Spot]:
    return (spot for spot in evidence.scored if is_critical(spot.item))


RULES = (unexplained, avoidable)

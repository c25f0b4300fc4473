"""A shopper who answers a checklist by dice: the better the branch, the more often an item is met."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from auditkit.model.asked import asked_items
from auditkit.model.checklist import Checklist
from auditkit.model.items import (
    AnyItem,
    Asked,
    Band,
    Choice,
    Multi,
    NumberItem,
    Receipt,
    Scale,
    TextItem,
    Timestamp,
    YesNo,
    is_required,
    is_scored,
)
from auditkit.model.visit import NO, NOT_APPLICABLE, YES, Submission, Value
from auditkit.scoring import score

COMMON_NOT_APPLICABLE = 0.06


def answer_all(
    checklist: Checklist, dice: Random, quality: float, began: datetime, *, shuns: bool = False
) -> dict[str, Value]:
    """An answer to every item that is asked; `shuns`: 'did not come up' wherever the form lets one say so."""
    answers: dict[str, Value] = {}
    for _, item in checklist.walk_items():
        if item.id not in asked_items(checklist, answers, None):
            continue
        if item.not_applicable and dice.random() < (0.85 if shuns else COMMON_NOT_APPLICABLE):
            answers[item.id] = NOT_APPLICABLE
            continue
        answer = _answer(item, dice, quality, began)
        if answer is not None and (is_required(item) or is_scored(item)):
            answers[item.id] = answer
    return answers


def _answer(item: AnyItem, dice: Random, quality: float, began: datetime) -> Value | None:
    good = dice.random() < quality
    match item:
        case YesNo():
            if not item.scored:
                return YES if dice.random() < 0.3 else NO
            return YES if good != item.inverted else NO
        case Choice():
            best = max(item.options, key=lambda option: option.credit)
            return best.id if good else dice.choice([o.id for o in item.options if o.id != best.id])
        case Multi():
            return tuple(o.id for o in item.options if (dice.random() < quality) == (o.credit >= 0))
        case Scale():
            return item.max if good else dice.randint(item.min, item.max - 1)
        case NumberItem():
            return _number(item, dice, good=good)
        case Timestamp():
            return began + timedelta(hours=2 if good else 30 * 24)
        case TextItem() | Receipt():
            return "A-1043"
        case _:
            return None


def _number(item: NumberItem, dice: Random, *, good: bool) -> Decimal:
    edges = [band.up_to for band in item.bands if band.up_to is not None]
    if not edges:
        return item.linear.full_at if item.linear else Decimal(1)
    best: Band = max(item.bands, key=lambda band: band.credit)
    top = best.up_to if best.up_to is not None else edges[-1] + 1
    return Decimal(max(1, int(top) - dice.randint(0, 1))) if good else edges[-1] + dice.randint(1, 3)


def comments_for(
    checklist: Checklist, submission: Submission, dice: Random, words: tuple[str, ...], *, chatty: float = 0.5
) -> dict[str, str]:
    """Words where the form asks for them, and at some other findings."""
    items: Mapping[str, Any] = {each.item: each for each in score(checklist, submission).items}
    found: dict[str, str] = {}
    for _, item in checklist.walk_items():
        result = items.get(item.id)
        if result is None or item.id not in submission.answers:
            continue
        missed = result.met in ("not_met", "partly_met")
        wanted = item.comment.when is Asked.ALWAYS or (missed and item.comment.when is Asked.NOT_MET)
        if wanted or (missed and dice.random() < chatty):
            found[item.id] = dice.choice(words)
    return found

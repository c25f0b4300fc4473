"""What a question of a foreign sheet becomes: its kind, its answers, and what they earn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from auditkit.editing.foreign.answers import Answers, Option, worth
from auditkit.editing.foreign.naming import Names
from auditkit.model.visit import RESERVED

RECORDED = ("text", "photo", "timestamp")


@dataclass
class Asked:
    """The keys of an item that say how it is answered."""

    keys: dict[str, Any]
    weight: Decimal | None
    """As its answers say; `None` where they don't."""
    how: str
    """In short, for the person who looks it over."""
    texts: tuple[str, ...] = ()
    """Of its options, in their order."""


def is_exact(answers: Answers) -> bool:
    """Whether what the answers earn is an exact decimal part of the best."""
    points = [each.points for each in answers.options if each.points is not None]
    best = max(points, default=Decimal(0))
    return best <= 0 or all(_part(point, best) is not None for point in points)


def _part(points: Decimal, best: Decimal) -> Decimal | None:
    part = Fraction(points) / Fraction(best)
    rest = part.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return None if rest != 1 else Decimal(part.numerator) / Decimal(part.denominator)


def asked_as(answers: Answers, *, points: bool) -> Asked:
    """`points`: the checklist is scored in points, since somewhere a part of the best would be no exact decimal."""
    kind = answers.kind or "yes_no"
    if kind in RECORDED:
        return Asked({"kind": kind}, None, kind)
    if kind == "number":
        return Asked({"kind": "number", "unit": "?", "scored": "false"}, None, "number")
    if kind == "scale":
        return _scale(answers)
    keys: dict[str, Any] = {"kind": kind} if kind != "yes_no" else {}
    if kind == "yes_no":
        best = next((each.points for each in answers.options), None)
        keys |= {"inverted": "true"} if answers.inverted else {}
        if answers.anchors:
            keys["anchors"] = dict(zip(("met", "not_met"), answers.anchors, strict=True))
        asked = Asked(keys, best, "yes_no" + (", inverted: true" if answers.inverted else ""))
    else:
        asked = _options(answers, points=points)
    if answers.not_applicable:
        asked.keys["not_applicable"] = "true"
        asked.how += ", not_applicable: true"
    return asked


def _scale(answers: Answers) -> Asked:
    low, high = answers.span or (1, 5)
    keys: dict[str, Any] = {"kind": "scale", "min": str(low), "max": str(high)}
    labels = {str(low + at): each.text for at, each in enumerate(answers.options)}
    if labels:
        keys["labels"] = labels
    if answers.not_applicable:
        keys["not_applicable"] = "true"
    return Asked(keys, None, f"scale: {low} = 0 … {high} = 1", tuple(labels.values()))


def _options(answers: Answers, *, points: bool) -> Asked:
    options = answers.options
    given = [each.points for each in options]
    earned: Sequence[Decimal | None]
    weight = None
    if all(point is not None for point in given):
        best = max(point for point in given if point is not None)
        earned, weight = given, best
        if not points and best > 0:
            earned = [_part(point, best) for point in given if point is not None]
    else:
        earned = worth(options)
        if earned[0] is None:
            return _steps(answers)
    names = Names(RESERVED)
    ids = [names.of(each.known_as, number=str(at), kind="o") for at, each in enumerate(options, 1)]
    entries = [
        {"id": id_, "text": each.text, "credit": plain(credit or Decimal(0))}
        for id_, each, credit in zip(ids, options, earned, strict=True)
    ]
    how = "; ".join(f"{each['text']} = {each['credit']}" for each in entries)
    texts = tuple(each.text for each in options)
    return Asked({"kind": answers.kind, "options": entries}, weight, f"{answers.kind}: {how}", texts)


def _steps(answers: Answers) -> Asked:
    """So many answers that no even steps between them are exact decimals: a scale is exact all the same."""
    texts = tuple(each.text for each in reversed(answers.options))
    count = len(texts)
    options = tuple(Option(text) for text in texts)
    return _scale(Answers("scale", options, (1, count), answers.not_applicable))


def plain(number: Decimal) -> str:
    """A number as a definition writes it."""
    shown = format(number.normalize(), "f")
    return shown if shown != "-0" else "0"

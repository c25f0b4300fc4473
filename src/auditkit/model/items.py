"""The item kinds, a discriminated union: what can be asked, and what an answer to it earns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from auditkit.model.conditions import Condition
from auditkit.model.judging import (
    Asked,
    Comment,
    Effects,
    Evidence,
    EvidenceRule,
    NoteRule,
    Observer,
    Severity,
    Unscored,
)
from auditkit.model.record import Id, Names, Number, Record, Word
from auditkit.model.text import Text


class Anchors(Record):
    """What the observer sees when the item is met, partly met, not met."""

    met: Text | None = None
    partly: Text | None = None
    not_met: Text | None = None


class Effort(StrEnum):
    """How much of something: of money, of a chance to be done."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Replacement(Record):
    """Another solution that serves the same purpose where the criterion cannot be met."""

    id: Id
    text: Text
    """What is done instead."""
    budget: Effort | None = None
    """What it costs; `None`: nobody has said."""
    feasibility: Effort | None = None
    """How likely it can be done everywhere; `None`: nobody has said."""


class ItemBase(Record):
    """What every item has."""

    id: Id
    text: Text
    """The question, or the criterion."""
    number: Word | None = None
    """Printed before the text, stable within a version; `None`: section number, dot, place in the section."""
    guidance: Text | None = None
    """How to tell; shown beside the question."""
    anchors: Anchors | None = None
    scored: bool = True
    """`false`: recorded only (a fact of the visit, a 'did it happen?')."""
    weight: Number = Field(Decimal(1), ge=0)
    required: bool | None = None
    """A blank makes the submission incomplete; `None`: scored items that a shopper sees at the visit, no others."""
    not_applicable: bool = False
    """Whether 'did not come up in this visit' may be answered."""
    not_observed: bool = True
    """Whether 'I could not see or hear it' may be answered."""
    when_not_applicable: Unscored = Unscored.EXCLUDE
    when_not_observed: Unscored = Unscored.EXCLUDE
    applies_when: Condition | None = None
    for_: Names = Field((), alias="for")
    """Positions of employees that the item is about; empty: all."""
    seen_by: Observer = Observer.SHOPPER
    comment: Comment = NoteRule.model_construct(when=Asked.NEVER, at_least=0)
    evidence: Evidence = EvidenceRule.model_construct(when=Asked.NEVER, kind="photo")
    mirrors: Word | None = None
    """`checklist/item` that asks the same of another observer, so that both can be compared."""
    source: Names = ()
    """The rows of the standard that the item comes from."""
    dimension: Word | None = None
    trains: Names = ()
    """Training modules that teach it."""
    bonus: bool = False
    critical: Effects = ()
    severity: Severity = Severity.MINOR
    replacements: tuple[Replacement, ...] = ()
    """What may be done instead; none: it is mandatory."""
    ignore: dict[Word, Word] = Field(default_factory=dict)
    """Code of a lint rule → why it does not hold here."""
    not_met_at: Number | None = None
    """A credit at or below this is not met."""


class Option(Record):
    """One answer of a choice or multi item, and what it earns."""

    id: Id
    text: Text
    credit: Number
    severity: Severity | None = None
    """Replaces the item's."""
    critical: Effects | None = None
    """Replaces the item's; given, the option triggers it by being chosen."""


class Band(Record):
    """A range of a number, up to and including `up_to`; the last one is open."""

    up_to: Number | None = None
    credit: Number
    text: Text | None = None
    severity: Severity | None = None
    critical: Effects | None = None


class Linear(Record):
    """Full credit at one end, none at the other, straight between, held at the ends."""

    full_at: Number
    none_at: Number


class YesNo(ItemBase):
    """Yes is met, or no where the item is `inverted`."""

    kind: Literal["yes_no"] = "yes_no"
    inverted: bool = False
    """`no` is the good answer."""


class Choice(ItemBase):
    """One of several options, each with its credit."""

    kind: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=2)


class Multi(ItemBase):
    """Any of several options, or none of these; their credits add up."""

    kind: Literal["multi"]
    options: tuple[Option, ...] = Field(min_length=1)
    best: Number | None = None
    """`None`: min(1, Σ positive credits) in percent, Σ positive in points."""
    worst: Number | None = None
    """`None`: Σ negative credits, 0 without any."""


class Scale(ItemBase):
    """A step from `min` to `max`, linear or with a credit each."""

    kind: Literal["scale"]
    min: int = 1
    max: int = 5
    credits: dict[int, Number] | None = None
    """`None`: linear."""
    labels: dict[int, Text] | None = None
    """What the steps mean."""


class NumberItem(ItemBase):
    """A number with its unit, credited by bands or along a line."""

    kind: Literal["number"]
    unit: Text
    unit_forms: Text | None = None
    """How it is counted, in the order of the language's plural forms: `ring | rings`, `гудок | гудка | гудков | гудка`;
    `None`: `unit` whatever the number."""
    bands: tuple[Band, ...] = ()
    linear: Linear | None = None
    lowest: Number | None = None
    highest: Number | None = None
    """A number outside these is a slip of the pen: refused when it comes in."""


class Unit(StrEnum):
    """Of a duration or a deadline."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"


class Duration(ItemBase):
    """Derived: how long it took from one timestamp to another."""

    kind: Literal["duration"]
    from_: Word = Field(alias="from")
    to: Word
    unit: Unit
    bands: tuple[Band, ...] = ()


class Within(Record):
    """A span of time: `24 hours`, `3 days`, `10 working days`."""

    amount: int = Field(ge=0)
    unit: Unit


def _span(value: object) -> object:
    if isinstance(value, str):
        amount, _, unit = value.strip().partition(" ")
        name = unit.strip().replace(" ", "_").rstrip("s") + "s"
        return {"amount": amount, "unit": name}
    return value


class Deadline(ItemBase):
    """`to` must lie at or before the due time reckoned from `from` (or at another timestamp)."""

    kind: Literal["deadline"]
    from_: Word | None = Field(None, alias="from")
    to: Word
    within: Annotated[Within, BeforeValidator(_span)] | None = None
    same_day: bool = False
    next_working_day_at: time | None = None
    promised: Word | None = None
    """The item that holds the promised time."""
    bands: tuple[Band, ...] = ()
    """On the lateness, in the unit of `within` (hours where there is none); without them met 1, missed 0."""


class Timestamp(ItemBase):
    """A day and time, or never; recorded."""

    kind: Literal["timestamp"]


class TextItem(ItemBase):
    """Words; recorded."""

    kind: Literal["text"]


class Photo(ItemBase):
    """The name of a picture; recorded."""

    kind: Literal["photo"]


class Audio(ItemBase):
    """The name of a recording; recorded."""

    kind: Literal["audio"]


class Receipt(ItemBase):
    """Number, time and amount of a receipt; recorded."""

    kind: Literal["receipt"]


class FileItem(ItemBase):
    """The name of any file; recorded."""

    kind: Literal["file"]


AnyItem = (
    YesNo | Choice | Multi | Scale | NumberItem | Duration | Deadline
    | Timestamp | TextItem | Photo | Audio | Receipt | FileItem
)  # fmt: skip

DERIVED = ("duration", "deadline")
"""Kinds whose answer is reckoned from two timestamps; nobody types it."""
RECORDED = ("timestamp", "text", "photo", "audio", "receipt", "file")
"""Kinds that are never scored."""


def _kind(value: object) -> object:
    """A yes/no item needs no kind."""
    return {"kind": "yes_no", **value} if isinstance(value, Mapping) and "kind" not in value else value


Item = Annotated[AnyItem, Field(discriminator="kind")]
ItemWithDefaultKind = Annotated[Item, BeforeValidator(_kind)]


def is_scored(item: AnyItem) -> bool:
    """Whether answers to it can earn anything."""
    return item.scored and item.kind not in RECORDED


def is_required(item: AnyItem) -> bool:
    """Whether a blank makes the submission incomplete (derived items are never typed)."""
    if item.kind in DERIVED:
        return False
    return is_scored(item) and item.seen_by is Observer.SHOPPER if item.required is None else item.required

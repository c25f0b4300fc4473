"""Scores that a file states itself: where they stand, and how they are written."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from auditkit.model.column import AnyColumn, Patterns
from auditkit.model.record import Number, Record

Kind = Literal["final", "sections", "items"]
WRITTEN_KINDS: tuple[Kind, ...] = ("final", "sections", "items")
Scale = Literal["percent", "fraction", "points"]
Blank = Literal["not_scored", "zero", "not_stated"]
Meaning = Literal["not_scored", "not_carried_out", "not_stated"]
Rounding = Literal["nearest", "down", "up"]
Most = Annotated[Number | Patterns, Field(union_mode="left_to_right")]

IN_ANSWERS = "in_answers"
"""Points of single answers stand behind the answers themselves: `Yes (5)`."""


class Writing(Record):
    """How figures are written; `None`: as usual, or as those of the whole file are."""

    scale: Scale | None = None
    """`percent`: 86.67, 87% · `fraction`: 0.8667 · `points`: 43, 43 / 50; usually as the checklist scores."""
    of: Most | None = None
    """The most that can be had, where a cell names only points: a number, or the header of the column that says it."""
    most: Literal["compared", "not_compared"] | None = None
    """Whether the most that can be had is compared too, where points are stated as `43 / 50`; usually it is."""
    tolerance: Number | None = None
    """By how much a figure may differ, in its own scale; usually 0.01, for two decimals."""
    decimals: int | None = Field(None, ge=0, le=10)
    """Figures are rounded to so many digits behind the mark; this stands in the place of `tolerance`."""
    rounding: Rounding | None = None
    """Where `decimals` are said; `nearest` (usual): a half may have gone either way."""
    blank: Blank | None = None
    """What an empty cell says: nothing to score (usual), 0, or nothing at all (it is then not compared)."""
    words: dict[str, Meaning] = Field(default_factory=dict)
    """Words that stand where a figure should: `Closed: not_carried_out`."""


class Published(Writing):
    """Scores that the file states itself, for `auditkit verify`."""

    final: AnyColumn | None = None
    grade: AnyColumn | None = None
    sections: Patterns | dict[str, AnyColumn] = ()
    """A header with `{id}`, `{number}` or `{text}` of a section, or one column a section."""
    items: Patterns | dict[str, AnyColumn] = ()
    """The points of single answers: a header with `{id}`, `{number}`, `{text}` or `{answer}`, or one column an item;
    `in_answers`: they stand behind the answers, `Yes (5)`."""
    final_as: Writing | None = None
    """How the visit's score is written, where otherwise than the rest."""
    sections_as: Writing | None = None
    items_as: Writing | None = None
    """Usually points, and a blank states nothing."""
    final_from: Literal["answers", "sections"] = "answers"
    """`sections`: the final is the weighted mean of the section figures as the file states them, roundings and all."""

    def written(self, kind: Kind, *, in_points: bool = False) -> Written:
        """How figures of a kind are written, with nothing left open; `in_points`: the checklist scores so."""
        usual = {"scale": "points"} if in_points or kind == "items" else {}
        if kind == "items":
            usual["blank"] = "not_stated"
        own: Writing = getattr(self, f"{kind}_as") or Writing()
        # What is said of all figures is said of sections and finals; the points of answers are another thing.
        general = {} if kind == "items" else _said(self)
        said = {**_USUAL, **usual, **general, **_said(own), "words": {**self.words, **own.words}}
        if own.tolerance is not None and own.decimals is None:
            said["decimals"] = None
        return Written(**said)


_USUAL: dict[str, Any] = {"scale": "percent", "most": "compared", "tolerance": Decimal("0.01"),
                          "rounding": "nearest", "blank": "not_scored", "of": None, "decimals": None}  # fmt: skip


def _said(writing: Writing) -> dict[str, Any]:
    return {name: value for name in _USUAL if (value := getattr(writing, name)) is not None}


class Written(Record):
    """How figures of one kind are written; nothing is left open."""

    scale: Scale
    of: Most | None
    most: Literal["compared", "not_compared"]
    tolerance: Number
    decimals: int | None
    rounding: Rounding
    blank: Blank
    words: dict[str, Meaning]

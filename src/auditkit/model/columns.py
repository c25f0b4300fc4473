"""A mapping: which column of somebody else's table is what, and what its words mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from auditkit.model.checklist import Spellings, Version
from auditkit.model.record import Number, Record
from auditkit.model.visit import Outcome

DateOrder = Literal["dmy", "mdy", "ymd"]
Absence = Literal["missing", "not_applicable", "not_observed", "not_asked"]


def _regex(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise PydanticCustomError("regex", "not a regular expression: {reason}", {"reason": str(error)}) from error
    return value


Regex = Annotated[str, AfterValidator(_regex)]


class Column(Record):
    """One column, found by its header or its letter, and what is done with its cells; plain words are a header.

    A header is compared without regard to case, spaces and look-alike letters; `*` stands for any words in it.
    """

    header: Annotated[
        tuple[str, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)
    ] = ()
    """Several are alternatives: the first that the file has is taken."""
    starts_with: str | None = None
    contains: str | None = None
    matches: Regex | None = None
    """A regular expression that is found in the header, as typed."""
    letter: str | None = Field(None, pattern=r"^[A-Za-z]{1,3}$")
    nth: int | None = Field(None, ge=1)
    """Which of several columns that fit, counted from the left; `None`: there must be only one."""
    take: Regex | None = None
    """A regular expression; its first group is taken out of the cell (`^(\\d+)` of `2117 - Main Street`)."""
    values: dict[str, str] = Field(default_factory=dict)
    """What is typed → what it means."""
    otherwise: str | None = None
    """What any other filled cell means; `None`: as typed."""
    always: str | None = None
    """No column at all: every row has this value. Beside a column: what a blank cell means."""

    @property
    def names_a_column(self) -> bool:
        """Whether a column is looked for at all."""
        return bool(self.header or self.starts_with or self.contains or self.matches or self.letter)


def _column(value: Any) -> Any:
    return {"header": value} if isinstance(value, (str, list, tuple)) else value


AnyColumn = Annotated[Column, BeforeValidator(_column)]


def _patterns(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Patterns = Annotated[tuple[str, ...], BeforeValidator(_patterns)]
"""Headers with `{id}`, `{number}`, `{text}`, `{section}`, `{option}` and `*` (any words) in them."""


class ItemRule(Record):
    """How the cells of items are understood. In a rule for one item, what is not said is as in the rule for all."""

    values: dict[str, str] = Field(default_factory=dict)
    """What is typed → the answer: `yes`, `no`, an option's id (several with `, `), a number, `not_applicable` …"""
    points: dict[Number, str] = Field(default_factory=dict)
    """The points that an answer carries, `Yes (100.00)` → the answer: {100: yes, 0: no}."""
    read: Literal["words", "points", "share"] | None = None
    """`points`: the answer is the number it carries (`Yes (5)`, `3/5`); `share`: the same in percent (60)."""
    blank: Absence | None = None
    """What an empty cell says."""
    absent: Literal["problem", "not_asked"] | None = None
    """What it means that the file has no column for the item."""


class OneItem(ItemRule):
    """What is different for one item."""

    column: AnyColumn | None = None
    comment: AnyColumn | None = None
    evidence: AnyColumn | None = None
    options: dict[str, AnyColumn] = Field(default_factory=dict)
    """Of a multi item: option id → the column with its tick."""


_FINDING = ("header", "starts_with", "contains", "matches", "letter", "nth", "take")


def _column_of(value: Any) -> Any:
    """A header alone, or `letter: D` and the like beside the rules, is the column of the answer."""
    if isinstance(value, (str, list, tuple)):
        return {"column": value}
    if not isinstance(value, Mapping) or "column" in value:
        return value
    own = {name: value[name] for name in _FINDING if name in value}
    return {**{name: each for name, each in value.items() if name not in own}, "column": own} if own else value


class Items(ItemRule):
    """The columns of all items at once: one rule by id, number or text, and what is different for some."""

    answer: Patterns = ()
    """Empty: a header that is the id or the text of the item, with or without its group before it."""
    comment: Patterns = ("{answer} - comment", "{answer} - text", "{answer}_comment", "{answer} comment")
    """`{answer}` stands for the header of the item's answer."""
    evidence: Patterns = ("{answer}_photo", "{answer} - photo")
    options: Patterns = ("{answer}/{option}", "{answer} [{option}]", "{answer} - {option}")
    """Columns with a tick each for one option of a multi item."""
    prefix: str = ""
    """What the definition's ids have before the ids in the headers (ids begin with a letter: `q759166`)."""
    each: dict[str, Annotated[OneItem, BeforeValidator(_column_of)]] = Field(default_factory=dict)


class Published(Record):
    """Scores that the file states itself, for `auditkit verify`."""

    final: AnyColumn | None = None
    grade: AnyColumn | None = None
    sections: Patterns | dict[str, AnyColumn] = ()
    """A header with `{id}`, `{number}` or `{text}` of a section, or one column a section."""
    scale: Literal["percent", "fraction", "points"] = "percent"
    of: Number | None = None
    """The most that can be had, where a cell names only points: 43 of 50."""
    tolerance: Number = Decimal("0.01")
    """By how much a published figure may differ, in its own scale; 0.01 for two decimals."""
    blank: Literal["not_scored", "zero", "not_stated"] = "not_scored"
    """What an empty cell says: nothing to score, 0, or nothing at all (it is then not compared)."""
    words: dict[str, Literal["not_scored", "not_carried_out", "not_stated"]] = Field(default_factory=dict)
    """Words that stand where a figure should: `Closed: not_carried_out`."""


class Only(Record):
    """Rows that report a checklist, where a file holds several."""

    column: AnyColumn
    is_: Annotated[tuple[str, ...], BeforeValidator(_patterns)] = Field(alias="is")


class ChecklistColumns(Record):
    """One checklist that the file's rows report."""

    checklist: str
    """Id, or `id@version`."""
    version: Version | None = None
    """`None`: the newest in force."""
    version_column: AnyColumn | None = None
    only: Only | None = None
    items: Items = Items.model_construct()
    published: Published | None = None


class Long(Record):
    """A table with a row an answer: where item and answer stand in it."""

    item: AnyColumn
    answer: AnyColumn
    comment: AnyColumn | None = None
    evidence: AnyColumn | None = None
    items: dict[str, str] = Field(default_factory=dict)
    """What stands in the item column → the item's id; ids, numbers and texts are understood without."""
    visits: str | None = None
    """Another sheet with a row a visit, where branch, dates and published scores stand."""


Facts = Annotated[
    dict[str, AnyColumn],
    BeforeValidator(lambda value: {str(one): one for one in value} if isinstance(value, (list, tuple)) else value),
]


class Columns(Record):
    """A mapping file of `columns/`."""

    layout: Literal["wide", "long"] = "wide"
    about: str | None = None
    sheet: str | int | None = None
    """Name, or place counted from 1; `None`: the first visible one that holds something."""
    header: Annotated[tuple[int, ...], BeforeValidator(lambda v: v if isinstance(v, (list, tuple)) else (v,))] = (1,)
    """The row, or rows, that name the columns; two are read as one, the upper word before the lower."""
    first_row: int | None = None
    """Of the answers; `None`: the one after the headers."""
    date_order: DateOrder | None = None
    decimal: Literal[",", "."] | None = None
    spellings: Spellings = Spellings.model_construct(not_applicable=(), not_observed=(), yes=(), no=())
    """What this source's answers mean beyond the usual words."""
    visit: AnyColumn | None = None
    """`None`: made of branch, shopper and start."""
    branch: AnyColumn | None = None
    shopper: AnyColumn | None = None
    employee: AnyColumn | None = None
    position: AnyColumn | None = None
    wave: AnyColumn | None = None
    outcome: AnyColumn | None = None
    """`values` to `done`, `closed`, `not_found`, `recognised`, `refused`, `not_served`, `no_answer`; else done."""
    date: AnyColumn | None = None
    start: AnyColumn | None = None
    end: AnyColumn | None = None
    handed_in: AnyColumn | None = None
    attempts: AnyColumn | None = None
    language: AnyColumn | None = None
    customers_waiting: AnyColumn | None = None
    staff_on_duty: AnyColumn | None = None
    minutes_to_first_contact: AnyColumn | None = None
    facts: Facts = Field(default_factory=dict)
    """Further columns to keep, name → column, or a list of headers."""
    ignore: Patterns = ()
    """Headers that are known to be of no use."""
    checklists: tuple[ChecklistColumns, ...] = Field(min_length=1)
    long: Long | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_checklist(cls, data: Any) -> Any:
        return _lifted(data)

    @model_validator(mode="after")
    def _long_has_its_columns(self) -> Columns:
        if self.layout == "long" and self.long is None:
            raise PydanticCustomError("long", "layout long needs `long:` with the columns of item and answer")
        unknown = {*self.outcome.values.values()} - {*Outcome} if self.outcome else set()
        if unknown:
            raise PydanticCustomError("outcome", "no such outcome: {names}", {"names": ", ".join(sorted(unknown))})
        return self


_OF_A_CHECKLIST = ("checklist", "version", "version_column", "only", "items", "published")


def _lifted(data: Any) -> Any:
    """`checklist:`, `items:`, `published:` at the top are those of the only checklist."""
    if not isinstance(data, Mapping) or "checklist" not in data:
        return data
    own = {name: data[name] for name in _OF_A_CHECKLIST if name in data}
    return {**{name: value for name, value in data.items() if name not in own}, "checklists": (own,)}

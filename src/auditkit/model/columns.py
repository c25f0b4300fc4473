"""A mapping: which column of somebody else's table is what, and what its words mean."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from auditkit.model.checklist import Spellings, Version
from auditkit.model.column import AnyColumn, Column, Patterns, Rows, SomeRows
from auditkit.model.published import Published, Writing
from auditkit.model.record import Number, Record
from auditkit.model.visit import Outcome

__all__ = [
    "ChecklistColumns", "Column", "Columns", "DateOrder", "ItemRule", "Items", "Long", "OneItem", "Published", "Rows",
    "Writing",
]  # fmt: skip

DateOrder = Literal["dmy", "mdy", "ymd"]


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise PydanticCustomError("zone", "no such time zone: {name}", {"name": value}) from error
    return value


def _codec(value: str) -> str:
    try:
        codecs.lookup(value)
    except LookupError as error:
        raise PydanticCustomError("encoding", "no such encoding: {name}", {"name": value}) from error
    return value


ZoneName = Annotated[str, AfterValidator(_zone)]
Encoding = Annotated[str, AfterValidator(_codec)]
Absence = Literal["missing", "not_applicable", "not_observed", "not_asked"]


class ItemRule(Record):
    """How the cells of items are understood. In a rule for one item, what is not said is as in the rule for all."""

    values: dict[str, str] = Field(default_factory=dict)
    """What is typed → the answer: `yes`, `no`, an option's id (several with `, `), a number, `not_applicable` …"""
    points: dict[Number, str] = Field(default_factory=dict)
    """The points that an answer carries, `Yes (100.00)` → the answer: {100: yes, 0: no}."""
    read: Literal["words", "points", "share"] | None = None
    """`points`: the answer is what the points that it carries say (`Yes (5)`, `3/5`): the number of a number or scale,
    the option that earns so many; `share`: the same in percent (60)."""
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


FINDING = ("header", "starts_with", "contains", "matches", "letter", "nth", "cell", "take")
"""Keys of a column that may stand beside the rules of its item."""


def _column_of(value: Any) -> Any:
    """A header alone, or `letter: D` and the like beside the rules, is the column of the answer."""
    if isinstance(value, (str, list, tuple)):
        return {"column": value}
    if not isinstance(value, Mapping) or "column" in value:
        return value
    own = {name: value[name] for name in FINDING if name in value}
    return {**{name: each for name, each in value.items() if name not in own}, "column": own} if own else value


COMMENT_WORDS = ("comment", "комментарий", "түсініктеме", "komentarz", "comentariu")
PHOTO_WORDS = ("photo", "фото", "сурет", "zdjęcie", "fotografie")


class Items(ItemRule):
    """The columns of all items at once: one rule by id, number or text, and what is different for some."""

    answer: Patterns = ()
    """Empty: a header that is the id or the text of the item, with or without its group before it."""
    comment: Patterns = (
        "{answer} - comment", "{answer} - text", "{answer}_comment", "{answer} comment",
        *(f"{{answer}}{between}{word}" for between in (" - ", " ", ": ") for word in COMMENT_WORDS),
    )  # fmt: skip
    """`{answer}` stands for the header of the item's answer."""
    evidence: Patterns = (
        "{answer}_photo", "{answer} - photo",
        *(f"{{answer}}{between}{word}" for between in (" - ", " ", ": ") for word in PHOTO_WORDS),
    )  # fmt: skip
    options: Patterns = ("{answer}/{option}", "{answer} [{option}]", "{answer} - {option}")
    """Columns with a tick each for one option of a multi item."""
    prefix: str = ""
    """What the definition's ids have before the ids in the headers (ids begin with a letter: `q759166`)."""
    each: dict[str, Annotated[OneItem, BeforeValidator(_column_of)]] = Field(default_factory=dict)


class ChecklistColumns(Record):
    """One checklist that the file's rows report."""

    checklist: str
    """Id, or `id@version`."""
    version: Version | None = None
    """`None`: the newest in force."""
    version_column: AnyColumn | None = None
    only: Rows | None = None
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
    points: AnyColumn | None = None
    """The points that the file states for the answer, for `auditkit verify`."""
    most: AnyColumn | None = None
    """The points that could have been had for it."""
    visits: str | None = None
    """Another sheet with a row a visit, where branch, dates and published scores stand."""
    scores: dict[str, str] = Field(default_factory=dict)
    """Rows that state a score instead of an answer: what stands in the item column → `final`, `grade` or a section."""


def _named(value: Any) -> Any:
    return {str(one): one for one in value} if isinstance(value, (list, tuple)) else value


def _rows_of(value: Any) -> Any:
    return value if isinstance(value, (list, tuple)) else (value,)


Facts = Annotated[dict[str, AnyColumn], BeforeValidator(_named)]
Sheets = Annotated[int | Patterns, Field(union_mode="left_to_right")]


class Columns(Record):
    """A mapping file of `columns/`."""

    layout: Literal["wide", "long"] = "wide"
    about: str | None = None
    encoding: Encoding | None = None
    """Of a text file, where it is not recognised: `cp1252`, `shift_jis` …"""
    sheet: Sheets | None = None
    """Name, names (`*` is any words) or place counted from 1; `None`: the first visible one that holds something."""
    turned: bool = False
    """Questions stand in rows and visits in columns: rows and columns change places before anything is read."""
    header: Annotated[tuple[int, ...], BeforeValidator(_rows_of)] = (1,)
    """The row, or rows, that name the columns; two are read as one, the upper word before the lower."""
    first_row: int | None = None
    """Of the answers; `None`: the one after the headers."""
    skip: SomeRows = ()
    """Rows that are no visits, such as totals and drafts: `{Status: [Draft, Test]}`."""
    keep: SomeRows = ()
    """Only these rows are visits; of several entries all must hold."""
    date_order: DateOrder | None = None
    decimal: Literal[",", "."] | None = None
    time_zone: ZoneName | None = None
    """Of the file's times without an offset; `None`: that of the visit's branch."""
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
    checklists: tuple[ChecklistColumns, ...]
    long: Long | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_checklist(cls, data: Any) -> Any:
        return _lifted(data)

    @model_validator(mode="after")
    def _long_has_its_columns(self) -> Columns:
        if self.layout == "long" and self.long is None:
            raise PydanticCustomError("long", "layout long needs `long:` with the columns of item and answer")
        if not self.checklists:
            raise PydanticCustomError("checklists", "`checklists:` names none")
        unknown = {*self.outcome.values.values()} - {*Outcome} if self.outcome else set()
        if unknown:
            raise PydanticCustomError("outcome", "no such outcome: {names}", {"names": ", ".join(sorted(unknown))})
        return self


OF_A_CHECKLIST = ("checklist", "version", "version_column", "only", "items", "published")
"""Keys that may stand at the top of a mapping for one checklist."""


def _lifted(data: Any) -> Any:
    """`checklist:`, `items:`, `published:` at the top are those of the only checklist."""
    if not isinstance(data, Mapping) or "checklist" not in data:
        return data
    own = {name: data[name] for name in OF_A_CHECKLIST if name in data}
    return {**{name: value for name, value in data.items() if name not in own}, "checklists": (own,)}

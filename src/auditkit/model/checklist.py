"""A checklist: what a standard asks, how it is weighed, and which grades come of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from auditkit.model.conditions import Condition
from auditkit.model.items import AnyItem, ItemWithDefaultKind
from auditkit.model.judging import Severity
from auditkit.model.record import Id, Names, Number, Record, Word
from auditkit.model.text import LANGUAGE, Text

Version = Annotated[str, StringConstraints(pattern=r"^\d{1,6}\.\d{1,6}\.\d{1,6}$")]


class Area(StrEnum):
    """The ten sections of a full service standard; a checklist says which of them it serves."""

    APPEARANCE = "appearance"
    SELLING = "selling"
    PHONE = "phone"
    RELATIONS = "relations"
    """Keeping and developing relations."""
    TEAM = "team"
    """How employees treat each other."""
    CONFLICT = "conflict"
    INFORMATION = "information"
    """Documents and information."""
    WORKING_TIME = "working_time"
    PROPERTY = "property"
    GROWTH = "growth"
    """Growth and learning."""


class Verdict(StrEnum):
    """Whether the standard is met."""

    PASS = "pass"  # noqa: S105  no password
    FAIL = "fail"


class Grade(Record):
    """One row: it holds when the score reaches its bound and every limit holds; a grade may have several rows."""

    grade: Id
    title: Text | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    verdict: Verdict
    no_critical_failed: bool = False
    each_section_at_least: Number | None = None
    each_section_at_most: Number | None = None
    each_item_at_most: Number | None = None
    not_met_at_most: dict[Severity, Annotated[int, Field(ge=0)]] | None = None


class Include(Record):
    """A section of another checklist, taken in whole: `premises/outside`, or `premises@1.0.0/outside`."""

    section: str
    weight: Number | None = Field(None, ge=0)


MISSING = "?"
"""Stands for the origin of a section that could not be had, so that the others keep their places."""


class Section(Record):
    """Items, or subsections, not both."""

    id: Id
    title: Text
    weight: Number | None = Field(None, ge=0)
    """Its share among its siblings; `None`: 1 where any sibling has one."""
    number: Word | None = None
    applies_when: Condition | None = None
    """Spread over all its items."""
    items: tuple[ItemWithDefaultKind, ...] = ()
    sections: tuple[Section, ...] = ()
    included_from: str | None = None
    """`checklist@version/section` where it was taken in by `include`; `MISSING` where there is no such section."""


class Responsible(Record):
    """Who answers for the standard, or for one block of it, or for one position."""

    name: Word = ""
    """Empty: nobody is named yet."""
    role: Word = ""
    block: Word | None = None
    """Id of a section."""
    position: Word | None = None


class Spellings(Record):
    """What else this checklist's forms say for the two answers outside yes and no."""

    not_applicable: Names = ()
    not_observed: Names = ()
    yes: Names = ()
    no: Names = ()


FILLED_IN = ("source_hash", "reviewed_by", "included_from")
"""Keys of checklists and sections that reading fills in; nobody writes them."""


def spread_defaults(data: Any) -> Any:
    """`defaults:` of the checklist and of its sections written into every item that does not say otherwise."""
    if not isinstance(data, Mapping):
        return data
    out = dict(data)
    given = out.pop("defaults", None)
    sections = out.get("sections")
    if isinstance(sections, (list, tuple)):
        out["sections"] = [_spread_section(s, given if isinstance(given, Mapping) else {}) for s in sections]
    return out


def _spread_section(section: Any, given: Mapping[str, Any]) -> Any:
    if not isinstance(section, Mapping):
        return section
    out = dict(section)
    own = out.pop("defaults", None)
    if isinstance(own, Mapping):
        given = {**given, **own}
    for part in ("items", "sections"):
        children = out.get(part)
        if isinstance(children, (list, tuple)):
            spread = _spread_section if part == "sections" else _spread_item
            out[part] = [spread(child, given) for child in children]
    return out


def _spread_item(item: Any, given: Mapping[str, Any]) -> Any:
    return {**given, **item} if isinstance(item, Mapping) and given else item


class Checklist(Record):
    """One version of one checklist, complete: includes resolved, translations merged in."""

    checklist: Id
    version: Version
    title: Text
    language: str = Field("en", pattern=LANGUAGE)
    """The language of texts that name none."""
    about: Text | None = None
    serves: tuple[Area, ...] = ()
    """Which sections of a full standard it serves; the book names those that no checklist serves."""
    status: Literal["draft", "approved", "in_force", "replaced"] = "in_force"
    announced_on: date | None = None
    in_force_from: date | None = None
    counts_for_pay_from: date | None = None
    responsible: tuple[Responsible, ...] = ()
    scoring: Literal["percent", "points"] = "percent"
    rollup: Literal["sections", "items"] | None = None
    """`None`: sections where a section has a weight, items otherwise."""
    start: Number = Decimal(0)
    """Points that a visit begins with; only in `points`."""
    direction: Literal["higher_is_better", "lower_is_better"] = "higher_is_better"
    below_0: bool = False
    over_100: bool = False
    decimals: int = Field(1, ge=0, le=6)
    min_coverage: Number = Field(Decimal(0), ge=0, le=100)
    """Percent; below it the visit is held."""
    unreached: Literal["fail", "zero", "exclude"] = "fail"
    """What `not_served` and `no_answer` count as."""
    grades: tuple[Grade, ...] = ()
    dimensions: dict[str, Text] = Field(default_factory=dict)
    positions: dict[str, Text] = Field(default_factory=dict)
    """Titles of what stands under `for:` of its items; without any, the words there stand for themselves."""
    spellings: Spellings = Spellings.model_construct(not_applicable=(), not_observed=(), yes=(), no=())
    ignore: dict[Word, Word] = Field(default_factory=dict)
    """Code of a lint rule → why it does not hold for this checklist."""
    sections: tuple[Section, ...] = Field(min_length=1)
    reviewed_by: dict[str, str] = Field(default_factory=dict)
    """Language → who reviewed that translation."""
    source_hash: str = ""
    """SHA-256 of the files it was read from; recorded in every result."""

    @model_validator(mode="before")
    @classmethod
    def _defaults(cls, data: Any) -> Any:
        return spread_defaults(data)

    @property
    def pools_items(self) -> bool:
        """Whether all items are pooled (`rollup: items`) rather than sections weighed."""
        if self.rollup is not None:
            return self.rollup == "items"
        return not any(s.weight is not None for s in self.walk_sections())

    def walk_sections(self) -> Iterator[Section]:
        """Every section and subsection, parents first, in order."""
        yield from (each for top in self.sections for each in _walk(top))

    def walk_items(self) -> Iterator[tuple[Section, AnyItem]]:
        """Every item with the section that directly holds it, in order."""
        yield from ((section, item) for section in self.walk_sections() for item in section.items)

    def position_title(self, name: str, language: str) -> str:
        """What people call a position that stands under `for:`."""
        title = self.positions.get(name)
        return title.said(language) if title is not None else name

    def position_named(self, words: str) -> str:
        """The name of the position whose title, in any language, these words are; other words as they stand."""
        return self._position_names.get(" ".join(words.split()).casefold(), words)

    @cached_property
    def _position_names(self) -> dict[str, str]:
        titles = ((word, name) for name, text in self.positions.items() for word in text.words.values())
        return {" ".join(word.split()).casefold(): name for word, name in titles}

    @cached_property
    def items_by_id(self) -> dict[str, AnyItem]:
        """Item id → item."""
        return {item.id: item for _, item in self.walk_items()}

    @cached_property
    def critical_items(self) -> frozenset[str]:
        """Items of which an answer can be critical, by themselves or by an option or a band of theirs."""
        return frozenset(item.id for _, item in self.walk_items() if _can_be_critical(item))

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Item or section id → the number printed before its text (`3.2`). Section keys start with `/`."""
        found: dict[str, str] = {}
        for place, section in enumerate(self.sections, 1):
            _number(section, section.number or str(place), found)
        return found


def positions_of(checklists: Iterable[Checklist]) -> dict[str, Text]:
    """The positions that people choose from, with their titles: of every checklist with an item for some of them only,
    those that it names and those that its items do."""
    found: dict[str, Text] = {}
    for checklist in checklists:
        used = [name for _, item in checklist.walk_items() for name in item.for_]
        for name in (*checklist.positions, *used) if used else ():
            found.setdefault(name, checklist.positions.get(name, Text(name)))
    return found


def _walk(section: Section) -> Iterator[Section]:
    yield section
    for child in section.sections:
        yield from _walk(child)


def _can_be_critical(item: AnyItem) -> bool:
    parts = (*getattr(item, "options", ()), *getattr(item, "bands", ()))
    return bool(item.critical) or any(part.critical for part in parts)


def _number(section: Section, number: str, found: dict[str, str]) -> None:
    found["/" + section.id] = number
    for place, item in enumerate(section.items, 1):
        found[item.id] = item.number or f"{number}.{place}"
    for place, child in enumerate(section.sections, 1):
        _number(child, child.number or f"{number}.{place}", found)

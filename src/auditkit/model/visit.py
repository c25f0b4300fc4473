"""What a shopper hands in: a submission about one visit on one checklist, and the states an answer can be in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field, PlainSerializer

from auditkit.model.record import Record
from auditkit.problems import Place


class Outcome(StrEnum):
    """How the visit ended; only `done` is scored."""

    DONE = "done"
    CLOSED = "closed"
    NOT_FOUND = "not_found"
    RECOGNISED = "recognised"
    REFUSED = "refused"
    NOT_SERVED = "not_served"
    NO_ANSWER = "no_answer"


UNREACHED = (Outcome.NOT_SERVED, Outcome.NO_ANSWER)
"""Results in themselves: the checklist's `unreached` says what they count as."""


class State(StrEnum):
    """What became of an item in a visit; never merged."""

    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"
    NOT_OBSERVED = "not_observed"
    NOT_ASKED = "not_asked"
    PENDING = "pending"
    MISSING = "missing"
    ANNULLED = "annulled"
    INFORMATIONAL = "informational"


NOT_APPLICABLE = "not_applicable"
NOT_OBSERVED = "not_observed"
NOT_ASKED = "not_asked"
"""Only a mapping says so: the source's form did not have the question. Nobody types it."""
NEVER = "never"
YES = "yes"
NO = "no"
GONE = "[deleted]"
"""Stands where somebody's words stood that were deleted after their time of retention."""
NONE_OF_THESE: tuple[str, ...] = ()
RESERVED = frozenset({NOT_APPLICABLE, NOT_OBSERVED, NEVER, "none", "missing", "pending", "not_asked", "annulled"})
"""Words that no option may have as its id."""

Value = str | int | Decimal | datetime | tuple[str, ...]
"""A canonical answer. yes_no: `yes`, `no`. choice: an option id. multi: option ids in the definition's order, `()` for
'none of these'. scale: int. number: Decimal. timestamp: datetime (aware, or local to the branch), or `never`.
text, photo, audio, receipt, file: str. Any kind that allows it: `not_applicable`, `not_observed`; any kind:
`not_asked`, where the source's form did not have the question. A blank is absent."""


class Source(Record):
    """The file (and row) that a submission was read from."""

    file: str
    """As given or relative to the programme's folder; `/` between folders."""
    sheet: str | None = None
    row: int | None = None
    """Of a table with a row a visit; 1 is the first line of the file."""
    sha256: str = ""
    reader: str = ""
    """Which reader understood it: `workbook`, `json`, `wide`, `long`."""
    undated: bool = False
    """The file says of none of its visits when it was."""
    answers: str = ""
    """Hash of all that was answered, where some of it was deleted since."""
    attached: tuple[str, ...] = ()
    """Names of the photos that the file itself holds: those of a page form."""


class Submission(Record):
    """One file or row that reports one visit on one checklist; every value is canonical, every cell is known."""

    visit_id: str
    checklist: str
    version: str
    branch: str
    shopper: str | None = None
    employee: str | None = None
    position: str | None = None
    wave: str | None = None
    outcome: Outcome = Outcome.DONE
    visit_date: date | None = None
    start: datetime | None = None
    end: datetime | None = None
    handed_in: datetime | None = None
    attempts: int | None = None
    language: str | None = None
    supersedes: str | None = None
    """SHA-256 of the submission that this one replaces (written into a marked copy)."""
    customers_waiting: int | None = None
    staff_on_duty: int | None = None
    minutes_to_first_contact: Decimal | None = None
    definition_hash: str = ""
    """Of the definition that the form was written from, where the form says so."""
    answers: dict[str, Value] = Field(default_factory=dict)
    comments: dict[str, str] = Field(default_factory=dict)
    evidence: dict[str, str] = Field(default_factory=dict)
    """Item id → file names, `; ` between them."""
    cells: Annotated[Mapping[str, str], PlainSerializer(dict)] = Field(default_factory=dict)
    """Item id → cell of its answer (`D14`, or `Sheet!D14` where the file has several sheets)."""
    typed: dict[str, str] = Field(default_factory=dict)
    """Item id → what stood in the cell, where it is not the canonical answer itself."""
    facts: dict[str, str] = Field(default_factory=dict)
    """Further columns that the mapping names, as typed."""
    published: dict[str, str] = Field(default_factory=dict)
    """Scores that the file itself states, as typed: section id → score, `` (empty key) → the visit's."""
    published_cells: dict[str, str] = Field(default_factory=dict)
    source: Source

    def place(self, item: str = "") -> Place:
        """Where the answer to an item stands; without an item, the file or row."""
        cell = self.cells.get(item)
        if cell is None:
            return Place(self.source.file, self.source.sheet, None, self.source.row)
        sheet, _, at = cell.rpartition("!")
        return Place(self.source.file, sheet or self.source.sheet, at)

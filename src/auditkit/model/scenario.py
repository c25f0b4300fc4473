"""A scenario: what a shopper plays, remembers, brings back and proves in one kind of visit."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from auditkit.model.record import Id, Names, Number, Record
from auditkit.model.text import Text


class Needed(StrEnum):
    """When a proof is asked for."""

    ALWAYS = "always"
    """In every visit that was carried out."""
    PURCHASE = "purchase"
    """Where something was bought."""
    CLOSED = "closed"
    """Where the branch was closed or could not be found."""


class Proof(Record):
    """What comes back with the answers to show that the visit took place."""

    kind: Literal["photo", "audio", "receipt", "file"]
    what: Text
    """In words for the shopper: the entrance with the name of the branch."""
    at_least: int = Field(1, ge=1, le=100)
    """How many files."""
    when: Needed = Needed.ALWAYS


class Purchase(Record):
    """What the shopper buys, and what is paid back at most."""

    what: Text
    limit: Number = Field(ge=0)
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Scenario(Record):
    """One file of `scenarios/`."""

    scenario: Id
    title: Text
    legend: Text
    """Who the shopper is and what for, as told to the employee."""
    checklists: Names = ()
    """What is filled in after such a visit; empty: those of the plan, else of the programme."""
    say: tuple[Text, ...] = ()
    """Sentences or questions that have to come up."""
    never_say: tuple[Text, ...] = ()
    remember: tuple[Text, ...] = ()
    """Beside the times and numbers that the checklists ask for themselves."""
    bring: tuple[Text, ...] = ()
    """What the shopper has along: a telephone that takes photos, a card."""
    purchase: Purchase | None = None
    waiting_limit: int | None = Field(None, ge=1, le=600)
    """Minutes after which nobody has to wait on."""
    attempts: int | None = Field(None, ge=1, le=20)
    """How often the branch is tried before it counts as not reached."""
    proof: tuple[Proof, ...] = ()

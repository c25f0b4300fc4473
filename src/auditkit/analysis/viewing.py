"""What a reader may see of a visit; who may see what is decided in `audience`."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, Protocol


class Attended(NamedTuple):
    """What is known of a visit's time and people."""

    branch: str
    day: date | None
    start: str
    """ISO 8601, '' where it is not known; without an offset in the branch's local time."""
    staff_on_duty: int | None
    shopper: str


class Seen(NamedTuple):
    """What is shown of it."""

    day: date | None
    part_of_day: str
    week_only: bool
    shopper: str


class Said(NamedTuple):
    """Words that a shopper wrote beside, or as, an answer."""

    visit: str
    checklist: str
    item: str
    text: str


class Audience(Protocol):
    """One kind of reader."""

    def visit(self, attended: Attended) -> Seen:
        """Time and shopper as this reader may see them."""

    def words(self, text: str) -> str:
        """A file's name or a visit's code as this reader may see it."""

    def comment(self, said: Said) -> str:
        """A shopper's words as this reader may see them; '' where they are not for him."""

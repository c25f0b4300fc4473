"""Who visits which branch when: the plan of a wave, and the shoppers."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Shopper(NamedTuple):
    """Somebody who makes visits; a code and nothing that says who it is."""

    code: str
    languages: tuple[str, ...] = ()
    """`kk`, `ru`; the first is that of her forms."""
    city: str = ""
    agency: str = ""
    barred: tuple[str, ...] = ()
    """Branches that she must not visit."""


class Planned(NamedTuple):
    """One visit of a wave."""

    visit_id: str
    branch: str
    checklists: tuple[str, ...]
    scenario: str = ""
    """Empty: none."""
    shopper: str = ""
    language: str = ""
    """Of the form; empty: nobody says."""
    from_: date | None = None
    to: date | None = None

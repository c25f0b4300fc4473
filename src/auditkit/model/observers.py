"""Whose eyes a form is for: it holds only what its reader can see."""

from __future__ import annotations

from collections.abc import Iterable

from auditkit.model.checklist import Checklist
from auditkit.model.judging import Observer

SHOPPER = (Observer.SHOPPER, Observer.SHOPPER_LATER)


def eyes_for(checklists: Iterable[Checklist]) -> tuple[Observer, ...]:
    """The shopper, and every observer of a checklist in which a shopper sees nothing (a manager's observation)."""
    found = set(SHOPPER)
    for checklist in checklists:
        seen = {item.seen_by for _, item in checklist.walk_items()}
        found |= set() if seen & set(SHOPPER) else seen
    return tuple(each for each in Observer if each in found)

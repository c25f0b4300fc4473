"""What a form is written from, whatever it is written as: workbook, page, paper, survey tool, terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from auditkit.model.checklist import Checklist
from auditkit.model.judging import Observer
from auditkit.model.observers import eyes_for
from auditkit.model.visit import Submission


class CannotWrite(Exception):  # noqa: N818  no fault of ours: something that this kind of form needs is not there
    """A form of this kind can't be written here; the message says why, in the reader's language, and what to do."""


COLLECTED_AT_HOME = frozenset({"RU", "KZ"})
"""Countries whose law keeps what is asked about persons out of services abroad."""


class Remark(NamedTuple):
    """What is to be mended in a returned form, beside the question it is about."""

    checklist: str
    """Empty: the cover's fields and the form as a whole."""
    key: str
    """Item id, or a field of the cover (`visit_date`); empty: the checklist as a whole."""
    text: str
    """In the form's language."""


@dataclass(frozen=True)
class Blank:
    """The form of one visit, on one or several checklists, empty or filled in part."""

    checklists: Sequence[Checklist]
    language: str = "en"
    visit_id: str = ""
    branch: str | None = None
    wave: str | None = None
    shopper: str | None = None
    seen_by: tuple[Observer, ...] = ()
    """Whose eyes it is for: only items that they can see are in it. Empty: the shopper's, and those of whoever alone
    observes one of the checklists (a manager's observation)."""
    employees: Literal["none", "position", "named"] = "position"
    """How far the employee may be named: rule `employees` of the programme."""
    filled: Mapping[str, Submission] = field(default_factory=dict)
    """Checklist id → what is already answered (the first one's cover is taken)."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """Field of the cover → what was typed there and could not be read: shown again, so that nothing is lost."""
    supersedes: str = ""
    """SHA-256 of the file that this form, when it comes back, replaces."""
    remarks: tuple[Remark, ...] = ()

    def __post_init__(self) -> None:
        if not self.seen_by:
            object.__setattr__(self, "seen_by", eyes_for(self.checklists))

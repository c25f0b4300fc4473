"""What comes of reading a table: a reading for every submission in it, and what is wrong with the table itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from auditkit.model.checklist import Checklist
from auditkit.model.visit import Submission
from auditkit.problems import Problem


class Checklists(Protocol):
    """Where definitions are found."""

    def get(self, id_: str, version: str | None = None, /) -> Checklist | None:
        """The checklist of this id; without a version the newest in force."""


class Reading(NamedTuple):
    """One submission as it was read; `None` where it could not be made out."""

    submission: Submission | None
    problems: tuple[Problem, ...]
    visit_hint: str = ""
    """Visit code or other name, for people, where there is no submission."""


class Readings(list[Reading]):
    """A list of readings; `problems` are the table's own: columns that are missing, doubled or unused."""

    def __init__(self, readings: Iterable[Reading] = (), problems: Iterable[Problem] = ()) -> None:
        super().__init__(readings)
        self.problems: tuple[Problem, ...] = tuple(problems)

"""Readings of one table, with what is wrong with the table as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from auditkit.problems import Problem

if TYPE_CHECKING:
    from auditkit.intake.reading import Reading

    _Base = list[Reading]
else:
    _Base = list


class Readings(_Base):
    """A list of readings; `problems` are the table's own: columns that are missing, doubled or unused."""

    def __init__(self, readings: Iterable[Reading] = (), problems: Iterable[Problem] = ()) -> None:
        super().__init__(readings)
        self.problems: tuple[Problem, ...] = tuple(problems)

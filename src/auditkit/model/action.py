"""What a branch does about a finding: a line each time that it says so, of which the latest holds."""

from __future__ import annotations

from typing import NamedTuple

MEASURES = ("show", "course", "talk", "process", "equipment", "appeal", "other")
STATUSES = ("open", "in_progress", "done", "checked")


class Action(NamedTuple):
    """One line of actions.csv."""

    at: str
    """When it was taken, ISO 8601 with offset."""
    wave: str
    branch: str
    checklist: str
    item: str
    measure: str
    """One of `MEASURES`, or what was typed."""
    owner: str
    due: str
    """ISO date, or ''."""
    status: str
    """One of `STATUSES`."""

    @property
    def about(self) -> tuple[str, str, str, str]:
        """The finding that it is about."""
        return self.wave, self.branch, self.checklist, self.item


def latest(every: tuple[Action, ...]) -> dict[tuple[str, str, str, str], Action]:
    """What holds of each finding."""
    return {each.about: each for each in every}

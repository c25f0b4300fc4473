"""A report that was finished at the desk, read back to be changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditkit.intake.json_submission import read_json
from auditkit.model.checklist import Checklist
from auditkit.model.visit import Submission
from auditkit.problems import Problem
from auditkit.tables.opening import open_book


class _Given:
    """The checklists that the command named: a report of another version is read by the one at hand."""

    def __init__(self, checklists: Sequence[Checklist]) -> None:
        self._by_id = {each.checklist: each for each in checklists}

    def get(self, id_: str, version: str | None = None) -> Checklist | None:  # noqa: ARG002  see above
        return self._by_id.get(id_)


def read_report(path: Path, checklists: Sequence[Checklist]) -> tuple[list[Submission], list[Problem]]:
    """The reports in a file, and what could not be read of it."""
    book, problems = open_book(path)
    if book is None:
        return [], list(problems)
    readings = list(read_json(book, _Given(checklists)))
    found = [reading.submission for reading in readings if reading.submission is not None]
    return found, [*problems, *(each for reading in readings for each in reading.problems)]

"""A recorded result reckoned again from what it was reckoned from: the same inputs give the same digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from auditkit.model.checklist import Checklist
from auditkit.model.programme import WorkingCalendar
from auditkit.model.score import Hashes
from auditkit.model.visit import Submission
from auditkit.results.columns import VISITS
from auditkit.results.keys import submission_hash
from auditkit.results.rows import Came, Row, rows_of
from auditkit.scoring import ENGINE, score


@dataclass(frozen=True)
class Inputs:
    """Everything that a score depends on."""

    checklist: Checklist
    submission: Submission
    calendar: WorkingCalendar | None = None
    time_zone: str = "UTC"
    annulled: frozenset[str] = frozenset()


class Difference(NamedTuple):
    """A column of `visits` that came out otherwise, or an input that is not the recorded one."""

    column: str
    recorded: object
    now: object


_GIVEN = ("definition", "submission", "calendar")
"""Hashes that can be checked against the inputs themselves."""
_LATER = ("fate", "reason")


def replay(row: Sequence[object], inputs: Inputs) -> tuple[Row, tuple[Difference, ...]]:
    """A row of `visits` made anew, and where it differs from the recorded one; nothing differs when all is as it was.

    Inputs that are not those recorded are named first: their hash stands in the row.
    """
    recorded = dict(zip(VISITS.names, row, strict=False))
    calendar = inputs.calendar.sha256 if inputs.calendar is not None and recorded["hash_calendar"] else ""
    hashes = Hashes(
        inputs.checklist.source_hash,
        submission_hash(inputs.submission),
        calendar,
        str(recorded["hash_programme"]),
        str(recorded["hash_decisions"]),
        ENGINE,
    )
    came = Came(str(recorded["wave"]), str(recorded["file"]), str(recorded["file_sha256"]), hashes)
    made = score(
        inputs.checklist,
        inputs.submission,
        calendar=inputs.calendar,
        time_zone=inputs.time_zone,
        annulled=inputs.annulled,
    )
    ((now,), _, _) = rows_of(str(recorded["key"]), inputs.submission, made, inputs.checklist, came)
    return now, tuple(_differences(recorded, now))


def _differences(recorded: dict[str, object], now: Row) -> list[Difference]:
    made = dict(zip(VISITS.names, now, strict=False))
    found = [Difference(name, recorded[name], made[name]) for name in made if made[name] != recorded[name]]
    first = {f"hash_{name}" for name in _GIVEN} | {"engine"}
    return sorted((each for each in found if each.column not in _LATER), key=lambda each: each.column not in first)

"""decisions.csv written: lines are put behind those that are there, all of them or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditkit.definitions.decisions import COLUMNS, FILE, read_decisions
from auditkit.definitions.programme import ProgrammeFolder
from auditkit.model.decision import Decision, What
from auditkit.problems import Severity, declare
from auditkit.run.appending import append

BUSY = declare(
    "R235",
    Severity.ERROR,
    finds="A decisions.csv or actions.csv that somebody else is writing into, or that may not be written.",
    why="Two lines with one number would be two decisions under one name.",
    mend="Close it where it is open, and try again.",
)


def write(home: ProgrammeFolder, lines: Sequence[Decision]) -> list[Decision]:
    """Put lines behind those that are there, with the next numbers; all of them or none. Raises OSError."""
    numbered: list[Decision] = []

    def rows() -> Iterator[list[str]]:
        # Anew, since somebody may have decided meanwhile.
        there, _ = read_decisions(home.folder, [wave.id for wave in home.programme.waves])
        first = (there or home.decisions).next_number
        numbered[:] = [each._replace(number=first + at) for at, each in enumerate(lines)]
        return ([_cell(getattr(each, name)) for name in COLUMNS] for each in numbered)

    append(home.folder / FILE, COLUMNS, rows)
    return numbered


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return ";".join(value)
    return value.value if isinstance(value, What) else str(value)

"""What is said where a disk refuses: no room, no right, gone meanwhile."""

from __future__ import annotations

from auditkit.problems import Place, Problem, Severity, declare, problem

REFUSED = declare(
    "R296",
    Severity.ERROR,
    finds="A file that could not be written or read: the disk is full, the folder is not writable, the file is open.",
    why="Nothing half-written is left: what stood there before stands there still.",
    mend="Make room, close the file where it is open, or write somewhere else; then give the same command again.",
)


def refused(error: OSError) -> Problem:
    """The problem behind what the system says."""
    return problem(REFUSED, Place(str(error.filename or "")), error.strerror or str(error))

"""What came in and what became of it."""

from __future__ import annotations

import json

from auditkit.analysis.asking import Asked, ask
from auditkit.analysis.network_shapes import FileProblem, NotAccepted, Quality

FATES = ("accepted", "held", "returned", "excluded", "duplicate", "not_carried_out", "unreadable")


def quality_of(tables: Asked, wave: str) -> Quality:
    """Every submission of the wave by its fate, what is in no mean with its reason, and every problem."""
    counts = dict(ask(tables, "fates", wave=wave))
    order = [*FATES, *sorted(set(counts).difference(FATES))]
    return Quality(
        received=sum(counts.values()),
        by_fate=tuple((fate, counts.get(fate, 0)) for fate in order),
        problems=tuple(
            FileProblem(code, severity, place, value, tuple((a, b) for a, b in json.loads(params)), fate)
            for code, severity, place, value, params, fate in ask(tables, "problems", wave=wave)
        ),
        not_accepted=tuple(
            NotAccepted(f"{file}:{row}" if row is not None else file, *rest)
            for file, row, *rest in ask(tables, "not_accepted", wave=wave)
        ),
    )

"""The report of a shopping vendor: review number and site first, sections by name, answers with their points."""

from __future__ import annotations

from auditkit.intake.dialects.dialect import Dialect, headers

CHECKER = Dialect(
    "Checker",
    (headers("Review number", "Site Code", "Final Score"), headers("Review number", "Site Name", "Branch")),
    visit=("review number",),
    final=("final score",),
)

"""A submission put together from what a foreign table says of the visit and of its answers."""

from __future__ import annotations

from auditkit.intake.columns_fields import Visit, record_fields
from auditkit.intake.columns_reader import Given
from auditkit.model.checklist import Checklist
from auditkit.model.visit import Source, Submission


def submission_of(checklist: Checklist, visit: Visit, name: str, given: Given, source: Source) -> Submission:
    """One visit on one checklist. Every value was read into its canonical form before, so none is validated again."""
    return Submission.of_canonical(
        visit_id=name,
        checklist=checklist.checklist,
        version=checklist.version,
        branch=visit.text("branch") or "",
        answers=given.answers,
        comments=given.comments,
        evidence=given.evidence,
        cells=given.all_cells(),
        typed=given.typed,
        facts=visit.facts,
        published=given.published,
        published_cells=given.published_cells,
        source=source,
        **record_fields(visit),
    )

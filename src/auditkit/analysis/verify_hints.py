"""What a whole wave tells about its differences, beyond the rules that explain them one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from auditkit.analysis.verification import Finding, Verification
from auditkit.analysis.verify_common import Common, in_common
from auditkit.analysis.verify_spare import Added, added_questions
from auditkit.analysis.verify_weights import Weights, fitting_weights
from auditkit.intake.spare import SpareColumns
from auditkit.model.checklist import Checklist
from auditkit.model.columns import Columns
from auditkit.model.visit import Submission


class Hints(NamedTuple):
    """Where to look first."""

    added: tuple[Added, ...] = ()
    weights: tuple[Weights, ...] = ()
    common: tuple[Common, ...] = ()


def asks_for_columns(verification: Verification) -> bool:
    """Whether a section differs without a reason, so that questions may have been added."""
    return any(
        each.kind == "sections" and each.finding is Finding.DISAGREES and not each.why and not each.unread
        for each in verification.compared
    )


def hints_of(
    verification: Verification,
    submissions: Sequence[Submission],
    checklists: Mapping[str, Checklist],
    columns: Columns,
    spare: Iterable[SpareColumns],
) -> Hints:
    """Added questions, other weights, answers that all differences share. `checklists`: id → definition."""
    if verification.agrees:
        return Hints()
    tables = list(spare)
    added = [each for own in checklists.values() for each in added_questions(verification, tables, own)]
    published = {own.checklist.partition("@")[0]: own.published for own in columns.checklists}
    weights = [
        found
        for own in checklists.values()
        if (stated := published.get(own.checklist)) is not None
        and (found := fitting_weights(verification, own, stated)) is not None
    ]
    told = {each.section for each in added}
    common = [each for each in in_common(verification, submissions) if not told or each.name not in (*told, "")]
    return Hints(tuple(added), tuple(weights), tuple(common))

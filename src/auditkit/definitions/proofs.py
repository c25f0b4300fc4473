"""What must be true of a checklist before anybody is asked anything: every proof over it, in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditkit.definitions.evidence import Evidence
from auditkit.definitions.origins import Origins
from auditkit.definitions.proofs_conditions import prove_conditions
from auditkit.definitions.proofs_critical import prove_critical
from auditkit.definitions.proofs_grades import HUNDRED, Ends, prove_grades
from auditkit.definitions.proofs_items import prove_items
from auditkit.definitions.proofs_names import prove_names
from auditkit.definitions.proofs_sums import prove_sums
from auditkit.definitions.proofs_times import prove_times
from auditkit.definitions.reach import ZERO, total
from auditkit.model.checklist import Checklist
from auditkit.problems import Problem

if TYPE_CHECKING:
    from auditkit.definitions.repair import Mended


def prove(checklist: Checklist, origins: Origins, mended: Mended | None = None) -> list[Problem]:
    """Everything in a well-formed checklist that cannot be meant, with the place of each.

    `mended` says which parts only stand in for faulty ones: of those nothing is said.
    """
    evidence = Evidence.of(checklist, origins, mended.items if mended else frozenset())
    prove_names(evidence)
    prove_conditions(evidence)
    prove_times(evidence)
    prove_items(evidence)
    gone = mended.keys if mended else frozenset()
    prove_sums(evidence, gone)
    if not gone & {"scoring", "direction"}:
        if "grades" not in gone:
            prove_critical(evidence)
        lower = checklist.direction == "lower_is_better"
        prove_grades(evidence.say, checklist.grades, lower_is_better=lower, ends=_ends(checklist, mended))
    return list(dict.fromkeys(evidence.problems))


def _ends(checklist: Checklist, mended: Mended | None) -> Ends:
    if checklist.scoring == "percent":
        return Ends(None if checklist.below_0 else ZERO, None if checklist.over_100 else HUNDRED)
    if mended is not None:
        return Ends(None, None, sections=False)  # what faulty items can earn is not known
    least, greatest = total(checklist)
    # Only the good end: effects take a visit beyond the bad one.
    lower = checklist.direction == "lower_is_better"
    return Ends(least, None, sections=False) if lower else Ends(None, greatest, sections=False)

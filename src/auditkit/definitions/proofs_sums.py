"""Proofs over the roll-up: every section and the visit can have a score, and no key stands that would never be used."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from auditkit.definitions.documents import Keys
from auditkit.definitions.evidence import Evidence
from auditkit.definitions.reach import reach
from auditkit.model.checklist import Section
from auditkit.model.items import AnyItem, is_scored
from auditkit.problems import Severity, declare

NEVER_SCORED = declare(
    "D240",
    Severity.ERROR,
    finds="A section with scored items (or a weight) in which no points are possible.",
    why="It would be 'not scored' in every visit, and its weight would go to the others without a word.",
    mend="Give one of its items a weight and a credit above 0, or write `scored: false` and leave the weight out.",
)
NOTHING_SCORED = declare(
    "D241",
    Severity.ERROR,
    finds="A checklist in which no item can earn anything.",
    why="No visit would ever have a score.",
    mend="Score at least one item.",
)
WEIGHTS_ZERO = declare(
    "D242",
    Severity.ERROR,
    finds="Sections whose weights add up to 0.",
    why="A mean with weights of 0 does not exist.",
    mend="Give at least one of them a weight above 0.",
)
WEIGHT_UNUSED = declare(
    "D243",
    Severity.ERROR,
    finds="A section weight in a checklist that pools its items, or counts points.",
    why="It would never be used, and readers would believe that it is.",
    mend="Delete the weight, or write `rollup: sections` (percent only).",
)
POINTS_ONLY = declare(
    "D244",
    Severity.ERROR,
    finds="`start` or `direction` in a checklist scored in percent.",
    why="A percentage begins at 0 and higher is better; the key would never be used.",
    mend="Delete it, or write `scoring: points`.",
)
PERCENT_ONLY = declare(
    "D245",
    Severity.ERROR,
    finds="`rollup`, `below_0` or `over_100` in a checklist scored in points.",
    why="Points are added up and never held; the key would never be used.",
    mend="Delete it, or write `scoring: percent`.",
)
DATES = declare(
    "D246",
    Severity.ERROR,
    finds="Dates out of order: announced after it is in force, or counted for pay before it is in force.",
    why="Nobody can be held to a standard before it was announced and in force.",
    mend="Correct the dates.",
)


def prove_sums(evidence: Evidence, gone: frozenset[str] = frozenset()) -> None:
    """Weights, possible points, and keys of the other way of scoring; `gone`: keys left out since they are faulty."""
    _dates(evidence)
    if gone & {"scoring", "rollup"}:
        return
    _whole(evidence)
    _keys(evidence)
    if not evidence.checklist.pools_items and evidence.checklist.scoring == "percent":
        _weights(evidence, evidence.checklist.sections, ("sections",))


def _whole(evidence: Evidence) -> None:
    all_items = evidence.items.values()
    if not any((is_scored(item) and not item.bonus and item.weight > 0) or _open(evidence, item) for item in all_items):
        if evidence.items:  # a section with nothing in it is said on its own
            evidence.say(NOTHING_SCORED, ("checklist",), evidence.checklist.checklist)
        return
    for section, path in evidence.sections:
        inside = [item for each in _inside(section) for item in each.items]
        items = [item for item in inside if is_scored(item)]
        weighed = bool(section.weight) and evidence.checklist.scoring == "percent"
        expected = bool(items) or (weighed and bool(inside))
        if expected and not any(_counts(evidence, item) or _open(evidence, item) for item in inside):
            evidence.say(NEVER_SCORED, (*path, "id"), section.id)


def _counts(evidence: Evidence, item: AnyItem) -> bool:
    """Whether its section has a score by it: in points, where the best may be 0, whatever can be won or lost."""
    if evidence.checklist.scoring == "points":
        return is_scored(item) and item.weight > 0
    return _possible(evidence, item) > 0


def _open(evidence: Evidence, item: AnyItem) -> bool:
    """Whether the item only stands in for a faulty one, which may be scored once it is mended."""
    return item.id in evidence.untrusted


def _inside(section: Section) -> list[Section]:
    return [section, *(deeper for child in section.sections for deeper in _inside(child))]


def _possible(evidence: Evidence, item: AnyItem) -> Decimal:
    return Decimal(0) if item.bonus else item.weight * reach(item, evidence.checklist).greatest


def _weights(evidence: Evidence, sections: Sequence[Section], path: Keys) -> None:
    given = [section.weight for section in sections]
    # Without a weight a section counts 1 beside its siblings.
    if given and all(weight == 0 for weight in given):
        evidence.say(WEIGHTS_ZERO, (*path, 0, "weight"), 0)
    for at, section in enumerate(sections):
        _weights(evidence, section.sections, (*path, at, "sections"))


def _keys(evidence: Evidence) -> None:
    checklist = evidence.checklist
    points = checklist.scoring == "points"
    for key in ("rollup", "below_0", "over_100") if points else ("start", "direction"):
        if key in checklist.model_fields_set:
            evidence.say(PERCENT_ONLY if points else POINTS_ONLY, (key,), key)
    if points or checklist.pools_items:
        for section, path in evidence.sections:
            if section.weight is not None:
                evidence.say(WEIGHT_UNUSED, (*path, "weight"), section.weight, section=section.id)


def _dates(evidence: Evidence) -> None:
    c = evidence.checklist
    steps = [("announced_on", c.announced_on), ("in_force_from", c.in_force_from)]
    steps.append(("counts_for_pay_from", c.counts_for_pay_from))
    given = [(key, day) for key, day in steps if day is not None]
    for (before, earlier), (key, day) in pairwise(given):
        if day < earlier:
            evidence.say(DATES, (key,), day, first=f"{before}: {earlier}", second=f"{key}: {day}")

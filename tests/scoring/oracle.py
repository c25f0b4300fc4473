"""A whole visit once more, straight from the specification: plain data in, plain fractions out, slow and plain to read.

Knows nothing of the program: a definition is the dictionary that its YAML would give.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from .oracle_credits import Data, Item, is_scored, lower, number, out_item, points, scored_item
from .oracle_grades import as_shown, graded
from .oracle_rollup import Log, Visit, points_lost, possible
from .oracle_states import Answers, Around, Asking, Wrong, items_with_conditions, required, timed


class Result(NamedTuple):
    """What became of the visit."""

    items: dict[str, Item]
    sections: dict[str, Fraction | None]
    score: Fraction | None
    base: Fraction | None
    lost: dict[str, Fraction]
    log: Log
    grade: str | None
    verdict: str | None
    shown: str | None
    counts: dict[str, int]
    ends: tuple[Fraction, Fraction]
    problems: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()


def scored_visit(doc: Data, answers: Answers, around: Around, annulled: set[str], accepted: bool) -> Result:
    """Everything about one visit that was carried out; one with required gaps has no score."""
    asking = Asking(doc, answers, around.position)
    items = {}
    problems = []
    for item, section, _ in items_with_conditions(doc["sections"]):
        try:
            found = observed(item, section, answers, asking, around, annulled, accepted)
        except Wrong as wrong:
            problems.append((str(wrong), item["id"]))
            found = out_item(item, section, "missing", doc)
        items[item["id"]] = found
    missing = [id_ for id_, item in items.items() if item.state == "missing" and required(item.data)]
    result = score_of(doc, items)
    if missing:
        blank = dict.fromkeys(result.sections)
        result = result._replace(
            sections=blank, score=None, base=None, lost={}, log=[], grade=None, verdict=None, shown=None
        )
    return result._replace(problems=tuple(sorted(problems)), missing=tuple(missing))


def observed(  # noqa: PLR0911  one line a state
    item: Data, section: str, answers: Answers, asking: Asking, around: Around, annulled: set[str], accepted: bool
) -> Item:
    doc, answer = asking.doc, answers.get(item["id"])
    if not asking.asked(item["id"]):
        return out_item(item, section, "not_asked", doc)
    if item["id"] in annulled:
        return out_item(item, section, "annulled" if is_scored(item) else "informational", doc)
    if not is_scored(item):
        gap = answer is None and required(item) and not accepted
        return out_item(item, section, "missing" if gap else "informational", doc)
    if item.get("kind") in ("duration", "deadline"):
        what, answer = timed(item, answers, asking, around)
        if what == "state":
            return out_item(item, section, answer, doc)
    if answer is None:
        return out_item(item, section, "not_observed" if accepted and required(item) else "missing", doc)
    if answer == "not_applicable" and item.get("not_applicable"):
        return out_item(item, section, "not_applicable", doc)
    if answer == "not_observed" and item.get("not_observed", True):
        return out_item(item, section, "not_observed", doc)
    found = scored_item(item, section, answer, doc)
    if found is None:
        raise Wrong("G105")
    return found


def score_of(doc: Data, items: dict[str, Item]) -> Result:
    """The visit from its items."""
    one = Visit(doc, items)
    rough = one.total() if points(doc) else one.percent()
    value = None if rough is None else one.after_effects(rough)
    lost = points_lost(doc, one) if value is not None else {}
    low, high = Fraction(0), Fraction(100)
    if points(doc):
        low, high = (
            number(doc.get("start", 0)) + sum(possible(item, doc, which) for item in items.values()) for which in (0, 1)
        )
    base = None if value is None else high + sum(lost.values()) * (1 if lower(doc) else -1)
    shown = None if value is None else as_shown(value, doc)
    grade, verdict = graded(doc, one, shown)
    counts = {
        state: sum(
            item.state == state and is_scored(item.data) and not item.data.get("bonus") for item in items.values()
        )
        for state in ("scored", "not_observed", "missing", "not_applicable")
    }
    return Result(items, one.sections, value, base, lost, one.log, grade, verdict, shown, counts, (low, high))

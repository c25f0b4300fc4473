"""Proofs over durations and deadlines: two recorded times, and exactly one way to reckon from them."""

from __future__ import annotations

from auditkit.definitions.evidence import Evidence, Spot
from auditkit.definitions.proofs_conditions import NO_ITEM
from auditkit.model.items import Deadline, Duration, Timestamp, is_scored
from auditkit.problems import Severity, declare, nearest

NOT_A_TIME = declare(
    "D220",
    Severity.ERROR,
    finds="A duration or deadline that is to be reckoned from an item which records no time.",
    why="Nothing could be reckoned.",
    mend="Name an item of kind `timestamp`.",
)
ONE_WAY = declare(
    "D221",
    Severity.ERROR,
    finds="A deadline without a due time, or with several ways to it at once.",
    why="Whether it was kept would depend on which one is meant.",
    mend="Keep `promised`, or `from` with one of `within`, `same_day: true`, `next_working_day_at`.",
)
NO_BANDS = declare(
    "D222",
    Severity.ERROR,
    finds="A scored duration without bands.",
    why="It cannot be known how long is good.",
    mend="Add `bands:`, or `scored: false`.",
)
ITSELF = declare(
    "D223",
    Severity.ERROR,
    finds="A duration or deadline from a time to the same time.",
    why="It would always be nothing.",
    mend="Name two different timestamps.",
)

KEPT_COSTS = declare(
    "D224",
    Severity.ERROR,
    finds="A deadline without bands in a checklist where fewer points are better.",
    why="A kept deadline earns 1 and a missed one 0: keeping it would cost a point.",
    mend="Add `bands:` on the lateness: `[{up_to: 0, credit: 0}, {credit: 5}]`.",
)


def prove_times(evidence: Evidence) -> None:
    """Every duration and deadline."""
    for spot in evidence.spots:
        if isinstance(spot.item, Duration):
            _duration(evidence, spot, spot.item)
        elif isinstance(spot.item, Deadline):
            _deadline(evidence, spot, spot.item)


def _duration(evidence: Evidence, spot: Spot, item: Duration) -> None:
    _ends(evidence, spot, {"from": item.from_, "to": item.to})
    if is_scored(item) and not item.bands:
        evidence.say(NO_BANDS, (*spot.path, "id"), item.id)


def _deadline(evidence: Evidence, spot: Spot, item: Deadline) -> None:
    _ends(evidence, spot, {"from": item.from_, "promised": item.promised, "to": item.to})
    ways = {
        "within": item.within is not None,
        "same_day": item.same_day,
        "next_working_day_at": item.next_working_day_at is not None,
        "promised": item.promised is not None,
    }
    if is_scored(item) and not item.bands and evidence.checklist.direction == "lower_is_better":
        evidence.say(KEPT_COSTS, (*spot.path, "id"), item.id)
    given = [way for way, said in ways.items() if said]
    if len(given) != 1:
        evidence.say(
            ONE_WAY, (*spot.path, *given[1:2]) if given else (*spot.path, "id"), item.id, ways=", ".join(given) or "–"
        )
    elif (item.from_ is None) != (item.promised is not None):
        key = "from" if item.from_ is not None else given[0]
        evidence.say(ONE_WAY, (*spot.path, key), item.id, ways=key)


def _ends(evidence: Evidence, spot: Spot, ends: dict[str, str | None]) -> None:
    seen: set[str] = set()
    for key, id_ in ends.items():
        if id_ is None:
            continue
        named = evidence.items.get(id_)
        times = [each.item.id for each in evidence.spots if isinstance(each.item, Timestamp)]
        if named is None:
            evidence.say(NO_ITEM, (*spot.path, key), id_, known=nearest(id_, times) or ", ".join(times))
        elif not isinstance(named, Timestamp) and id_ not in evidence.untrusted:
            evidence.say(NOT_A_TIME, (*spot.path, key), id_, kind=named.kind, known=", ".join(times))
        elif id_ in seen and key == "to":
            evidence.say(ITSELF, (*spot.path, key), id_)
        seen.add(id_)

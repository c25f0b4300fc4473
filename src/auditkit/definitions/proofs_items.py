"""Proofs over what one item's answers earn: bands, scales, options, and the bounds of sense."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditkit.definitions.documents import Keys
from auditkit.definitions.evidence import Evidence, Spot
from auditkit.definitions.reach import reach
from auditkit.model.credits import rules
from auditkit.model.items import Band, Choice, Deadline, Duration, Multi, NumberItem, Scale, is_scored
from auditkit.problems import Severity, declare

BAND_ORDER = declare(
    "D230",
    Severity.ERROR,
    finds="Bands that do not rise, or two with the same upper end.",
    why="The first band that holds the number counts; one that lies below an earlier one is never reached.",
    mend="Order the bands by `up_to`, the smallest first.",
)
OPEN_BAND = declare(
    "D231",
    Severity.ERROR,
    finds="A last band with an upper end, or an open band before the last.",
    why="A number above the last band would have no credit.",
    mend="Leave `up_to` out of the last band, and only there.",
)
ONE_RULE = declare(
    "D232",
    Severity.ERROR,
    finds="A scored number with neither `bands` nor `linear`, or with both.",
    why="It cannot be known what a number earns.",
    mend="Keep one of the two, or write `scored: false`.",
)
LINEAR = declare(
    "D233",
    Severity.ERROR,
    finds="`linear:` with the same number for full credit and for none.",
    why="There is no line between a point and itself.",
    mend="Give two different numbers; for a step, use bands.",
)
SCALE = declare(
    "D234",
    Severity.ERROR,
    finds="A scale whose least step is not below its greatest, or that has more than 100 steps.",
    why="There would be nothing to choose, or nobody could.",
    mend="Correct `min` and `max`; for measured values use `kind: number`.",
)
STEPS = declare(
    "D235",
    Severity.ERROR,
    finds="`credits:` or `labels:` of a scale that name a step which is not there, or credits that leave one out.",
    why="An answer would have no credit, or a credit no answer.",
    mend="Give every step from `min` to `max` one credit.",
)
NOT_MET_AT = declare(
    "D236",
    Severity.ERROR,
    finds="A `not_met_at` that the best credit reaches too.",
    why="Even the best answer would be 'not met'.",
    mend="Set it between the best credit and the worst.",
)
ENDS = declare(
    "D237",
    Severity.ERROR,
    finds="`lowest` above `highest`, or `worst` above `best` (below it, where fewer points are better).",
    why="No answer could lie between them.",
    mend="Exchange the two.",
)
OVER_ONE = declare(
    "D238",
    Severity.WARNING,
    finds="A credit above 1 in a checklist scored in percent.",
    why="1 is 'fully met'; a greater credit makes the others count for less, which is what `weight` is for.",
    mend="Write credits from 0 to 1 and set `weight:`; or use `scoring: points`.",
)
NO_DIFFERENCE = declare(
    "D239",
    Severity.WARNING,
    finds="A scored item whose answers all earn the same.",
    why="It changes no score, whatever is answered.",
    mend="Correct the credits, or write `scored: false`.",
)


def prove_items(evidence: Evidence) -> None:
    """Every item by itself."""
    for spot in evidence.spots:
        item = spot.item
        match item:
            case NumberItem():
                _number(evidence, spot, item)
            case Scale():
                _scale(evidence, spot, item)
            case Multi():
                ends = ("worst", item.worst), ("best", item.best)
                low, high = ends if evidence.checklist.direction == "higher_is_better" else reversed(ends)
                _ends(evidence, spot.path, low, high)
            case _:
                pass
        if isinstance(item, (NumberItem, Duration, Deadline)):
            _bands(evidence, spot.path, item.bands)
        if rules(item, evidence.checklist) is not None:
            _credits(evidence, spot)


def _number(evidence: Evidence, spot: Spot, item: NumberItem) -> None:
    both = bool(item.bands) and item.linear is not None
    neither = not item.bands and item.linear is None
    if both or (neither and is_scored(item)):
        evidence.say(ONE_RULE, (*spot.path, "linear" if both else "id"), item.id)
    if item.linear is not None and item.linear.full_at == item.linear.none_at:
        evidence.say(LINEAR, (*spot.path, "linear", "none_at"), item.linear.none_at)
    _ends(evidence, spot.path, ("lowest", item.lowest), ("highest", item.highest))


def _ends(evidence: Evidence, path: Keys, low: tuple[str, Decimal | None], high: tuple[str, Decimal | None]) -> None:
    if low[1] is not None and high[1] is not None and low[1] > high[1]:
        evidence.say(ENDS, (*path, low[0]), low[1], low=low[0], high=high[0], bound=high[1])


def _bands(evidence: Evidence, path: Keys, bands: tuple[Band, ...]) -> None:
    last = len(bands) - 1
    before: Decimal | None = None
    for at, band in enumerate(bands):
        here = (*path, "bands", at)
        if (band.up_to is None) != (at == last):
            written = f"credit: {band.credit}" if band.up_to is None else f"up_to: {band.up_to}"
            evidence.say(OPEN_BAND, (*here, "up_to"), written)
        elif before is not None and band.up_to is not None and band.up_to <= before:
            evidence.say(BAND_ORDER, (*here, "up_to"), band.up_to, before=before)
        before = band.up_to if band.up_to is not None else before


def _scale(evidence: Evidence, spot: Spot, item: Scale) -> None:
    if item.min >= item.max or item.max - item.min > 100:
        evidence.say(SCALE, (*spot.path, "max"), item.max, min=item.min)
        return
    steps = range(item.min, item.max + 1)
    for key, given in (("credits", item.credits), ("labels", item.labels)):
        for step in given or ():
            if step not in steps:
                evidence.say(STEPS, (*spot.path, key, str(step)), step, key=key, min=item.min, max=item.max)
    for step in steps:
        if item.credits and step not in item.credits:
            evidence.say(STEPS, (*spot.path, "credits"), step, key="credits", min=item.min, max=item.max)


def _credits(evidence: Evidence, spot: Spot) -> None:
    points = evidence.checklist.scoring == "points"
    lower = evidence.checklist.direction == "lower_is_better"
    least, greatest = reach(spot.item, evidence.checklist)
    if least == greatest:
        evidence.say(NO_DIFFERENCE, (*spot.path, "id"), spot.item.id)
    limit = spot.item.not_met_at
    if limit is not None and (limit <= least if lower else limit >= greatest):
        evidence.say(NOT_MET_AT, (*spot.path, "not_met_at"), limit, best=least if lower else greatest)
    if not points:
        for path, credit in _each_credit(spot):
            if credit > 1:
                evidence.say(OVER_ONE, path, credit, item=spot.item.id)


def _each_credit(spot: Spot) -> Iterator[tuple[Keys, Decimal]]:
    item = spot.item
    if isinstance(item, (Choice, Multi)):
        yield from (((*spot.path, "options", at, "credit"), o.credit) for at, o in enumerate(item.options))
    elif isinstance(item, (NumberItem, Duration, Deadline)):
        yield from (((*spot.path, "bands", at, "credit"), b.credit) for at, b in enumerate(item.bands))
    elif isinstance(item, Scale) and item.credits:
        yield from (((*spot.path, "credits", str(step)), credit) for step, credit in item.credits.items())

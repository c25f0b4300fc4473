"""From an answer to a credit once more, straight from section 2 of the specification, slow and plain to read.

Knows nothing of the program: a definition is the dictionary that its YAML would give.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

Data = Mapping[str, Any]
RECORDED = ("timestamp", "text", "photo", "audio", "receipt", "file")
GRAVITY = ["minor", "major", "critical"]


class Item(NamedTuple):
    """What became of one item."""

    data: Data
    section: str
    state: str
    credit: Fraction | None
    """In the sums, or not."""
    met: str | None
    effects: list[tuple[str, Any, bool]]
    """(effect, amount or grade, keeps the verdict)."""
    severity: str
    """Of the finding."""
    severities: list[str]
    """What it counts as in `not_met_at_most`."""


def number(value: Any) -> Fraction:
    return Fraction(str(value))


def lower(doc: Data) -> bool:
    return doc.get("direction") == "lower_is_better"


def points(doc: Data) -> bool:
    return doc.get("scoring") == "points"


# -- 2. from an answer to a credit -----------------------------------------------------------------------------------


def is_scored(item: Data) -> bool:
    kind = item.get("kind", "yes_no")
    if item.get("scored") is False or kind in RECORDED:
        return False
    return not (kind == "number" and not item.get("bands") and not item.get("linear"))


def weight(item: Data) -> Fraction:
    return number(item.get("weight", 1))


def ends(item: Data, doc: Data) -> tuple[Fraction, Fraction]:
    """Worst and best credit."""
    kind = item.get("kind", "yes_no")
    if kind == "multi":
        up = sum((number(o["credit"]) for o in item["options"] if number(o["credit"]) > 0), Fraction(0))
        down = sum((number(o["credit"]) for o in item["options"] if number(o["credit"]) < 0), Fraction(0))
        best, worst = (down, up) if lower(doc) else (up if points(doc) else min(Fraction(1), up), down)
        return (
            number(item["worst"]) if "worst" in item else worst,
            number(item["best"]) if "best" in item else best,
        )
    parts = item.get("options") or item.get("bands") or []
    possible = [number(part["credit"]) for part in parts] or [number(c) for c in item.get("credits", {}).values()]
    possible = possible or [Fraction(0), Fraction(1)]
    return (max(possible), min(possible)) if lower(doc) else (min(possible), max(possible))


def judged(  # noqa: C901, PLR0911  one line a kind
    item: Data, answer: Any, doc: Data
) -> tuple[Fraction, list[Data]] | None:
    """The credit of an answer, and the options or the band that it chose; `None`: no answer of the item."""
    kind = item.get("kind", "yes_no")
    if kind == "yes_no":
        good = "no" if item.get("inverted") else "yes"
        return (Fraction(int(answer == good)), []) if answer in ("yes", "no") else None
    if kind == "choice":
        chosen = [option for option in item["options"] if option["id"] == answer]
        return (number(chosen[0]["credit"]), chosen) if chosen else None
    if kind == "multi":
        chosen = [option for option in item["options"] if option["id"] in answer]
        if not isinstance(answer, tuple) or len(chosen) != len(answer):
            return None
        low, high = sorted(ends(item, doc))
        return min(max(sum((number(o["credit"]) for o in chosen), Fraction(0)), low), high), chosen
    if kind == "scale":
        if not isinstance(answer, int) or not item["min"] <= answer <= item["max"]:
            return None
        if item.get("credits"):
            return number(item["credits"][answer]), []
        return Fraction(answer - item["min"], item["max"] - item["min"]), []
    if isinstance(answer, str) and kind == "number":
        return None
    if kind == "deadline" and not item.get("bands"):
        return Fraction(int(answer == "met")), []
    if item.get("linear"):
        full, none = number(item["linear"]["full_at"]), number(item["linear"]["none_at"])
        return min(Fraction(1), max(Fraction(0), (number(answer) - none) / (full - none))), []
    for band in item["bands"]:
        if "up_to" not in band or (answer != "never" and number(answer) <= number(band["up_to"])):
            return number(band["credit"]), [band]
    return None


def how_met(item: Data, credit: Fraction, doc: Data) -> str:
    worst, best = ends(item, doc)
    if credit == best:
        return "met"
    if credit == worst or (credit <= 0 and best > 0):
        return "not_met"
    line = item.get("not_met_at")
    if line is not None and (credit >= number(line) if lower(doc) else credit <= number(line)):
        return "not_met"
    return "partly_met"


def effects_of(said: Any) -> list[tuple[str, Any, bool]]:
    if isinstance(said, str):
        return [(said, None, False)]
    if isinstance(said, list):
        return [effect for part in said for effect in effects_of(part)]
    return [(name, amount, said.get("verdict") == "keep") for name, amount in said.items() if name != "verdict"]


def scored_item(item: Data, section: str, answer: Any, doc: Data) -> Item | None:
    found = judged(item, answer, doc)
    if found is None:
        return None
    credit, chosen = found
    met = how_met(item, credit, doc)
    own_severities = [part["severity"] for part in chosen if "severity" in part]
    own_effects = [effects_of(part["critical"]) for part in chosen if "critical" in part]
    if own_effects:
        effects = [effect for each in own_effects for effect in each]
    else:
        effects = effects_of(item.get("critical", [])) if met == "not_met" else []
    counted = own_severities
    if not own_severities and met == "not_met" and not item.get("bonus"):
        counted = [item.get("severity", "minor")]
    gravest = max(own_severities or [item.get("severity", "minor")], key=GRAVITY.index)
    return Item(item, section, "scored", credit, met, effects, gravest, counted)


def out_item(item: Data, section: str, state: str, doc: Data) -> Item:
    """A state other than scored; `when_…` may still put it into the sums."""
    said = item.get(f"when_{state}", "exclude") if is_scored(item) and not item.get("bonus") else "exclude"
    worst, best = ends(item, doc) if is_scored(item) else (Fraction(0), Fraction(0))
    credit = {"exclude": None, "full": best, "zero": worst if lower(doc) else min(Fraction(0), best)}[said]
    return Item(item, section, state, credit, None, [], item.get("severity", "minor"), [])

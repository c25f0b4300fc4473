"""Random checklists with everything that a definition may say, and random visits on them, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import strategies as st

Data = dict[str, Any]
CREDITS = ["0", "0.25", "0.3", "0.5", "0.75", "1"]
WEIGHTS = ["0", "0.1", "0.5", "1", "1", "2", "3", "7.25", "20"]
ZONES = ["UTC", "Asia/Almaty", "Europe/Warsaw", "Africa/Cairo"]
FIRST = date(2026, 3, 20)
WORKING = {FIRST + timedelta(days=n): (FIRST + timedelta(days=n)).weekday() < 5 for n in range(60)}
WORKING[date(2026, 3, 29)] = True
"""A working Sunday on whose night clocks are put forward."""


class Case(NamedTuple):
    """A definition, answers to it, and what else decides."""

    doc: Data
    answers: dict[str, Any]
    zone: str
    position: str | None
    handed_in: datetime | None
    annulled: set[str]
    accepted: bool


class Maker:
    """Draws one definition; what it has so far decides what may follow."""

    def __init__(self, draw: st.DrawFn, doc: Data) -> None:
        self.draw = draw
        self.doc = doc
        self.points = doc.get("scoring") == "points"
        self.lower = doc.get("direction") == "lower_is_better"
        self.pooled = doc.get("rollup") == "items"
        self.made: list[Data] = []
        self.count = 0

    def one_of(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def chance(self, of: int) -> bool:
        return self.draw(st.integers(1, of)) == of

    def name(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def credit(self) -> str:
        if self.points:
            return str(self.one_of("0", "1", "2", "2.5", "5", "10", "-1", "-5", "-0.5"))
        return str(self.one_of(*CREDITS, *CREDITS, "-0.5", "-1"))

    def effects(self) -> Any:
        known: list[Any] = ["fail", "flag", {"deduct": self.one_of(5, "0.3", 15)}]
        known += [{"cap_grade": row["grade"]} for row in self.doc["grades"]]
        if not self.lower:
            known += ["zero_visit", "zero_section", {"cap_visit": self.one_of(0, "42.5", 60)}]
            known += [{"cap_section": self.one_of(0, 20, "33.3")}]
        chosen = [self.one_of(*known) for _ in range(self.one_of(1, 1, 2))]
        chosen = [{**c, "verdict": "keep"} if isinstance(c, dict) and self.chance(3) else c for c in chosen]
        return chosen[0] if len(chosen) == 1 and self.chance(2) else chosen

    def part(self, **keys: Any) -> Data:
        """An option or a band."""
        found = {**keys, "credit": self.credit()}
        if self.chance(6):
            found["severity"] = self.one_of("minor", "major", "critical")
        if self.chance(8):
            found["critical"] = self.one_of([], self.effects())
        return found

    def bands(self, *bounds: str) -> list[Data]:
        return [*(self.part(up_to=bound) for bound in bounds), self.part()]

    def options(self) -> list[Data]:
        return [self.part(id=letter, text=letter) for letter in "abcd"[: self.one_of(2, 3, 4)]]

    def kind(self) -> Data:  # noqa: PLR0911  one line a kind
        kind = self.one_of("yes_no", "yes_no", "choice", "multi", "scale", "bands", "linear", "deadline", "duration")
        if kind == "yes_no":
            return {"inverted": True} if self.chance(4) else {}
        if kind == "choice":
            return {"kind": "choice", "options": self.options()}
        if kind == "multi":
            more = {"best": "2", "worst": "0"} if self.chance(4) else {}
            if self.lower and more:
                more = {"best": "0", "worst": "2"}
            return {"kind": "multi", "options": self.options(), **more}
        if kind == "scale":
            found: Data = {"kind": "scale", "min": 0, "max": 3}
            if self.chance(2):
                found["credits"] = {step: self.credit() for step in range(4)}
            return found
        if kind == "bands":
            return {"kind": "number", "unit": "x", "bands": self.bands("2", "4.5")}
        if kind == "linear":
            return {"kind": "number", "unit": "x", "linear": self.one_of(*LINES)}
        return self.derived(kind)

    def derived(self, kind: str) -> Data:
        times = [item["id"] for item in self.made if item.get("kind") == "timestamp"]
        if len(times) < 2:
            return {}
        first, last = times[:2]
        if kind == "duration":
            unit = self.one_of("minutes", "hours", "days", "working_days")
            return {"kind": "duration", "from": first, "to": last, "unit": unit, "bands": self.bands("1", "3")}
        way: Data = self.one_of(*WAYS)
        found = {"kind": "deadline", "to": last, "from": first, **way}
        if self.chance(6):
            found = {"kind": "deadline", "to": last, "promised": first}
        return {**found, "bands": self.bands("0", "2")} if self.chance(3) else found

    def condition(self, depth: int = 2) -> Any:
        def test() -> Data:
            item = self.one_of(*self.made)
            return {"item": item["id"], **self.one_of(*TESTS)}

        shape = self.one_of("test", "test", "list", "any", "all", "not") if depth else "test"
        if shape == "test":
            return test()
        inner = [self.condition(depth - 1) for _ in range(self.one_of(1, 2))]
        return inner if shape == "list" else {shape: inner[0] if shape == "not" else inner}

    def item(self) -> Data:
        found: Data = {"id": self.name("i"), "text": "t", **self.kind()}
        found["not_applicable"] = not self.chance(6)
        found["weight"] = self.one_of(*WEIGHTS)
        for rule in ("when_not_applicable", "when_not_observed"):
            found[rule] = self.one_of("exclude", "exclude", "zero", "full")
        for key, value, rare in (
            ("bonus", True, 7), ("required", False, 4), ("scored", False, 12), ("not_observed", False, 12),
            ("severity", "major", 4), ("not_met_at", "0.5", 5), ("for", ["till", "desk"], 8),
        ):  # fmt: skip
            if self.chance(rare):
                found[key] = value
        if self.chance(3):
            found["critical"] = self.effects()
        derived = found.get("kind") in ("duration", "deadline")
        tested = [item for item in self.made if item.get("kind") not in ("duration", "deadline")]
        if tested and self.chance(4):
            keep, self.made = self.made, tested
            found["applies_when"] = self.condition()
            self.made = keep
        if not derived or found.get("scored", True):
            self.made.append(found)
        return found

    def section(self, depth: int) -> Data:
        found: Data = {"id": self.name("S"), "title": "s"}
        if not self.pooled and not self.points and not self.chance(5):
            found["weight"] = self.one_of("0", "0.5", "1", "20", "33.3")
        tested = [item for item in self.made if item.get("kind") not in ("duration", "deadline")]
        if tested and self.chance(8):
            keep, self.made = self.made, tested
            found["applies_when"] = self.condition()
            self.made = keep
        if depth and self.chance(4):
            found["sections"] = [self.section(depth - 1) for _ in range(self.one_of(1, 2, 3))]
        else:
            found["items"] = [self.item() for _ in range(self.one_of(1, 2, 3, 4))]
        return found

    def times(self) -> Data:
        items: list[Data] = [{"id": f"t{n}", "kind": "timestamp", "text": "t"} for n in (1, 2)]
        if self.chance(3):
            items[1]["required"] = True
        self.made.extend(items)
        return {"id": "T", "title": "t", "items": items}


LINES = ({"full_at": "2", "none_at": "9"}, {"full_at": "9", "none_at": "2"}, {"full_at": "0.5", "none_at": "-1"})
WAYS = (
    {"within": "3 hours"}, {"within": "90 minutes"}, {"within": "1 day"}, {"within": "2 days"},
    {"within": "1 working day"}, {"within": "3 working days"}, {"within": "0 working days"}, {"same_day": True},
    {"next_working_day_at": "11:00"}, {"next_working_day_at": "02:30"},
)  # fmt: skip
TESTS = (
    {"is": "yes"}, {"is": "no"}, {"in": ["a", "yes"]}, {"is": "not_applicable"}, {"is": "none"}, {"is": "2"},
    {"at_least": "2"}, {"at_most": "2"}, {"includes": "a"}, {"is": "not_observed"}, {"is": "a"},
)  # fmt: skip


def limits(draw: st.DrawFn, *, lower: bool) -> Data:
    """Limits of one grade."""
    rare = st.integers(1, 5).map(lambda n: n == 5)
    found: Data = {}
    if draw(rare):
        found["no_critical_failed"] = True
    if draw(rare):
        found["each_section_at_most" if lower else "each_section_at_least"] = draw(st.sampled_from(["0", "2", "50"]))
    if draw(rare):
        found["each_item_at_most"] = draw(st.sampled_from(["0.5", "3", "20"]))
    if draw(rare):
        found["not_met_at_most"] = draw(st.sampled_from([{"major": 0}, {"critical": 0, "minor": 1}]))
    return found


@st.composite
def documents(draw: st.DrawFn) -> tuple[Data, list[Data]]:
    """A definition and all its items."""
    doc: Data = {"checklist": "c", "version": "1.0.0", "title": "C", "decimals": draw(st.sampled_from([0, 1, 1, 2]))}
    way = draw(st.sampled_from(["sections", "items", "default", "higher", "lower"]))
    if way in ("sections", "items"):
        doc["rollup"] = way
    elif way != "default":
        doc |= {"scoring": "points", "start": draw(st.sampled_from(["0", "10", "-2.5"]))}
        doc["direction"] = f"{way}_is_better"
    if not doc.get("scoring"):
        doc |= {key: True for key in ("below_0", "over_100") if draw(st.integers(0, 3)) == 0}
    lower = way == "lower"
    bounds = ["2", "7", "15"] if lower else ["80", "50", "3"]
    key = "at_most" if lower else "at_least"
    verdicts = st.sampled_from(["pass", "fail"])
    doc["grades"] = [
        {"grade": name, key: bound, "verdict": draw(verdicts), **limits(draw, lower=lower)}
        for name, bound in zip("ABC", bounds, strict=True)
    ]
    doc["grades"].append({"grade": "D", "verdict": "fail"})
    maker = Maker(draw, doc)
    first = [maker.times()] if draw(st.booleans()) else []
    doc["sections"] = first + [maker.section(2) for _ in range(draw(st.integers(1, 3)))]
    if draw(st.booleans()):
        doc["sections"].reverse()
    return doc, list(items_in(doc["sections"]))


def items_in(sections: list[Data]) -> Iterator[Data]:
    for section in sections:
        yield from section.get("items", [])
        yield from items_in(section.get("sections", []))


MOMENTS = st.integers(0, 60 * 24 * 12).map(lambda n: datetime(2026, 3, 25) + timedelta(minutes=n))  # noqa: DTZ001
EXACT = st.tuples(MOMENTS, st.integers(0, 59)).map(lambda pair: pair[0] + timedelta(seconds=pair[1]))
TIMES = st.one_of(EXACT, EXACT, EXACT.map(lambda when: when.replace(tzinfo=UTC)), st.just("never"), st.none())
WRONG = st.sampled_from(["not_asked", "maybe"])
STATES = st.sampled_from(["not_applicable", "not_observed"])


def answers_of(item: Data) -> st.SearchStrategy[Any]:
    kind = item.get("kind", "yes_no")
    if kind == "timestamp":
        return TIMES
    own: st.SearchStrategy[Any] = st.sampled_from(["yes", "no"])
    if "options" in item:
        own = st.sampled_from([option["id"] for option in item["options"]])
    if kind == "multi":
        own = st.lists(own, unique=True).map(lambda chosen: tuple(sorted(chosen)))
    elif kind == "scale":
        own = st.integers(0, 3)
    elif kind == "number":
        own = st.decimals(-1, 10, places=1).map(lambda n: Decimal(str(n)))
    rare = st.one_of(STATES, STATES, st.none(), WRONG)
    return st.integers(0, 7).flatmap(lambda n: own if n < 6 else STATES if n == 6 else rare)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A definition and a visit on it."""
    doc, items = draw(documents())
    typed = [item for item in items if item.get("kind") not in ("duration", "deadline")]
    answers = {item["id"]: draw(answers_of(item)) for item in typed}
    annulled = {items[-1]["id"]} if draw(st.integers(0, 9)) == 0 else set()
    return Case(
        doc,
        {id_: answer for id_, answer in answers.items() if answer is not None},
        draw(st.sampled_from(ZONES)),
        draw(st.sampled_from([None, None, "till", "guard"])),
        draw(st.one_of(st.none(), MOMENTS)),
        annulled,
        draw(st.integers(0, 2)) > 0,
    )

"""Scoring alone: one visit of 40 answers, in loops of 40 dict look-ups and two integer additions.

What is measured, in one process, one thread:

- the yardstick: `for key in keys: pair = table[key]; a += pair[0]; b += pair[1]` over a dict of 40 entries, that is
  40 dict look-ups with two integer additions each;
- scoring: `score(checklist, submission)` with both already built, one ItemScore record an item, for 200 different
  visits in turn on a percent checklist of 8 weighted sections with 5 items each (yes/no, choice, scale) and 3 grades.

Each is timed in short alternating rounds by the CPU it takes, so that whatever else the machine does meets both; the
ratio is the median over the rounds. The ceiling is 8.
"""

from __future__ import annotations

import gc
import random
import statistics
from collections.abc import Sequence

from auditkit.model.checklist import Checklist
from auditkit.model.visit import Source, Submission
from auditkit.scoring import score
from benchmarks.measuring import cpu_here

CEILING = 8
ROUNDS = 51
VISITS = 200
SECTIONS = 8
PER_SECTION = 5


def checklist() -> Checklist:
    """40 items in 8 weighted sections."""
    sections = [
        {
            "id": f"s{s}",
            "title": "Section",
            "weight": 5 + s,
            "items": [_item(f"i{s}_{n}", s * PER_SECTION + n) for n in range(PER_SECTION)],
        }
        for s in range(SECTIONS)
    ]
    grades = [
        {"grade": "excellent", "at_least": 90, "verdict": "pass", "no_critical_failed": True},
        {"grade": "good", "at_least": 75, "verdict": "pass"},
        {"grade": "weak", "verdict": "fail"},
    ]
    return Checklist.model_validate(
        {"checklist": "bench", "version": "1.0.0", "title": "Bench", "grades": grades, "sections": sections}
    )


def _item(name: str, place: int) -> dict[str, object]:
    plain: dict[str, object] = {"id": name, "text": "Is it so?", "weight": 1 + place % 3, "not_applicable": True}
    if place % 5 == 3:
        worth = {"a": 1, "b": "0.75", "c": "0.25", "d": 0}
        options = [{"id": key, "text": key, "credit": credit} for key, credit in worth.items()]
        return {**plain, "kind": "choice", "options": options}
    return {**plain, "kind": "scale"} if place % 5 == 4 else plain


def visits(definition: Checklist) -> list[Submission]:
    """Different visits, as they come: nine answers in ten are good, a few do not apply."""
    chance = random.Random(7)
    found = []
    for number in range(VISITS):
        answers = {item.id: _answer(item.kind, chance) for _, item in definition.walk_items()}
        found.append(
            Submission(
                visit_id=str(number),
                checklist="bench",
                version="1.0.0",
                branch="B",
                answers=answers,
                source=Source(file="bench"),
            )
        )
    return found


def _answer(kind: str, chance: random.Random) -> str | int:
    if chance.random() < 0.05:
        return "not_applicable"
    best = chance.random() < 0.9
    if kind == "yes_no":
        return "yes" if best else "no"
    if kind == "choice":
        return "a" if best else chance.choice("bcd")
    return 5 if best else chance.randint(1, 4)


def yardstick(keys: Sequence[str], table: dict[str, tuple[int, int]]) -> int:
    """40 dict look-ups, two integer additions each."""
    first = second = 0
    for key in keys:
        pair = table[key]
        first += pair[0]
        second += pair[1]
    return first + second


def measure(rounds: int = ROUNDS) -> tuple[float, float, float]:
    """Seconds that a visit takes, seconds that a loop of look-ups takes, and the one over the other."""
    definition = checklist()
    filled = visits(definition)
    table = {item.id: (place, place + 1) for place, (_, item) in enumerate(definition.walk_items())}
    keys = list(table)

    def loops() -> None:
        for _ in range(VISITS):
            yardstick(keys, table)

    def scores() -> None:
        for submission in filled:
            score(definition, submission)

    scores()
    loops()
    gc.collect()
    times = [(cpu_here(scores) / VISITS, cpu_here(loops) / VISITS) for _ in range(rounds)]
    ratio = statistics.median(one / loop for one, loop in times)
    one, loop = (statistics.median(column) for column in zip(*times, strict=True))
    return one, loop, ratio


if __name__ == "__main__":
    one, loop, ratio = measure()
    print(
        f"loop of 40 look-ups {loop * 1e6:.2f} µs, a visit of 40 answers {one * 1e6:.2f} µs: "
        f"ratio {ratio:.2f} (at most {CEILING})"
    )

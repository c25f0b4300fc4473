"""A shopper who answers a checklist by dice: the better the branch, the more often an item is met."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from auditkit.demo.story import HARD
from auditkit.model.asked import asked_items
from auditkit.model.checklist import Checklist
from auditkit.model.items import AnyItem, Choice, Multi, NumberItem, Option, YesNo
from auditkit.model.judging import Observer
from auditkit.model.visit import NO, NOT_APPLICABLE, NOT_OBSERVED, YES, Value

COMMON_NOT_APPLICABLE, COMMON_NOT_OBSERVED = 0.05, 0.012
SHUNNED = 0.85
SEEN_BY = (Observer.SHOPPER, Observer.SHOPPER_LATER)

FACTS = {
    "living_person": 1.0, "in_person": 1.0, "customer_wrong": 0.0,
    "data_exchanged": 0.5, "left_open": 0.3, "no_exact_time": 0.4, "paused": 0.35, "outside_competence": 0.15,
    "did_not_know": 0.25, "talkative": 0.35, "objected": 0.35, "cause_needed": 0.6, "more_ahead": 0.4, "waited": 0.5,
    "tense": 0.6, "angry": 0.12, "too_upset": 0.2, "system_failed": 0.1, "end_unknown": 0.4,
}  # fmt: skip
"""How often the answer is yes, whatever the branch is like: what came up in a visit, and what the story says."""

_TOLD_BY_TIMES = frozenset({"answer_late", "delay_told"})

Answers = dict[str, Value]


class Manner(NamedTuple):
    """How one shopper answers at one branch."""

    branch: str
    quality: float
    shuns: bool = False
    """Says 'did not come up' wherever the form lets one say so."""


def answer_all(checklist: Checklist, dice: Random, manner: Manner, began: datetime) -> Answers:
    """An answer to every item that a shopper is asked, without one that gives the lie to another."""
    answers: Answers = {}
    for _, item in checklist.walk_items():
        if item.seen_by in SEEN_BY and item.id not in _TOLD_BY_TIMES and item.id in asked_items(checklist, answers):
            answer = _answer(item, dice, manner)
            if answer is not None:
                answers[item.id] = answer
    if "stages" in answers:
        _agree_on_stages(answers)
        _add_times(checklist, answers, dice, manner, began)
    return answers


def agree_on_rivals(reports: Iterable[Answers]) -> None:
    """Two checklists ask about a competing firm's things; one visit saw one and the same."""
    seen = {name: answers for answers in reports for name in ("competitor_things", "competitors") if name in answers}
    if len(seen) == 2 and seen["competitors"]["competitors"] != NOT_APPLICABLE:
        seen["competitors"]["competitors"] = seen["competitor_things"]["competitor_things"]


def _answer(item: AnyItem, dice: Random, manner: Manner) -> Value | None:
    if item.id in FACTS:
        return YES if dice.random() < FACTS[item.id] else NO
    if item.not_applicable and dice.random() < (SHUNNED if manner.shuns else COMMON_NOT_APPLICABLE):
        return NOT_APPLICABLE
    if item.scored and item.not_observed and dice.random() < COMMON_NOT_OBSERVED:
        return NOT_OBSERVED
    return _judged(item, dice, _chance(item, manner))


def _judged(item: AnyItem, dice: Random, chance: float) -> Value | None:
    match item:
        case YesNo():
            return YES if (dice.random() < chance) != item.inverted else NO
        case Choice():
            best = max(option.credit for option in item.options)
            good = dice.random() < chance
            return dice.choice([option.id for option in item.options if (option.credit == best) == good])
        case Multi() if all(option.credit >= 1 for option in item.options):
            # Each of these ways is enough, and people take one.
            return (dice.choice(item.options).id,) if dice.random() < chance else ()
        case Multi():
            return tuple(option.id for option in item.options if dice.random() < chance)
        case NumberItem():
            return _number(item, dice, good=dice.random() < chance)
        case _:
            return None


def _chance(item: AnyItem, manner: Manner) -> float:
    """Every branch is better at one thing than at another, and stays so from wave to wave."""
    leaning = Random(f"{manner.branch}/{item.id}").random() - 0.5  # noqa: S311  dice of a made-up story
    chance = manner.quality + leaning * 1.6 * (1 - manner.quality) - (0.2 if item.id in HARD else 0)
    return min(0.98, max(0.05, chance))


def _number(item: NumberItem, dice: Random, *, good: bool) -> Decimal:
    """A number out of the first band that earns everything, or out of one that does not."""
    best = max(band.credit for band in item.bands)
    ranges, low = [], max(1, int(item.lowest or 0))
    for band in item.bands:
        high = int(band.up_to) if band.up_to is not None else low + 2
        ranges.append((band.credit == best, max(low, high - 6), high))
        low = high + 1
    fitting = [(first, last) for full, first, last in ranges if full == good]
    first, last = fitting[0] if good else dice.choice(fitting)
    return Decimal(dice.randint(first, last))


def _agree_on_stages(answers: Answers) -> None:
    """The stages of a call are those that its other answers tell of."""
    told = {
        "greets": "good_day" in _chosen(answers, "greeting_formula"),
        "clarifies": answers.get("asks_afterwards") == YES,
        "checks": answers.get("repeats_back") != "neither" or answers.get("solutions") == YES,
        "closes": bool(_chosen(answers, "closing_formula")),
    }
    if isinstance(answers["stages"], tuple):
        answers["stages"] = tuple(name for name, took_place in told.items() if took_place)


def _chosen(answers: Answers, item: str) -> tuple[str, ...]:
    chosen = answers.get(item)
    return chosen if isinstance(chosen, tuple) else ()


def _add_times(checklist: Checklist, answers: Answers, dice: Random, manner: Manner, began: datetime) -> None:
    """When the call ended, and when what was promised in it came."""
    lasted = answers.get("minutes")
    ended = began + timedelta(minutes=int(lasted) if isinstance(lasted, Decimal) else 8)
    asked = asked_items(checklist, answers)
    late = dice.random() > manner.quality
    if "call_at" in asked:
        answers["call_at"] = ended
    if "returned_at" in asked:
        answers["returned_at"] = ended + timedelta(hours=22 if dice.random() > manner.quality else 2)
    if "answer_at" in asked:
        answers["answer_at"] = ended + (timedelta(days=5) if late else timedelta(days=1, hours=3))
    if "answer_late" in asked:
        answers["answer_late"] = YES if late else NO
        if late:
            answers["delay_told"] = YES if dice.random() < manner.quality else NO


def missing_options(item: Multi, answer: Value) -> list[Option]:
    """What was not chosen though it would have earned something."""
    return [option for option in item.options if option.credit > 0 and option.id not in _plain(answer)]


def _plain(answer: Value) -> tuple[str, ...]:
    return answer if isinstance(answer, tuple) else ()

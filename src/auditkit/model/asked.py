"""Which items a visit asks, which of them it leaves open, and which answers nobody asked for."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from auditkit.model.checklist import Checklist, Section
from auditkit.model.conditions import All, AnyOf, Not, Test, decided, items_of
from auditkit.model.items import AnyItem, is_required
from auditkit.model.visit import NOT_ASKED, Outcome, Submission

AnyCondition = Test | All | AnyOf | Not
Answers = Mapping[str, Any]


class _Question(NamedTuple):
    item: str
    condition: Callable[[Answers, Collection[str]], bool | None] | None
    positions: frozenset[str]
    required: bool


class _Questions(NamedTuple):
    """All items of one checklist; `ordered` so that whatever a condition looks at stands before it."""

    ordered: tuple[_Question, ...]
    everything: frozenset[str]
    always: bool
    """No item has a condition or is for some positions only."""
    required: tuple[str, ...]
    needed: frozenset[str]
    """The same, in no order."""


def asked_items(checklist: Checklist, answers: Answers, position: str | None = None) -> frozenset[str]:
    """The ids of the items that this visit asks.

    An unknown position (`None` or empty) is asked everything. A condition sees only answers to items that were
    asked themselves. Where it hangs on a required item that is blank, its own item is not asked: the blank is one
    problem, not ten. An item answered `not_asked` (its form did not have it) is not asked. Derived items (duration,
    deadline) have no answer that a condition could look at.
    """
    questions = _questions(checklist)
    if questions.always and NOT_ASKED not in answers.values():
        return questions.everything
    return _asked(questions, answers, position)


def missing_items(checklist: Checklist, answers: Answers, position: str | None = None) -> tuple[str, ...]:
    """Required items that were asked and have no answer, in the checklist's order."""
    questions = _questions(checklist)
    if questions.needed.issubset(answers) and None not in answers.values():
        return ()
    blank = [item for item in questions.required if answers.get(item) is None]
    if not blank or questions.always:
        return tuple(blank)
    asked = _asked(questions, answers, position)
    return tuple(item for item in blank if item in asked)


def unasked_answers(checklist: Checklist, answers: Answers, position: str | None = None) -> tuple[str, ...]:
    """Items of the checklist that were answered though nobody asked them; such answers do not count."""
    asked = asked_items(checklist, answers, position)
    if len(asked) == len(_questions(checklist).everything):
        return ()
    ids = (item.id for _, item in checklist.walk_items())
    return tuple(item for item in ids if item not in asked and answers.get(item) not in (None, NOT_ASKED))


def is_complete(checklist: Checklist, submission: Submission) -> bool:
    """Whether a report answers everything that it must; a visit that was not carried out has nothing to answer."""
    if submission.outcome is not Outcome.DONE:
        return True
    return not missing_items(checklist, submission.answers, submission.position)


def _asked(questions: _Questions, answers: Answers, position: str | None) -> frozenset[str]:
    here = _plain(position or "")
    counted: dict[str, Any] = {}
    missing: set[str] = set()
    asked: set[str] = set()
    for question in questions.ordered:
        if here and question.positions and here not in question.positions:
            continue
        if question.condition is not None and not question.condition(counted, missing):
            continue
        answer = answers.get(question.item)
        if answer == NOT_ASKED:
            continue
        asked.add(question.item)
        if answer is not None:
            counted[question.item] = answer
        elif question.required:
            missing.add(question.item)
    return frozenset(asked)


def _plain(position: str) -> str:
    return " ".join(position.split()).casefold()


_KNOWN: dict[int, tuple[weakref.ref[Checklist], _Questions]] = {}


def _questions(checklist: Checklist) -> _Questions:
    # By identity: a checklist holds dictionaries and has no hash; the reference tells a reused address.
    known = _KNOWN.get(id(checklist))
    if known is not None and known[0]() is checklist:
        return known[1]
    built = _build(checklist)
    key = id(checklist)
    _KNOWN[key] = (weakref.ref(checklist, lambda _: _KNOWN.pop(key, None)), built)
    return built


def _build(checklist: Checklist) -> _Questions:
    pairs = [(item, conditions) for top in checklist.sections for item, conditions in _with_conditions(top, ())]
    ordered = _ordered({item.id: (item, conditions) for item, conditions in pairs})
    questions = tuple(_question(item, conditions) for item, conditions in ordered)
    always = all(question.condition is None and not question.positions for question in questions)
    required = tuple(item.id for item, _ in pairs if is_required(item))
    return _Questions(questions, frozenset(q.item for q in questions), always, required, frozenset(required))


def _with_conditions(
    section: Section, above: tuple[AnyCondition, ...]
) -> Iterator[tuple[AnyItem, tuple[AnyCondition, ...]]]:
    """Every item below a section with its own condition and those of all sections around it."""
    here = (*above, section.applies_when) if section.applies_when is not None else above
    for item in section.items:
        yield item, (*here, item.applies_when) if item.applies_when is not None else here
    for child in section.sections:
        yield from _with_conditions(child, here)


def _question(item: AnyItem, conditions: tuple[AnyCondition, ...]) -> _Question:
    condition = decided(All.model_construct(all=conditions)) if conditions else None
    return _Question(item.id, condition, frozenset(map(_plain, item.for_)), is_required(item))


_Pair = tuple[AnyItem, tuple[AnyCondition, ...]]


def _ordered(items: Mapping[str, _Pair]) -> list[_Pair]:
    """Items after all those that their conditions look at; a circle (refused at load) is cut where it closes."""
    done: dict[str, _Pair] = {}
    begun: set[str] = set()

    def visit(name: str) -> None:
        if name in begun or name not in items:
            return
        begun.add(name)
        for condition in items[name][1]:
            for other in items_of(condition):
                visit(other)
        done[name] = items[name]

    for name in items:
        visit(name)
    return list(done.values())

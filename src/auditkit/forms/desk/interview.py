"""Which question comes next while one visit is reported question by question: pure, knows neither screen nor file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from auditkit.forms.blank import Blank
from auditkit.model.asked import asked_items
from auditkit.model.checklist import Checklist, positions_of
from auditkit.model.credits import how_met, rules
from auditkit.model.items import DERIVED, RECORDED, AnyItem, is_required
from auditkit.model.judging import Asked
from auditkit.model.text import Text
from auditkit.model.visit import NOT_APPLICABLE, NOT_ASKED, NOT_OBSERVED, UNREACHED, Outcome

COVER = ("branch", "shopper", "visit_date", "start", "end", "outcome", "attempts")
"""Fields of the visit that everybody is asked, in this order."""
COVER_AT_THE_VISIT = ("customers_waiting", "staff_on_duty", "minutes_to_first_contact")
"""Only where the visit was carried out."""


class Step(NamedTuple):
    """One thing to be answered."""

    part: str
    """`cover`, `answer`, `comment`, `evidence`."""
    checklist: str
    """Empty on the cover."""
    key: str
    """Item id, or a field of `Submission`."""


@dataclass(frozen=True)
class State:
    """What has been said so far, and what stands on the screen."""

    given: Mapping[Step, Any] = field(default_factory=dict)
    """Canonical answers, also of questions that are no longer asked: they come back with the question."""
    skipped: frozenset[Step] = frozenset()
    at: Step | None = None
    """`None`: the end, where what is missing is listed."""


class Interview:
    """The questions of one visit on one or several checklists."""

    def __init__(self, blank: Blank) -> None:
        self.blank = blank
        self.checklists = {each.checklist: each for each in blank.checklists}
        self._mine = {name: _for_readers(each, blank) for name, each in self.checklists.items()}
        self._unseen = {name: _not_for_readers(each, blank) for name, each in self.checklists.items()}
        self._fails = {
            Step("answer", name, item.id): _failing(item, self.checklists[name])
            for name, items in self._mine.items()
            for item in items
        }

    def begin(self) -> State:
        """Before the first question; what the blank knows of the visit is not asked."""
        state = State()
        return replace(state, at=next(iter(self.steps(state)), None))

    def item(self, step: Step) -> AnyItem:
        """The item that a step outside the cover is about."""
        return self.checklists[step.checklist].items_by_id[step.key]

    def unseen(self, checklist: str) -> tuple[str, ...]:
        """Items that a report of these readers marks as not asked: others see them."""
        return tuple(self._unseen[checklist])

    def outcome(self, state: State) -> Outcome:
        """How the visit ended, as far as anybody has said."""
        return Outcome(state.given.get(Step("cover", "", "outcome"), Outcome.DONE))

    def position(self, state: State) -> str | None:
        """Whom the visit was about."""
        return state.given.get(Step("cover", "", "position"))

    def answers(self, state: State, checklist: str) -> dict[str, Any]:
        """Item id → canonical answer, what these readers cannot see marked as not asked; unasked answers are in it."""
        found = {s.key: v for s, v in state.given.items() if s.part == "answer" and s.checklist == checklist}
        return found | dict.fromkeys(self._unseen[checklist], NOT_ASKED)

    def asked(self, state: State, checklist: str) -> frozenset[str]:
        """The items of a checklist that this visit asks these readers."""
        if self.outcome(state) is not Outcome.DONE:
            return frozenset()
        of = self.checklists[checklist]
        asked = asked_items(of, self.answers(state, checklist), self.position(state))
        return asked & {item.id for item in self._mine[checklist]}

    def steps(self, state: State) -> tuple[Step, ...]:
        """Everything that is asked as things stand, in order; a comment follows the answer that needs it."""
        return (*self._cover_steps(state), *self._item_steps(state))

    def _cover_steps(self, state: State) -> Iterator[Step]:
        blank = self.blank
        names = [name for name in COVER if not (name in ("branch", "shopper") and getattr(blank, name))]
        if self.outcome(state) is Outcome.DONE:
            names += COVER_AT_THE_VISIT
            if self.positions and blank.employees != "none":
                names.append("position")
            if blank.employees == "named":
                names.append("employee")
        yield from (Step("cover", "", name) for name in names)

    @property
    def positions(self) -> Mapping[str, Text]:
        """What `positions_of` says of these checklists."""
        return positions_of(self.blank.checklists)

    def _item_steps(self, state: State) -> Iterator[Step]:
        for name, items in self._mine.items():
            asked = self.asked(state, name)
            for item in items:
                if item.id in asked:
                    answer = Step("answer", name, item.id)
                    yield answer
                    for part in ("comment", "evidence"):
                        step = answer._replace(part=part)
                        if self.is_due(state, step) or step in state.given or state.at == step:
                            yield step

    def is_due(self, state: State, step: Step) -> bool:
        """Whether a comment or a piece of evidence must come with the answer as it stands."""
        item, answer = self.item(step), state.given.get(step._replace(part="answer"))
        when = item.comment.when if step.part == "comment" else item.evidence.when
        if answer is None or when is Asked.NEVER:
            return False
        return when is Asked.ALWAYS or self._fails[step._replace(part="answer")](answer)

    def least(self, step: Step) -> int:
        """How many characters a text must have to be enough."""
        return max(1, self.item(step).comment.at_least) if step.part == "comment" else 1

    def missing(self, state: State) -> tuple[Step, ...]:
        """What the report still needs before it can be accepted, in order."""
        return tuple(step for step in self.steps(state) if self.is_needed(state, step) and not self._has(state, step))

    def is_needed(self, state: State, step: Step) -> bool:
        """Whether the report is incomplete without it."""
        if step.part == "cover":
            outcome = self.outcome(state)
            scored = outcome is Outcome.DONE or outcome in UNREACHED
            return step.key == "visit_date" or (step.key == "branch" and scored)
        if step.part == "answer":
            return is_required(self.item(step))
        return self.is_due(state, step)

    def _has(self, state: State, step: Step) -> bool:
        given = state.given.get(step)
        if step.part in ("comment", "evidence") and self.is_due(state, step):
            return len((given or "").strip()) >= self.least(step)
        return given is not None

    def give(self, state: State, value: Any) -> State:
        """Answer what stands on the screen; the next open question follows."""
        if state.at is None:
            return state
        told = replace(state, given={**state.given, state.at: value}, skipped=state.skipped - {state.at})
        return self.onward(told)

    def skip(self, state: State) -> State:
        """Pass over what stands on the screen; an answer that is there already stays."""
        if state.at is None:
            return state
        return self.onward(replace(state, skipped=state.skipped | {state.at}))

    def onward(self, state: State) -> State:
        """To the next open question behind this one, else to the first one open, else to the end."""
        steps = self.steps(state)
        open_ = [step not in state.skipped and not self._has(state, step) for step in steps]
        here = _place(steps, state.at)
        if state.at is not None and state.at.part in ("comment", "evidence"):
            # Somebody who comments before answering comes back to the question.
            asked = _place(steps, state.at._replace(part="answer"))
            here = asked - 1 if asked >= 0 and open_[asked] else here
        order = [*range(here + 1, len(steps)), *range(here + 1)]
        return replace(state, at=next((steps[n] for n in order if open_[n]), None))

    def back(self, state: State) -> State:
        """To the question before; at the first one it stays there, from the end to the last one."""
        steps = self.steps(state)
        here = len(steps) if state.at is None else _place(steps, state.at)
        return replace(state, at=steps[max(0, here - 1)])

    def go(self, state: State, step: Step) -> State:
        """To any question; one that is not asked now stays unasked."""
        asked = step in self.steps(replace(state, at=step))
        return replace(state, at=step) if asked else state

    def progress(self, state: State) -> tuple[int, int]:
        """The place of this question, from 1, and how many there are, in its part (cover or checklists)."""
        cover = state.at is not None and state.at.part == "cover"
        steps = [s for s in self.steps(state) if s.part == ("cover" if cover else "answer")]
        here = state.at._replace(part="answer") if state.at is not None and not cover else state.at
        return (steps.index(here) + 1 if here in steps else len(steps)), len(steps)


def _place(steps: tuple[Step, ...], at: Step | None) -> int:
    return steps.index(at) if at in steps else -1


def _for_readers(checklist: Checklist, blank: Blank) -> list[AnyItem]:
    items = (item for _, item in checklist.walk_items())
    return [item for item in items if item.seen_by in blank.seen_by and item.kind not in DERIVED]


def _not_for_readers(checklist: Checklist, blank: Blank) -> list[str]:
    # As in a workbook that comes back: what others record stays blank, what they are asked is marked.
    items = (item for _, item in checklist.walk_items() if item.seen_by not in blank.seen_by)
    return [item.id for item in items if item.kind not in RECORDED]


def _failing(item: AnyItem, checklist: Checklist) -> Callable[[Any], bool]:
    """Whether scoring will call an answer not met."""
    judged_by = rules(item, checklist)

    def fails(answer: Any) -> bool:
        if judged_by is None or answer in (NOT_APPLICABLE, NOT_OBSERVED):
            return False
        judged = judged_by.judge(answer)
        return judged is not None and how_met(judged_by, judged.credit, item.not_met_at) == "not_met"

    return fails

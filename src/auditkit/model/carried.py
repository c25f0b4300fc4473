"""A report on one version of a checklist as it would stand on another: each answer carried over by its item's id."""

from __future__ import annotations

from auditkit.model.asked import missing_items
from auditkit.model.checklist import Checklist
from auditkit.model.items import AnyItem, Choice, Deadline, Duration, Multi, NumberItem, Scale, YesNo, is_scored
from auditkit.model.text import Text
from auditkit.model.visit import NOT_APPLICABLE, NOT_ASKED, NOT_OBSERVED, Submission, Value


def carried(submission: Submission, old: Checklist, new: Checklist) -> Submission:
    """The report as if `new` had been asked; what cannot be carried over counts as not asked, never as a blank.

    An answer is carried where both versions have an item of this id that asks for the same kind of answer and the
    answer is still one of those that the new item takes.
    """
    answers = {
        item.id: _carried(submission.answers[item.id], old.items_by_id.get(item.id), item)
        for item in new.items_by_id.values()
        if item.id in submission.answers
    }
    while blank := missing_items(new, answers, submission.position):
        answers |= dict.fromkeys(blank, NOT_ASKED)
    return submission.model_copy(update={"checklist": new.checklist, "version": new.version, "answers": answers})


def not_carried(old: Checklist, new: Checklist) -> tuple[str, ...]:
    """Scored items of `new` to which no report on `old` holds an answer, in the order of `new`."""
    return tuple(item.id for item in new.items_by_id.values() if is_scored(item) and not _is_carried(item, old, new))


def _is_carried(item: AnyItem, old: Checklist, new: Checklist) -> bool:
    if isinstance(item, (Duration, Deadline)):
        times = (item.from_, item.to, item.promised if isinstance(item, Deadline) else None)
        return all(_asks_the_same(old.items_by_id.get(name), new.items_by_id[name]) for name in times if name)
    return _asks_the_same(old.items_by_id.get(item.id), item)


def _carried(answer: Value, was: AnyItem | None, item: AnyItem) -> Value:
    return answer if was is not None and _asks_the_same(was, item) and _takes(item, answer) else NOT_ASKED


def _asks_the_same(was: AnyItem | None, item: AnyItem) -> bool:
    """Whether an answer to the one means the same as an answer to the other."""
    if was is None or was.kind != item.kind:
        return False
    match was, item:
        case YesNo(), YesNo():
            # Where 'no' became the good answer the question was turned round.
            return was.inverted == item.inverted
        case Scale(), Scale():
            return (was.min, was.max) == (item.min, item.max)
        case NumberItem(), NumberItem():
            return _own_words(was.unit) == _own_words(item.unit)
    return True


def _own_words(text: Text) -> str:
    """In the checklist's own language: a translation that lags behind asks for nothing else."""
    return next(iter(text.words.values()), "")


def _takes(item: AnyItem, answer: Value) -> bool:
    if answer == NOT_APPLICABLE:
        return item.not_applicable
    if answer == NOT_OBSERVED:
        return item.not_observed
    match item:
        case Choice():
            return answer in {option.id for option in item.options}
        case Multi():
            return isinstance(answer, tuple) and set(answer) <= {option.id for option in item.options}
    return True

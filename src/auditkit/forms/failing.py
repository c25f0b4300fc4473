"""After which answers a comment is due, as a form can tell while it is filled."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from auditkit.intake.spelling_words import plain_word
from auditkit.model.checklist import Checklist
from auditkit.model.credits import Rules, how_met, how_met_by_answer, rules
from auditkit.model.items import AnyItem, Choice, NumberItem, Scale, YesNo
from auditkit.model.judging import Asked

ANY = "*"
"""Among the words: every answer."""


class Span(NamedTuple):
    """Numbers between two bounds; `None`: no bound on that side."""

    above: Fraction | None
    up_to: Fraction | None
    """Itself among them."""
    bottom: bool = False
    """`above` itself is among them too."""


class Failing(NamedTuple):
    """Answers that need a comment."""

    words: tuple[str, ...] = ()
    """As the form says them."""
    spans: tuple[Span, ...] = ()


def commented(item: AnyItem, checklist: Checklist, language: str) -> Failing:
    """The answers of an item that need a comment; of several ticks, of times and texts a form cannot tell."""
    if item.comment.when is Asked.ALWAYS:
        return Failing((ANY,))
    if item.comment.when is Asked.NEVER:
        return Failing()
    if isinstance(item, (YesNo, Choice)):
        return Failing(failing_words(item, checklist, language))
    return Failing(spans=failing_spans(item, checklist))


def failing_spans(item: AnyItem, checklist: Checklist) -> tuple[Span, ...]:
    """The numbers that scoring calls not met; none for what is no number."""
    judged_by = rules(item, checklist)
    if judged_by is None:
        return ()
    if isinstance(item, Scale):
        steps = (Fraction(step) for step in range(item.min, item.max + 1))
        return tuple(Span(step, step, bottom=True) for step in steps if _fails(item, judged_by, step))
    return tuple(_spans(item, judged_by)) if isinstance(item, NumberItem) else ()


def failing_answers(item: YesNo | Choice, checklist: Checklist) -> tuple[str, ...]:
    """The answers that scoring calls not met: `no`, or ids of options."""
    return tuple(answer for answer, how in how_met_by_answer(item, checklist).items() if how == "not_met")


def failing_words(item: YesNo | Choice, checklist: Checklist, language: str) -> tuple[str, ...]:
    """The same as the form says them."""
    failing = failing_answers(item, checklist)
    if isinstance(item, YesNo):
        return tuple(plain_word(answer, language) for answer in failing)
    return tuple(option.text.said(language) for option in item.options if option.id in failing)


def _fails(item: AnyItem, judged_by: Rules, answer: Fraction) -> bool:
    judged = judged_by.judge(answer)
    return judged is not None and how_met(judged_by, judged.credit, item.not_met_at) == "not_met"


def _spans(item: NumberItem, judged_by: Rules) -> Iterator[Span]:
    if item.linear is not None and not item.bands:
        yield from _on_a_line(item, judged_by)
        return
    below: Fraction | None = None
    for band in item.bands:
        up_to = None if band.up_to is None else Fraction(band.up_to)
        inside = up_to if up_to is not None else (below or Fraction(0)) + 1
        if _fails(item, judged_by, inside):
            yield Span(below, up_to)
        below = up_to


def _on_a_line(item: NumberItem, judged_by: Rules) -> Iterator[Span]:
    """From where the line falls to what counts as not met, on to the end without bound."""
    assert item.linear is not None  # noqa: S101  asked for above
    full, none = Fraction(item.linear.full_at), Fraction(item.linear.none_at)
    ends = (full, none) if _fails(item, judged_by, full) else (none, full)
    worst, best = ends
    if worst == best or not _fails(item, judged_by, worst):
        return
    share = Fraction(0) if item.not_met_at is None else Fraction(item.not_met_at)
    at = none + share * (full - none)
    edge = at if _fails(item, judged_by, at) else worst
    yield Span(None, edge) if worst < best else Span(edge, None, bottom=True)

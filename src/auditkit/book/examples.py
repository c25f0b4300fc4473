"""Of one criterion: what is expected, what falls short, what is not so, in the words of its definition."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.model.credits import Rules, how_met, rules
from auditkit.model.items import AnyItem, Choice, Duration, Multi, NumberItem, Option, Scale, YesNo
from auditkit.reports.expectation import band_text, expected_text


class Examples(NamedTuple):
    """Sentences; `all_of`: the good ones belong together, else each would do."""

    good: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    all_of: bool = False
    measured: bool = False
    """A number or a time: the good one is a limit."""


def examples_of(item: AnyItem, checklist: Checklist, language: str) -> Examples:
    """Out of anchors, options, bands or labels, each judged as a visit would be."""
    judged_by = rules(item, checklist)
    if judged_by is None:
        return Examples()
    lower = checklist.direction == "lower_is_better"
    told = _sorted_out(_told(item, judged_by, language), judged_by, item)
    if isinstance(item, Multi):
        good = tuple(o.text.said(language) for o in item.options if _counts_for(o, lower=lower))
        bad = tuple(o.text.said(language) for o in item.options if _counts_for(o, lower=not lower))
        told = Examples(good, (), bad, all_of=len(good) > 1)
    return _anchored(item, told, language, lower=lower)


def _counts_for(option: Option, *, lower: bool) -> bool:
    return option.credit < 0 if lower else option.credit > 0


def _sorted_out(told: Iterator[tuple[Fraction, str]], judged_by: Rules, item: AnyItem) -> Examples:
    """Each sentence where its credit puts it."""
    found: dict[str, list[str]] = {"met": [], "partly_met": [], "not_met": []}
    for credit, words in told:
        found[how_met(judged_by, credit, item.not_met_at)].append(words)
    return Examples(tuple(found["met"]), tuple(found["partly_met"]), tuple(found["not_met"]))


def _told(item: AnyItem, judged_by: Rules, language: str) -> Iterator[tuple[Fraction, str]]:
    match item:
        case Choice():
            for option in item.options:
                yield Fraction(option.credit), option.text.said(language)
        case Scale(labels=labels) if labels:
            for step, label in sorted(labels.items()):
                if (judged := judged_by.judge(Fraction(step))) is not None:
                    yield judged.credit, f"{step}: {label.said(language)}"
        case NumberItem() | Duration():
            for at, band in enumerate(item.bands):
                yield Fraction(band.credit), band_text(item, at, language)


def _anchored(item: AnyItem, told: Examples, language: str, *, lower: bool) -> Examples:
    """Anchors go before what the options say; where nothing speaks of the good, the expected answer does."""
    anchors = item.anchors
    measured = isinstance(item, NumberItem | Duration) or item.kind == "deadline"
    if anchors is not None:
        given = ((anchors.met, told.good), (anchors.partly, told.partly), (anchors.not_met, told.bad))
        good, partly, bad = ((text.said(language),) if text is not None else known for text, known in given)
        told = told._replace(good=good, partly=partly, bad=bad, all_of=told.all_of and anchors.met is None)
    if not told.good:
        told = told._replace(good=(_expected(item, language, lower=lower),))
    return told._replace(measured=measured)


def _expected(item: AnyItem, language: str, *, lower: bool) -> str:
    words = expected_text(item, language, lower=lower)
    return say(language, "book.answer_is", answer=words) if isinstance(item, YesNo) else words

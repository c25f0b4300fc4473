"""The scorecard of a checklist's criteria in the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from auditkit.definitions.lint.scorecard import Criterion, Scorecard
from auditkit.locales import say
from auditkit.model.items import Replacement
from auditkit.reports.as_json import dumped
from auditkit.reports.bars import heading, table

if TYPE_CHECKING:
    from rich.console import Console


def print_scorecard(console: Console, card: Scorecard, language: str) -> None:
    """A line a criterion: yes, or no with the rules that say why; and what may replace it."""
    own = card.checklist
    heading(console, say(language, "reports.scorecard.title", title=own.title.said(language), version=own.version))
    names = ("measurable", "specific", "standing")
    titles = (say(language, "reports.diff.number"), say(language, "reports.col.criterion"))
    made = table(*titles, *(say(language, f"reports.scorecard.{name}") for name in names))
    for each in card.criteria:
        marks = (_mark(codes, language) for codes in (each.unmeasured, each.vague))
        made.add_row(each.number, each.item.text.said(language), *marks, _standing(each, language))
    console.print(made)
    console.print(summary(card, language))


def summary(card: Scorecard, language: str) -> str:
    """How many are what."""
    return say(
        language,
        "reports.scorecard.sum",
        n=len(card.criteria),
        measurable=sum(not each.unmeasured for each in card.criteria),
        specific=sum(not each.vague for each in card.criteria),
        replaceable=sum(bool(each.replacements) for each in card.criteria),
    )


def _mark(codes: Sequence[str], language: str) -> str:
    if not codes:
        return say(language, "reports.scorecard.yes")
    return f"{say(language, 'reports.scorecard.no')}: {', '.join(codes)}"


def _standing(each: Criterion, language: str) -> str:
    if not each.replacements:
        return say(language, "reports.scorecard.mandatory")
    texts = "; ".join(_replacement(other, language) for other in each.replacements)
    return say(language, "reports.scorecard.replaceable", text=texts)


def _replacement(other: Replacement, language: str) -> str:
    """`a call back within the hour (budget low, feasibility high)`."""
    told = [
        say(language, f"reports.scorecard.{name}", level=say(language, f"reports.scorecard.level_{level.value}"))
        for name, level in (("budget", other.budget), ("feasibility", other.feasibility))
        if level is not None
    ]
    text = other.text.said(language)
    return f"{text} ({', '.join(told)})" if told else text


def scorecards_json(cards: Sequence[Scorecard], language: str) -> str:
    """The same as data; `not_measurable` and `not_specific` list the rules that say so."""
    return dumped([_record(card, language) for card in cards])


def _record(card: Scorecard, language: str) -> dict[str, Any]:
    return {
        "checklist": card.checklist.checklist,
        "version": card.checklist.version,
        "criteria": [
            {
                "item": each.item.id,
                "number": each.number,
                "text": each.item.text.said(language),
                "not_measurable": list(each.unmeasured),
                "not_specific": list(each.vague),
                "mandatory": not each.replacements,
                "replacements": [
                    {
                        "id": other.id,
                        "text": other.text.said(language),
                        "budget": other.budget.value if other.budget else None,
                        "feasibility": other.feasibility.value if other.feasibility else None,
                    }
                    for other in each.replacements
                ],
            }
            for each in card.criteria
        ],
    }

"""What a form says, row by row, before anybody decides how it looks: pure, in one language."""

from __future__ import annotations

from typing import NamedTuple

from auditkit.forms.conditions import AnyCondition, sentence
from auditkit.forms.failing import Failing, commented, failing_words
from auditkit.intake.spelling_words import plain_word
from auditkit.locales import say
from auditkit.model.checklist import Checklist, Section
from auditkit.model.conditions import holds, items_of
from auditkit.model.credits import how_met_by_answer
from auditkit.model.items import (
    DERIVED,
    RECORDED,
    AnyItem,
    Choice,
    Multi,
    NumberItem,
    Scale,
    Timestamp,
    YesNo,
    is_required,
    is_scored,
)
from auditkit.model.judging import Asked, Observer
from auditkit.model.visit import NEVER, NO, NOT_APPLICABLE, NOT_OBSERVED, YES


class FormRow(NamedTuple):
    """One row of a checklist's sheet."""

    kind: str
    """`section`, `item`, `option`."""
    key: str
    """Item id, or `item/option`: what intake knows the row by."""
    number: str = ""
    text: str = ""
    guidance: str = ""
    choices: tuple[str, ...] = ()
    """Of the drop-down; empty: anything may be typed."""
    takes: str = ""
    """`number`, `timestamp`, `text` where there is no closed list."""
    words: tuple[str, ...] = ()
    """What may be chosen where there is no closed list: `never`, the two 'outside' answers."""
    required: bool = False
    """A blank is marked and counted, where it is asked."""
    conditions: tuple[AnyCondition, ...] = ()
    """All of them must hold: its own and those of the sections around it, as far as these readers can tell."""
    positions: tuple[str, ...] = ()
    """Of the employee that it is about; empty: any."""
    commented: Failing = Failing()
    """Answers that need a comment."""
    comment_least: int = 0
    """Characters that such a comment must have."""


def footer_of(checklist: Checklist, language: str) -> str:
    """What stands at the foot of every page: title, version, and whether anybody has read the translation."""
    said = say(language, "forms.footer", title=checklist.title.said(language), version=checklist.version)
    return " · ".join(filter(None, (said, not_reviewed(checklist, language))))


def not_reviewed(checklist: Checklist, language: str) -> str:
    """A sentence where no native speaker has read the translation; empty where one has, or it is the original."""
    reviewed = language == checklist.language or checklist.reviewed_by.get(language)
    return "" if reviewed else say(language, "forms.not_reviewed")


def rows_of(checklist: Checklist, language: str, seen_by: tuple[Observer, ...]) -> list[FormRow]:
    """All rows of a form for these readers; sections that hold nothing for them are left out."""
    return [row for top in checklist.sections for row in _section_rows((top,), checklist, language, seen_by)]


def _section_rows(
    within: tuple[Section, ...], checklist: Checklist, language: str, seen_by: tuple[Observer, ...]
) -> list[FormRow]:
    """A section, the last of those that lie in one another, with all that is in it."""
    section = within[-1]
    inside = [row for item in section.items for row in _item_rows(item, within, checklist, language, seen_by)]
    for part in section.sections:
        inside += _section_rows((*within, part), checklist, language, seen_by)
    return [_section_row(within, checklist, language, seen_by), *inside] if inside else []


def _asked_if(of: Section | AnyItem, checklist: Checklist, seen_by: tuple[Observer, ...]) -> AnyCondition | None:
    """When it is asked; nothing where that hangs on what these readers don't see, and holds while it is blank."""
    condition = of.applies_when
    if condition is None or any(checklist.items_by_id[each].seen_by in seen_by for each in items_of(condition)):
        return condition
    return None if holds(condition, {}) else condition


def _section_row(
    within: tuple[Section, ...], checklist: Checklist, language: str, seen_by: tuple[Observer, ...]
) -> FormRow:
    section, found = within[-1], _conditions(within, checklist, seen_by)
    condition = _asked_if(section, checklist, seen_by)
    note = sentence(condition, checklist, language) if condition is not None else ""
    number = checklist.numbers["/" + section.id]
    return FormRow("section", "", number, section.title.said(language), note, conditions=found)


def _conditions(
    within: tuple[Section | AnyItem, ...], checklist: Checklist, seen_by: tuple[Observer, ...]
) -> tuple[AnyCondition, ...]:
    found = (_asked_if(each, checklist, seen_by) for each in within)
    return tuple(each for each in found if each is not None)


def _item_rows(
    item: AnyItem, within: tuple[Section, ...], checklist: Checklist, language: str, seen_by: tuple[Observer, ...]
) -> list[FormRow]:
    if item.seen_by not in seen_by or item.kind in DERIVED:
        return []
    conditions = _conditions((*within, item), checklist, seen_by)
    row = FormRow(
        "item",
        item.id,
        checklist.numbers[item.id],
        item.text.said(language),
        guidance_of(item, checklist, language, seen_by),
        choices_of(item, language),
        _takes(item),
        words=_words(item, language),
        required=is_required(item),
        conditions=conditions,
        positions=item.for_,
        commented=commented(item, checklist, language),
        comment_least=item.comment.at_least,
    )
    if not isinstance(item, Multi):
        return [row]
    yes = (plain_word(YES, language),)
    ticks = FormRow("option", "", choices=yes, conditions=conditions, positions=item.for_)
    return [row, *(ticks._replace(key=f"{item.id}/{o.id}", text=o.text.said(language)) for o in item.options)]


def choices_of(item: AnyItem, language: str) -> tuple[str, ...]:
    """The words of the drop-down, the two 'outside' answers last and only where the item allows them."""
    own: tuple[str, ...]
    match item:
        case YesNo():
            own = (plain_word(YES, language), plain_word(NO, language))
        case Choice():
            own = tuple(option.text.said(language) for option in item.options)
        case Multi():
            own = (plain_word("none", language),)
        case Scale():
            own = tuple(str(step) for step in range(item.min, item.max + 1))
        case _:
            return ()
    return (*own, *_outside(item, language))


def _outside(item: AnyItem, language: str) -> tuple[str, ...]:
    allowed = [NOT_APPLICABLE] if item.not_applicable else []
    if item.not_observed and item.scored:
        allowed.append(NOT_OBSERVED)
    return tuple(plain_word(each, language) for each in allowed)


def _words(item: AnyItem, language: str) -> tuple[str, ...]:
    never = (plain_word(NEVER, language),) if isinstance(item, Timestamp) else ()
    return (*never, *_outside(item, language)) if isinstance(item, (NumberItem, Timestamp)) else ()


def _takes(item: AnyItem) -> str:
    if isinstance(item, NumberItem):
        return "number"
    if isinstance(item, Timestamp):
        return "timestamp"
    return "text" if item.kind in RECORDED else ""


def guidance_of(
    item: AnyItem, checklist: Checklist, language: str, seen_by: tuple[Observer, ...] = tuple(Observer)
) -> str:
    """How to tell: when it is asked, guidance, anchors, unit, what else may be typed, when a comment is needed."""
    parts = []
    condition = _asked_if(item, checklist, seen_by)
    if condition is not None:
        parts.append(sentence(condition, checklist, language))
    if item.guidance is not None:
        parts.append(item.guidance.said(language))
    parts += anchors_of(item, checklist, language)
    parts += how_to_type(item, language)
    parts += _when_to_comment(item, checklist, language) + _when_to_prove(item, checklist, language)
    return "\n".join(parts)


def anchors_of(item: AnyItem, checklist: Checklist, language: str) -> list[str]:
    """What is seen when it is met and when not; at a yes/no question beside the answer that says so."""
    if item.anchors is None:
        return []
    if isinstance(item, YesNo):
        told_by = how_met_by_answer(item, checklist) or {NO if item.inverted else YES: "met"}
        good, bad = (YES, NO) if told_by.get(YES) == "met" else (NO, YES)
        labels = {"met": plain_word(good, language), "not_met": plain_word(bad, language)}
    else:
        labels = {name: say(language, f"forms.anchor_{name}") for name in ("met", "partly", "not_met")}
    told = ((label, getattr(item.anchors, name)) for name, label in labels.items())
    return [f"{label}: {answer.said(language)}" for label, answer in told if answer is not None]


def _when_to_comment(item: AnyItem, checklist: Checklist, language: str) -> list[str]:
    """Which answer needs a comment, and how long it must be."""
    match item.comment.when:
        case Asked.NEVER:
            return []
        case Asked.NOT_MET if not is_scored(item):
            return []
        case Asked.NOT_MET if isinstance(item, YesNo):
            answer = " / ".join(failing_words(item, checklist, language))
            line = say(language, "forms.comment_answer", answer=answer)
        case when:
            line = say(language, f"forms.comment_{when.value}")
    least = item.comment.at_least
    return [line, say(language, "forms.comment_least", least=least)] if least else [line]


def _when_to_prove(item: AnyItem, checklist: Checklist, language: str) -> list[str]:
    """Which answer needs a photo, a recording, a receipt."""
    kind = say(language, f"forms.evidence_{item.evidence.kind}")
    match item.evidence.when:
        case Asked.NEVER:
            return []
        case Asked.NOT_MET if not is_scored(item):
            return []
        case Asked.NOT_MET if isinstance(item, YesNo):
            answer = " / ".join(failing_words(item, checklist, language))
            return [say(language, "forms.evidence_answer", answer=answer, kind=kind)]
        case when:
            return [say(language, f"forms.evidence_{when.value}", kind=kind)]


def how_to_type(item: AnyItem, language: str) -> list[str]:
    """What may be typed into a cell: the options, a number with its unit, a moment, the 'outside' answers."""
    outside = _outside(item, language)
    match item:
        case Choice():
            # Read before the visit and on paper, where no drop-down opens.
            return [f"– {option.text.said(language)}" for option in item.options]
        case Multi():
            return [say(language, "forms.tick", none=plain_word("none", language))]
        case Scale() if item.labels:
            return ["; ".join(f"{step} – {label.said(language)}" for step, label in sorted(item.labels.items()))]
        case NumberItem():
            lines = [say(language, "forms.unit", unit=item.unit.said(language))]
            return [*lines, say(language, "forms.or_write", words=" / ".join(outside))] if outside else lines
        case Timestamp():
            words = " / ".join(_words(item, language))
            return [say(language, "forms.moment"), say(language, "forms.or_write", words=words)]
        case _:
            return []

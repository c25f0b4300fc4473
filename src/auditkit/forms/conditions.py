"""When an item is asked, as a sentence beside it: `Only if 4.1 = Yes`."""

from __future__ import annotations

from collections.abc import Callable

from auditkit.intake.spelling_words import WORDS, plain_word
from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.model.conditions import All, AnyOf, Not, Test
from auditkit.model.items import Choice, Multi

AnyCondition = Test | All | AnyOf | Not


Named = Callable[[str], str]
"""What an item is called within a condition."""


def sentence(condition: AnyCondition, checklist: Checklist, language: str, named: Named | None = None) -> str:
    """`Only if …`, with items by number, unless they are `named` otherwise, and answers in words."""
    words = _said(condition, checklist, language, named or (lambda item: checklist.numbers.get(item, item)))
    return say(language, "forms.only_if", condition=words)


def _said(condition: AnyCondition, checklist: Checklist, language: str, named: Named) -> str:
    match condition:
        case All():
            parts = [_said(part, checklist, language, named) for part in condition.all]
            return f" {say(language, 'forms.and')} ".join(parts)
        case AnyOf():
            parts = [_said(part, checklist, language, named) for part in condition.any]
            return "(" + f" {say(language, 'forms.or')} ".join(parts) + ")"
        case Not():
            return say(language, "forms.not", condition=_said(condition.not_, checklist, language, named))
        case Test():
            return _test(condition, checklist, language, named(condition.item))


def _test(test: Test, checklist: Checklist, language: str, number: str) -> str:

    def word(answer: str) -> str:
        return answer_word(checklist, test.item, answer, language)

    parts = []
    if test.is_ is not None:
        parts.append(f"{number} = {word(test.is_)}")
    if test.in_ is not None:
        parts.append(f"{number} = {' / '.join(word(each) for each in test.in_)}")
    if test.includes is not None:
        parts.append(f"{number}: {word(test.includes)}")
    if test.at_least is not None:
        parts.append(f"{number} ≥ {test.at_least}")
    if test.at_most is not None:
        parts.append(f"{number} ≤ {test.at_most}")
    return f" {say(language, 'forms.and')} ".join(parts)


def answer_word(checklist: Checklist, item_id: str, answer: str, language: str) -> str:
    """A canonical answer in the words that the form offers for it."""
    item = checklist.items_by_id.get(item_id)
    if isinstance(item, (Choice, Multi)):
        for option in item.options:
            if option.id == answer:
                return option.text.said(language)
    return plain_word(answer, language) if answer in WORDS else answer

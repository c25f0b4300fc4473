"""What a trial asks: of each question whether it is apt, convenient and feasible; of whoever tries it, who they are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from auditkit.forms.layout import guidance_of
from auditkit.intake.spelling_rules import key
from auditkit.intake.spelling_words import MARKS, WORDS
from auditkit.locales import LANGUAGES, say
from auditkit.model.checklist import Checklist, Section
from auditkit.model.items import Multi
from auditkit.tables.folding import fold

ASKED = ("apt", "convenient", "feasible")
"""What is judged of every question."""
YES, NO, UNSURE = "yes", "no", "unsure"
ROLES = ("customer", "employee", "manager", "shopper")
FIELDS = ("who", "role", "branch", "day", "lacking", "other")
"""Of the cover."""


class Line(NamedTuple):
    """One row of a checklist's sheet: a section, or a question to be judged."""

    key: str
    """Item id; '' of a section."""
    number: str
    text: str
    how: str
    """How it is observed, with the answers that there are."""


def lines_of(checklist: Checklist, language: str) -> Iterator[Line]:
    """Everything that the standard asks, whoever sees it: the trial is of the standard, not of one of its forms."""
    for top in checklist.sections:
        yield from _section(top, checklist, language)


def _section(section: Section, checklist: Checklist, language: str) -> Iterator[Line]:
    yield Line("", checklist.numbers["/" + section.id], section.title.said(language), "")
    for item in section.items:
        parts = [guidance_of(item, checklist, language)]
        if isinstance(item, Multi):
            parts += [f"– {option.text.said(language)}" for option in item.options]
        how = "\n".join(filter(None, parts))
        yield Line(item.id, checklist.numbers[item.id], item.text.said(language), how)
    for part in section.sections:
        yield from _section(part, checklist, language)


@cache
def judgements() -> dict[str, str]:
    """Every way to write yes, no and hard to say, as `key` folds it, in any of our languages."""
    found = {answer: [word for words in WORDS[answer].values() for word in words] for answer in (YES, NO)}
    found[UNSURE] = [say(language, "trial.unsure") for language in LANGUAGES]
    found[YES] += MARKS[YES]
    found[NO] += MARKS[NO]
    return {key(word) or fold(word): answer for answer, words in found.items() for word in words}


@cache
def roles() -> dict[str, str]:
    """What each role is called in any of our languages, folded."""
    return {fold(say(language, f"trial.role_{role}")): role for language in LANGUAGES for role in ROLES}

"""Rules over translations: whoever reads the form in another language reads all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditkit.definitions.evidence import Evidence
from auditkit.definitions.lint.rules import Remark, rule
from auditkit.definitions.texts import texts_of
from auditkit.locales import LANGUAGES, plural_kinds
from auditkit.model.items import NumberItem


@rule("D310")
def untranslated(evidence: Evidence) -> Iterator[Remark]:
    """A text that a translation of the checklist leaves out.

    It is shown in the first language, in the middle of a form in another one.

    Add it to the translation's file.
    """
    languages = sorted(evidence.checklist.reviewed_by)
    for path, name, text in texts_of(evidence.checklist):
        missing = [code for code in languages if not text.words.get(code)]
        if missing:
            yield Remark(path, name, (("languages", ", ".join(missing)),))


@rule("D311")
def miscounted(evidence: Evidence) -> Iterator[Remark]:
    """A unit's `unit_forms` that are not as many as the plural forms of their language.

    A number would stand beside a form that it does not take: «4 гудков».

    Write the forms in the order of the CLDR with `|` between: 2 in English and Kazakh, 3 in Romanian (one, few,
    other), 4 in Russian and Polish (one, few, many, other).
    """
    for spot in evidence.spots:
        forms = spot.item.unit_forms if isinstance(spot.item, NumberItem) else None
        for code, words in forms.words.items() if forms is not None else ():
            wanted = len(plural_kinds(code))
            if code in LANGUAGES and len(words.split("|")) != wanted:
                yield Remark((*spot.path, "unit_forms"), words, (("language", code), ("wanted", str(wanted))))


@rule("D312")
def other_numbers(evidence: Evidence) -> Iterator[Remark]:
    """A translation with other numbers or placeholders (`{name}`) than the text that it translates.

    The same visit is judged by another limit in another language.

    Correct the number in the translation; numbers written as digits in one language are digits in all.
    """
    own = evidence.checklist.language
    for path, name, text in texts_of(evidence.checklist):
        wanted = _figures(text.words.get(own, ""))
        for code, words in text.words.items():
            if code != own and own in text.words and _figures(words) != wanted:
                yield Remark(path, words[:60], (("name", name), ("language", code)))


_FIGURE = re.compile(r"\d+(?:[.,]\d+)*|\{\w+\}")


def _figures(words: str) -> list[str]:
    return sorted(found.replace(",", ".") for found in _FIGURE.findall(words))


RULES = (untranslated, miscounted, other_numbers)

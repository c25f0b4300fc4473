"""Rules over translations: whoever reads the form in another language reads all of it."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definitions.evidence import Evidence
from auditkit.definitions.lint.rules import Remark, rule
from auditkit.definitions.lint.texts import texts_of


@rule("D310")
def untranslated(evidence: Evidence) -> Iterator[Remark]:
    """A text that a translation of the checklist leaves out.

    It is shown in the first language, in the middle of a form in another one.

    Add it to the translation's file.
    """
    languages = sorted(evidence.checklist.reviewed_by)
    for path, name, text in texts_of(evidence):
        missing = [code for code in languages if not text.words.get(code)]
        if missing:
            yield Remark(path, name, (("languages", ", ".join(missing)),))


RULES = (untranslated,)

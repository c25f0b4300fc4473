"""Which column of a survey tool's export is which field of our form: by name or by label, behind any group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from auditkit.intake.spelling_words import plain_word
from auditkit.intake.survey_names import FIELDS, FORM, LABELS, OUT, Question, label, outside, questions
from auditkit.locales import LANGUAGES, say
from auditkit.model.checklist import Checklist
from auditkit.model.items import AnyItem, Choice, Multi, Scale, YesNo
from auditkit.model.visit import NO, NOT_APPLICABLE, NOT_OBSERVED, YES
from auditkit.tables.folding import fold

RECEIVED = ("_submission_time", "SubmissionDate")
"""When the tool took the answers in, in UTC."""
ROW_IDS = ("_uuid", "meta/instanceID", "KEY", "instanceID")
"""What tells a row from all others."""


class Tick(NamedTuple):
    """A column that says of one answer whether it was chosen."""

    question: Question
    answer: str


Field = str | Question | Tick
"""A field of the visit, `received`, `row_id`; a question; one of several answers."""


class Fields:
    """The fields of a form on these checklists, by every name that an export may give them."""

    def __init__(self, checklists: Sequence[Checklist]) -> None:
        self.known: dict[str, Field] = {}
        self.codes: dict[tuple[str, str, str], dict[str, str]] = {}
        """(checklist, item, part) → folded words → answer."""
        for name in FIELDS:
            self._add(name, name)
            for language in LANGUAGES:
                self._add(say(language, LABELS[name]), name)
        for name in RECEIVED:
            self._add(name, "received")
        for name in ROW_IDS:
            self._add(name, "row_id")
        for question in questions(checklists):
            self._question(question, checklists)

    def _question(self, question: Question, checklists: Sequence[Checklist]) -> None:
        said = [label(question, checklists, language) for language in LANGUAGES]
        self._add(question.name, question)
        for each in said:
            self._add(each, question)
        if question.part not in ("", OUT):
            return
        words_of = dict(_answers(question))
        of = question.checklist.checklist, question.item.id, question.part
        self.codes[of] = {fold(word): code for code, words in words_of.items() for word in (code, *words)}
        if isinstance(question.item, Multi):
            for code, words in words_of.items():
                tick = Tick(question, code)
                self._add(f"{question.name}/{code}", tick)
                for one, word in zip(said, words, strict=True):
                    self._add(f"{one}/{word}", tick)

    def _add(self, name: str, field: Field) -> None:
        self.known.setdefault(fold(name), field)

    def of(self, header: str) -> Field | None:
        """What a column is; the whole header first, then what stands behind one group after the other."""
        return next((found for part in _tails(header) if (found := self.known.get(fold(part))) is not None), None)


def is_form(header: str) -> bool:
    """Whether a column says which form a row is of."""
    return any(part == FORM for part in _tails(header))


def _tails(header: str) -> Iterator[str]:
    yield header
    for at, sign in enumerate(header):
        if sign in "/-":
            yield header[at + 1 :]


def _answers(question: Question) -> Mapping[str, tuple[str, ...]]:
    """Answer → its words in all languages, as the form's lists say them."""
    item = question.item
    if question.part == OUT:
        return {each: _plain(each) for each in outside(item)}
    states = {each: _plain(each) for each in (NOT_APPLICABLE, NOT_OBSERVED)}
    return {**_own(item), **states} if isinstance(item, (YesNo, Choice, Multi, Scale)) else {}


def _own(item: AnyItem) -> dict[str, tuple[str, ...]]:
    match item:
        case YesNo():
            return {each: _plain(each) for each in (YES, NO)}
        case Choice() | Multi():
            own = {o.id: tuple(o.text.said(language) for language in LANGUAGES) for o in item.options}
            return own | ({"none": _plain("none")} if isinstance(item, Multi) else {})
        case Scale():
            return {str(step): step_words(item, step) for step in range(item.min, item.max + 1)}
    return {}


def step_words(item: Scale, step: int) -> tuple[str, ...]:
    """`4 – Good` in all languages; the step alone where it bears no words."""
    text = (item.labels or {}).get(step)
    return tuple(f"{step} – {text.said(language)}" if text is not None else str(step) for language in LANGUAGES)


def _plain(answer: str) -> tuple[str, ...]:
    return tuple(plain_word(answer, language) for language in LANGUAGES)

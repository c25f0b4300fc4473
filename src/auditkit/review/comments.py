"""The sheet of shoppers' words: what is doubtful in them, whether branches may read them, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditkit.audience.copies import MASK
from auditkit.audience.marks import MASKED, Mark
from auditkit.locales import say
from auditkit.model.decision import What, words_hash
from auditkit.reports.wording import seen_text
from auditkit.review.frame import Form, Line, Matter
from auditkit.review.naming import branch_text, item_of, item_text
from auditkit.review.takings import NO_DECISION, Taking
from auditkit.run.commenting import Commented, Words, decide_comment
from auditkit.run.showing import Shown

FORM = Form(
    "review-comments",
    ("visit", "branch", "question", "answer", "comment", "marks", "release", "edited", "reason"),
    (13.0, 14.0, 26.0, 18.0, 32.0, 18.0, 12.0, 32.0, 14.0),
    ("release", "edited", "reason"),
    {"release": ("yes", "no")},
)


def matters(shown: Shown, words: Words, found: Iterable[Commented], language: str) -> list[Matter]:
    """A row for each; its key is visit, checklist, item and the hash of the words."""
    return [
        (
            _texts(shown, words, each, language),
            (each.said.visit, each.said.checklist, each.said.item, words_hash(each.said.text)),
        )
        for each in found
    ]


def _texts(shown: Shown, words: Words, each: Commented, language: str) -> list[str]:
    said = each.said
    item = item_of(shown, said.checklist, each.version, said.item)
    masked = words.comments.marker.masked(said.text, MASK)
    return [
        said.visit,
        branch_text(shown, each.branch),
        item_text(shown, (said.checklist, each.version), said.item, each.number, language),
        seen_text(item, each.answer, each.met or None, language) if item is not None and each.answer else each.answer,
        said.text,
        marks_text(each.marks, language),
        "",
        masked if any(mark.kind in MASKED for mark in each.marks) else "",
        "",
    ]


def marks_text(marks: Sequence[Mark], language: str) -> str:
    """`name: Anna; description: young, woman`."""
    found: dict[str, list[str]] = {}
    for mark in marks:
        found.setdefault(say(language, f"review.mark_{mark.kind.value}"), []).append(mark.word)
    return "; ".join(f"{kind}: {', '.join(dict.fromkeys(several))}" for kind, several in found.items())


def take(taking: Taking, line: Line, words: Words) -> None:
    """Words released or withheld."""
    if len(line.key) != 4:
        return
    visit, checklist, item, digest = line.key
    key = taking.word(line, "release", FORM.choices["release"])
    if key is None:
        taking.say(NO_DECISION, line, "release")
        return
    of = visit, checklist, item
    found = next((each for each in words.every if each.said[:3] == of and words_hash(each.said.text) == digest), None)
    what = What.RELEASE if key == "yes" else What.WITHHOLD
    edited = " ".join(line.said["edited"].split()) if what is What.RELEASE else ""
    if found is not None and edited == " ".join(found.said.text.split()):
        edited = ""
    holds = found.decided if found is not None else None
    if holds is not None and (holds.what, holds.by, holds.new) == (what, taking.by, edited):
        taking.known += 1
        return
    if taking.is_stale(
        line, visit, lambda each: (each.visit, each.checklist, each.item, each.answers) == line.key,
        here=found is not None,
    ):  # fmt: skip
        return
    assert found is not None  # noqa: S101  else it is stale
    reason = line.said["reason"] or marks_text(found.marks, "en") or "read"
    old = found.fate.value
    taking.give(line, "release", decide_comment(taking.bench, found.said, what, edited, taking.taker(reason), old), [])

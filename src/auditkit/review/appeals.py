"""The sheet of open appeals: what the branch says, and what the person for appeals makes of it."""

from __future__ import annotations

from collections.abc import Sequence

from auditkit.model.decision import Appeal, What
from auditkit.review.frame import Form, Line, Matter
from auditkit.review.naming import branch_text, item_of
from auditkit.review.takings import Taking
from auditkit.run.appealing import settle_appeal
from auditkit.run.showing import Shown

FORM = Form(
    "review-appeals",
    ("appeal", "branch", "visit", "question", "happened", "evidence", "decision", "new_answer", "reason"),
    (8.0, 14.0, 13.0, 30.0, 34.0, 18.0, 14.0, 14.0, 24.0),
    ("decision", "new_answer", "reason"),
    {"decision": ("reject", "amend", "annul", "exclude")},
    telling=("decision", "new_answer"),
)


def matters(shown: Shown, found: Sequence[Appeal], versions: dict[tuple[str, str], str], language: str) -> list[Matter]:
    """A row an appeal; its key is its number. `versions`: (visit, checklist) → version."""
    return [(_texts(shown, each, versions, language), (str(each.line.number),)) for each in found]


def _texts(shown: Shown, each: Appeal, versions: dict[tuple[str, str], str], language: str) -> list[str]:
    line = each.line
    version = versions.get((line.visit, line.checklist), "")
    checklist = shown.home.library.get(line.checklist, version) if version else None
    item = item_of(shown, line.checklist, version, line.item) if line.item else None
    number = checklist.numbers.get(line.item, "") if checklist is not None else ""
    question = f"{number} {item.text.said(language)}" if item is not None else line.item
    named = checklist.title.said(language) if checklist is not None else line.checklist
    return [
        str(line.number),
        " ".join(branch_text(shown, code) for code in line.branches),
        line.visit,
        f"{named}: {question}" if question else named,
        f"{line.reason} ({line.by})",
        line.new,
        "",
        "",
        "",
    ]


def take(taking: Taking, line: Line) -> None:
    """One appeal decided."""
    if len(line.key) != 1 or not line.key[0].isdigit():
        return
    number = int(line.key[0])
    said = taking.settled(line)
    if said is None:
        return
    key, new, reason = said
    appeal = taking.home.decisions.appeal(number)
    what = What.REJECT if key == "reject" else What.UPHOLD
    if appeal is not None and appeal.outcome is not None:
        holds = appeal.outcome
        if (holds.what, holds.by, holds.reason) == (what, taking.by, reason):
            taking.known += 1
            return
    follows = {} if key == "reject" else {key: new}
    taking.give(line, "decision", *settle_appeal(taking.bench, number, follows, taking.taker(reason)))

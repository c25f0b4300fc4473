"""The sheet of single answers that a person should look at: critical questions that failed, or could not be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from auditkit.analysis.asking import ask
from auditkit.intake.inbox import Fate
from auditkit.locales import say
from auditkit.model.decision import What
from auditkit.reports.wording import seen_text
from auditkit.review.frame import Form, Line, Matter
from auditkit.review.naming import branch_text, item_of, item_text
from auditkit.review.takings import Taking
from auditkit.run.decided import HASH
from auditkit.run.deciding import Asked
from auditkit.run.showing import Shown

FORM = Form(
    "review-answers",
    ("visit", "branch", "question", "answer", "comment", "why", "decision", "new_answer", "reason"),
    (13.0, 14.0, 30.0, 14.0, 30.0, 18.0, 14.0, 14.0, 22.0),
    ("decision", "new_answer", "reason"),
    {"decision": ("amend", "annul")},
    telling=("decision", "new_answer"),
)


class Flagged(NamedTuple):
    """One answer."""

    visit: str
    checklist: str
    version: str
    branch: str
    day: date | None
    file: str
    answers: str
    """Hash of the report's answers."""
    item: str
    number: str
    state: str
    met: str
    answer: str
    comment: str


def flagged(shown: Shown, *, every: bool) -> list[Flagged]:
    """Answers to critical questions in reports that wait; with `every` also in those that count."""
    fates = [Fate.HELD.value, *([Fate.ACCEPTED.value] if every else [])]
    return list(_flagged(shown, fates))


def _flagged(shown: Shown, fates: Sequence[str]) -> Iterator[Flagged]:
    with shown.store.open([shown.wave]) as tables:
        for (
            _, visit, checklist, version, branch, day, file, answers, _, item, number, state, met, answer, comment
        ) in ask(tables, "flagged", wave=shown.wave, fates=list(fates)):  # fmt: skip
            known = item_of(shown, checklist, version, item)
            if visit and known is not None and known.critical:
                yield Flagged(
                    visit, checklist, version, branch, day, file, answers[:HASH], item, number, state, met or "",
                    answer, comment,
                )  # fmt: skip


def matters(shown: Shown, found: Sequence[Flagged], language: str) -> list[Matter]:
    """A row an answer; its key is visit, checklist, answers, file and item."""
    return [
        (_texts(shown, each, language), (each.visit, each.checklist, each.answers, each.file, each.item))
        for each in found
    ]


def _texts(shown: Shown, each: Flagged, language: str) -> list[str]:
    item = item_of(shown, each.checklist, each.version, each.item)
    state = say(language, f"reports.state.{each.state}") if each.state != "scored" else ""
    seen = seen_text(item, each.answer, each.met or None, language) if item is not None and each.answer else state
    why = f"critical_{each.state}" if each.state != "scored" else "critical_not_met"
    return [
        each.visit,
        branch_text(shown, each.branch),
        item_text(shown, (each.checklist, each.version), each.item, each.number, language),
        seen,
        each.comment,
        say(language, f"review.why_{why}"),
        "",
        "",
        "",
    ]


def take(taking: Taking, line: Line) -> None:
    """One answer amended, or left out of the score."""
    if len(line.key) != 5:
        return
    visit, checklist, answers, file, item = line.key
    said = taking.settled(line)
    if said is None:
        return
    key, new, reason = said
    asked, taker = Asked(visit, checklist, file), taking.taker(reason)
    if key == "amend":
        lines, faults = taking.bench.amend(asked, item, new, taker)
    else:
        lines, faults = taking.bench.annul(checklist, item, [], visit, taker)
    if any(_holds(taking, each.what, each.visit, each.item, each.new, reason) for each in lines):
        taking.known += 1
        return
    if not taking.is_newer(line, visit, checklist, answers):
        taking.give(line, "new_answer" if key == "amend" else "decision", lines, faults)


def _holds(taking: Taking, what: What, visit: str, item: str, new: str, reason: str) -> bool:
    wanted = what, visit, item, new, taking.by, reason
    return any(
        (each.what, each.visit, each.item, each.new, each.by, each.reason) == wanted
        for each in taking.home.decisions.holding(taking.wave)
    )

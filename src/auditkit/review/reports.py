"""The sheet of reports that wait: what speaks for waiting, a proposal, and room for decision and reason."""

from __future__ import annotations

from collections.abc import Sequence

from auditkit.figures import date_text
from auditkit.locales import say
from auditkit.model.decision import OF_A_REPORT, What
from auditkit.review.frame import Form, Line, Matter
from auditkit.review.naming import branch_text, checklist_text
from auditkit.review.takings import NO_DECISION, NO_REASON, Taking
from auditkit.review.waiting import Waiting
from auditkit.run.deciding import Asked
from auditkit.run.showing import Shown

FORM = Form(
    "review",
    ("visit", "checklist", "branch", "day", "shopper", "state", "why", "proposal", "decision", "reason"),
    (13.0, 16.0, 16.0, 11.0, 12.0, 14.0, 33.0, 13.0, 14.0, 26.0),
    ("decision", "reason"),
    {"decision": tuple(what.value for what in OF_A_REPORT)},
)


def matters(shown: Shown, found: Sequence[Waiting], language: str) -> list[Matter]:
    """A row a report; its key is visit, checklist, answers and file."""
    return [(_texts(shown, each, language), _key(each)) for each in found]


def _key(each: Waiting) -> tuple[str, ...]:
    own = each.report.incoming
    return own.visit_id, own.checklist, own.answers, own.file


def _texts(shown: Shown, each: Waiting, language: str) -> list[str]:
    report, own = each.report, each.report.incoming
    return [
        own.visit_id,
        checklist_text(shown, own.checklist, report.version, language),
        branch_text(shown, report.branch),
        date_text(each.day, language) if each.day is not None else "",
        each.shopper,
        say(language, f"reports.fate.{report.fate.fate.value}"),
        each.why,
        say(language, f"review.{each.proposal.value}") if each.proposal is not None else "",
        "",
        "",
    ]


def take(taking: Taking, line: Line) -> None:
    """One report decided on."""
    if len(line.key) != 4:
        return
    visit, checklist, answers, file = line.key
    key = taking.word(line, "decision", FORM.choices["decision"])
    if key is None:
        taking.say(NO_DECISION, line, "decision")
        return
    if not line.said["reason"]:
        taking.say(NO_REASON, line, "reason")
        return
    what, reason = What(key), line.said["reason"]
    holds = taking.home.decisions.fate(taking.wave, visit, checklist, answers)
    if holds is not None and (holds.what, holds.by, holds.reason) == (what, taking.by, reason):
        taking.known += 1
        return
    if taking.is_newer(line, visit, checklist, answers):
        return
    asked = Asked(visit, checklist, file)
    taking.give(line, "decision", *taking.bench.of_report(what, asked, taking.taker(reason)))

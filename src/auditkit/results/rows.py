"""One submission as rows of the tidy tables: pure functions of what was handed in and what was scored."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from auditkit.model.checklist import Checklist
from auditkit.model.judging import Effect, Severity
from auditkit.model.score import Hashes, ItemScore, SectionScore, VisitScore
from auditkit.model.visit import Submission
from auditkit.problems import Problem
from auditkit.results.keys import canonical, moment_text
from auditkit.scoring import points_lost
from auditkit.scoring.dimensions import dimension_scores, dimension_sums
from auditkit.scoring.effects import acting, lowest_grade_cap
from auditkit.scoring.grades import limits_of, shown
from auditkit.scoring.plan import plan_of

Row = tuple[object, ...]
_LARGEST = 10**31
"""Beyond it a number does not fit the readable column; the exact columns hold it all the same."""


class Rows(NamedTuple):
    """Rows by table. Those of `visits` lack the last two columns, fate and reason, which the whole wave decides."""

    visits: tuple[Row, ...]
    sections: tuple[Row, ...] = ()
    items: tuple[Row, ...] = ()


class Came(NamedTuple):
    """Which file and wave a submission came with, and the hashes of what it was reckoned from."""

    wave: str
    file: str
    sha256: str
    hashes: Hashes


def exact(value: Fraction | int | None) -> str:
    """`num/den` in lowest terms, an integer as it is; '' where there is none."""
    return "" if value is None else str(value)


def rows_of(
    key: str,
    submission: Submission,
    scored: VisitScore | None,
    checklist: Checklist | None,
    came: Came,
) -> Rows:
    """All rows of one submission but its problems."""
    head = head_of(key, submission, came)
    visit = visit_row(head, submission, scored, checklist, came)
    if scored is None or checklist is None:
        return Rows((visit,))
    sections = ((*head, *section_row(each, checklist)) for each in scored.sections)
    every = (*sections, *dimension_rows(head, scored, checklist))
    return Rows((visit,), every, tuple(_items(head, submission, scored, checklist)))


def head_of(key: str, submission: Submission, came: Came) -> Row:
    """What stands before every row of a submission."""
    return (key, came.wave, submission.branch, submission.checklist, submission.version)


def visit_row(
    head: Row, submission: Submission, scored: VisitScore | None, checklist: Checklist | None, came: Came
) -> Row:
    """The row of a submission in `visits`."""
    return (*head, *_reported(submission), *_result(scored, checklist), *_origin(submission, came))


def unread_row(came: Came, key: str) -> Row:
    """The row of a file, or of a part of it, that gave no submission."""
    reported = ("", "", "", "", "", None, "", "", None)
    return (key, came.wave, "", "", "", *reported, *_result(None, None), came.file, "", None, came.sha256, *came.hashes)


def problem_rows(problems: Sequence[Problem], key: str, wave: str, file: str) -> Iterator[Row]:
    """A row a problem."""
    for each in problems:
        params = json.dumps(each.facts, ensure_ascii=False)
        yield (key, wave, file, each.code, each.severity.value, str(each.place), each.value, params)


def _reported(submission: Submission) -> Row:
    return (
        submission.visit_id,
        submission.position or "",
        submission.employee or "",
        submission.shopper or "",
        submission.outcome.value,
        day_of(submission),
        moment_text(submission.start),
        moment_text(submission.handed_in),
        submission.staff_on_duty,
    )


def day_of(submission: Submission) -> date | None:
    """The day of the visit, as said, else that of its begin."""
    if submission.visit_date is not None:
        return submission.visit_date
    return submission.start.date() if submission.start is not None else None


def _result(scored: VisitScore | None, checklist: Checklist | None) -> Row:
    if scored is None or checklist is None:
        return ("", "", None, "", "", "", "", "", "", None, "", None, *(None,) * 7, "", "[]")
    num, den, readable = _number(scored.score, checklist)
    limits = limits_of(scored.items)
    steps = [[step.what, step.where, str(step.before), str(step.after), step.item] for step in scored.steps]
    return (
        num,
        den,
        readable,
        exact(scored.base),
        exact(scored.lowest),
        exact(scored.highest),
        scored.grade or "",
        scored.verdict.value if scored.verdict else "",
        "; ".join(scored.critical_failed),
        bool(scored.critical_failed) and _fails(scored.items),
        _grade_cap(scored.items, checklist) if scored.critical_failed else "",
        scored.provisional,
        scored.n_scored,
        scored.n_not_observed,
        scored.n_missing,
        scored.n_not_applicable,
        *(limits.not_met[severity] for severity in (Severity.MINOR, Severity.MAJOR, Severity.CRITICAL)),
        exact(limits.highest_item),
        json.dumps(steps, ensure_ascii=False) if steps else "[]",
    )


def _fails(items: Sequence[ItemScore]) -> bool:
    return any(e.effect is not Effect.FLAG and not e.keeps_verdict for item in items for e in item.critical)


def _grade_cap(items: Sequence[ItemScore], checklist: Checklist) -> str:
    cap = lowest_grade_cap(plan_of(checklist), acting(items))
    return (cap.effect.grade or "") if cap is not None else ""


def _number(value: Fraction | None, checklist: Checklist) -> tuple[str, str, Decimal | None]:
    """Numerator, denominator, and the number as shown."""
    if value is None:
        return "", "", None
    readable = shown(value, checklist.decimals, checklist.scoring == "percent") if abs(value) < _LARGEST else None
    return str(value.numerator), str(value.denominator), readable


def _origin(submission: Submission, came: Came) -> Row:
    source = submission.source
    return (came.file, source.sheet or "", source.row, came.sha256, *came.hashes)


def section_row(each: SectionScore, checklist: Checklist) -> Row:
    """A section's row, without what stands before every row of a submission."""
    percent = checklist.scoring == "percent"
    counts = not each.parent and each.score is not None and bool(each.share or not percent)
    number = _number(each.score, checklist)
    return ("section", each.section, each.parent, counts, *number,
            exact(each.earned), exact(each.possible), exact(each.share))  # fmt: skip


def dimension_rows(head: Row, scored: VisitScore, checklist: Checklist) -> Iterator[Row]:
    """A row a dimension, where the checklist has any."""
    if not checklist.dimensions:
        return
    sums = dimension_sums(checklist, scored)
    for dimension, score in dimension_scores(checklist, scored).items():
        earned, possible = sums[dimension]
        yield (*head, "dimension", dimension, "", False, *_number(score, checklist), exact(earned), exact(possible), "")


def _items(head: Row, submission: Submission, scored: VisitScore, checklist: Checklist) -> Iterator[Row]:
    lost = points_lost(checklist, scored)
    numbers = checklist.numbers
    answers, comments, evidence = submission.answers, submission.comments, submission.evidence
    for place, item in enumerate(scored.items, 1):
        name = item.item
        yield (
            *head,
            place,
            name,
            item.section,
            numbers[name],
            item.state.value,
            item.met or "",
            canonical(answers.get(name)),
            comments.get(name, ""),
            evidence.get(name, ""),
            exact(item.credit),
            exact(item.earned),
            exact(item.possible),
            exact(lost.get(name, 0)),
            item.severity.value,
            "; ".join(effect.effect.value for effect in item.critical),
            str(submission.place(name)),
        )

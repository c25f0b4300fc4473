"""What a file gave that must have a fate: its submissions, each by a name of its own, with all that decides on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from auditkit.intake.inbox import Incoming
from auditkit.problems import has_errors
from auditkit.results.keys import key_of
from auditkit.run.files import FileOutcome, Scored

if TYPE_CHECKING:
    from auditkit.model.checklist import Checklist
    from auditkit.model.score import VisitScore


def reports_of(outcome: FileOutcome) -> tuple[Scored, ...]:
    """What is counted of a file: its submissions, else the file itself as one that could not be read.

    The lock of an open workbook is no file that came in.
    """
    if outcome.scored or outcome.part:
        return outcome.scored
    return (Scored(None, None, ()),) if has_errors(outcome.problems) else ()


def keys_of(scored: Iterable[Scored], outcome: FileOutcome) -> Iterator[str]:
    """A name for every submission of a file, no two alike: a sheet that somebody copied is a second one."""
    taken: dict[str, int] = {}
    unread = f"{outcome.file}#{outcome.part or ''}"
    for each in scored:
        key = key_of(each.submission) if each.submission is not None else unread
        count = taken[key] = taken.get(key, 0) + 1
        yield key if count == 1 else f"{key}~{count}"


_BEAR_CODES = ("workbook", "json")
"""Readers of our own forms, on which the code of the visit was printed."""


def incoming_of(key: str, each: Scored, checklist: Checklist | None, answers: str, outcome: FileOutcome) -> Incoming:
    """What decides on a submission's fate."""
    submission, scored = each.submission, each.score
    assert submission is not None  # noqa: S101  the caller looked
    return Incoming(
        key=key,
        file=outcome.file,
        visit_id=submission.visit_id,
        checklist=submission.checklist,
        shopper=submission.shopper or "",
        answers=answers[:32],
        sha256=outcome.sha256,
        supersedes=submission.supersedes or "",
        handed_in=submission.handed_in.isoformat() if submission.handed_in else "",
        outcome=submission.outcome.value,
        readable=True,
        complete=scored is not None and not scored.missing and not has_errors(each.problems),
        covered=scored is None or checklist is None or is_covered(scored, checklist),
        printed_code=submission.source.reader in _BEAR_CODES,
        hold=each.hold,
    )


def is_covered(scored: VisitScore, checklist: Checklist) -> bool:
    """Whether enough of what could have been seen was seen; a visit in which nothing came up is."""
    seeable = scored.n_scored + scored.n_not_observed + scored.n_missing
    return seeable == 0 or scored.n_scored * 100 >= checklist.min_coverage * seeable

"""What the visits with an unexplained difference have in common, and none of those that agree has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from auditkit.analysis.verification import Compared, Finding, Verification
from auditkit.intake.columns_published import FINAL
from auditkit.model.visit import Submission

_LEAST = 2
"""Visits on either side, below which anything is common by chance."""
_MOST = 3


class Common(NamedTuple):
    """An answer that stands behind every unexplained difference of a figure, and behind no agreement."""

    checklist: str
    name: str
    """Of the figure: a section's id, '' for the visit's score."""
    item: str
    answer: str
    """Canonical; of several options joined by `;`."""
    visits: int
    """That differ."""


def in_common(verification: Verification, submissions: Iterable[Submission]) -> tuple[Common, ...]:
    """Such answers, by figure: a knock-out that the definition lacks, a value mapped wrongly, a weight."""
    by_visit = {(each.checklist, each.visit_id): each for each in submissions}
    groups: dict[tuple[str, str], tuple[list[Submission], list[Submission]]] = defaultdict(lambda: ([], []))
    behind: dict[tuple[str, str], set[str]] = {}
    for each in verification.compared:
        submission = by_visit.get((each.checklist, each.visit_id))
        side = _side(each)
        if submission is None or side is None or each.kind not in ("final", "sections"):
            continue
        which = each.checklist, each.name
        groups[which][side].append(submission)
        if side == 0:
            behind.setdefault(which, {item.item for item in each.items})
    found = [
        Common(checklist, name, item, answer, len(wrong))
        for (checklist, name), (wrong, right) in groups.items()
        if min(len(wrong), len(right)) >= _LEAST
        for item, answer in _shared(wrong, right, behind.get((checklist, name), set()))[:_MOST]
    ]
    # What explains a section explains the visit too.
    told = {(each.item, each.answer) for each in found if each.name != FINAL}
    return tuple(each for each in found if each.name != FINAL or (each.item, each.answer) not in told)


def _side(each: Compared) -> int | None:
    """0: differs without a reason; 1: agrees; `None`: neither."""
    if each.finding is Finding.AGREES:
        return 1 if each.ours is not None else None
    return 0 if each.finding is Finding.DISAGREES and not each.why and not each.unread else None


def _shared(wrong: Sequence[Submission], right: Sequence[Submission], items: set[str]) -> list[tuple[str, str]]:
    in_all = set.intersection(*(_answers(each, items) for each in wrong))
    in_none = in_all.difference(*(_answers(each, items) for each in right)) if in_all else set()
    return sorted(in_none)


def _answers(submission: Submission, items: set[str]) -> set[tuple[str, str]]:
    return {
        (item, ";".join(answer) if isinstance(answer, tuple) else str(answer))
        for item, answer in submission.answers.items()
        if item in items
    }

"""A submission as people decided that it is: answers amended, items annulled, gaps taken as they are."""

from __future__ import annotations

from typing import NamedTuple

from auditkit.model.checklist import Checklist
from auditkit.model.decision import Decisions, What
from auditkit.model.visit import Submission

NOTHING: frozenset[str] = frozenset()
HASH = 32
"""Characters of the hash of a report's answers by which a decision names it."""


class AsDecided(NamedTuple):
    """What scoring goes by."""

    submission: Submission
    annulled: frozenset[str] = NOTHING
    as_it_is: bool = False
    """Blanks count as not observed."""
    received: str = ""
    """Hash of the answers as they were handed in, where some were amended."""


def as_decided(decisions: Decisions, wave: str, submission: Submission, checklist: Checklist) -> AsDecided:
    """The submission with everything that holds of it."""
    if not decisions.every:
        return AsDecided(submission)
    # Not above: most programmes have decided nothing, and whoever checks a single form has no programme.
    from auditkit.intake.misread import Misread
    from auditkit.intake.spellings import Speller
    from auditkit.results.keys import submission_hash

    received = submission_hash(submission)
    report = wave, submission.visit_id, submission.checklist
    own = decisions.fate(*report, received[:HASH])
    annulled = frozenset(each.item for each in decisions.annulments(*report, submission.branch))
    answers = dict(submission.answers)
    amendments = decisions.amendments(*report, received[:HASH])
    if amendments:
        speller = Speller(checklist)
        for each in amendments:
            answer = speller.read(each.item, each.new) if each.item in checklist.items_by_id else None
            if answer is not None and not isinstance(answer, Misread):
                answers[each.item] = answer
        submission = submission.model_copy(update={"answers": answers})
    as_it_is = own is not None and own.what is What.ACCEPT_INCOMPLETE
    return AsDecided(submission, annulled, as_it_is, received if amendments else "")

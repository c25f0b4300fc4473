"""The hash of what was answered is that of one JSON list, however it is put together: decisions name reports by it."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from auditkit.model.visit import Source, Submission
from auditkit.results.keys import canonical, submission_hash

VALUES = ("yes", "no", 'ж"\\', "1", 1, True, 2, Decimal("2.50"), Decimal(2), ("a", "b"), (), datetime(2026, 1, 1, 3))  # noqa: DTZ001


def plainly(of: Submission) -> str:
    answers = [(item, (type(value).__name__, canonical(value))) for item, value in of.answers.items()]
    handed_in = of.handed_in.isoformat() if of.handed_in else ""
    parts = [of.checklist, of.version, of.branch, of.position or "", of.outcome.value, handed_in, sorted(answers)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@given(
    st.dictionaries(st.sampled_from(["a", "b", "c_1", "c-1", "B"]), st.sampled_from(VALUES)),
    st.sampled_from(["B1", "", 'Жу"1']),
    st.sampled_from([None, datetime(2026, 3, 1, 9)]),  # noqa: DTZ001  local to the branch
)
def test_it_is_the_hash_of_one_list(answers: dict[str, Any], branch: str, handed_in: datetime | None) -> None:
    of = Submission.of_canonical(
        visit_id="V", checklist="c", version="1", branch=branch, handed_in=handed_in, answers=answers,
        source=Source(file="x"),
    )  # fmt: skip
    assert submission_hash(of) == plainly(of)


def test_a_record_of_canonical_values_is_one_that_was_constructed() -> None:
    given = {"visit_id": "V", "checklist": "c", "version": "1", "branch": "B", "source": Source(file="x")}
    made, other = Submission.of_canonical(**given), Submission.of_canonical(**given)
    built = Submission.model_construct(**given)
    assert made == built
    assert made.model_fields_set == built.model_fields_set
    assert made.model_dump() == built.model_dump()
    assert made.answers is not other.answers

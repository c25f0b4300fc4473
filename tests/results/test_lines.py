"""The csv of a submission is that of its rows, whatever the checklist, the answers and the words are."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditkit.model.checklist import Checklist
from auditkit.model.programme import WorkingCalendar
from auditkit.model.visit import Outcome, Source, Submission
from auditkit.results.batch import texts_of
from auditkit.results.keys import key_of
from auditkit.results.lines import submission_texts
from auditkit.results.rows import Came, rows_of
from auditkit.scoring import score
from tests.results.made import HASHES, checklist, submission
from tests.scoring.random_cases import WORKING, Case, cases

WORDS = st.text(st.sampled_from('ab ,;"\r\n\0ж\ud800['), max_size=6)
CELLS = st.one_of(st.just("D14"), st.just("Form!D14"), st.just('[3].a,"b'), st.just("12:answer"))


def same(of: Submission, made: Checklist, wave: str = "W1") -> None:
    came = Came(wave, of.source.file, of.source.sha256, HASHES)
    result = score(made, of, calendar=WorkingCalendar(days=WORKING))
    expected = texts_of(rows_of(key_of(of), of, result, made, came))
    # Twice: what is remembered of the first must say of the second what it says of itself.
    for _ in range(2):
        assert submission_texts(key_of(of), of, result, made, came) == expected


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases(), st.data())
def test_it_is_the_csv_of_the_rows(case: Case, data: st.DataObject) -> None:
    made = Checklist.model_validate(case.doc)
    items = sorted(made.items_by_id)
    names = st.sampled_from(items)
    for at in range(2):  # a second visit shares what was written of the first
        of = Submission.of_canonical(
            visit_id=f"V{at}",
            checklist=made.checklist,
            version=made.version,
            branch=data.draw(WORDS),
            position=case.position,
            handed_in=case.handed_in,
            answers={**case.answers, **(dict.fromkeys(items[:1], "no") if at else {})},
            comments=data.draw(st.dictionaries(names, WORDS, max_size=3)),
            evidence=data.draw(st.dictionaries(names, WORDS, max_size=2)),
            cells=data.draw(st.dictionaries(names, CELLS)),
            source=Source(file=data.draw(st.sampled_from(["a.xlsx", 'a,"b.csv'])), sheet=data.draw(st.none() | WORDS)),
        )
        same(of, made, data.draw(st.sampled_from(["W1", "W,1"])))


def test_a_visit_that_was_not_carried_out_has_no_items() -> None:
    made = checklist()
    of = submission("V1", "B1").model_copy(update={"outcome": Outcome.CLOSED})
    same(of, made)
    came = Came("W1", of.source.file, of.source.sha256, HASHES)
    assert set(submission_texts("k", of, None, None, came)) == {"visits"}


@pytest.mark.parametrize("answer", ["yes", "no", "not_observed"])
def test_two_checklists_with_equal_items_are_told_apart(answer: str) -> None:
    for number in ("", "9"):
        made = checklist()
        sections = [each.model_copy(update={"number": number} if number else {}) for each in made.sections]
        same(submission("V1", "B1", {"greets": answer}), made.model_copy(update={"sections": tuple(sections)}))

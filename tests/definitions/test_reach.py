"""What the proofs take for the best and the worst that can be earned is what scoring gives."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from tests.scoring.random_cases import Case, Data, cases, documents
from tests.scoring.test_oracle import found

from auditkit.definitions.reach import reach, total
from auditkit.model.checklist import Checklist
from auditkit.model.credits import rules


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_an_item_reaches_what_scoring_gives_it(made: tuple[Data, list[Data]]) -> None:
    definition = Checklist.model_validate(made[0])
    for _, item in definition.walk_items():
        judged = rules(item, definition)
        if judged is not None:
            ends = reach(item, definition)
            assert sorted([judged.best, judged.worst]) == [Fraction(ends.least), Fraction(ends.greatest)]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_no_visit_lies_beyond_the_total(case: Case) -> None:
    definition, result = found(case)
    if definition.scoring == "points" and result.score is not None:
        least, greatest = total(definition)
        before_effects = Fraction(definition.start) + sum(item.earned for item in result.items)
        assert least <= before_effects <= greatest

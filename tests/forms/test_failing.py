"""The answers that a form asks a comment for are those that the check asks one for."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings

from auditkit.forms.failing import ANY, Failing, commented
from auditkit.model.checklist import Checklist
from auditkit.model.credits import how_met, rules
from auditkit.model.items import NoteRule, NumberItem, Scale
from auditkit.model.judging import Asked
from tests.scoring.random_cases import Case, cases

SEEN: set[tuple[str, bool]] = set()


def says(failing: Failing, value: Decimal) -> bool:
    """Whether a number lies in one of the spans."""
    number = Fraction(value)
    return any(
        (s.above is None or number > s.above or (s.bottom and number == s.above))
        and (s.up_to is None or number <= s.up_to)
        for s in failing.spans
    )


@settings(max_examples=300, deadline=None)
@given(cases())
def _law(case: Case) -> None:
    checklist = Checklist.model_validate(case.doc)
    for _, item in checklist.walk_items():
        if not isinstance(item, (NumberItem, Scale)):
            continue
        asking = item.model_copy(update={"comment": NoteRule(when=Asked.NOT_MET)})
        failing, judged_by = commented(asking, checklist, "en"), rules(asking, checklist)
        values = [Decimal(n) / 4 for n in range(-40, 80)]
        values = [Decimal(n) for n in range(item.min, item.max + 1)] if isinstance(item, Scale) else values
        for value in values:
            judged = judged_by.judge(value) if judged_by is not None else None
            bad = judged is not None and how_met(judged_by, judged.credit, asking.not_met_at) == "not_met"
            assert says(failing, value) == bad, (item, value)
            SEEN.add((item.kind, bad))


def test_law__numbers_and_steps():
    SEEN.clear()
    _law()
    assert {(kind, bad) for kind in ("number", "scale") for bad in (True, False)} <= SEEN


def test_always__any_answer():
    checklist = Checklist.model_validate(
        {
            "checklist": "c",
            "version": "1.0.0",
            "title": "C",
            "sections": [{"id": "s", "title": "S", "items": [{"id": "a", "text": "A?", "comment": "always"}]}],
        }
    )
    assert commented(checklist.items_by_id["a"], checklist, "en") == Failing((ANY,))

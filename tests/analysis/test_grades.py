"""Which grade and verdict a branch gets: bounds on its mean, limits in every visit, and what critical failures do."""

from __future__ import annotations

from typing import Any

import pytest

from auditkit.analysis.branches import branch_figures
from auditkit.analysis.contexts import context_for
from auditkit.audience.copies import quality_copy
from auditkit.model.checklist import Checklist
from tests.results.made import BRANCHES, Shelf, programme, submission, tables


def definition(grades: list[dict[str, Any]], critical: Any = "flag") -> Checklist:
    """Two sections of the same weight, a hundred items in the first and one in the second."""
    first = [{"id": f"a{n}", "text": "?"} for n in range(100)]
    return Checklist.model_validate(
        {
            "checklist": "desk",
            "version": "1.0.0",
            "title": "Desk",
            "grades": grades,
            "sections": [
                {"id": "A", "title": "A", "weight": 1, "items": first},
                {"id": "B", "title": "B", "weight": 1, "items": [{"id": "b", "text": "?", "critical": critical}]},
            ],
        }
    )


def given(on: Checklist, *visits: tuple[int, str]) -> tuple[str | None, str | None]:
    """Grade and verdict of a branch; a visit is (items met in the first section, answer in the second)."""
    made = []
    for at, (met, answer) in enumerate(visits):
        answers = {f"a{n}": "yes" if n < met else "no" for n in range(100)} | {"b": answer}
        made.append(submission(f"V{at}", "B01", on=on).model_copy(update={"answers": answers}))
    with tables(made, (on,)) as kept:
        context = context_for(kept, Shelf(on), programme(), BRANCHES)
        (found,) = branch_figures(kept, context, "W1", audience=quality_copy(context))
    (desk,) = found.checklists
    return desk.grade, desk.verdict.value if desk.verdict is not None else None


TOP = {"grade": "top", "at_least": 90, "verdict": "pass", "each_section_at_least": 80}
CLEAN = {"grade": "good", "at_least": 45, "verdict": "pass", "no_critical_failed": True}
WEAK = {"grade": "weak", "verdict": "fail"}


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        ([(100, "yes"), (60, "yes")], ("top", "pass")),  # mean 90.0, section A 80.0
        ([(100, "yes"), (59, "yes")], ("good", "pass")),  # mean 89.75, section A 79.5
        ([(80, "yes"), (79, "yes")], ("good", "pass")),  # mean 89.75
        ([(100, "yes"), (100, "no")], ("good", "pass")),  # mean 75; nothing critical acts but a flag
    ],
)
def test_bounds_stand_on_the_means(visits: list[tuple[int, str]], expected: tuple[str, str]) -> None:
    assert given(definition([TOP, CLEAN, WEAK]), *visits) == expected


def test_a_limit_must_hold_in_every_visit() -> None:
    keeping = [{"cap_visit": 60, "verdict": "keep"}]
    assert given(definition([TOP, CLEAN, WEAK], keeping), (100, "yes"), (100, "no")) == ("weak", "fail")


def test_a_critical_failure_in_one_visit_fails_the_branch() -> None:
    rows = [{"grade": "good", "at_least": 45, "verdict": "pass"}, WEAK]
    assert given(definition(rows, "fail"), (100, "yes"), (100, "no")) == ("good", "fail")
    assert given(definition(rows, "fail"), (100, "yes"), (100, "yes")) == ("good", "pass")


def test_a_grade_capped_in_one_visit_is_capped_for_the_branch() -> None:
    rows = [
        {"grade": "gold", "at_least": 70, "verdict": "pass"},
        {"grade": "silver", "at_least": 50, "verdict": "pass"},
        {"grade": "bronze", "at_least": 30, "verdict": "pass"},
        WEAK,
    ]
    cap = [{"cap_grade": "silver", "verdict": "keep"}]
    assert given(definition(rows, cap), (100, "no")) == ("silver", "pass")
    assert given(definition(rows, cap), (100, "yes"), (100, "no")) == ("silver", "pass")
    assert given(definition(rows, cap), (100, "yes"), (100, "yes")) == ("gold", "pass")
    both = [{"cap_grade": "silver", "verdict": "keep"}, {"cap_grade": "bronze", "verdict": "keep"}]
    assert given(definition(rows, both), (100, "yes"), (100, "no")) == ("bronze", "pass")

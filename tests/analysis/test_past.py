"""Scores from the years before: of branches, and of groups in which every branch counts once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from auditkit.analysis.groups import manner_of
from auditkit.analysis.past import branch_past, group_past
from auditkit.model.past import Past, PastScore
from tests.reports import made

PAST = Past(
    (
        PastScore("B01", "2024", Decimal("80.5"), "", 4),
        PastScore("B02", "2024", Decimal(70), "", 1),
        PastScore("B03", "2024", Decimal("70.4"), "", 2),
        PastScore("B01", "2025", Decimal(90), "", 3),
        PastScore("B02", "2025", Decimal(60)),
        PastScore("B01", "2025", Decimal("99.96"), "phone-etiquette"),
    )
)


def test_branch__keeps_single_checklists_apart_and_rounds_as_scores_are() -> None:
    found = branch_past(manner_of(replace(made.context(), past=PAST)), "B01")
    assert [(each.wave, each.checklist, each.mean.shown, each.mean.n) for each in found] == [
        ("2024", "", Decimal("80.5"), 4), ("2025", "", Decimal("90.0"), 3),
        ("2025", "phone-etiquette", Decimal("99.9"), 0),
    ]  # fmt: skip


def test_group__every_branch_counts_once_and_n_is_said_only_where_all_are_known() -> None:
    found = group_past(manner_of(replace(made.context(), past=PAST)), ["B01", "B02", "B03", "B04"])
    assert [(each.wave, each.mean.value, each.mean.n, each.branches) for each in found] == [
        ("2024", Fraction(2209, 30), 7, 3), ("2025", Fraction(75), 0, 2),
    ]  # fmt: skip
    assert group_past(manner_of(replace(made.context(), past=PAST)), ["B04"]) == ()


def test_single_checklist__its_score_is_the_branch_as_a_whole() -> None:
    context = made.context()
    assert context.programme is not None
    only = context.programme.model_copy(update={"checklists": context.programme.checklists[:1]})
    past = Past((PastScore("B01", "2025", Decimal(82), "phone-etiquette", 2),))
    found = branch_past(manner_of(replace(context, programme=only, past=past)), "B01")
    assert [(each.checklist, each.mean.shown) for each in found] == [("", Decimal("82.0"))]

from __future__ import annotations

from decimal import Decimal

import pytest
from statsmodels.stats.proportion import proportion_confint

from auditkit.analysis.branches import branch_figures
from auditkit.analysis.contexts import context_for
from auditkit.analysis.network import network_figures
from auditkit.analysis.shares import unseen_rate
from auditkit.audience.copies import quality_copy
from tests.results.made import BRANCHES, Shelf, checklist, programme, submission, tables


@pytest.mark.parametrize(("n", "most"), [(1, "0.95"), (4, "0.5271"), (12, "0.2209")])
def test_unseen__of_the_methods_examples(n: int, most: str):
    assert unseen_rate(n) == Decimal(most)


def test_unseen__nothing_is_said_of_no_visit():
    assert unseen_rate(0) is None


@pytest.mark.parametrize("n", [1, 2, 3, 7, 30, 400])
def test_unseen__is_the_one_sided_bound_of_clopper_and_pearson(n: int):
    assert float(unseen_rate(n)) == pytest.approx(proportion_confint(0, n, alpha=0.1, method="beta")[1], abs=5.1e-5)


def shown(made, plan=None, checklists=()):
    with tables(made, checklists) as kept:
        context = context_for(kept, Shelf(*checklists), plan or programme(), BRANCHES)
        audience = quality_copy(context)
        branches = {each.branch.code: each for each in branch_figures(kept, context, "W1", audience=audience)}
        return branches, {
            row.branch.code: row for row in network_figures(kept, context, "W1", audience=audience).ranking
        }


def test_critical__visits_without_a_failure_leave_room_for_one():
    made = [submission(f"V{at}", "B01") for at in range(4)]
    made += [submission("V4", "B02"), submission("V5", "B02", {"data": "no"})]
    branches, ranking = shown(made)
    assert branches["B01"].checklists[0].critical_unseen == Decimal("0.5271") == ranking["B01"].critical_unseen
    assert branches["B02"].checklists[0].critical_unseen is None is ranking["B02"].critical_unseen
    assert ranking["B03"].critical_unseen is None


def test_critical__a_checklist_without_critical_criteria_says_nothing():
    plain = checklist(
        sections=[{"id": "meet", "title": "M", "items": [{"id": "greets", "text": "?"}]}], dimensions={}, grades=[]
    )
    made = [submission("V1", "B01", on=plain).model_copy(update={"answers": {"greets": "yes"}})]
    branches, ranking = shown(made, checklists=(plain,))
    assert branches["B01"].checklists[0].critical_unseen is None is ranking["B01"].critical_unseen


def test_critical__over_several_checklists_the_one_that_was_asked_least_tells():
    both = (checklist(), checklist("phone"))
    made = [submission(f"V{at}", "B01") for at in range(4)] + [submission("P1", "B01", on=both[1])]
    plan = programme(checklists=[{"checklist": "desk"}, {"checklist": "phone"}])
    branches, ranking = shown(made, plan, both)
    assert [each.critical_unseen for each in branches["B01"].checklists] == [Decimal("0.5271"), Decimal("0.95")]
    assert ranking["B01"].critical_unseen == Decimal("0.95")

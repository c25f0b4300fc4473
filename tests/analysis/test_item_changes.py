from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar as theirs
from statsmodels.stats.multitest import multipletests

from auditkit.analysis.contexts import context_for
from auditkit.analysis.item_changes import false_alarms, mcnemar
from auditkit.analysis.network import network_figures
from auditkit.audience.copies import quality_copy
from auditkit.model.programme import Branch
from tests.results.made import Shelf, checklist, programme, submission, tables


def test_mcnemar__of_the_methods_example() -> None:
    assert float(mcnemar(1, 9)) == pytest.approx(0.021484, abs=5e-7)


@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemar__is_that_of_statsmodels(fallen: int, risen: int) -> None:
    if fallen + risen:
        assert float(mcnemar(fallen, risen)) == pytest.approx(theirs([[5, fallen], [risen, 7]], exact=True).pvalue)
        assert float(mcnemar(fallen, risen)) == pytest.approx(stats.binomtest(fallen, fallen + risen).pvalue)
    else:
        assert mcnemar(fallen, risen) == 1


@given(st.lists(st.integers(0, 1000).map(lambda at: Fraction(at, 1000)), min_size=1, max_size=60))
def test_false_alarms__are_those_of_statsmodels(chances: list[Fraction]) -> None:
    _, adjusted, *_ = multipletests([float(each) for each in chances], method="fdr_bh")
    assert [float(each) for each in false_alarms(chances)] == pytest.approx(list(adjusted))


def figures(made, wave="W2", checklists=()):
    places = {each.branch: Branch(code=each.branch) for each in made}
    with tables(made, checklists) as kept:
        context = context_for(kept, Shelf(*checklists), programme(), places)
        return {each.item.id: each for each in network_figures(
            kept, context, wave, audience=quality_copy(context)
        ).items}  # fmt: skip


def pair(code: str, before: dict, now: dict, **more) -> list:
    return [
        submission(f"{code}a", code, before, wave="W1", **more),
        submission(f"{code}b", code, now, wave="W2", **more),
    ]


def test_items__nine_rose_one_fell() -> None:
    made = [each for at in range(9) for each in pair(f"U{at}", {"greets": "no"}, {})]
    made += pair("D0", {}, {"greets": "no"}) + pair("S0", {"greets": "no"}, {"greets": "no"})
    greets = figures(made)["greets"].change
    assert (greets.branches, greets.risen, greets.fallen) == (11, 9, 1)
    assert greets.p == Decimal("0.021484")
    assert greets.q == Decimal("0.107422")  # of five items
    assert not greets.beyond
    assert figures([*made, *(each for at in range(4) for each in pair(f"X{at}", {"greets": "no"}, {}))])[
        "greets"
    ].change.beyond


def test_items__several_visits_of_a_branch_are_one_pair_by_their_share() -> None:
    made = [
        submission("V1", "B1", {"greets": "no"}, wave="W1"),
        submission("V2", "B1", wave="W1"),
        submission("V3", "B1", wave="W2"),
        submission("V4", "B2", {"greets": "no"}, wave="W1"),
        submission("V5", "B2", wave="W1"),
        submission("V6", "B2", {"greets": "no"}, wave="W2"),
        submission("V7", "B2", {"greets": "no"}, wave="W2"),
        submission("V8", "B2", wave="W2"),
        submission("V9", "B2", wave="W2"),
    ]
    found = figures(made)["greets"].change
    assert (found.branches, found.risen, found.fallen) == (2, 1, 0)


def test_items__what_did_not_come_up_is_no_pair_and_partly_met_is_not_met() -> None:
    made = [*pair("B1", {"waits": "not_applicable"}, {}), *pair("B2", {"waits": "8"}, {"waits": "3"})]
    found = figures(made)["waits"].change
    assert (found.branches, found.risen, found.fallen) == (1, 1, 0)


def test_items__what_is_not_accepted_is_no_pair() -> None:
    made = pair("B1", {"greets": "no"}, {}) + pair("B2", {"greets": "no"}, {})
    with tables(made, fates={"B2a": "held"}) as kept:
        context = context_for(kept, Shelf(), programme(), {"B1": Branch(code="B1"), "B2": Branch(code="B2")})
        found = network_figures(kept, context, "W2", audience=quality_copy(context))
    change = next(each.change for each in found.items if each.item.id == "greets")
    assert (change.branches, change.risen) == (1, 1)


def test_items__there_is_none_in_the_first_wave_or_over_a_major_version() -> None:
    assert figures(pair("B1", {}, {}), "W1")["greets"].change is None
    old, new = checklist(version="1.0.0"), checklist(version="2.0.0")
    made = [submission("V1", "B1", on=old, wave="W1"), submission("V2", "B1", on=new, wave="W2")]
    assert figures(made, checklists=(old, new))["greets"].change is None

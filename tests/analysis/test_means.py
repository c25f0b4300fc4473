from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.analysis.branches import branch_figures
from auditkit.analysis.contexts import context_for
from auditkit.analysis.means import Tally, mean_of, weighted
from auditkit.analysis.network import network_figures
from auditkit.audience.copies import quality_copy
from tests.results.made import BRANCHES, Shelf, programme, submission, tables

fractions = st.fractions(max_denominator=10**6).map(lambda value: value * 10**12)


def test_mean__the_worked_example_of_the_specification():
    tally = Tally()
    tally.add(89 * 60 + 23, 60, 3)
    tally.add(9165, 100)
    assert (tally.value, mean_of(tally.value, 4, 1, percent=True).shown) == (Fraction("89.95"), Decimal("90.0"))


@given(st.lists(fractions, min_size=1), st.randoms())
def test_tally__is_the_exact_mean_in_any_order_and_any_grouping(values, dice):
    parts = [Tally() for _ in range(3)]
    shuffled = list(values)
    dice.shuffle(shuffled)
    for value in shuffled:
        dice.choice(parts).add(value.numerator, value.denominator)
    whole = Tally()
    for part in parts:
        whole.merge(part)
    assert whole.value == sum(values) / len(values)
    assert whole.n == len(values)


@given(st.lists(st.tuples(st.fractions(0, 10), st.fractions(0, 100)), min_size=1), st.fractions(1, 9))
def test_weighted__scaling_all_weights_changes_nothing(parts, scale):
    assert weighted(parts) == weighted([(weight * scale, value) for weight, value in parts])


answers = st.fixed_dictionaries({
    "greets": st.sampled_from(["yes", "no"]),
    "waits": st.sampled_from(["3", "7", "20", "not_applicable", "not_observed"]),
    "names": st.sampled_from(["yes", "no", "not_observed"]),
    "thanks": st.sampled_from(["yes", "no"]),
})  # fmt: skip
visits = st.lists(st.tuples(st.sampled_from(["B01", "B02", "B03"]), answers), min_size=1, max_size=8)


def _figures(submissions):
    with tables(submissions) as made:
        context = context_for(made, Shelf(), programme(), BRANCHES)
        audience = quality_copy(context)
        branches = tuple(branch_figures(made, context, "W1", audience=audience))
        return branches, network_figures(made, context, "W1", audience=audience)


@settings(max_examples=15, deadline=None)
@given(visits, st.integers())
def test_figures__the_order_of_rows_changes_no_digit(made, seed):
    submissions = [submission(f"V{at}", branch, given_) for at, (branch, given_) in enumerate(made)]
    shuffled = list(submissions)
    Random(seed).shuffle(shuffled)  # noqa: S311  a test that can be repeated
    assert repr(_figures(submissions)) == repr(_figures(shuffled))


@settings(max_examples=15, deadline=None)
@given(visits)
def test_figures__means_are_those_of_the_visits_as_fractions(made):
    submissions = [submission(f"V{at}", branch, given_) for at, (branch, given_) in enumerate(made)]
    branches, network = _figures(submissions)
    every = [visit.score for branch in branches for visit in branch.visits if visit.score is not None]
    assert network.index.value == sum(every) / len(every)
    for branch in branches:
        scores = [visit.score for visit in branch.visits]
        assert branch.index.value == sum(scores) / len(scores)
        assert 100 - branch.index.value == sum(finding.lost for finding in branch.findings)

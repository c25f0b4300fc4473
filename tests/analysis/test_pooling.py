from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from auditkit.analysis.flips import sign_flips
from auditkit.analysis.pooling import (
    Estimate,
    Measured,
    between,
    estimates,
    groups,
    pooled,
    smallest_change,
)

FOUR = ((85.0, 2), (74.0, 3), (95.0, 1), (66.0, 4))
"""N, S, E and W of the methods: their means and visits."""
WITHIN = 77 / 3
MEASURED = [Measured(mean, WITHIN / n) for mean, n in FOUR]


def test_between__of_the_methods_example() -> None:
    found = between(MEASURED)
    assert found.variance == pytest.approx(121.414286, abs=5e-7)
    assert WITHIN / found.noise_share == pytest.approx(308.966667, abs=5e-7)  # MSB
    n0 = (10 - (4 + 9 + 1 + 16) / 10) / 3
    assert n0 == pytest.approx(2.333333, abs=5e-7)
    assert (308.966667 - 25.666667) / n0 == pytest.approx(found.variance, abs=1e-6)


def test_pooled__of_the_methods_example() -> None:
    mean, found = pooled(MEASURED, between(MEASURED).variance)
    assert mean == pytest.approx(79.447168, abs=5e-7)
    assert [each.value for each in found] == pytest.approx([84.4692, 74.3586, 92.2859, 66.6750], abs=5e-5)
    assert [each.at_least(80) for each in found] == pytest.approx([0.9052, 0.0230, 0.9962, 0.0000], abs=5e-5)


VISITS = st.lists(st.lists(st.integers(0, 100), min_size=1, max_size=6), min_size=5, max_size=40).filter(
    lambda found: len({tuple(each) for each in found}) > 1 and any(len(set(each)) > 1 for each in found)
)


@given(VISITS)
def test_between__is_the_textbooks_analysis_of_variance(visits: list[list[int]]) -> None:
    total, k = sum(map(len, visits)), len(visits)
    within = sum(np.var(each) * len(each) for each in visits) / (total - k)
    found = between([Measured(float(np.mean(each)), within / len(each)) for each in visits])
    grand = sum(map(sum, visits)) / total
    msb = sum(len(each) * (np.mean(each) - grand) ** 2 for each in visits) / (k - 1)
    n0 = (total - sum(len(each) ** 2 for each in visits) / total) / (k - 1)
    assert found.variance == pytest.approx(max(0.0, (msb - within) / n0), abs=1e-6)
    if msb > 1e-6:
        assert found.noise_share == pytest.approx(min(1.0, within / msb))
    if min(map(len, visits)) > 1:
        assert msb / within == pytest.approx(stats.f_oneway(*visits).statistic)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.5, 200)), min_size=5, max_size=40))
def test_between_and_pooled__are_those_of_statsmodels(given_: list[tuple[float, float]]) -> None:
    measured = [Measured(*each) for each in given_]
    theirs = combine_effects(np.array([m.value for m in measured]), np.array([m.variance for m in measured]), "dl")
    ours = between(measured)
    # StatsModels lets a variance fall below 0.
    assert ours.variance == pytest.approx(max(0.0, float(theirs.tau2)), abs=1e-6)
    if theirs.tau2 > 0:
        assert pooled(measured, ours.variance)[0] == pytest.approx(theirs.mean_effect_re, abs=1e-6)


def test_refusal__below_five_branches_nothing_is_pooled() -> None:
    apart, found = estimates(MEASURED)
    assert apart is None
    assert found == [Estimate(each.value, math.sqrt(each.variance)) for each in MEASURED]


def test_refusal__where_branches_differ_no_more_than_by_chance_nothing_becomes_certain() -> None:
    alike = [Measured(80.0 + at, 25.0) for at in range(5)]
    apart, found = estimates(alike)
    assert apart is not None
    assert (apart.variance, apart.noise_share) == (0.0, 1.0)
    assert [each.sd for each in found] == [5.0] * 5


def test_groups__by_the_distance_to_the_groups_first() -> None:
    # 1.96 · √(1 + 1) = 2.77: 90 takes in 88 and 87.3; 87 opens the next, though 87.3 is close to it.
    found = [Estimate(value, 1.0) for value in (87.0, 90.0, 87.3, 88.0, 84.3, 84.2)]
    assert groups(found) == [2, 1, 1, 1, 2, 3]


def test_groups__a_distance_that_is_just_reached_joins() -> None:
    edge = stats.norm.ppf(0.975) * 2**0.5
    assert groups([Estimate(50.0, 1.0), Estimate(50.0 - edge + 1e-9, 1.0)]) == [1, 1]
    assert groups([Estimate(50.0, 1.0), Estimate(50.0 - edge - 1e-9, 1.0)]) == [1, 2]


@pytest.mark.parametrize(("n", "least"), [(1, 27.7), (2, 19.6), (4, 13.9)])
def test_change_of_one_branch__of_the_methods_example(n: int, least: float) -> None:
    assert smallest_change(100 / n, 100 / n) == pytest.approx(least, abs=0.05)


def test_sign_flips__of_the_methods_example() -> None:
    assert sign_flips([Fraction(each) for each in (4, 7, -1, 6, 9, 3)]) == Fraction(4, 64)


TENTHS = st.lists(st.integers(-400, 400).map(lambda at: Fraction(at, 10)), min_size=1, max_size=8)


@given(TENTHS)
def test_sign_flips__are_counted_one_by_one(differences: list[Fraction]) -> None:
    signs = itertools.product((1, -1), repeat=len(differences))
    sums = [abs(sum(s * d for s, d in zip(each, differences, strict=True))) for each in signs]
    assert sign_flips(differences) == Fraction(sum(each >= abs(sum(differences)) for each in sums), len(sums))


def test_sign_flips__are_scipys() -> None:
    dice = np.random.default_rng(5)
    for _ in range(5):
        differences = [Fraction(int(at), 10) for at in dice.integers(-60, 90, 11)]
        values = [float(each * 10) for each in differences]
        theirs = stats.permutation_test(
            (values,), np.sum, permutation_type="samples", n_resamples=np.inf, alternative="two-sided"
        )
        # SciPy doubles the smaller tail: the same, since flipped sums lie evenly around 0.
        assert float(sign_flips(differences)) == pytest.approx(theirs.pvalue)


def test_sign_flips__of_very_many_branches_come_soon_and_near_the_normal_distribution() -> None:
    dice = np.random.default_rng(6)
    differences = [Fraction(int(at), 1000) for at in dice.normal(300, 7000, 900)]
    z = float(sum(differences)) / math.sqrt(sum(float(each) ** 2 for each in differences))
    assert float(sign_flips(differences)) == pytest.approx(2 * stats.norm.sf(abs(z)), rel=0.02)

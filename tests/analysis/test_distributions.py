from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from auditkit.analysis.distributions import normal_quantile, normal_share, t_quantile, t_share

SHARES = st.floats(0.0001, 0.9999)


@given(SHARES, st.floats(1, 5000))
def test_t__is_scipys(share: float, df: float) -> None:
    assert t_quantile(share, df) == pytest.approx(stats.t.ppf(share, df), rel=1e-8, abs=1e-8)


@given(st.floats(-50, 50), st.floats(1, 5000))
def test_t_share__is_scipys(t: float, df: float) -> None:
    assert t_share(t, df) == pytest.approx(stats.t.cdf(t, df), rel=1e-8, abs=1e-13)


@given(SHARES, st.floats(-8, 8))
def test_normal__is_scipys(share: float, z: float) -> None:
    assert normal_quantile(share) == pytest.approx(stats.norm.ppf(share), rel=1e-9, abs=1e-9)
    assert normal_share(z) == pytest.approx(stats.norm.cdf(z), rel=1e-9)

"""Balance and symmetry: even is nothing, and the sides may be exchanged."""

from __future__ import annotations

import numpy as np
import pytest

from loadmon.gait.symmetry import balance_deviation_pp, balance_index, symmetry_angle_pct


def test_even_is_nothing_by_all_three() -> None:
    assert balance_deviation_pp(50.0) == 0
    assert balance_index(50.0) == 0
    assert symmetry_angle_pct(50.0, 50.0) == pytest.approx(0)


def test_fifty_one_and_a_half_on_the_left() -> None:
    assert balance_deviation_pp([51.5, 48.5]) == pytest.approx([1.5, 1.5])
    assert balance_index([51.5, 48.5]) == pytest.approx([0.06, -0.06])
    assert float(symmetry_angle_pct(51.5, 48.5)) == pytest.approx((45 - np.degrees(np.arctan(51.5 / 48.5))) / 0.9)
    assert float(symmetry_angle_pct(51.5, 48.5)) < 0 < float(symmetry_angle_pct(48.5, 51.5))


def test_all_on_one_side_is_half_a_right_angle() -> None:
    assert symmetry_angle_pct([1.0, 0.0], [0.0, 1.0]) == pytest.approx([-50.0, 50.0])


def test_missing_stays_missing() -> None:
    assert np.isnan(balance_deviation_pp(np.nan))
    assert np.isnan(balance_index(np.nan))
    assert np.isnan(symmetry_angle_pct(np.nan, 50.0))

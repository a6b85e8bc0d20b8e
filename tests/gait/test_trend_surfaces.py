"""A winter on the treadmill is no change of form."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from loadmon.gait.cadence import trend

START = date(2026, 9, 1)


def values(*runs: tuple[int, float, bool]) -> pd.DataFrame:
    day, spm, treadmill = zip(*runs, strict=True)
    return pd.DataFrame(
        {
            "session_id": range(len(day)),
            "local_day": pd.to_datetime([START + timedelta(days=d) for d in day]),
            "value_spm": spm,
            "treadmill": treadmill,
        }
    )


def test_going_indoors_is_not_told_as_a_change() -> None:
    outside = [(d, 170.0 + 0.1 * (d % 3), False) for d in range(0, 26, 2)]
    inside = [(d, 175.0 + 0.1 * (d % 3), True) for d in range(26, 50, 2)]
    found = trend(values(*outside, *inside))
    assert (found.surface, found.n_runs, found.left_out) == ("ground", 13, 12)
    assert not found.changed
    assert trend(values(*outside, *inside).drop(columns="treadmill")).changed


def test_a_change_on_one_surface_is_still_found() -> None:
    outside = [(d, 170.0, False) for d in range(0, 8, 2)]
    inside = [(d, 174.0 - 0.1 * d, True) for d in range(8, 50, 2)]
    found = trend(values(*outside, *inside))
    assert found.surface == "treadmill"
    assert found.changed
    assert found.slope_spm_per_day == pytest.approx(-0.1)


def test_of_equally_many_the_later_surface_is_told() -> None:
    runs = [(d, 170.0 + d / 100, d >= 16) for d in range(0, 32, 2)]
    assert trend(values(*runs)).surface == "treadmill"

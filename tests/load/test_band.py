"""The band on the ratio: no wider than the weeks are uneven, the same each time, and never without a reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.load.band import ratio_band
from loadmon.load.kind import EFFORT
from loadmon.load.ratio import ratio
from loadmon.load.ratio_method import UnusableWindows
from loadmon.measure import REASON_WORDS
from loadmon.timeline import timeline
from tests.made_days import made_days
from tests.made_runs import D84_KM, START, daily, day_at, made_runs

WEEK = [0.0, 8.0, 0.0, 8.0, 0.0, 6.0, 16.0]


def days(kilometres: Any) -> pd.DataFrame:
    return timeline(made_runs(daily(kilometres)), today=day_at(len(kilometres) - 1), first={1: START})


def uneven(weeks: int, spread: float, seed: int = 2) -> list[float]:
    """The same week over and over, each a little longer or shorter as a whole."""
    factors = 1.0 + spread * np.random.default_rng(seed).standard_normal(weeks).clip(-2, 2)
    return [float(f * km) for f in factors for km in WEEK]


def width(kilometres: list[float]) -> float:
    table = ratio_band(days(kilometres))
    return float((table["high"] - table["low"]).mean())


def test_weeks_that_are_all_alike_have_no_band_however_the_days_differ() -> None:
    table = ratio_band(days(WEEK * 8)).iloc[27:]
    for name in ("value", "low", "high"):
        assert table[name].to_numpy() == pytest.approx(1.0)


def test_the_more_uneven_the_weeks_the_wider_the_band() -> None:
    narrow, wide = width(uneven(20, 0.05)), width(uneven(20, 0.2))
    assert 0.05 < narrow < 0.35
    assert wide > 2 * narrow


def test_a_step_up_after_even_weeks_lies_outside_what_weeks_do_anyway() -> None:
    row = ratio_band(days(uneven(8, 0.05) + [1.6 * km for km in WEEK])).iloc[-1]
    assert row["low"] > 1.2
    assert row["low"] <= row["value"] <= row["high"]


def test_a_known_band() -> None:
    row = ratio_band(days(D84_KM)).set_index("local_day").loc["2025-02-17"]
    assert row["value"] == pytest.approx(1.2244897959)
    assert (row["low"], row["high"]) == (pytest.approx(0.95, abs=0.04), pytest.approx(1.54, abs=0.06))


def test_the_same_table_gives_the_same_band_and_other_draws_nearly() -> None:
    made = days(uneven(20, 0.15))
    first = ratio_band(made)
    pd.testing.assert_frame_equal(first, ratio_band(made))
    other = ratio_band(made, seed=7)
    assert not other["high"].equals(first["high"])
    assert (other["high"] - first["high"]).abs().mean() < 0.05


def test_it_holds_the_ratio_of_the_chart_and_its_reasons() -> None:
    made = days(D84_KM)
    for how in ({}, {"coupled": True}, {"acute_days": 3, "chronic_days": 21}):
        plain, band = ratio(made, **how), ratio_band(made, **how)  # type: ignore[arg-type]
        assert band["value"].equals(plain["value"])
        none = plain["value"].isna()
        assert band["reason"][none].astype(object).equals(plain["reason"][none].astype(object))


def test_few_runs_in_the_weeks_before_leave_the_band_open_and_say_so() -> None:
    km = [0.0] * 28
    km[10], km[24] = 20.0, 6.0
    row = ratio_band(days(km)).iloc[-1]
    assert row["value"] == pytest.approx(6 / 7 / (20 / 21))
    assert np.isnan(row["low"])
    assert np.isnan(row["high"])
    assert row["reason"] == "band open"


def test_a_week_without_running_has_a_band_of_nothing() -> None:
    row = ratio_band(days([*WEEK * 4, *[0.0] * 7])).iloc[-1]
    assert (row["value"], row["low"], row["high"]) == (0.0, 0.0, 0.0)


def test_only_what_is_asked_for_is_drawn_and_it_is_the_same() -> None:
    made = days(uneven(12, 0.15))
    part, whole = ratio_band(made, since=day_at(70)), ratio_band(made)
    assert part["local_day"].iloc[0].date() == day_at(70)
    pd.testing.assert_frame_equal(part, whole.iloc[70:])


def test_several_runners_give_what_each_gives_alone() -> None:
    runs = made_runs([*daily(D84_KM), *daily([6.0, 0.0, 9.0] * 12, athlete_id=2)])
    together = ratio_band(timeline(runs, today=day_at(83)))
    for athlete, mine in together.groupby("athlete_id"):
        alone = ratio_band(timeline(runs[runs["athlete_id"] == athlete], today=day_at(83)))
        pd.testing.assert_frame_equal(mine.reset_index(drop=True), alone, rtol=1e-12)


def test_other_kinds_other_windows_and_no_days() -> None:
    assert ratio_band(made_days([300.0, 0.0] * 20), EFFORT)["high"].notna().any()
    assert len(ratio_band(timeline(made_runs([]), today=START))) == 0
    assert ratio_band(days([5.0] * 10))["low"].isna().all()
    with pytest.raises(UnusableWindows):
        ratio_band(days([5.0] * 30), acute_days=30)


loads = st.lists(st.one_of(st.just(0.0), st.floats(1.0, 40.0)), min_size=28, max_size=60)


@settings(max_examples=40, deadline=None)
@given(loads, st.booleans())
def test_a_band_is_finite_in_order_and_around_the_ratio_or_has_its_reason(made: list[float], coupled: bool) -> None:
    table = ratio_band(days(made), coupled=coupled, draws=200)
    known = table["low"].notna()
    assert (known == table["high"].notna()).all()
    assert (known == table["reason"].isna()).all()
    assert set(table["reason"].dropna()) <= set(REASON_WORDS)
    assert np.isfinite(table.loc[known, ["low", "high"]]).all(axis=None)
    assert (table["low"] <= table["high"])[known].all()
    assert (table["low"] >= 0.0)[known].all()
    if coupled:
        assert (table["high"] <= 4.0 + 1e-9)[known].all()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(1.0, 40.0), min_size=28, max_size=60), st.floats(1.0, 3.0))
def test_scaling_all_loads_leaves_the_band(made: list[float], factor: float) -> None:
    plain = ratio_band(days(made), draws=200)
    scaled = ratio_band(days([factor * km for km in made]), draws=200)
    for name in ("low", "high"):
        assert scaled[name].to_numpy() == pytest.approx(plain[name].to_numpy(), rel=1e-9, nan_ok=True)


def test_on_many_runners_the_band_mostly_holds_the_ratio() -> None:
    inside = total = 0
    for seed in range(12):
        table = ratio_band(days(uneven(30, 0.2, seed)))
        known = table["low"].notna()
        inside += int(((table["low"] <= table["value"]) & (table["value"] <= table["high"]))[known].sum())
        total += int(known.sum())
    assert total > 1500
    assert inside / total > 0.98

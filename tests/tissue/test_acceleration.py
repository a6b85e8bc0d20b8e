"""Acceleration: an even pattern has none, its size does not matter, and where it would mean nothing there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.tissue.acceleration import HistoryState, acceleration, divergence, fading_average
from loadmon.tissue.coefficient import Days
from loadmon.tissue.coefficients import default_coefficients
from tests.tissue.made_training import MONDAY, made_days, made_ledger

COEFFICIENTS = default_coefficients()
SPANS = [one.days for one in {(t.days.acute, t.days.chronic): t for t in COEFFICIENTS.tissue.values()}.values()]
weeks_of_five = st.tuples(st.lists(st.floats(0.7, 1.4), min_size=7, max_size=7), st.permutations(range(7))).map(
    lambda made: np.array([0.0 if day in made[1][:2] else size for day, size in enumerate(made[0])])
)


def test_the_average_fades_as_it_should() -> None:
    found = fading_average(np.array([2.0, 0.0, 1.0]), 7.0)
    w = np.exp(-np.arange(3) / 7.0)
    assert found[0] == pytest.approx(2.0)
    assert found[2] == pytest.approx((2.0 * w[2] + 1.0 * w[0]) / w.sum())


@pytest.mark.parametrize("days", [1, 2, 3, 64, 65, 700])
def test_it_is_the_average_that_pandas_gives(days: int) -> None:
    daily = np.random.default_rng(days).exponential(5.0, (days, 3))
    theirs = pd.DataFrame(daily).ewm(alpha=1.0 - np.exp(-1.0 / 7.0)).mean().to_numpy()
    assert fading_average(daily, 7.0) == pytest.approx(theirs, rel=1e-12)


@settings(max_examples=60)
@given(weeks_of_five)
def test_an_even_pattern_of_weeks_does_not_accelerate(week: np.ndarray) -> None:
    """Of five runs a week or more: fewer leave a saw-tooth whose mean logarithm lies below the logarithm of its mean."""
    daily = np.tile(week, 18)[:120]
    for days in SPANS:
        assert abs(acceleration(daily, days)[-1]) < 0.02


@given(st.lists(st.floats(0, 20), min_size=60, max_size=90).filter(lambda x: x[0] > 0.1), st.floats(0.01, 1000))
def test_twice_as_much_of_everything_accelerates_as_much(daily: list[float], factor: float) -> None:
    values = np.array(daily)
    np.testing.assert_allclose(acceleration(factor * values, SPANS[0]), acceleration(values, SPANS[0]), atol=1e-9)


def test_more_in_the_last_days_accelerates_and_less_slows() -> None:
    days = Days(acute=7, chronic=42, grade="D", sources=("x",))
    even = np.ones(120)
    assert acceleration(np.concatenate((even, 2 * even[:14])), days)[-1] > 0.3
    assert acceleration(np.concatenate((even, 0.5 * even[:14])), days)[-1] < -0.3
    assert np.isnan(acceleration(even[:13], days)).all()
    assert not np.isnan(acceleration(even[:14], days)[-1])


def _states(ledger, row: int) -> dict[str, HistoryState]:
    found = divergence(ledger, COEFFICIENTS)
    return {name: found.state_of(row, place) for place, name in enumerate(found.tissues)}


def test_history_is_built_before_a_tissue_is_compared() -> None:
    days, exposures = made_days("none", weeks=7)
    ledger = made_ledger(days, exposures, draws=4)
    assert set(_states(ledger, 26).values()) == {HistoryState.BUILDING}
    states = _states(ledger, 27)  # the 28th day
    assert states["achilles"] is HistoryState.KNOWN
    assert states["tibia"] is HistoryState.BUILDING  # 42 days
    assert _states(ledger, 40)["tibia"] is HistoryState.BUILDING
    assert _states(ledger, 41)["tibia"] is HistoryState.KNOWN
    found = divergence(ledger, COEFFICIENTS)
    assert np.isnan(found.nominal[26]).all()
    assert np.isnan(found.drawn[26]).all()


def test_after_a_long_break_there_is_no_ratio() -> None:
    days, exposures = made_days("none", weeks=26)
    after = MONDAY + timedelta(weeks=26 + 14)
    ledger = made_ledger([*days, after], [*exposures, exposures[0]], draws=4)
    states = _states(ledger, ledger.row_of(after))
    assert states["calf"] is HistoryState.RETURNING
    assert states["patellofemoral"] is HistoryState.RETURNING


def test_too_little_known_gives_no_ratio() -> None:
    days, exposures = made_days("none", weeks=12)
    ledger = made_ledger(days, exposures, draws=4)
    known = ledger.known.copy()
    known[-6:] = False
    assert set(_states(replace(ledger, known=known), -1).values()) == {HistoryState.COVERAGE}
    known[-6] = True  # 5 of 28 days: less than a fifth
    assert set(_states(replace(ledger, known=known), -1).values()) == {HistoryState.KNOWN}


def test_load_diverges_less_than_damage_on_the_track() -> None:
    days, exposures = made_days("track")
    ledger = made_ledger(days, exposures, draws=4)
    damage, load = (divergence(ledger, COEFFICIENTS, measure).nominal[-1] for measure in ("damage", "load"))
    hamstring = COEFFICIENTS.tissues.index("hamstring")
    assert damage[hamstring] > load[hamstring] > 0

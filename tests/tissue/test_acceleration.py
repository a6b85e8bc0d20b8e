"""Acceleration: an even pattern has none, its size does not matter, and where it would mean nothing there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.tissue.acceleration import HistoryState, acceleration, after_a_break, divergence, fading_average
from loadmon.tissue.coefficient import Days
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.ledger import TISSUE_DAYS, Ledger, TissueDay
from tests.tissue.made_training import made_days, made_ledger

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


def _back_from(days_off: int) -> tuple[Ledger, date]:
    """Half a year, so many days without a run, then four runs in a week."""
    days, exposures = made_days("none", weeks=26)
    back = max(days) + timedelta(days=days_off + 1)
    runs = [back + timedelta(days=n) for n in (0, 2, 4, 6)]
    return made_ledger([*days, *runs], [*exposures, *exposures[:4]], draws=4), back


@pytest.mark.parametrize("weeks", [10, 14, 20, 40])
@pytest.mark.parametrize("later", [0, 6])
def test_after_a_long_break_no_tissue_has_a_ratio(weeks: int, later: int) -> None:
    """Neither on the day of return nor a week later, when four runs stand against next to nothing."""
    ledger, back = _back_from(7 * weeks)
    row = ledger.row_of(back) + later
    assert set(_states(ledger, row).values()) == {HistoryState.RETURNING}
    found = divergence(ledger, COEFFICIENTS)
    assert np.isnan(found.steps[row]).all()
    assert np.isnan(found.drawn[row]).all()


def test_a_break_of_four_weeks_is_one_for_all_but_bone() -> None:
    ledger, back = _back_from(28)
    states = _states(ledger, ledger.row_of(back))
    bones = {"tibia", "femoral_neck"}
    assert {name for name, state in states.items() if state is HistoryState.KNOWN} == bones
    assert {state for name, state in states.items() if name not in bones} == {HistoryState.RETURNING}
    ledger, back = _back_from(20)
    assert set(_states(ledger, ledger.row_of(back)).values()) == {HistoryState.KNOWN}


def test_a_break_is_over_once_the_long_average_has_passed() -> None:
    run_free, days = np.zeros(120, dtype=bool), Days(acute=7, chronic=42, grade="D", sources=("x",))
    run_free[10:31] = True  # 21 days, the last of them row 30
    back = np.flatnonzero(after_a_break(run_free, days))
    assert back.tolist() == list(range(31, 73))
    run_free[20] = False  # a day that is not known, or a run
    assert not after_a_break(run_free, days).any()
    run_free[:] = True  # still away: nobody has come back
    assert not after_a_break(run_free, days).any()


def test_while_nothing_is_run_for_weeks_nothing_is_compared() -> None:
    """Two averages that fade at their own rates differ more every day; that is no acceleration."""
    ledger, back = _back_from(300)
    row = ledger.row_of(back)
    assert set(_states(ledger, row - 1).values()) == {HistoryState.AWAY}
    assert set(_states(ledger, row - 300 + 20).values()) == {HistoryState.AWAY}  # the 21st day
    assert HistoryState.AWAY not in _states(ledger, row - 300 + 19).values()
    assert np.isnan(divergence(ledger, COEFFICIENTS).drawn[row - 1]).all()


def test_days_that_are_not_known_are_no_break() -> None:
    ledger, back = _back_from(28)
    state, known, row = ledger.state.copy(), ledger.known.copy(), ledger.row_of(back)
    state[row - 14], known[row - 14] = TISSUE_DAYS.index(TissueDay.UNKNOWN), False
    assert set(_states(replace(ledger, state=state, known=known), row).values()) == {HistoryState.KNOWN}


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

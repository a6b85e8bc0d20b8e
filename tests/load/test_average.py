"""Averages in which newer days weigh more: three ways to begin, and every runner from their own first day."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.load.average import weighted_average


def average(loads: list[float], newest: float, seed: str) -> np.ndarray:
    load = np.array(loads, dtype=np.float64)
    count = len(load)
    return weighted_average(load, np.ones(count, dtype=np.int64), np.arange(1, count + 1), newest, seed)


def test_the_first_day_weighs_fourteen_and_a_half_percent_of_day_28_if_it_is_taken_for_all_before() -> None:
    loads = [1.0] + [0.0] * 27
    assert average(loads, 2 / 29, "first_value")[-1] == pytest.approx(0.1452, abs=5e-5)
    assert average(loads, 2 / 29, "zero")[-1] == pytest.approx(0.1452 * 2 / 29, abs=5e-5)


def test_a_record_that_begins_with_rest_divides_nothing_by_nothing() -> None:
    for seed in ("adjusted", "zero", "first_value"):
        assert average([0.0, 0.0, 7.0], 0.25, seed)[:2].tolist() == [0.0, 0.0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=40), st.floats(0.02, 0.6))
def test_the_same_as_the_recursions(loads: list[float], newest: float) -> None:
    plain = pd.Series(loads)
    assert average(loads, newest, "adjusted") == pytest.approx(plain.ewm(alpha=newest, adjust=True).mean().to_numpy())
    assert average(loads, newest, "first_value") == pytest.approx(
        plain.ewm(alpha=newest, adjust=False).mean().to_numpy(), abs=1e-9
    )


def test_no_runner_inherits_from_the_one_above() -> None:
    random = np.random.default_rng(3)
    load = random.gamma(2.0, 4.0, 120)
    athlete = np.repeat([1, 2, 9], [60, 10, 50])
    history = np.concatenate([np.arange(1, n + 1) for n in (60, 10, 50)])
    for seed in ("adjusted", "zero", "first_value"):
        together = weighted_average(load, athlete, history, 0.1, seed)
        for who in (1, 2, 9):
            assert together[athlete == who].tolist() == average(load[athlete == who].tolist(), 0.1, seed).tolist()


def test_no_days() -> None:
    for seed in ("adjusted", "zero", "first_value"):
        assert len(average([], 0.25, seed)) == 0

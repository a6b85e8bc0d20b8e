"""One run against the most that any run of the 30 days before did to a tissue."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from loadmon.measure import HISTORY_30, NO_RUN_30_DAYS, WALKED
from loadmon.tissue.spike import BANDS, EXTRAPOLATED, tissue_spikes

FIRST = date(2025, 1, 1)
KM = np.full(2, 1000.0)


def days(*after: int) -> list[date]:
    """Days so many after the first."""
    return [FIRST + timedelta(days=n) for n in after]


def test_against_the_most_damaging_of_30_days_each_tissue_by_itself() -> None:
    damage = np.array([[10.0, 6.0, 12.0, 30.0], [5.0, 20.0, 10.0, 10.0]])
    found = tissue_spikes(days(0, 5, 30, 36), damage, 1000.0 * np.array([10, 6, 12, 12]))
    np.testing.assert_allclose(found.ratio[1:], [[0.6, 4.0], [1.2, 0.5], [2.5, 1.0]])
    np.testing.assert_allclose(found.distance_ratio[1:], [0.6, 1.2, 1.0])
    assert [BANDS[n] for n in found.band[3]] == ["large", "reference"]
    assert found.shown[3].tolist() == [True, False]
    assert found.reason == [HISTORY_30, None, None, None]
    assert found.provisional.tolist() == [True, True, False, False]


def test_the_run_of_31_days_ago_no_longer_counts() -> None:
    found = tissue_spikes(days(0, 31), np.array([[1.0, 9.0]]), KM)
    assert np.isnan(found.ratio[1, 0])
    assert found.reason[1] == NO_RUN_30_DAYS
    assert found.band[1, 0] == -1
    assert not found.shown[1, 0]
    assert tissue_spikes(days(0, 30), np.array([[1.0, 9.0]]), KM).ratio[1, 0] == 9.0


def test_an_earlier_run_of_the_day_counts_and_a_run_is_never_its_own_reference() -> None:
    found = tissue_spikes(days(0, 0), np.array([[4.0, 8.0]]), KM)
    assert np.isnan(found.ratio[0, 0])
    assert found.ratio[1, 0] == 2.0


def test_a_walk_is_no_spike_and_others_are_still_compared_with_it() -> None:
    walked = np.array([False, True, False])
    found = tissue_spikes(
        days(0, 3, 6), np.array([[1.0, 2.0, 3.0]]), np.full(3, 1000.0), np.array([[[1.0, 2.0, 3.0]]]), walked=walked
    )
    assert np.isnan([found.ratio[1, 0], found.middle[1, 0]]).all()
    assert (found.reason[1], found.band[1, 0], found.shown[1, 0]) == (WALKED, -1, False)
    assert found.ratio[2, 0] == 1.5


def test_the_words_of_the_bands_have_their_limits() -> None:
    assert "(small over 1.1 times, moderate over 1.3 times, large over 2.0 times)" in EXTRAPOLATED


@pytest.mark.parametrize(("times", "band"), [(1.1, "reference"), (1.11, "small"), (1.31, "moderate"), (2.01, "large")])
def test_bands_begin_above_their_limits(times: float, band: str) -> None:
    found = tissue_spikes(days(0, 3), np.array([[10.0, 10.0 * times]]), KM)
    assert BANDS[found.band[1, 0]] == band


def test_only_what_is_a_spike_at_the_low_end_is_shown() -> None:
    spread = np.linspace(1.0, 1.6, 64)
    drawn = np.stack([np.ones((64, 1)), spread[:, None]], axis=2)
    unsure = tissue_spikes(days(0, 3), np.array([[1.0, 1.3]]), KM, drawn)
    assert unsure.middle[1, 0] == pytest.approx(1.3)
    assert unsure.low[1, 0] < 1.1 < unsure.high[1, 0]
    assert not unsure.shown[1, 0]
    assert tissue_spikes(days(0, 3), np.array([[1.0, 1.3]]), KM, drawn + 0.0 * drawn + [[[0.0, 0.2]]]).shown[1, 0]


def test_no_runs_and_runs_of_nothing() -> None:
    none = tissue_spikes([], np.empty((2, 0)), np.empty(0))
    assert none.ratio.shape == (0, 2)
    walked = tissue_spikes(days(0, 1), np.zeros((1, 2)), np.zeros(2))
    assert np.isnan(walked.ratio).all()


def test_a_false_start_is_no_measure_of_the_next_run() -> None:
    metres = np.array([300.0, 8000.0, 9000.0])
    found = tissue_spikes(days(40, 41, 42), metres[None], metres, first=FIRST)
    assert found.reason == [NO_RUN_30_DAYS, NO_RUN_30_DAYS, None]
    assert found.ratio[2, 0] == 9000 / 8000


def test_days_of_which_not_all_is_known_make_it_provisional() -> None:
    found = tissue_spikes(days(0, 60, 61, 99), np.ones((1, 4)), np.full(4, 1e4), unknown=days(31, 62))
    assert found.provisional.tolist() == [True, True, True, False]
    assert tissue_spikes(days(60, 61), np.ones((1, 2)), KM, first=FIRST, unknown=days(61)).provisional[1]

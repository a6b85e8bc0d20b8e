"""Heart-rate load: the published numbers, sums that integrate over time, and nothing where a limit is missing."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.load.heart_rate import (
    HEART_RATE_BINS,
    banister,
    edwards,
    heart_rate_seconds,
    heart_rate_stress,
    lucia,
    stress_of,
    threshold_or_usual,
)
from tests.paths import oracle


def cases() -> dict[str, Any]:
    return {c["id"]: c for c in json.loads(oracle("load-and-gait.json").read_text(encoding="utf-8"))["cases"]}


def at(*minutes_and_beats: tuple[float, float]) -> np.ndarray:
    """One session's seconds at each beat."""
    minutes, beats = (np.array(column, dtype=float) for column in zip(*minutes_and_beats, strict=True))
    return heart_rate_seconds(beats, 60.0 * minutes)[None, :]


@pytest.mark.parametrize("sex", ["male", "female"])
def test_worked_case_banister(sex: str) -> None:
    case = cases()[f"trimp_banister_{sex}"]
    given_ = case["inputs"]
    session = at((given_["duration_min"], given_["hr_mean"]))
    found = banister(session, given_["hr_rest"], given_["hr_max"], given_["sex"])
    assert found[0] == pytest.approx(case["expected"]["trimp"], abs=case["tolerance"]["abs"])


def test_worked_case_banister_sample_by_sample() -> None:
    case = cases()["trimp_banister_samples"]
    given_ = case["inputs"]
    found = banister(at(*given_["segments_min_hr"]), given_["hr_rest"], given_["hr_max"], given_["sex"])
    assert found[0] == pytest.approx(case["expected"]["trimp_sum_of_segments"], abs=case["tolerance"]["abs"])


def test_worked_case_edwards() -> None:
    case = cases()["trimp_edwards"]
    zones = case["inputs"]["minutes_in_zone_pct_hrmax"]
    parts = [(minutes, 2.0 * float(zone.split("-")[0])) for zone, minutes in zones.items()]
    found = edwards(at(*parts, (case["inputs"]["below_50"], 98)), 200)
    assert found[0] == pytest.approx(case["expected"]["trimp"], abs=case["tolerance"]["abs"])


def test_worked_case_stress_of_an_impulse() -> None:
    case = cases()["hrss_elevate_1"]
    given_ = case["inputs"]
    found = stress_of(given_["trimp"], given_["hr_rest"], given_["hr_max"], given_["lthr"], given_["sex"])
    assert float(found) == pytest.approx(case["expected"]["hrss"], abs=case["tolerance"]["abs"])


def test_worked_case_an_hour_at_threshold() -> None:
    case = cases()["hrss_threshold_hour"]
    given_ = case["inputs"]
    session = at((given_["duration_min"], given_["hr_mean"]))
    found = heart_rate_stress(session, given_["hr_rest"], given_["hr_max"], given_["lthr"], given_["sex"])
    assert found[0] == pytest.approx(case["expected"]["hrss"], abs=case["tolerance"]["abs"])


# the key numbers once more, so that they hold where the worked cases are not at hand
@pytest.mark.parametrize(
    ("sex", "trimp"), [("male", 31.8025391515), ("female", 37.1285177567), (None, (31.8025391515 + 37.1285177567) / 2)]
)
def test_half_an_hour_at_130(sex: str | None, trimp: float) -> None:
    assert banister(at((30, 130)), 40, 200, sex)[0] == pytest.approx(trimp, abs=1e-6)


def test_easy_and_hard_minutes_weigh_more_than_their_mean() -> None:
    whole = at((20, 120), (25, 145), (15, 165))
    assert banister(whole, 50, 190, "male")[0] == pytest.approx(94.8424867612, abs=1e-6)
    mean = (20 * 120 + 25 * 145 + 15 * 165) / 60
    share = (mean - 50) / 140
    assert 60 * share * 0.64 * math.exp(1.92 * share) == pytest.approx(88.3862755053, abs=1e-6)


def test_edwards_zones_hold_their_lower_edge_whatever_the_maximum() -> None:
    for maximum in range(120, 221):
        for tenths, points in ((5, 1), (6, 2), (7, 3), (8, 4), (9, 5), (10, 5)):
            if maximum * tenths % 10 == 0:
                edge = maximum * tenths // 10
                assert edwards(at((1, edge)), maximum)[0] == points, (maximum, edge)
                assert edwards(at((1, edge - 1)), maximum)[0] == min(points - 1, 5) + (tenths == 10), (maximum, edge)


def test_lucia_counts_both_thresholds_to_the_middle() -> None:
    session = at((10, 139), (10, 140), (10, 165), (10, 166))
    assert lucia(session, 140, 165)[0] == 10 * 1 + 10 * 2 + 10 * 2 + 10 * 3
    # 30, 20 and 5 minutes in the three zones
    assert lucia(at((30, 120), (20, 150), (5, 180)), 140, 165)[0] == 85


def test_stress_of_a_program_everybody_knows() -> None:
    assert float(stress_of(333, 60, 190, 163, "male")) == pytest.approx(239.0875754688, abs=1e-6)


def test_threshold_is_taken_only_where_it_is_not_known() -> None:
    assert threshold_or_usual([50, 50], [190, 190], [np.nan, 171]).tolist() == [169.0, 171.0]
    hour = at((60, 169))
    taken = threshold_or_usual(50, 190, np.nan)
    assert heart_rate_stress(hour, 50, 190, taken, "male")[0] == pytest.approx(100)


def test_impossible_beats_are_left_out_one_by_one() -> None:
    beats = np.array([29.4, 30.0, 150.4, np.nan, 230.4, 231.0])
    held = heart_rate_seconds(beats, np.full(6, 2.0))
    assert dict(zip(HEART_RATE_BINS[held > 0].tolist(), held[held > 0].tolist(), strict=True)) == {
        30: 2,
        150: 2,
        230: 2,
    }


def test_nothing_measured_is_no_seconds() -> None:
    assert heart_rate_seconds(np.full(10, np.nan), np.ones(10)).sum() == 0
    assert heart_rate_seconds(np.empty(0), np.empty(0)).shape == HEART_RATE_BINS.shape


@pytest.mark.parametrize(("rest", "maximum"), [(np.nan, 190), (50, np.nan), (190, 190), (191, 190)])
def test_no_impulse_without_a_reserve(rest: float, maximum: float) -> None:
    assert np.isnan(banister(at((30, 130)), rest, maximum, "male")[0])
    assert np.isnan(heart_rate_stress(at((30, 130)), rest, maximum, 170, "male")[0])


@pytest.mark.parametrize("threshold", [np.nan, 50, 49, 191])
def test_no_stress_without_a_threshold_between_the_limits(threshold: float) -> None:
    assert np.isnan(heart_rate_stress(at((30, 130)), 50, 190, threshold, "male")[0])


@pytest.mark.parametrize(("first", "second"), [(np.nan, 165), (140, np.nan), (165, 165), (166, 165)])
def test_no_lucia_without_two_thresholds_in_order(first: float, second: float) -> None:
    assert np.isnan(lucia(at((30, 130)), first, second)[0])


def test_beats_beyond_the_limits_count_as_the_limits() -> None:
    assert banister(at((10, 45)), 50, 190, "male")[0] == 0
    assert banister(at((10, 200)), 50, 190, "male")[0] == banister(at((10, 190)), 50, 190, "male")[0]
    assert edwards(at((10, 200)), 190)[0] == 50


beats = st.lists(st.tuples(st.floats(0.1, 90), st.integers(30, 230)), min_size=1, max_size=8)
sexes = st.sampled_from(["male", "female", None])


@settings(max_examples=60, deadline=None)
@given(beats, sexes, st.floats(0.1, 5.0))
def test_twice_the_time_is_twice_the_load(parts: list[tuple[float, float]], sex: str | None, times: float) -> None:
    once, more = at(*parts), at(*parts) * times
    for method in (
        lambda h: banister(h, 48, 188, sex),
        lambda h: edwards(h, 188),
        lambda h: lucia(h, 141, 166),
        lambda h: heart_rate_stress(h, 48, 188, 170, sex),
    ):
        assert method(more)[0] == pytest.approx(times * method(once)[0], rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(beats, sexes, st.randoms(use_true_random=False))
def test_the_order_of_minutes_does_not_matter(parts: list[tuple[float, float]], sex: str | None, random: Any) -> None:
    shuffled = random.sample(parts, len(parts))
    assert banister(at(*shuffled), 48, 188, sex)[0] == pytest.approx(banister(at(*parts), 48, 188, sex)[0])


@settings(max_examples=60, deadline=None)
@given(beats, sexes, st.floats(52, 189))
def test_an_hour_at_threshold_is_100_for_everybody(
    parts: list[tuple[float, float]], sex: str | None, threshold: float
) -> None:
    hour = banister(at((60, round(threshold))), 50, 190, sex)
    assert stress_of(hour, 50, 190, round(threshold), sex)[0] == pytest.approx(100)


@settings(max_examples=60, deadline=None)
@given(beats, sexes, st.integers(30, 229))
def test_a_faster_heart_is_never_less_load(parts: list[tuple[float, float]], sex: str | None, beat: int) -> None:
    slower, faster = at(*parts, (5, beat)), at(*parts, (5, beat + 1))
    rounding = 1 - 1e-12
    assert banister(faster, 48, 188, sex)[0] >= banister(slower, 48, 188, sex)[0] * rounding
    assert edwards(faster, 188)[0] >= edwards(slower, 188)[0] * rounding
    assert lucia(faster, 141, 166)[0] >= lucia(slower, 141, 166)[0] * rounding


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(beats, st.integers(30, 70), st.integers(60, 210), sexes), min_size=1, max_size=6))
def test_many_sessions_at_once_are_as_one_by_one(rows: list[Any]) -> None:
    together = np.concatenate([at(*parts) for parts, *_ in rows])
    rest, maximum, sex = (np.array(column, dtype=object) for column in list(zip(*rows, strict=True))[1:])
    found = banister(together, rest.astype(float), maximum.astype(float), sex)
    alone = [banister(at(*parts), low, high, whose)[0] for parts, low, high, whose in rows]
    np.testing.assert_allclose(found, alone, rtol=1e-12)

"""A watch's columns before any power is taken of them: spikes out, pauses apart, and what was replaced is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon import evidence
from loadmon.tissue import flags
from loadmon.tissue.cleaning import tissue_stream
from loadmon.tissue.model import TissueLoad, tissue_load
from loadmon.tissue.smoothing import Clock, filled, never_faster, without_spikes
from loadmon.tissue.stream import Heights, SlopeQuality
from tests.tissue.made_training import RUNNER

N = 3334
"""Ten kilometres at 3 m/s."""


def columns(seconds: int = N, apart: float = 1.0, **given_: np.ndarray) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """A level run at 3 m/s with the runner's own cadence, and what each sample stands for."""
    t = np.arange(seconds) * apart
    made = {
        "t_s": t,
        "speed_mps": np.full(seconds, 3.0),
        "cadence_spm": np.full(seconds, 166.125),
        "altitude_m": np.full(seconds, 100.0),
        "heart_rate_bpm": np.full(seconds, 150.0),
    }
    return made | given_, np.full(seconds, apart)


def achilles(heights: Heights = Heights.BAROMETER, **given_: np.ndarray) -> float:
    """Achilles-km a kilometre of a run that should be worth exactly one."""
    load = tissue_load(tissue_stream(*columns(**given_), heights=heights), RUNNER)
    return load.of("achilles") / load.distance_m


def drift(sd_m: float, lasting_s: float, seed: int = 2) -> np.ndarray:
    """Heights that wander as satellites' do."""
    random = np.random.default_rng(seed)
    keep = np.exp(-1.0 / lasting_s)
    steps = random.normal(0, sd_m * np.sqrt(1 - keep**2), N)
    height = np.empty(N)
    so_far = 0.0
    for n, step in enumerate(steps):
        so_far = keep * so_far + step
        height[n] = so_far
    return height


def test_noise_of_flat_ground_hardly_becomes_damage() -> None:
    random = np.random.default_rng(1)
    assert achilles() == pytest.approx(1.0, abs=1e-6)
    assert achilles(altitude_m=random.normal(100, 0.5, N)) == pytest.approx(1.0, abs=0.008)
    assert achilles(speed_mps=3.0 + random.normal(0, 0.3, N)) == pytest.approx(1.0, abs=0.008)


def test_heights_of_satellites_are_taken_over_more_ground_and_marked() -> None:
    wandering = drift(3.0, 60.0)
    as_if_barometer = achilles(Heights.BAROMETER, altitude_m=wandering)
    as_they_are = achilles(Heights.SATELLITES, altitude_m=wandering)
    assert as_if_barometer > 1.08
    assert as_they_are == pytest.approx(1.0, abs=0.06)
    stream = tissue_stream(*columns(altitude_m=wandering), heights=Heights.SATELLITES)
    assert stream.slope_quality is SlopeQuality.LOW
    assert flags.SLOPE_SATELLITES in tissue_load(stream, RUNNER).flags


def test_without_heights_the_slope_is_unknown_and_on_a_treadmill_the_one_entered() -> None:
    cols, seconds = columns()
    unknown = tissue_stream(cols, seconds)
    assert unknown.slope_quality is SlopeQuality.UNKNOWN
    assert np.isnan(unknown.slope).all()
    indoors = tissue_stream(cols, seconds, heights=Heights.BAROMETER, treadmill=True, treadmill_slope=0.02)
    assert indoors.slope_quality is SlopeQuality.INDOORS
    np.testing.assert_array_equal(indoors.slope, 0.02)


def test_a_treadmill_whose_slope_nobody_entered_is_level_in_the_middle_and_not_in_the_interval() -> None:
    cols, seconds = columns()
    entered, unknown = (tissue_stream(cols, seconds, treadmill=True, treadmill_slope=slope) for slope in (0.0, None))
    assert np.isnan(unknown.slope).all()
    level, told = (tissue_load(one, RUNNER, draws=64) for one in (entered, unknown))
    np.testing.assert_allclose(told.damage_m, level.damage_m)
    assert flags.INCLINE_UNKNOWN in told.flags
    assert flags.SLOPE_UNKNOWN not in told.flags
    assert flags.INCLINE_UNKNOWN not in level.flags
    assert "taken as level" in flags.FLAG_WORDS[flags.INCLINE_UNKNOWN]
    place = told.tissues.index("achilles")

    def width(one: TissueLoad) -> float:
        return float(np.ptp(one.quantiles["damage_m"][:, place]))

    assert width(told) > 1.5 * width(level)


def test_heights_that_shiver_as_satellites_do_are_believed_as_little_whatever_wrote_the_file() -> None:
    flat = tissue_stream(*columns(altitude_m=drift(0.5, 60.0)), heights=Heights.BAROMETER)
    rough = tissue_stream(*columns(altitude_m=drift(4.0, 60.0)), heights=Heights.BAROMETER)
    assert flat.slope_quality is rough.slope_quality is SlopeQuality.GOOD, "kept is where the heights came from"
    assert flat.slope_noise < evidence.SLOPE_NOISE.value < rough.slope_noise
    assert tissue_load(flat, RUNNER).slope_quality is SlopeQuality.GOOD
    told = tissue_load(rough, RUNNER, draws=64)
    assert told.slope_quality is SlopeQuality.SHIVERING
    assert flags.SLOPE_SHIVERS in told.flags
    assert flags.SLOPE_SATELLITES not in told.flags
    believed = tissue_load(replace(rough, slope_noise=None), RUNNER, draws=64)
    place = told.tissues.index("achilles")
    wide, narrow = (np.ptp(one.quantiles["damage_m"][:, place]) for one in (told, believed))
    assert wide > 1.2 * narrow


def test_a_hill_is_found_where_it_is() -> None:
    metres = 3.0 * np.arange(N)
    height = 100.0 + 0.08 * np.clip(metres - 3000.0, 0.0, 2000.0)
    slope = tissue_stream(*columns(altitude_m=height), heights=Heights.BAROMETER).slope
    on_hill = (metres > 3060) & (metres < 4940)
    np.testing.assert_allclose(slope[on_hill], 0.08, atol=1e-6)
    np.testing.assert_allclose(slope[(metres < 2940) | (metres > 5060)], 0.0, atol=1e-6)


def test_a_lift_during_a_pause_is_no_hill() -> None:
    cols, seconds = columns(600)
    cols["t_s"] = np.concatenate((np.arange(300), 1200.0 + np.arange(300)))
    cols["altitude_m"] = np.where(np.arange(600) < 300, 100.0, 160.0)
    seconds[299] = 0.0  # the pause
    stream = tissue_stream(cols, seconds, heights=Heights.BAROMETER)
    np.testing.assert_allclose(stream.slope, 0.0, atol=1e-9)


def test_standing_stands_for_nothing() -> None:
    cols, seconds = columns(400)
    cols["speed_mps"] = np.where((np.arange(400) > 100) & (np.arange(400) < 300), 0.2, 3.0)
    stream = tissue_stream(cols, seconds)
    assert (stream.seconds[120:280] == 0).all()
    assert (stream.seconds[:80] == 1).all()


def test_cadence_that_follows_the_heart_is_replaced_and_said_so() -> None:
    cols, seconds = columns(1200)
    cols["heart_rate_bpm"] = np.where(np.arange(1200) < 300, 166.0, 150.0)
    stream = tissue_stream(cols, seconds)
    assert stream.locked_s == 300
    assert np.isnan(stream.cadence_spm[:300]).all()
    assert not np.isnan(stream.cadence_spm[300:]).any()
    told = tissue_load(stream, RUNNER)
    assert {flags.CADENCE_LOCKED, flags.CADENCE_IMPUTED} <= set(told.flags)
    cols["heart_rate_bpm"] = np.where(np.arange(1200) < 60, 166.0, 150.0)  # not for more than a minute
    assert tissue_stream(cols, seconds).locked_s == 0


def test_gaps_of_cadence_up_to_ten_seconds_are_filled_and_no_longer_ones() -> None:
    cols, seconds = columns(400)
    cadence = np.linspace(160, 170, 400)
    for first, count in ((50, 10), (100, 11)):
        cadence[first : first + count] = 0.0
    cadence[200] = 250.0
    kept = tissue_stream(cols | {"cadence_spm": cadence}, seconds).cadence_spm
    np.testing.assert_allclose(kept[45:65], np.linspace(160, 170, 400)[45:65])
    assert np.isnan(kept[100:111]).all()
    assert kept[200] == pytest.approx(np.linspace(160, 170, 400)[200])


def test_a_jump_of_the_receiver_is_taken_out_and_a_sprint_is_kept() -> None:
    jump = np.full(400, 3.0)
    jump[200:202] = 11.0
    np.testing.assert_allclose(without_spikes(jump, np.ones(400)), 3.0)
    sprint = np.where((np.arange(400) > 200) & (np.arange(400) < 240), 6.0, 3.0)
    assert without_spikes(sprint, np.ones(400)).max() == 6.0
    sparse = np.where(np.arange(60) % 9 == 0, 4.0, 3.0)  # seven seconds apart: the watch has smoothed already
    np.testing.assert_array_equal(without_spikes(sparse, np.full(60, 7.0)), sparse)


@settings(max_examples=60)
@given(st.lists(st.floats(0, 12), min_size=2, max_size=60), st.floats(0.5, 5.0))
def test_no_speed_changes_faster_than_anybody(values: list[float], apart: float) -> None:
    at = np.arange(len(values)) * apart
    limited = never_faster(np.array(values), at, 3.0)
    assert (np.abs(np.diff(limited)) <= 3.0 * apart + 1e-9).all()
    slow = np.minimum(np.array(values), 0.1)
    np.testing.assert_array_equal(never_faster(slow, at, 3.0), slow)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.floats(0, 8), st.floats(0, 230), st.floats(-50, 4000), st.booleans()), min_size=1, max_size=80
    ),
    st.sampled_from([1.0, 4.0]),
    st.sampled_from(Heights),
)
def test_whatever_is_missing_cleaning_gives_a_run(
    rows: list[tuple[float, float, float, bool]], apart: float, heights: Heights
) -> None:
    speed, cadence, height, gone = (np.array(column) for column in zip(*rows, strict=True))
    cols, seconds = columns(len(rows), apart)
    lost = np.where(gone, np.nan, 1.0)
    cols |= {"speed_mps": speed * lost, "cadence_spm": cadence * lost[::-1], "altitude_m": height * np.roll(lost, 1)}
    load = tissue_load(tissue_stream(cols, seconds, heights=heights), RUNNER)
    assert np.isfinite(load.damage_m).all()
    assert (load.load_bws >= 0).all()


def test_pauses_are_never_bridged() -> None:
    clock = Clock.of(np.array([0.0, 1, 2, 500, 501, 502]), np.array([1.0, 1, 0, 1, 1, 0]))
    np.testing.assert_array_equal(clock.stretch, [0, 0, 0, 1, 1, 1])
    values = np.array([1.0, 1, np.nan, np.nan, 3, 3])
    assert np.isnan(filled(values, clock, 10.0)[2:4]).all()


@settings(max_examples=60)
@given(st.lists(st.integers(0, 12), min_size=16, max_size=40), st.sampled_from([0.5, 1.0, 1.3]), st.integers(0, 15))
def test_a_spike_is_what_the_median_and_its_spread_say_it_is(found: list[int], apart: float, hole: int) -> None:
    values = np.array(found, dtype=float) ** 1.5
    width = int(7.0 / apart) // 2 * 2 + 1
    reach = np.pad(values, width // 2, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(reach, width)
    middle = np.median(windows, axis=1)
    spread = np.median(np.abs(windows - middle[:, None]), axis=1)
    expected = np.where(np.abs(values - middle) > 3.0 * 1.4826 * spread, middle, values)
    seconds = np.full(len(values), apart)
    np.testing.assert_array_equal(without_spikes(values, seconds), expected)
    holed = np.where(np.arange(len(values)) == hole, np.nan, values)
    assert np.isnan(without_spikes(holed, seconds)).tolist() == np.isnan(holed).tolist()

"""Half minutes of steady running: what is kept, what is left out, and the weight of each second."""

from __future__ import annotations

import numpy as np
import pytest

from loadmon.gait.cadence import WINDOW_COLUMNS, cadence_windows
from tests.gait.made_stream import made_stream

EVERY_SECOND = np.arange(0, 1201)


def test_twenty_even_minutes_give_thirty_half_minutes_after_the_first_five() -> None:
    windows = cadence_windows(made_stream(EVERY_SECOND), indoor=False)
    assert tuple(windows.columns) == WINDOW_COLUMNS
    assert len(windows) == 30
    assert windows["start_s"].iloc[0] == 300.0
    assert windows["t_min"].tolist()[:2] == [5.25, 5.75]
    assert windows["speed_mps"].to_numpy() == pytest.approx(3.0)
    assert windows["cadence_spm"].to_numpy() == pytest.approx(166.0)
    assert windows["grade_known"].all()
    assert not windows["treadmill"].any()


@pytest.mark.parametrize("gaps", [(3, 4, 5), (7, 3, 10), (10,)])
def test_smart_recording_gives_the_same_windows_as_every_second(gaps: tuple[int, ...]) -> None:
    seconds = np.cumsum(np.resize(np.array(gaps), 1200))
    seconds = np.concatenate(([0], seconds[seconds <= 1200], [1200]))
    windows = cadence_windows(made_stream(np.unique(seconds)), indoor=False)
    assert len(windows) == 30
    assert windows["cadence_spm"].to_numpy() == pytest.approx(166.0)


def test_each_sample_weighs_as_long_as_it_lasts() -> None:
    # nine seconds at 160, one at 180, and so on: the plain mean of the samples would be 170
    seconds = np.sort(np.concatenate((np.arange(0, 1201, 10), np.arange(9, 1201, 10))))
    stream = made_stream(seconds, cadence=lambda t: np.where(t % 10 == 0, 160.0, 180.0))
    windows = cadence_windows(stream, indoor=False)
    assert windows["cadence_spm"].to_numpy() == pytest.approx(162.0)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"speed": 1.79}, 0),
        ({"speed": 1.81}, 30),
        ({"speed": 5.49}, 30),
        ({"speed": 5.51}, 0),
        ({"cadence": 129.0}, 0),
        ({"cadence": 131.0}, 30),
        ({"cadence": 221.0}, 0),
        ({"grade": 0.059}, 30),
        ({"grade": 0.061}, 0),
        ({"grade": -0.061}, 0),
        ({"speed": lambda t: 3.0 + 0.20 * np.sign(np.sin(t))}, 30),
        ({"speed": lambda t: 3.0 + 0.30 * np.sign(np.sin(t))}, 0),
    ],
)
def test_gates(given: dict[str, object], kept: int) -> None:
    assert len(cadence_windows(made_stream(EVERY_SECOND, **given), indoor=False)) == kept  # type: ignore[arg-type]


def test_slopes_are_told_apart_and_never_negative() -> None:
    up = cadence_windows(made_stream(EVERY_SECOND, grade=0.03), indoor=False)
    down = cadence_windows(made_stream(EVERY_SECOND, grade=-0.02), indoor=False)
    assert up["uphill"].to_numpy() == pytest.approx(0.03, abs=1e-6)
    assert (up["downhill"] == 0).all()
    assert down["downhill"].to_numpy() == pytest.approx(0.02, abs=1e-6)


def test_one_wrong_height_makes_no_slope() -> None:
    stream = made_stream(EVERY_SECOND)
    stream.loc[600, "altitude_m"] += 50.0
    windows = cadence_windows(stream, indoor=False)
    assert len(windows) == 30
    assert windows["uphill"].max() == 0.0


def test_without_height_the_ground_is_taken_as_level_and_marked() -> None:
    windows = cadence_windows(made_stream(EVERY_SECOND, grade=None), indoor=False)
    assert len(windows) == 30
    assert not windows["grade_known"].any()
    assert (windows[["uphill", "downhill"]] == 0).all().all()


def test_a_treadmill_is_its_own_surface_whatever_the_height_says() -> None:
    windows = cadence_windows(made_stream(EVERY_SECOND, grade=0.2), indoor=True)
    assert len(windows) == 30
    assert windows["treadmill"].all()
    assert not windows["grade_known"].any()


def test_speed_and_distance_stand_in_for_each_other() -> None:
    no_speed = cadence_windows(made_stream(EVERY_SECOND, record_speed=False, grade=0.03), indoor=False)
    no_distance = made_stream(EVERY_SECOND, record_distance=False, grade=0.03)
    assert no_speed["speed_mps"].to_numpy() == pytest.approx(3.0)
    assert cadence_windows(no_distance, indoor=False)["uphill"].to_numpy() == pytest.approx(0.03, abs=1e-6)


def test_a_pause_is_left_out_not_bridged() -> None:
    seconds = np.concatenate((np.arange(0, 600), np.arange(900, 1501)))
    windows = cadence_windows(made_stream(seconds), indoor=False)
    assert windows["start_s"].between(300, 570).sum() == 10
    assert not windows["start_s"].between(600, 870).any()
    assert windows["start_s"].ge(900).sum() == 20


def test_a_third_of_a_window_without_cadence_drops_it() -> None:
    stream = made_stream(EVERY_SECOND)
    stream.loc[610:622, "cadence_spm"] = np.nan  # longer than a sample may stand for
    starts = set(cadence_windows(stream, indoor=False)["start_s"])
    assert 600.0 not in starts
    assert {570.0, 630.0} <= starts


@pytest.mark.parametrize("stream", [made_stream(np.arange(1)), made_stream(EVERY_SECOND).assign(cadence_spm=np.nan)])
def test_nothing_to_read_gives_no_windows_with_the_right_columns(stream: object) -> None:
    windows = cadence_windows(stream, indoor=False)  # type: ignore[arg-type]
    assert len(windows) == 0
    assert tuple(windows.columns) == WINDOW_COLUMNS
    assert windows["treadmill"].dtype == bool


def test_a_run_shorter_than_the_warm_up_has_no_windows() -> None:
    assert len(cadence_windows(made_stream(np.arange(0, 300)), indoor=False)) == 0


BESIDE = ("stance_time_s", "vertical_oscillation_m", "step_length_m", "stance_balance_left_pct", "heart_rate_bpm")


def test_dynamics_and_heart_rate_are_means_of_each_window() -> None:
    stream = made_stream(EVERY_SECOND)
    for place, name in enumerate(BESIDE):
        stream[name] = place + 0.001 * EVERY_SECOND
    windows = cadence_windows(stream, indoor=False)
    for place, name in enumerate(BESIDE):
        assert windows[name].to_numpy() == pytest.approx(place + 0.001 * (windows["start_s"] + 14.5)), name


def test_what_was_not_measured_is_missing_and_loses_no_window() -> None:
    windows = cadence_windows(made_stream(EVERY_SECOND), indoor=False)
    assert len(windows) == 30
    assert windows[list(BESIDE)].isna().all().all()


def test_a_sensor_that_drops_out_leaves_its_windows_empty() -> None:
    stream = made_stream(EVERY_SECOND).assign(stance_time_s=0.25, heart_rate_bpm=150.0)
    stream.loc[605:611, "stance_time_s"] = np.nan  # 7 of 30 seconds
    stream.loc[635:640, "stance_time_s"] = np.nan  # 6 of 30 seconds
    windows = cadence_windows(stream, indoor=False).set_index("start_s")
    assert np.isnan(windows.loc[600.0, "stance_time_s"])
    assert windows.loc[630.0, "stance_time_s"] == pytest.approx(0.25)
    assert windows["heart_rate_bpm"].notna().all()


def test_heights_that_are_not_believed_make_no_slope() -> None:
    stream = made_stream(EVERY_SECOND, grade=0.2)
    assert len(cadence_windows(stream, indoor=False)) == 0
    windows = cadence_windows(stream, indoor=False, ground=(stream["speed_mps"].to_numpy(), None))
    assert len(windows) == 30
    assert not windows["grade_known"].any()

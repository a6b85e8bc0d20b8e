"""What no sport names and what no runner can do: cars, slow recorders, totals from nowhere."""

from __future__ import annotations

import numpy as np
import pytest

from loadmon.facts import RunFacts, facts_of
from loadmon.readers.clean import session_of
from loadmon.readers.recording import Recording
from loadmon.session import DeviceTotals, Source, Sport

START_S = 1.75e9
SOURCE = Source("0" * 64, "made", "gpx", "test")


def facts(speed_mps: list[float], step_s: float, sport: Sport = Sport.UNKNOWN, **totals: float) -> RunFacts:
    speed = np.array(speed_mps)
    unix_s = START_S + step_s * np.arange(len(speed))
    columns = {"speed_mps": speed, "distance_m": np.cumsum(speed) * step_s}
    recording = Recording(unix_s, columns, sport=sport, totals=DeviceTotals(**totals))
    return facts_of(session_of(recording, SOURCE))


def test_a_car_that_slows_down_is_no_runner() -> None:
    """Its slow stretches alone would look like one; its distance would become a reference for the next run."""
    found = facts(([9.0] * 48 + [4.5] * 12) * 6, 5.0)
    assert not found.is_running
    assert found.sport_reason == "the file names no sport and its speed is not a run's"


def test_a_run_without_a_sport_still_counts() -> None:
    assert facts([3.0] * 400, 5.0).is_running


@pytest.mark.parametrize("step_s", [7.0, 50.0, 60.0, 75.0])
def test_a_slow_recorder_loses_no_time(step_s: float) -> None:
    found = facts([3.0] * 60, step_s, Sport.RUN)
    assert found.moving_s == pytest.approx(59 * step_s)
    assert found.mean_speed_mps == pytest.approx(3.0, rel=0.03)


def test_a_pause_of_a_fast_recorder_is_still_a_pause() -> None:
    speed = np.full(200, 3.0)
    unix_s = START_S + np.r_[np.arange(100), 400 + np.arange(100)]
    recording = Recording(unix_s, {"speed_mps": speed}, sport=Sport.RUN)
    assert facts_of(session_of(recording, SOURCE)).moving_s == pytest.approx(198.0)


def test_a_total_that_nobody_can_run_is_not_believed() -> None:
    found = facts([3.0] * 600, 1.0, Sport.RUN, distance_m=42_000_000.0)
    assert found.distance_m == pytest.approx(1800.0)
    assert (found.distance_source, found.distance_reason) == (
        "stream",
        "from the samples: the device's own total is faster than anybody runs",
    )


def test_a_foot_pod_s_total_is_still_kept_over_the_samples() -> None:
    found = facts([3.0] * 600, 1.0, Sport.RUN, distance_m=1850.0)
    assert (found.distance_m, found.distance_source) == (1850.0, "device")

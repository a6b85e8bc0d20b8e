"""Time in the cadence range, told from what is kept of runs; and what a watch offers to begin an assessment with."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from loadmon.clinic.adherence import by_speed, by_week, time_in_range
from loadmon.clinic.from_watch import from_watch
from loadmon.clinic.knowledge import default_knowledge
from loadmon.tissue.exposure import exposure_of
from loadmon.tissue.exposure_bytes import exposure_bytes
from loadmon.tissue.stream import TissueStream

KNOWN = default_knowledge()
MONDAY, NEXT = date(2026, 3, 2), date(2026, 3, 9)


def kept(*parts: tuple[float, float, float]) -> bytes:
    """A run of parts: seconds, m/s, steps a minute (NaN where none was recorded)."""
    seconds, speed, cadence = np.array([part for part in parts for _ in range(int(part[0]))]).T
    stream = TissueStream(np.ones(len(seconds)), speed, cadence, np.zeros(len(seconds)))
    return exposure_bytes(exposure_of(stream))


def test_seconds_in_range_are_those_that_were_run_there() -> None:
    runs = {7: kept((600, 3.0, 163.0), (300, 3.0, 155.0)), 8: kept((400, 2.6, 162.0), (200, 3.0, 170.0))}
    table = time_in_range(runs, {7: MONDAY, 8: NEXT}, 163.0)
    assert table["seconds"].sum() == pytest.approx(1500, rel=0.01)
    assert table["in_range_s"].sum() == pytest.approx(1000, rel=0.01)
    first, second = by_week(table)
    assert (first.week, first.first_day, first.runs) == ("2026-W10", MONDAY, 1)
    assert first.share == pytest.approx(2 / 3, abs=0.01)
    assert not first.reached
    assert second.share == pytest.approx(2 / 3, abs=0.01)
    near = by_week(time_in_range(runs, {7: MONDAY, 8: NEXT}, 163.0, speed_mps=3.0))
    assert near[1].share == pytest.approx(0.0, abs=0.01)  # in range at the slower speed only
    speeds = by_speed(table).set_index("speed_mps")["share"]
    assert speeds[2.6] == pytest.approx(1.0)
    assert speeds[3.0] == pytest.approx(600 / 1100, abs=0.01)


def test_four_fifths_in_range_is_a_week_that_was_reached() -> None:
    table = time_in_range({1: kept((810, 3.0, 164.0), (190, 3.0, 150.0))}, {1: MONDAY}, 163.0)
    assert by_week(table)[0].reached


@pytest.mark.parametrize(
    ("speed", "cadence", "counts", "reached"),
    [
        (2.9, 165.0, True, True),
        (2.9, 161.0, True, True),
        (2.9, 166.0, True, False),  # within the watch's range, beyond the rule's two steps
        (2.9, 165.5, True, False),  # half steps are kept apart
        (2.9, 160.5, True, False),
        (2.7, 163.0, True, True),
        (3.1, 163.0, True, True),
        (2.62, 163.0, False, False),  # more than 0.2 m/s slower
        (3.18, 163.0, False, False),
    ],
)
def test_the_rule_holds_within_two_steps_and_a_fifth_of_a_metre_a_second(
    speed: float, cadence: float, counts: bool, reached: bool
) -> None:
    weeks = by_week(time_in_range({1: kept((900, speed, cadence))}, {1: MONDAY}, 163.0, speed_mps=2.9))
    assert [week.reached for week in weeks] == ([reached] if counts else [])


def test_running_without_a_cadence_is_not_known_and_not_missed() -> None:
    table = time_in_range({1: kept((600, 3.0, 163.0), (600, 3.0, float("nan")))}, {1: MONDAY}, 163.0)
    assert table["seconds"].sum() == pytest.approx(600, rel=0.01)
    assert by_week(table)[0].share == pytest.approx(1.0)
    none = time_in_range({1: kept((600, 3.0, float("nan")))}, {1: MONDAY}, 163.0)
    assert none.empty
    assert by_week(none) == ()
    assert time_in_range({}, {}, 163.0).empty


def runs_table(**columns: object) -> pd.DataFrame:
    n = 4
    base = {
        "local_day": pd.to_datetime([date(2026, 2, 10), date(2026, 2, 20), date(2026, 2, 25), date(2026, 3, 1)]),
        "is_running": [True] * n,
        "excluded": [False] * n,
        "mean_speed_mps": [2.8, 3.0, 3.2, 3.0],
        "median_cadence_spm": [160.0, 162.0, 166.0, 164.0],
        "median_stance_time_s": [0.3, 0.28, np.nan, 0.29],
        "median_vertical_oscillation_m": [np.nan, np.nan, 0.098, 0.096],
        "median_step_length_m": [np.nan] * n,
        "median_vertical_ratio_pct": [np.nan] * n,
        "median_stance_balance_left_pct": [48.8, 48.9, 49.1, 48.7],
    }
    return pd.DataFrame(base | columns)


def test_the_watch_fills_in_medians_of_the_last_four_weeks() -> None:
    told = {one.measured.measure: one for one in from_watch(runs_table(), date(2026, 3, 2), KNOWN)}
    assert told["cadence_spm"].measured.value == pytest.approx(163.0)
    assert told["cadence_spm"].runs == 4
    assert told["cadence_spm"].speed_mps == pytest.approx(3.0)
    assert told["gct_ms"].measured.value == pytest.approx(290.0)
    assert told["gct_balance_dev_pp"].measured.value == pytest.approx(1.15, abs=0.06)
    assert "vertical_oscillation_cm" not in told  # two runs are too few
    assert "step_length_m" not in told


def test_rides_excluded_runs_and_later_days_do_not_fill_in_anything() -> None:
    assert from_watch(runs_table(is_running=[False] * 4), date(2026, 3, 2), KNOWN) == ()
    assert from_watch(runs_table(excluded=[True] * 4), date(2026, 3, 2), KNOWN) == ()
    assert from_watch(runs_table(), date(2026, 2, 1), KNOWN) == ()
    assert from_watch(runs_table(), date(2026, 6, 1), KNOWN) == ()

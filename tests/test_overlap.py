"""Two watches on one run count once."""

from __future__ import annotations

import pandas as pd

from loadmon.overlap import same_run


def runs(*rows: tuple[int, int, str, float, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["session_id", "athlete_id", "start", "elapsed_s", "mean_heart_rate_bpm"])
    frame["start_utc"] = pd.to_datetime(frame["start"], utc=True, format="ISO8601")
    return frame.assign(is_running=True, distance_m=10_000.0, samples=400)


def test_the_richer_recording_stands() -> None:
    found = same_run(runs((1, 1, "2026-05-01T06:00", 3600, None), (2, 1, "2026-05-01T06:00:20", 3590, 150.0)))
    assert found.tolist() == [2, pd.NA]


def test_the_order_of_rows_does_not_matter() -> None:
    rows = [(2, 1, "2026-05-01T06:00:20", 3590, 150.0), (1, 1, "2026-05-01T06:00", 3600, None)]
    assert same_run(runs(*rows)).tolist() == [pd.NA, 2]


def test_two_runners_together_are_two_runs() -> None:
    assert same_run(runs((1, 1, "2026-05-01T06:00", 3600, 150), (2, 2, "2026-05-01T06:00", 3600, 150))).isna().all()


def test_a_run_after_a_run_is_not_the_same() -> None:
    assert same_run(runs((1, 1, "2026-05-01T06:00", 3600, 150), (2, 1, "2026-05-01T06:59", 3600, 150))).isna().all()


def test_a_ride_and_a_run_at_one_time_are_both_kept() -> None:
    frame = runs((1, 1, "2026-05-01T06:00", 3600, 150), (2, 1, "2026-05-01T06:00", 3600, 150))
    frame.loc[1, "is_running"] = False
    assert same_run(frame).isna().all()


def test_three_recordings_leave_one() -> None:
    frame = runs(
        (1, 1, "2026-05-01T06:00", 3600, None),
        (2, 1, "2026-05-01T06:00:01", 3600, 150),
        (3, 1, "2026-05-01T06:00:02", 3600, None),
    )
    assert same_run(frame).tolist() == [2, pd.NA, 2]


def test_a_long_recording_is_found_behind_a_short_one() -> None:
    frame = runs(
        (1, 1, "2026-05-01T06:00", 7200, 150),
        (2, 1, "2026-05-01T06:10", 600, None),
        (3, 1, "2026-05-01T06:00:30", 7100, None),
    )
    assert same_run(frame).tolist() == [pd.NA, 1, 1]


# --- a watch left on, or resumed in the evening


def with_timer(
    timers: list[float], metres: list[float], *rows: tuple[int, int, str, float, float | None]
) -> pd.DataFrame:
    return runs(*rows).assign(timer_s=timers, distance_m=metres)


def test_a_run_at_noon_is_none_that_was_begun_in_the_morning_and_resumed_in_the_evening() -> None:
    resumed, noon = (1, 1, "2026-05-01T07:00", 40_200, 150.0), (2, 1, "2026-05-01T12:00", 3600, None)
    assert same_run(with_timer([1200, 3600], [3600, 10_800], resumed, noon)).isna().all()
    # without distances the times recorded tell
    assert same_run(with_timer([1200, 3600], [float("nan"), 10_800], resumed, noon)).isna().all()


def test_a_watch_paused_for_coffee_and_a_phone_left_running_are_one_run() -> None:
    watch, phone = (1, 1, "2026-05-01T07:00", 4800, 150.0), (2, 1, "2026-05-01T07:00:10", 4790, None)
    assert same_run(with_timer([2400, 4790], [8000, 8150], watch, phone)).tolist() == [pd.NA, 1]
    assert same_run(with_timer([2400, 2450], [8000, float("nan")], watch, phone)).tolist() == [pd.NA, 1]


def test_at_the_same_hours_distances_may_differ() -> None:
    watch, phone = (1, 1, "2026-05-01T07:00", 3600, 150.0), (2, 1, "2026-05-01T07:00:10", 3590, None)
    assert same_run(with_timer([3500, 3590], [10_000, 7000], watch, phone)).tolist() == [pd.NA, 1]


def test_the_session_named_is_one_that_counts() -> None:
    frame = runs(
        (1, 1, "2026-05-01T06:00", 3600, None),
        (2, 1, "2026-05-01T06:00:01", 3600, None),
        (3, 1, "2026-05-01T06:00:02", 3600, 150),
    )
    assert same_run(frame.assign(samples=[100, 200, 50])).tolist() == [3, 3, pd.NA]

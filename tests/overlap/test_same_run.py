"""Two watches on one run count once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from loadmon.overlap import Choice, Decided, Default, same_run

NAN = float("nan")


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


# --- what a recording holds


def two(**different: tuple[object, object]) -> pd.DataFrame:
    """Two recordings of the same minutes that differ in these columns."""
    frame = runs((1, 1, "2026-05-01T06:00", 3600, 150), (2, 1, "2026-05-01T06:00", 3600, 150))
    return frame.assign(**{name: list(values) for name, values in different.items()})


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ({"heart_rate_coverage": (0.2, 1.0)}, "a strap that hardly held is less than one that did"),
        ({"weighted_power_w": (NAN, 260.0)}, "power counts"),
        ({"median_cadence_spm": (170.0, 170.0), "steps": (NAN, 10_000.0)}, "a cadence with gaps is worth less"),
        ({"median_stance_time_s": (NAN, 0.25)}, "a figure of running dynamics"),
        ({"distance_m": (NAN, 10_000.0)}, "a distance"),
        ({"indoor": (True, False)}, "an estimated distance is worth less than a measured one"),
        ({"samples": (1000, 3600)}, "more samples of the same"),
    ],
)
def test_what_holds_more_stands(more: dict[str, tuple[object, object]], less: str) -> None:
    assert same_run(two(**more)).tolist() == [2, pd.NA], less
    swapped = {name: values[::-1] for name, values in more.items()}
    assert same_run(two(**swapped)).tolist() == [pd.NA, 1], less


def test_one_second_without_a_strap_does_not_outweigh_power() -> None:
    frame = two(heart_rate_coverage=(0.99, 1.0), weighted_power_w=(260.0, NAN))
    assert same_run(frame).tolist() == [pd.NA, 1]


def test_what_is_equal_is_decided_by_the_start_then_by_the_file_and_never_by_the_number() -> None:
    frame = two(mark=("bbb:0", "aaa:0"))
    assert same_run(frame).tolist() == [2, pd.NA]
    frame.loc[1, "start_utc"] += pd.Timedelta(seconds=1)
    assert same_run(frame).tolist() == [pd.NA, 1]


def test_a_channel_that_was_borrowed_is_not_its_own() -> None:
    frame = two(weighted_power_w=(260.0, 260.0), median_cadence_spm=(NAN, 170.0))
    assert same_run(frame).tolist() == [2, pd.NA]
    lent = Decided(borrowed={2: {"cadence_spm": 0.0, "power_w": 0.0}})
    assert same_run(frame, lent).tolist() == [pd.NA, 1]
    frame = two(heart_rate_coverage=(0.6, 1.0))
    assert same_run(frame, Decided(borrowed={2: {"heart_rate_bpm": 0.5}})).tolist() == [pd.NA, 1]
    assert same_run(frame, Decided(borrowed={2: {"heart_rate_bpm": 0.7}})).tolist() == [2, pd.NA]


# --- one is longer, or the clock is off


def test_a_phone_whose_clock_is_a_minute_off() -> None:
    short = runs((1, 1, "2026-05-01T06:00", 240, 150), (2, 1, "2026-05-01T06:01", 240, None))
    assert same_run(short).tolist() == [pd.NA, 1]
    assert same_run(short.assign(distance_m=[1000.0, 500.0])).isna().all(), "without agreement these are two stretches"
    strides = runs((1, 1, "2026-05-01T06:00", 60, 150), (2, 1, "2026-05-01T06:00:55", 60, None))
    assert same_run(strides).isna().all(), "one stride after the other on two watches"


def test_what_goes_on_for_longer_and_further_stands_even_without_heart_rate() -> None:
    part, whole = (1, 1, "2026-05-01T07:00", 3600, 150.0), (2, 1, "2026-05-01T06:50", 9000, None)
    assert same_run(with_timer([3600, 9000], [10_000, 25_000], part, whole)).tolist() == [2, pd.NA]
    # a watch that was left on after the run holds no more of it
    assert same_run(with_timer([3600, 9000], [10_000, 10_300], part, whole)).tolist() == [pd.NA, 1]
    # nor one that lost its satellites, or knew no distance
    assert same_run(with_timer([3600, 9000], [10_000, 6_000], part, whole)).tolist() == [pd.NA, 1]
    assert same_run(with_timer([3600, 9000], [10_000, NAN], part, whole)).tolist() == [pd.NA, 1]


@pytest.mark.parametrize("of_whole", [None, 150.0])
def test_two_runs_in_one_long_recording(of_whole: float | None) -> None:
    rows = [
        (1, 1, "2026-05-01T06:00", 3600, None if of_whole else 150.0),
        (2, 1, "2026-05-01T07:30", 3600, None if of_whole else 150.0),
        (3, 1, "2026-05-01T06:00", 9000, of_whole),
    ]
    frame = with_timer([3600, 3600, 9000], [10_000, 9_000, 21_000], *rows)
    assert same_run(frame).tolist() == ([3, 3, pd.NA] if of_whole else [pd.NA, pd.NA, 1])
    # one of the two is missing: the long one holds what no other does
    alone = same_run(frame.iloc[[0, 2]])
    assert alone.tolist() == [3, pd.NA]


def test_a_watch_paused_over_noon_and_a_phone_that_made_two_files_of_it() -> None:
    rows = [
        (1, 1, "2026-05-01T06:00", 3600, None),
        (2, 1, "2026-05-01T18:00", 3600, None),
        (3, 1, "2026-05-01T06:00", 46_800, None),
    ]
    frame = with_timer([3600, 3600, 7200], [10_000, 10_000, 20_000], *rows)
    assert same_run(frame).tolist() == [pd.NA, pd.NA, 1], "as rich as its parts, and these say when it was run"
    frame.loc[2, "mean_heart_rate_bpm"] = 150.0
    assert same_run(frame).tolist() == [3, 3, pd.NA]
    assert same_run(frame.iloc[1:]).isna().all(), "one piece alone does not make up the day"


def test_a_treadmill_stands_beside_a_receiver_that_told_no_distance() -> None:
    frame = two(indoor=(True, False), distance_m=(10_000.0, 400.0), mean_heart_rate_bpm=(NAN, 150.0))
    assert same_run(frame).tolist() == [pd.NA, 1]
    # where the receiver went as far, it was no treadmill: what holds more stands
    assert same_run(frame.assign(distance_m=[10_000.0, 9_500.0])).tolist() == [2, pd.NA]


def test_a_file_without_a_sport_gives_way_to_the_ride_it_was() -> None:
    frame = two(sport=("unknown", "ride"), is_running=(True, False), mean_heart_rate_bpm=(150.0, NAN))
    assert same_run(frame).tolist() == [2, pd.NA]
    assert same_run(frame.assign(sport=["run", "ride"])).isna().all()


# --- tables that tell no time


def table_and_files(*rows: tuple[str, bool, float, float]) -> pd.DataFrame:
    """Sessions of one day: a mark, whether it is a table's row without time, metres, seconds."""
    frame = pd.DataFrame(rows, columns=["mark", "timeless", "distance_m", "elapsed_s"])
    noon = pd.Timestamp("2026-05-01T12:00", tz="UTC")
    frame["start_utc"] = [noon if row[1] else noon + pd.Timedelta(hours=nth + 1) for nth, row in enumerate(rows)]
    frame["samples"] = np.where(frame["timeless"], 0, 500)
    return frame.assign(
        session_id=range(1, len(rows) + 1), athlete_id=1, is_running=True, local_day=pd.Timestamp("2026-05-01")
    )


def test_a_row_without_a_time_gives_way_to_the_file_of_its_day() -> None:
    frame = table_and_files(("a", True, 5000.0, 1500.0), ("b", False, 5100.0, 1600.0), ("c", True, 8000.0, 2400.0))
    assert same_run(frame).tolist() == [2, pd.NA, pd.NA]
    assert same_run(frame.assign(distance_m=[5000.0, 5300.0, 8000.0])).isna().all(), "another distance"
    assert same_run(frame.assign(elapsed_s=[1500.0, 2000.0, 2400.0])).isna().all(), "another time"
    assert same_run(frame.assign(elapsed_s=[NAN, 1600.0, 2400.0])).tolist() == [2, pd.NA, pd.NA]
    yesterday = frame["local_day"].mask(frame["timeless"], pd.Timestamp("2026-04-30"))
    assert same_run(frame.assign(local_day=yesterday)).isna().all()


def test_one_file_stands_for_one_row_and_the_nearest_are_matched() -> None:
    frame = table_and_files(("a", True, 5000.0, 1500.0), ("b", True, 5100.0, 1500.0), ("c", False, 5090.0, 1500.0))
    assert same_run(frame).tolist() == [pd.NA, 3, pd.NA], "to work and home again, one of them without a file"


def test_of_two_recordings_the_one_that_stands_stands_for_the_row() -> None:
    frame = table_and_files(("a", True, 5000.0, 1500.0), ("b", False, 5000.0, 1500.0), ("c", False, 5000.0, 1500.0))
    frame["start_utc"] = frame["start_utc"].iloc[1]
    assert same_run(frame.assign(samples=[0, 10, 20])).tolist() == [3, 3, pd.NA]


# --- what was decided


def test_choices() -> None:
    frame = two(mean_heart_rate_bpm=(NAN, 150.0))
    found = {choice: same_run(frame, Decided({(1, 2): choice})).tolist() for choice in Choice}
    assert found == {
        "richer": [2, pd.NA],
        "merge": [2, pd.NA],
        "both": [pd.NA, pd.NA],
        "first": [pd.NA, 1],
        "second": [2, pd.NA],
    }


def test_what_holds_for_a_runner_and_a_choice_that_stands_before_it() -> None:
    frame = two(mean_heart_rate_bpm=(NAN, 150.0), batch_id=(1, 2))
    found = {default: same_run(frame, Decided(defaults={1: default})).tolist() for default in Default}
    assert found == {"richer": [2, pd.NA], "merge": [2, pd.NA], "both": [pd.NA, pd.NA], "skip": [pd.NA, 1]}
    assert same_run(frame, Decided({(1, 2): "richer"}, {1: "skip"})).tolist() == [2, pd.NA]
    assert same_run(frame.assign(batch_id=1), Decided(defaults={1: "skip"})).tolist() == [2, pd.NA]
    assert same_run(frame, Decided(defaults={2: "both"})).tolist() == [2, pd.NA]


def test_choices_that_go_round_in_a_circle_leave_one() -> None:
    frame = runs(*((number, 1, "2026-05-01T06:00", 3600, None) for number in (1, 2, 3)))
    frame["mean_heart_rate_bpm"] = [NAN, 150.0, NAN]
    circle = Decided({(1, 2): "first", (2, 3): "first", (1, 3): "second"})
    assert same_run(frame, circle).tolist() == [2, pd.NA, 2]


def test_two_kept_apart_each_stand_before_the_third_or_behind_it() -> None:
    frame = runs(*((number, 1, "2026-05-01T06:00", 3600, None) for number in (1, 2, 3))).assign(samples=[3, 2, 1])
    assert same_run(frame, Decided({(1, 2): "both"})).tolist() == [pd.NA, pd.NA, 1]

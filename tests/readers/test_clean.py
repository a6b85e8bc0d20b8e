"""What is made of samples, whatever format they came in."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from loadmon.facts import facts_of
from loadmon.readers.clean import looks_like_running, session_of, steps_of
from loadmon.readers.moving import stopped_seconds
from loadmon.readers.order import in_order
from loadmon.readers.recording import Recording, TimerEvent
from loadmon.refusal import NoActivity, NoTimes
from loadmon.session import DeviceTotals, Session, Source, Sport
from tests.readers import made_pauses

SOURCE = Source("0" * 64, "made", "fit", "made")
T0 = 1_731_171_600.0


def clean(seconds, sport: Sport = Sport.RUN, **columns) -> Session:
    more = {key: columns.pop(key) for key in ("totals", "events") if key in columns}
    n = len(seconds)
    wide = {name: np.broadcast_to(np.asarray(value, dtype=float), (n,)).copy() for name, value in columns.items()}
    return session_of(
        Recording(unix_s=T0 + np.asarray(seconds, dtype=float), columns=wide, sport=sport, **more), SOURCE
    )


def odd(session: Session) -> dict[str, int]:
    return {o.name: o.count for o in session.oddities}


def test_doubled_timestamps_keep_the_later_value_and_lose_nothing() -> None:
    session = clean(
        [0, 1, 1, 2], heart_rate_bpm=[140, 141, 142, 143], power_w=[1, 2, np.nan, 4], distance_m=[0, 3, 3, 6]
    )
    assert session.stream["t_s"].tolist() == [0, 1, 2]
    assert session.stream["heart_rate_bpm"].tolist() == [140, 142, 143]
    assert session.stream["power_w"].tolist() == [1, 2, 4]
    assert odd(session) == {"duplicate timestamps": 1}


def test_backward_timestamps_are_sorted_and_counted() -> None:
    session = clean([0, 2, 1, 3], distance_m=[0, 6, 3, 9])
    assert session.stream["distance_m"].tolist() == [0, 3, 6, 9]
    assert odd(session) == {"timestamps go backwards": 1}


def test_one_sample_with_a_wild_time_is_left_out() -> None:
    for wild in (-400 * 86400, 400 * 86400, 20_000):
        session = clean([0, 1, wild, 3, 4], distance_m=[0, 3, 6, 9, 12])
        assert session.elapsed_s == 4
        assert odd(session) == {"impossible timestamps": 1}


@pytest.mark.parametrize("days", [30, 3650])
@pytest.mark.parametrize(("before", "after"), [(300, 300), (310, 290), (200, 400), (301, 299)])
def test_where_the_clock_was_set_anew_the_larger_part_is_kept_whole(days: int, before: int, after: int) -> None:
    seconds = np.r_[np.arange(before), days * 86400 + np.arange(before, 600)]
    session = clean(seconds, distance_m=3.0 * np.arange(600))
    kept = max(before, after)
    assert len(session.stream) == kept
    assert session.elapsed_s == kept - 1
    assert (session.start.timestamp() == T0) == (before >= after)  # of equal parts the first
    assert odd(session)["impossible timestamps"] == 600 - kept
    (said,) = (o.detail for o in session.oddities if o.name == "impossible timestamps")
    left = datetime.fromtimestamp(T0 + (days * 86400 if before >= after else 0), UTC)
    assert f"{left:%Y-%m-%d}" in said


@given(arrays(float, st.integers(2, 40), elements=st.floats(0, 1000).map(round)))
def test_time_always_rises_and_no_value_is_invented(seconds) -> None:
    values = np.arange(len(seconds), dtype=float)
    unix_s, columns, oddities = in_order(T0 + seconds, {"heart_rate_bpm": values})
    assert (np.diff(unix_s) > 0).all()
    assert set(unix_s - T0) == set(seconds)
    assert len(columns["heart_rate_bpm"]) == len(unix_s)
    # the value kept for a time is the last one given for it
    for t, value in zip(unix_s - T0, columns["heart_rate_bpm"], strict=True):
        assert value == np.flatnonzero(seconds == t)[-1]
    assert bool(oddities) == bool((np.diff(seconds) <= 0).any())


@pytest.mark.parametrize(
    ("column", "bad", "good"),
    [
        ("heart_rate_bpm", [29, 231, 255], [30, 230]),
        ("strides_per_min", [121, 127], [120]),
        ("altitude_m", [12606.8], [8800]),
        ("power_w", [65535], [0]),
        ("lat_deg", [91], [48]),
    ],
)
def test_impossible_values_go_one_by_one_and_the_session_stays(
    column: str, bad: list[float], good: list[float]
) -> None:
    values = np.array([*bad, *good, *[good[0]] * 20], dtype=float)
    more = {"lon_deg": 9.0} if column == "lat_deg" else {}
    if column == "strides_per_min":
        values[len(bad) + len(good) :] = 85
    session = clean(np.arange(len(values)), distance_m=3.0 * np.arange(len(values)), **{column: values}, **more)
    name = "cadence_spm" if column == "strides_per_min" else column
    assert session.stream[name].isna().tolist() == [True] * len(bad) + [False] * (len(values) - len(bad))
    impossible = {name: n for name, n in odd(session).items() if name.startswith("impossible")}
    assert list(impossible.values()) == [len(bad)]


def test_speed_over_the_limit_counts_only_when_held() -> None:
    speed = np.full(100, 3.0)
    speed[10:20] = 8.0  # ten seconds: a sprint
    speed[50:61] = 8.0  # eleven: a car
    speed[80] = 14.0  # never on foot
    session = clean(np.arange(100), speed_mps=speed, distance_m=3.0 * np.arange(100))
    assert np.flatnonzero(session.stream["speed_mps"].isna()).tolist() == [*range(50, 61), 80]
    assert odd(session) == {"impossible speed": 12}
    ride = clean(np.arange(100), Sport.RIDE, speed_mps=np.full(100, 12.0), distance_m=12.0 * np.arange(100))
    assert odd(ride) == {}


def test_null_island_is_no_position() -> None:
    session = clean(range(4), lat_deg=[0, 48, 48, 48], lon_deg=[0, 9, 9, np.nan], distance_m=[0, 1, 2, 3])
    assert session.stream["lat_deg"].isna().tolist() == [True, False, False, True]
    assert session.stream["lon_deg"].isna().tolist() == [True, False, False, True]
    assert odd(session) == {"positions without a fix": 1}


def test_steps_of_both_feet() -> None:
    for told, expected, factor in ((85.0, 170.0, 2.0), (170.0, 170.0, 1.0), (114.0, 228.0, 2.0), (116.0, 116.0, 1.0)):
        cadence, used, _ = steps_of(np.full(9, told), np.full(9, 3.0))
        assert (cadence[0], used) == (expected, factor)
    assert clean(range(5), Sport.RIDE, strides_per_min=90, distance_m=range(5)).stream["cadence_spm"].isna().all()
    assert (
        clean(range(5), Sport.WALK, strides_per_min=55, distance_m=range(5)).stream["cadence_spm"].tolist() == [110] * 5
    )


def test_cadence_of_nothing_but_zeros_at_a_run_was_not_measured() -> None:
    seconds = np.arange(600)
    session = clean(seconds, distance_m=3.0 * seconds, strides_per_min=0.0)
    assert not session.measured("cadence_spm")
    assert odd(session) == {"cadence not measured": 600}
    facts = facts_of(session)
    assert (facts.steps, facts.steps_reason) == (None, "the file holds no cadence")
    # who stands takes no steps, and one step told is a sensor that was there
    assert clean(seconds, speed_mps=0.0, distance_m=0.0, strides_per_min=0.0).measured("cadence_spm")
    once = clean(seconds, distance_m=3.0 * seconds, strides_per_min=np.where(seconds < 300, 0.0, 84.0))
    assert once.stream["cadence_spm"].iloc[0] == 0.0


def test_an_empty_byte_is_no_cadence_and_tells_nothing_of_the_others() -> None:
    seconds = np.arange(600)
    empty = clean(seconds, distance_m=3.0 * seconds, strides_per_min=255.0)
    assert not empty.measured("cadence_spm")
    assert odd(empty) == {}
    # most of them empty: the others are strides all the same
    some = clean(seconds, distance_m=3.0 * seconds, strides_per_min=np.where(seconds % 3 == 0, 84.0, 255.0))
    assert some.stream["cadence_spm"].dropna().unique().tolist() == [168.0]
    assert odd(some) == {}


def test_distance_from_positions_then_from_speed_then_none() -> None:
    north = 48 + np.arange(60) * 3 / 111195.08
    session = clean(range(60), lat_deg=north, lon_deg=9.0)
    assert session.stream["distance_m"].iloc[-1] == pytest.approx(177, rel=1e-4)
    assert "distance from positions" in odd(session)
    session = clean(range(0, 300, 5), speed_mps=3.0)
    assert session.stream["distance_m"].iloc[-1] == pytest.approx(3 * 295)
    assert "distance from speed" in odd(session)
    session = clean(range(60), heart_rate_bpm=150)
    assert session.stream["distance_m"].isna().all()
    assert {"distance not measured", "moving time not measured"} <= set(odd(session))


def test_a_distance_that_never_counts_is_not_a_distance_of_zero() -> None:
    session = clean(range(60), distance_m=0.0, heart_rate_bpm=150)
    assert session.stream["distance_m"].isna().all()


def test_speed_from_distance_on_smart_recording() -> None:
    seconds = np.cumsum([0, 5, 7, 3, 6, 90, 5])
    session = clean(seconds, distance_m=3.0 * seconds)
    assert session.stream["speed_mps"].tolist()[:5] == pytest.approx([3.0] * 5)
    assert np.isnan(session.stream["speed_mps"].iloc[5])  # over the gap nothing is known


def test_speed_from_positions_that_wander() -> None:
    seconds = np.arange(600)
    wander = np.random.default_rng(2).normal(0, 1e-5, 600)  # about a metre
    north = 47.0 + 3.0 * seconds / 111_195.0
    session = clean(seconds, lat_deg=north + wander, lon_deg=8.0)
    speed = session.stream["speed_mps"].to_numpy()
    raw = np.abs(np.diff(north + wander)) * 111_195.0
    assert np.std(raw) > 1.0
    assert np.std(speed) < 0.35
    steady = clean(seconds, lat_deg=north, lon_deg=8.0).stream["speed_mps"]
    assert steady.to_numpy() == pytest.approx(3.0, rel=1e-3)


def test_speed_from_positions_does_not_reach_over_a_gap() -> None:
    seconds = np.concatenate((np.arange(0, 60), np.arange(200, 260)))
    metres = np.concatenate((3.0 * np.arange(60), 177.0 + 400.0 + 2.0 * np.arange(60)))
    speed = clean(seconds, lat_deg=47.0 + metres / 111_195.0, lon_deg=8.0).stream["speed_mps"].to_numpy()
    assert speed[:60] == pytest.approx(3.0, rel=1e-3)
    assert speed[60:] == pytest.approx(2.0, rel=1e-3)


def test_moving_is_weighted_by_time_and_long_gaps_do_not_count() -> None:
    seconds = [0, 10, 20, 79, 139, 149]
    session = clean(seconds, speed_mps=[3, 3, 0.5, 3, 3, 3], distance_m=[0, 30, 35, 200, 300, 330])
    assert session.elapsed_s == 149
    assert session.moving_s == 10 + 59 + 10  # not the standing 10 s, not the gap of 60 s
    assert session.timer_s == 149 - 60
    walk = clean(range(11), speed_mps=0.1, strides_per_min=35, distance_m=range(11))
    assert walk.moving_s == 10  # seventy steps a minute on a treadmill that tells no speed


def test_the_device_s_timer_counts_where_its_samples_can_hold_it() -> None:
    seconds = np.arange(0, 600)
    held = clean(seconds, distance_m=3.0 * seconds, totals=DeviceTotals(timer_s=580.0))
    assert (held.timer_s, set(odd(held))) == (580.0, {"timer differs from the device"})
    wild = clean(seconds, distance_m=3.0 * seconds, totals=DeviceTotals(timer_s=6000.0))
    assert wild.timer_s == 599.0
    assert "timer differs from the device" in odd(wild)


@pytest.mark.parametrize("stop", ["stop", "stop_all"])
def test_both_kinds_of_stop_stop_the_timer(stop: str) -> None:
    seconds = np.arange(0, 200)
    events = [
        TimerEvent(T0 + 50, stop),
        TimerEvent(T0 + 52, stop),
        TimerEvent(T0 + 90.5, "start"),
        TimerEvent(T0 + 199, stop),
    ]
    session = clean(seconds, distance_m=3.0 * seconds, events=events)
    assert session.timer_s == pytest.approx(199 - 40.5)
    assert session.moving_s == pytest.approx(199 - 40.5)


def test_any_stops_and_starts_give_what_each_pause_gives_by_itself() -> None:
    chance = np.random.default_rng(20261122)
    for _ in range(200):
        seconds = np.unique(chance.integers(0, 300, chance.integers(0, 60)))
        kinds, at = chance.choice(["start", "stop", "stop_all"], 12), np.sort(chance.integers(-20, 320, 12))
        want, since = np.zeros(max(len(seconds) - 1, 0)), None
        for when, kind in sorted(zip(at.tolist(), kinds.tolist(), strict=True), key=lambda e: (e[0], e[1] == "start")):
            if kind != "start":
                since = when if since is None else since
            elif since is not None:
                want += np.clip(np.minimum(seconds[1:], when) - np.maximum(seconds[:-1], since), 0, None)
                since = None
        events = [TimerEvent(T0 + when, kind) for when, kind in zip(at.tolist(), kinds.tolist(), strict=True)]
        np.testing.assert_array_equal(stopped_seconds(T0 + seconds, events), want)


def test_every_stop_of_ten_thousand_counts() -> None:
    assert stopped_seconds(*made_pauses.ten_thousand_pauses()).sum() == 10 * 4999


def test_a_total_that_differs_by_more_than_a_hundredth_is_told_and_kept() -> None:
    seconds = np.arange(0, 100)
    for declared, told in ((297.0, False), (299.0, False), (301.0, True), (290.0, True)):
        session = clean(seconds, distance_m=3.0 * seconds, totals=DeviceTotals(distance_m=declared))
        assert ("distance differs from the device" in odd(session)) == told
        assert session.totals.distance_m == declared


def test_what_looks_like_running() -> None:
    for speed, runs in ((1.5, False), (2.0, True), (4.0, True), (6.4, True), (7.0, False), (0.0, False)):
        session = clean(range(100), Sport.UNKNOWN, speed_mps=speed, strides_per_min=84, distance_m=3.0 * np.arange(100))
        assert looks_like_running(session.stream) is runs, speed
        assert session.stream["cadence_spm"].notna().all() == runs
        assert "sport not told" in odd(session)


def test_samples_that_all_carry_one_time_are_no_false_start() -> None:
    with pytest.raises(NoTimes, match="All 120 samples carry the same time"):
        clean(np.zeros(120), distance_m=np.arange(120))


def test_nothing_to_measure_is_no_activity() -> None:
    for seconds in ([], [0], [5, 5]):
        with pytest.raises(NoActivity):
            clean(seconds, distance_m=np.arange(len(seconds)))

"""Corrections applied to recordings: each kind by a worked case, and what holds for all of them."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.correction import Correction, CorrectionKind, MadeBy
from loadmon.facts import RunFacts, facts_of
from loadmon.readers.moving import recorded_seconds_of
from loadmon.readers.partly_recorded import PARTLY_RECORDED
from loadmon.repair import borrowed, corrected
from loadmon.repair.words import NAMES
from loadmon.session import STREAM_COLUMNS, DeviceTotals, Oddity, OffsetOrigin, Session
from tests.repair.made import START, correction, put, run, table_row, with_column

K = CorrectionKind


def check_consistent(session: Session) -> None:
    """What holds of any session that came out of corrections."""
    stream = session.stream
    t = stream["t_s"].to_numpy()
    assert len(t) >= 2 and t[0] == 0
    assert (np.diff(t) > 0).all()
    assert stream["timestamp"].iloc[0].to_pydatetime() == session.start
    assert np.allclose((stream["timestamp"] - stream["timestamp"].iloc[0]).dt.total_seconds(), t)
    assert session.elapsed_s == pytest.approx(t[-1])
    assert session.moving_s <= session.timer_s + 1e-6 <= session.elapsed_s + 2e-6
    distance = stream["distance_m"].dropna().to_numpy()
    assert (np.diff(distance) >= -1e-6).all()
    laps = session.laps
    assert (laps["start"] >= pd.Timestamp(session.start) - pd.Timedelta(seconds=1)).all()
    assert laps["timer_s"].sum() <= session.timer_s + 3


def test_nothing_to_correct_is_the_very_session() -> None:
    read = run()
    assert corrected(read, []) is read
    assert corrected(read, [correction(K.LOAD, measure="points", value=50)]) is read


def test_a_crop_keeps_the_part_and_everything_that_belongs_to_it() -> None:
    cropped = corrected(run(), [correction(K.CROP, "drove home", from_s=300, to_s=1500)])
    check_consistent(cropped)
    assert (cropped.elapsed_s, cropped.timer_s, cropped.moving_s) == (1200, 1200, 1200)
    assert cropped.start == START + timedelta(seconds=300)
    assert cropped.stream["distance_m"].iloc[[0, -1]].tolist() == [0, 3600]
    assert facts_of(cropped).distance_m == 3600, "the device's total of the whole must not stand in the way"
    assert cropped.laps["elapsed_s"].tolist() == [300, 600, 300]
    assert cropped.laps["distance_m"].tolist() == [900, 1800, 900]
    assert np.isnan(cropped.laps["ascent_m"]).tolist() == [True, False, True]
    assert cropped.totals == DeviceTotals()
    assert cropped.events["kind"].tolist() == ["start", "stop_all"]
    (word,) = cropped.oddities
    assert word.name == "cropped" and "5:00" in word.detail and "drove home" in word.detail and word.count == 600


def test_a_stretch_cut_out_is_as_if_the_watch_had_been_stopped() -> None:
    # ten minutes in a car in the middle
    t = np.arange(3001.0)
    metres = 3.0 * t + 17.0 * np.clip(t - 1200, 0, 600)
    drove = run(3000, distance_m=metres, speed_mps=np.where((t > 1200) & (t <= 1800), 20.0, 3.0), laps=1)
    out = corrected(drove, [correction(K.PAUSE, from_s=1200, to_s=1800)])
    check_consistent(out)
    assert out.elapsed_s == 3000, "as with the watch stopped: time goes on"
    assert out.timer_s == out.moving_s == 2400
    assert facts_of(out).distance_m == pytest.approx(7200)
    assert recorded_seconds_of(out).sum() == pytest.approx(2400)
    assert out.events["kind"].tolist() == ["start", "stop", "start", "stop_all"]
    assert out.laps["timer_s"].tolist() == [2400] and out.laps["distance_m"].tolist() == [pytest.approx(7200)]
    assert facts_of(out).steps == pytest.approx(170 / 60 * 2400, rel=0.002)


def test_pauses_that_touch_an_end_cut_it_off() -> None:
    out = corrected(run(), [correction(K.PAUSE, from_s=0, to_s=100), correction(K.PAUSE, from_s=1700, to_s=9999)])
    check_consistent(out)
    assert (out.elapsed_s, out.start) == (1600, START + timedelta(seconds=100))


def test_stops_of_the_watch_stay_stops_after_a_crop() -> None:
    read = run()
    stops = pd.DataFrame(
        {
            "timestamp": pd.DatetimeIndex([START + timedelta(seconds=s) for s in (0, 200, 400, 1800)]).as_unit("us"),
            "kind": pd.array(["start", "stop", "start", "stop_all"], dtype="str"),
        }
    )
    read = dataclasses.replace(read, events=stops, timer_s=1600.0, moving_s=1600.0, totals=DeviceTotals(timer_s=1600.0))
    late = corrected(read, [correction(K.CROP, from_s=300)])
    assert late.timer_s == pytest.approx(1400), "it stood for the first 100 seconds"
    assert recorded_seconds_of(late).sum() == pytest.approx(1400)
    early = corrected(read, [correction(K.CROP, to_s=300)])
    assert early.timer_s == pytest.approx(200)
    assert recorded_seconds_of(early).sum() == pytest.approx(200)


def test_a_crop_of_nothing_changes_no_figure() -> None:
    read = run()
    whole = corrected(read, [correction(K.CROP, from_s=-5, to_s=99_999)])
    assert (whole.elapsed_s, whole.timer_s, whole.moving_s) == (read.elapsed_s, read.timer_s, read.moving_s)
    pd.testing.assert_frame_equal(whole.stream, read.stream)
    pd.testing.assert_frame_equal(whole.laps, read.laps)


def test_a_device_that_knows_more_than_its_samples_keeps_what_was_not_cut() -> None:
    odd = Oddity(PARTLY_RECORDED, "x")
    read = dataclasses.replace(
        run(600), oddities=(odd,), timer_s=3600.0, elapsed_s=3600.0, moving_s=3600.0,
        totals=DeviceTotals(distance_m=10_800.0, timer_s=3600.0),
    )  # fmt: skip
    out = corrected(read, [correction(K.CROP, from_s=120)])
    assert out.timer_s == pytest.approx(3480)
    assert facts_of(out).distance_m == pytest.approx(10_800 - 360)


def test_what_would_be_left_is_too_little_so_nothing_is_cut_and_it_says_so() -> None:
    read = run()
    out = corrected(read, [correction(K.CROP, from_s=1e6)])
    assert len(out.stream) == len(read.stream)
    assert "nothing was cut" in out.oddities[-1].detail


def test_another_distance_takes_speed_steps_laps_and_the_device_along() -> None:
    told = corrected(run(), [correction(K.DISTANCE, "treadmill", distance_m=6000, instead_of_m=5400)])
    facts = facts_of(told)
    assert facts.distance_m == pytest.approx(6000)
    assert facts.distance_source == "correction"
    assert facts.mean_speed_mps == pytest.approx(6000 / 1800)
    assert told.stream["speed_mps"].iloc[5] == pytest.approx(3.0 * 6000 / 5400)
    assert told.stream["step_length_m"].iloc[5] == pytest.approx(1.06 * 6000 / 5400)
    assert told.laps["distance_m"].sum() == pytest.approx(6000)
    half = [correction(K.DISTANCE, distance_m=6000, instead_of_m=5400), correction(K.CROP, to_s=900)]
    assert facts_of(corrected(run(), half)).distance_m == pytest.approx(3000), "the factor stays what it was told to be"


def test_a_distance_is_believed_although_the_device_contradicts_itself() -> None:
    read = dataclasses.replace(run(), totals=DeviceTotals(distance_m=90_000.0))
    assert facts_of(read).distance_m == 5400
    told = corrected(read, [correction(K.DISTANCE, distance_m=5600, instead_of_m=5400)])
    assert facts_of(told).distance_m == pytest.approx(5600)
    assert told.stream["distance_m"].iloc[-1] == pytest.approx(5600)


def test_a_session_out_of_a_table_has_its_distance_told() -> None:
    assert facts_of(corrected(table_row(), [correction(K.DISTANCE, distance_m=9000)])).distance_m == 9000
    assert facts_of(corrected(table_row(None), [correction(K.DISTANCE, distance_m=9000)])).distance_m == 9000


@pytest.mark.parametrize(
    ("channel", "gone"),
    [
        ("heart_rate_bpm", lambda f: f.mean_heart_rate_bpm is None and not len(f.heart_rate_seconds)),
        ("cadence_spm", lambda f: f.steps is None and f.steps_reason == "cadence was left out by a correction"),
        ("distance_m", lambda f: f.distance_m is None and f.distance_reason == "distance was left out by a correction"),
        ("altitude_m", lambda f: f.ascent_m is None),
    ],
)
def test_a_channel_left_out_counts_as_not_measured(channel: str, gone: object) -> None:
    out = corrected(run(), [correction(K.CHANNEL_OUT, channel=channel)])
    assert not out.measured(channel)
    assert gone(facts_of(out))  # type: ignore[operator]
    assert "was left out" in out.oddities[-1].detail
    if channel == "heart_rate_bpm":
        assert out.laps["max_heart_rate_bpm"].isna().all()
        assert (
            facts_of(corrected(table_row(), [correction(K.CHANNEL_OUT, channel=channel)])).mean_heart_rate_bpm is None
        )


def test_spikes_are_left_out_and_what_a_lap_tells_is_told_anew() -> None:
    read = put(run(), "heart_rate_bpm", 700, [190, 195, 191])
    out = corrected(read, [correction(K.SPIKES, channel="heart_rate_bpm")])
    assert out.stream["heart_rate_bpm"].isna().sum() == 3
    assert facts_of(out).max_heart_rate_bpm == 150
    assert out.laps["max_heart_rate_bpm"].tolist() == [155, 150, 155], "only the lap that held them"


def test_the_copy_of_the_two_is_left_out() -> None:
    read = put(run(), "heart_rate_bpm", 100, [170.0] * 200)
    out = corrected(read, [correction(K.CADENCE_LOCK, channel="heart_rate_bpm", from_s=100, to_s=299)])
    assert out.stream["heart_rate_bpm"].isna().sum() == 200
    assert out.stream["cadence_spm"].notna().all()
    out = corrected(read, [correction(K.CADENCE_LOCK, from_s=100, to_s=299)])
    assert out.stream["cadence_spm"].isna().sum() == 200


def test_a_clock_by_which_the_run_lands_on_its_own_day() -> None:
    late = run(start=datetime(2025, 3, 1, 23, 30, tzinfo=UTC))
    late = dataclasses.replace(late, utc_offset_s=None, offset_origin=OffsetOrigin.UNKNOWN)
    assert late.local_day == date(2025, 3, 1)
    there = corrected(late, [correction(K.CLOCK, utc_offset_s=3600)])
    assert there.local_day == facts_of(there).local_day == date(2025, 3, 2)
    assert there.offset_origin is OffsetOrigin.USER
    pd.testing.assert_frame_equal(there.stream, late.stream)


def test_a_clock_put_over_the_change_to_summer_time_follows_the_zone() -> None:
    # 30 March 2025, Berlin: 2:00 becomes 3:00
    before = dataclasses.replace(run(start=datetime(2025, 3, 29, 22, 30, tzinfo=UTC)), offset_origin=OffsetOrigin.USER)
    assert (before.local_day, before.utc_offset_s) == (date(2025, 3, 29), 3600)
    after = corrected(before, [correction(K.CLOCK, shift_s=86_400, zone="Europe/Berlin")])
    assert after.utc_offset_s == 7200
    assert after.local_day == date(2025, 3, 31), "22:30 UTC is half past midnight by summer time"
    assert after.laps["start"].iloc[0].to_pydatetime() == after.start
    assert after.events["timestamp"].iloc[0].to_pydatetime() == after.start
    check_consistent(after)


def test_a_clock_that_moves_is_told_anew_by_the_place() -> None:
    berlin = run(start=datetime(2025, 3, 29, 12, 0, tzinfo=UTC), lat_deg=52.5, lon_deg=13.4)
    berlin = dataclasses.replace(berlin, offset_origin=OffsetOrigin.POSITION)
    assert corrected(berlin, [correction(K.CLOCK, shift_s=86_400)]).utc_offset_s == 7200


def test_a_clock_beyond_all_calendars_stays_as_it_is() -> None:
    read = run()
    for shift in (1e18, -1e12, 9e9):
        out = corrected(read, [correction(K.CLOCK, shift_s=shift)])
        assert out.start == read.start and "left as it was" in out.oddities[-1].detail


def test_a_zone_that_was_named_is_followed_over_a_shift() -> None:
    made = [
        correction(K.CLOCK, zone="America/New_York", utc_offset_s=-18_000),
        correction(K.CLOCK, shift_s=86_400 * 30),
    ]
    for order in (made, made[::-1]):
        assert corrected(run(), order).utc_offset_s == -14_400, "on 31 March New York has summer time"


def test_the_last_word_on_a_clock_and_a_distance_counts() -> None:
    at = datetime(2025, 5, 1, tzinfo=UTC)
    first, second = (
        Correction(K.DISTANCE, {"distance_m": m, "instead_of_m": 5400}, id=n, created=at + timedelta(hours=n))
        for n, m in ((1, 6000), (2, 5000))
    )
    for order in ([first, second], [second, first]):
        assert facts_of(corrected(run(), order)).distance_m == pytest.approx(5000)


def test_channels_of_another_recording_are_laid_beside_by_time() -> None:
    ours = run(600)
    theirs = run(300, start=START + timedelta(seconds=120), heart_rate_bpm=np.arange(301.0) + 80)
    got = borrowed(ours, theirs, ["heart_rate_bpm"]).stream["heart_rate_bpm"]
    assert got.iloc[120:421].tolist() == (np.arange(301.0) + 80).tolist()
    assert got.iloc[115:120].tolist() == [80] * 5, "within five seconds the nearest stands for it"
    assert got.iloc[:115].isna().all() and got.iloc[426:].isna().all()
    borrow = dataclasses.replace(correction(K.BORROW, channels=["heart_rate_bpm"]), other_id=7)
    out = corrected(ours, [borrow], {7: theirs})
    assert facts_of(out).max_heart_rate_bpm == 380
    assert out.laps["max_heart_rate_bpm"].tolist() == [160, 360, 380], "laps tell of the channel as it is now"
    gone = corrected(ours, [borrow])
    assert "is not there" in gone.oddities[-1].detail
    pd.testing.assert_frame_equal(gone.stream, ours.stream)


def test_a_borrowed_distance_begins_at_nothing_and_is_not_overruled() -> None:
    theirs = run(900, start=START - timedelta(seconds=100), distance_m=4.0 * np.arange(901))
    borrow = dataclasses.replace(correction(K.BORROW, channels=["distance_m", "speed_mps"]), other_id=7)
    out = corrected(run(600), [borrow], {7: theirs})
    assert out.stream["distance_m"].iloc[[0, -1]].tolist() == [0, 2400]
    assert facts_of(out).distance_m == 2400


def test_a_channel_left_out_stays_out_although_it_was_borrowed() -> None:
    borrow = dataclasses.replace(correction(K.BORROW, channels=["heart_rate_bpm"]), other_id=7)
    out = corrected(run(), [borrow, correction(K.CHANNEL_OUT, channel="heart_rate_bpm")], {7: run()})
    assert not out.measured("heart_rate_bpm")


def test_each_correction_says_what_it_did_and_by_whom() -> None:
    made = [
        dataclasses.replace(correction(kind, "because", **params), made_by=by)
        for kind, params, by in (
            (K.SPIKES, {"channel": "power_w"}, MadeBy.RULE),
            (K.CHANNEL_OUT, {"channel": "no such"}, MadeBy.PERSON),
            (K.CROP, {"from_s": 10, "to_s": 900}, MadeBy.PERSON),
            (K.CLOCK, {"shift_s": 60}, MadeBy.PERSON),
        )
    ]
    out = corrected(run(), made)
    assert {oddity.name for oddity in out.oddities} == {NAMES[one.kind] for one in made}
    assert all(oddity.detail.endswith("because.") for oddity in out.oddities)
    assert "By rule: because" in next(o.detail for o in out.oddities if o.name == NAMES[K.SPIKES])


# ---- what holds for any of them ----

_moments = st.one_of(st.floats(-50, 2500), st.sampled_from([0.0, 1800.0, float("nan"), float("inf"), "x", None, True]))
_channels = st.sampled_from([*STREAM_COLUMNS, "position", "timestamp", "pod:Form Power", "", "nothing"])
_kinds = st.one_of(
    st.builds(lambda c: (K.SPIKES, {"channel": c}), _channels),
    st.builds(lambda c: (K.CHANNEL_OUT, {"channel": c}), _channels),
    st.builds(lambda a, b: (K.CADENCE_LOCK, {"from_s": a, "to_s": b}), _moments, _moments),
    st.builds(lambda a, b: (K.CROP, {"from_s": a, "to_s": b}), _moments, _moments),
    st.builds(lambda a, b: (K.PAUSE, {"from_s": a, "to_s": b}), _moments, _moments),
    st.builds(
        lambda a, b: (K.DISTANCE, {"distance_m": a, "instead_of_m": b}),
        st.one_of(st.floats(-10, 1e5), st.just(float("nan"))),
        st.one_of(st.none(), st.floats(0, 1e5)),
    ),
    st.builds(
        lambda a, b, z: (K.CLOCK, {"shift_s": a, "utc_offset_s": b, "zone": z}),
        st.floats(-1e10, 1e10),
        st.one_of(st.none(), st.integers(-99_999, 99_999)),
        st.sampled_from([None, "", "Europe/Berlin", "Nowhere/At_all", 3]),
    ),
    st.builds(lambda c: (K.BORROW, {"channels": c}), st.one_of(st.lists(_channels, max_size=4), st.none())),
    st.just((K.LOAD, {"measure": "points", "value": 3})),
    st.just((K.OWNER, {})),
    st.just((K.CROP, {})),
)
_made = st.lists(
    st.builds(
        lambda kind, number, other: Correction(kind[0], kind[1], f"because {number}", id=number, other_id=other),
        _kinds,
        st.integers(1, 9),
        st.sampled_from([None, 5, 6]),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)


@st.composite
def _odd(draw: st.DrawFn) -> Session:
    """Recordings of any shape: none, one or many samples, holes, gaps, noise, channels missing."""
    n = draw(st.sampled_from([0, 1, 2, 3, 40, 200]))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    read = run(max(n - 1, 1), laps=draw(st.sampled_from([1, 3])))
    stream = read.stream.iloc[:n].copy()
    t = np.cumsum(rng.choice([0.5, 1, 1, 7, 90], n)) if n else np.empty(0)
    t = t - t[0] if n else t
    stream["t_s"] = t
    stream["timestamp"] = pd.Timestamp(read.start) + pd.to_timedelta(t, unit="s").as_unit("us")
    stream["distance_m"] = np.cumsum(rng.uniform(0, 20, n))
    for name in ("heart_rate_bpm", "cadence_spm", "speed_mps", "power_w", "lat_deg", "lon_deg", "distance_m"):
        if draw(st.booleans()):
            stream[name] = np.where(
                rng.random(n) < 0.3, np.nan, rng.uniform(0, 200, n) if name != "distance_m" else stream[name]
            )
        elif draw(st.booleans()):
            stream[name] = np.nan
    elapsed = float(t[-1]) if n else 0.0
    laps = read.laps if draw(st.booleans()) else read.laps.iloc[:0]
    return dataclasses.replace(
        read, stream=stream, laps=laps, elapsed_s=elapsed, timer_s=elapsed,
        moving_s=draw(st.sampled_from([elapsed, elapsed / 2, float("nan")])),
        totals=read.totals if draw(st.booleans()) else DeviceTotals(),
    )  # fmt: skip


def same(one: RunFacts, other: RunFacts) -> bool:
    """Whether two facts are the same, tables and arrays too."""
    pd.testing.assert_frame_equal(one.cadence_windows, other.cadence_windows)
    return one == other and np.array_equal(one.heart_rate_seconds, other.heart_rate_seconds)


@pytest.mark.parametrize("instead", [7.7e-260, 5e8])
def test_a_distance_beyond_all_bounds_changes_nothing(instead: float) -> None:
    read = run()
    told = corrected(read, [correction(K.DISTANCE, distance_m=5000.0, instead_of_m=instead)])
    pd.testing.assert_frame_equal(told.stream, read.stream)
    assert any("1000 times" in one.detail for one in told.oddities)


@settings(max_examples=150)
@given(_odd(), _made, st.randoms(use_true_random=False))
def test_never_raises_and_the_order_of_making_does_not_matter(
    read: Session, made: list[Correction], luck: object
) -> None:
    before = read.stream.copy()
    others = {5: run(100), 6: table_row()}
    once = corrected(read, made, others)
    shuffled = list(made)
    luck.shuffle(shuffled)  # type: ignore[attr-defined]
    again = corrected(read, shuffled, others)
    pd.testing.assert_frame_equal(once.stream, again.stream)
    pd.testing.assert_frame_equal(once.laps, again.laps)
    pd.testing.assert_frame_equal(once.events, again.events)
    assert once.oddities == again.oddities and once.totals == again.totals
    assert same(facts_of(once), facts_of(again))
    pd.testing.assert_frame_equal(read.stream, before)
    assert corrected(once, []) is once


@settings(max_examples=60)
@given(_odd(), st.lists(_channels, max_size=3))
def test_leaving_out_twice_is_leaving_out_once(read: Session, channels: list[str]) -> None:
    made = [correction(kind, channel=channel) for channel in channels for kind in (K.CHANNEL_OUT, K.SPIKES)]
    once = corrected(read, made)
    pd.testing.assert_frame_equal(corrected(once, made).stream, once.stream)


@settings(max_examples=80)
@given(st.floats(0, 1800), st.floats(0, 1800), st.lists(st.tuples(st.floats(0, 1800), st.floats(0, 1800)), max_size=3))
def test_a_cut_session_is_consistent(first: float, last: float, pauses: list[tuple[float, float]]) -> None:
    read = with_column(run(), "distance_m", np.cumsum(2.5 + np.sin(np.arange(1801.0) / 50)))
    made = [correction(K.CROP, from_s=first, to_s=last), *(correction(K.PAUSE, from_s=a, to_s=b) for a, b in pauses)]
    out = corrected(read, made)
    if len(out.stream) == len(read.stream):
        return
    check_consistent(out)
    gone = sum(out.stream["t_s"].diff().dropna().loc[lambda d: d > 1.5] - 1)
    assert out.timer_s == pytest.approx(out.elapsed_s - gone, abs=2 * len(pauses) + 1)

"""The device's own totals beside ours: what is said where they differ, and which stops of the timer are believed."""

from __future__ import annotations

import pytest

from loadmon.readers.recording import TimerEvent
from loadmon.readers.seen_session import seen
from loadmon.session import DeviceTotals
from tests.readers.test_clean import T0, clean, odd

SECONDS = list(range(601))


def run(totals: DeviceTotals, **columns):
    return clean(SECONDS, speed_mps=3.0, distance_m=[3.0 * s for s in SECONDS], totals=totals, **columns)


@pytest.mark.parametrize(
    ("totals", "name"),
    [
        (DeviceTotals(distance_m=1800 * 1.02), "distance differs from the device"),
        (DeviceTotals(distance_m=1800 * 0.98), "distance differs from the device"),
        (DeviceTotals(elapsed_s=620), "duration differs from the device"),
        (DeviceTotals(timer_s=900), "timer differs from the device"),
        (DeviceTotals(mean_heart_rate_bpm=153), "heart rate differs from the device"),
    ],
)
def test_a_total_that_is_off_by_more_than_a_part_in_a_hundred_is_named(totals: DeviceTotals, name: str) -> None:
    session = run(totals, heart_rate_bpm=150.0)
    assert set(odd(session)) == {name}
    assert session.totals == totals  # kept as declared, beside ours


def test_totals_that_agree_need_no_word() -> None:
    totals = DeviceTotals(distance_m=1810, elapsed_s=605, timer_s=600, mean_heart_rate_bpm=151)
    assert odd(run(totals, heart_rate_bpm=150.0)) == {}
    # a second or two of rounding is no difference however short the run is
    assert odd(clean([0, 1, 2, 3], distance_m=[0, 3, 6, 9], totals=DeviceTotals(elapsed_s=5))) == {}


def test_the_mean_heart_rate_weighs_by_time_before_it_is_compared() -> None:
    # a minute at one sample a second, then nine minutes at one sample in six
    seconds = [*range(60), *range(60, 601, 6)]
    heart = [120.0] * 60 + [160.0] * (len(seconds) - 60)
    session = clean(seconds, speed_mps=3.0, distance_m=[3.0 * s for s in seconds], heart_rate_bpm=heart,
                    totals=DeviceTotals(mean_heart_rate_bpm=156))  # fmt: skip
    assert odd(session) == {}


def test_the_mean_heart_rate_is_taken_while_the_timer_runs() -> None:
    # a watch that goes on recording at a traffic light: four minutes at 100 that its own mean leaves out
    heart = [100.0 if 200 <= second < 440 else 160.0 for second in SECONDS]
    events = [TimerEvent(T0 + 200, "stop_all"), TimerEvent(T0 + 440, "start")]
    session = run(DeviceTotals(timer_s=360, mean_heart_rate_bpm=160), heart_rate_bpm=heart, events=events)
    assert odd(session) == {}
    (mean,) = (t.ours for t in seen(session, "made.fit").totals if t.name == "mean_heart_rate_bpm")
    assert mean == pytest.approx(160.0)
    running_on = run(DeviceTotals(mean_heart_rate_bpm=160), heart_rate_bpm=heart)
    assert set(odd(running_on)) == {"heart rate differs from the device"}


def test_stops_that_explain_the_device_s_own_time_are_pauses() -> None:
    events = [TimerEvent(T0 + 100, "stop_all"), TimerEvent(T0 + 150, "start")]
    session = run(DeviceTotals(timer_s=550), events=events)
    assert (session.timer_s, session.moving_s) == (550, 550)
    assert odd(session) == {}


def test_a_start_that_was_lost_does_not_eat_the_run() -> None:
    # the second start never came: by the events the watch stood for 500 s, by its own account for 20
    events = [TimerEvent(T0 + 50, "stop"), TimerEvent(T0 + 550, "start")]
    session = run(DeviceTotals(timer_s=580), events=events)
    assert session.timer_s == 580
    assert session.moving_s == 580
    assert set(odd(session)) == {"pauses not all told"}


def test_a_timer_far_below_what_was_recorded_without_a_pause_is_named_and_kept() -> None:
    session = run(DeviceTotals(timer_s=60))
    assert session.timer_s == 60
    assert set(odd(session)) == {"timer differs from the device"}
    # a gap over a minute may well be a pause that the watch kept to itself
    seconds = [*range(300), *range(400, 700)]
    gap = clean(seconds, speed_mps=3.0, distance_m=[3.0 * s for s in seconds], totals=DeviceTotals(timer_s=598))
    assert odd(gap) == {}


def test_nobody_moves_for_longer_than_the_timer_ran() -> None:
    session = run(DeviceTotals(timer_s=596))
    assert session.moving_s == session.timer_s == 596

"""From a session to its facts: right for every watch's way of recording, and a reason wherever there is no number."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from loadmon.facts import FACTS_VERSION, RunFacts, facts_of, sample_seconds
from loadmon.readers import read
from loadmon.report.activity import FULL_FIELDS, Activity, Watch
from loadmon.report.fit_activity import fit_activity
from loadmon.session import STREAM_COLUMNS, DeviceTotals, Oddity, Session, Sport
from loadmon.timeline import timeline
from tests.facts.made import START, made
from tests.paths import oracle

WATCH = Watch(1, 3113, "Sample", 3_900_000_001, 1.0, (*FULL_FIELDS, "fractional_cadence"))


def case(name: str) -> dict[str, Any]:
    found = json.loads(oracle("load-and-gait.json").read_text(encoding="utf-8"))["cases"]
    return next(one for one in found if one["id"] == name)


def recorded(seconds: np.ndarray, start: datetime = START, offset_s: int = 0, metres: float | None = None) -> Session:
    """A run of changing pace, stride and pulse with a stretch of walking, as a watch that keeps ``seconds`` writes it."""
    t = np.asarray(seconds, float)
    walking = (t >= 900) & (t < 1080)
    speed = np.where(walking, 1.5, 3.0 + 0.4 * np.sin(t / 200))
    every = np.arange(t[-1] + 1)
    truth = np.where((every >= 900) & (every < 1080), 1.5, 3.0 + 0.4 * np.sin(every / 200))
    distance = np.concatenate(([0.0], np.cumsum(truth)[:-1]))[t.astype(int)]
    columns = {
        "t_s": t,
        "distance_m": distance,
        "speed_mps": speed,
        "heart_rate_bpm": np.rint(140 + 20 * np.sin(t / 400)),
        "cadence_spm": np.where(walking, 110.0, np.rint(168 + 6 * np.sin(t / 150))),
    }
    totals = DeviceTotals(
        distance_m=metres if metres is not None else float(distance[-1]), elapsed_s=t[-1], timer_s=t[-1]
    )
    (session,) = read(fit_activity(Activity(start, Sport.RUN, columns, WATCH, offset_s, totals=totals)), "run.fit")
    return session


def smart(length: int = 1800, seed: int = 4) -> np.ndarray:
    """Seconds at which a watch on smart recording keeps a sample: three to nine apart."""
    t = np.cumsum(np.random.default_rng(seed).integers(3, 10, length // 3))
    return np.unique(np.concatenate(([0], t[t < length], [length])))


def test_smart_recording_tells_the_same_as_every_second() -> None:
    each, few = facts_of(recorded(np.arange(1801))), facts_of(recorded(smart()))
    assert few.samples < each.samples / 4
    for name, tolerance in {
        "steps": 0.01, "walk_steps": 0.05, "moving_s": 0.01, "timer_s": 0.001, "distance_m": 0.001,
        "mean_heart_rate_bpm": 0.005, "mean_speed_mps": 0.01, "median_cadence_spm": 0.01,
    }.items():  # fmt: skip
        assert getattr(few, name) == pytest.approx(getattr(each, name), rel=tolerance), name
    assert few.heart_rate_coverage == each.heart_rate_coverage == 1.0
    assert each.moving_s == 1800.0


def test_the_facts_are_the_truth_of_what_was_run() -> None:
    facts = facts_of(recorded(np.arange(1801)))
    t = np.arange(1800)
    walking = (t >= 900) & (t < 1080)
    cadence = np.where(walking, 110.0, np.rint(168 + 6 * np.sin(t / 150)))
    assert facts.steps == pytest.approx(cadence[~walking].sum() / 60)
    assert facts.walk_steps == pytest.approx(180 * 110 / 60)
    assert facts.mean_heart_rate_bpm == pytest.approx(np.rint(140 + 20 * np.sin(t / 400)).mean(), abs=1e-6)
    assert (facts.max_heart_rate_bpm, facts.version, facts.sport) == (160.0, FACTS_VERSION, "run")
    assert facts.measured == ("distance_m", "speed_mps", "heart_rate_bpm", "cadence_spm")


def test_worked_case_steps() -> None:
    expected = case("steps_cumulative")
    seconds = np.arange(3001)
    facts = facts_of(made(seconds, cadence_spm=np.where(seconds < 1500, 160.0, 168.0), speed_mps=3.0))
    assert facts.steps == pytest.approx(expected["expected"]["steps"], abs=expected["tolerance"]["abs"])
    assert (facts.walk_steps, facts.steps_reason) == (0.0, None)


def test_worked_case_daily_sum_from_files_to_days() -> None:
    expected = case("daily_sum_basic")
    frame = []
    for number, told in enumerate(expected["inputs"]["sessions"]):
        start = datetime.fromisoformat(told["start"])
        seconds = np.append(np.arange(0, told["duration_s"], 8), told["duration_s"])
        session = recorded(seconds, start.astimezone(UTC), int(start.utcoffset().total_seconds()), told["distance_m"])  # type: ignore[union-attr]
        row = dataclasses.asdict(dataclasses.replace(facts_of(session), cadence_windows=pd.DataFrame()))
        frame.append(row | {"athlete_id": 1, "session_id": number, "excluded": False})
    last = date.fromisoformat(expected["inputs"]["range"][1])
    days = timeline(pd.DataFrame(frame), today=last)
    by_day = {f"{row.local_day:%Y-%m-%d}": row for row in days.itertuples()}
    assert {day: row.distance_m / 1000 for day, row in by_day.items()} == pytest.approx(
        expected["expected"]["distance_km"]
    )
    assert {day: row.moving_s / 60 for day, row in by_day.items()} == pytest.approx(
        expected["expected"]["duration_min"]
    )
    assert by_day["2025-03-03"].state == "rest"


@pytest.mark.parametrize(
    ("utc", "offset_h", "day"),
    [
        ("2025-03-29T22:30", 1, date(2025, 3, 29)),  # half past eleven at night, running into the clock change
        ("2025-03-30T22:30", 2, date(2025, 3, 31)),  # the same clock in UTC, a day later by the new time
        ("2025-05-01T15:00", 9, date(2025, 5, 2)),  # midnight in Tokyo
        ("2025-05-01T14:59", 9, date(2025, 5, 1)),
        ("2025-05-03T06:59", -7, date(2025, 5, 2)),  # the evening before in California
        ("2025-05-03T07:00", -7, date(2025, 5, 3)),
    ],
)
def test_a_run_belongs_to_the_day_on_which_it_began_where_the_runner_was(utc: str, offset_h: int, day: date) -> None:
    session = recorded(np.arange(0, 3601, 9), datetime.fromisoformat(utc).replace(tzinfo=UTC), offset_h * 3600)
    facts = facts_of(session)
    assert facts.local_day == day
    assert (facts.utc_offset_s, facts.offset_origin) == (offset_h * 3600, "file")
    assert facts.start_utc == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_the_device_s_own_distance_stands_over_the_stream_s() -> None:
    t = np.arange(101)
    stream = {"distance_m": t * 3.0, "speed_mps": 3.0}
    told = facts_of(made(t, totals=DeviceTotals(distance_m=312.0), **stream))
    assert (told.distance_m, told.distance_source, told.distance_reason) == (312.0, "device", None)
    for nothing in (None, 0.0):
        untold = facts_of(made(t, totals=DeviceTotals(distance_m=nothing), **stream))
        assert (untold.distance_m, untold.distance_source) == (300.0, "stream")
    positions = dataclasses.replace(made(t, **stream), oddities=(Oddity("distance from positions", "…"),))
    assert facts_of(positions).distance_source == "position"
    holes = made(t, distance_m=np.where(t > 90, np.nan, t * 3.0))
    assert facts_of(holes).distance_m == 270.0


def test_what_was_not_measured_is_none_with_its_reason_and_never_zero() -> None:
    facts = facts_of(made(np.arange(101)))
    for name in (
        "distance_m", "mean_speed_mps", "ascent_m", "steps", "walk_steps", "mean_heart_rate_bpm", "max_heart_rate_bpm",
        "median_cadence_spm", "median_stance_time_s", "median_vertical_oscillation_m", "median_step_length_m",
        "median_stance_balance_left_pct", "distance_source",
    ):  # fmt: skip
        assert getattr(facts, name) is None, name
    assert facts.distance_reason == "the file holds neither a distance nor positions"
    assert facts.steps_reason == "the file holds no cadence"
    assert (facts.heart_rate_coverage, facts.measured) == (0.0, ())
    assert facts.cadence_windows.empty
    assert facts_of(made(np.arange(101), distance_m=0.0)).distance_m is None


@pytest.mark.parametrize("samples", [1, 2])
def test_the_shortest_sessions_have_facts_too(samples: int) -> None:
    facts = facts_of(made(np.arange(samples), heart_rate_bpm=120.0, cadence_spm=160.0, speed_mps=3.0))
    assert facts.steps == pytest.approx((samples - 1) * 160 / 60)
    assert facts.mean_heart_rate_bpm == 120.0
    assert facts.mean_speed_mps is None


def test_no_fact_is_a_nan() -> None:
    t = np.arange(400)
    full = {name: 0.24 + 0 * t for name in STREAM_COLUMNS if name != "t_s"} | {"cadence_spm": 170.0, "speed_mps": 3.0}
    for session in (made(t), made(t, **full), made([0.0]), made([0.0], heart_rate_bpm=np.nan)):
        for field in dataclasses.fields(RunFacts):
            value = getattr(facts_of(session), field.name)
            assert not (isinstance(value, float) and np.isnan(value)), field.name


def test_walking_is_counted_apart_by_stride_or_by_speed() -> None:
    t = np.arange(301)
    cadence = np.select([t < 100, t < 200], [168.0, 129.0], 140.0)
    speed = np.select([t < 100, t < 200], [3.0, 2.0], 1.79)
    facts = facts_of(made(t, cadence_spm=cadence, speed_mps=speed))
    assert facts.steps == pytest.approx(100 * 168 / 60)
    assert facts.walk_steps == pytest.approx((100 * 129 + 100 * 140) / 60)
    on_the_edge = facts_of(made(t, cadence_spm=130.0, speed_mps=1.8))
    assert on_the_edge.walk_steps == 0.0
    no_speed = facts_of(made(t, cadence_spm=168.0))
    assert no_speed.walk_steps == 0.0


def test_a_pause_adds_neither_steps_nor_pulse() -> None:
    t = np.concatenate([np.arange(0, 301), np.arange(900, 1201)])
    pulse = np.where(t < 600, 150.0, 170.0)
    facts = facts_of(made(t, cadence_spm=170.0, speed_mps=3.0, heart_rate_bpm=pulse))
    assert facts.steps == pytest.approx(600 * 170 / 60)
    assert facts.mean_heart_rate_bpm == pytest.approx(160.0, abs=0.1)
    assert sample_seconds(np.array([0.0, 5.0, 10.0, 15.0, 74.0, 135.0])).tolist() == [5.0, 5.0, 5.0, 59.0, 0.0, 0.0]
    assert sample_seconds(np.empty(0)).tolist() == []


def test_a_short_stop_of_the_timer_adds_nothing_either() -> None:
    t = np.concatenate([np.arange(0, 301), np.arange(345, 646)])
    session = made(t, cadence_spm=170.0, speed_mps=3.0, heart_rate_bpm=np.where(t == 300, 60.0, 150.0))
    stamp = pd.Timestamp(START)
    events = pd.DataFrame(
        {
            "timestamp": [stamp, stamp + pd.Timedelta("300s"), stamp + pd.Timedelta("344s")],
            "kind": ["start", "stop_all", "start"],
        }
    )
    facts = facts_of(dataclasses.replace(session, events=events))
    assert facts.steps == pytest.approx(601 * 170 / 60)  # a second after the start, the watch keeps its first sample
    assert facts.mean_heart_rate_bpm == pytest.approx(150.0, abs=0.2)
    assert facts_of(session).steps == pytest.approx(645 * 170 / 60)  # nothing says that the timer stood


def test_a_lost_pulse_is_no_pulse_of_zero() -> None:
    t = np.arange(101)
    facts = facts_of(made(t, heart_rate_bpm=np.where(t < 25, np.nan, 150.0)))
    assert facts.mean_heart_rate_bpm == 150.0
    assert facts.heart_rate_coverage == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("speed", "cadence", "runs", "word"),
    [
        (3.0, 170.0, True, "counted as a run"),
        (3.0, np.nan, True, "counted as a run"),
        (8.0, np.nan, False, "speed is not"),
        (1.4, 110.0, False, "speed is not"),
        (np.nan, 170.0, False, "speed is not"),
        (6.0, 90.0, False, "cadence is not"),
    ],
)
def test_a_file_without_a_sport_counts_only_if_it_moves_like_a_run_and_says_so(
    speed: float, cadence: float, runs: bool, word: str
) -> None:
    facts = facts_of(made(np.arange(601), sport=Sport.UNKNOWN, speed_mps=speed, cadence_spm=cadence))
    assert facts.is_running is runs
    assert facts.sport_reason is not None
    assert word in facts.sport_reason
    assert facts.sport == "unknown"


@pytest.mark.parametrize("sport", list(Sport))
def test_what_the_file_says_is_never_overruled(sport: Sport) -> None:
    facts = facts_of(made(np.arange(601), sport=sport, speed_mps=3.0, cadence_spm=170.0))
    if sport is not Sport.UNKNOWN:
        assert (facts.is_running, facts.sport_reason) == (sport.is_running, None)
    assert facts.indoor is (sport in (Sport.TREADMILL_RUN, Sport.VIRTUAL_RUN))
    assert facts.cadence_windows.empty is not facts.is_running


def test_running_dynamics_are_those_of_running() -> None:
    t = np.arange(301)
    walking = t < 140
    facts = facts_of(
        made(
            t,
            speed_mps=np.where(walking, 1.5, 3.0),
            cadence_spm=np.where(walking, 110.0, 170.0),
            stance_time_s=np.where(walking, 0.6, 0.25),
            step_length_m=np.where(walking, 0.7, 1.06),
        )
    )
    assert (facts.median_stance_time_s, facts.median_step_length_m) == (0.25, 1.06)


def test_the_stream_is_left_as_it_was() -> None:
    session = recorded(smart(600))
    before = session.stream.copy(deep=True)
    facts_of(session)
    pd.testing.assert_frame_equal(session.stream, before)
    assert facts_of(session) == facts_of(session)
    assert session.start + timedelta(seconds=session.elapsed_s) == session.stream["timestamp"].iloc[-1]

"""A runner's week and a squad's week: the same numbers by the same way, and nothing made up for those without data."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.days import WeekStart
from loadmon.injury import Injury
from loadmon.load.ratio import ratio_today
from loadmon.planning.attention import State, order
from loadmon.planning.week import RunnerWeek, runner_week, squad_week
from loadmon.timeline import timeline
from tests.made_runs import D84_KM, START, daily, day_at, made_runs, session

STEADY_KM = [0, 8, 0, 8, 0, 6, 12] * 8


def week_of(sessions: list[dict[str, Any]], today: date, **given_: Any) -> RunnerWeek:
    runs = made_runs(sessions)
    return runner_week(timeline(runs, today=today), runs, today, athlete_id=1, **given_)


def test_one_sheet() -> None:
    week = week_of(daily(D84_KM[:46]), day_at(45))
    assert (week.week_start, week.days_so_far, week.weekday) == (day_at(42), 4, "Thursday")
    assert (week.distance_m, week.moving_s) == (18000.0, 6000.0)
    assert (week.sessions, week.runs, week.longest_run_m) == (2, 2, 10000.0)
    assert week.usual_distance_m == (11000.0, 17000.0)
    assert week.usual_moving_s is not None
    assert week.usual_moving_s == pytest.approx((11000 / 3, 17000 / 3))
    assert (week.sum_7d_m, week.previous_7d_m) == (41000.0, 38000.0)
    assert week.change.value == pytest.approx(100 * 3 / 38)
    assert week.ratio_distance == ratio_today(timeline(made_runs(daily(D84_KM[:46])), today=day_at(45)))
    assert [run.band for run in week.spikes] == ["reference"] * 4
    assert week.next_run.value_m == pytest.approx(17600.0)
    assert week.last_session == day_at(45)
    assert week.history_days == 45


def test_weeks_from_sunday() -> None:
    week = week_of(daily(D84_KM[:46]), day_at(45), first=WeekStart.SUNDAY)
    assert (week.week_start, week.days_so_far, week.distance_m) == (day_at(41), 5, 34000.0)


def test_one_runner_alone_is_the_same_as_within_the_squad() -> None:
    runs = made_runs(
        [
            *daily(D84_KM),
            *daily(D84_KM[20:], athlete_id=2),
            *daily([5.0] * 60, athlete_id=3, running=False),
            session(START, excluded=True, athlete_id=4),
        ]
    )
    hurt = [Injury(2, day_at(70), None, "shin")]
    lost = pd.DataFrame({"athlete_id": [1], "first_day": [day_at(51)], "last_day": [day_at(54)]})
    table = timeline(runs, today=day_at(83), unknown=lost)
    squad = squad_week(table, runs, day_at(83), athletes=(1, 2, 3, 4, 5), injuries=hurt)
    assert {week.athlete_id for week in squad} == {1, 2, 3, 4, 5}
    for week in squad:
        alone = runner_week(
            table[table["athlete_id"] == week.athlete_id],
            runs[runs["athlete_id"] == week.athlete_id],
            day_at(83),
            athlete_id=week.athlete_id,
            injuries=hurt,
        )
        assert alone == week
    assert [w.attention for w in squad] == order([w.attention for w in squad])


def test_those_without_data_are_listed_without_numbers() -> None:
    (week,) = squad_week(timeline(made_runs([]), today=START), made_runs([]), START, athletes=[9])
    assert (week.attention.state, week.distance_m, week.usual_distance_m) == (State.NOT_ENOUGH_DATA, None, None)
    assert (week.ratio_distance.reason, week.change.reason) == ("no sessions", "no sessions")
    assert week.next_run.reason == "no run in 30d"
    assert (week.history_days, week.last_session) == (0, None)


def test_a_missing_distance_of_this_week_is_flagged() -> None:
    week = week_of([*daily(D84_KM[:46]), session(day_at(46), None)], day_at(46))
    assert (week.distance_m, week.distance_complete) == (18000.0, False)
    only = week_of([*daily(D84_KM[:42]), session(day_at(42), None)], day_at(42))
    assert (only.distance_m, only.runs) == (None, 1)
    assert "a distance of this week is missing" in only.attention.headline


def test_a_timeline_of_another_day_is_refused() -> None:
    runs = made_runs(daily(D84_KM))
    with pytest.raises(ValueError, match="ends on 2025-03-30"):
        runner_week(timeline(runs, today=day_at(83)), runs, day_at(84), athlete_id=1)


def test_each_runner_on_their_own_day() -> None:
    runs = made_runs([*daily(D84_KM), *daily(D84_KM, athlete_id=2)])
    today = {1: day_at(83), 2: day_at(84)}
    squad = {w.athlete_id: w for w in squad_week(timeline(runs, today=today), runs, today)}
    assert (squad[1].days_so_far, squad[2].days_so_far) == (7, 1)
    assert squad[2].distance_m == 0.0


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 3), st.integers(0, 60), st.one_of(st.none(), st.floats(0, 5e4)), st.booleans(), st.booleans()
        ),
        max_size=40,
    ),
    st.integers(0, 65),
)
def test_whatever_was_recorded_there_is_a_sheet_and_no_infinite_number(
    made: list[tuple[int, int, float | None, bool, bool]], today: int
) -> None:
    runs = made_runs(session(day_at(d), m, athlete_id=a, running=run, excluded=out) for a, d, m, run, out in made)
    squad = squad_week(timeline(runs, today=day_at(today)), runs, day_at(today), athletes=(1, 2, 3))
    for week in squad:
        numbers = [week.distance_m, week.moving_s, week.sum_7d_m, week.longest_run_m, week.next_run.value_m]
        assert all(n is None or np.isfinite(n) for n in numbers)
        assert all(run.local_day <= day_at(today) for run in week.spikes)
        assert week.attention.headline


def test_a_watch_that_was_not_heard_of_ran_no_zero_kilometres() -> None:
    """No session for days: neither 0 km this week nor a ratio of 0.00, but the reason."""
    runs = made_runs(daily(STEADY_KM))
    today = day_at(len(STEADY_KM) + 14)
    week = runner_week(timeline(runs, today=today), runs, today, athlete_id=1)
    assert (week.distance_m, week.moving_s, week.nothing_known) == (None, None, "no session seen")
    assert (week.ratio_distance.value, week.ratio_distance.reason) == (None, "silent")


def test_a_week_of_rest_is_a_true_zero() -> None:
    runs = made_runs(daily(STEADY_KM))
    today = day_at(len(STEADY_KM) + 3)
    week = runner_week(timeline(runs, today=today), runs, today, athlete_id=1)
    assert (week.sessions, week.nothing_known, week.distance_m) == (0, None, 0.0)

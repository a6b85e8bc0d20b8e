"""Faults of numeric honesty seen in other software for runners; each must not be found here. One test a fault."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from loadmon.days import DayState
from loadmon.load.daily import rolling_week, weeks
from loadmon.load.fitness import fitness
from loadmon.load.heart_rate import HEART_RATE_BINS
from loadmon.load.kind import DISTANCE, EFFORT, KINDS, POINTS, TRIMP
from loadmon.load.ratio import definition, ratio, ratio_today
from loadmon.load.session_load import session_loads
from loadmon.load.variety import rolling_variety
from loadmon.planning.attention import State
from loadmon.planning.week import runner_week
from loadmon.timeline import timeline
from tests.made_days import made_days
from tests.made_runs import START, daily, day_at, made_runs, session

LIMITS = (
    "rest_heart_rate_bpm", "max_heart_rate_bpm", "threshold_heart_rate_bpm", "first_threshold_heart_rate_bpm",
    "second_threshold_heart_rate_bpm", "threshold_speed_mps", "critical_power_w",
)  # fmt: skip


def told_efforts_only(count: int) -> pd.DataFrame:
    """A week or more of runs of which the runner told the effort, and nothing measured heart rate, pace or power."""
    runs = made_runs(session(day_at(n), None, moving_s=2700.0, timer_s=2700.0) for n in range(count))
    runs = runs.assign(elapsed_s=3000.0, effort=5.0)
    limits = pd.DataFrame(np.nan, index=runs.index, columns=list(LIMITS)).assign(sex=None)
    heart_rate = pd.DataFrame(columns=list(HEART_RATE_BINS), dtype="float64")
    loads = session_loads(runs, heart_rate, limits)
    wanted = ["effort_au", "trimp_banister", "points", "points_estimated"]
    return runs.assign(**{name: loads[name] for name in wanted})


def test_runs_without_heart_rate_or_power_are_no_zero_load() -> None:
    """Runs without heart rate or power counted zero load silently: a week of effort-only runs is not a rest week."""
    line = timeline(told_efforts_only(35), today=day_at(34))
    assert (line["state"] == DayState.OBSERVED.value).all()
    assert line["effort_au"].tolist() == pytest.approx([250.0] * 35)
    assert (line["points"] > 0).all() and line["points_estimated"].all()
    assert line["trimp"].isna().all() and not line["trimp_complete"].any()
    assert ratio_today(line, EFFORT).value == pytest.approx(1.0)
    assert ratio_today(line, POINTS).value == pytest.approx(1.0)
    for kind in (TRIMP, DISTANCE):
        assert (ratio_today(line, kind).value, ratio_today(line, kind).reason) == (None, "coverage")
        assert set(fitness(line, kind)["long_term_reason"]) == {"coverage"}
        assert set(rolling_variety(line, kind)["reason"]) == {"incomplete_week"}
    assert weeks(line)["trimp"].isna().all()


def test_limits_of_one_window_are_not_put_on_another() -> None:
    """Limits made for 7 to 28 days were put on a ratio of 7 to 42: the windows always travel with the number."""
    made = made_days([300.0, 0.0] * 40, EFFORT)
    told = {}
    for how in (
        {},
        {"chronic_days": 42},
        {"average": "ewma"},
        {"average": "ewma", "chronic_days": 42},
        {"coupled": True},
    ):
        measure = ratio_today(made, EFFORT, **how)  # type: ignore[arg-type]
        assert measure.definition == definition(EFFORT, **how)  # type: ignore[arg-type]
        told[measure.definition] = measure.value
    assert len(told) == 5
    assert {words for words in told if "42" in words or "35" in words} == {
        "7 d ÷ the 35 d before (uncoupled), rolling mean, effort × minutes",
        "7 d ÷ 42 d, exponentially weighted (corrected start), effort × minutes",
    }


@pytest.mark.parametrize("how", [{}, {"coupled": True}, {"average": "ewma"}])
def test_no_chronic_load_is_no_low_ratio(how: dict[str, object]) -> None:
    """A ratio of 0, read as low load, stood where the chronic load was 0: no chronic load, no ratio."""
    line = made_days([0.0] * 60, EFFORT)
    found = ratio(line, EFFORT, **how)  # type: ignore[arg-type]
    assert found["value"].isna().all()
    assert set(found["reason"].iloc[27:]) == {"chronic<floor"}


def test_seven_equal_days_are_not_the_most_varied() -> None:
    """Monotony was 0, the best there is, where all seven days were equal, the worst: there is none, with its reason."""
    for load in (0.001, 7.3, 400.0):
        yesterday = rolling_variety(made_days([load] * 10, EFFORT), EFFORT).iloc[-2]
        assert yesterday[["monotony", "strain"]].isna().all()
        assert yesterday["reason"] == "sd_zero"
    nearly = rolling_variety(made_days([400.0] * 6 + [400.4], EFFORT), EFFORT).iloc[-2]
    assert nearly["monotony"] > 100


def test_long_term_load_does_not_begin_at_the_first_session() -> None:
    """Long-term load was begun with the first day's session: it begins at 0, and is marked as settling."""
    table = fitness(made_days([150.0] + [0.0] * 120, POINTS))
    assert table["long_term"].iloc[0] == pytest.approx(150.0 * 0.0235283, rel=1e-5)
    assert table["warming_up"].iloc[:89].all()
    assert not table["warming_up"].iloc[89:].any()


@pytest.mark.parametrize("cut_pct", [5, 16, 30, 60, 95])
def test_a_planned_cut_back_week_raises_nothing(cut_pct: int) -> None:
    """A cut of 16 % or more raised danger, its sign having been dropped: less is never told as a warning."""
    week = [0.0, 8.0, 0.0, 8.0, 0.0, 6.0, 12.0]
    km = week * 7 + [x * (1 - cut_pct / 100) for x in week]
    runs, today = made_runs(daily(km)), day_at(55)
    line = timeline(runs, today=today, first={1: START})
    assert rolling_week(line)["change_pct"].iloc[-1] == pytest.approx(-cut_pct)
    sheet = runner_week(line, runs, today, athlete_id=1)
    assert sheet.attention.state is State.STEADY
    assert not [fact for fact in sheet.attention.facts if fact.severity]


def test_what_is_missing_is_never_taken_for_a_middle_value() -> None:
    """A missing answer was counted as 5 of 10: a run without an effort adds no effort and is counted as not known."""
    line = made_days([250.0, None, 250.0, 0.0, None, 250.0, 250.0], EFFORT)
    assert line["effort_au"].tolist() == pytest.approx([250, np.nan, 250, 0, np.nan, 250, 250, 0], nan_ok=True)
    assert line["effort_complete"].tolist() == [True, False, True, True, False, True, True, True]
    week = weeks(line).iloc[0]
    assert (week["effort_au"], bool(week["effort_complete"])) == (1000.0, False)


@pytest.mark.parametrize(("utc_offset_h", "clock"), [(-8, "23:30"), (-5, "20:10"), (9, "00:30"), (13, "06:00")])
def test_a_run_late_in_the_evening_stays_on_its_day(utc_offset_h: int, clock: str) -> None:
    """The date in UTC was taken for the local day, so monotony saw another week: 23:30 stays on its day."""
    days = [session(day_at(n), 5000.0 + 500 * n, clock=clock, utc_offset_h=utc_offset_h) for n in (0, 1, 3, 5, 6)]
    plain = [session(day_at(n), 5000.0 + 500 * n, clock="12:00") for n in (0, 1, 3, 5, 6)]
    runs, noon = made_runs(days), made_runs(plain)
    assert runs["start_utc"].dt.date.tolist() != runs["local_day"].tolist()
    found, expected = (timeline(made, today=day_at(7)) for made in (runs, noon))
    pd.testing.assert_frame_equal(found, expected)
    pd.testing.assert_frame_equal(rolling_variety(found, DISTANCE), rolling_variety(expected, DISTANCE))


def test_a_rest_day_is_a_row_and_not_a_gap_in_a_mean_of_sessions() -> None:
    """A package took the mean of sessions where rest days were no rows: rest days are rows of 0."""
    spread = timeline(made_runs(daily([9.0, 0.0, 0.0] * 12)), today=date(2025, 2, 10))
    assert len(spread) == (date(2025, 2, 10) - START).days + 1
    assert ratio(spread)["acute"].iloc[-1] == pytest.approx(spread["distance_m"].tail(7).sum() / 7)
    assert (spread["local_day"].diff().dropna() == timedelta(days=1)).all()
    assert [kind.known_in(spread) for kind in KINDS].count(True) == 3

"""Years drawn as weeks tell what the days told: nothing unknown becomes zero, and the running week keeps its frame."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from loadmon.show import figures
from loadmon.show.charts.history import SAME_DAYS, THIS_WEEK, load_panel
from loadmon.show.charts.specification import drawn
from loadmon.show.history_table import panel_table
from loadmon.show.history_view import history_view
from loadmon.show.week_rows import MOST_DAYS, as_drawn, by_week
from loadmon.store import Store, Viewer
from loadmon.units import Units
from tests.made_team import JUMP
from tests.show.conftest import NOW


@pytest.fixture
def days(team: Store) -> pd.DataFrame:
    viewer = Viewer.everyone()
    jump = next(a.id for a in figures.athletes(team, viewer) if a.name == JUMP)
    view = history_view(team, viewer, jump, None, Units(), NOW)
    return panel_table(replace(view, injuries={}), Units())


def test_few_days_are_drawn_as_they_are(days: pd.DataFrame) -> None:
    assert as_drawn(days) is days


def test_a_week_tells_the_mean_day_and_its_last_ratio(days: pd.DataFrame) -> None:
    weeks = by_week(days)
    assert list(weeks.columns) == list(days.columns)
    assert len(weeks) == days["day"].dt.to_period("W").nunique()
    last = days.tail(7)
    assert weeks["load"].iloc[-1] == pytest.approx(last["load"].mean())
    assert weeks["ratio"].iloc[-1] == last["ratio"].iloc[-1]
    assert weeks["next_day"].iloc[-1] == last["next_day"].iloc[-1]
    assert weeks["cadence"].iloc[-1] == pytest.approx(last["cadence"].mean())


def test_weeks_begin_with_the_running_one_and_keep_the_frames(days: pd.DataFrame) -> None:
    weeks = by_week(days)
    assert weeks["frame"].iloc[-1] == THIS_WEEK
    assert weeks["frame"].iloc[-2] == SAME_DAYS
    assert (weeks["day"].diff().dropna().iloc[1:] == pd.Timedelta(days=7)).all()
    assert weeks["device_change"].ne("").sum() == days["device_change"].ne("").sum() == 1


def test_a_week_of_which_a_part_is_known_has_no_mean_day(days: pd.DataFrame) -> None:
    lost = days.copy()
    lost.loc[lost.index[-14:-9], "state"] = "unknown"
    assert np.isnan(by_week(lost)["load"].iloc[-2])
    assert not np.isnan(by_week(days)["load"].iloc[-2])
    begun_late = by_week(days.iloc[-10:])
    assert np.isnan(begun_late["load"].iloc[0])
    so_far = by_week(days.iloc[:-3])
    assert so_far["load"].iloc[-1] == pytest.approx(days["load"].iloc[-7:-3].mean())


def test_a_week_of_which_nothing_is_known_is_not_zero(days: pd.DataFrame) -> None:
    lost = days.copy()
    lost.loc[lost.index[-7:], "state"] = "unknown"
    lost.loc[lost.index[-7:], ["load", "ratio"]] = np.nan
    week = by_week(lost).iloc[-1]
    assert week["state"] == "unknown"
    assert np.isnan(week["load"])
    assert np.isnan(week["ratio"])


def test_a_silent_week_is_drawn_as_silent_and_one_with_a_run_is_not(days: pd.DataFrame) -> None:
    silent = days.copy()
    silent.loc[silent.index[-14:-7], "state"] = "silent"
    silent.loc[silent.index[-14:-7], "load"] = np.nan
    silent.loc[silent.index[-7:-3], "state"] = "silent"
    before, last = by_week(silent).iloc[-2], by_week(silent).iloc[-1]
    assert before["state"] == "silent"
    assert np.isnan(before["load"])
    assert last["state"] == "observed"
    assert last["load"] > 0


def test_ten_years_stay_small_enough_for_a_page(days: pd.DataFrame) -> None:
    copies = -(-3650 // len(days))
    long = pd.concat([days] * copies, ignore_index=True)
    long["day"] = pd.date_range("2016-01-01", periods=len(long), unit="us")
    long["next_day"] = long["day"] + pd.Timedelta(days=1)
    assert len(long) > MOST_DAYS
    chart = load_panel("km", ("2016-01-01", "2026-01-01"))
    sent = drawn(as_drawn(long.assign(frame="")), chart)
    assert len(sent) <= len(long) // 7 + 2
    assert sent.memory_usage(index=False, deep=True).sum() < 100_000

"""From the store to figures: the same numbers on every page, each on the runner's own day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from loadmon.athlete import Athlete
from loadmon.overlap import NOTHING_DECIDED, Decided
from loadmon.planning.attention import State
from loadmon.show import figures
from loadmon.show.history_view import history_view
from loadmon.store import Store, Viewer
from loadmon.units import Units, UnitSystem
from tests.made_team import BARE, JUMP, ONCE, STEADY
from tests.show.conftest import NOW

EVERYONE = Viewer.everyone()
KM = Units()


def one(team: Store, name: str) -> int:
    return next(a.id for a in figures.athletes(team, EVERYONE) if a.name == name)


# --- which sessions count


def sessions(*rows: dict[str, object]) -> pd.DataFrame:
    start = pd.Timestamp("2026-05-10 07:00", tz="UTC")
    plain: dict[str, object] = {
        "athlete_id": 1,
        "start_utc": start,
        "elapsed_s": 3600.0,
        "is_running": True,
        "excluded": False,
        "excluded_reason": None,
        "mean_heart_rate_bpm": np.nan,
        "median_cadence_spm": np.nan,
        "distance_m": 10_000.0,
    }
    table = pd.DataFrame([plain | row for row in rows])
    table["session_id"] = range(1, len(table) + 1)
    table["excluded_reason"] = table["excluded_reason"].astype("str")
    return table


def test_of_two_watches_on_one_run_the_richer_counts_and_the_other_says_why_not() -> None:
    richer: dict[str, object] = {"mean_heart_rate_bpm": 150.0, "device": "Made Watch 2", "utc_offset_s": 7200.0}
    found = figures.counted(sessions({}, richer), NOTHING_DECIDED)
    assert found["excluded"].tolist() == [True, False]
    assert found["counts_instead"].tolist()[0] == 2
    words = "second recording of the same run (2026-05-10 09:00, Made Watch 2), which counts instead"
    assert found["excluded_reason"].iloc[0] == words
    assert pd.isna(found["excluded_reason"].iloc[1])


def test_a_session_taken_out_by_hand_keeps_its_reason_and_stands_for_nobody() -> None:
    found = figures.counted(sessions({"excluded": True, "excluded_reason": "a bike"}, {}), NOTHING_DECIDED)
    assert found["excluded"].tolist() == [True, False]
    assert found["excluded_reason"].iloc[0] == "a bike"
    assert found["counts_instead"].isna().all()


def test_the_same_minutes_of_two_runners_are_two_runs() -> None:
    assert not figures.counted(sessions({"athlete_id": 1}, {"athlete_id": 2}), NOTHING_DECIDED)["excluded"].any()


def test_what_somebody_decided_holds() -> None:
    richer: dict[str, object] = {"mean_heart_rate_bpm": 150.0}
    assert not figures.counted(sessions({}, richer), Decided({(1, 2): "both"}))["excluded"].any()
    assert figures.counted(sessions({}, richer), Decided({(1, 2): "first"}))["excluded"].tolist() == [False, True]


# --- whose today


def last_run(athlete_id: int, start: str, offset_h: float | None) -> dict[str, object]:
    return {
        "athlete_id": athlete_id,
        "start_utc": pd.Timestamp(start, tz="UTC"),
        "utc_offset_s": np.nan if offset_h is None else 3600.0 * offset_h,
    }


AT = datetime(2026, 5, 17, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "start", "offset_h", "expected"),
    [
        ("Europe/Berlin", None, None, date(2026, 5, 18)),
        (None, None, None, date(2026, 5, 17)),
        (None, "2026-05-10 07:00", 10.0, date(2026, 5, 18)),
        (None, "2026-05-10 07:00", -7.0, date(2026, 5, 17)),
        (None, "2026-05-10 07:00", None, date(2026, 5, 17)),
        ("Europe/London", "2026-05-17 20:00", 12.0, date(2026, 5, 18)),  # has just run on the other side of the world
        ("Europe/London", "2026-05-01 20:00", 12.0, date(2026, 5, 17)),  # back for long
        ("Europe/Berlin", "2026-05-17 20:00", -7.0, date(2026, 5, 18)),  # further west: home's day is the later one
        (None, "2099-01-01 00:00", 14.0, date(2026, 5, 17)),  # a watch with a wrong clock tells nothing
    ],
)
def test_today_is_the_runners_own_day(
    zone: str | None, start: str | None, offset_h: float | None, expected: date
) -> None:
    table = pd.DataFrame([last_run(1, start or "2026-05-01 07:00", offset_h)])
    if start is None:
        table = table.iloc[:0]
    assert figures.todays([Athlete(1, "A", time_zone=zone)], table, AT) == {1: expected}


def test_each_runner_has_a_day_of_their_own() -> None:
    table = pd.DataFrame([last_run(1, "2026-05-17 07:00", 10.0), last_run(2, "2026-05-17 07:00", -7.0)])
    found = figures.todays([Athlete(1, "A"), Athlete(2, "B"), Athlete(3, "C")], table, AT)
    assert found == {1: date(2026, 5, 18), 2: date(2026, 5, 17), 3: date(2026, 5, 17)}


# --- the last weeks


def test_a_week_of_which_nothing_is_known_is_none_and_a_week_of_rest_is_zero() -> None:
    table = pd.DataFrame(
        {"distance_m": [5.0, 0.0, 0.0, np.nan], "unknown_days": [0, 0, 7, 0], "days_so_far": [7, 7, 7, 3]}
    )
    assert figures.last_weeks(table) == (5.0, 0.0, None, None)
    assert figures.last_weeks(table.iloc[:0]) == ()


# --- the whole way


def test_the_squad_is_ordered_by_need(team: Store) -> None:
    rows = figures.squad_rows(team, EVERYONE, KM, NOW)
    found = [(row.athlete.name, row.week.attention.state) for row in rows]
    assert found[0] == (JUMP, State.ACT)
    assert found[-1] == (STEADY, State.STEADY)
    assert {name for name, state in found if state is State.NOT_ENOUGH_DATA} == {BARE, ONCE}


def test_squad_and_week_page_tell_the_same(team: Store) -> None:
    for row in figures.squad_rows(team, EVERYONE, KM, NOW):
        alone = figures.week_view(team, EVERYONE, row.athlete.id, KM, NOW)
        assert alone.week == row.week
        assert figures.last_weeks(alone.weeks) == row.weeks_m


def test_a_distance_that_was_never_measured_is_missing_everywhere(team: Store) -> None:
    view = figures.week_view(team, EVERYONE, one(team, BARE), KM, NOW)
    assert view.week.distance_m is None
    assert not view.week.distance_complete
    assert view.week.runs == 2
    assert view.week.next_run.value_m is None
    history = history_view(team, EVERYONE, one(team, BARE), None, KM, NOW)
    ran = history.days[history.days["state"] == "observed"]
    assert len(ran) == 2
    assert ran["load"].isna().all()
    assert history.days["cadence_spm"].isna().all()


def test_a_span_cuts_days_and_sessions_alike(team: Store) -> None:
    everything = history_view(team, EVERYONE, one(team, STEADY), None, KM, NOW)
    week = history_view(team, EVERYONE, one(team, STEADY), 7, KM, NOW)
    assert len(week.days) == 7
    assert week.days["local_day"].iloc[-1] == pd.Timestamp(NOW.date())
    assert len(week.sessions) == 3
    assert len(everything.sessions) == 15
    assert everything.sessions["start_utc"].is_monotonic_decreasing
    # what a day is compared with does not depend on how much is shown
    pd.testing.assert_frame_equal(everything.days.tail(7), week.days)


def test_this_weeks_sessions_begin_on_monday(team: Store) -> None:
    view = figures.week_view(team, EVERYONE, one(team, STEADY), KM, NOW)
    monday = NOW.date() - timedelta(days=NOW.weekday())
    assert view.week.week_start == monday
    assert (pd.to_datetime(view.sessions["local_day"]) >= pd.Timestamp(monday)).all()
    assert len(view.sessions) == view.week.sessions == 3


def test_miles_change_words_and_not_numbers(team: Store) -> None:
    km, miles = (
        {r.athlete.id: r.week for r in figures.squad_rows(team, EVERYONE, units, NOW)}
        for units in (KM, Units(UnitSystem.IMPERIAL))
    )
    for number, week in km.items():
        assert week.distance_m == miles[number].distance_m
        assert week.next_run == miles[number].next_run
    assert any(" mi" in week.attention.headline for week in miles.values())
    assert not any(" km" in week.attention.headline for week in miles.values())


def test_who_sees_one_runner_gets_one_runner(team: Store) -> None:
    only = one(team, STEADY)
    rows = figures.squad_rows(team, Viewer.runner(only), KM, NOW)
    assert [row.athlete.id for row in rows] == [only]


def test_an_empty_store_gives_nothing_and_fails_nowhere(tmp_path: object) -> None:
    from pathlib import Path

    from loadmon.store import open_store

    store = open_store(None, Path(str(tmp_path)) / "empty")
    try:
        assert figures.athletes(store, EVERYONE) == []
        assert figures.squad_rows(store, EVERYONE, KM, NOW) == []
    finally:
        store.close()

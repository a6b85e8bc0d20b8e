"""A session dated in the future stands in no sum until its day comes, and says so."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from loadmon.show import figures, sessions_table
from loadmon.show.history_view import history_view
from loadmon.show.lying_ahead import LIES_AHEAD, wait_for_their_day
from loadmon.show.session_view import runner_sessions
from loadmon.store import Store, Viewer
from loadmon.units import Units
from tests.made_runs import START, day_at, made_runs, session
from tests.made_team import STEADY
from tests.show.conftest import NOW

EARLIER = NOW - timedelta(days=9)


def test_only_what_counts_and_lies_ahead_of_the_runner_s_own_day_waits() -> None:
    runs = made_runs(
        [session(START), session(day_at(3)), session(day_at(3), excluded=True), session(day_at(3), athlete_id=2)]
    ).assign(excluded_reason=pd.array([None, None, "a bike", None], dtype="str"))
    found = wait_for_their_day(runs, {1: day_at(2), 2: day_at(3)})
    assert found["excluded"].tolist() == [False, True, True, False]
    assert found["excluded_reason"].tolist()[1:3] == [LIES_AHEAD, "a bike"]
    assert wait_for_their_day(runs, {1: day_at(3), 2: day_at(3)})["excluded"].sum() == 1


def test_pages_list_it_and_count_it_nowhere(team: Store) -> None:
    everyone = Viewer.everyone()
    runner = next(a.id for a in figures.athletes(team, everyone) if a.name == STEADY)
    view = history_view(team, everyone, runner, None, Units(), EARLIER)
    notes = sessions_table.rows(view.sessions, Units())["note"]
    ahead = (pd.to_datetime(view.sessions["local_day"]) > pd.Timestamp(EARLIER.date())).to_numpy()
    assert 0 < ahead.sum() < len(ahead)
    assert set(notes[ahead]) == {f"not counted: {LIES_AHEAD}"}
    assert set(notes[~ahead]) == {""}
    with team.read() as conn:
        found = figures.tables(conn, everyone, EARLIER, [runner])
    counted = view.sessions.loc[~ahead, "distance_m"].sum()
    assert found.timeline["distance_m"].sum() == pytest.approx(counted)
    assert found.timeline.attrs["later_sessions"] == 0
    listed = runner_sessions(team, everyone, runner, EARLIER)
    assert set(listed["excluded_reason"].dropna()) == {LIES_AHEAD}
    assert not runner_sessions(team, everyone, runner, NOW)["excluded"].any()

"""Silence is counted in known days since the last session, runner by runner."""

from __future__ import annotations

import pandas as pd

from loadmon.days import WeekStart
from loadmon.load.silence import quiet_days, silent_days
from loadmon.planning.tables import SquadTables
from loadmon.timeline import timeline
from tests.made_runs import START, daily, day_at, made_runs, session


def test_the_tenth_day_without_a_session_is_the_first_silent_one_and_a_ride_is_heard_of() -> None:
    sessions = [session(START), session(day_at(15), running=False), session(day_at(3), athlete_id=2)]
    line = timeline(made_runs(sessions), today=day_at(16))
    first = line["athlete_id"].to_numpy() == 1
    assert quiet_days(line)[first].tolist() == [*range(15), 0, 1]
    assert silent_days(line)[first].tolist() == [False] * 10 + [True] * 5 + [False] * 2
    assert quiet_days(line)[~first].tolist() == list(range(14))


def test_days_declared_missing_are_explained_and_do_not_count() -> None:
    declared = pd.DataFrame({"athlete_id": [1], "first_day": [day_at(3)], "last_day": [day_at(8)]})
    line = timeline(made_runs([session(START)]), today=day_at(12), unknown=declared)
    assert quiet_days(line).tolist() == [0, 1, 2, 2, 2, 2, 2, 2, 2, 3, 4, 5, 6]
    assert not silent_days(line).any()


def test_the_week_counts_the_same_days() -> None:
    runs = made_runs(daily([5, 0, 5, 0, 0]))
    for today in range(3, 30):
        line = timeline(runs, today=day_at(today))
        assert SquadTables(line, runs, day_at(today), WeekStart.MONDAY).quiet_days(1) == quiet_days(line)[-1]

"""Which runs pain is told of: recorded ones and those without a watch, of the last days."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from loadmon.planning.pain_log import PainEntry
from loadmon.show.told_runs import session_of, told_runs
from loadmon.units import Units

TODAY = date(2025, 9, 10)


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_a_run_without_a_watch_is_asked_for_its_morning_like_a_recorded_one() -> None:
    sessions = pd.DataFrame(
        {
            "session_id": [7, 8, 9],
            "local_day": pd.to_datetime([back(0), back(2), back(4)]),
            "is_running": True,
            "excluded": False,
            "distance_m": [5000.0, 8000.0, 9000.0],
        }
    )
    entries = [PainEntry(1, back(n), "during", 2.0, without_recording=True) for n in (1, 2, 4)]
    entries.append(PainEntry(1, back(3), "day", 2.0))
    found = told_runs(sessions, entries, TODAY, Units())
    assert [words for _, words in found.values()] == ["Today, 5.0 km", "Yesterday, without a watch", "Monday, 8.0 km"]
    assert [session_of(chosen) for chosen in found] == [7, None, 8]
    assert [day for day, _ in found.values()] == [back(0), back(1), back(2)]

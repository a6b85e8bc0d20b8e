"""Which runs pain is told of: recorded ones and those without a watch, of the last days."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from loadmon.planning.pain_log import PainEntry
from loadmon.show.told_runs import session_of, told_runs, told_so_far
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


def test_what_was_told_of_a_run_already_is_said_with_what_is_open() -> None:
    during = [PainEntry(1, back(1), "during", value) for value in (1.0, 3.0)]
    morning = PainEntry(1, back(0), "morning", 0.0)
    assert told_so_far([], back(1), TODAY) == ""
    assert told_so_far([PainEntry(1, back(1), "day", 4.0)], back(1), TODAY) == ""
    said = told_so_far([*during, morning], back(1), TODAY)
    assert said == "Told already: during 3, the morning after 0 of 10. Still open: in the hour after."
    of_today = [PainEntry(1, back(0), "during", 2.0), PainEntry(1, back(0), "after", 0.0)]
    assert told_so_far(of_today, back(0), TODAY).endswith("Still open: the morning after (tomorrow).")
    whole = [*during, PainEntry(1, back(1), "after", 2.0), morning]
    assert told_so_far(whole, back(1), TODAY).endswith("Nothing is open.")

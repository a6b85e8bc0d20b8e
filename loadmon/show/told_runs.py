"""The runs of which pain is told: those of the last days, recorded or told without a watch. Knows nothing of Streamlit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd

from loadmon.planning.pain_log import PainEntry, pain_by_run
from loadmon.units import Units

BACK_DAYS = 3
UNRECORDED = "without-"
"""Before the day of a run that no watch recorded, where a recorded one has its number."""


def told_runs(
    sessions: pd.DataFrame, entries: Iterable[PainEntry], today: date, units: Units
) -> dict[str, tuple[date, str]]:
    """Runs of the last days, the newest first: the day and the words of each.

    A run told without a watch is among them, so that its next morning can be told; on a day with a recording it is that one.

    Parameters
    ----------
    sessions : DataFrame
        One runner's: session_id, local_day, is_running, excluded, distance_m.
    entries : iterable of PainEntry
        The same runner's.
    today : date
    units : Units

    Returns
    -------
    dict of str to (date, str)
        By the session's number, or by ``UNRECORDED`` and the day.
    """
    found: dict[str, tuple[date, str]] = {}
    for row in sessions.to_dict("records"):
        day = row["local_day"].date() if hasattr(row["local_day"], "date") else row["local_day"]
        if row["is_running"] and not row.get("excluded") and 0 <= (today - day).days <= BACK_DAYS:
            found[str(row["session_id"])] = (day, f"{_day_name(day, today)}, {units.distance(row['distance_m'])}")
    recorded = {day for day, _ in found.values()}
    for day in {entry.day for entry in entries if entry.without_recording} - recorded:
        if 0 <= (today - day).days <= BACK_DAYS:
            found[f"{UNRECORDED}{day}"] = (day, f"{_day_name(day, today)}, without a watch")
    return dict(sorted(found.items(), key=lambda one: one[1][0], reverse=True))


def session_of(chosen: str) -> int | None:
    """The number of a run that was chosen; None of one without a watch."""
    return None if chosen.startswith(UNRECORDED) else int(chosen)


def told_so_far(entries: Iterable[PainEntry], day: date, today: date) -> str:
    """What was told of a day's running already, and what is still open; empty where nothing was told."""
    found = pain_by_run(entries, [day]).get(day)
    if found is None or (found.during, found.after, found.morning) == (None, None, None):
        return ""
    moments = [("during", found.during), ("in the hour after", found.after), ("the morning after", found.morning)]
    told = ", ".join(f"{words} {value:g}" for words, value in moments if value is not None)
    open_ = ", ".join(words for words, value in moments if value is None)
    wait = " (tomorrow)" if open_.endswith("morning after") and day >= today else ""
    return f"Told already: {told} of 10. " + (f"Still open: {open_}{wait}." if open_ else "Nothing is open.")


def _day_name(day: date, today: date) -> str:
    return "Today" if day == today else "Yesterday" if today - day == timedelta(days=1) else f"{day:%A}"

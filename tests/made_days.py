"""Made days for tests of daily load: one number a day of any kind of load, then today without a run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

from loadmon.load.kind import EFFORT, LoadKind
from loadmon.timeline import timeline
from tests.made_runs import START, made_runs, session


def made_days(
    loads: Sequence[float | None],
    kind: LoadKind = EFFORT,
    *,
    start: date = START,
    athlete_id: int = 1,
    unknown: Iterable[int] = (),
) -> pd.DataFrame:
    """One runner's days with these loads, and today after them.

    Parameters
    ----------
    loads : sequence
        One a day: 0, no session; None, a run of which this load is not known.
    unknown : iterable of int
        Days declared missing, counted from 0.
    """
    return timeline(
        loaded_runs(loads, kind, start=start, athlete_id=athlete_id),
        today=start + timedelta(days=len(loads)),
        first={athlete_id: start},
        unknown=declared(unknown, start, athlete_id),
    )


def loaded_runs(
    loads: Sequence[float | None], kind: LoadKind = EFFORT, *, start: date = START, athlete_id: int = 1
) -> pd.DataFrame:
    """The sessions behind such days; a ride on the first day begins the record."""
    told: list[tuple[dict[str, Any], float | None]] = [
        (session(start, running=False, athlete_id=athlete_id), float("nan"))
    ]
    told += [
        (session(start + timedelta(days=n), 5000.0, athlete_id=athlete_id), load)
        for n, load in enumerate(loads)
        if load is None or load > 0
    ]
    runs = made_runs(one for one, _ in told)
    return runs.assign(**{kind.source: pd.array([load for _, load in told], dtype="float64")})


def declared(days: Iterable[int], start: date = START, athlete_id: int = 1) -> pd.DataFrame:
    """Days declared missing, one span a day."""
    dates = [start + timedelta(days=n) for n in days]
    return pd.DataFrame({"athlete_id": [athlete_id] * len(dates), "first_day": dates, "last_day": dates})

"""A squad's record made for tests of the design: its runs, days and injuries, and who they are."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from loadmon.days import day_number
from loadmon.injury import Injury
from loadmon.risk.design import Record
from loadmon.timeline import timeline
from tests.made_runs import day_at, made_runs, session

EFFORT = 5.0


def steady_runs(days: int, athlete_id: int = 1, metres: float = 8000.0, every: int = 2) -> pd.DataFrame:
    """A run of the same length every other day, from a Monday on."""
    return made_runs([session(day_at(n), metres, athlete_id=athlete_id) for n in range(0, days, every)])


def record(runs: pd.DataFrame, last: date, injuries: tuple[Injury, ...] = (), **more: object) -> Record:
    """The record up to a day; a diary is kept from its first day on, unless another is given."""
    more.setdefault("diary", {int(who): day_number(day_at(0)) for who in runs["athlete_id"].unique()})
    return Record(timeline(runs, today=last), runs, injuries, **more)  # type: ignore[arg-type]


def squad_record(runners: int = 8, days: int = 400, seed: int = 2) -> Record:
    """A squad whose weeks go up and down, each runner with two injuries."""
    random = np.random.default_rng(seed)
    rows = []
    for athlete in range(1, runners + 1):
        metres = 6000.0 + 500.0 * athlete
        rows += [
            session(day_at(n), float(metres * random.gamma(8.0, 0.125)), athlete_id=athlete) for n in range(0, days, 2)
        ]
    injuries = tuple(
        Injury(athlete, onset, onset + timedelta(days=10), "shin")
        for athlete in range(1, runners + 1)
        for onset in (day_at(90 + 9 * athlete), day_at(250 + 11 * athlete))
    )
    return record(made_runs(rows), day_at(days - 1), injuries)

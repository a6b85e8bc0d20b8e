"""Budgets of telling which of two recordings counts: a squad's whole past at each look, and what is made to harm."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from loadmon.overlap import pairs, same_run
from tests.bench.budgets.budget import Measured, measured
from tests.made_runs import many_runs

RUNNERS, DAYS = 50, 1240


def budgets() -> Iterator[Measured]:
    """39,000 sessions recorded once, the same recorded twice by everybody, and one hour recorded ten thousand times."""
    once, twice = recorded(DAYS), recorded_twice(DAYS // 2)
    yield measured(f"which of {len(once):,} sessions count", 0.1, lambda: same_run(once))
    yield measured(f"the same, each of {len(twice) // 2:,} runs recorded twice", 1.5, lambda: same_run(twice))
    yield measured(f"{len(twice) // 2:,} pairs side by side", 6.0, lambda: pairs(twice), 1)
    crowd = once.iloc[:10_000].assign(athlete_id=1, start_utc=once["start_utc"].iloc[0], elapsed_s=3600.0)
    yield measured("10,000 recordings of one hour", 8.0, lambda: same_run(crowd), 1)


def recorded(days: int) -> pd.DataFrame:
    """A squad's sessions with the columns that tell what they hold."""
    runs = many_runs(RUNNERS, days)
    random, count = np.random.default_rng(1), len(runs)
    return runs.assign(
        elapsed_s=runs["moving_s"],
        sport=pd.array(["run"] * count, dtype="str"),
        indoor=False,
        timeless=False,
        batch_id=1,
        mean_heart_rate_bpm=150.0,
        heart_rate_coverage=random.random(count),
        samples=1000.0,
        mark=pd.array([f"{number:012x}:0" for number in random.permutation(count)], dtype="str"),
    )


def recorded_twice(days: int) -> pd.DataFrame:
    """The same, every session on a second watch as well."""
    first = recorded(days)
    second = first.assign(
        start_utc=first["start_utc"] + pd.Timedelta(seconds=5),
        heart_rate_coverage=first["heart_rate_coverage"].to_numpy()[::-1],
        mark=first["mark"].str.replace(":0", ":1"),
    )
    both = pd.concat([first, second], ignore_index=True).assign(session_id=lambda table: np.arange(len(table)) + 1)
    return both.sort_values(["athlete_id", "start_utc", "session_id"], ignore_index=True)

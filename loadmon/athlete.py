"""An athlete: who ran, where home is, and the thresholds that hold from a date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd

THRESHOLD_RANGES = MappingProxyType(
    {
        "rest_heart_rate_bpm": (25.0, 120.0),
        "max_heart_rate_bpm": (100.0, 240.0),
        "threshold_heart_rate_bpm": (80.0, 230.0),
        "first_threshold_heart_rate_bpm": (70.0, 220.0),
        "second_threshold_heart_rate_bpm": (80.0, 230.0),
        "threshold_speed_mps": (1.0, 8.0),
        "critical_power_w": (30.0, 1000.0),
        "mass_kg": (20.0, 300.0),
        "height_m": (0.8, 2.6),
        "leg_length_m": (0.3, 1.5),
    }
)
"""Every kind of limit and the range in which a person's lies: wide bounds against slips of the key (loadmon convention)."""

SEXES = ("female", "male")
LOAD_METHODS = ("heart rate", "pace", "power", "effort", "minutes")
"""Ways in which a session's load can be told; a runner's own order holds each of them at most once."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """One measured or estimated limit of a runner, valid from a day on until a later one replaces it.

    Parameters
    ----------
    kind : str
        A key of ``THRESHOLD_RANGES``.
    value : float
        In the unit the kind's name ends in.
    valid_from : date
        First local day on which it holds.
    """

    kind: str
    value: float
    valid_from: date


@dataclass(frozen=True, slots=True)
class Athlete:
    """A runner as loadmon knows them.

    Parameters
    ----------
    id : int
        The store's number for the runner.
    name : str
        As the squad calls them.
    time_zone : str | None
        IANA zone of home, used only where neither file nor position tells the local time.
    squad : str | None
        The group they train with.
    is_sample : bool
        True for the made-up runners of the sample squad.
    thresholds : tuple of Threshold
        Those that were not taken back, by kind and day.
    sex : str | None
        ``female`` or ``male``; None where nobody told: formulas that differ then take the middle and say so.
    load_order : tuple of str | None
        Some of ``LOAD_METHODS``, best first; None for loadmon's own order.
    twins : str | None
        What is done with two recordings of one run (``loadmon.overlap.Default``); None where nobody said: the richer counts.
    """

    id: int
    name: str
    time_zone: str | None = None
    squad: str | None = None
    is_sample: bool = False
    thresholds: tuple[Threshold, ...] = field(default=())
    sex: str | None = None
    load_order: tuple[str, ...] | None = None
    twins: str | None = None

    def threshold(self, kind: str, on: date) -> float | None:
        """The value of ``kind`` that held on a day, or None if none was known by then."""
        known = [t for t in self.thresholds if t.kind == kind and t.valid_from <= on]
        return max(known, key=lambda t: t.valid_from).value if known else None


def limits_on(athletes: Iterable[Athlete], runs: pd.DataFrame) -> pd.DataFrame:
    """What was known of each session's runner on the day of that session.

    Parameters
    ----------
    athletes : iterable of Athlete
        Everyone who ran; a session of somebody else has no limits.
    runs : DataFrame
        One row a session: athlete_id, local_day; any order, any index.

    Returns
    -------
    DataFrame
        One row a session, with the index of ``runs``: a float64 column for each kind of ``THRESHOLD_RANGES`` (NaN where
        none held yet) and ``sex`` (str: ``female`` or ``male``, missing where nobody told).
    """
    people = list(athletes)
    runner = runs["athlete_id"].to_numpy(dtype=np.int64)
    day = runs["local_day"].to_numpy(dtype="datetime64[D]").astype(np.int64)
    columns: dict[str, object] = {}
    for kind in THRESHOLD_RANGES:
        known = sorted((a.id, t.valid_from, t.value) for a in people for t in a.thresholds if t.kind == kind)
        columns[kind] = _holding(known, runner, day)
    sexes = {a.id: a.sex for a in people}
    ids, code = np.unique(runner, return_inverse=True)
    columns["sex"] = pd.array([sexes.get(number) for number in ids.tolist()], dtype="str")[code]
    return pd.DataFrame(columns, index=runs.index)


def _holding(known: list[tuple[int, date, float]], runner: np.ndarray, day: np.ndarray) -> np.ndarray:
    """For each runner and day the value of the latest entry of that runner up to that day; NaN for none."""
    values = np.full(len(runner), np.nan)
    if not known:
        return values
    whose = np.array([one[0] for one in known], np.int64)
    since = np.array([one[1] for one in known], "datetime64[D]").astype(np.int64)
    value = np.array([one[2] for one in known], np.float64)
    # one ordered key a runner and day; a day number stays far below the span of one runner
    span = np.int64(1) << np.int64(32)
    last = np.searchsorted(whose * span + since, runner * span + day, side="right") - 1
    holds = (last >= 0) & (whose[last] == runner)
    values[holds] = value[last[holds]]
    return values

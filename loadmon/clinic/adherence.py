"""Adherence: how long a runner kept within the range of the target cadence, by speed and week, from the runs that came back.

It is told from what is kept of each run (seconds at each speed and cadence), so no recording is opened again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.days import week_label, week_start
from loadmon.tissue.cells import CADENCE, PARTS, SPEED, UNKNOWN
from loadmon.tissue.exposure_bytes import cells_of_bytes

WITHIN_SPM = evidence.ADHERENCE_WITHIN_SPM.value
SUCCESS_SHARE = evidence.ADHERENCE_SHARE.value
SPEED_WIDTH_MPS, LIKE_SPEED_MPS = 0.2, evidence.CLINIC_LIKE_SPEED_MPS.value
COLUMNS = ("session_id", "day", "week", "speed_mps", "seconds", "in_range_s")


@dataclass(frozen=True, slots=True)
class WeekOfAdherence:
    """One ISO week.

    Parameters
    ----------
    week : str
        ``2026-W09``.
    first_day : date
    runs : int
    seconds : float
        Of running with a cadence, near the target's speed.
    share : float | None
        Of them within the range; None where there are none.
    """

    week: str
    first_day: date
    runs: int
    seconds: float
    share: float | None

    @property
    def reached(self) -> bool:
        """True where the runner kept within the range for four fifths of the time; the rule holds of one speed and two steps."""
        return self.share is not None and self.share >= SUCCESS_SHARE


def time_in_range(
    exposures: Mapping[int, bytes],
    days: Mapping[int, date],
    target_spm: float,
    *,
    within_spm: float = WITHIN_SPM,
    speed_mps: float | None = None,
) -> pd.DataFrame:
    """Seconds run, and seconds within the range, of each run by speed.

    Parameters
    ----------
    exposures : mapping of session to bytes
        As the store keeps them.
    days : mapping of session to date
        The local day of each.
    target_spm : float
        Steps of both feet a minute.
    within_spm : float
    speed_mps : float | None
        Only running within 0.2 m/s of it; all if None.

    Returns
    -------
    DataFrame
        ``COLUMNS``; ``speed_mps`` is the lower end of a band 0.2 m/s wide. Seconds without a cadence, and walking, are not in it:
        they are not known, which is not out of range. A run without any has no row.
    """
    wanted = [number for number in exposures if number in days]
    parts = [_of_run(exposures[number], number, days[number], target_spm, within_spm, speed_mps) for number in wanted]
    parts = [part for part in parts if len(part)]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype=_TYPES.get(name, "float64")) for name in COLUMNS})
    return pd.concat(parts, ignore_index=True)


_TYPES = {"session_id": "int64", "day": "object", "week": "str"}


def _of_run(
    kept: bytes, number: int, day: date, target_spm: float, within_spm: float, speed_mps: float | None
) -> pd.DataFrame:
    cells = cells_of_bytes([kept])
    speed_cell, cadence_cell = cells.cell[0], cells.cell[2]
    inside = cells.inside[0] / PARTS
    cadence = CADENCE.first + CADENCE.width * (cadence_cell + inside[2][cadence_cell])
    speed = SPEED.first + SPEED.width * (speed_cell + inside[0][speed_cell])
    known = (cadence_cell != UNKNOWN) & (cells.amount > 0)
    if speed_mps is not None:
        known &= np.abs(speed - speed_mps) <= LIKE_SPEED_MPS + SPEED.width / PARTS
    seconds = np.where(known, cells.amount * 120.0 / np.maximum(cadence, 1.0), 0.0)
    band = np.floor(speed / SPEED_WIDTH_MPS + 1e-6) * SPEED_WIDTH_MPS
    near = np.abs(cadence - target_spm) <= within_spm + CADENCE.width / PARTS  # as finely as it is kept
    table = pd.DataFrame({"speed_mps": band.round(2), "seconds": seconds, "in_range_s": np.where(near, seconds, 0.0)})
    summed: pd.DataFrame = table[known].groupby("speed_mps", as_index=False).sum()
    summed.insert(0, "session_id", number)
    summed.insert(1, "day", day)
    summed.insert(2, "week", week_label(day))
    return summed


def by_week(table: pd.DataFrame) -> tuple[WeekOfAdherence, ...]:
    """Week by week how much of the time was within the range.

    Parameters
    ----------
    table : DataFrame
        As ``time_in_range`` gives it: by the rule, of running at the assessment's speed.
    """
    weeks = []
    for week, rows in table.groupby("week", sort=True):
        seconds = float(rows["seconds"].sum())
        share = float(rows["in_range_s"].sum()) / seconds if seconds > 0 else None
        weeks.append(
            WeekOfAdherence(str(week), week_start(rows["day"].iloc[0]), rows["session_id"].nunique(), seconds, share)
        )
    return tuple(weeks)


def by_speed(table: pd.DataFrame) -> pd.DataFrame:
    """How much of the time was within the range at each speed: ``speed_mps``, ``seconds``, ``share``."""
    summed = table.groupby("speed_mps", as_index=False)[["seconds", "in_range_s"]].sum()
    summed["share"] = summed["in_range_s"] / summed["seconds"].where(summed["seconds"] > 0)
    return summed[["speed_mps", "seconds", "share"]]

"""What is kept about one session."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
import numpy.typing as npt
import pandas as pd

from loadmon.tissue.exposure import Exposure

FACTS_VERSION = 5
"""Raised whenever a fact below is computed differently; ``loadmon recompute`` brings stored facts up to date."""


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What is kept about one session, in SI units; None where the file did not tell, with the reason beside it.

    Parameters
    ----------
    version : int
        ``FACTS_VERSION`` at the time of computing.
    sport : str
        The kind of activity, as the file says.
    is_running : bool
        True where the session counts as running load.
    sport_reason : str | None
        Why it counts although the file does not name a sport; None where the file does.
    indoor : bool
        Treadmill or virtual: distance is the device's own estimate.
    start_utc, local_day, utc_offset_s, offset_origin
        When, and on which of the runner's own days.
    elapsed_s, timer_s, moving_s : float | None
        First to last sample; watch timer running; actually moving. None where a table tells a distance and no time.
    distance_m, distance_source, distance_reason
        Metres; ``device``, ``table``, ``stream`` or ``position``; why it is missing where it is.
    steps, walk_steps, steps_reason
        Steps of both feet while running and while walking (< 130 a minute or < 1.8 m/s); neither where cadence is
        missing for more than a fifth of the time in motion.
    mean_heart_rate_bpm, max_heart_rate_bpm, heart_rate_coverage
        Time-weighted, and the share of recorded time that has a value.
    median_cadence_spm : float | None
        Middle value while moving, both feet.
    median_stance_time_s, median_vertical_oscillation_m, median_step_length_m, median_stance_balance_left_pct,
    median_vertical_ratio_pct : float | None
        Middle values while running.
    weighted_power_w : float | None
        Power of running, its mean weighted towards its peaks.
    normalised_graded_mps, graded_reason
        Speed on the flat that would cost as much, its mean weighted towards its peaks; a code of ``loadmon.measure``
        where it cannot be told.
    grade_known, grade_reason, grade_clamped
        Whether that speed takes the slopes into account, a code why it does not, and the number of samples on
        slopes so steep that they were taken for the steepest that was ever measured, or for level where a slope would make
        them faster than anybody runs.
    decoupling_pct, decoupling_reason
        How much less speed a heartbeat gave in the second half; a code where it cannot be told.
    exposure_reason
        A code of ``loadmon.measure`` where there is no ``exposure``, or where it speaks for a part of the run only.
    cadence_windows : DataFrame
        30-second windows that the cadence model reads (see ``gait.cadence``).
    heart_rate_seconds : array of float64
        Seconds at each whole beat a minute (see ``loadmon.load.heart_rate``); empty where heart rate was not measured.
    exposure : Exposure | None
        How many steps were run at each speed, slope and cadence: what tissue load is told from, by any numbers.
    """

    version: int
    sport: str
    sub_sport: str | None
    is_running: bool
    sport_reason: str | None
    indoor: bool
    start_utc: datetime
    local_day: date
    utc_offset_s: int | None
    offset_origin: str
    elapsed_s: float | None
    timer_s: float | None
    moving_s: float | None
    distance_m: float | None
    distance_source: str | None
    distance_reason: str | None
    mean_speed_mps: float | None
    ascent_m: float | None
    steps: float | None
    walk_steps: float | None
    steps_reason: str | None
    mean_heart_rate_bpm: float | None
    max_heart_rate_bpm: float | None
    heart_rate_coverage: float
    median_cadence_spm: float | None
    median_stance_time_s: float | None
    median_vertical_oscillation_m: float | None
    median_step_length_m: float | None
    median_stance_balance_left_pct: float | None
    median_vertical_ratio_pct: float | None
    weighted_power_w: float | None
    normalised_graded_mps: float | None
    graded_reason: str | None
    grade_known: bool
    grade_reason: str | None
    grade_clamped: int | None
    decoupling_pct: float | None
    decoupling_reason: str | None
    exposure_reason: str | None
    device: str
    device_serial_hash: str | None
    samples: int
    measured: tuple[str, ...]
    cadence_windows: pd.DataFrame = field(compare=False, repr=False, default_factory=pd.DataFrame)
    heart_rate_seconds: npt.NDArray[np.float64] = field(compare=False, repr=False, default_factory=lambda: np.empty(0))
    exposure: Exposure | None = field(compare=False, repr=False, default=None)

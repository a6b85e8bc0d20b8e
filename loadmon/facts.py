"""From a session to its facts: everything loadmon keeps so that no page ever opens a stream again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
import pandas as pd

from loadmon.gait.cadence import cadence_windows
from loadmon.readers.clean import looks_like_running
from loadmon.readers.moving import FASTEST_MEAN_MPS, MOVING_MPS, MOVING_SPM, longest_gap_s, stopped_seconds
from loadmon.readers.recording import TimerEvent
from loadmon.session import Session, Sport

FACTS_VERSION = 3
"""Raised whenever a fact below is computed differently; ``loadmon recompute`` brings stored facts up to date."""

WALKING_BELOW_MPS = 1.8
WALKING_BELOW_SPM = 130.0
LEAST_RUNNING_CADENCE_SPM = 140.0


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
    elapsed_s, timer_s, moving_s : float
        First to last sample; watch timer running; actually moving.
    distance_m, distance_source, distance_reason
        Metres; ``device``, ``table``, ``stream`` or ``position``; why it is missing where it is.
    steps, walk_steps, steps_reason
        Steps of both feet while running and while walking (< 130 a minute or < 1.8 m/s).
    mean_heart_rate_bpm, max_heart_rate_bpm, heart_rate_coverage
        Time-weighted, and the share of recorded time that has a value.
    median_cadence_spm : float | None
        Middle value while moving, both feet.
    cadence_windows : DataFrame
        30-second windows that the cadence model reads (see ``gait.cadence``).
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
    elapsed_s: float
    timer_s: float
    moving_s: float
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
    device: str
    device_serial_hash: str | None
    samples: int
    measured: tuple[str, ...]
    cadence_windows: pd.DataFrame = field(compare=False, repr=False, default_factory=pd.DataFrame)


def facts_of(session: Session) -> RunFacts:
    """Everything worth keeping about one session, from its stream and from what the device declared.

    Parameters
    ----------
    session : Session
        As the readers give it: clean stream, SI units.

    Returns
    -------
    RunFacts
        Never raises for missing channels: they become None with a reason.
    """
    stream = session.stream
    seconds = _recorded_seconds(session)
    cadence = stream["cadence_spm"].to_numpy(float)
    speed = stream["speed_mps"].to_numpy(float)
    heart_rate = stream["heart_rate_bpm"].to_numpy(float)
    moving = (speed >= MOVING_MPS) | (cadence >= MOVING_SPM)

    distance_m, distance_source, distance_reason = _distance(session)
    is_running, sport_reason = _counts_as_running(session, cadence, moving, distance_m)
    steps, walk_steps, steps_reason = _steps(seconds, cadence, speed)
    if session.source.format == "table":
        steps_reason = "it comes from a table and has no samples"
    moving_s = session.moving_s
    mean_heart_rate, coverage = _weighted_mean(heart_rate, seconds)
    max_heart_rate = None if np.isnan(heart_rate).all() else float(np.nanmax(heart_rate))
    if not len(stream):
        # a session from a table has what the table says, and no share of it was recorded
        mean_heart_rate, max_heart_rate = session.totals.mean_heart_rate_bpm, session.totals.max_heart_rate_bpm
    indoor = session.sport in (Sport.TREADMILL_RUN, Sport.VIRTUAL_RUN)
    running_now = moving & (np.isnan(cadence) | (cadence >= WALKING_BELOW_SPM))
    windows = cadence_windows(stream, indoor) if is_running else pd.DataFrame()

    def middle(column: str, where: np.ndarray) -> float | None:
        return _median(stream[column].to_numpy(float)[where])

    return RunFacts(
        version=FACTS_VERSION,
        sport=session.sport.value,
        sub_sport=session.sub_sport,
        is_running=is_running,
        sport_reason=sport_reason,
        indoor=indoor,
        start_utc=session.start,
        local_day=session.local_day,
        utc_offset_s=session.utc_offset_s,
        offset_origin=session.offset_origin.value,
        elapsed_s=session.elapsed_s,
        timer_s=session.timer_s,
        moving_s=moving_s,
        distance_m=distance_m,
        distance_source=distance_source,
        distance_reason=distance_reason,
        mean_speed_mps=distance_m / moving_s if distance_m is not None and moving_s > 0 else None,
        ascent_m=session.totals.ascent_m,
        steps=steps,
        walk_steps=walk_steps,
        steps_reason=steps_reason,
        mean_heart_rate_bpm=mean_heart_rate,
        max_heart_rate_bpm=max_heart_rate,
        heart_rate_coverage=coverage,
        median_cadence_spm=_median(cadence[moving & (cadence > 0)]),
        median_stance_time_s=middle("stance_time_s", running_now),
        median_vertical_oscillation_m=middle("vertical_oscillation_m", running_now),
        median_step_length_m=middle("step_length_m", running_now),
        median_stance_balance_left_pct=middle("stance_balance_left_pct", running_now),
        device=session.device.label,
        device_serial_hash=session.device.serial_hash,
        samples=len(stream),
        measured=session.measured_columns,
        cadence_windows=windows,
    )


def sample_seconds(t_s: np.ndarray) -> np.ndarray:
    """Seconds that each sample stands for: the time up to the next one, none across a long gap.

    Parameters
    ----------
    t_s : array of shape (n,), seconds from the start, increasing

    Returns
    -------
    array of shape (n,), seconds; the last sample stands for none
    """
    if len(t_s) == 0:
        return np.empty(0)
    steps = np.diff(t_s, append=t_s[-1])
    return np.where(steps < longest_gap_s(t_s), steps, 0.0)


def _recorded_seconds(session: Session) -> np.ndarray:
    """What each sample stands for, without the time in which the watch's timer stood still (waiting at a light)."""
    t = session.stream["t_s"].to_numpy(float)
    seconds = sample_seconds(t)
    if len(t) < 2 or session.events.empty:
        return seconds
    # by numpy: three pandas objects for two numbers would take as long as reading the file
    first = session.stream["timestamp"].to_numpy("datetime64[us]")[0]
    since = (session.events["timestamp"].to_numpy("datetime64[us]") - first).astype("int64") / 1e6 + t[0]
    events = [TimerEvent(at, kind) for at, kind in zip(since.tolist(), session.events["kind"].tolist(), strict=True)]
    seconds[:-1] = np.clip(seconds[:-1] - stopped_seconds(t, events), 0.0, None)
    return seconds


def _counts_as_running(
    session: Session, cadence: np.ndarray, moving: np.ndarray, distance_m: float | None
) -> tuple[bool, str | None]:
    """Whether a session is running load; a file that names no sport counts if it moves like a run, and says so."""
    if session.sport is not Sport.UNKNOWN:
        return session.sport.is_running, None
    too_fast = distance_m is not None and distance_m > FASTEST_MEAN_MPS * session.moving_s
    if too_fast or not looks_like_running(session.stream):
        return False, "the file names no sport and its speed is not a run's"
    steps = _median(cadence[moving & (cadence > 0)])
    if steps is not None and steps < LEAST_RUNNING_CADENCE_SPM:
        return False, "the file names no sport and its cadence is not a run's"
    return True, "the file names no sport; counted as a run by its speed"


def _distance(session: Session) -> tuple[float | None, str | None, str | None]:
    """The device's own distance where it gave one, else the stream's; with its source, or the reason for none."""
    declared = session.totals.distance_m
    from_table = session.source.format == "table"
    believable = not session.sport.is_running or (declared or 0.0) <= FASTEST_MEAN_MPS * max(session.moving_s, 1.0)
    if declared is not None and declared > 0 and (believable or from_table):
        return float(declared), "table" if from_table else "device", None
    if from_table:
        return None, None, "the table holds no distance for it"
    column = session.stream["distance_m"].dropna()
    if len(column) and float(column.max()) > 0:
        recomputed = any(o.name == "distance from positions" for o in session.oddities)
        told = None if believable else "from the samples: the device's own total is faster than anybody runs"
        return float(column.max()), "position" if recomputed else "stream", told
    return None, None, "the file holds neither a distance nor positions"


def _steps(
    seconds: np.ndarray, cadence: np.ndarray, speed: np.ndarray
) -> tuple[float | None, float | None, str | None]:
    """Running and walking steps: cadence over time, samples without cadence left out."""
    known = ~np.isnan(cadence)
    if not known.any():
        return None, None, "the file holds no cadence"
    per_sample = np.where(known, cadence, 0.0) / 60.0 * seconds
    walking = (cadence < WALKING_BELOW_SPM) | (speed < WALKING_BELOW_MPS)
    return float(per_sample[~walking].sum()), float(per_sample[walking].sum()), None


def _weighted_mean(values: np.ndarray, seconds: np.ndarray) -> tuple[float | None, float]:
    """Time-weighted mean of the known values, and the share of recorded time they cover."""
    known = ~np.isnan(values)
    total = seconds.sum()
    weight = np.where(known, seconds, 0.0)
    if not known.any() or total <= 0:
        return (float(np.nanmean(values)) if known.any() else None), 0.0
    if weight.sum() <= 0:
        return None, 0.0
    return float((np.where(known, values, 0.0) * weight).sum() / weight.sum()), float(weight.sum() / total)


def _median(values: np.ndarray) -> float | None:
    """Middle of the known values, or None if there are none."""
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else None

"""From a watch's columns to the run the tissue model reads. The order matters: what is raised to a power comes last."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.tissue.smoothing import Clock, filled, mean_over, never_faster, without_spikes
from loadmon.tissue.stream import STANDING_MPS, Heights, SlopeQuality, TissueStream

Floats = NDArray[np.float64]

MOST_SPM, STEEPEST = 240.0, evidence.GRADE_LIMIT.value
_APART_M = 10_000.0


def tissue_stream(
    columns: Mapping[str, Floats],
    seconds: Floats,
    *,
    heights: Heights = Heights.NONE,
    treadmill: bool = False,
    treadmill_slope: float | None = None,
    speed_mps: Floats | None = None,
) -> TissueStream:
    """Cleans one run: cadence, then speed, then slope; spikes out, smoothed, and nothing made up in silence.

    Parameters
    ----------
    columns : mapping of names to arrays of shape (n,)
        t_s (rising), speed_mps, cadence_spm (both feet), and where there are any altitude_m, heart_rate_bpm,
        stance_balance_left_pct; NaN for missing.
    seconds : array of shape (n,)
        What each sample stands for; 0 across pauses.
    heights : Heights
        Where altitude_m comes from; it is left alone where that is ``NONE``.
    treadmill : bool
        Heights on a treadmill say nothing: its slope is the one entered, else unknown.
    treadmill_slope : float | None
        Rise over run, as entered.
    speed_mps : array of shape (n,) | None
        A better speed than the column's, where there is one (a foot pod before the satellites).
    """
    t = np.asarray(columns["t_s"], dtype=np.float64)
    held = np.where(np.isfinite(seconds) & (seconds > 0), seconds, 0.0)
    clock = Clock.of(t, held)
    cadence, locked_s = clean_cadence(columns["cadence_spm"], columns.get("heart_rate_bpm"), held, clock)
    speed = clean_speed(columns["speed_mps"] if speed_mps is None else speed_mps, held, clock)
    with np.errstate(invalid="ignore"):
        held = np.where(speed <= STANDING_MPS, 0.0, held)
    slope, quality, noise = np.full(len(t), np.nan), SlopeQuality.UNKNOWN, None
    altitude = columns.get("altitude_m")
    if treadmill:
        entered = np.nan if treadmill_slope is None else min(max(treadmill_slope, -STEEPEST), STEEPEST)
        slope, quality = np.full(len(t), entered), SlopeQuality.INDOORS
    elif heights is not Heights.NONE and altitude is not None:
        slope, noise = clean_slope(altitude, speed, held, clock, from_satellites=heights is Heights.SATELLITES)
        if not np.isnan(slope).all():
            quality = SlopeQuality.LOW if heights is Heights.SATELLITES else SlopeQuality.GOOD
    return TissueStream(
        seconds=held,
        speed_mps=speed,
        cadence_spm=cadence,
        slope=slope,
        slope_quality=quality,
        treadmill=treadmill,
        locked_s=locked_s,
        slope_noise=noise,
        balance_left_pct=_middle(columns.get("stance_balance_left_pct")),
    )


def _middle(values: Floats | None) -> float | None:
    known = np.empty(0) if values is None else values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else None


def clean_cadence(
    cadence_spm: Floats, heart_rate_bpm: Floats | None, seconds: Floats, clock: Clock
) -> tuple[Floats, float]:
    """Cadence without zeros and impossible values, short gaps filled, and what only repeats the heart rate left out.

    Returns
    -------
    (cadence, locked_s) : array of shape (n,), NaN where the runner's own must stand in; seconds that repeated the heart rate
    """
    with np.errstate(invalid="ignore"):
        kept = np.where((cadence_spm > 0) & (cadence_spm <= MOST_SPM), cadence_spm, np.nan)
    kept = filled(kept, clock, evidence.TISSUE_GAP_S.value)
    if heart_rate_bpm is None:
        return kept, 0.0
    with np.errstate(invalid="ignore"):
        same = np.abs(kept - heart_rate_bpm) < evidence.LOCKED_BPM.value
    if not float(seconds[same].sum()) > evidence.LOCKED_S.value:
        return kept, 0.0
    spell = np.cumsum(np.concatenate(([True], same[1:] != same[:-1]))) - 1
    lasting = np.bincount(spell, weights=seconds)
    locked = same & (lasting[spell] > evidence.LOCKED_S.value)
    return np.where(locked, np.nan, kept), float(seconds[locked].sum())


def clean_speed(speed_mps: Floats, seconds: Floats, clock: Clock) -> Floats:
    """Speed without spikes and impossible jumps, averaged over 15 s; NaN where it is not known for more than 10 s."""
    with np.errstate(invalid="ignore"):
        speed = np.where(np.isfinite(speed_mps) & (speed_mps >= 0), speed_mps, np.nan)
    speed = filled(speed, clock, evidence.TISSUE_GAP_S.value)
    speed = without_spikes(speed, seconds)
    speed = never_faster(speed, clock.middle, evidence.FASTEST_CHANGE_MPS2.value)
    return mean_over(speed, clock.edges, clock.low, clock.high, evidence.SMOOTHED_S.value)


def clean_slope(
    altitude_m: Floats, speed_mps: Floats, seconds: Floats, clock: Clock, *, from_satellites: bool
) -> tuple[Floats, float | None]:
    """Rise over run at each sample, over the metres around it; and how much it shivers about its own course.

    Parameters
    ----------
    altitude_m, speed_mps, seconds : arrays of shape (n,)
        Speed and seconds cleaned already.
    clock : Clock
    from_satellites : bool
        True takes it over more time and distance.

    Returns
    -------
    (slope, noise) : array of shape (n,), NaN where no height tells it; its noise, None where it is nowhere known
    """
    reach = (evidence.SATELLITE_SLOPE_REACH_M if from_satellites else evidence.SLOPE_REACH_M).value
    smoothed = (evidence.SATELLITE_SMOOTHED_S if from_satellites else evidence.SMOOTHED_S).value
    height = filled(np.where(np.isfinite(altitude_m), altitude_m, np.nan), clock, evidence.TISSUE_GAP_S.value)
    height = without_spikes(height, seconds)
    height = mean_over(height, clock.edges, clock.low, clock.high, smoothed)
    known = ~np.isnan(height)
    metres = np.nan_to_num(speed_mps) * seconds
    # stretches lie far apart on this scale, so that no slope is taken over a pause
    edges = np.concatenate(([0.0], np.cumsum(metres)))
    middle = 0.5 * (edges[:-1] + edges[1:]) + _APART_M * clock.stretch
    first = np.flatnonzero(np.diff(clock.stretch, prepend=-1))
    last = np.append(first[1:], len(metres))
    low, high = middle[first][clock.stretch], middle[last - 1][clock.stretch]
    if known.sum() < 2:
        return np.full(len(metres), np.nan), None
    # standing still adds samples and no metres: the first of each place counts
    where, heights = middle[known], height[known]
    first_there = np.concatenate(([True], where[1:] > where[:-1]))
    where, heights = where[first_there], heights[first_there]
    begin = np.clip(middle - reach / 2, low, np.maximum(high - reach, low))
    end = np.minimum(begin + reach, high)
    rise = np.interp(end, where, heights) - np.interp(begin, where, heights)
    far = end - begin
    long_enough = known & (far >= 0.999 * reach)
    slope = np.where(long_enough, np.clip(rise / np.where(far > 0, far, 1.0), -STEEPEST, STEEPEST), np.nan)
    if not long_enough.any():
        return slope, None
    begins, ends = edges[first][clock.stretch], edges[last][clock.stretch]
    course = mean_over(slope, edges, begins, ends, evidence.SLOPE_REACH_M.value)
    return slope, float(np.std((slope - course)[long_enough]))

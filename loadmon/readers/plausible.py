"""Values no runner and no watch can produce: each is set to missing and counted, the session stays."""

from __future__ import annotations

import numpy as np

from loadmon.readers.recording import Column
from loadmon.session import Oddity

FAST_MPS = 7.5
"""On foot nobody holds this speed longer than ``FAST_S`` (loadmon convention)."""
FAST_S = 10.0
FASTEST_MPS = 13.0
"""Above the fastest sprint ever measured: a jump of the position, however short (loadmon convention)."""
MAX_CADENCE_SPM = 240.0

_ZERO_IS_MISSING = (
    "heart_rate_bpm",
    "vertical_oscillation_m",
    "stance_time_s",
    "step_length_m",
    "vertical_ratio_pct",
    "stance_balance_left_pct",
)
_RANGES: dict[str, tuple[float, float, str]] = {
    "lat_deg": (-90.0, 90.0, "position"),
    "lon_deg": (-180.0, 180.0, "position"),
    "altitude_m": (-450.0, 9000.0, "altitude"),
    "distance_m": (0.0, 2_000_000.0, "distance"),
    "speed_mps": (0.0, 60.0, "speed"),
    "heart_rate_bpm": (30.0, 230.0, "heart rate"),
    "power_w": (0.0, 3000.0, "power"),
    "temperature_c": (-60.0, 70.0, "temperature"),
    "vertical_oscillation_m": (0.0, 0.5, "vertical oscillation"),
    "stance_time_s": (0.0, 2.0, "ground contact time"),
    "stance_balance_left_pct": (20.0, 80.0, "ground contact balance"),
    "step_length_m": (0.0, 4.0, "step length"),
    "vertical_ratio_pct": (0.0, 50.0, "vertical ratio"),
}
"""Lowest and highest value kept, heart rate after the founding rules, the rest wide physical bounds."""


def within_bounds(columns: dict[str, Column]) -> tuple[dict[str, Column], list[Oddity]]:
    """Set zeros that mean "not measured" and values out of all bounds to missing.

    Zeros are no oddity: watches write them by design, but not as a position. Everything else that is taken out is counted by name.
    """
    out, counts = dict(columns), dict[str, int]()
    oddities = _forget_null_island(out)
    for name in _ZERO_IS_MISSING:
        if name in out:
            out[name] = np.where(out[name] == 0.0, np.nan, out[name])
    for name, (low, high, words) in _RANGES.items():
        if name not in out:
            continue
        bad = (out[name] < low) | (out[name] > high) | np.isinf(out[name])
        if n := int(np.count_nonzero(bad)):
            out[name] = np.where(bad, np.nan, out[name])
            counts[words] = max(counts.get(words, 0), n)
    return out, oddities + [_impossible(words, n) for words, n in counts.items()]


def drop_impossible_speed(unix_s: Column, speed_mps: Column) -> tuple[Column, list[Oddity]]:
    """On foot: set speeds over ``FAST_MPS`` held for more than ``FAST_S``, and any over ``FASTEST_MPS``, to missing."""
    bad = speed_mps > FASTEST_MPS
    fast = np.flatnonzero(speed_mps > FAST_MPS)
    if len(fast):
        ends = np.flatnonzero(np.diff(fast) > 1)
        firsts, lasts = fast[np.r_[0, ends + 1]], fast[np.r_[ends, len(fast) - 1]]
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
            # a sample stands for the time since the one before
            begin = unix_s[max(first - 1, 0)]
            if unix_s[last] - max(begin, unix_s[first] - FAST_S) > FAST_S:
                bad[first : last + 1] = True
    n = int(np.count_nonzero(bad))
    return (np.where(bad, np.nan, speed_mps), [_impossible("speed", n)]) if n else (speed_mps, [])


def drop_impossible_cadence(cadence_spm: Column) -> tuple[Column, list[Oddity]]:
    """Set step rates over ``MAX_CADENCE_SPM`` or below zero to missing."""
    bad = (cadence_spm > MAX_CADENCE_SPM) | (cadence_spm < 0)
    n = int(np.count_nonzero(bad))
    return (np.where(bad, np.nan, cadence_spm), [_impossible("cadence", n)]) if n else (cadence_spm, [])


def _impossible(words: str, n: int) -> Oddity:
    return Oddity(f"impossible {words}", f"{n} values lie outside what is possible and count as missing.", n)


def _forget_null_island(columns: dict[str, Column]) -> list[Oddity]:
    """A position of exactly 0, 0 is a watch without a fix; half a position is none."""
    lat, lon = columns.get("lat_deg"), columns.get("lon_deg")
    if lat is None or lon is None:
        return []
    zero = (lat == 0.0) & (lon == 0.0)
    none = zero | np.isnan(lat) | np.isnan(lon)
    columns["lat_deg"], columns["lon_deg"] = np.where(none, np.nan, lat), np.where(none, np.nan, lon)
    n = int(np.count_nonzero(zero))
    words = f"{n} positions are exactly 0, 0: the watch did not know where it was; they count as missing."
    return [Oddity("positions without a fix", words, n)] if n else []

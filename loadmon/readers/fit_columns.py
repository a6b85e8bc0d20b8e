"""Record columns of a FIT segment joined: enhanced and plain fields, packed and rolling ones, heartbeats of a strap."""

from __future__ import annotations

import numpy as np

from loadmon.readers import fit_profile as profile
from loadmon.readers.fit_beats import Held, rates_at
from loadmon.readers.fit_tables import Tables
from loadmon.readers.recording import Column

_ENHANCED = (
    ("enhanced_speed", "speed_mps"),
    ("enhanced_altitude", "altitude_m"),
    ("breaths_per_min", "plain_breaths_per_min"),
)
_ROLLING = (("cycles", "total_cycles", 256), ("compressed_power", "accumulated_power_w", 65536))
"""Counters of few bits, the column that they add up to, and where they begin anew."""


def columns_of(tables: Tables, beats: Held | None = None) -> dict[str, Column]:
    """The records of a segment by column name, SI units, one column for what the file may tell in two ways.

    Parameters
    ----------
    tables : Tables
        Its columns are used up: joining happens in their own memory.
    beats : Held or None
        What a strap kept, of all parts of the file: it comes before the heart rate of the records.
    """
    out = dict(tables.records)
    for enhanced, plain in _ENHANCED:
        if enhanced in out:
            _fill(out, plain, out.pop(enhanced), first=True)
    if "plain_breaths_per_min" in out:
        out["breaths_per_min"] = out.pop("plain_breaths_per_min")
    if "fraction" in out:
        fraction = out.pop("fraction")
        if "strides_per_min" in out:
            out["strides_per_min"] += np.nan_to_num(fraction, copy=False)
    for rolling, total, rollover in _ROLLING:
        if rolling in out:
            _fill(out, total, _unrolled(out.pop(rolling), rollover))
    if profile.COMPRESSED in out:
        _expand_compressed(out, out.pop(profile.COMPRESSED))
    if beats is not None:
        rates = rates_at(tables.timestamp, beats)
        if "heart_rate_bpm" in out:
            np.copyto(out["heart_rate_bpm"], rates, where=~np.isnan(rates))
        else:
            out["heart_rate_bpm"] = rates
    return out


def _expand_compressed(out: dict[str, Column], packed: Column) -> None:
    """Twelve bits of speed and twelve of distance that roll over every 256 m."""
    valid = np.isfinite(packed)
    bits = packed[valid].astype(np.int64)
    speed = np.full(len(packed), np.nan)
    low = bits & 0xFFF
    speed[valid] = np.where(low == 0xFFF, np.nan, low / profile.COMPRESSED_SPEED_SCALE)
    distance = np.full(len(packed), np.nan)
    distance[valid] = bits >> 12
    distance = _unrolled(distance, profile.COMPRESSED_DISTANCE_ROLLOVER) / profile.COMPRESSED_DISTANCE_SCALE
    _fill(out, "speed_mps", speed)
    _fill(out, "distance_m", distance)


def _unrolled(counter: Column, rollover: int) -> Column:
    """What a counter that begins anew at ``rollover`` has counted in all; NaN where it says nothing."""
    total = np.full(len(counter), np.nan)
    valid = np.isfinite(counter)
    steps = np.diff(counter[valid], prepend=0.0)
    total[valid] = np.cumsum(np.mod(steps, float(rollover)))
    return total


def _fill(out: dict[str, Column], name: str, values: Column, *, first: bool = False) -> None:
    """Join two sources of one column; ``first`` says that ``values`` come before what is there."""
    there = out.get(name)
    if there is None:
        out[name] = values
        return
    before, behind = (values, there) if first else (there, values)
    np.copyto(before, behind, where=np.isnan(before))
    out[name] = before

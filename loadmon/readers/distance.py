"""How far: the device's distance where there is one, else from positions or speed; and speed where it is missing."""

from __future__ import annotations

import numpy as np

from loadmon.readers.moving import longest_gap_s
from loadmon.readers.recording import Column
from loadmon.session import Oddity

EARTH_RADIUS_M = 6371008.8
"""Mean radius of the WGS 84 ellipsoid."""
JUMP_MPS = 15.0
"""A step between positions faster than this on foot, and four times it otherwise, is a jump of the receiver."""
POSITIONS_SPEED_S = 10.0
"""Seconds that a speed made from positions is taken over (loadmon convention)."""
RESTART_SHARE = 0.1
"""A distance that falls below this share of what it was has been started anew; a smaller fall is a wobble."""


def haversine_m(lat1: Column, lon1: Column, lat2: Column, lon2: Column) -> Column:
    """Great-circle distance in metres between positions in degrees, element by element."""
    # in place where it can be: a session of hours would take ten columns for what lies in between
    p1, p2 = np.radians(lat1), np.radians(lat2)
    narrowed = np.cos(p1)
    narrowed *= np.cos(p2)
    p2 -= p1
    narrowed *= _half_chord(np.radians(lon2 - lon1))
    half = _half_chord(p2)
    half += narrowed
    np.clip(half, 0, 1, out=half)
    np.sqrt(half, out=half)
    np.arcsin(half, out=half)
    half *= 2 * EARTH_RADIUS_M
    return half


def _half_chord(angle: Column) -> Column:
    """The squared sine of half an angle, in its own memory."""
    angle /= 2
    np.sin(angle, out=angle)
    np.square(angle, out=angle)
    return angle


def distance_of(
    unix_s: Column, columns: dict[str, Column], *, on_foot: bool, rebase: bool
) -> tuple[Column, list[Oddity]]:
    """The running distance of a session in metres, NaN where it is not known.

    The device's own column is kept where it counts anything at all; else positions are summed, else speed.

    Parameters
    ----------
    unix_s : array, shape (n,)
        Strictly rising Unix seconds.
    columns : dict of str to array, shape (n,)
    on_foot : bool
        Sets the speed above which a step between positions is a jump.
    rebase : bool
        Start at zero (a leg of a multisport file goes on counting from the leg before).
    """
    device = columns.get("distance_m")
    if device is not None and np.count_nonzero(np.isfinite(device)) >= 2 and np.nanmax(device) > 0:
        kept, oddities = _rising(device)
        return (kept - kept[np.isfinite(kept)][0] if rebase else kept), oddities
    lat, lon = columns.get("lat_deg"), columns.get("lon_deg")
    if lat is not None and lon is not None and np.count_nonzero(np.isfinite(lat)) >= 2:
        return _from_positions(unix_s, lat, lon, JUMP_MPS if on_foot else 4 * JUMP_MPS)
    speed = columns.get("speed_mps")
    if speed is not None and np.count_nonzero(np.isfinite(speed)) >= 2 and np.nanmax(speed) > 0:
        return _from_speed(unix_s, speed)
    return np.full(len(unix_s), np.nan), [
        Oddity("distance not measured", "The file holds neither distance nor position nor speed.")
    ]


def speed_from_distance(unix_s: Column, distance_m: Column) -> Column:
    """Metres a second over the time since the sample before; NaN at the start and over long gaps."""
    speed = np.full(len(unix_s), np.nan)
    known = np.flatnonzero(np.isfinite(distance_m))
    if len(known) >= 2:
        seconds = np.diff(unix_s[known])
        values = np.diff(distance_m[known]) / seconds
        speed[known[1:]] = np.where(seconds < longest_gap_s(unix_s), values, np.nan)
        speed[known[0]] = speed[known[1]]
    return speed


def speed_from_positions(unix_s: Column, distance_m: Column) -> Column:
    """Metres a second over the ten seconds around each sample; NaN where nothing was recorded on either side.

    Positions a second apart wander by as much as a runner moves: taken as they come they tell a walk and a sprint in every
    steady minute. Watches write a speed that is smoothed like this.

    Parameters
    ----------
    unix_s, distance_m : array, shape (n,)
        Rising times and distance so far. Stretches parted by a long gap are not mixed.
    """
    speed = np.full(len(unix_s), np.nan)
    known = np.flatnonzero(np.isfinite(distance_m))
    if len(known) < 2:
        return speed
    whole = len(known) == len(unix_s)
    t, metres = (unix_s, distance_m) if whole else (unix_s[known], distance_m[known])
    begins = np.r_[True, np.diff(t) >= longest_gap_s(unix_s)]
    n_samples = np.diff(np.flatnonzero(begins), append=len(t))
    low, high = np.repeat(t[begins], n_samples), np.repeat(t[np.r_[begins[1:], True]], n_samples)
    np.maximum(low, t - POSITIONS_SPEED_S / 2, out=low)
    np.minimum(high, t + POSITIONS_SPEED_S / 2, out=high)
    travelled = np.interp(high, t, metres)
    travelled -= np.interp(low, t, metres)
    high -= low
    np.divide(travelled, high, out=travelled, where=high > 0)
    speed[known] = np.where(high > 0, travelled, np.nan)
    return speed


def covered_m(distance_m: Column) -> float:
    """Metres at the last sample that has any (the column counts from the start); NaN if none is known."""
    known = distance_m[np.isfinite(distance_m)]
    return float(known[-1]) if len(known) else float("nan")


def _rising(device: Column) -> tuple[Column, list[Oddity]]:
    known = np.flatnonzero(np.isfinite(device))
    values = device[known]
    steps = np.diff(values)
    falls = steps < 0
    if not falls.any():
        return device, []
    oddities = []
    restarts = falls & (values[1:] < RESTART_SHARE * values[:-1])
    if n := int(np.count_nonzero(restarts)):
        values = values + np.r_[0.0, np.cumsum(np.where(restarts, values[:-1], 0.0))]
        oddities.append(Oddity("distance restarts", f"The device began anew {n} times; the parts were added.", n))
    if n := int(np.count_nonzero(falls & ~restarts)):
        values = np.maximum.accumulate(values)
        oddities.append(Oddity("distance falls", f"The device's distance goes back {n} times; it was held level.", n))
    out = device.copy()
    out[known] = values
    return out, oddities


def _from_positions(unix_s: Column, lat: Column, lon: Column, fastest_mps: float) -> tuple[Column, list[Oddity]]:
    known = np.flatnonzero(np.isfinite(lat))
    n_samples = len(unix_s)
    if len(known) < n_samples:
        unix_s, lat, lon = unix_s[known], lat[known], lon[known]
    step = haversine_m(lat[:-1], lon[:-1], lat[1:], lon[1:])
    jump = step > fastest_mps * np.diff(unix_s)
    oddities = [Oddity("distance from positions", "The file holds no distance; it was summed from the positions.")]
    if n := int(np.count_nonzero(jump)):
        oddities.append(
            Oddity(
                "position jumps",
                f"{n} steps between positions are faster than anyone moves and were not added to the distance.",
                n,
            )
        )
    step[jump] = 0.0
    out = np.full(n_samples, np.nan)
    out[known] = np.r_[0.0, np.cumsum(step)]
    return out, oddities


def _from_speed(unix_s: Column, speed: Column) -> tuple[Column, list[Oddity]]:
    seconds = np.diff(unix_s)
    travelled = np.where(seconds < longest_gap_s(unix_s), np.nan_to_num(speed[1:]) * seconds, 0.0)
    return np.r_[0.0, np.cumsum(travelled)], [
        Oddity("distance from speed", "The file holds neither distance nor position; it was summed from the speed.")
    ]

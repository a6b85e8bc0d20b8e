"""GPX files, through gpxpy: tracks with times to recordings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from loadmon.readers.distance import haversine_m, speed_from_distance
from loadmon.readers.order import EARLIEST_S
from loadmon.readers.recording import Column, Recording
from loadmon.readers.sports import told_sport
from loadmon.readers.xml_text import safe_text
from loadmon.refusal import DamagedFile, NoActivity, NoTimes
from loadmon.session import Device, Oddity

if TYPE_CHECKING:
    from gpxpy.gpx import GPX, GPXTrack, GPXTrackPoint

SAME_ACTIVITY_S = 600.0
"""Tracks of one file that follow each other within this time are parts of one activity."""
SPEED_AGREES = (0.8, 1.25)
"""Speed in an extension has no stated unit; it is kept where it fits the positions within this ratio."""

_EXTENSIONS: dict[str, str] = {
    "hr": "heart_rate_bpm",
    "heartrate": "heart_rate_bpm",
    "heart_rate": "heart_rate_bpm",
    "heartratebpm": "heart_rate_bpm",
    "cad": "strides_per_min",
    "cadence": "strides_per_min",
    "runcadence": "strides_per_min",
    "atemp": "temperature_c",
    "temp": "temperature_c",
    "temperature": "temperature_c",
    "power": "power_w",
    "watts": "power_w",
    "powerinwatts": "power_w",
    "speed": "speed_mps",
}
_COLUMNS = ("lat_deg", "lon_deg", "altitude_m", *dict.fromkeys(_EXTENSIONS.values()))


def reader_name() -> str:
    """The reader and its version, as written beside every session."""
    from importlib.metadata import version

    return f"gpxpy {version('gpxpy')}"


def read_gpx(data: bytes) -> list[Recording]:
    """Every activity in a GPX file.

    Raises
    ------
    NoActivity
        Only waypoints or planned routes, or no points at all.
    NoTimes
        Points without times, or with times of 1970.
    DamagedFile, UnsafeContent
        Broken XML, or XML that no watch writes.
    """
    gpx = _parsed(safe_text(data))
    tracks = [track for track in gpx.tracks if any(segment.points for segment in track.segments)]
    if not tracks:
        planned = "planned routes or waypoints" if gpx.routes or gpx.waypoints else "no track points"
        raise NoActivity(
            f"The GPX holds {planned}, not a recorded activity.", "Export the recorded activity, not the route."
        )
    device = Device(product=(gpx.creator or "").strip()[:80] or None)
    recordings = [_recording(track, device) for track in tracks]
    timed = [r for r in recordings if (r.unix_s >= EARLIEST_S).any()]
    if not timed:
        told = any(np.isfinite(r.unix_s).any() for r in recordings)
        what = "The GPX has times of 1970: the clock was never set." if told else "The GPX has no times."
        raise NoTimes(
            f"{what} Neither the day nor the pace can be told.",
            "Export it with times, or as FIT; a date cannot be guessed.",
        )
    return _joined(timed)


def _parsed(text: str) -> GPX:
    import gpxpy
    import gpxpy.gpx

    try:
        return gpxpy.parse(text)
    except (gpxpy.gpx.GPXException, ValueError, TypeError, AttributeError, KeyError) as error:
        raise DamagedFile(
            f"The GPX could not be understood ({str(error)[:200]}).", "Export the activity from the watch's app again."
        ) from None


def _recording(track: GPXTrack, device: Device) -> Recording:
    points = [point for segment in track.segments for point in segment.points]
    word: str | None = track.type
    columns = _point_columns(points)
    unix_s = np.array([_unix(point.time) for point in points], dtype=float)
    oddities = []
    if any(point.time is not None and point.time.tzinfo is None for point in points[:1]):
        oddities.append(Oddity("times without zone", "The times do not say their zone; they were taken as UTC."))
    oddities += _check_speed(unix_s, columns)
    return Recording(
        unix_s=unix_s,
        columns=columns,
        sport=told_sport(word),
        sub_sport=(word or "").strip()[:40] or None,
        device=device,
        file_offset_s=_told_offset(points),
        oddities=oddities,
    )


def _point_columns(points: list[GPXTrackPoint]) -> dict[str, Column]:
    block = np.full((len(_COLUMNS), len(points)), np.nan)
    row = {name: index for index, name in enumerate(_COLUMNS)}
    for index, point in enumerate(points):
        block[0, index], block[1, index] = point.latitude, point.longitude
        if point.elevation is not None:
            block[2, index] = point.elevation
        if getattr(point, "speed", None) is not None:
            block[row["speed_mps"], index] = point.speed
        for name, value in _extension_values(point.extensions):
            block[row[name], index] = value
    return {name: values for name, values in zip(_COLUMNS, block, strict=True) if np.isfinite(values).any()}


def _extension_values(elements: Iterable[Any]) -> Iterable[tuple[str, float]]:
    """Known values by local name, in file order, so that the last of a doubled one wins."""
    for top in elements:
        for element in top.iter():
            tag = element.tag
            name = _EXTENSIONS.get(re.split("[}:]", tag)[-1].lower()) if isinstance(tag, str) else None
            if name is None or element.text is None:
                continue
            try:
                yield name, float(element.text)
            except ValueError:
                continue


def _check_speed(unix_s: Column, columns: dict[str, Column]) -> list[Oddity]:
    told = columns.get("speed_mps")
    if told is None or len(unix_s) < 2:
        return []
    step = haversine_m(columns["lat_deg"][:-1], columns["lon_deg"][:-1], columns["lat_deg"][1:], columns["lon_deg"][1:])
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = speed_from_distance(unix_s, np.r_[0.0, np.cumsum(step)])
        both = np.isfinite(told) & np.isfinite(seen) & (seen > 0.5) & (told > 0)
    if np.count_nonzero(both) < 10:
        return []
    ratio = float(np.median(told[both]) / np.median(seen[both]))
    if SPEED_AGREES[0] <= ratio <= SPEED_AGREES[1]:
        return []
    del columns["speed_mps"]
    return [
        Oddity(
            "speed disagrees with positions",
            f"The file's speed is {ratio:.2f} times what its positions give; the positions were used.",
        )
    ]


def _told_offset(points: list[GPXTrackPoint]) -> int | None:
    """Local time over UTC where the times carry it (``+02:00``); plain UTC says nothing."""
    offset = next((point.time.utcoffset() for point in points if point.time is not None), None)
    return int(offset.total_seconds()) if offset else None


def _unix(time: datetime | None) -> float:
    if time is None:
        return float("nan")
    try:
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
    except (OverflowError, ValueError):
        return float("nan")


def _joined(recordings: list[Recording]) -> list[Recording]:
    """Put tracks together that follow each other closely: apps start a new one after every pause."""
    recordings.sort(key=lambda r: float(np.nanmin(r.unix_s)))
    out: list[Recording] = []
    for recording in recordings:
        last = out[-1] if out else None
        gap = float(np.nanmin(recording.unix_s) - np.nanmax(last.unix_s)) if last is not None else float("inf")
        if last is None or last.sport != recording.sport or not 0 <= gap <= SAME_ACTIVITY_S:
            out.append(recording)
            continue
        n, m = len(last.unix_s), len(recording.unix_s)
        names = dict.fromkeys([*last.columns, *recording.columns])
        last.columns = {
            name: np.r_[last.columns.get(name, np.full(n, np.nan)), recording.columns.get(name, np.full(m, np.nan))]
            for name in names
        }
        last.unix_s = np.r_[last.unix_s, recording.unix_s]
        last.oddities += [o for o in recording.oddities if o not in last.oddities]
    return out

"""TCX files, through a hardened XML parser: activities to recordings, points without positions kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from loadmon.readers.order import EARLIEST_S
from loadmon.readers.recording import Lap, Recording, hashed_serial
from loadmon.readers.sports import told_sport
from loadmon.readers.xml_text import safe_text
from loadmon.refusal import DamagedFile, NoActivity, NoTimes
from loadmon.session import Device, DeviceTotals

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_POINT_FIELDS: dict[str, str] = {
    "LatitudeDegrees": "lat_deg",
    "LongitudeDegrees": "lon_deg",
    "AltitudeMeters": "altitude_m",
    "DistanceMeters": "distance_m",
    "Cadence": "strides_per_min",
    "RunCadence": "strides_per_min",
    "Speed": "speed_mps",
    "Watts": "power_w",
}
_COLUMNS = (*dict.fromkeys(_POINT_FIELDS.values()), "heart_rate_bpm")


def reader_name() -> str:
    """The reader and its version, as written beside every session."""
    from importlib.metadata import version

    return f"defusedxml {version('defusedxml')}"


def read_tcx(data: bytes) -> list[Recording]:
    """Every activity in a TCX file.

    Raises
    ------
    NoActivity
        Only courses, workouts or activities without points.
    NoTimes
        Points without usable times.
    DamagedFile, UnsafeContent
        Broken XML, or XML that no watch writes.
    """
    root = _parsed(safe_text(data))
    activities = [element for element in root.iter() if _local(element) == "Activity"]
    with_points = [(activity, points) for activity in activities if (points := list(_points(activity)))]
    if not with_points:
        raise NoActivity(
            "The TCX holds no recorded points (a course, a workout or an activity without samples).",
            "Export the recorded activity with its samples.",
        )
    recordings = [_recording(activity, points) for activity, points in with_points]
    timed = [r for r in recordings if (r.unix_s >= EARLIEST_S).any()]
    if not timed:
        raise NoTimes(
            "The TCX has no usable times: neither the day nor the pace can be told.",
            "Export it with times, or as FIT; a date cannot be guessed.",
        )
    return timed


def unix_seconds(text: str | None) -> float:
    """An ISO 8601 instant as Unix seconds, UTC where it names no zone; NaN if it cannot be read."""
    if not text:
        return float("nan")
    try:
        time = datetime.fromisoformat(text.strip())
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return float("nan")


def _parsed(text: str) -> Element:
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise DamagedFile(
            f"The TCX could not be understood ({error}).", "Export the activity from the watch's app again."
        ) from None
    return root


def _points(activity: Element) -> Iterator[Element]:
    return (element for element in activity.iter() if _local(element) == "Trackpoint")


def _recording(activity: Element, points: list[Element]) -> Recording:
    block = np.full((len(_COLUMNS), len(points)), np.nan)
    row = {name: index for index, name in enumerate(_COLUMNS)}
    unix_s = np.full(len(points), np.nan)
    told = None
    for index, point in enumerate(points):
        for element in point.iter():
            local = _local(element)
            if local == "Time":
                unix_s[index] = unix_seconds(element.text)
                told = told or _told_offset(element.text)
            elif local in _POINT_FIELDS:
                block[row[_POINT_FIELDS[local]], index] = _float(element.text)
            elif local == "HeartRateBpm":
                block[row["heart_rate_bpm"], index] = _child_value(element)
    sport = activity.get("Sport")
    laps = [_lap(element) for element in activity.iter() if _local(element) == "Lap"]
    return Recording(
        unix_s=unix_s,
        columns={name: values for name, values in zip(_COLUMNS, block, strict=True) if np.isfinite(values).any()},
        sport=told_sport(sport),
        sub_sport=sport,
        device=_device(activity),
        totals=_totals(laps),
        laps=[lap for lap in laps if np.isfinite(lap.start_s)],
        file_offset_s=told,
    )


def _lap(element: Element) -> Lap:
    lap = Lap(start_s=unix_seconds(element.get("StartTime")))
    for child in element:
        local = _local(child)
        if local == "TotalTimeSeconds":
            lap.timer_s = _or_none(_float(child.text))
        elif local == "DistanceMeters":
            lap.distance_m = _or_none(_float(child.text))
        elif local == "AverageHeartRateBpm":
            lap.mean_heart_rate_bpm = _or_none(_child_value(child)) or None
        elif local == "MaximumHeartRateBpm":
            lap.max_heart_rate_bpm = _or_none(_child_value(child)) or None
        elif local == "Cadence":
            lap.strides_per_min = _or_none(_float(child.text))
        elif local == "Extensions":
            for inner in child.iter():
                if _local(inner) == "AvgRunCadence":
                    lap.strides_per_min = _or_none(_float(inner.text))
    return lap


def _totals(laps: list[Lap]) -> DeviceTotals:
    """What the laps declare together; None as soon as one of them declares nothing."""
    distances, timers = [lap.distance_m for lap in laps], [lap.timer_s for lap in laps]
    peaks = [lap.max_heart_rate_bpm for lap in laps if lap.max_heart_rate_bpm]
    return DeviceTotals(
        distance_m=sum(d for d in distances if d is not None) if laps and None not in distances else None,
        timer_s=sum(t for t in timers if t is not None) if laps and None not in timers else None,
        max_heart_rate_bpm=max(peaks, default=None),
    )


def _device(activity: Element) -> Device:
    for creator in activity.iter():
        if _local(creator) == "Creator":
            told = {_local(child): (child.text or "").strip() for child in creator.iter()}
            version = ".".join(told[part] for part in ("VersionMajor", "VersionMinor") if told.get(part))
            return Device(
                product=told.get("Name", "")[:80] or None,
                serial_hash=hashed_serial(told.get("UnitId")),
                software=version or None,
            )
    return Device()


def _told_offset(text: str | None) -> int | None:
    try:
        offset = datetime.fromisoformat((text or "").strip()).utcoffset()
    except ValueError:
        return None
    return int(offset.total_seconds()) if offset else None


def _local(element: Element) -> str:
    # comments carry a function in place of a name
    return str(element.tag).rsplit("}", 1)[-1]


def _child_value(element: Element) -> float:
    """``<HeartRateBpm><Value>150</Value></HeartRateBpm>``, or the number itself where a writer left the child out."""
    inner = next((child.text for child in element if _local(child) == "Value"), element.text)
    return _float(inner)


def _float(text: str | None) -> float:
    try:
        return float(text) if text else float("nan")
    except ValueError:
        return float("nan")


def _or_none(value: float) -> float | None:
    return value if np.isfinite(value) else None

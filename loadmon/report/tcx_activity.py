"""An activity as a Training Center XML file with laps, speed and running cadence."""

from __future__ import annotations

from xml.sax.saxutils import escape

import numpy as np

from loadmon.report.activity import Activity, whole_strides
from loadmon.report.gpx_activity import clock_texts, element_texts

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" \
xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<Activities><Activity Sport="Running"><Id>{start}</Id>
"""
_TAIL = """<Creator xsi:type="Device_t"><Name>{name}</Name><UnitId>{serial}</UnitId><ProductID>{product}</ProductID>\
<Version><VersionMajor>1</VersionMajor><VersionMinor>0</VersionMinor></Version></Creator>
</Activity></Activities>
</TrainingCenterDatabase>
"""


def tcx_activity(activity: Activity) -> bytes:
    """The run as TCX: laps of track points with position, altitude, distance, heart rate, speed and cadence.

    Parameters
    ----------
    activity : Activity
        Any column may be missing; cadence is written for one foot (``RunCadence``), as watch makers do. Without
        laps the whole run is one lap.
    """
    times = clock_texts(activity)
    points = _points(activity, times)
    starts, laps = _laps(activity)
    seconds = np.asarray(activity.stream["t_s"], dtype=np.float64)
    cuts = [int(np.searchsorted(seconds, t)) for t in starts] + [len(points)]
    parts = [_HEAD.format(start=times[0])]
    for n, lap in enumerate(laps):
        instant = np.datetime_as_string(np.datetime64(activity.epoch_s + int(starts[n]), "s"))
        parts.append(f'<Lap StartTime="{instant}Z">{lap}<Track>\n')
        parts += points[cuts[n] if n else 0 : cuts[n + 1]]
        parts.append("</Track></Lap>\n")
    watch = activity.watch
    parts.append(_TAIL.format(name=escape(watch.name), serial=watch.serial, product=watch.product))
    return "".join(parts).encode()


def _points(activity: Activity, times: list[str]) -> list[str]:
    count = len(times)
    lat, lon, cadence = activity.column("lat_deg"), activity.column("lon_deg"), activity.column("cadence_spm")
    north = element_texts("<Position><LatitudeDegrees>%.7f</LatitudeDegrees>", lat, count)
    east = element_texts("<LongitudeDegrees>%.7f</LongitudeDegrees></Position>", lon, count)
    alt = element_texts("<AltitudeMeters>%.1f</AltitudeMeters>", activity.column("altitude_m"), count)
    dist = element_texts("<DistanceMeters>%.2f</DistanceMeters>", activity.column("distance_m"), count)
    heart = element_texts("<HeartRateBpm><Value>%.0f</Value></HeartRateBpm>", activity.column("heart_rate_bpm"), count)
    speed = element_texts("<ns3:Speed>%.3f</ns3:Speed>", activity.column("speed_mps"), count)
    whole = None if cadence is None else whole_strides(cadence)
    strides = element_texts("<ns3:RunCadence>%.0f</ns3:RunCadence>", whole, count)
    return [
        f"<Trackpoint><Time>{t}</Time>{a}{o}{e}{d}{h}{_extension(s + c)}</Trackpoint>\n"
        for t, a, o, e, d, h, s, c in zip(times, north, east, alt, dist, heart, speed, strides, strict=True)
    ]


def _extension(inside: str) -> str:
    return f"<Extensions><ns3:TPX>{inside}</ns3:TPX></Extensions>" if inside else ""


def _laps(activity: Activity) -> tuple[list[float], list[str]]:
    """Start seconds and summary of every lap."""
    totals = activity.totals
    if not activity.laps:
        lap = _summary(totals.timer_s, totals.distance_m, totals.mean_heart_rate_bpm, totals.max_heart_rate_bpm)
        return [0.0], [lap]
    names = ("start_s", "timer_s", "distance_m", "mean_heart_rate_bpm", "max_heart_rate_bpm")
    columns = [np.asarray(activity.laps[name], dtype=np.float64).tolist() for name in names]
    return columns[0], [_summary(*row) for row in zip(*columns[1:], strict=True)]


def _summary(timer: float | None, distance: float | None, mean: float | None, highest: float | None) -> str:
    # The schema will not do without these three; an unknown one is 0 there, as watches write it.
    out = (
        f"<TotalTimeSeconds>{timer or 0.0:.1f}</TotalTimeSeconds><DistanceMeters>{distance or 0.0:.2f}</DistanceMeters>"
    )
    out += "<Calories>0</Calories>"
    if mean is not None and mean == mean:
        out += f"<AverageHeartRateBpm><Value>{mean:.0f}</Value></AverageHeartRateBpm>"
    if highest is not None and highest == highest:
        out += f"<MaximumHeartRateBpm><Value>{highest:.0f}</Value></MaximumHeartRateBpm>"
    return out + "<Intensity>Active</Intensity><TriggerMethod>Distance</TriggerMethod>"

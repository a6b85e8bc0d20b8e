"""An activity as a GPX 1.1 track with heart rate and cadence, as watch makers export it."""

from __future__ import annotations

from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from loadmon.refusal import Refusal
from loadmon.report.activity import Activity, Column, whole_strides

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator={creator} xmlns="http://www.topografix.com/GPX/1/1" \
xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
<metadata><time>{start}</time></metadata>
<trk><name>{name}</name><type>running</type>
"""


class NoPositions(Refusal):
    """A GPX track is a line on the map: a run without positions cannot be one."""

    name = "no positions"


def clock_texts(activity: Activity) -> list[str]:
    """Every sample's instant as XML writes it, ``2026-05-03T05:10:00Z``."""
    seconds = activity.epoch_s + np.asarray(activity.stream["t_s"], dtype=np.float64).astype(np.int64)
    return [text + "Z" for text in np.datetime_as_string(seconds.astype("datetime64[s]")).tolist()]


def element_texts(pattern: str, column: Column | None, count: int) -> list[str]:
    """One small element a sample (``"<ele>%.1f</ele>"``); empty text where nothing was measured."""
    if column is None:
        return [""] * count
    return ["" if value != value else pattern % value for value in column.tolist()]


def gpx_activity(activity: Activity, title: str = "") -> bytes:
    """The run as a GPX track; a pause begins a new track segment.

    Parameters
    ----------
    activity : Activity
        Needs positions; altitude, heart rate and cadence (written for one foot, as exports do) are optional.
        Samples without a position are left out, as GPX has no place for them.
    title : str
        Name of the track.

    Raises
    ------
    NoPositions
        If no sample has a position.
    """
    lat, lon = activity.column("lat_deg"), activity.column("lon_deg")
    if lat is None or lon is None:
        raise NoPositions("The run has no positions.", "Write it as FIT or TCX instead.")
    times = clock_texts(activity)
    ele = element_texts("<ele>%.1f</ele>", activity.column("altitude_m"), len(times))
    heart = element_texts("<gpxtpx:hr>%.0f</gpxtpx:hr>", activity.column("heart_rate_bpm"), len(times))
    cadence = activity.column("cadence_spm")
    strides = element_texts(
        "<gpxtpx:cad>%.0f</gpxtpx:cad>", None if cadence is None else whole_strides(cadence), len(times)
    )
    points = [
        f'<trkpt lat="{a:.7f}" lon="{o:.7f}">{e}<time>{t}</time>{_extension(h + c)}</trkpt>\n' if a == a else ""
        for a, o, e, t, h, c in zip(lat.tolist(), lon.tolist(), ele, times, heart, strides, strict=True)
    ]
    seconds = np.asarray(activity.stream["t_s"], dtype=np.float64)
    starts = [int(np.searchsorted(seconds, t)) for t, kind in activity.events if kind == "start"]
    cuts = [0, *starts, len(points)]
    parts = ["".join(("<trkseg>\n", *points[a:b], "</trkseg>\n")) for a, b in pairwise(cuts) if b > a]
    head = _HEAD.format(creator=quoteattr(activity.watch.name), start=times[0], name=escape(title or "Run"))
    return "".join((head, *parts, "</trk>\n</gpx>\n")).encode()


def _extension(inside: str) -> str:
    if not inside:
        return ""
    return f"<extensions><gpxtpx:TrackPointExtension>{inside}</gpxtpx:TrackPointExtension></extensions>"

"""TCX files: activities to recordings with their laps, points without positions kept."""

from __future__ import annotations

import numpy as np

from loadmon.readers.order import EARLIEST_S
from loadmon.readers.recording import Lap, Recording, hashed_serial
from loadmon.readers.sports import told_sport, unknown_word
from loadmon.readers.xml_document import WITHOUT_ZONE, Document, damaged, points_of, read_document
from loadmon.readers.xml_numbers import instant, number
from loadmon.readers.xml_outline import Node
from loadmon.readers.xml_words import Words
from loadmon.refusal import NoActivity, NoTimes
from loadmon.session import Device, DeviceTotals, Oddity

WORDS = Words(
    point="trackpoint",
    attributes={},
    direct={"time": "time", "altitudemeters": "altitude_m", "distancemeters": "distance_m"},
    anywhere={
        "latitudedegrees": "lat_deg",
        "longitudedegrees": "lon_deg",
        "heartratebpm": "heart_rate_bpm",
        "cadence": "strides_per_min",
        "runcadence": "strides_per_min",
        "speed": "speed_mps",
        "watts": "power_w",
    },
    nodes=frozenset({"activity", "lap", "track"}),
    leaves=frozenset(
        [
            "totaltimeseconds",
            "distancemeters",
            "averageheartratebpm",
            "maximumheartratebpm",
            "value",
            "cadence",
            "extensions",
            "lx",
            "avgruncadence",
            "creator",
            "name",
            "unitid",
            "version",
            "versionmajor",
            "versionminor",
        ]
    ),
)


def read_tcx(data: bytes) -> list[Recording]:
    """Every activity in a TCX file; what comes before a break is kept, and the break is told.

    Raises
    ------
    NoActivity
        Only courses, workouts or activities without points.
    NoTimes
        Points without usable times.
    DamagedFile, UnsafeContent, TooLarge
        Broken XML without a usable point, or XML that no watch writes.
    """
    document = read_document(data, WORDS)
    activities = [node for node in document.outline.all("activity") if len(points_of(node))]
    if not activities:
        if document.broken is not None:
            raise damaged(document.broken)
        raise NoActivity(
            "The TCX holds no recorded points (a course, a workout or an activity without samples).",
            "Export the recorded activity with its samples.",
        )
    recordings = [_recording(activity, document) for activity in activities]
    timed = [r for r in recordings if (r.unix_s >= EARLIEST_S).any()]
    if not timed:
        raise NoTimes(
            "The TCX has no usable times: neither the day nor the pace can be told.",
            "Export it with times, or as FIT; a date cannot be guessed.",
        )
    if lost := sum(len(r.unix_s) for r in recordings) - sum(len(r.unix_s) for r in timed):
        what = f"{lost} points are in activities of the file that carry no usable time; they were left out."
        timed[-1].oddities.append(Oddity("activities without time", what, lost))
    timed[-1].oddities += document.oddities
    return timed


def _recording(activity: Node, document: Document) -> Recording:
    points = points_of(activity)
    sport = activity.get("sport")
    laps = [_lap(node) for node in activity.all("lap")]
    zones = document.zone_s[points]
    timed = zones[np.isfinite(document.unix_s[points])]
    told = timed[np.isfinite(timed) & (timed != 0)]
    return Recording(
        unix_s=document.unix_s[points],
        columns={
            name: column[points] for name, column in document.columns.items() if np.isfinite(column[points]).any()
        },
        sport=told_sport(sport),
        unknown_sport=unknown_word(sport),
        sub_sport=sport,
        device=_device(activity),
        totals=_totals(laps),
        laps=[lap for lap in laps if np.isfinite(lap.start_s)],
        # plain UTC says nothing about the runner's clock
        file_offset_s=int(told[0]) if len(told) else None,
        oddities=[WITHOUT_ZONE] if len(timed) and np.isnan(timed[0]) else [],
    )


def _lap(node: Node) -> Lap:
    cadence = _told(node, "cadence")
    running = _told(node, "extensions", "lx", "avgruncadence")
    return Lap(
        start_s=instant(node.get("starttime"))[0],
        timer_s=_told(node, "totaltimeseconds"),
        distance_m=_told(node, "distancemeters"),
        mean_heart_rate_bpm=_beats(node, "averageheartratebpm"),
        max_heart_rate_bpm=_beats(node, "maximumheartratebpm"),
        strides_per_min=running if running is not None else cadence,
    )


def _told(node: Node, *path: str) -> float | None:
    """The number at the end of a path of names, or None."""
    found = node.find(*path)
    value = number(found.text) if found is not None else float("nan")
    return value if np.isfinite(value) else None


def _beats(node: Node, name: str) -> float | None:
    """``<Value>`` inside, or the number itself where a writer left the child out; zero is no heart rate."""
    return _told(node, name, "value") or _told(node, name) or None


def _totals(laps: list[Lap]) -> DeviceTotals:
    """What the laps declare together; None as soon as one of them declares nothing."""
    distances, timers = [lap.distance_m for lap in laps], [lap.timer_s for lap in laps]
    peaks = [lap.max_heart_rate_bpm for lap in laps if lap.max_heart_rate_bpm]
    return DeviceTotals(
        distance_m=sum(d for d in distances if d is not None) if laps and None not in distances else None,
        timer_s=sum(t for t in timers if t is not None) if laps and None not in timers else None,
        max_heart_rate_bpm=max(peaks, default=None),
    )


def _device(activity: Node) -> Device:
    creator = activity.find("creator")
    if creator is None:
        return Device()
    told = {
        name: node.text if (node := creator.find(*path)) is not None else ""
        for name, path in {
            "name": ("name",),
            "unit": ("unitid",),
            "major": ("version", "versionmajor"),
            "minor": ("version", "versionminor"),
        }.items()
    }
    return Device(
        product=told["name"][:80] or None,
        serial_hash=hashed_serial(told["unit"]),
        software=".".join(part for part in (told["major"], told["minor"]) if part) or None,
    )

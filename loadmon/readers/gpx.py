"""GPX files: tracks with times to recordings, whatever prefixes and extensions their writer uses."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from loadmon.readers.distance import haversine_m, speed_from_distance
from loadmon.readers.moving import MOVING_MPS
from loadmon.readers.order import EARLIEST_S
from loadmon.readers.recording import Column, Recording, TimerEvent
from loadmon.readers.sports import told_sport, unknown_word
from loadmon.readers.xml_document import WITHOUT_ZONE, Document, damaged, points_of, read_document
from loadmon.readers.xml_outline import Node
from loadmon.readers.xml_words import Words
from loadmon.refusal import NoActivity, NoTimes
from loadmon.session import Device, Oddity

SAME_ACTIVITY_S = 600.0
"""Tracks of one file that follow each other within this time are parts of one activity."""
SEGMENT_PAUSE_S = 10.0
"""A new segment after this time, begun where the last one ended, is a pause; others are lost reception or laps."""
SPEED_AGREES = (0.8, 1.25)
"""Speed in an extension has no stated unit; it is kept where it fits the positions within this ratio."""

WORDS = Words(
    point="trkpt",
    attributes={"lat": "lat_deg", "lon": "lon_deg"},
    direct={"time": "time", "ele": "altitude_m"},
    anywhere={
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
    },
    nodes=frozenset({"gpx", "trk", "trkseg"}),
    leaves=frozenset({"type"}),
)


def read_gpx(data: bytes) -> list[Recording]:
    """Every activity in a GPX file; what comes before a break is kept, and the break is told.

    Raises
    ------
    NoActivity
        Only waypoints or planned routes, or no points at all.
    NoTimes
        Points without times, or with times of 1970.
    DamagedFile, UnsafeContent, TooLarge
        Broken XML without a usable point, or XML that no watch writes.
    """
    document = read_document(data, WORDS)
    tracks = document.outline.all("trk")
    # points outside any track are no GPX; rather than lose them, they count as one
    loose = [node for node in document.outline.all("gpx") if node.spans]
    tracks = [track for track in tracks or loose if len(points_of(track))]
    if not tracks:
        if document.broken is not None:
            raise damaged(document.broken)
        what = "planned routes or waypoints" if document.names & {"rte", "wpt"} else "no track points"
        raise NoActivity(
            f"The GPX holds {what}, not a recorded activity.", "Export the recorded activity, not the route."
        )
    root = document.outline.find("gpx")
    device = Device(product=((root.get("creator") if root else None) or "").strip()[:80] or None)
    recordings = [_recording(track, document, device) for track in tracks]
    timed = [r for r in recordings if (r.unix_s >= EARLIEST_S).any()]
    if not timed:
        told = any(np.isfinite(r.unix_s).any() for r in recordings)
        none = "The GPX has times that cannot be read." if document.times_told else "The GPX has no times."
        what = "The GPX has times of 1970: the clock was never set." if told else none
        raise NoTimes(
            f"{what} Neither the day nor the pace can be told.",
            "Export it with times, or as FIT; a date cannot be guessed.",
        )
    if lost := sum(len(r.unix_s) for r in recordings) - sum(len(r.unix_s) for r in timed):
        what = f"{lost} points are in tracks of the file that carry no usable time; they were left out."
        timed[-1].oddities.append(Oddity("tracks without time", what, lost))
    timed[-1].oddities += document.oddities
    return _joined(timed)


def _recording(track: Node, document: Document, device: Device) -> Recording:
    points = points_of(track)
    told = track.find("type")
    word = told.text if told is not None else None
    unix_s, zones = document.unix_s[points], document.zone_s[points]
    columns = {name: column[points] for name, column in document.columns.items() if np.isfinite(column[points]).any()}
    oddities = []
    timed = np.flatnonzero(np.isfinite(unix_s))
    zone_s = float(zones[timed[0]]) if len(timed) else 0.0
    if np.isnan(zone_s):
        oddities.append(WITHOUT_ZONE)
    oddities += _check_speed(unix_s, columns)
    return Recording(
        unix_s=unix_s,
        columns=columns,
        sport=told_sport(word),
        unknown_sport=unknown_word(word),
        sub_sport=(word or "").strip()[:40] or None,
        device=device,
        events=_pauses(track, document),
        # plain UTC says nothing about the runner's clock
        file_offset_s=int(zone_s) if np.isfinite(zone_s) and zone_s else None,
        oddities=oddities,
    )


def _pauses(track: Node, document: Document) -> list[TimerEvent]:
    """Apps begin a new segment when the timer starts again: those begun where the last one ended were pauses."""
    parts = [points_of(segment) for segment in track.all("trkseg")]
    parts = [part[np.isfinite(document.unix_s[part])] for part in parts]
    parts = [part for part in parts if len(part)]
    events: list[TimerEvent] = []
    for before, after in pairwise(parts):
        a, b = before[-1], after[0]
        stop_s, start_s = float(document.unix_s[a]), float(document.unix_s[b])
        if start_s - stop_s < SEGMENT_PAUSE_S or _metres(document, a, b) >= MOVING_MPS * (start_s - stop_s):
            continue
        events += [TimerEvent(stop_s, "stop_all"), TimerEvent(start_s, "start")]
    return events


def _metres(document: Document, a: int, b: int) -> float:
    lat, lon = document.columns.get("lat_deg"), document.columns.get("lon_deg")
    if lat is None or lon is None:
        return 0.0
    step = float(haversine_m(lat[[a]], lon[[a]], lat[[b]], lon[[b]])[0])
    return step if np.isfinite(step) else 0.0


def _check_speed(unix_s: Column, columns: dict[str, Column]) -> list[Oddity]:
    told = columns.get("speed_mps")
    if told is None or len(unix_s) < 2 or not {"lat_deg", "lon_deg"} <= columns.keys():
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


def _joined(recordings: list[Recording]) -> list[Recording]:
    """Put tracks together that follow each other closely: apps start a new one after every pause."""
    recordings.sort(key=lambda r: float(np.nanmin(r.unix_s)))
    groups: list[list[Recording]] = []
    for recording in recordings:
        last = groups[-1][-1] if groups else None
        gap = float(np.nanmin(recording.unix_s) - np.nanmax(last.unix_s)) if last is not None else float("inf")
        if last is not None and last.sport == recording.sport and 0 <= gap <= SAME_ACTIVITY_S:
            groups[-1].append(recording)
        else:
            groups.append([recording])
    return [_one(group) for group in groups]


def _one(tracks: list[Recording]) -> Recording:
    first = tracks[0]
    if len(tracks) == 1:
        return first
    names = dict.fromkeys(name for track in tracks for name in track.columns)
    first.columns = {
        name: np.concatenate([track.columns.get(name, np.full(len(track.unix_s), np.nan)) for track in tracks])
        for name in names
    }
    first.unix_s = np.concatenate([track.unix_s for track in tracks])
    first.events = [event for track in tracks for event in track.events]
    first.oddities = list(dict.fromkeys(oddity for track in tracks for oddity in track.oddities))
    return first

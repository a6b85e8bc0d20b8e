"""Real GPX files against gpxpy, real TCX files against a plain walk through their tree: every point, every value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gpxpy
import numpy as np
from defusedxml import ElementTree

from loadmon.readers import gpx as gpx_reader
from loadmon.readers import tcx as tcx_reader
from loadmon.readers.xml_document import Document, points_of, read_document
from loadmon.readers.xml_numbers import instant
from tests.paths import corpus

HEARTS, STRIDES = {"hr", "heartrate"}, {"cad", "cadence"}
TCX = {
    "LatitudeDegrees": "lat_deg",
    "LongitudeDegrees": "lon_deg",
    "AltitudeMeters": "altitude_m",
    "DistanceMeters": "distance_m",
    "Cadence": "strides_per_min",
    "RunCadence": "strides_per_min",
    "Speed": "speed_mps",
    "Watts": "power_w",
}
NAN = float("nan")


def real(ending: str) -> list[Path]:
    return sorted(p for p in corpus().rglob("*") if p.suffix.lower() == ending)


def laid_beside(document: Document, rows: np.ndarray, theirs: dict[str, list[float]]) -> int:
    """Hold the columns against each other and count the values that both have."""
    seen = 0
    for name, values in theirs.items():
        missing = np.full(len(document.unix_s), np.nan)
        ours = document.unix_s if name == "time" else document.columns.get(name, missing)
        np.testing.assert_array_equal(ours[rows], np.array(values, dtype=float), err_msg=name)
        seen += int(np.isfinite(np.array(values, dtype=float)).sum())
    return seen


def by_gpxpy(points: list[Any]) -> dict[str, list[float]]:
    out: dict[str, list[float]] = {
        name: [] for name in ("time", "lat_deg", "lon_deg", "altitude_m", "heart_rate_bpm", "strides_per_min")
    }
    for point in points:
        time = point.time.isoformat() if point.time is not None else None
        out["time"].append(instant(time)[0])
        out["lat_deg"].append(point.latitude)
        out["lon_deg"].append(point.longitude)
        out["altitude_m"].append(NAN if point.elevation is None else point.elevation)
        values = {
            e.tag.rpartition("}")[2].lower(): float(e.text)
            for top in point.extensions
            for e in top.iter()
            if e.tag.rpartition("}")[2].lower() in HEARTS | STRIDES
        }
        out["heart_rate_bpm"].append(next((values[name] for name in HEARTS & values.keys()), NAN))
        out["strides_per_min"].append(next((values[name] for name in STRIDES & values.keys()), NAN))
    return out


def test_every_point_that_gpxpy_reads() -> None:
    n_files = n_points = n_values = 0
    refused = []
    for path in real(".gpx"):
        data = path.read_bytes()
        try:
            theirs = gpxpy.parse(data)
        except (gpxpy.gpx.GPXException, ValueError) as error:
            refused.append(type(error).__name__)
            continue
        document = read_document(data, gpx_reader.WORDS)
        tracks = document.outline.all("trk")
        assert len(tracks) == len(theirs.tracks), path.name
        for ours, track in zip(tracks, theirs.tracks, strict=True):
            segments = ours.all("trkseg")
            assert [len(points_of(s)) for s in segments] == [len(s.points) for s in track.segments], path.name
            points = [point for segment in track.segments for point in segment.points]
            # gpxpy knows no type in GPX 1.0
            told = ours.find("type")
            assert track.type in (None, told.text if told is not None else None), path.name
            n_points += len(points)
            n_values += laid_beside(document, points_of(ours), by_gpxpy(points))
        n_files += 1
    print(
        f"GPX: {n_files} files, {n_points} points, {n_values} values alike; gpxpy refuses {len(refused)}: {set(refused)}"
    )
    assert n_points > 10_000


def test_every_trackpoint_of_a_plain_walk() -> None:
    n_files = n_points = n_values = 0
    for path in real(".tcx"):
        data = path.read_bytes()
        root = ElementTree.fromstring(data.strip())
        document = read_document(data, tcx_reader.WORDS)
        theirs: dict[str, list[float]] = {name: [] for name in ("time", "heart_rate_bpm", *dict.fromkeys(TCX.values()))}
        for point in (e for e in root.iter() if e.tag.endswith("}Trackpoint")):
            row = dict.fromkeys(theirs, NAN)
            for element in point.iter():
                name = element.tag.rpartition("}")[2]
                if name == "Time":
                    row["time"] = instant(element.text)[0]
                elif name == "HeartRateBpm":
                    row["heart_rate_bpm"] = float(element[0].text)
                elif name in TCX and element.text:
                    row[TCX[name]] = float(element.text)
            for name, value in row.items():
                theirs[name].append(value)
        laps = [e for e in root.iter() if e.tag.endswith("}Lap")]
        assert len(document.outline.all("lap")) == len(laps), path.name
        n_points += len(theirs["time"])
        n_values += laid_beside(document, np.arange(len(document.unix_s)), theirs)
        n_files += 1
    print(f"TCX: {n_files} files, {n_points} points, {n_values} values alike")
    assert n_points > 5_000

"""GPX tracks of ours, read back by gpxpy and by a plain XML parser."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import gpxpy
import numpy as np
import pytest
from defusedxml import ElementTree

from loadmon.report.gpx_activity import NoPositions, gpx_activity
from tests.report.made import START, run, without

TPX = "{http://www.garmin.com/xmlschemas/TrackPointExtension/v1}"
GPX = "{http://www.topografix.com/GPX/1/1}"


def test_gpxpy_reads_every_point_in_two_segments_round_the_pause() -> None:
    activity = run()
    (track,) = gpxpy.parse(gpx_activity(activity, "Sonntag & <Regen>").decode()).tracks
    assert track.name == "Sonntag & <Regen>"
    assert [len(segment.points) for segment in track.segments] == [20, 20]
    points = [point for segment in track.segments for point in segment.points]
    np.testing.assert_allclose([p.latitude for p in points], activity.stream["lat_deg"], atol=5.1e-8)
    np.testing.assert_allclose([p.longitude for p in points], activity.stream["lon_deg"], atol=5.1e-8)
    np.testing.assert_allclose([p.elevation for p in points], activity.stream["altitude_m"], atol=0.051)
    assert [p.time for p in points] == [START + timedelta(seconds=s) for s in activity.stream["t_s"]]


def test_heart_rate_and_strides_stand_in_the_extension_and_a_lost_pulse_is_absent() -> None:
    activity = run()
    root = ElementTree.fromstring(gpx_activity(activity))
    points = list(root.iter(f"{GPX}trkpt"))
    hearts = [point.findtext(f".//{TPX}hr") for point in points]
    assert hearts[5:8] == [None, None, None]
    assert float(hearts[9] or 0) == activity.stream["heart_rate_bpm"][9]
    strides = np.array([float(point.findtext(f".//{TPX}cad") or "nan") for point in points])
    assert np.abs(2.0 * strides - activity.stream["cadence_spm"]).max() <= 1.0
    assert root.get("creator") == "Sample <G> & co"


def test_a_point_without_position_is_left_out() -> None:
    activity = run()
    lat = np.array(activity.stream["lat_deg"])
    lat[3] = np.nan
    track = gpxpy.parse(gpx_activity(replace(activity, stream=dict(activity.stream) | {"lat_deg": lat})).decode())
    assert track.get_points_no() == 39


def test_a_treadmill_run_is_refused_by_name() -> None:
    activity = run()
    with pytest.raises(NoPositions, match="no positions"):
        gpx_activity(replace(activity, stream=without(activity.stream, "lat_deg", "lon_deg")))

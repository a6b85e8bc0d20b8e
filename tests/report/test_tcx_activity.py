"""TCX files of ours, read back by a hardened XML parser."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from defusedxml import ElementTree

from loadmon.report.tcx_activity import tcx_activity
from tests.report.made import run, without

NS = "{http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2}"
AX = "{http://www.garmin.com/xmlschemas/ActivityExtension/v2}"


def test_every_value_comes_back() -> None:
    activity = run()
    root = ElementTree.fromstring(tcx_activity(activity))
    points = list(root.iter(f"{NS}Trackpoint"))
    assert len(points) == 40

    def column(path: str) -> np.ndarray:
        return np.array([float(point.findtext(path) or "nan") for point in points])

    for path, name, tolerance in [
        (f"{NS}Position/{NS}LatitudeDegrees", "lat_deg", 5.1e-8),
        (f"{NS}Position/{NS}LongitudeDegrees", "lon_deg", 5.1e-8),
        (f"{NS}AltitudeMeters", "altitude_m", 0.051),
        (f"{NS}DistanceMeters", "distance_m", 0.0051),
        (f"{NS}HeartRateBpm/{NS}Value", "heart_rate_bpm", 0.0),
        (f"{NS}Extensions/{AX}TPX/{AX}Speed", "speed_mps", 0.00051),
    ]:
        np.testing.assert_allclose(column(path), activity.stream[name], rtol=0, atol=tolerance, err_msg=name)
    strides = column(f"{NS}Extensions/{AX}TPX/{AX}RunCadence")
    assert np.abs(2.0 * strides - activity.stream["cadence_spm"]).max() <= 1.0
    assert points[0].findtext(f"{NS}Time") == "2026-05-03T21:58:20Z"


def test_laps_begin_where_they_began_and_share_the_points() -> None:
    laps = list(ElementTree.fromstring(tcx_activity(run())).iter(f"{NS}Lap"))
    assert [lap.get("StartTime") for lap in laps] == ["2026-05-03T21:58:20Z", "2026-05-03T22:04:20Z"]
    assert [len(list(lap.iter(f"{NS}Trackpoint"))) for lap in laps] == [34, 6]
    assert laps[0].findtext(f"{NS}TotalTimeSeconds") == "299.0"
    assert laps[1].find(f"{NS}AverageHeartRateBpm") is None


def test_without_positions_the_points_stay() -> None:
    activity = run()
    indoor = replace(activity, stream=without(activity.stream, "lat_deg", "lon_deg"), laps={})
    root = ElementTree.fromstring(tcx_activity(indoor))
    assert len(list(root.iter(f"{NS}Trackpoint"))) == 40
    assert next(root.iter(f"{NS}Position"), None) is None
    assert len(list(root.iter(f"{NS}Lap"))) == 1

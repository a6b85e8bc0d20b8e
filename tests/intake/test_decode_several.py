"""The line of report for a file of several sessions speaks of all of them."""

from __future__ import annotations

from loadmon.intake.decode import decode
from tests.readers.made_xml import gpx, points


def test_every_sport_of_a_file_is_told_and_each_once() -> None:
    track = (
        "<trk><type>{}</type><trkseg>"
        + "".join(
            f'<trkpt lat="{46 + i / 10000}" lon="6"><time>2026-01-05T{{}}:{i // 60:02d}:{i % 60:02d}Z</time></trkpt>'
            for i in range(0, 600, 5)
        )
        + "</trkseg></trk>"
    )
    legs = [("cycling", "06"), ("running", "09"), ("running", "12")]
    told = decode(
        f"<gpx>{''.join(track.replace('{}', kind, 1).replace('{}', hour) for kind, hour in legs)}</gpx>".encode(),
        "a.gpx",
        None,
    )
    assert (len(told.sessions), told.sport) == (3, "ride, run")
    assert decode(gpx(points(60)).encode(), "a.gpx", None).sport == "run"

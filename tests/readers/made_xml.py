"""GPX and TCX text for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2024, 11, 9, 17, 0, tzinfo=UTC)
GPXTPX = "http://www.garmin.com/xmlschemas/TrackPointExtension/v1"


def stamp(seconds: float, start: datetime = START) -> str:
    return (start + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def latitude(metres: float) -> float:
    return 48.0 + metres / 111_195.08


def points(
    n: int = 60,
    *,
    every: int = 1,
    speed: float = 3.0,
    extension: str = "",
    first: int = 0,
    time: bool = True,
    start: datetime = START,
) -> str:
    """Track points due north at a steady speed; ``extension`` is put into each."""
    inner = f"<extensions>{extension}</extensions>" if extension else ""
    return "".join(
        f'<trkpt lat="{latitude(speed * every * i):.7f}" lon="9.0"><ele>{100 + i % 3}</ele>'
        + (f"<time>{stamp(every * i, start)}</time>" if time else "")
        + inner
        + "</trkpt>"
        for i in range(first, first + n)
    )


def gpx(*tracks: str, kind: str | None = "running", attributes: str = "", body: str = "") -> str:
    word = f"<type>{kind}</type>" if kind is not None else ""
    inside = "".join(f"<trk>{word}<trkseg>{track}</trkseg></trk>" for track in tracks)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Made Watch" '
        f'xmlns="http://www.topografix.com/GPX/1/1" xmlns:g="{GPXTPX}" {attributes}>{body}{inside}</gpx>'
    )


def trackpoint(i: int, *, position: bool = True, cadence: int | None = 84, speed: float = 3.0) -> str:
    where = (
        (
            f"<Position><LatitudeDegrees>{latitude(speed * i):.7f}</LatitudeDegrees>"
            "<LongitudeDegrees>9.0</LongitudeDegrees></Position>"
        )
        if position
        else ""
    )
    run = f"<ns3:RunCadence>{cadence}</ns3:RunCadence>" if cadence is not None else ""
    return (
        f"<Trackpoint><Time>{stamp(i)}</Time>{where}<AltitudeMeters>100</AltitudeMeters>"
        f"<DistanceMeters>{speed * i:.2f}</DistanceMeters><HeartRateBpm><Value>150</Value></HeartRateBpm>"
        f"<Extensions><ns3:TPX><ns3:Speed>{speed}</ns3:Speed>{run}<ns3:Watts>240</ns3:Watts></ns3:TPX></Extensions>"
        "</Trackpoint>"
    )


def activity(sport: str = "Running", n: int = 60, **more: object) -> str:
    half = n // 2
    laps = "".join(
        f'<Lap StartTime="{stamp(first)}"><TotalTimeSeconds>{last - first}</TotalTimeSeconds>'
        f"<DistanceMeters>{3.0 * (last - first)}</DistanceMeters>"
        "<AverageHeartRateBpm><Value>150</Value></AverageHeartRateBpm>"
        "<MaximumHeartRateBpm><Value>160</Value></MaximumHeartRateBpm>"
        "<Track>" + "".join(trackpoint(i, **more) for i in range(first, last)) + "</Track>"  # type: ignore[arg-type]
        "<Extensions><ns3:LX><ns3:AvgRunCadence>84</ns3:AvgRunCadence></ns3:LX></Extensions></Lap>"
        for first, last in ((0, half), (half, n))
    )
    return (
        f'<Activity Sport="{sport}"><Id>{stamp(0)}</Id>{laps}<Creator><Name>Made Watch</Name>'
        "<UnitId>123456789</UnitId><Version><VersionMajor>4</VersionMajor><VersionMinor>20</VersionMinor></Version>"
        "</Creator></Activity>"
    )


def tcx(*activities: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase '
        'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" '
        'xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2"><Activities>'
        + "".join(activities)
        + "</Activities></TrainingCenterDatabase>"
    )

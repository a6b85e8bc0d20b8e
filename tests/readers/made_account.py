"""Account archives of Strava and Garmin in miniature: the real names and columns, made activities."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

from tests.readers.made_tables import STRAVA_NAMES

START = datetime(2026, 1, 5, 5, 30, tzinfo=UTC)


def run(day: int, *, kind: str = "<type>running</type>") -> bytes:
    """A minute of GPX, ``day`` days after the first; ``kind`` may be nothing, then the file names no sport."""
    start = START + timedelta(days=day)
    points = "".join(
        f'<trkpt lat="{46 + i * 3e-5:.6f}" lon="6.1"><ele>400</ele><time>{start + timedelta(seconds=i):%Y-%m-%dT%H:%M:%SZ}</time></trkpt>'
        for i in range(61)
    )
    return (
        '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk>'
        f"{kind}<trkseg>{points}</trkseg></trk></gpx>"
    ).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def strava_row(number: int, name: str, kind: str, file: str, shoes: str = "", effort: str = "") -> str:
    """One line of activities.csv."""
    return f'{number},"Jan {number}, 2026, 5:30:00 AM","{name}",{kind},,60,0.20,,,false,,{shoes},{file},70.0,,60.0,60.0,200.0,,,,,,,{effort}\n'


STRAVA_FILES = {
    "activities.csv": (
        STRAVA_NAMES
        + strava_row(5, "Morning, with Anna", "Run", "activities/1.gpx.gz", "Pegasus", "6.0")
        + strava_row(6, "Hill reps", "Trail Run", "activities/2.gpx", "Speedgoat")
        + strava_row(7, "By hand", "Run", "")
        + strava_row(8, "Gone", "Run", "activities/9.fit.gz")
    ).encode(),
    "activities/1.gpx.gz": gzip.compress(run(0)),
    "activities/2.gpx": run(1, kind=""),
    "media/1.jpg": b"\xff\xd8\xff",
    "profile.csv": b"Athlete ID,Email Address\n1,x\n",
}

GARMIN_LIST = [
    {
        "summarizedActivitiesExport": [
            {"activityId": 11, "name": "Morning run", "activityType": "running", "beginTimestamp": (START.timestamp() + 3) * 1000,
             "workoutRpe": 70, "distance": 20_000.0},
            {"activityId": 12, "name": "Second", "activityType": "trail_running",
             "beginTimestamp": (START + timedelta(days=1)).timestamp() * 1000},
            {"activityId": "odd", "name": None, "beginTimestamp": "never"},
            "nonsense",
        ]
    }
]  # fmt: skip
GARMIN_GEAR = [
    {
        "gearDTOS": [
            {"gearPk": 7, "customMakeModel": "Brooks Ghost", "gearTypeName": "Shoes"},
            {"gearPk": 8, "customMakeModel": "Racing bike", "gearTypeName": "Bike"},
        ],
        "gearActivityDTOs": {"7": [{"activityId": 11}], "8": [{"activityId": 12}], "9": "nonsense"},
    }
]


def garmin_files() -> dict[str, bytes]:
    """Garmin's archive: activities in ZIP archives of their own inside it."""
    fitness = "DI_CONNECT/DI-Connect-Fitness"
    uploads = {"a@b.c_1.gpx": run(0), "a@b.c_2.gpx": run(1, kind=""), "a@b.c_3.txt": b"no activity"}
    return {
        f"{fitness}/a@b.c_0_summarizedActivities.json": json.dumps(GARMIN_LIST).encode(),
        f"{fitness}/a@b.c_gear.json": json.dumps(GARMIN_GEAR).encode(),
        "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip": zipped(uploads),
        "DI_CONNECT/DI-Connect-User/user_profile.json": b"{}",
    }

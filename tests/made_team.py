"""A small team's watch files, made for tests of figures, pages and journeys: who they are tells what is odd about them."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from loadmon.intake.commit import Imported, import_plan
from loadmon.intake.plan import plan
from loadmon.report.activity import PLAIN_FIELDS, Activity, Watch
from loadmon.report.fit_activity import fit_activity
from loadmon.report.gpx_activity import gpx_activity
from loadmon.report.tcx_activity import tcx_activity
from loadmon.session import DeviceTotals, Sport
from loadmon.store import Store

STEADY, JUMP, BARE, ONCE = "Ada Steady", "Ben Jump", "Cem Bare", "Dee Once"
"""Five even weeks; the same with a last run of more than twice the length; a watch that records nothing but time; one run."""

NAN = float("nan")
WATCH = Watch(1, 3113, "Made watch", 3_900_000_001, 13.1, PLAIN_FIELDS)
OTHER_WATCH = Watch(123, 7, "Other watch", 3_900_000_002, 2.0, PLAIN_FIELDS)
BARE_WATCH = Watch(23, 50, "Bare watch", 3_900_000_003, 1.0, ("heart_rate",))


def a_run(
    start: datetime,
    minutes: float = 40.0,
    *,
    speed: float = 3.0,
    cadence: float = 168.0,
    seed: int = 1,
    watch: Watch = WATCH,
    sport: Sport = Sport.RUN,
) -> Activity:
    """One run with a sample every five seconds on the equator, eastwards; pace, cadence and pulse vary a little."""
    rng = np.random.default_rng(seed)
    t = np.arange(0.0, minutes * 60.0, 5.0)
    pace = speed + 0.35 * np.sin(t / 240.0) + rng.normal(0, 0.02, len(t))
    distance = np.concatenate([[0.0], np.cumsum(pace[1:] * 5.0)])
    stream = {
        "t_s": t,
        "lat_deg": np.full(len(t), 0.0),
        "lon_deg": distance / 111_320.0,
        "altitude_m": np.full(len(t), 20.0),
        "distance_m": distance.round(2),
        "speed_mps": pace.round(3),
        "heart_rate_bpm": np.rint(142 + 8 * np.sin(t / 240.0)),
        "cadence_spm": 2.0 * np.rint((cadence + 9.0 * (pace - 3.0)) / 2.0),
    }
    totals = DeviceTotals(distance_m=float(distance[-1]), elapsed_s=float(t[-1]), timer_s=float(t[-1]))
    return Activity(start=start, sport=sport, stream=stream, watch=watch, totals=totals)


def a_bare_run(start: datetime, minutes: float = 30.0) -> Activity:
    """A run of a watch that writes nothing but the time: no distance, no pulse, no cadence, no place."""
    t = np.arange(0.0, minutes * 60.0, 5.0)
    totals = DeviceTotals(elapsed_s=float(t[-1]), timer_s=float(t[-1]))
    stream = {"t_s": t, "heart_rate_bpm": np.full(len(t), NAN)}
    return Activity(start=start, sport=Sport.RUN, stream=stream, watch=BARE_WATCH, totals=totals)


def morning(day: date) -> datetime:
    """Seven o'clock, UTC."""
    return datetime(day.year, day.month, day.day, 7, 0, tzinfo=UTC)


def team_files(today: date) -> dict[str, bytes]:
    """The team's files by their path, the last run being of yesterday."""
    files: dict[str, bytes] = {}
    for weeks_ago in range(5):
        for nth, (back, minutes) in enumerate(((1, 60.0), (3, 35.0), (5, 40.0))):
            day = today - timedelta(days=7 * weeks_ago + back)
            seed = 10 * weeks_ago + nth
            run = a_run(morning(day), minutes, speed=2.9 + 0.2 * nth, seed=seed)
            files[f"{STEADY}/{day}.fit"] = fit_activity(run)
            jump = minutes * 2.4 if (weeks_ago, back) == (0, 1) else minutes
            watch = OTHER_WATCH if weeks_ago < 2 else WATCH
            other = a_run(morning(day), jump, speed=2.8 + 0.2 * nth, seed=100 + seed, watch=watch)
            files[f"{JUMP}/{day}.tcx"] = tcx_activity(other)
    for back in (2, 4):
        day = today - timedelta(days=back)
        files[f"{BARE}/{day}.fit"] = fit_activity(a_bare_run(morning(day)))
    day = today - timedelta(days=2)
    files[f"{ONCE}/{day}.gpx"] = gpx_activity(a_run(morning(day), 25.0, seed=77))
    return files


def bad_files() -> dict[str, bytes]:
    """Files that no import may stumble over, by their path."""
    whole = fit_activity(a_run(datetime(2025, 1, 1, 7, tzinfo=UTC), 10.0))
    return {
        f"{STEADY}/report.fit": b"%PDF-1.4 not a watch file",
        f"{STEADY}/empty.fit": b"",
        f"{STEADY}/cut.fit": whole[:40],
        f"{STEADY}/photo.jpg": b"\xff\xd8\xff\xe0 a picture",
        "nobody.gpx": b"<gpx></gpx>",
    }


def zipped(files: dict[str, bytes]) -> bytes:
    """Files as one ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return out.getvalue()


def take_in(store: Store, files: dict[str, bytes], folder: Path, athlete: str | None = None) -> Imported:
    """Take files in through the real door."""
    archive = folder / "team.zip"
    archive.write_bytes(zipped(files))
    return import_plan(store, plan([archive], athlete), what="team.zip")

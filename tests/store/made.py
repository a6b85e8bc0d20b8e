"""Sessions made up for the store's tests: small, complete and different from each other by a seed."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from loadmon.facts import RunFacts, facts_of
from loadmon.session import Device, DeviceTotals, Oddity, OffsetOrigin, Session, Source, Sport
from loadmon.store import Store, imports, sessions, squad
from loadmon.store.originals import Original
from loadmon.units import SEMICIRCLES_TO_DEGREES

START = datetime(2025, 3, 29, 23, 30, 0, tzinfo=UTC)


def stream(samples: int = 120, seed: int = 1, start: datetime = START, step_s: float = 1.0) -> pd.DataFrame:
    """A watch's stream in its sensors' own steps, with holes; power was never measured."""
    rng = np.random.default_rng(seed)
    t = np.arange(samples) * step_s
    speed = np.rint((3 + 0.2 * np.sin(t / 60) + rng.normal(0, 0.05, samples)) * 1000) / 1000
    bearing = np.cumsum(rng.normal(0, 0.02, samples))
    north, east = np.cumsum(np.cos(bearing) * speed * step_s), np.cumsum(np.sin(bearing) * speed * step_s)
    heart_rate = np.rint(150 + 10 * np.sin(t / 300) + rng.normal(0, 0.5, samples))
    heart_rate[3:7] = np.nan
    made = {
        "timestamp": pd.date_range(start, periods=samples, freq=pd.Timedelta(seconds=step_s), unit="us"),
        "t_s": t,
        "lat_deg": np.rint((46.2 + north / 111e3) / SEMICIRCLES_TO_DEGREES) * SEMICIRCLES_TO_DEGREES,
        "lon_deg": np.rint((-6.1 + east / 77e3) / SEMICIRCLES_TO_DEGREES) * SEMICIRCLES_TO_DEGREES,
        "altitude_m": np.rint((400 + np.cumsum(rng.normal(0, 0.1, samples))) * 5) / 5,
        "distance_m": np.rint(np.cumsum(speed * step_s) * 100) / 100,
        "speed_mps": speed,
        "heart_rate_bpm": heart_rate,
        "cadence_spm": 2 * np.rint(86 + rng.normal(0, 1, samples)),
        "power_w": np.full(samples, np.nan),
        "temperature_c": np.rint(18 + t / 1800),
        "vertical_oscillation_m": np.rint(900 + rng.normal(0, 40, samples)) / 10_000,
        "stance_time_s": np.rint(2400 + rng.normal(0, 50, samples)) / 10_000,
        "stance_balance_left_pct": np.rint(5000 + rng.normal(0, 40, samples)) / 100,
        "step_length_m": np.rint(11_000 + rng.normal(0, 300, samples)) / 10_000,
        "vertical_ratio_pct": np.rint(800 + rng.normal(0, 30, samples)) / 100,
        "pod:Form Power": np.rint(70 + rng.normal(0, 2, samples)),
    }
    return pd.DataFrame(made)


def session(
    seed: int = 1, *, samples: int = 120, start: datetime = START, index: int = 0, sha256: str | None = None
) -> Session:
    """A whole session around ``stream``: laps, events, oddities, device and its totals."""
    run = stream(samples, seed, start)
    end = start + timedelta(seconds=samples - 1)
    laps = pd.DataFrame(
        {
            "start": pd.DatetimeIndex([start, start + timedelta(seconds=60)]).as_unit("us"),
            "elapsed_s": [60.0, float(samples - 61)],
            "timer_s": [60.0, float(samples - 61)],
            "distance_m": [180.25, np.nan],
            "mean_heart_rate_bpm": [150.0, np.nan],
            "max_heart_rate_bpm": [161.0, np.nan],
            "mean_cadence_spm": [172.5, 171.0],
            "ascent_m": [np.nan, np.nan],
        }
    )
    events = pd.DataFrame(
        {
            "timestamp": pd.DatetimeIndex([start, end]).as_unit("us"),
            "kind": pd.array(["start", "stop_all"], dtype="str"),
        }
    )
    return Session(
        sport=Sport.RUN,
        start=start,
        elapsed_s=float(samples - 1),
        timer_s=float(samples - 1),
        moving_s=float(samples - 2),
        stream=run,
        source=Source(sha256 or fingerprint(seed), f"läufe/run {seed}.fit", "fit", "made 1", index),
        sub_sport="street",
        utc_offset_s=3600,
        offset_origin=OffsetOrigin.FILE,
        device=Device("Maker", f"Watch {seed % 3}", "abcd", "1.25"),
        totals=DeviceTotals(distance_m=1000.5 + seed, elapsed_s=float(samples - 1)),
        laps=laps,
        events=events,
        oddities=(
            Oddity("duplicate timestamps", "2 samples had the same time; the last was kept.", 2),
            Oddity("b", "c"),
        ),
    )


def facts(of: Session) -> RunFacts:
    """The session's facts, as intake computes them."""
    return facts_of(of)


def fingerprint(seed: int) -> str:
    """A fingerprint of no file."""
    return hashlib.sha256(str(seed).encode()).hexdigest()


def save(conn: Connection, athlete_id: int, batch_id: int, of: Session) -> int | None:
    """Save a session as intake does."""
    return sessions.save(conn, athlete_id, batch_id, of, facts(of), Original(of.source.sha256, 1234, "fit"))


def two_runners(store: Store, count: int = 3) -> tuple[int, int]:
    """Two runners with ``count`` sessions each, a day apart."""
    with store.write() as conn:
        ana, bo = (squad.add_athlete(conn, name).id for name in ("Ana", "Bo"))
        batch = imports.start_batch(conn, "made up")
        for number in range(count):
            for runner, shift in ((ana, 0), (bo, 1000)):
                start = START + timedelta(days=number)
                save(conn, runner, batch, session(number + shift, start=start, samples=600))
    return ana, bo

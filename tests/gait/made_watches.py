"""Made runs tables: which watch measured each run, a letter a run."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd


def runs(
    watches: str, *, every: int = 3, athlete: int = 1, first_id: int = 1, serial: str | None = "x"
) -> pd.DataFrame:
    """One run a letter; each letter is a watch, a space a run's place without one."""
    days = [date(2025, 1, 1) + timedelta(days=every * n) for n, letter in enumerate(watches) if letter != " "]
    return pd.DataFrame(
        {
            "session_id": range(first_id, first_id + len(days)),
            "athlete_id": athlete,
            "start_utc": pd.to_datetime(days, utc=True),
            "local_day": pd.to_datetime(days),
            "is_running": True,
            "excluded": False,
            "device": [f"watch {letter}" for letter in watches if letter != " "],
            "device_serial_hash": serial,
            "median_cadence_spm": 166.0,
        }
    )

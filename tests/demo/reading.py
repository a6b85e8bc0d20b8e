"""Sample files read back by fitparse, as plain columns and totals."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import fitparse
import numpy as np

from loadmon.demo import SampleFile

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Read:
    """One FIT file as fitparse sees it."""

    file: SampleFile
    session: dict[str, object]
    activity: dict[str, object]
    columns: dict[str, np.ndarray]
    times: list[datetime]
    events: list[tuple[datetime, str]]

    @property
    def local_start(self) -> datetime:
        """By the file's own word: the activity's two clocks."""
        offset = self.activity["local_timestamp"] - self.activity["timestamp"]  # type: ignore[operator]
        return self.times[0] + offset


NAMES = (
    "position_lat", "position_long", "distance", "enhanced_speed", "enhanced_altitude", "heart_rate", "cadence",
    "fractional_cadence", "stance_time", "step_length", "temperature", "power",
)  # fmt: skip


def read(file: SampleFile) -> Read:
    """The file's records as float columns (NaN for missing), session, activity and timer events."""
    found: dict[str, list[dict[str, object]]] = {"record": [], "session": [], "activity": [], "event": []}
    for message in fitparse.FitFile(io.BytesIO(file.data)).get_messages():
        if message.name in found:
            found[message.name].append(message.get_values())
    records = found["record"]
    columns = {n: np.array([np.nan if r.get(n) is None else r[n] for r in records], dtype=float) for n in NAMES}
    return Read(
        file=file,
        session=found["session"][0],
        activity=found["activity"][0],
        columns=columns,
        times=[r["timestamp"] for r in records],  # type: ignore[misc]
        events=[(e["timestamp"], str(e["event_type"])) for e in found["event"]],  # type: ignore[misc]
    )


def between(files: Iterable[SampleFile], first: int, last: int) -> list[SampleFile]:
    """Files whose local day lies from ``first`` to ``last`` days before TODAY, both included."""
    return [f for f in files if last <= (TODAY - f.local_start.date()).days <= first]


def steps_at_pace(runs: Iterable[Read], around: float = 3.0, window: float = 0.25) -> float:
    """Median steps a minute of all samples near one speed (m/s): the plainest cadence at a common pace."""
    found = []
    for run in runs:
        speed = run.columns["enhanced_speed"]
        steps = 2.0 * (run.columns["cadence"] + np.nan_to_num(run.columns["fractional_cadence"]))
        found.append(steps[np.abs(speed - around) < window])
    samples = np.concatenate(found)
    assert len(samples) > 200
    return float(np.mean(samples[samples > 130]))


def days_ago(count: int) -> date:
    """A day before TODAY."""
    return TODAY - timedelta(days=count)

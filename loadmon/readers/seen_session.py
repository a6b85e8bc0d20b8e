"""One session as an inspection tells it: its summary, device, and totals side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from loadmon.readers.differences import mean_over_time
from loadmon.readers.moving import recorded_seconds_of
from loadmon.session import Session


@dataclass(frozen=True, slots=True)
class Compared:
    """One total of a session: what the device declares and what its samples give; None where either tells nothing.

    Of the timer, ours are the seconds that the samples record, without pauses and long gaps.
    """

    name: str
    device: float | None
    ours: float | None


@dataclass(frozen=True, slots=True)
class SessionSeen:
    """One session of the file: its summary, local time and its origin, device, and totals side by side.

    Neither positions nor serial numbers are in it.
    """

    file: str
    local_start: str
    offset_origin: str
    device: str
    summary: dict[str, Any]
    totals: tuple[Compared, ...]


def seen(session: Session, file: str) -> SessionSeen:
    """One session as an inspection tells it.

    Parameters
    ----------
    session : Session
    file : str
        The file it is from, within an archive its path.
    """
    stream, totals = session.stream, session.totals
    summary = session.summary()
    summary.pop("sha256")
    return SessionSeen(
        file=file,
        local_start=f"{session.local_start:%Y-%m-%d %H:%M:%S}",
        offset_origin=session.offset_origin.value,
        device=session.device.label + (f", software {session.device.software}" if session.device.software else ""),
        summary=summary,
        totals=(
            Compared("distance_m", totals.distance_m, _highest(stream["distance_m"])),
            Compared("elapsed_s", totals.elapsed_s, session.elapsed_s if len(stream) else None),
            Compared("timer_s", totals.timer_s, float(recorded_seconds_of(session).sum()) if len(stream) else None),
            Compared("moving_s", totals.moving_s, session.moving_s if len(stream) else None),
            Compared("mean_heart_rate_bpm", totals.mean_heart_rate_bpm, _mean(session, "heart_rate_bpm")),
            Compared("max_heart_rate_bpm", totals.max_heart_rate_bpm, _highest(stream["heart_rate_bpm"])),
            Compared("mean_cadence_spm", totals.mean_cadence_spm, _mean(session, "cadence_spm")),
            Compared("ascent_m", totals.ascent_m, None),
        ),
    )


def _mean(session: Session, column: str) -> float | None:
    stream = session.stream
    if not len(stream):
        return None
    mean = mean_over_time(recorded_seconds_of(session), stream[column].to_numpy(dtype=float))
    return mean if np.isfinite(mean) else None


def _highest(column: Iterable[float]) -> float | None:
    values = np.asarray(column, dtype=float)
    known = values[np.isfinite(values)]
    return float(known.max()) if len(known) else None

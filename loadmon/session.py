"""A session: one activity as the watch recorded it, in SI units, with what was odd about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

STREAM_COLUMNS: tuple[str, ...] = (
    "t_s",
    "lat_deg",
    "lon_deg",
    "altitude_m",
    "distance_m",
    "speed_mps",
    "heart_rate_bpm",
    "cadence_spm",
    "power_w",
    "temperature_c",
    "vertical_oscillation_m",
    "stance_time_s",
    "stance_balance_left_pct",
    "step_length_m",
    "vertical_ratio_pct",
)
"""Float64 columns of a stream beside ``timestamp`` (UTC). A column never measured is all NaN."""

LAP_COLUMNS: tuple[str, ...] = (
    "start",
    "elapsed_s",
    "timer_s",
    "distance_m",
    "mean_heart_rate_bpm",
    "max_heart_rate_bpm",
    "mean_cadence_spm",
    "ascent_m",
)
"""Columns of the laps table: ``start`` is a UTC instant, the rest float64, NaN for missing."""

EVENT_COLUMNS: tuple[str, ...] = ("timestamp", "kind")
"""Columns of the events table; ``kind`` is ``start``, ``stop`` or ``stop_all`` of the watch's timer."""


class Sport(StrEnum):
    """What the runner was doing, as far as the file says."""

    RUN = "run"
    TRAIL_RUN = "trail run"
    TREADMILL_RUN = "treadmill run"
    TRACK_RUN = "track run"
    VIRTUAL_RUN = "virtual run"
    WALK = "walk"
    HIKE = "hike"
    RIDE = "ride"
    SWIM = "swim"
    STRENGTH = "strength"
    OTHER = "other"
    UNKNOWN = "unknown"

    @property
    def is_running(self) -> bool:
        """True where the session counts as running load (run, trail, treadmill, track, virtual)."""
        return self in _RUNNING


_RUNNING = frozenset({Sport.RUN, Sport.TRAIL_RUN, Sport.TREADMILL_RUN, Sport.TRACK_RUN, Sport.VIRTUAL_RUN})


class OffsetOrigin(StrEnum):
    """Where a session's local time comes from."""

    FILE = "file"
    POSITION = "position"
    USER = "user"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something unusual met while reading a file, kept beside the session so that nothing is silent.

    Parameters
    ----------
    name : str
        Short stable name, e.g. ``"truncated"``, ``"duplicate timestamps"``, ``"checksum wrong"``.
    detail : str
        One sentence for a person: what was found and what was done about it.
    count : int
        How many samples (or messages) it concerns; 0 where counting makes no sense.
    """

    name: str
    detail: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Device:
    """The watch or app that wrote the file.

    The serial number is kept as a short fingerprint (``serial_hash``), enough to tell two watches apart and no secret.
    """

    manufacturer: str | None = None
    product: str | None = None
    serial_hash: str | None = None
    software: str | None = None

    @property
    def label(self) -> str:
        """Words for the screen: manufacturer and product as far as they are known, each once."""
        maker, product = self.manufacturer or "", self.product or ""
        if maker and product.casefold().startswith(maker.casefold()):
            maker = ""
        return " ".join(part for part in (maker[:1].upper() + maker[1:], product) if part) or "unknown device"


@dataclass(frozen=True, slots=True)
class Wearer:
    """What the watch was told of who wears it; None for what it was not told. It has no name: a session has none."""

    mass_kg: float | None = None
    height_m: float | None = None
    age_years: float | None = None
    resting_heart_rate_bpm: float | None = None
    max_heart_rate_bpm: float | None = None


@dataclass(frozen=True, slots=True)
class DeviceTotals:
    """What the device itself declared for the whole session; None where it declared nothing."""

    distance_m: float | None = None
    elapsed_s: float | None = None
    timer_s: float | None = None
    moving_s: float | None = None
    ascent_m: float | None = None
    mean_heart_rate_bpm: float | None = None
    max_heart_rate_bpm: float | None = None
    mean_cadence_spm: float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a session came from: the file's fingerprint, its name, format and the reader that read it.

    ``index`` counts the sessions within one file (multisport and chained files hold several).
    """

    sha256: str
    file_name: str
    format: str
    reader: str
    index: int = 0


@dataclass(frozen=True, eq=False)
class Session:
    """One activity as it was recorded, cleaned but not interpreted.

    Parameters
    ----------
    sport : Sport
        What kind of activity; only running kinds count as running load.
    sub_sport : str | None
        The device's own finer word for it, as declared.
    start : datetime
        Instant of the first sample, aware, in UTC.
    utc_offset_s : int | None
        Seconds to add to UTC for the runner's local clock at the start; None if nothing tells.
    offset_origin : OffsetOrigin
        Where the offset comes from.
    elapsed_s, timer_s, moving_s : float
        Seconds from first to last sample; with the watch's timer running; and actually moving
        (speed >= 0.8 m/s or cadence >= 60 steps a minute). NaN where a table tells a distance and no time. The device's
        own where its samples cover only part of the session (an oddity says so).
    stream : DataFrame
        One row a sample: ``timestamp`` (UTC) and ``STREAM_COLUMNS``; strictly increasing time.
        Developer fields follow as ``app:name``.
    laps, events : DataFrame
        ``LAP_COLUMNS`` and ``EVENT_COLUMNS``.
    oddities : tuple of Oddity
        Everything unusual that was met or repaired.
    wearer : Wearer
        What the watch was told of who wears it; it is neither stored nor taken for the runner's own thresholds.
    rr_s : array of float64, shape (k,)
        Seconds between heartbeats in the order the watch noted them, as it noted them; empty where it did not.
    title, shoes : str | None
        What the runner called it and wore, where an account's own table or a session table tells.
    effort : float | None
        How hard it felt to the runner, 0 to 10, where such a table tells.
    """

    sport: Sport
    start: datetime
    elapsed_s: float
    timer_s: float
    moving_s: float
    stream: pd.DataFrame
    source: Source
    sub_sport: str | None = None
    utc_offset_s: int | None = None
    offset_origin: OffsetOrigin = OffsetOrigin.UNKNOWN
    device: Device = field(default_factory=Device)
    wearer: Wearer = field(default_factory=Wearer)
    totals: DeviceTotals = field(default_factory=DeviceTotals)
    laps: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(LAP_COLUMNS)))
    events: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(EVENT_COLUMNS)))
    oddities: tuple[Oddity, ...] = ()
    rr_s: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    title: str | None = None
    shoes: str | None = None
    effort: float | None = None

    @property
    def local_start(self) -> datetime:
        """The start on the runner's own clock (UTC where nothing tells the offset)."""
        return self.start.astimezone(timezone(timedelta(seconds=self.utc_offset_s or 0)))

    @property
    def local_day(self) -> date:
        """The calendar day, on the runner's own clock, that the session belongs to: the day it started."""
        return self.local_start.date()

    def measured(self, column: str) -> bool:
        """True if the stream holds at least one real value in ``column``."""
        return column in self.stream and bool((~np.isnan(self.stream[column].to_numpy(dtype=float))).any())

    @property
    def measured_columns(self) -> tuple[str, ...]:
        """Columns of the stream, times apart, that hold at least one real value."""
        numbers = self.stream.drop(columns=["timestamp", "t_s"])
        there = (
            ~np.isnan(numbers.to_numpy(dtype=float)).all(axis=0) if len(numbers) else np.zeros(numbers.shape[1], bool)
        )
        return tuple(name for name, found in zip(numbers.columns, there.tolist(), strict=True) if found)

    def summary(self) -> dict[str, Any]:
        """The session without its streams, as plain values for reports and ``--json`` output."""
        return {
            "sport": self.sport.value,
            "sub_sport": self.sub_sport,
            "start_utc": self.start.isoformat(),
            "local_day": self.local_day.isoformat(),
            "utc_offset_s": self.utc_offset_s,
            "offset_origin": self.offset_origin.value,
            "elapsed_s": self.elapsed_s,
            "timer_s": self.timer_s,
            "moving_s": self.moving_s,
            "samples": len(self.stream),
            "laps": len(self.laps),
            "heartbeats": len(self.rr_s),
            "measured": [name for name in STREAM_COLUMNS if self.measured(name)],
            "device": self.device.label,
            "device_distance_m": self.totals.distance_m,
            "title": self.title,
            "shoes": self.shoes,
            "effort": self.effort,
            "oddities": [{"name": o.name, "detail": o.detail, "count": o.count} for o in self.oddities],
            "sha256": self.source.sha256,
        }

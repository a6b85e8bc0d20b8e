"""An activity ready to be written as a watch file: columns in SI units and the watch that would have made them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon.session import DeviceTotals, Sport

Column = NDArray[np.float64]

POSITION = ("position_lat", "position_long")
FULL_FIELDS = (*POSITION, "distance", "enhanced_speed", "enhanced_altitude", "heart_rate", "cadence")
PLAIN_FIELDS = (*POSITION, "altitude", "heart_rate", "cadence", "distance", "speed")
DYNAMICS_FIELDS = ("vertical_oscillation", "stance_time", "vertical_ratio", "stance_time_balance", "step_length")


@dataclass(frozen=True, slots=True)
class Watch:
    """A watch model as its files give it away.

    Parameters
    ----------
    manufacturer, product : int
        Numbers of the public FIT profile (Garmin 1, Suunto 23, Polar 123, COROS 294); product is the maker's own.
    name : str
        Product name written where a format has room for one.
    serial : int
        Serial number, 1 to 2**32 - 1.
    software : float
        Version, two decimals.
    record_fields : tuple of str
        Names of the FIT record fields this watch writes beside the time, in its order.
    """

    manufacturer: int
    product: int
    name: str
    serial: int
    software: float = 1.0
    record_fields: tuple[str, ...] = FULL_FIELDS


@dataclass(frozen=True, slots=True)
class Activity:
    """One run in plain columns, as a watch would write it.

    Parameters
    ----------
    start : datetime
        Instant of the first sample, aware; whole seconds.
    sport : Sport
        What kind of running.
    stream : mapping of str to float64 arrays
        ``t_s`` (seconds from start, whole, increasing) and any columns of ``STREAM_COLUMNS``, all of one length,
        NaN for missing. A pandas stream works as well.
    watch : Watch
        What recorded it.
    utc_offset_s : int
        Seconds to add to UTC for the clock on the wrist (some watches always say 0).
    laps : mapping of str to float64 arrays
        ``start_s`` (seconds after the activity's start) and ``LAP_COLUMNS`` of a session but its ``start``; empty if there
        are none.
    events : tuple of (t_s, kind)
        The timer's ``start``, ``stop`` and ``stop_all`` between the first start and the last stop.
    totals : DeviceTotals
        What the watch shows as the whole; None is left out.
    """

    start: datetime
    sport: Sport
    stream: Mapping[str, Any]
    watch: Watch
    utc_offset_s: int = 0
    laps: Mapping[str, Any] = field(default_factory=dict)
    events: tuple[tuple[float, str], ...] = ()
    totals: DeviceTotals = field(default_factory=DeviceTotals)

    def column(self, name: str) -> Column | None:
        """A stream column as float64, or None where it was never measured."""
        if name not in self.stream:
            return None
        values = np.asarray(self.stream[name], dtype=np.float64)
        return None if np.isnan(values).all() else values

    @property
    def epoch_s(self) -> int:
        """Whole seconds of the start since 1970 in UTC."""
        return round(self.start.timestamp())

    def lap_ends(self) -> Column:
        """Seconds after the start at which each lap ended; empty if there are no laps."""
        if not self.laps:
            return np.zeros(0)
        return np.asarray(self.laps["start_s"], dtype=np.float64) + np.asarray(self.laps["elapsed_s"], dtype=np.float64)


def whole_strides(cadence_spm: Column) -> Column:
    """Steps of both feet as the whole strides a minute that watches write."""
    strides: Column = np.floor(cadence_spm / 2.0 + 0.5)
    return strides

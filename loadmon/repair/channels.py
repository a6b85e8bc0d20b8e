"""The channels of a recording: their words, and the columns of a stream that each of them is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from loadmon.readers.frame import columns_of
from loadmon.session import STREAM_COLUMNS

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

POSITION = "position"
CHANNELS: dict[str, str] = {
    "heart_rate_bpm": "heart rate",
    "cadence_spm": "cadence",
    "speed_mps": "speed",
    "distance_m": "distance",
    "altitude_m": "altitude",
    "power_w": "power",
    "stance_time_s": "ground contact time",
    "stance_balance_left_pct": "ground contact balance",
    "vertical_oscillation_m": "vertical oscillation",
    "step_length_m": "step length",
    "vertical_ratio_pct": "vertical ratio",
    "temperature_c": "temperature",
    POSITION: "position",
}
"""Every channel that can be left out or borrowed, in the words of the screen."""


def channel_words(channel: str) -> str:
    """A channel as the screen says it; what an app added is called by its own name."""
    return CHANNELS.get(channel, channel.partition(":")[2] or channel)


def columns_of_channel(stream: pd.DataFrame, channel: str) -> list[str]:
    """The stream's columns that a channel is; none where the stream does not know it, or it is the time itself."""
    if channel == POSITION:
        return [name for name in ("lat_deg", "lon_deg") if name in stream]
    told = channel in STREAM_COLUMNS[1:] or ":" in channel
    return [channel] if told and channel in stream and pd.api.types.is_numeric_dtype(stream[channel]) else []


def values_of(stream: pd.DataFrame, column: str) -> Floats:
    """A column's numbers, shape (n,); all NaN where the stream does not have it."""
    if column not in stream:
        return np.full(len(stream), np.nan)
    values: Floats = stream[column].to_numpy(dtype=np.float64)
    return values


class Samples:
    """The columns of one stream as arrays, taken out of the table once: each look into a table costs more than most sums.

    Parameters
    ----------
    stream : DataFrame
        As in ``loadmon.session.Session``.
    """

    __slots__ = ("_columns", "_length")

    def __init__(self, stream: pd.DataFrame) -> None:
        self._columns, self._length = columns_of(stream), len(stream)

    def __getitem__(self, column: str) -> Floats:
        return self._columns[column] if column in self._columns else np.full(self._length, np.nan)

    def __len__(self) -> int:
        return self._length


def times_of_stream(stream: pd.DataFrame) -> Floats:
    """Seconds of each sample from the start, shape (n,)."""
    return values_of(stream, "t_s")

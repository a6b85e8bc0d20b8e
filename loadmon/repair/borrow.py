"""Channels of another recording of the same run, such as the heart rate of a second watch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from loadmon.repair.channels import Floats, columns_of_channel, values_of
from loadmon.session import Session

WITHIN_S = 5.0
"""A sample of the other recording stands for ours if it lies no further away in time than this (loadmon convention):
watches that record only when something changes write a sample every one to eight seconds."""


def borrowed(session: Session, other: Session, channels: Sequence[str], *, within_s: float = WITHIN_S) -> Session:
    """The session with channels of another recording in the place of its own.

    Each of our samples gets the value of the other recording's sample that is nearest in time (UTC), of those that hold
    one; where none is near enough, the channel counts as not measured. A borrowed distance counts from our first sample.

    Parameters
    ----------
    session, other : Session
        Both with their clocks put right.
    channels : sequence of str
        Names of ``channels.CHANNELS`` or of columns that an app added. What the other recording does not hold leaves
        ours as it is.
    within_s : float
        How far apart in time two samples may be, seconds.
    """
    ours, theirs = _instants(session.stream), _instants(other.stream)
    fresh: dict[str, Floats] = {}
    for channel in channels:
        for name in columns_of_channel(other.stream, channel):
            values = values_of(other.stream, name)
            if np.isfinite(values).any():
                fresh[name] = _nearest(ours, theirs, values, within_s)
    if not fresh:
        return session
    totals = session.totals
    if "distance_m" in fresh:
        known = np.flatnonzero(np.isfinite(fresh["distance_m"]))
        if len(known):
            fresh["distance_m"] = np.maximum(fresh["distance_m"] - fresh["distance_m"][known[0]], 0.0)
        totals = replace(totals, distance_m=None)
    return replace(session, stream=session.stream.assign(**fresh), totals=totals)


def _instants(stream: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Unix microseconds of each sample."""
    return stream["timestamp"].to_numpy(dtype="datetime64[us]").astype(np.int64)


def _nearest(ours: npt.NDArray[np.int64], theirs: npt.NDArray[np.int64], values: Floats, within_s: float) -> Floats:
    known = np.isfinite(values)
    at, value = theirs[known], values[known]
    after = np.clip(np.searchsorted(at, ours), 0, len(at) - 1)
    before = np.maximum(after - 1, 0)
    # of two that are as near as each other the earlier one counts
    place = np.where(np.abs(ours - at[before]) <= np.abs(at[after] - ours), before, after)
    near = np.abs(at[place] - ours) <= within_s * 1e6
    found: Floats = np.where(near, value[place], np.nan)
    return found

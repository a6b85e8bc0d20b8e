"""Single values that cannot be, in the middle of values that can: a sensor that lost its hold for a moment."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from loadmon.readers.distance import distance_of, speed_from_positions
from loadmon.readers.sports import on_foot
from loadmon.repair.channels import (
    POSITION,
    Flags,
    Floats,
    channel_words,
    columns_of_channel,
    times_of_stream,
    values_of,
)
from loadmon.session import Session, Sport

FROM_POSITIONS = "distance from positions"


@dataclass(frozen=True, slots=True)
class SpikeRule:
    """When a value is a spike: it stands off its neighbourhood by more than anything living does, and is soon back.

    Parameters
    ----------
    apart : float
        How far off the middle of the surrounding ``window_s`` seconds, in the channel's unit.
    times : float
        And how many times that middle.
    longest_s : float
        How long it may last; what lasts longer is no spike.
    """

    apart: float
    times: float
    longest_s: float
    window_s: float = 61.0


RULES: dict[str, SpikeRule] = {
    "heart_rate_bpm": SpikeRule(apart=30.0, times=0.0, longest_s=15.0),
    "power_w": SpikeRule(apart=400.0, times=2.0, longest_s=10.0),
}
"""Loadmon conventions, after the Hampel filter (a value against the middle of its neighbourhood)."""


def without_spikes(session: Session, channel: str) -> tuple[Session, str, int]:
    """The session with the spikes of a channel counting as not measured.

    Returns
    -------
    tuple
        The session, what was done in a sentence, and how many samples it concerns.
    """
    spikes = spikes_in(session, channel)
    count, words = int(np.count_nonzero(spikes)), channel_words(channel)
    if not count:
        return session, f"No spikes are in {words}.", 0
    stream = session.stream
    columns = columns_of_channel(stream, channel)
    fresh = {name: np.where(spikes, np.nan, values_of(stream, name)) for name in columns}
    if channel == POSITION and any(oddity.name == FROM_POSITIONS for oddity in session.oddities):
        fresh |= _distance_anew(session, fresh)
    what = f"{count} {'value' if count == 1 else 'values'} of {words} cannot be and count as not measured."
    return replace(session, stream=stream.assign(**fresh)), what, count


def spikes_in(session: Session, channel: str) -> Flags:
    """Which samples hold a spike of a channel, shape (n,)."""
    stream = session.stream
    none: Flags = np.zeros(len(stream), dtype=bool)
    if len(stream) < 3:
        return none
    if channel == POSITION:
        return none
    rule = RULES.get(channel)
    if rule is None or not columns_of_channel(stream, channel):
        return none
    return _off(times_of_stream(stream), values_of(stream, channel), rule)


def _off(t: Floats, values: Floats, rule: SpikeRule) -> Flags:
    off: Flags = np.zeros(len(values), dtype=bool)
    known = np.flatnonzero(np.isfinite(values))
    if len(known) < 3:
        return off
    held, at = values[known], t[known]
    # most recordings have no step that large: they are done with here
    if np.abs(np.diff(held)).max() <= 0.5 * rule.apart:
        return off
    series = pd.Series(held, index=pd.to_timedelta(at, unit="s"))
    middle = series.rolling(f"{rule.window_s}s", center=True).median().to_numpy()
    far = (np.abs(held - middle) > rule.apart) & (np.abs(held - middle) > rule.times * middle)
    for first, last in _stretches(far):
        begin, end = at[max(first - 1, 0)], at[min(last + 1, len(at) - 1)]
        if first > 0 and last < len(at) - 1 and end - begin <= rule.longest_s:
            off[known[first : last + 1]] = True
    return off


def _stretches(flags: Flags) -> list[tuple[int, int]]:
    """First and last place of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), (edges[1::2] - 1).tolist(), strict=True))


def _distance_anew(session: Session, positions: dict[str, Floats]) -> dict[str, Floats]:
    """Distance and speed of a recording that has them from its positions only."""
    unix_s = session.start.timestamp() + times_of_stream(session.stream)
    by_foot = on_foot(session.sport) or session.sport is Sport.UNKNOWN
    distance, _ = distance_of(unix_s, dict(positions), on_foot=by_foot, rebase=False)
    speed = speed_from_positions(unix_s, distance)
    return {
        "distance_m": distance,
        "speed_mps": np.where(np.isnan(values_of(session.stream, "speed_mps")), np.nan, speed),
    }

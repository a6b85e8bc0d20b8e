"""Values that jump away and straight back: a sensor that lost its hold for a moment."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from loadmon.readers.distance import EARTH_RADIUS_M, JUMP_MPS, distance_of, haversine_m, speed_from_positions
from loadmon.readers.sports import on_foot
from loadmon.repair.channels import (
    POSITION,
    Flags,
    Floats,
    Samples,
    channel_words,
    columns_of_channel,
    times_of_stream,
    values_of,
)
from loadmon.session import Session, Sport

FROM_POSITIONS = "distance from positions"
MOST_SHARE = 0.05
"""Where more of a channel than this jumps, it is no matter of single values, and nothing is taken out of it."""
POSITION_LONGEST_S = 30.0
POSITION_DETOUR_M = 50.0
"""What the way by such a position is longer than the way without it: a receiver that finds its place again jumps, too, and
does not come back (loadmon convention)."""


@dataclass(frozen=True, slots=True)
class SpikeRule:
    """When values are a spike: they jump off from one sample to the next, and jump back soon after.

    Parameters
    ----------
    edge : float
        How large both jumps are at least, in the channel's unit.
    edge_s : float
        In how many seconds at most either jump happens.
    back : float
        How near to the value before they come back.
    longest_s : float
        How long they stay away at most.
    times : float
        How many times the values around it a spike is; 0 where it may also lie below.
    """

    edge: float
    edge_s: float
    back: float
    longest_s: float
    times: float = 0.0


RULES: dict[str, SpikeRule] = {
    "heart_rate_bpm": SpikeRule(edge=15.0, edge_s=5.0, back=10.0, longest_s=20.0),
    "power_w": SpikeRule(edge=250.0, edge_s=3.0, back=150.0, longest_s=8.0, times=2.5),
}
"""Loadmon conventions. A heart slows by some 20 to 30 beats in its first minute of rest, never by 15 in five seconds;
power of 2.5 times what it is before and after is no step of a runner's."""


def without_spikes(session: Session, channel: str) -> tuple[Session, str, int]:
    """The session with the spikes of a channel counting as not measured.

    Parameters
    ----------
    session : Session
    channel : str
        Heart rate, power or ``position``; of others nobody knows what a spike is.

    Returns
    -------
    tuple
        The session, what was done in a sentence, and how many samples it concerns.
    """
    spikes = spikes_in(session, channel)
    count, words = int(np.count_nonzero(spikes)), channel_words(channel)
    if not count:
        return session, f"No spikes are in {words or 'it'}.", 0
    stream = session.stream
    fresh = {name: np.where(spikes, np.nan, values_of(stream, name)) for name in columns_of_channel(stream, channel)}
    if channel == POSITION and any(oddity.name == FROM_POSITIONS for oddity in session.oddities):
        fresh |= _distance_anew(session, fresh)
    what = f"{count} {'value' if count == 1 else 'values'} of {words} jumped away and back and count as not measured."
    return replace(session, stream=stream.assign(**fresh)), what, count


def spikes_in(session: Session, channel: str, samples: Samples | None = None) -> Flags:
    """Which samples hold a spike of a channel, shape (n,); ``samples`` are the session's where they are taken out already."""
    samples = Samples(session.stream) if samples is None else samples
    spikes: Flags = np.zeros(len(samples), dtype=bool)
    if channel == POSITION:
        known = np.flatnonzero(np.isfinite(samples["lat_deg"]) & np.isfinite(samples["lon_deg"]))
        found = _positions_away(samples, known) if len(known) > 2 and _walked_or_run(session) else []
    else:
        known = np.flatnonzero(np.isfinite(samples[channel])) if channel in RULES else np.empty(0, dtype=np.int64)
        if len(known) < 3 or (channel == "power_w" and not _walked_or_run(session)):
            return spikes  # a cyclist's sprint looks just like a spike
        found = _away(samples["t_s"][known], samples[channel][known], RULES[channel])
    for first, last in found:
        spikes[known[first : last + 1]] = True
    if np.count_nonzero(spikes) > MOST_SHARE * len(known):
        spikes[:] = False
    return spikes


def _walked_or_run(session: Session) -> bool:
    return on_foot(session.sport) or session.sport is Sport.UNKNOWN


def _away(t: Floats, values: Floats, rule: SpikeRule) -> list[tuple[int, int]]:
    """First and last place of every excursion of values that are all known."""
    jumps = np.diff(values)
    # in nearly every recording this is all that is looked at
    large = np.flatnonzero((np.abs(jumps) >= rule.edge) & (np.diff(t) <= rule.edge_s))
    found: list[tuple[int, int]] = []
    for leaves in large.tolist():
        if found and leaves <= found[-1][1]:
            continue
        before = values[leaves]
        for returns in large[large > leaves].tolist():
            if t[returns] - t[leaves] > rule.longest_s:
                break
            after, between = values[returns + 1], values[leaves + 1 : returns + 1]
            stands_out = rule.times == 0.0 or between.min() >= rule.times * max(before, after)
            if jumps[leaves] * jumps[returns] < 0 and abs(after - before) <= rule.back and stands_out:
                found.append((leaves + 1, returns))
                break
    return found


def _positions_away(samples: Samples, known: np.ndarray) -> list[tuple[int, int]]:
    """First and last place, among the known positions, of every excursion faster than anybody runs, there and back."""
    t, lat, lon = (samples[name][known] for name in ("t_s", "lat_deg", "lon_deg"))
    seconds = np.diff(t)
    # nearly no recording holds such a jump: the plane tells that soon enough
    narrow = np.cos(np.radians(0.5 * (lat.min() + lat.max())))
    about = np.hypot(np.diff(lat), narrow * np.diff(lon))
    maybe = np.flatnonzero(about > 0.8 * np.degrees(JUMP_MPS / EARTH_RADIUS_M) * seconds)

    def apart(a: int, b: int) -> float:
        return float(haversine_m(lat[[a]], lon[[a]], lat[[b]], lon[[b]])[0])

    jumps = [place for place in maybe.tolist() if apart(place, place + 1) > JUMP_MPS * seconds[place]]
    found: list[tuple[int, int]] = []
    for leaves in jumps:
        if found and leaves <= found[-1][1]:
            continue
        for returns in (place for place in jumps if place > leaves):
            if t[returns] - t[leaves] > POSITION_LONGEST_S:
                break
            there_and_back = apart(leaves, returns + 1) <= 0.5 * JUMP_MPS * (t[returns + 1] - t[leaves])
            straight = apart(leaves, returns + 1)
            detours = (apart(leaves, p) + apart(p, returns + 1) - straight for p in range(leaves + 1, returns + 1))
            if there_and_back and all(detour >= POSITION_DETOUR_M for detour in detours):
                found.append((leaves + 1, returns))
                break
    return found


def _distance_anew(session: Session, positions: dict[str, Floats]) -> dict[str, Floats]:
    """Distance and speed of a recording that has them from its positions only."""
    unix_s = session.start.timestamp() + times_of_stream(session.stream)
    distance, _ = distance_of(unix_s, dict(positions), on_foot=_walked_or_run(session), rebase=False)
    speed, before = speed_from_positions(unix_s, distance), values_of(session.stream, "speed_mps")
    return {"distance_m": distance, "speed_mps": np.where(np.isnan(before), np.nan, speed)}

"""Laps of a session that was corrected: those that lose a part, and those of which a channel is another now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from loadmon.repair.channels import Flags, Floats, times_of_stream, values_of
from loadmon.repair.cut import Cut
from loadmon.repair.spans import Span
from loadmon.session import Session

ROUNDED_S = 1.0
"""Devices round the ends of laps to whole seconds, and samples lie a second apart."""
_MADE_OF = (
    ("mean_heart_rate_bpm", "heart_rate_bpm", False),
    ("max_heart_rate_bpm", "heart_rate_bpm", True),
    ("mean_cadence_spm", "cadence_spm", False),
)
"""What a lap tells of a channel: its name, the channel, and whether it is the highest value (else the mean)."""


def laps_told_anew(session: Session, read: Session) -> Session:
    """The session with heart rate and cadence of laps and totals told anew, where that channel was corrected.

    Parameters
    ----------
    session : Session
        With its channels corrected.
    read : Session
        The same as it was read, sample by sample at the same times.
    """
    if session.stream is read.stream:
        return session
    changed = {name: _changed(session, read, name) for name in ("heart_rate_bpm", "cadence_spm")}
    totals, laps = session.totals, session.laps
    if changed["heart_rate_bpm"].any():
        totals = replace(totals, mean_heart_rate_bpm=None, max_heart_rate_bpm=None)
    if changed["cadence_spm"].any():
        totals = replace(totals, mean_cadence_spm=None)
    if not any(flags.any() for flags in changed.values()):
        return session
    if len(laps):
        laps = laps.copy()
        t, spans = times_of_stream(session.stream), spans_of_laps(session)
        for name, channel, highest in _MADE_OF:
            values = values_of(session.stream, channel)
            for row, (begin, end) in enumerate(spans):
                here = (t >= begin) & (t <= end)
                if changed[channel][here].any():
                    laps.loc[laps.index[row], name] = told_of(values[here], highest=highest)
    return replace(session, totals=totals, laps=laps)


def _changed(session: Session, read: Session, channel: str) -> Flags:
    now, before = values_of(session.stream, channel), values_of(read.stream, channel)
    changed: Flags = ~((now == before) | (np.isnan(now) & np.isnan(before)))
    return changed


def spans_of_laps(session: Session) -> list[Span]:
    """When each lap began and ended, in the time of the stream; NaN where the lap does not tell."""
    t = times_of_stream(session.stream)
    first = session.start.timestamp() - (float(t[0]) if len(t) else 0.0)
    found = []
    for lap in session.laps.to_dict("records"):
        begin = float("nan") if pd.isna(lap["start"]) else pd.Timestamp(lap["start"]).timestamp() - first
        lasts = next((s for s in (lap["elapsed_s"], lap["timer_s"]) if np.isfinite(s)), 0.0)
        found.append((begin, begin + float(lasts)))
    return found


def told_of(values: Floats, *, highest: bool) -> float:
    """Highest or mean of the known values; NaN if there are none."""
    known = values[np.isfinite(values)]
    if not len(known):
        return float("nan")
    return float(known.max() if highest else known.mean())


def cut_laps(cut: Cut) -> pd.DataFrame:
    """The laps that stay, and of those that lose a part what is left of them."""
    laps, session = cut.session.laps, cut.session
    rows: list[dict[str, Any]] = []
    for lap, (begin, end) in zip(laps.to_dict("records"), spans_of_laps(session), strict=True):
        within = begin >= cut.first_s - ROUNDED_S and end <= cut.last_s + ROUNDED_S
        if np.isnan(begin) or (within and not any(b < end and e > begin for b, e in cut.out)):
            rows.append({str(name): value for name, value in lap.items()})
        elif (left := _rest_of_lap(cut, begin, end)) is not None:
            rows.append({str(name): value for name, value in lap.items()} | left)
    if len(rows) == len(laps) and not rows:
        return laps
    return pd.DataFrame(rows, columns=laps.columns).astype(laps.dtypes.to_dict()) if rows else laps.iloc[:0]


def _rest_of_lap(cut: Cut, begin: float, end: float) -> dict[str, Any] | None:
    """What the samples tell of the part of a lap that stays; None where nothing of it does."""
    first, last = max(begin, cut.first_s), min(end, cut.last_s)
    for out_from, out_to in cut.out:
        first = out_to if out_from <= first < out_to else first
        last = out_from if out_from < last <= out_to else last
    if not last > first:
        return None
    stream = cut.session.stream
    here = cut.kept & (cut.t_s >= first) & (cut.t_s <= last)
    distance = values_of(stream, "distance_m")
    origin_s = cut.session.start.timestamp() - float(cut.t_s[0])
    return {
        "start": pd.Timestamp(round((origin_s + first) * 1e6), unit="us", tz="UTC"),
        "elapsed_s": last - first,
        "timer_s": cut.share(cut.timer, first, last),
        "distance_m": cut.share(distance, first, last) if np.isfinite(distance).any() else np.nan,
        "ascent_m": np.nan,
    } | {name: told_of(values_of(stream, channel)[here], highest=highest) for name, channel, highest in _MADE_OF}

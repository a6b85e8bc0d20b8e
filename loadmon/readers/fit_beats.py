"""Heartbeats that a chest strap kept by itself (FIT ``hr`` and ``hrv`` messages), put beside the watch's records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from loadmon.readers import fit_profile as profile
from loadmon.readers.fit_scan import FieldAt, Shape
from loadmon.readers.fit_values import elements, gather, places
from loadmon.readers.recording import Column

TICKS_PER_S = 1024.0
_PACKED_TICKS = 4096
_WRAP_S = 2**32 / TICKS_PER_S
HOLD_STEP_S, HOLD_STEPS = 0.25, 20
_ANCHOR, _FRACTION, _RATES, _EVENT, _EVENT_12 = profile.TIMESTAMP, 0, 6, 9, 10
_UINT8, _UINT16, _UINT32 = 0x02, 0x04, 0x06


@dataclass(frozen=True, slots=True)
class Beats:
    """Heart rates with their own times: FIT seconds and beats a minute, both of shape (n,)."""

    at_s: Column
    rate_bpm: Column


def beats_of(body: bytes, shapes: list[Shape]) -> Beats | None:
    """The ``hr`` messages of a file unpacked; None where there are none, or none that says when it was.

    One message anchors the strap's clock (1024 ticks a second) in the watch's; the others give the clock's low twelve
    bits, packed two into three bytes.
    """
    messages = sorted(
        (
            (position, shape, row)
            for shape in shapes
            for position, row in zip(shape.positions, gather(body, shape), strict=True)
        ),
        key=lambda message: message[0],
    )
    anchor: tuple[float, float] | None = None
    ticks = 0
    times: list[float] = []
    rates: list[float] = []
    for _, shape, row in messages:
        said = {
            one.number: _values(row, one, shape.layout.big_endian) for one in shape.layout.fields if one.app is None
        }
        events = [value for value in said.get(_EVENT, ()) if value is not None]
        if events:
            ticks = int(events[-1])
        else:
            packed = next((one for one in shape.layout.fields if one.number == _EVENT_12), None)
            events = [] if packed is None else _unpacked(row[packed.at : packed.at + packed.size], ticks)
            ticks = int(events[-1]) if events else ticks
        stamp = next(iter(said.get(_ANCHOR, ())), None)
        if stamp is not None and events:
            fraction = next(iter(said.get(_FRACTION, ())), None)
            anchor = stamp + (fraction or 0.0) / 32768.0, events[0] / TICKS_PER_S
        if anchor is None:
            continue
        for event, rate in zip(events, said.get(_RATES, ()), strict=False):
            since = event / TICKS_PER_S - anchor[1]
            if rate is not None:
                times.append(anchor[0] + (since + _WRAP_S if since < 0 else since))
                rates.append(rate)
    if not times:
        return None
    return Beats(np.array(times), np.array(rates))


def held(parts: Iterable[Beats | None]) -> Beats | None:
    """The beats of all parts of a chained file (the strap's often follow in parts of their own), in order of time.

    Each rate is carried on until the next beat in quarter seconds, for five seconds at most, so that a second without
    a beat has one.
    """
    there = [part for part in parts if part is not None]
    if not there:
        return None
    times, rates = np.concatenate([b.at_s for b in there]), np.concatenate([b.rate_bpm for b in there])
    steps = np.clip(np.ceil(np.abs(np.diff(times)) / HOLD_STEP_S) - 1, 0, HOLD_STEPS).astype(np.int64)
    copies = np.r_[steps + 1, 1]
    firsts = np.cumsum(copies) - copies
    nth = np.arange(int(copies.sum())) - np.repeat(firsts, copies)
    at = np.repeat(times, copies) + HOLD_STEP_S * nth
    carried = np.repeat(rates, copies)
    if (np.diff(at) < 0).any():
        order = np.argsort(at, kind="stable")
        at, carried = at[order], carried[order]
    return Beats(at, carried)


def rates_at(stamps: Column, beats: Beats) -> Column:
    """The mean rate over the time since the record before, rounded to whole beats; NaN where no beat tells.

    Beats behind the last record's time are waited for, as the watch's maker does: a record is given a rate only where
    the strap went on beyond it.

    Parameters
    ----------
    stamps : array, shape (n,)
        FIT seconds of the records in file order.
    beats : Beats
        As ``held`` gives them.
    """
    out = np.full(len(stamps), np.nan)
    known = np.flatnonzero(np.isfinite(stamps))
    if not len(known):
        return out
    times = stamps[known]
    to = np.searchsorted(beats.at_s, times, side="right")
    since = np.searchsorted(beats.at_s, times - 1.0, side="right")
    fresh = np.r_[False, np.diff(times) > 0]
    since[1:] = np.where(fresh[1:], to[:-1], np.maximum(since[1:], to[1:] - 1))
    sums = np.r_[0.0, np.cumsum(beats.rate_bpm)]
    count = to - since
    told = (count > 0) & (to < len(beats.at_s))
    out[known[told]] = np.floor((sums[to[told]] - sums[since[told]]) / count[told] + 0.5)
    return out


def intervals_of(body: bytes, shapes: list[Shape]) -> tuple[Column, Column]:
    """Seconds between heartbeats (``hrv`` messages) in file order, and the position of the message that told each."""
    found: list[tuple[Column, Column]] = []
    for shape in shapes:
        field = next((one for one in shape.layout.fields if one.number == 0 and one.app is None), None)
        got = None if field is None else elements(gather(body, shape), field, _UINT16, shape.layout.big_endian)
        if got is not None:
            values, valid = got
            where = np.repeat(places(shape)[:, None], values.shape[1], axis=1)
            found.append((values[valid] / 1000.0, where[valid].astype(np.float64)))
    if not found:
        return np.empty(0), np.empty(0)
    told_s = np.concatenate([seconds for seconds, _ in found])
    told_at = np.concatenate([at for _, at in found])
    order = np.argsort(told_at, kind="stable")
    return told_s[order], told_at[order]


def _values(row: Any, one: FieldAt, big_endian: bool) -> list[float | None]:
    """Every element of one field of one message, None where it is not measured."""
    base = {_ANCHOR: _UINT32, _FRACTION: _UINT16, _RATES: _UINT8, _EVENT: _UINT32}.get(one.number)
    got = None if base is None else elements(row[None, :], one, base, big_endian)
    if got is None:
        return []
    return [float(v) if ok else None for v, ok in zip(got[0][0].tolist(), got[1][0].tolist(), strict=True)]


def _unpacked(packed: Any, last: int) -> list[float]:
    """Twelve bits each, least significant first, each rolled over from the one before."""
    bits, ticks = int.from_bytes(packed.tobytes(), "little"), []
    for _ in range(8 * len(packed) // 12):
        last += (bits - last) % _PACKED_TICKS
        bits >>= 12
        ticks.append(float(last))
    return ticks

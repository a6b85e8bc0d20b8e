"""Heartbeats that a chest strap kept by itself (FIT ``hr`` and ``hrv`` messages), put beside the watch's records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from loadmon.readers import fit_profile as profile
from loadmon.readers.fit_scan import FieldAt, Shape
from loadmon.readers.fit_values import elements, gather, numbers, places
from loadmon.readers.recording import Column
from loadmon.refusal import TooLarge

Grid: TypeAlias = npt.NDArray[np.float64]
Bytes: TypeAlias = npt.NDArray[np.uint8]

TICKS_PER_S = 1024.0
_PACKED_TICKS = 4096
_WRAP_S = 2**32 / TICKS_PER_S
HOLD_STEP_S, HOLD_STEPS = 0.25, 20
MAX_BEATS = 400_000
"""Of one file: more than a day and a half at 180 a minute."""
MAX_HELD = 2_000_000
"""Above it rates are not carried on: only a file made to fill the memory gets there."""
_MOST_A_MESSAGE, _PAIR_BYTES = 8, 3
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

    Raises
    ------
    TooLarge
        More than ``MAX_BEATS``.
    """
    if sum(len(shape.positions) for shape in shapes) * _MOST_A_MESSAGE > MAX_BEATS:
        raise TooLarge(
            f"The file holds more than {MAX_BEATS:,} heartbeats of a strap, which no strap keeps.",
            "Export the activity from the watch again.",
        )
    parts = [part for shape in shapes for part in _events(body, shape)]
    if not parts:
        return None
    found = np.concatenate(parts, axis=1)
    found = found[:, np.lexsort((found[_NTH], found[_POSITION]))]
    told, low = found[_TOLD], np.mod(found[_LOW], _PACKED_TICKS)
    counted = np.cumsum(np.mod(np.diff(low, prepend=0.0), _PACKED_TICKS))
    last = _last(np.isfinite(told))
    # before the first full count the clock is at an unknown place: nothing is anchored there anyway
    ticks = np.where(last < 0, counted, told[last] + counted - counted[last])
    anchor = _last(np.isfinite(found[_STAMP]))
    since = (ticks - ticks[anchor]) / TICKS_PER_S
    at = found[_STAMP][anchor] + np.where(since < 0, since + _WRAP_S, since)
    known = (anchor >= 0) & np.isfinite(found[_RATE])
    return Beats(at[known], found[_RATE][known]) if known.any() else None


def _last(known: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """For each place the last one up to it that is known, -1 where there is none yet."""
    return np.maximum.accumulate(np.where(known, np.arange(len(known)), -1))


_POSITION, _NTH, _LOW, _TOLD, _RATE, _STAMP = range(6)
"""Rows of what ``_events`` gives: where the message lies, which beat in it, the clock's low bits, its full count and
the watch's time where they are told, the rate."""


def _events(body: bytes, shape: Shape) -> list[npt.NDArray[np.float64]]:
    """The beats of one layout's messages, shape (6, n), with a full count of the clock or with twelve bits of it."""
    rows, big_endian = gather(body, shape), shape.layout.big_endian
    fields = {one.number: one for one in shape.layout.fields if one.app is None}
    stamp = _numbers(rows, fields.get(_ANCHOR), _UINT32, big_endian)
    stamp = stamp + np.nan_to_num(_numbers(rows, fields.get(_FRACTION), _UINT16, big_endian)) / 32768.0
    rates = _elements(rows, fields.get(_RATES), _UINT8, big_endian)
    full = _elements(rows, fields.get(_EVENT), _UINT32, big_endian)
    packed = fields.get(_EVENT_12)
    told_in_full: npt.NDArray[np.bool_] = np.asarray(np.isfinite(full).any(axis=1))
    out = [_laid_out(shape, full, full, rates, stamp, told_in_full)]
    if packed is not None and packed.size >= _PAIR_BYTES:
        low = _unpacked(rows[:, packed.at : packed.at + packed.size])
        out.append(_laid_out(shape, low, np.full(low.shape, np.nan), rates, stamp, ~told_in_full))
    return out


def _laid_out(
    shape: Shape, low: Grid, told: Grid, rates: Grid, stamp: Column, which: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    """Beats of those messages one behind the other; a message's time goes with its first."""
    n, width = low.shape
    rate = np.full((n, width), np.nan)
    rate[:, : rates.shape[1]] = rates[:, :width]
    times = np.full((n, width), np.nan)
    times[:, :1] = stamp[:, None]
    where = np.broadcast_to(places(shape)[:, None], (n, width))
    nth = np.broadcast_to(np.arange(width), (n, width))
    there = which[:, None] & np.isfinite(low)
    return np.array([grid[there] for grid in (where, nth, low, told, rate, times)], dtype=np.float64)


def _numbers(rows: Bytes, field: FieldAt | None, base: int, big_endian: bool) -> Column:
    found = numbers(rows, field, base, big_endian) if field is not None else None
    return np.full(len(rows), np.nan) if found is None else found


def _elements(rows: Bytes, field: FieldAt | None, base: int, big_endian: bool) -> Grid:
    """Every element of a field, shape (n, k), NaN where it is not measured; k is 0 where there is no such field."""
    got = elements(rows, field, base, big_endian) if field is not None else None
    if got is None:
        return np.empty((len(rows), 0))
    return np.where(got[1], got[0].astype(np.float64), np.nan)


def _unpacked(packed: Bytes) -> Grid:
    """Twelve bits each, least significant first: two in every three bytes."""
    whole = packed.shape[1] // _PAIR_BYTES * _PAIR_BYTES
    low, middle, high = (packed[:, i:whole:_PAIR_BYTES].astype(np.float64) for i in range(_PAIR_BYTES))
    out = np.empty((len(packed), 2 * low.shape[1]))
    out[:, ::2] = low + 256.0 * np.mod(middle, 16.0)
    out[:, 1::2] = middle // 16.0 + 16.0 * high
    return out


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
    if copies.sum() > MAX_HELD:
        copies = np.ones_like(copies)
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

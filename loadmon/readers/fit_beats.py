"""Heartbeats that a chest strap kept by itself (FIT ``hr`` and ``hrv`` messages), put beside the watch's records."""

from __future__ import annotations

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
_AT_ONCE, _LONGEST_HELD_S = 1024, 60.0
_NO_RATE = np.uint8(0xFF)


@dataclass(frozen=True, slots=True)
class Beats:
    """Heart rates with their own times: FIT seconds and whole beats a minute, both of shape (n,)."""

    at_s: Column
    rate_bpm: Bytes


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
    several = len(parts) > 1
    where, nth, low, told, rate, stamp = (
        np.concatenate(column) if several else column[0] for column in zip(*parts, strict=True)
    )
    del parts
    if several:
        order = np.lexsort((nth, where))
        low, told, rate, stamp = low[order], told[order], rate[order], stamp[order]
        del order
    del where, nth
    # sixteen bits roll over where twelve do
    counted = np.cumsum(np.diff(low, prepend=np.uint16(0)) % _PACKED_TICKS, dtype=np.float64)
    # before the first full count the clock is at an unknown place: nothing is anchored there anyway
    last = _last(np.isfinite(told))
    ticks = np.where(last < 0, 0.0, told[last] - counted[last])
    ticks += counted
    del last, counted, told
    anchor = _last(np.isfinite(stamp))
    known = anchor >= 0
    ticks -= ticks[anchor]
    ticks /= TICKS_PER_S
    ticks[ticks < 0] += _WRAP_S
    ticks += stamp[anchor]
    known &= rate != _NO_RATE
    return Beats(ticks[known], rate[known]) if known.any() else None


def _last(known: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """For each place the last one up to it that is known, -1 where there is none yet."""
    return np.maximum.accumulate(np.where(known, np.arange(len(known)), -1))


Events: TypeAlias = tuple[npt.NDArray[np.uint32], Bytes, npt.NDArray[np.uint16], Column, Bytes, Column]
"""Where the message lies, which beat in it, the clock's low bits, its full count and the watch's time (NaN where they
are not told), the rate: all of shape (n,)."""


def _events(body: bytes, shape: Shape) -> list[Events]:
    """The beats of one layout's messages, those with a full count of the clock and those with twelve bits of it."""
    rows, big_endian = gather(body, shape), shape.layout.big_endian
    fields = {one.number: one for one in shape.layout.fields if one.app is None}
    stamp = _numbers(rows, fields.get(_ANCHOR), _UINT32, big_endian)
    stamp += np.nan_to_num(_numbers(rows, fields.get(_FRACTION), _UINT16, big_endian)) / 32768.0
    got = elements(rows, fields[_RATES], _UINT8, big_endian) if _RATES in fields else None
    rates = np.where(got[1], got[0], _NO_RATE) if got is not None else np.empty((len(rows), 0), dtype=np.uint8)
    full = _elements(rows, fields.get(_EVENT), _UINT32, big_endian)
    told_in_full: npt.NDArray[np.bool_] = np.asarray(np.isfinite(full).any(axis=1))
    out = []
    if told_in_full.any():
        low = np.mod(np.nan_to_num(full), _PACKED_TICKS).astype(np.uint16)
        out.append(_laid_out(shape, low, full, rates, stamp, told_in_full[:, None] & np.isfinite(full)))
    packed = fields.get(_EVENT_12)
    if packed is not None and packed.size >= _PAIR_BYTES and not told_in_full.all():
        low = _unpacked(rows[:, packed.at : packed.at + packed.size])
        out.append(_laid_out(shape, low, None, rates, stamp, np.repeat(~told_in_full[:, None], low.shape[1], axis=1)))
    return out


def _laid_out(
    shape: Shape,
    low: npt.NDArray[np.uint16],
    told: Grid | None,
    rates: Bytes,
    stamp: Column,
    there: npt.NDArray[np.bool_],
) -> Events:
    """Beats of those messages one behind the other; a message's time goes with its first."""
    n, width = low.shape
    rate = np.full((n, width), _NO_RATE, dtype=np.uint8)
    rate[:, : rates.shape[1]] = rates[:, :width]
    times = np.full((n, width), np.nan)
    times[:, :1] = stamp[:, None]
    where = np.broadcast_to(places(shape)[:, None], (n, width))
    nth = np.broadcast_to(np.arange(width, dtype=np.uint8), (n, width))
    kept = low[there]
    full = np.full(len(kept), np.nan) if told is None else told[there]
    return where[there], nth[there], kept, full, rate[there], times[there]


def _numbers(rows: Bytes, field: FieldAt | None, base: int, big_endian: bool) -> Column:
    found = numbers(rows, field, base, big_endian) if field is not None else None
    return np.full(len(rows), np.nan) if found is None else found


def _elements(rows: Bytes, field: FieldAt | None, base: int, big_endian: bool) -> Grid:
    """Every element of a field, shape (n, k), NaN where it is not measured; k is 0 where there is no such field."""
    got = elements(rows, field, base, big_endian) if field is not None else None
    if got is None:
        return np.empty((len(rows), 0))
    return np.where(got[1], got[0].astype(np.float64), np.nan)


def _unpacked(packed: Bytes) -> npt.NDArray[np.uint16]:
    """Twelve bits each, least significant first: two in every three bytes."""
    whole = packed.shape[1] // _PAIR_BYTES * _PAIR_BYTES
    low, middle, high = (packed[:, i:whole:_PAIR_BYTES].astype(np.uint16) for i in range(_PAIR_BYTES))
    out = np.empty((len(packed), 2 * low.shape[1]), dtype=np.uint16)
    out[:, ::2] = low | (middle & 0xF) << 8
    out[:, 1::2] = middle >> 4 | high << 4
    return out


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Heart rates in order of time, each carried on until the next.

    Parameters
    ----------
    at_s : array, shape (n,)
        FIT seconds, never falling.
    rate_bpm : array, shape (n,)
    before, sums : array, shape (n + 1,)
        How many carried rates come before each beat's own, and what they add up to; the last is of all.
    """

    at_s: Column
    rate_bpm: Bytes
    before: npt.NDArray[np.int32]
    sums: npt.NDArray[np.int32]

    def until(self, times: Column) -> npt.NDArray[np.int32]:
        """How many carried rates stand at these times or earlier."""
        out = np.empty(len(times), dtype=np.int32)
        for first in range(0, len(times), _AT_ONCE):
            some = times[first : first + _AT_ONCE]
            beat = np.searchsorted(self.at_s, some, side="right") - 1
            last = np.maximum(beat, 0)
            # a rate is carried for seconds only; before the first beat there is none, however long before
            gone_s = np.clip(some - self.at_s[last], 0.0, _LONGEST_HELD_S)
            steps = np.floor(gone_s / HOLD_STEP_S).astype(np.int32)
            there = self.before[last] + np.minimum(steps + 1, self.before[last + 1] - self.before[last])
            out[first : first + _AT_ONCE] = np.where(beat < 0, 0, there)
        return out

    def mean(self, since: npt.NDArray[np.int32], to: npt.NDArray[np.int32]) -> Column:
        """The mean of the carried rates from one count to another."""
        out = np.empty(len(to))
        for first in range(0, len(to), _AT_ONCE):
            ends = np.stack((since[first : first + _AT_ONCE], to[first : first + _AT_ONCE]))
            beat = np.searchsorted(self.before[:-1], ends, side="right") - 1
            sums = self.sums[beat] + self.rate_bpm[beat] * (ends - self.before[beat])
            out[first : first + _AT_ONCE] = (sums[1] - sums[0]) / (ends[1] - ends[0])
        return out


def held(parts: list[Beats | None]) -> Held | None:
    """The beats of all parts of a chained file (the strap's often follow in parts of their own), in order of time.

    Each rate is carried on until the next beat in quarter seconds, for five seconds at most, so that a second without
    a beat has one.

    Parameters
    ----------
    parts : list of Beats or None
        Used up: the list is emptied.
    """
    there = [part for part in parts if part is not None]
    parts.clear()
    if not there:
        return None
    times, rates = np.concatenate([b.at_s for b in there]), np.concatenate([b.rate_bpm for b in there])
    del there
    step = np.diff(times)
    falls = bool((step < 0).any())
    np.abs(step, out=step)
    step /= HOLD_STEP_S
    np.ceil(step, out=step)
    step -= 1
    np.clip(step, 0, HOLD_STEPS, out=step)
    copies = np.ones(len(times), dtype=np.uint8)
    copies[:-1] += step.astype(np.uint8)
    del step
    if copies.sum() > MAX_HELD:
        copies[:] = 1
    if falls:
        # a clock that was set back: the rates carried on from before it lie among those behind it
        times, rates, copies = _one_by_one(times, rates, copies)
    before, sums = np.zeros(len(times) + 1, dtype=np.int32), np.zeros(len(times) + 1, dtype=np.int32)
    np.cumsum(copies, out=before[1:])
    np.cumsum(np.multiply(rates, copies, dtype=np.int32), out=sums[1:])
    return Held(times, rates, before, sums)


def _one_by_one(times: Column, rates: Bytes, copies: Bytes) -> tuple[Column, Bytes, Bytes]:
    """Every carried rate as a beat of its own, in order of time."""
    ends = np.cumsum(copies, dtype=np.int64)
    nth = np.arange(ends[-1]) - np.repeat(ends - copies, copies)
    at = np.repeat(times, copies) + HOLD_STEP_S * nth
    order = np.argsort(at, kind="stable")
    return at[order], np.repeat(rates, copies)[order], np.ones(len(order), dtype=np.uint8)


def rates_at(stamps: Column, beats: Held) -> Column:
    """The mean rate over the time since the record before, rounded to whole beats; NaN where no beat tells.

    Beats behind the last record's time are waited for, as the watch's maker does: a record is given a rate only where
    the strap went on beyond it.

    Parameters
    ----------
    stamps : array, shape (n,)
        FIT seconds of the records in file order.
    beats : Held
    """
    out = np.full(len(stamps), np.nan)
    known = np.flatnonzero(np.isfinite(stamps))
    if not len(known):
        return out
    times = stamps[known]
    to, since = beats.until(times), beats.until(times - 1.0)
    fresh = np.diff(times) > 0
    since[1:] = np.where(fresh, to[:-1], np.maximum(since[1:], to[1:] - 1))
    told = (to > since) & (to < beats.before[-1])
    known, to, since = known[told], to[told], since[told]
    out[known] = np.floor(beats.mean(since, to) + 0.5)
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

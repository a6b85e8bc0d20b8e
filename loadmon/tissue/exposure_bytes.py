"""An exposure as a few kilobytes, and back: what is stored beside a run's facts."""

from __future__ import annotations

import struct
import zlib
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon.refusal import DamagedFile
from loadmon.tissue.exposure import UNKNOWN, Exposure
from loadmon.tissue.stream import SlopeQuality

EXPOSURE_VERSION = 1
"""Raised whenever cells or bytes below mean something else; older ones are made again from the stream."""

_HEAD = struct.Struct("<2sBBBI2d8f")
_SPANS = struct.Struct("<6B")
_MARK = b"TX"
_QUALITIES = tuple(SlopeQuality)
_TREADMILL, _NOISE, _BALANCE = 1, 2, 4
_SHARE = 8.0
"""Amounts are kept in half precision, an eighth of them, so that a cell may hold days; their sums are kept whole."""
_MOST = 60_000.0
_MOST_CELLS = 255**3

Bytes = NDArray[np.uint8]
Floats = NDArray[np.floating[Any]]


def exposure_bytes(exposure: Exposure) -> bytes:
    """A run's exposure as bytes: a head, where the means lie, and the cells, packed.

    Parameters
    ----------
    exposure : Exposure
    """
    one = exposure
    bits = _TREADMILL * one.treadmill
    bits |= _NOISE * (one.slope_noise is not None) | _BALANCE * (one.balance_left_pct is not None)
    unpaced = one.cadence == UNKNOWN
    head = _HEAD.pack(
        _MARK,
        EXPOSURE_VERSION,
        _QUALITIES.index(one.slope_quality),
        bits,
        one.cells,
        float(one.amount[~unpaced].sum()),
        float(one.amount[unpaced].sum()),
        one.walked_steps,
        one.walked_unknown_s,
        one.walked_s,
        one.walked_m,
        one.unknown_s,
        one.locked_s,
        one.slope_noise or 0.0,
        one.balance_left_pct or 0.0,
    )
    spans, means = [], []
    for cell, inside in _axes(one):
        known = cell[cell != UNKNOWN]
        first, last = (int(known.min()), int(known.max())) if len(known) else (1, 0)
        spans += [first, last]
        means.append(inside[first : last + 1].tobytes())
    amount = np.minimum(one.amount / _SHARE, _MOST).astype("<f2")
    # slopes as the step from the cell before: that packs smaller
    cells = (one.speed, np.diff(one.slope, prepend=np.uint8(0)), one.cadence, amount)
    body = b"".join((_SPANS.pack(*spans), *means, *(part.tobytes() for part in cells)))
    return head + zlib.compress(body, 6)


def is_current(data: bytes) -> bool:
    """False for bytes of another version, which wait to be made again from the stream."""
    return data[: len(_MARK)] != _MARK or data[len(_MARK) : len(_MARK) + 1] == bytes([EXPOSURE_VERSION])


def exposure_from(data: bytes) -> Exposure:
    """The exposure that was made into bytes.

    Raises
    ------
    DamagedFile
        If they are none, cut off, or of a version this loadmon does not know.
    """
    try:
        mark, version, quality, bits, cells, steps, seconds, *told = _HEAD.unpack_from(data)
        sums = (steps, seconds, *told)
        # a sum that is no number makes their sum none
        if (mark, version) != (_MARK, EXPOSURE_VERSION) or cells > _MOST_CELLS or min(sums) < 0 or not sum(sums) < inf:
            raise ValueError
        # no bytes may unpack to more than their own head says
        unpacking, most = zlib.decompressobj(), _SPANS.size + 3 * 256 + 5 * cells
        body = unpacking.decompress(data[_HEAD.size :], most + 1)
        if not unpacking.eof:
            raise ValueError
        spans, place = _SPANS.unpack_from(body), _SPANS.size
        inside = np.full((3, 256), 128, dtype=np.uint8)
        for means, first, last in zip(inside, spans[::2], spans[1::2], strict=True):
            count = max(last + 1 - first, 0)
            means[first : first + count] = np.frombuffer(body, np.uint8, count, place)
            place += count
        if len(body) != place + 5 * cells:
            raise ValueError
        columns = np.frombuffer(body, np.uint8, 3 * cells, place).reshape(3, cells)
        amount = np.frombuffer(body, "<f2", cells, place + 3 * cells).astype(np.float32)
        slope_quality = _QUALITIES[quality]
    except (struct.error, zlib.error, ValueError, IndexError):
        raise DamagedFile(
            "A stored tissue exposure cannot be read.", "Run loadmon recompute: it is made again."
        ) from None
    cadence = columns[2]
    return Exposure(
        speed=columns[0],
        slope=np.cumsum(columns[1], dtype=np.uint8),
        cadence=cadence,
        amount=_to_whole(amount, cadence, steps, seconds),
        speed_inside=inside[0],
        slope_inside=inside[1],
        cadence_inside=inside[2],
        walked_steps=told[0],
        walked_unknown_s=told[1],
        walked_s=told[2],
        walked_m=told[3],
        unknown_s=told[4],
        slope_quality=slope_quality,
        treadmill=bool(bits & _TREADMILL),
        locked_s=told[5],
        slope_noise=told[6] if bits & _NOISE else None,
        balance_left_pct=told[7] if bits & _BALANCE else None,
    )


def _axes(one: Exposure) -> tuple[tuple[Bytes, Bytes], ...]:
    return ((one.speed, one.speed_inside), (one.slope, one.slope_inside), (one.cadence, one.cadence_inside))


def _to_whole(amount: Floats, cadence: Bytes, steps: float, seconds: float) -> Floats:
    """The rounded amounts brought to their whole sums, steps and seconds each."""
    if seconds == 0:  # cadence was recorded throughout
        rounded = float(amount.sum())
        return amount * np.float32(steps / rounded if rounded > 0 else _SHARE)
    unpaced = cadence == UNKNOWN
    for chosen, whole in ((~unpaced, steps), (unpaced, seconds)):
        rounded = float(amount[chosen].sum())
        amount[chosen] *= whole / rounded if rounded > 0 else _SHARE
    return amount

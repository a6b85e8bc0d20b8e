"""An exposure as a kilobyte, and back, one run or thousands at once: what is stored beside a run's facts."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from loadmon.refusal import DamagedFile
from loadmon.tissue.cells import AXES, PARTS, UNKNOWN, Bytes, Cells
from loadmon.tissue.exposure import Exposure
from loadmon.tissue.stream import SlopeQuality, believed_quality

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
_MOST_SUM = 1e9
"""More steps, seconds or metres than any recording has: damaged bytes say so."""

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
    opened = _opened(data)
    cells = _side_by_side([opened])
    speed, slope, cadence = cells.cell
    speed_inside, slope_inside, cadence_inside = cells.inside[0]
    walked_steps, walked_unknown_s, walked_s, walked_m, unknown_s = cells.sums[:, 0].tolist()
    balance = opened.sums[-1]
    kept = slice(0, opened.cells)  # not the one cell of nothing
    return Exposure(
        speed=speed[kept],
        slope=slope[kept],
        cadence=cadence[kept],
        amount=cells.amount[kept],
        speed_inside=speed_inside,
        slope_inside=slope_inside,
        cadence_inside=cadence_inside,
        walked_steps=walked_steps,
        walked_unknown_s=walked_unknown_s,
        walked_s=walked_s,
        walked_m=walked_m,
        unknown_s=unknown_s,
        slope_quality=opened.quality,
        treadmill=cells.treadmill[0],
        locked_s=float(cells.locked_s[0]),
        slope_noise=opened.noise,
        balance_left_pct=balance if opened.bits & _BALANCE else None,
    )


def cells_of_bytes(kept: Sequence[bytes]) -> Cells:
    """The cells of many runs from their bytes, side by side.

    Parameters
    ----------
    kept : sequence of bytes, length R

    Raises
    ------
    DamagedFile
        As ``exposure_from``.
    """
    return _side_by_side([_opened(data) for data in kept])


class _Opened(NamedTuple):
    """One exposure unpacked and checked."""

    quality: SlopeQuality
    bits: int
    cells: int
    sums: tuple[float, ...]
    """Steps, seconds without cadence, and the sums of the head in their order."""
    body: bytes
    spans: tuple[int, ...]
    place: int
    """Where in the body the cells begin."""

    @property
    def noise(self) -> float | None:
        """How much its slopes shiver."""
        return self.sums[-2] if self.bits & _NOISE else None


def _opened(data: bytes) -> _Opened:
    try:
        mark, version, quality, bits, cells, *sums = _HEAD.unpack_from(data)
        # a sum that is no number makes their sum none
        if (
            (mark, version) != (_MARK, EXPOSURE_VERSION)
            or cells > _MOST_CELLS
            or min(sums) < 0
            or not sum(sums) < _MOST_SUM
        ):
            raise ValueError
        # no bytes may unpack to more than their own head says
        unpacking, most = zlib.decompressobj(), _SPANS.size + 3 * PARTS + 5 * cells
        body = unpacking.decompress(data[_HEAD.size :], most + 1)
        if not unpacking.eof:
            raise ValueError
        spans = _SPANS.unpack_from(body)
        place = _SPANS.size + sum(max(last + 1 - first, 0) for first, last in zip(spans[::2], spans[1::2], strict=True))
        if len(body) != place + 5 * cells:
            raise ValueError
        return _Opened(_QUALITIES[quality], bits, cells, tuple(sums), body, spans, place)
    except (struct.error, zlib.error, ValueError, IndexError):
        raise DamagedFile(
            "A stored tissue exposure cannot be read.", "Run loadmon recompute: it is made again."
        ) from None


def _side_by_side(runs: Sequence[_Opened]) -> Cells:
    inside = np.full((len(runs), len(AXES), PARTS), 128, dtype=np.uint8)
    columns: tuple[list[bytes], ...] = ([], [], [])
    amounts: list[bytes] = []
    for n, one in enumerate(runs):
        body, place = one.body, _SPANS.size
        for axis in range(len(AXES)):
            first, last = one.spans[2 * axis], one.spans[2 * axis + 1]
            if last >= first:
                inside[n, axis, first : last + 1] = np.frombuffer(body, np.uint8, last + 1 - first, place)
                place += last + 1 - first
        for column in columns:
            column.append(body[place : place + one.cells] or b"\0")
            place += one.cells
        amounts.append(body[place:] or b"\0\0")
    lengths = np.array([max(one.cells, 1) for one in runs], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    cell = np.stack([np.frombuffer(b"".join(column), np.uint8) for column in columns])
    # slopes are kept as steps from the cell before: added up through all runs, each run is off by where it began
    rising = np.cumsum(cell[1], dtype=np.uint8)
    cell[1] = rising - np.repeat(np.where(starts > 0, rising[starts - 1], 0).astype(np.uint8), lengths)
    sums = np.array([one.sums for one in runs]).reshape(len(runs), -1).T
    amount = np.frombuffer(b"".join(amounts), "<f2").astype(np.float32)
    return Cells(
        cell=cell,
        amount=_to_whole(amount, cell[2] == UNKNOWN, starts, lengths, *sums[:2]),
        inside=inside,
        lengths=lengths,
        sums=sums[2:7],
        locked_s=sums[7],
        slope_quality=[believed_quality(one.quality, one.noise) for one in runs],
        treadmill=[bool(one.bits & _TREADMILL) for one in runs],
    )


def _axes(one: Exposure) -> tuple[tuple[Bytes, Bytes], ...]:
    return ((one.speed, one.speed_inside), (one.slope, one.slope_inside), (one.cadence, one.cadence_inside))


def _to_whole(
    amount: NDArray[np.float32],
    unpaced: NDArray[np.bool_],
    starts: NDArray[np.int64],
    lengths: NDArray[np.int64],
    steps: Floats,
    seconds: Floats,
) -> NDArray[np.float32]:
    """The rounded amounts brought to each run's whole sums, steps and seconds each."""
    for chosen, whole in ((~unpaced, steps), (unpaced, seconds)):
        if chosen.any():
            rounded = np.add.reduceat(np.where(chosen, amount, 0.0).astype(np.float64), starts)
            scale = np.divide(whole, rounded, out=np.full(len(starts), _SHARE), where=rounded > 0)
            amount = np.where(chosen, amount * np.repeat(scale, lengths), amount).astype(np.float32)
    return amount

"""Times in the header bytes of FIT messages: five bits on top of the last full time of any message."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from loadmon.readers.fit_scan import Scan, Shape
from loadmon.readers.fit_values import gather, numbers, places
from loadmon.readers.recording import Column

_UINT32, _COMPRESSED, _ROLLOVER = 0x06, 0x80, 32.0


@dataclass(frozen=True, slots=True)
class Stamps:
    """FIT seconds of every message of a segment, NaN where it has none, by its position."""

    positions: npt.NDArray[np.uint32]
    fit_s: Column

    def of(self, positions: npt.NDArray[np.uint32]) -> Column:
        """The times of messages at these positions."""
        found: Column = self.fit_s[np.searchsorted(self.positions, positions)]
        return found


def stamps_of(body: bytes, found: Scan) -> Stamps:
    """The time of every message, those in header bytes resolved; they roll over at 32 s.

    Parameters
    ----------
    body : bytes
    found : Scan
        Of all kinds: a message that nobody wants may carry the full time that the next ones go on from.
    """
    shapes = [shape for shape in found.shapes if shape.positions]
    if not shapes:
        return Stamps(np.empty(0, dtype=np.uint32), np.empty(0))
    positions = np.concatenate([places(shape) for shape in shapes])
    full = np.concatenate([_full(body, shape) for shape in shapes])
    order = np.argsort(positions, kind="stable")
    positions, full = positions[order], full[order]
    headers = np.frombuffer(body, dtype=np.uint8)[positions]
    compressed = headers >= _COMPRESSED
    full[compressed] = np.nan
    stamped = np.flatnonzero(compressed | np.isfinite(full))
    # the low five bits of one time after the other: what they step on by is what time went on by
    told = full[stamped]
    low = np.mod(np.where(compressed[stamped], headers[stamped], told), _ROLLOVER)
    gone = np.cumsum(np.mod(np.diff(low, prepend=0.0), _ROLLOVER))
    last = np.maximum.accumulate(np.where(np.isfinite(told), np.arange(len(told)), -1))
    fit_s = np.full(len(positions), np.nan)
    fit_s[stamped] = np.where(last < 0, gone, told[last] + gone - gone[last])
    return Stamps(positions, fit_s)


def _full(body: bytes, shape: Shape) -> Column:
    stamp = shape.layout.timestamp
    values = numbers(gather(body, shape), stamp, _UINT32, shape.layout.big_endian) if stamp is not None else None
    return np.full(len(shape.positions), np.nan) if values is None else values

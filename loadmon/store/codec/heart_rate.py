"""Seconds at each heart rate as a few packed numbers: a season of them is read as one array."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from loadmon.load.heart_rate import HEART_RATE_BINS
from loadmon.refusal import DamagedFile

_FIRST = np.dtype("<u2")
_SECONDS = np.dtype("<f4")
"""Single precision holds a day of seconds to a hundredth."""


def encode_heart_rate(seconds: NDArray[np.float64]) -> bytes:
    """Seconds at each beat as bytes: the place of the first that is not 0, then all up to the last; empty for none.

    Parameters
    ----------
    seconds : array of shape (k,)
        One value for each of ``HEART_RATE_BINS``, or empty where heart rate was not measured.
    """
    there = np.flatnonzero(seconds)
    if not len(there):
        return b""
    first, last = int(there[0]), int(there[-1])
    return np.array(first, _FIRST).tobytes() + seconds[first : last + 1].astype(_SECONDS).tobytes()


def decode_heart_rate(blobs: Sequence[bytes]) -> NDArray[np.float64]:
    """The seconds of many sessions as one matrix.

    Parameters
    ----------
    blobs : sequence of bytes, n
        Each as made by ``encode_heart_rate``.

    Returns
    -------
    array of shape (n, k), float64
        A row a session, a column for each of ``HEART_RATE_BINS``; NaN all along where heart rate was not measured.

    Raises
    ------
    DamagedFile
        If one of them is not what was stored.
    """
    width = len(HEART_RATE_BINS)
    size = np.fromiter(map(len, blobs), np.int64, len(blobs))
    there = np.flatnonzero(size)
    heads = b"".join(blob[: _FIRST.itemsize] for blob in blobs)
    counts = (size[there] - _FIRST.itemsize) // _SECONDS.itemsize
    whole = _FIRST.itemsize + counts * _SECONDS.itemsize == size[there]
    first = np.frombuffer(heads, _FIRST).astype(np.int64) if whole.all() else np.empty(0, np.int64)
    if not whole.all() or (first + counts > width).any():
        raise DamagedFile("Stored heart rates cannot be read.", "Run loadmon recompute: they are made again.")
    matrix = np.zeros((len(blobs), width))
    matrix[size == 0] = np.nan
    values = np.frombuffer(b"".join(blob[_FIRST.itemsize :] for blob in blobs), _SECONDS)
    begins = np.cumsum(counts) - counts
    column = np.arange(len(values)) + np.repeat(first - begins, counts)
    matrix[np.repeat(there, counts), column] = values
    return matrix

"""Columns of numbers beside their times as one table, made without copying and without a detour over strings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from loadmon.readers.recording import Column


def frame_of(
    micros: npt.NDArray[np.int64],
    columns: Mapping[str, Column],
    *,
    instants: str = "timestamp",
    block: npt.NDArray[np.float64] | None = None,
) -> pd.DataFrame:
    """A column of instants (UTC, to the microsecond) and float64 columns behind it.

    Parameters
    ----------
    micros : array of int64, shape (n,)
        Unix microseconds; the lowest number there is stands for "not told" (NaT).
    columns : mapping of str to array, shape (n,)
    instants : str
        Name of the first column.
    block : array, shape (k, n), or None
        Memory that columns may be rows of: where all are, the table takes it over instead of copying them, each
        column where its row lies.
    """
    names = tuple(columns)
    if block is not None and names and all(column.base is block for column in columns.values()):
        names, block = _closed_up(columns, block)
    else:
        block = np.empty((len(columns), len(micros)))
        for row, column in zip(block, columns.values(), strict=True):
            row[:] = column
    frame = pd.DataFrame(block.T, copy=False)
    frame.insert(0, -1, pd.DatetimeIndex(micros.view("M8[us]"), copy=False, tz="UTC"))
    # names come last: pandas looks every name up again with each column that is put in
    frame.columns = _names((instants, *names))
    return frame


def frame_over(micros: npt.NDArray[np.int64], columns: Mapping[str, Column]) -> pd.DataFrame:
    """As ``frame_of``, but every column stays where it is: none is copied.

    Parameters
    ----------
    micros : array of int64, shape (n,)
    columns : mapping of str to array, shape (n,)
        Taken over: they must not be written to afterwards.
    """
    told = {"timestamp": pd.DatetimeIndex(micros.view("M8[us]"), copy=False, tz="UTC")}
    return pd.DataFrame(told | dict(columns), copy=False)


def _closed_up(
    columns: Mapping[str, Column], block: npt.NDArray[np.float64]
) -> tuple[tuple[str, ...], npt.NDArray[np.float64]]:
    """The block without rows that are no column (any more), and the names of its rows: the last fill the gaps."""
    first, stride = block.__array_interface__["data"][0], block.strides[0] or 1
    rows = {(column.__array_interface__["data"][0] - first) // stride: name for name, column in columns.items()}
    for gap in range(len(rows)):
        if gap not in rows:
            last = max(rows)
            block[gap] = block[last]
            rows[gap] = rows.pop(last)
    return tuple(rows[row] for row in range(len(rows))), block[: len(rows)]


@lru_cache(maxsize=256)
def _names(columns: tuple[str, ...]) -> pd.Index[str]:
    return pd.Index(columns)


def columns_of(stream: pd.DataFrame) -> dict[str, Column]:
    """Every column of a stream but its instants, as arrays of shape (n,) float64 that share the stream's memory."""
    numbers = stream.iloc[:, 1:] if stream.columns[0] == "timestamp" else stream.drop(columns="timestamp")
    block = numbers.to_numpy(dtype=np.float64).T
    return dict(zip(numbers.columns.tolist(), block, strict=True))


def micros_of(unix_s: Column) -> npt.NDArray[np.int64]:
    """Unix seconds as whole microseconds."""
    return np.asarray(np.round(unix_s * 1e6), dtype=np.int64)

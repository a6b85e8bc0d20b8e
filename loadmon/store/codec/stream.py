"""A session's stream as one Parquet blob and back.

Watches record whole multiples of a small step (a centimetre, a beat, a 2^31st of a half-turn). Where a column is such
multiples it is kept as 32-bit integers, which Parquet's delta coding makes small; every other column is kept as float32,
finer than any sensor here. Positions are integers always, to 1e-7 degrees. The blob is ordinary Parquet: the key
``loadmon`` in its metadata says how each column was turned into integers.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from loadmon.readers.frame import frame_of
from loadmon.units import SEMICIRCLES_TO_DEGREES

CODEC = 1
"""Raised when the blobs change; old ones are still read."""

STEPS_PER_UNIT = (1, 2, 5, 10, 64, 100, 1000, 10_000)
"""Steps a unit that watches use: 1 beat, 1/5 m of altitude, 1/64 of a step rate, 1 cm, 1 mm/s, 0.1 mm."""

_POSITIONS = frozenset({"lat_deg", "lon_deg"})
_METADATA = b"loadmon"
_LARGEST = 2**31 - 1


def encode_stream(stream: pd.DataFrame) -> bytes:
    """A stream as bytes, without losing what the sensor told; parameters and result as for ``encode_kept``."""
    return encode_kept(stream)[0]


def encode_kept(stream: pd.DataFrame) -> tuple[bytes, pd.DataFrame]:
    """A stream as bytes, and the stream as they will give it back: what is told of it now is told of it for ever.

    Parameters
    ----------
    stream : DataFrame
        ``timestamp`` (UTC) and float columns as in ``loadmon.session.STREAM_COLUMNS``.

    Returns
    -------
    bytes
        Parquet, zstd. Positions exact to 1e-7 degrees, distance to 0.5 mm, all others to 1e-9 of the value where they
        are multiples of a sensor's step and to 6e-8 of it where they are not; NaN stays NaN.
    DataFrame
        To the last digit what ``decode_stream`` makes of them.
    """
    instants = stream["timestamp"].to_numpy(dtype="datetime64[us]").astype(np.int64)
    names: list[str] = ["timestamp"]
    arrays: list[pa.Array] = [pa.array(instants, pa.timestamp("us", tz="UTC"))]
    encodings = {"timestamp": "DELTA_BINARY_PACKED"}
    columns: list[list[str | int]] = []
    kept: dict[str, Any] = {}
    for name in stream.columns:
        if name == "timestamp":
            continue
        how, array = _column(name, stream[name], instants)
        columns.append([name, how])
        kept[name] = _given_back(array, how, instants)
        if array is not None:
            names.append(name)
            arrays.append(array)
            encodings[name] = "DELTA_BINARY_PACKED" if pa.types.is_integer(array.type) else "PLAIN"
            if pa.types.is_floating(array.type):
                encodings[name] = "BYTE_STREAM_SPLIT"
    head = json.dumps({"codec": CODEC, "columns": columns}, separators=(",", ":")).encode()
    table = pa.Table.from_arrays(arrays, names=names)
    sink = pa.BufferOutputStream()
    with pq.ParquetWriter(
        sink,
        table.schema,
        compression="zstd",
        use_dictionary=False,
        write_statistics=False,
        column_encoding=encodings,
        store_schema=False,
    ) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata({_METADATA: head})
    return bytes(sink.getvalue()), _frame(instants, kept)


def _frame(instants: NDArray[np.int64], columns: dict[str, Any]) -> pd.DataFrame:
    """Columns beside their times; where all are numbers, as rows of one block: what looks at all of them copies none."""
    if all(isinstance(values, np.ndarray) for values in columns.values()):
        return frame_of(instants, columns)
    times = pd.DatetimeIndex(instants.view("datetime64[us]"), tz="UTC")
    return pd.DataFrame({"timestamp": times} | columns, copy=False)


def decode_stream(data: bytes) -> pd.DataFrame:
    """The stream that ``encode_stream`` was given: same columns in the same order, float64, ``timestamp`` in UTC."""
    file = pq.ParquetFile(pa.BufferReader(data), pre_buffer=False)
    head = json.loads(file.metadata.metadata[_METADATA])
    table = file.read(use_threads=False)
    instants = table.column("timestamp").cast(pa.int64()).to_numpy()
    values: dict[str, Any] = {}
    for name, how in head["columns"]:
        values[name] = _given_back(table.column(name) if name in table.column_names else None, how, instants)
    return _frame(instants, values)


def _column(name: str, column: pd.Series, instants: NDArray[np.int64]) -> tuple[str | int, pa.Array | None]:
    """How a column is kept, and the array to keep (none where it need not be)."""
    if not pd.api.types.is_numeric_dtype(column.dtype):
        return "text", pa.array(column.astype(object).where(column.notna(), None).tolist(), pa.string())
    values = column.to_numpy(np.float64)
    known = ~np.isnan(values)
    if not known.any():
        return "missing", None
    if name == "t_s" and np.abs(values - _seconds(instants)).max() <= 1e-6:
        return "from timestamp", None
    if name in _POSITIONS:
        steps = np.rint(np.where(known, values, 0.0) / SEMICIRCLES_TO_DEGREES)
        if np.abs(steps).max() <= _LARGEST + 1:  # +180 degrees is one step beyond
            return "semicircles", _integers(np.clip(steps, -_LARGEST - 1, _LARGEST), known)
        return "float64", pa.array(values, pa.float64())
    found = _as_steps(values, known)
    if found is not None:
        return found[0], _integers(found[1], known)
    if name == "distance_m" and np.abs(values[known]).max() * 1000 < _LARGEST:
        return 1000, _integers(np.rint(np.where(known, values, 0.0) * 1000), known)
    return _as_floats(values)


def _as_steps(values: NDArray[np.float64], known: NDArray[np.bool_]) -> tuple[int, NDArray[np.float64]] | None:
    """The coarsest step of which every value is a multiple, and how many steps each is; None where there is none."""
    real = values[known]
    if not np.isfinite(real).all():
        return None
    tolerance = 1e-9 * np.maximum(1e-3, np.abs(real))
    few, few_tolerance, largest = real[:48], tolerance[:48], np.abs(real).max()
    for scale in STEPS_PER_UNIT:
        if largest * scale > _LARGEST:
            return None
        if (np.abs(np.rint(few * scale) / scale - few) > few_tolerance).any():
            continue
        steps = np.rint(real * scale)
        if (np.abs(steps / scale - real) <= tolerance).all():
            full = np.zeros(len(values))
            full[known] = steps
            return scale, full
    return None


def _as_floats(values: NDArray[np.float64]) -> tuple[str, pa.Array]:
    """Float32 where it is fine enough, else (numbers of no sensor) float64."""
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        small = values.astype(np.float32)
        fine = (small == values) | (np.abs(small - values) <= 6e-8 * np.abs(values)) | np.isnan(values)
    return ("float32", pa.array(small, pa.float32())) if fine.all() else ("float64", pa.array(values, pa.float64()))


def _integers(steps: NDArray[np.float64], known: NDArray[np.bool_]) -> pa.Array:
    return pa.array(steps.astype(np.int32), pa.int32(), mask=None if known.all() else ~known)


def _given_back(array: pa.Array | pa.ChunkedArray | None, how: str | int, instants: NDArray[np.int64]) -> object:
    """A column as it comes out of what is kept of it."""
    if how == "missing":
        return np.full(len(instants), np.nan)
    if how == "from timestamp":
        return _seconds(instants)
    assert array is not None
    if how == "text":
        return pd.array(array.to_pylist(), dtype="str")
    values = array.to_numpy(zero_copy_only=False).astype(np.float64)
    if how == "semicircles":
        return values * SEMICIRCLES_TO_DEGREES
    return values / how if isinstance(how, int) and how != 1 else values


def _seconds(instants: NDArray[np.int64]) -> NDArray[np.float64]:
    return (instants - instants[0]) / 1e6 if len(instants) else np.empty(0)

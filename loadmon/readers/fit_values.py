"""The values of many messages of one shape at once: rows gathered from the bytes, fields as columns of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from loadmon.readers.fit_scan import FieldAt, Shape
from loadmon.readers.recording import Column

STRING = 0x07


@dataclass(frozen=True, slots=True)
class Base:
    """One of the protocol's base types: numpy's code without byte order, bytes, and the value that means "not measured"."""

    code: str
    size: int
    invalid: int | None
    little: np.dtype[Any]
    big: np.dtype[Any]


def _base(code: str, invalid: int | None) -> Base:
    return Base(code, int(code[1]), invalid, np.dtype(f"<{code}"), np.dtype(f">{code}"))


BASES: dict[int, Base] = {
    0x00: _base("u1", 0xFF),
    0x01: _base("i1", 0x7F),
    0x02: _base("u1", 0xFF),
    0x03: _base("i2", 0x7FFF),
    0x04: _base("u2", 0xFFFF),
    0x05: _base("i4", 0x7FFFFFFF),
    0x06: _base("u4", 0xFFFFFFFF),
    0x08: _base("f4", None),
    0x09: _base("f8", None),
    0x0A: _base("u1", 0),
    0x0B: _base("u2", 0),
    0x0C: _base("u4", 0),
    0x0E: _base("i8", 0x7FFFFFFFFFFFFFFF),
    0x0F: _base("u8", 0xFFFFFFFFFFFFFFFF),
    0x10: _base("u8", 0),
}
"""By the low five bits of the type byte; strings and plain bytes are not numbers and stand apart."""


def gather(body: bytes, shape: Shape) -> npt.NDArray[np.uint8]:
    """The messages of a shape as rows of bytes, shape (n, size), in the order of their positions."""
    size, n = shape.layout.size, len(shape.positions)
    if not n:
        return np.empty((0, size), dtype=np.uint8)
    first = shape.positions[0]
    if shape.positions[-1] - first == size * (n - 1):
        # messages never overlap: as far apart as they are long means that nothing lies between them
        return np.frombuffer(body, np.uint8, n * size, first).reshape(n, size)
    rows = np.ndarray((len(body) - size + 1,), f"V{size}", buffer=body, strides=(1,))
    found: npt.NDArray[np.uint8] = rows[places(shape)].view(np.uint8).reshape(-1, size)
    return found


def places(shape: Shape) -> npt.NDArray[np.uint32]:
    """Positions of a shape's messages, as an array over the very same memory."""
    return np.frombuffer(shape.positions, dtype=np.uint32)


def holds_numbers(field: FieldAt, base: int) -> bool:
    """False for strings, bytes, and a size that is no multiple of its type (the protocol says: take it as bytes)."""
    kind = BASES.get(base)
    return kind is not None and field.size > 0 and field.size % kind.size == 0


def numbers(
    rows: npt.NDArray[np.uint8], field: FieldAt, base: int, big_endian: bool, out: Column | None = None
) -> Column | None:
    """One field of every row as float64, NaN where it is not measured; of an array the first valid element.

    Written into ``out`` where it is given. None if the field holds no numbers.
    """
    kind = BASES.get(base)
    if kind is not None and kind.size == field.size:
        n, size = rows.shape
        raw: npt.NDArray[Any] = np.ndarray((n,), kind.big if big_endian else kind.little, rows, field.at, (size,))
        plain = np.empty(n) if out is None else out
        plain[:] = raw
        if kind.invalid is not None:
            missing = raw == kind.invalid
            if missing.any():
                plain[missing] = np.nan
        return plain
    found = elements(rows, field, base, big_endian)
    if found is None:
        return None
    values, valid = found
    first = valid.argmax(axis=1)
    picked = np.take_along_axis(values, first[:, None], axis=1)[:, 0].astype(np.float64)
    picked[~valid.any(axis=1)] = np.nan
    if out is None:
        return picked
    out[:] = picked
    return out


def elements(
    rows: npt.NDArray[np.uint8], field: FieldAt, base: int, big_endian: bool
) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]] | None:
    """Every element of one field of every row, shape (n, k), and which of them are measured; None as in ``numbers``."""
    kind = BASES.get(base)
    if kind is None or not field.size or field.size % kind.size:
        return None
    raw = np.ascontiguousarray(rows[:, field.at : field.at + field.size])
    values = raw.view(kind.big if big_endian else kind.little)
    valid = ~np.isnan(values) if kind.invalid is None else values != kind.invalid
    return values, valid

"""The values of many messages of one shape at once: rows gathered from the bytes, fields as columns of numbers."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from loadmon.readers.fit_scan import FieldAt, Layout, Shape
from loadmon.readers.recording import Column

STRING, BYTE = 0x07, 0x0D


@dataclass(frozen=True, slots=True)
class Base:
    """One of the protocol's base types: numpy's code without byte order, bytes, and the value that means "not measured"."""

    code: str
    size: int
    invalid: int | None


BASES: dict[int, Base] = {
    0x00: Base("u1", 1, 0xFF),
    0x01: Base("i1", 1, 0x7F),
    0x02: Base("u1", 1, 0xFF),
    0x03: Base("i2", 2, 0x7FFF),
    0x04: Base("u2", 2, 0xFFFF),
    0x05: Base("i4", 4, 0x7FFFFFFF),
    0x06: Base("u4", 4, 0xFFFFFFFF),
    0x08: Base("f4", 4, None),
    0x09: Base("f8", 8, None),
    0x0A: Base("u1", 1, 0),
    0x0B: Base("u2", 2, 0),
    0x0C: Base("u4", 4, 0),
    0x0E: Base("i8", 8, 0x7FFFFFFFFFFFFFFF),
    0x0F: Base("u8", 8, 0xFFFFFFFFFFFFFFFF),
    0x10: Base("u8", 8, 0),
}
"""By the low five bits of the type byte; strings and plain bytes are not numbers and stand apart."""


def gather(body: bytes, shape: Shape) -> npt.NDArray[np.uint8]:
    """The messages of a shape as rows of bytes, shape (n, size), in the order of their positions."""
    size = shape.layout.size
    if not shape.positions:
        return np.empty((0, size), dtype=np.uint8)
    rows = np.ndarray((len(body) - size + 1,), f"V{size}", buffer=body, strides=(1,))
    found: npt.NDArray[np.uint8] = rows[places(shape)].view(np.uint8).reshape(-1, size)
    return found


def places(shape: Shape) -> npt.NDArray[np.uint32]:
    """Positions of a shape's messages, as an array over the very same memory."""
    return np.frombuffer(shape.positions, dtype=np.uint32)


def numbers(rows: npt.NDArray[np.uint8], field: FieldAt, base: int, big_endian: bool) -> Column | None:
    """One field of every row as float64, NaN where it is not measured; of an array the first valid element.

    None if the field holds no number: a string, bytes, or a size that is no multiple of its type (the protocol says
    that such a field is to be taken as bytes).
    """
    found = elements(rows, field, base, big_endian)
    if found is None:
        return None
    values, valid = found
    if values.shape[1] == 1:
        return np.where(valid[:, 0], values[:, 0].astype(np.float64), np.nan)
    first = valid.argmax(axis=1)
    picked = np.take_along_axis(values, first[:, None], axis=1)[:, 0].astype(np.float64)
    return np.where(valid.any(axis=1), picked, np.nan)


def elements(
    rows: npt.NDArray[np.uint8], field: FieldAt, base: int, big_endian: bool
) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]] | None:
    """Every element of one field of every row, shape (n, k), and which of them are measured; None as in ``numbers``."""
    kind = BASES.get(base)
    if kind is None or not field.size or field.size % kind.size:
        return None
    raw = np.ascontiguousarray(rows[:, field.at : field.at + field.size])
    values = raw.view(f"{'>' if big_endian else '<'}{kind.code}")
    valid = ~np.isnan(values) if kind.invalid is None else values != kind.invalid
    return values, valid


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where one field's elements stand among a message's unpacked values, and which of them mean "not measured"."""

    number: int
    first: int
    last: int
    base: int
    invalid: int | None


@lru_cache(maxsize=4096)
def _unpacker(layout: Layout) -> tuple[struct.Struct, tuple[_Slot, ...]]:
    """How to take the protocol's own fields out of one message: strings and numbers; bytes and odd sizes are passed over."""
    form, slots, at = ["x"], [], 0
    for one in layout.fields:
        base = BASES.get(one.base) if one.base is not None else None
        if one.app is not None or one.base is None or not one.size:
            form.append(f"{one.size}x")
        elif one.base == STRING:
            form.append(f"{one.size}s")
            slots.append(_Slot(one.number, at, at + 1, STRING, None))
            at += 1
        elif base is None or one.size % base.size:
            form.append(f"{one.size}x")
        else:
            count = one.size // base.size
            form.append(f"{count}{_STRUCT[base.code]}")
            slots.append(_Slot(one.number, at, at + count, one.base, base.invalid))
            at += count
    return struct.Struct((">" if layout.big_endian else "<") + "".join(form)), tuple(slots)


def mapping(body: bytes, layout: Layout, position: int) -> dict[int, Any]:
    """One message as field number to plain value, None where it is not measured; of an array the first valid element.

    The first valid value counts where a field is defined twice.
    """
    unpacker, slots = _unpacker(layout)
    values = unpacker.unpack_from(body, position)
    row: dict[int, Any] = {}
    for slot in slots:
        value = values[slot.first]
        if slot.base == STRING:
            value = value.split(b"\0", 1)[0].decode("utf-8", "replace") or None
        elif value == slot.invalid or value != value:
            rest = values[slot.first + 1 : slot.last]
            value = next((v for v in rest if v != slot.invalid and v == v), None)
        if row.get(slot.number) is None:
            row[slot.number] = value
    return row


_STRUCT = {"u1": "B", "i1": "b", "u2": "H", "i2": "h", "u4": "I", "i4": "i", "u8": "Q", "i8": "q", "f4": "f", "f8": "d"}

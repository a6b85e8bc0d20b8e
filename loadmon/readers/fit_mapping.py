"""One FIT message as a plain mapping: for the few that come once a lap or once a file."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from loadmon.readers.fit_scan import MOST_LAYOUTS, Layout
from loadmon.readers.fit_values import BASES, STRING

_STRUCT = {"u1": "B", "i1": "b", "u2": "H", "i2": "h", "u4": "I", "i4": "i", "u8": "Q", "i8": "q", "f4": "f", "f8": "d"}


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where one field's elements stand among a message's unpacked values, and which of them mean "not measured"."""

    number: int
    first: int
    last: int
    base: int
    invalid: int | None


def mapping(body: bytes, layout: Layout, position: int) -> dict[int, Any]:
    """One message as field number to plain value, None where it is not measured; of an array the first valid element.

    The first valid value counts where a field is defined twice. Developer fields are left out.
    """
    unpacker, plain, slots = _unpacker(layout)
    values = unpacker.unpack_from(body, position)
    row: dict[int, Any] = {
        number: None if (value := values[place]) == invalid else value for number, place, invalid in plain
    }
    for slot in slots:
        found: Any
        if slot.base == STRING:
            found = values[slot.first].split(b"\0", 1)[0].decode("utf-8", "replace") or None
        else:
            found = next((v for v in values[slot.first : slot.last] if v != slot.invalid and v == v), None)
        if row.get(slot.number) is None:
            row[slot.number] = found
    return row


@lru_cache(maxsize=MOST_LAYOUTS)
def _unpacker(layout: Layout) -> tuple[struct.Struct, tuple[tuple[int, int, int | None], ...], tuple[_Slot, ...]]:
    """How to take the protocol's own fields out of one message: whole numbers first, then all that needs a closer look.

    Bytes and odd sizes are passed over.
    """
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
    numbers = [slot.number for slot in slots]
    plain = [
        slot
        for slot in slots
        if slot.last == slot.first + 1 and slot.invalid is not None and numbers.count(slot.number) == 1
    ]
    rest = tuple(slot for slot in slots if slot not in plain)
    unpacker = struct.Struct((">" if layout.big_endian else "<") + "".join(form))
    return unpacker, tuple((slot.number, slot.first, slot.invalid) for slot in plain), rest

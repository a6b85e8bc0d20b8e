"""Where the messages of a FIT segment lie: one walk over header bytes, runs of equal messages taken at a stride."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from loadmon.readers import fit_profile as profile

_COMPRESSED, _DEFINITION, _DEVELOPER, _LOCAL, _BASE = 0x80, 0x40, 0x20, 0x0F, 0x1F
UNDEFINED = "a message comes without the definition it needs"
CUT_SHORT = "the data end in the middle of a message"
_FIRST_LOOK, _LONGEST_LOOK = 32, 4096
MOST_LAYOUTS = 1024
"""Layouts that are remembered; one file of a watch has some dozens."""


Positions: TypeAlias = "array[int]"
"""Unsigned 32-bit numbers, as compact as the file itself: a hostile file of tiny messages fills no memory."""


@dataclass(frozen=True, slots=True)
class FieldAt:
    """One field of a message: its number, where it lies behind the header byte, its size and base type.

    ``app`` is the developer data index for fields that an app on the watch added, None for the protocol's own;
    ``base`` is None for those, as a description elsewhere in the file tells it.
    """

    number: int
    at: int
    size: int
    base: int | None
    app: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What a definition says: the kind of message, its byte order, its length with the header byte, its fields."""

    kind: int
    big_endian: bool
    size: int
    fields: tuple[FieldAt, ...]

    @property
    def timestamp(self) -> FieldAt | None:
        """The message's own time, where it has one."""
        return next((f for f in self.fields if f.number == profile.TIMESTAMP and f.app is None and f.size == 4), None)


@dataclass(slots=True, eq=False)
class Shape:
    """Messages with the same layout, and where each of them lies (position of its header byte).

    However often a file defines the same layout anew, its messages are kept together. ``raw`` is the definition behind
    its header byte, ``developer`` not 0 where it has fields of apps: a file may define thousands of layouts that no
    message has, so that the fields are looked at only where they are asked for.
    """

    developer: int
    raw: bytes
    positions: Positions = field(default_factory=lambda: array("I"))

    @property
    def layout(self) -> Layout:
        """What the definition says."""
        return layout_of(self.developer, self.raw)

    @property
    def kind(self) -> int:
        """Number of the kind of message."""
        return int.from_bytes(self.raw[2:4], "big" if self.raw[1] == 1 else "little")

    @property
    def size(self) -> int:
        """Length of a message with its header byte."""
        behind = 5 + 3 * self.raw[4]
        return 1 + sum(self.raw[6:behind:3]) + (sum(self.raw[behind + 2 :: 3]) if self.developer else 0)


@dataclass(slots=True)
class Scan:
    """Every wanted message of a segment.

    Parameters
    ----------
    shapes : list of Shape
        In the order of their first definition.
    damage : str | None
        Why the walk ended before the end of the segment.
    compressed : bool
        True if any message carries its time in its header byte.
    """

    shapes: list[Shape]
    damage: str | None
    compressed: bool


def scan(body: bytes, wanted: frozenset[int] | None, start: int = 0, end: int | None = None) -> Scan:
    """Find the messages of a segment up to its end or to the first that cannot be understood.

    Parameters
    ----------
    body : bytes
        The bytes that hold the segment.
    wanted : frozenset of int | None
        Kinds whose positions are noted; all if None.
    start, end : int
        Where the segment's messages begin and end; all of ``body`` if not given.
    """
    return _Walk(body, wanted, start, len(body) if end is None else end).run()


class _Walk:
    """One pass over the header bytes of a segment."""

    def __init__(self, body: bytes, wanted: frozenset[int] | None, start: int, end: int) -> None:
        self.body, self.wanted, self.start, self.end = body, wanted, start, end
        self.shapes: dict[tuple[int, bytes], Shape] = {}
        # by header byte: a message's whole length; negative for kinds that nobody wants; 0 where it is not known yet
        self.steps = [0] * 256
        self.notes: list[Positions] = [array("I")] * 256
        self.locals: dict[int, tuple[int, Shape]] = {}
        self.with_compressed: set[int] = set()

    def run(self) -> Scan:
        """Walk to the end or to the first damage."""
        body, steps, notes = self.body, self.steps, self.notes
        end, at = self.end, self.start
        damage: str | None = None
        while at < end:
            header = body[at]
            step = steps[header]
            if step < 0:
                at -= step
            elif step > 0:
                note = notes[header]
                note.append(at)
                at += step
                if at < end and body[at] == header:
                    count = _run_length(body, at, end, step, header)
                    _extend(note, at, count, step)
                    at += count * step
            elif header & _COMPRESSED:
                # times in header bytes are rare: their lengths are set only when the first is met
                if not self._expect_compressed(header >> 5 & 3):
                    damage = UNDEFINED
                    break
            elif header & _DEFINITION:
                length = self._define(header, at)
                at = end + 1 if length is None else at + length
            else:
                damage = UNDEFINED
                break
        shapes = list(self.shapes.values())
        for shape in shapes:
            # only the very last message can reach beyond the end
            if shape.positions and shape.positions[-1] + shape.size > end:
                shape.positions.pop()
        return Scan(shapes, CUT_SHORT if at > end else damage, bool(self.with_compressed))

    def _define(self, header: int, at: int) -> int | None:
        """Take a definition in; its length, or None if it reaches beyond the end."""
        body, end = self.body, self.end
        if at + 6 > end:
            return None
        length = 6 + 3 * body[at + 5]
        if header & _DEVELOPER:
            if at + length >= end:
                return None
            length += 1 + 3 * body[at + length]
        if at + length > end:
            return None
        key = (header & _DEVELOPER, body[at + 1 : at + length])
        shape = self.shapes.get(key)
        if shape is None:
            shape = self.shapes[key] = Shape(*key)
        size = shape.size
        step = size if self.wanted is None or shape.kind in self.wanted else -size
        local = header & _LOCAL
        self.locals[local] = (step, shape)
        self._expect(local, step, shape)
        if local in self.with_compressed:
            self._expect_compressed(local)
        return length

    def _expect_compressed(self, local: int) -> bool:
        """Let messages of a local kind come with their time in the header byte, too; False if it is not defined."""
        if local not in self.locals:
            return False
        self.with_compressed.add(local)
        for low in range(32):
            self._expect(_COMPRESSED | local << 5 | low, *self.locals[local])
        return True

    def _expect(self, header: int, step: int, shape: Shape) -> None:
        self.steps[header] = step
        self.notes[header] = shape.positions


def _extend(note: Positions, at: int, count: int, step: int) -> None:
    """Note ``count`` messages of equal length from ``at`` on."""
    if count < _FIRST_LOOK:
        note.extend(range(at, at + count * step, step))
    else:
        note.frombytes(np.arange(at, at + count * step, step, dtype=np.uint32).tobytes())


def _run_length(body: bytes, at: int, end: int, step: int, header: int) -> int:
    """How many messages from ``at`` on have the same header byte, each beginning where the one before ends.

    This is exact: the byte behind a message is the next header, and an equal header means an equal length.
    """
    byte, total, look = bytes((header,)), 0, _FIRST_LOOK
    while True:
        seen = body[at : min(at + look * step, end) : step]
        same = len(seen) - len(seen.lstrip(byte))
        total += same
        if same < look:
            return total
        at += look * step
        look = min(look * 4, _LONGEST_LOOK)


@lru_cache(maxsize=MOST_LAYOUTS)
def layout_of(developer: int, raw: bytes) -> Layout:
    """A definition's bytes (behind its header byte) as a layout; watches write the same few over and over."""
    big_endian = raw[1] == 1
    kind = int.from_bytes(raw[2:4], "big" if big_endian else "little")
    n_fields = raw[4]
    fields = []
    at = 1
    for place in range(5, 5 + 3 * n_fields, 3):
        number, size, base = raw[place : place + 3]
        fields.append(FieldAt(number, at, size, base & _BASE))
        at += size
    if developer:
        behind = 5 + 3 * n_fields
        for place in range(behind + 1, behind + 1 + 3 * raw[behind], 3):
            number, size, app = raw[place : place + 3]
            fields.append(FieldAt(number, at, size, None, app))
            at += size
    return Layout(kind, big_endian, at, tuple(fields))

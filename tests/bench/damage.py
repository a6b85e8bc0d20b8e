"""Ways to damage a file, and how many of its samples lie whole before a cut, counted without its readers' rules."""

from __future__ import annotations

import csv
import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from loadmon.readers.fit_profile import RECORD
from loadmon.readers.fit_scan import scan
from loadmon.readers.fit_segments import segments
from loadmon.readers.signature import HEAD_BYTES, Format, signature

KINDS = ("cut", "cut", "bits", "bits", "lengths", "splice", "repeat", "noise")
_LIES = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\x00\xff\x00", b"\x7f\xff\xff\xff")
_CLOSING = {Format.GPX: "</trkpt>", Format.TCX: "</Trackpoint>"}


@dataclass(frozen=True)
class Whole:
    """A sound file before it is damaged: the format it stands for, its bytes, and where its samples end."""

    form: str
    data: bytes

    @cached_property
    def ends(self) -> npt.NDArray[np.int64]:
        """Where each sample ends, in bytes of the unpacked file; none where samples cannot be counted by a cut."""
        inner = unpacked(self.data)
        form = signature(inner[:HEAD_BYTES])
        if form is Format.FIT:
            found = [
                np.asarray(shape.positions, np.int64) + shape.layout.size
                for part in segments(inner)
                for shape in scan(inner, frozenset({RECORD}), part.start, part.end).shapes
            ]
            return np.sort(np.concatenate(found)) if found else np.empty(0, np.int64)
        if form in _CLOSING:
            wide = inner[:2] in (b"\xff\xfe", b"\xfe\xff")
            mark = _CLOSING[form].encode("utf-16-le" if inner[:2] == b"\xff\xfe" else "utf-16-be" if wide else "ascii")
        elif self.form == "csv" and inner[:2] != b"\xff\xfe":
            mark = b"\n"
        else:
            return np.empty(0, np.int64)
        # tracks without times are no activities: their points are not among the samples
        needed = mark[:0] if form is not Format.GPX else b"t\0i\0m\0e" if wide else b"time"
        ends, begun, at = [], 0, inner.find(mark)
        while at >= 0:
            if needed in inner[begun:at]:
                ends.append(at + len(mark))
            begun, at = at + len(mark), inner.find(mark, at + 1)
        return np.asarray(ends, np.int64)

    def share_before(self, cut: bytes) -> float:
        """Which share of all samples lies whole in what a cut left."""
        return float((self.ends <= len(unpacked(cut))).sum() / max(len(self.ends), 1))


def unpacked(data: bytes) -> bytes:
    """What gzip data hold as far as they go; other data as they are."""
    while data[:2] == b"\x1f\x8b":
        try:
            data = zlib.decompressobj(31).decompress(data)
        except zlib.error:
            return b""
    return data


def damaged(rng: random.Random, data: bytes, others: Sequence[Whole]) -> tuple[str, bytes]:
    """One way of damage, and the file after it."""
    kind = rng.choice(KINDS)
    if kind == "cut":
        return kind, data[: rng.randrange(1, len(data))]
    changed = bytearray(data)
    if kind == "bits":
        near = len(data) if rng.random() < 0.5 else min(len(data), 1500)
        for _ in range(rng.randint(1, 8)):
            changed[rng.randrange(near)] ^= 1 << rng.randrange(8)
    elif kind == "lengths":
        # archives keep their sizes and counts at the end, all others at the beginning
        at = rng.randrange(max(1, min(len(data), 400) - 4))
        at = at if rng.random() < 0.5 else len(data) - 4 - at
        changed[max(at, 0) : max(at, 0) + 4] = rng.choice(_LIES)
    elif kind == "splice":
        other = rng.choice(others).data
        changed = changed[: rng.randrange(len(data))] + bytearray(other[rng.randrange(len(other)) :])
    elif kind == "repeat":
        first = rng.randrange(len(data))
        part = changed[first : first + rng.randrange(1, 2000)]
        changed[first:first] = part * rng.randint(1, 20)
    else:
        first = rng.randrange(len(data))
        changed[first : first + 200] = rng.randbytes(200)
    return kind, bytes(changed)


def ends_between_rows(table: bytes) -> bool:
    """True for a text table that was cut where nobody can see it: behind a row, or within a row's last cell."""
    text = table.decode("utf-16" if table[:2] == b"\xff\xfe" else "utf-8", errors="ignore")
    lines = text.splitlines()
    mark = max(",;", key=lines[0].count) if lines else ","
    rows = list(csv.reader(lines, delimiter=mark))
    return not rows or len(rows[-1]) >= len(rows[0])

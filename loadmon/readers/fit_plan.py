"""What to read of each layout of the FIT record, and how its bytes become a column in SI units."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from loadmon.readers import fit_profile as profile
from loadmon.readers.fit_apps import App, AppField
from loadmon.readers.fit_scan import MOST_LAYOUTS, FieldAt, Layout
from loadmon.readers.fit_values import holds_numbers, numbers
from loadmon.readers.recording import Column

_PACKED_BYTES = 3


@dataclass(frozen=True, slots=True)
class Read:
    """How one field of a record becomes a column: ``(raw / scale - offset) * unit``; ``base`` is None for packed bytes."""

    column: str
    at: FieldAt
    base: int | None
    scale: float = 1.0
    offset: float = 0.0
    unit: float = 1.0

    def values(self, rows: npt.NDArray[np.uint8], big_endian: bool, out: Column | None) -> Column:
        """The field of every row, written into ``out`` where it is given."""
        if self.base is None:
            packed = _packed(rows, self.at)
            if out is None:
                return packed
            out[:] = packed
            return out
        values = numbers(rows, self.at, self.base, big_endian, out)
        assert values is not None  # plans hold only fields that hold numbers
        return _scaled(values, self.scale, self.offset, self.unit)


def plan_of(layout: Layout, named: dict[App, AppField]) -> tuple[Read, ...]:
    """What to read of one layout: the protocol's wanted fields, then those of apps."""
    plan = _own_plan(layout)
    if not any(one.app is not None for one in layout.fields):
        return plan
    of_apps = (
        (named[one.app, one.number], one)
        for one in layout.fields
        if one.app is not None and (one.app, one.number) in named
    )
    return plan + tuple(
        Read(app.column, one, app.base, app.scale, app.offset) for app, one in of_apps if holds_numbers(one, app.base)
    )


@lru_cache(maxsize=MOST_LAYOUTS)
def _own_plan(layout: Layout) -> tuple[Read, ...]:
    """The protocol's own wanted fields of a layout."""
    plan = []
    for one in layout.fields:
        if one.app is not None or one.base is None:
            continue
        wanted = profile.RECORD_FIELDS.get(one.number)
        if one.number == profile.COMPRESSED_SPEED_DISTANCE and one.size >= _PACKED_BYTES:
            plan.append(Read(profile.COMPRESSED, one, None))
        elif wanted is not None and holds_numbers(one, one.base):
            plan.append(Read(wanted.column, one, one.base, wanted.scale, wanted.offset, wanted.unit))
    return tuple(plan)


def _scaled(values: Column, scale: float, offset: float, unit: float) -> Column:
    """``(values / scale - offset) * unit`` in place."""
    if scale != 1.0:
        values /= scale
    if offset:
        values -= offset
    if unit != 1.0:
        values *= unit
    return values


def _packed(rows: npt.NDArray[np.uint8], one: FieldAt) -> Column:
    """Three bytes of compressed speed and distance as one little-endian number."""
    low, middle, high = (rows[:, one.at + i].astype(np.float64) for i in range(_PACKED_BYTES))
    missing = (rows[:, one.at : one.at + _PACKED_BYTES] == 0xFF).all(axis=1)
    return np.where(missing, np.nan, low + 256 * middle + 65536 * high)

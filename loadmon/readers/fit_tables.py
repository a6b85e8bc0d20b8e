"""The messages of one FIT segment as tables: records as columns, the few other kinds as plain mappings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from loadmon.readers import fit_profile as profile
from loadmon.readers.fit_scan import FieldAt, Layout, Scan, Shape, scan
from loadmon.readers.fit_values import BASES, BYTE, gather, mapping, numbers, places
from loadmon.readers.limits import MAX_DEVELOPER_FIELDS, MAX_FIT_RECORDS
from loadmon.readers.recording import Column
from loadmon.refusal import TooLarge

Key = int | str
"""A field's number, or ``app:name`` for a field that an app on the watch added."""

_WANTED = profile.SMALL_KINDS | {profile.RECORD, profile.FIELD_DESCRIPTION, profile.DEVELOPER_DATA_ID}


@dataclass(slots=True)
class Tables:
    """What one segment holds, raw: records as columns in file order, other kinds as mappings of field to value.

    ``timestamp`` is in FIT seconds (compressed timestamps resolved), NaN where a record has none. ``damage`` says why
    reading stopped before the end; None if it did not. ``undescribed`` counts fields of apps that no message of the file
    describes: they are left out, as nothing tells what they hold.
    """

    timestamp: Column = field(default_factory=lambda: np.empty(0))
    records: dict[Key, Column] = field(default_factory=dict)
    small: dict[int, list[dict[int, Any]]] = field(default_factory=dict)
    n_records: int = 0
    damage: str | None = None
    undescribed: int = 0


def read_tables(body: bytes) -> Tables:
    """Read the messages of one segment up to its end or to the first that cannot be understood.

    Parameters
    ----------
    body : bytes
        A segment without header and checksum.

    Raises
    ------
    TooLarge
        More than ``MAX_FIT_RECORDS`` samples.
    """
    found = scan(body, _WANTED)
    stamps: dict[int, float] | None = None
    if found.compressed:
        found = scan(body, None)
        stamps = _compressed_stamps(body, found)
    shapes = [shape for shape in found.shapes if shape.positions]
    records = [s for s in shapes if s.kind == profile.RECORD]
    if sum(len(shape.positions) for shape in records) > MAX_FIT_RECORDS:
        raise TooLarge(
            f"The file holds more than {MAX_FIT_RECORDS:,} samples, which no watch records.",
            "Export the activity from the watch again.",
        )
    names = _developer_fields(body, shapes)
    timestamp, columns = _records(body, records, names, stamps)
    small = {kind: _mappings(body, [s for s in shapes if s.kind == kind], stamps) for kind in profile.SMALL_KINDS}
    used = {(one.app, one.number) for shape in records for one in shape.layout.fields if one.app is not None}
    return Tables(timestamp, columns, small, len(timestamp), found.damage, len(used - set(names)))


def _records(
    body: bytes,
    shapes: list[Shape],
    names: dict[tuple[int, int], tuple[str, int]],
    stamps: dict[int, float] | None,
) -> tuple[Column, dict[Key, Column]]:
    """Every record in file order: times, and a column for each wanted field."""
    total = sum(len(shape.positions) for shape in shapes)
    timestamp, columns = np.full(total, np.nan), dict[Key, Column]()
    for shape, place in zip(shapes, _ranks(shapes), strict=True):
        mine, layout = gather(body, shape), shape.layout
        stamp = layout.timestamp
        if stamps is not None:
            timestamp[place] = [stamps[position] for position in shape.positions]
        elif stamp is not None:
            values = numbers(mine, stamp, 0x06, layout.big_endian)
            timestamp[place] = values if values is not None else np.nan
        for key, one, base in _wanted(layout, names):
            if key == profile.COMPRESSED_SPEED_DISTANCE:
                values = _packed(mine, one)
            else:
                values = numbers(mine, one, base, layout.big_endian)
            if values is None:
                continue
            column = columns.get(key)
            if column is None:
                column = columns[key] = np.full(total, np.nan)
            valid = ~np.isnan(values)
            column[place[valid]] = values[valid]
    return timestamp, columns


def _ranks(shapes: list[Shape]) -> list[npt.NDArray[np.int64]]:
    """Where in file order the messages of each shape stand."""
    if len(shapes) == 1:
        return [np.arange(len(shapes[0].positions))]
    positions = [places(shape) for shape in shapes]
    if not positions:
        return []
    order = np.argsort(np.concatenate(positions), kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return np.split(rank, np.cumsum([len(p) for p in positions])[:-1])


def _wanted(layout: Layout, names: dict[tuple[int, int], tuple[str, int]]) -> Iterable[tuple[Key, FieldAt, int]]:
    for one in layout.fields:
        if one.app is not None:
            named = names.get((one.app, one.number))
            if named is not None:
                yield named[0], one, named[1]
        elif one.number in profile.RECORD_FIELDS and one.base is not None:
            yield one.number, one, one.base
        elif one.number == profile.COMPRESSED_SPEED_DISTANCE:
            yield one.number, one, BYTE


def _packed(rows: npt.NDArray[np.uint8], one: FieldAt) -> Column | None:
    """Three bytes of compressed speed and distance as one little-endian number."""
    if one.size < 3:
        return None
    low, middle, high = (rows[:, one.at + i].astype(np.float64) for i in range(3))
    missing = (rows[:, one.at : one.at + 3] == 0xFF).all(axis=1)
    return np.where(missing, np.nan, low + 256 * middle + 65536 * high)


def _mappings(body: bytes, shapes: list[Shape], stamps: dict[int, float] | None) -> list[dict[int, Any]]:
    """Messages of one small kind in file order, each as field number to value; a field not measured is None."""
    ordered = sorted(((p, shape.layout) for shape in shapes for p in shape.positions), key=lambda place: place[0])
    found = [mapping(body, layout, position) for position, layout in ordered]
    if stamps is not None:
        for row, (position, _) in zip(found, ordered, strict=True):
            row[profile.TIMESTAMP] = None if np.isnan(stamps[position]) else int(stamps[position])
    return found


def _developer_fields(body: bytes, shapes: list[Shape]) -> dict[tuple[int, int], tuple[str, int]]:
    """Name and base type of every field that an app added, by (application, number).

    A description counts for records before it too: some apps write it late.
    """
    apps: dict[int, str] = {}
    for shape in shapes:
        if shape.kind == profile.DEVELOPER_DATA_ID:
            by_number = {one.number: one for one in shape.layout.fields if one.app is None}
            index, label = by_number.get(3), by_number.get(1)
            if index is None:
                continue
            for row in gather(body, shape):
                app = int(row[index.at])
                word = row[label.at : label.at + label.size].tobytes().hex()[:8] if label is not None else ""
                apps[app] = word if word.strip("f") else f"app{app}"
    names: dict[tuple[int, int], tuple[str, int]] = {}
    for told in _mappings(body, [s for s in shapes if s.kind == profile.FIELD_DESCRIPTION], None):
        index_told, number, base, name = told.get(0), told.get(1), told.get(2), told.get(3)
        if index_told is None or number is None or base is None or (base & 0x1F) not in BASES:
            continue
        if len(names) >= MAX_DEVELOPER_FIELDS:
            break
        names[index_told, number] = (
            f"{apps.get(index_told, f'app{index_told}')}:{name or f'field {number}'}",
            base & 0x1F,
        )
    return names


def _compressed_stamps(body: bytes, found: Scan) -> dict[int, float]:
    """The time of every message by its position, with times in header bytes resolved.

    Five bits on top of the last full time of any message, rolling over at 32 s.
    """
    full: dict[int, float] = {}
    for shape in found.shapes:
        stamp = shape.layout.timestamp
        if stamp is not None and shape.positions:
            values = numbers(gather(body, shape), stamp, 0x06, shape.layout.big_endian)
            if values is not None:
                full.update(zip(shape.positions, values.tolist(), strict=True))
    last, stamps = 0, {}
    for position in sorted(p for shape in found.shapes for p in shape.positions):
        header, stamp_value = body[position], full.get(position, np.nan)
        if header & 0x80:
            last += (header - last) & 0x1F
            stamp_value = float(last)
        elif not np.isnan(stamp_value):
            last = int(stamp_value)
        stamps[position] = stamp_value
    return stamps

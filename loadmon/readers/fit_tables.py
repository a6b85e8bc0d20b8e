"""The messages of one FIT segment as tables: records as columns, the few other kinds as plain mappings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from loadmon.readers import fit_profile as profile
from loadmon.readers.fit_apps import App, AppField, app_fields
from loadmon.readers.fit_beats import Beats, Held, beats_of, held, intervals_of
from loadmon.readers.fit_mapping import mapping
from loadmon.readers.fit_plan import plan_of
from loadmon.readers.fit_scan import Scan, Shape, scan
from loadmon.readers.fit_stamps import Stamps, stamps_of
from loadmon.readers.fit_values import gather, numbers, places
from loadmon.readers.limits import MAX_FIT_RECORDS
from loadmon.readers.recording import Column
from loadmon.refusal import TooLarge

_RECORDS = frozenset({profile.RECORD, profile.HR, profile.FIELD_DESCRIPTION, profile.DEVELOPER_DATA_ID})
_EVERYTHING = _RECORDS | profile.SMALL_KINDS | {profile.HRV}
_UINT32 = 0x06
MAX_FIT_SMALL = 100_000
"""Laps, events, notes on devices and the like; real files hold some thousand at most."""
MAX_FIT_CELLS = 24_000_000
"""Samples times columns: eleven days of a sample a second with 25 values each."""
MAX_FIT_LAYOUTS = 1_000
"""Ways in which the messages of a part are laid out; the most seen in real files is 30 or so."""
_AGAIN = "Export the activity from the watch again."


@dataclass(slots=True)
class Tables:
    """What one segment holds: records as columns in file order, other kinds as mappings of field to value.

    Parameters
    ----------
    timestamp : array, shape (n,)
        FIT seconds of each record (compressed timestamps resolved), NaN where it has none.
    records : dict of str to array, shape (n,)
        Wanted fields by the names of ``RECORD_FIELDS``, in SI units and not yet joined; ``app:name`` for fields of apps.
    block : array, shape (k, n)
        The memory that the columns of ``records`` are rows of.
    small : dict of int to list of mapping
        Messages of ``SMALL_KINDS`` in file order, raw.
    beats : Beats or None
        What a chest strap kept by itself, as it stands in this segment.
    rr_s, rr_record : array, shape (k,)
        Seconds between heartbeats, and how many records of the segment come before the message that told each.
    damage : str or None
        Why reading stopped before the end.
    undescribed : tuple of (app, number)
        Fields of apps that no message of the file describes: they are left out, as nothing tells what they hold.
    """

    timestamp: Column = field(default_factory=lambda: np.empty(0))
    records: dict[str, Column] = field(default_factory=dict)
    block: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0)))
    small: dict[int, list[dict[int, Any]]] = field(default_factory=dict)
    beats: Beats | None = None
    rr_s: Column = field(default_factory=lambda: np.empty(0))
    rr_record: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    damage: str | None = None
    undescribed: tuple[App, ...] = ()

    @property
    def n_records(self) -> int:
        """How many records the segment holds."""
        return len(self.timestamp)


def read_tables(body: bytes, start: int = 0, end: int | None = None, *, records_only: bool = False) -> Tables:
    """Read the messages of one segment up to its end or to the first that cannot be understood.

    Parameters
    ----------
    body : bytes
        The bytes that hold the segment.
    start, end : int
        Where its messages begin and end; all of ``body`` if not given.
    records_only : bool
        Pass over everything but records and what belongs to them.

    Raises
    ------
    TooLarge
        More than ``MAX_FIT_RECORDS`` samples, or more of anything else than any watch writes.
    """
    kinds = _RECORDS if records_only else _EVERYTHING
    found = scan(body, kinds, start, end)
    by_kind = _by_kind(found, kinds)
    stamps: Stamps | None = None
    if found.compressed:
        stamps = stamps_of(body, scan(body, None, start, end))
    records = by_kind[profile.RECORD]
    named = app_fields(body, by_kind[profile.DEVELOPER_DATA_ID] + by_kind[profile.FIELD_DESCRIPTION])
    timestamp, block, columns = _records(body, records, named, stamps)
    used = {(one.app, one.number) for shape in records for one in shape.layout.fields if one.app is not None}
    tables = Tables(timestamp, columns, block, damage=found.damage, undescribed=tuple(sorted(used - set(named))))
    if by_kind[profile.HR]:
        tables.beats = beats_of(body, by_kind[profile.HR])
    if not records_only:
        tables.small = {kind: _mappings(body, by_kind[kind], stamps) for kind in profile.SMALL_KINDS}
        if by_kind[profile.HRV]:
            tables.rr_s, where = intervals_of(body, by_kind[profile.HRV])
            tables.rr_record = np.searchsorted(_in_file_order(records), where)
    return tables


def take_beats(parts: list[Tables]) -> Held | None:
    """What a strap kept in all parts of a file together, taken out of these."""
    told = [part.beats for part in parts]
    for part in parts:
        part.beats = None
    return held(told)


def _by_kind(found: Scan, kinds: frozenset[int]) -> dict[int, list[Shape]]:
    """The shapes of each wanted kind that occur, if there are not more messages than any watch writes."""
    by_kind: dict[int, list[Shape]] = {kind: [] for kind in kinds}
    for shape in found.shapes:
        if shape.positions and shape.kind in kinds:
            by_kind[shape.kind].append(shape)
    small = profile.SMALL_KINDS | {profile.FIELD_DESCRIPTION, profile.DEVELOPER_DATA_ID}
    n_small = sum(len(shape.positions) for kind in small for shape in by_kind.get(kind, ()))
    for n, most, words in (
        (sum(len(shape.positions) for shape in by_kind[profile.RECORD]), MAX_FIT_RECORDS, "samples"),
        (n_small, MAX_FIT_SMALL, "laps, events and notes on devices"),
        (sum(map(len, by_kind.values())), MAX_FIT_LAYOUTS, "kinds of messages"),
    ):
        if n > most:
            raise TooLarge(f"The file holds more than {most:,} {words}, which no watch records.", _AGAIN)
    return by_kind


def _records(
    body: bytes, shapes: list[Shape], named: dict[App, AppField], stamps: Stamps | None
) -> tuple[Column, npt.NDArray[np.float64], dict[str, Column]]:
    """Every record in file order: times, and a column for each wanted field, all in one block of memory."""
    total = sum(len(shape.positions) for shape in shapes)
    plans = [plan_of(shape.layout, named) for shape in shapes]
    names = list(dict.fromkeys(read.column for plan in plans for read in plan))
    if len(names) * total > MAX_FIT_CELLS:
        raise TooLarge(f"The file holds {total:,} samples of {len(names)} values, which no watch records.", _AGAIN)
    timestamp, block = np.full(total, np.nan), np.empty((len(names), total))
    if len(shapes) > 1:
        block.fill(np.nan)
    columns = dict(zip(names, block, strict=True))
    for shape, plan, place in zip(shapes, plans, _ranks(shapes), strict=True):
        rows, layout = gather(body, shape), shape.layout
        stamp = layout.timestamp
        if stamps is not None:
            timestamp[place] = stamps.of(places(shape))
        elif stamp is not None:
            timestamp[place] = numbers(rows, stamp, _UINT32, layout.big_endian)
        seen: set[str] = set()
        for read in plan:
            column = columns[read.column]
            if len(shapes) == 1 and read.column not in seen:
                read.values(rows, layout.big_endian, column)
            else:
                values = read.values(rows, layout.big_endian, None)
                if read.column in seen:
                    # one definition names the field twice: the first valid value counts
                    there = column[place]
                    values = np.where(np.isnan(there), values, there)
                column[place] = values
            seen.add(read.column)
    return timestamp, block, columns


def _ranks(shapes: list[Shape]) -> Iterator[npt.NDArray[np.int64] | slice]:
    """Where in file order the messages of each shape stand."""
    if len(shapes) == 1:
        yield slice(None)
        return
    in_order = _in_file_order(shapes)
    for shape in shapes:
        yield np.searchsorted(in_order, places(shape))


def _in_file_order(shapes: list[Shape]) -> npt.NDArray[np.uint32]:
    return np.sort(np.concatenate([places(shape) for shape in shapes])) if shapes else np.empty(0, dtype=np.uint32)


def _mappings(body: bytes, shapes: list[Shape], stamps: Stamps | None) -> list[dict[int, Any]]:
    """Messages of one small kind in file order, each as field number to value; a field not measured is None."""
    ordered = sorted(((p, shape.layout) for shape in shapes for p in shape.positions), key=lambda place: place[0])
    found = [mapping(body, layout, position) for position, layout in ordered]
    if stamps is not None:
        times = stamps.of(np.array([position for position, _ in ordered], dtype=np.uint32)).tolist()
        for row, fit_s in zip(found, times, strict=True):
            row[profile.TIMESTAMP] = None if fit_s != fit_s else int(fit_s)
    return found

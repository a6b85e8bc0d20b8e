"""The messages of one FIT segment through fitparse: record columns, and the few other kinds as plain mappings."""

from __future__ import annotations

import io
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import fitparse.records
import numpy as np
from fitparse import FitFile, FitParseError

from loadmon.readers import fit_profile as profile
from loadmon.readers.limits import MAX_DEVELOPER_FIELDS, MAX_FIT_MESSAGES
from loadmon.readers.recording import Column
from loadmon.refusal import TooLarge

Key = int | str
"""A field's number, or ``app:name`` for a field that an app on the watch added."""

_FITPARSE_LEAKS = (
    FitParseError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    struct.error,
    OverflowError,
    RecursionError,
)
_BYTE_TYPE = 0x0D
_fitparse_is_not_thread_safe = threading.Lock()


@dataclass(slots=True)
class Tables:
    """What one segment holds, raw: records as columns in file order, other kinds as mappings of field to value.

    ``timestamp`` is in FIT seconds (compressed timestamps resolved), NaN where a record has none. ``damage`` says in
    fitparse's words why reading stopped before the end; None if it did not.
    """

    timestamp: Column = field(default_factory=lambda: np.empty(0))
    records: dict[Key, Column] = field(default_factory=dict)
    small: dict[int, list[dict[int, Any]]] = field(default_factory=dict)
    n_records: int = 0
    damage: str | None = None


def read_tables(body: bytes) -> Tables:
    """Read the messages of one segment up to its end or to the first that cannot be understood.

    Parameters
    ----------
    body : bytes
        A segment without header and checksum.

    Raises
    ------
    TooLarge
        More than ``MAX_FIT_MESSAGES`` messages.
    """
    header = struct.pack("<BBHI4s", 12, 0x20, 2132, len(body), b".FIT")
    with _fitparse_is_not_thread_safe:
        # fitparse keeps the descriptions of developer fields of all files it ever read in one place
        fitparse.records.DEV_TYPES.clear()
        return _Walk(FitFile(io.BytesIO(header + body), check_crc=False)).run()


def _mend_definition(file: Any) -> None:
    """Declare fields whose size is no multiple of their type as plain bytes, which the protocol says they are.

    fitparse gives the whole file up at the first of them; half of one maker's files have one (an event's data).
    """
    start = file.tell()
    fixed = file.read(5)
    if len(fixed) == 5:
        triples = file.read(3 * fixed[4])
        for at in range(0, len(triples) - 2, 3):
            base = fitparse.records.BASE_TYPES.get(triples[at + 2])
            if base is not None and triples[at + 1] % base.size:
                file.seek(start + 5 + at + 2)
                file.write(bytes([_BYTE_TYPE]))
    file.seek(start)


class _Walk:
    """One pass over a segment: fitparse finds definitions and raw values, nothing is rendered that nobody wants."""

    def __init__(self, fit: Any) -> None:
        self.fit = fit
        self.small: dict[int, list[dict[int, Any]]] = {kind: [] for kind in profile.SMALL_KINDS}
        self.groups: dict[tuple[Key, ...], _Group] = {}
        self.plans: dict[int, tuple[Any, Callable[[Any, Any], None]]] = {}
        self.n_records = 0

    def run(self) -> Tables:
        """Walk to the end, to the limit or to the first damage."""
        fit, plans = self.fit, self.plans
        damage, n_messages = None, 0
        try:
            while fit._bytes_left > 0:
                n_messages += 1
                if n_messages > MAX_FIT_MESSAGES:
                    raise TooLarge(
                        f"The file holds more than {MAX_FIT_MESSAGES:,} messages, which no watch writes.",
                        "Export the activity from the watch again.",
                    )
                header = fit._parse_message_header()
                local = header.local_mesg_num
                if header.is_definition:
                    _mend_definition(fit._file)
                    plans[local] = (fit._parse_definition_message(header), self._plan(fit._local_mesgs[local]))
                    continue
                plan = plans.get(local)
                if plan is None:
                    raise FitParseError(f"data without a definition (local message {local})")
                plan[1](header, plan[0])
        except _FITPARSE_LEAKS as error:
            damage = str(error) or type(error).__name__
        return self._tables(damage)

    def _plan(self, definition: Any) -> Callable[[Any, Any], None]:
        kind = definition.mesg_num
        if kind == profile.RECORD:
            return self._group(definition).add
        if kind in (profile.DEVELOPER_DATA_ID, profile.FIELD_DESCRIPTION):
            return self._describe
        return self._keep if kind in profile.SMALL_KINDS else self._skipper(definition)

    def _skipper(self, definition: Any) -> Callable[[Any, Any], None]:
        """Nobody wants this kind; only its timestamp matters, for compressed timestamps that follow."""
        fields = [*definition.field_defs, *definition.dev_field_defs]
        size = sum(f.size for f in fields)
        before, stamp = 0, None
        for one in definition.field_defs:
            if one.def_num == profile.TIMESTAMP and one.size == 4:
                stamp = struct.Struct(f"{definition.endian}I")
                break
            before += one.size
        fit = self.fit

        def skip(header: Any, _definition: Any) -> None:
            data = fit._read(size)
            if stamp is not None:
                self._see_time(header, stamp.unpack_from(data, before)[0])
            else:
                self._see_time(header, None)

        return skip

    def _keep(self, header: Any, definition: Any) -> None:
        raw = self.fit._parse_raw_values_from_data_message(definition)
        # the first valid value wins where a field is defined twice
        row: dict[int, Any] = {}
        for one, value in zip(definition.field_defs, raw, strict=False):
            if row.get(one.def_num) is None and one.base_type.identifier != _BYTE_TYPE:
                row[one.def_num] = _first(value)
        row[profile.TIMESTAMP] = self._see_time(header, row.get(profile.TIMESTAMP))
        self.small[definition.mesg_num].append(row)

    def _describe(self, header: Any, definition: Any) -> None:
        message = self.fit._parse_data_message(header)
        if definition.mesg_num == profile.DEVELOPER_DATA_ID:
            fitparse.records.add_dev_data_id(message)
        else:
            fitparse.records.add_dev_field_description(message)

    def _see_time(self, header: Any, stamp: int | None) -> int | None:
        """Resolve a compressed timestamp: five bits on top of the last full one, rolling over at 32 s."""
        last: int = self.fit._compressed_ts_accumulator
        if header.time_offset is not None:
            stamp = last + ((header.time_offset - last) & 0x1F)
        if stamp is not None and stamp != 0xFFFFFFFF:
            self.fit._compressed_ts_accumulator = stamp
        return stamp

    def _group(self, definition: Any) -> _Group:
        """Records of equal fields share one group, however often a file defines them anew."""
        picks: list[tuple[Key, int]] = []
        stamp = None
        for index, one in enumerate(definition.field_defs):
            if one.def_num == profile.COMPRESSED_SPEED_DISTANCE:
                picks.append((one.def_num, index))
            elif one.base_type.identifier == _BYTE_TYPE:
                continue
            elif one.def_num == profile.TIMESTAMP:
                stamp = index
            elif one.def_num in profile.RECORD_FIELDS:
                picks.append((one.def_num, index))
        for index, one in enumerate(definition.dev_field_defs[:MAX_DEVELOPER_FIELDS], len(definition.field_defs)):
            if one.base_type.name not in ("string", "byte"):
                picks.append((_developer_name(one), index))
        key = (stamp if stamp is not None else -1, *(part for pick in picks for part in pick))
        if key not in self.groups:
            self.groups[key] = _Group(self, stamp, picks)
        return self.groups[key]

    def _tables(self, damage: str | None) -> Tables:
        n = self.n_records
        timestamp = np.full(n, np.nan)
        columns: dict[Key, Column] = {}
        for group in self.groups.values():
            if not group.rows:
                continue
            where = np.array(group.where)
            timestamp[where] = np.array(group.stamps, dtype=float)
            block = np.array(group.rows, dtype=float)
            for (key, _), values in zip(group.picks, block.T, strict=True):
                column = columns.setdefault(key, np.full(n, np.nan))
                valid = ~np.isnan(values)
                column[where[valid]] = values[valid]
        return Tables(timestamp, columns, self.small, n, damage)


class _Group:
    """Rows of record messages with the same fields."""

    def __init__(self, walk: _Walk, stamp: int | None, picks: list[tuple[Key, int]]) -> None:
        self.walk, self.stamp, self.picks = walk, stamp, picks
        self.indices = [index for _, index in picks]
        self.rows: list[list[Any]] = []
        self.where: list[int] = []
        self.stamps: list[int | None] = []
        self.parse = walk.fit._parse_raw_values_from_data_message

    def add(self, header: Any, definition: Any) -> None:
        """Take one record message."""
        walk = self.walk
        raw = self.parse(definition)
        stamp = raw[self.stamp] if self.stamp is not None else None
        row = [raw[index] for index in self.indices]
        for index, value in enumerate(row):
            if value.__class__ is tuple:
                packed = self.picks[index][0] == profile.COMPRESSED_SPEED_DISTANCE
                row[index] = _packed(value) if packed else _first(value)
        self.stamps.append(walk._see_time(header, _first(stamp)))
        self.rows.append(row)
        self.where.append(walk.n_records)
        walk.n_records += 1


def _first(value: Any) -> Any:
    """The first valid element of an array field; a plain value as it is."""
    if isinstance(value, tuple):
        return next((one for one in value if one is not None), None)
    return value


def _packed(value: tuple[int, ...]) -> int | None:
    """Three bytes of compressed speed and distance as one little-endian number."""
    return int.from_bytes(bytes(value[:3]), "little") if len(value) >= 3 else None


def _developer_name(definition: Any) -> str:
    """``app:name`` of a developer field: two apps may use the same name."""
    app = fitparse.records.DEV_TYPES.get(definition.dev_data_index, {}).get("application_id")
    if isinstance(app, tuple) and app and all(isinstance(b, int) for b in app):
        label = bytes(app).hex()[:8]
    else:
        label = f"app{definition.dev_data_index}"
    return f"{label}:{definition.name}"

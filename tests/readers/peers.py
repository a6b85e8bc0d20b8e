"""Records of a FIT file as three other libraries read them, in our columns and units, to be laid beside our own."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import fitdecode
import fitparse
import garmin_fit_sdk
import numpy as np
import pandas as pd

from loadmon.readers.fit_apps import app_fields
from loadmon.readers.fit_records import fit_records
from loadmon.readers.fit_scan import scan
from loadmon.readers.fit_segments import segments
from loadmon.refusal import Refusal

RELATIVE = 1e-6
EPOCH_S = 631065600
SEMICIRCLE = 180.0 / 2**31

FIELDS: dict[str, tuple[tuple[str, ...], float]] = {
    "lat_deg": (("position_lat",), SEMICIRCLE),
    "lon_deg": (("position_long",), SEMICIRCLE),
    "altitude_m": (("enhanced_altitude", "altitude"), 1.0),
    "distance_m": (("distance",), 1.0),
    "speed_mps": (("enhanced_speed", "speed"), 1.0),
    "heart_rate_bpm": (("heart_rate",), 1.0),
    "power_w": (("power",), 1.0),
    "temperature_c": (("temperature",), 1.0),
    "vertical_oscillation_m": (("vertical_oscillation",), 0.001),
    "stance_time_s": (("stance_time",), 0.001),
    "stance_balance_left_pct": (("stance_time_balance",), 1.0),
    "step_length_m": (("step_length",), 0.001),
    "vertical_ratio_pct": (("vertical_ratio",), 1.0),
    "accumulated_power_w": (("accumulated_power",), 1.0),
    "cycle_length_m": (("cycle_length16",), 1.0),
}
"""Our column, the protocol's names in the order they count, and what turns its unit into ours."""


INVALID = {
    0: 0xFF,
    1: 0x7F,
    2: 0xFF,
    0x83: 0x7FFF,
    0x84: 0xFFFF,
    0x85: 0x7FFFFFFF,
    0x86: 0xFFFFFFFF,
    0x0A: 0,
    0x8B: 0,
    0x8C: 0,
}
"""The number that means "not measured", by the base types a field of an app may have."""


@dataclass(frozen=True)
class Peer:
    """What another library made of a file: records as columns, or None and why not; and what its profile is too old for."""

    columns: dict[str, np.ndarray] | None
    n: int = 0
    trouble: str = ""
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Pair:
    """One field of one file, ours beside another's."""

    field: str
    equal: bool
    words: str = ""


def ours(data: bytes) -> pd.DataFrame | Refusal:
    """Our records before any cleaning."""
    try:
        return fit_records(data)
    except Refusal as refusal:
        return refusal


def by_garmin(data: bytes) -> Peer:
    """The vendor's own decoder: it never fails, so what it reports as errors is kept beside what it read."""
    decoder = garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_byte_array(bytearray(data)))
    messages, errors = decoder.read(convert_datetimes_to_dates=False, convert_types_to_strings=False)
    trouble = "; ".join(str(error) for error in errors)
    records = messages.get("record_mesgs", [])
    if not messages:
        return Peer(None, 0, trouble)
    columns = _columns(records, lambda value: float(value) + EPOCH_S)
    for described in messages.get("field_description_mesgs", []):
        index, number = described.get("developer_data_index"), described.get("field_definition_number")
        name, invalid = f"app {index}.{number}", INVALID.get(described.get("fit_base_type_id"))
        column = _floats(record.get("developer_fields", {}).get(described["key"]) for record in records)
        # it hands on the number that means "not measured" in fields of apps, as it never does in the protocol's own
        column[column == invalid] = np.nan
        # described twice, a field has two keys
        columns[name] = np.where(np.isnan(column), columns[name], column) if name in columns else column
    return Peer(columns, len(records), trouble)


def by_fitparse(data: bytes) -> Peer:
    """fitparse, the most used library."""
    try:
        records = [_first(m.fields) for m in fitparse.FitFile(io.BytesIO(data)).get_messages("record")]
    except Exception as error:  # noqa: BLE001  it leaks TypeError and others
        return Peer(None, 0, f"{type(error).__name__}: {error}")
    return Peer(_columns(records, _instant), len(records), unknown=frozenset({"cycle_length_m"}))


def by_fitdecode(data: bytes) -> Peer:
    """fitdecode, going on behind a wrong checksum as it does by itself."""
    records = []
    try:
        with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.DISABLED) as reader:
            for frame in reader:
                if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "record":
                    records.append(_first(frame.fields))  # noqa: PERF401  a comprehension would hide the frames
    except Exception as error:  # noqa: BLE001
        return Peer(None, 0, f"{type(error).__name__}: {error}")
    return Peer(_columns(records, _instant), len(records))


def pairs(mine: pd.DataFrame, theirs: Peer, data: bytes) -> list[Pair]:
    """Every field that either of the two holds a value of, and whether all records are equal."""
    assert theirs.columns is not None
    out = [Pair("records", len(mine) == theirs.n, f"{len(mine)} against {theirs.n}")]
    n = min(len(mine), theirs.n)
    own = {name: mine[name].to_numpy()[:n] for name in FIELDS if name in mine}
    own["cadence"] = mine["strides_per_min"].to_numpy()[:n] if "strides_per_min" in mine else np.full(n, np.nan)
    own["timestamp"] = _unix(mine)[:n]
    if any(name.startswith("app ") for name in theirs.columns):
        own |= {key: mine[column].to_numpy()[:n] for key, column in _apps(data).items() if column in mine}
    for name in sorted(own.keys() | theirs.columns.keys()):
        missing = np.full(n, np.nan)
        a, b = own.get(name, missing), theirs.columns.get(name, missing)[:n]
        if name in theirs.unknown or (np.isnan(a).all() and np.isnan(b).all()):
            continue
        same = (np.isnan(a) & np.isnan(b)) | (np.abs(a - b) <= RELATIVE * np.maximum(np.abs(a), np.abs(b)))
        words = ""
        if not same.all():
            at = int(np.flatnonzero(~same)[0])
            words = f"{np.count_nonzero(~same)} of {n} records, first at {at}: {_told(a[at])} against {_told(b[at])}"
        out.append(Pair(name, bool(same.all()), words))
    return out


def _first(fields: Iterable[Any]) -> dict[str, Any]:
    """Fields by name; a packed one that is not measured comes once more, as nothing, under the plain one's name."""
    return {one.name: one.value for one in reversed(list(fields)) if one.value is not None}


def _told(value: float) -> str:
    """A value in words."""
    return "nothing" if math.isnan(value) else f"{value:.6g}"


def _unix(mine: pd.DataFrame) -> np.ndarray:
    stamps = mine["timestamp"]
    return np.where(stamps.isna(), np.nan, stamps.to_numpy(dtype="datetime64[us]").astype("int64") / 1e6)


def _apps(data: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for segment in segments(data):
        shapes = [shape for shape in scan(segment.body, frozenset({206, 207})).shapes if shape.positions]
        found |= {f"app {app}.{number}": one.column for (app, number), one in app_fields(segment.body, shapes).items()}
    return found


def _columns(records: list[dict[str, Any]], seconds: Callable[[Any], float]) -> dict[str, np.ndarray]:
    columns = {
        "timestamp": np.array(
            [seconds(stamp) if (stamp := record.get("timestamp")) is not None else np.nan for record in records]
        )
    }
    columns["timestamp"][columns["timestamp"] < EPOCH_S + 0x10000000] = np.nan
    for ours_, (names, unit) in FIELDS.items():
        column = np.full(len(records), np.nan)
        for name in reversed(names):
            values = _floats(record.get(name) for record in records)
            column = np.where(np.isnan(values), column, values)
        columns[ours_] = column * unit
    cadence, fraction = (_floats(r.get(name) for r in records) for name in ("cadence", "fractional_cadence"))
    columns["cadence"] = cadence + np.nan_to_num(fraction)
    return columns


def _floats(values: Iterable[Any]) -> np.ndarray:
    return np.array([_float(value) for value in values], dtype=float)


def _float(value: Any) -> float:
    """A number as it is, of several the first that is one, of anything else nothing."""
    if isinstance(value, (list, tuple)):
        return next((found for one in value if not math.isnan(found := _float(one))), math.nan)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else math.nan


def _instant(stamp: Any) -> float:
    if isinstance(stamp, (int, float)):
        return float(stamp) + EPOCH_S
    return float(pd.Timestamp(stamp).timestamp())

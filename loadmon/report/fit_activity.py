"""An activity as a FIT file, as sports watches write it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from loadmon.readers.fit_profile import EPOCH_S
from loadmon.report.activity import Activity, Column, whole_strides
from loadmon.report.fit_message import Layout, fit_file
from loadmon.session import Sport
from loadmon.units import SEMICIRCLES_TO_DEGREES

SUB_SPORTS = {Sport.TREADMILL_RUN: 1, Sport.TRAIL_RUN: 3, Sport.TRACK_RUN: 4}
TIMER_KINDS = {"start": 0, "stop": 1, "stop_all": 4}
TIME = 253
INDEX = 254


@dataclass(frozen=True, slots=True)
class _RecordField:
    number: int
    base: str
    column: str
    scaled: Callable[[Column], Column]


RECORD_FIELDS: dict[str, _RecordField] = {
    "position_lat": _RecordField(0, "sint32", "lat_deg", lambda v: v / SEMICIRCLES_TO_DEGREES),
    "position_long": _RecordField(1, "sint32", "lon_deg", lambda v: v / SEMICIRCLES_TO_DEGREES),
    "altitude": _RecordField(2, "uint16", "altitude_m", lambda v: (v + 500.0) * 5.0),
    "enhanced_altitude": _RecordField(78, "uint32", "altitude_m", lambda v: (v + 500.0) * 5.0),
    "distance": _RecordField(5, "uint32", "distance_m", lambda v: v * 100.0),
    "speed": _RecordField(6, "uint16", "speed_mps", lambda v: v * 1000.0),
    "enhanced_speed": _RecordField(73, "uint32", "speed_mps", lambda v: v * 1000.0),
    "heart_rate": _RecordField(3, "uint8", "heart_rate_bpm", lambda v: v),
    # Watches count one foot. Where they keep fractions, it is to the half stride; else they round.
    "cadence": _RecordField(4, "uint8", "cadence_spm", whole_strides),
    "cadence_whole": _RecordField(4, "uint8", "cadence_spm", lambda v: np.floor(np.rint(v) / 2.0)),
    "fractional_cadence": _RecordField(53, "uint8", "cadence_spm", lambda v: np.rint(v) % 2.0 * 64.0),
    "power": _RecordField(7, "uint16", "power_w", lambda v: v),
    "temperature": _RecordField(13, "sint8", "temperature_c", lambda v: v),
    "vertical_oscillation": _RecordField(39, "uint16", "vertical_oscillation_m", lambda v: v * 10_000.0),
    "stance_time": _RecordField(41, "uint16", "stance_time_s", lambda v: v * 10_000.0),
    "vertical_ratio": _RecordField(83, "uint16", "vertical_ratio_pct", lambda v: v * 100.0),
    "stance_time_balance": _RecordField(84, "uint16", "stance_balance_left_pct", lambda v: v * 100.0),
    "step_length": _RecordField(85, "uint16", "step_length_m", lambda v: v * 10_000.0),
}
"""What a watch may put into a record: field number, base type, stream column, and SI to the file's unit."""

_FILE_ID = Layout(0, 0, ((0, "enum"), (1, "uint16"), (2, "uint16"), (3, "uint32z"), (4, "uint32"), (8, "string")))
_DEVICE = Layout(
    1, 23,
    ((TIME, "uint32"), (0, "uint8"), (2, "uint16"), (3, "uint32z"), (4, "uint16"), (5, "uint16"), (25, "enum"),
     (27, "string")),
)  # fmt: skip
_EVENT = Layout(2, 21, ((TIME, "uint32"), (0, "enum"), (1, "enum"), (4, "uint8")))
_LAP = Layout(
    4, 19,
    ((TIME, "uint32"), (INDEX, "uint16"), (0, "enum"), (1, "enum"), (2, "uint32"), (7, "uint32"), (8, "uint32"),
     (9, "uint32"), (15, "uint8"), (16, "uint8"), (17, "uint8"), (21, "uint16"), (24, "enum"), (25, "enum")),
)  # fmt: skip
_SESSION = Layout(
    5, 18,
    ((TIME, "uint32"), (INDEX, "uint16"), (0, "enum"), (1, "enum"), (2, "uint32"), (3, "sint32"), (4, "sint32"),
     (5, "enum"), (6, "enum"), (7, "uint32"), (8, "uint32"), (9, "uint32"), (16, "uint8"), (17, "uint8"),
     (18, "uint8"), (22, "uint16"), (25, "uint16"), (26, "uint16"), (28, "enum")),
)  # fmt: skip
_ACTIVITY = Layout(
    6, 34,
    ((TIME, "uint32"), (0, "uint32"), (1, "uint16"), (2, "enum"), (3, "enum"), (4, "enum"), (5, "uint32")),
)  # fmt: skip
_RECORD, _RUNNING = 3, 1


def fit_activity(activity: Activity) -> bytes:
    """The run as a FIT file: who made it, the timer's events, records, laps, session and activity, in time's order.

    Parameters
    ----------
    activity : Activity
        What was recorded; columns in SI units, NaN for missing. Columns never measured are left out of the
        record definition, as watches do.

    Returns
    -------
    bytes
        A whole file: 14-byte header with its checksum, messages (little-endian), file checksum.
    """
    begin = activity.epoch_s - EPOCH_S
    return fit_file(b"".join((_heading(activity, begin), *_in_time(activity, begin), _closing(activity, begin))))


def _heading(activity: Activity, begin: int) -> bytes:
    watch = activity.watch
    ours = {0: 4, 1: watch.manufacturer, 2: watch.product, 3: watch.serial, 4: begin, 8: watch.name}
    device = {
        TIME: begin, 0: 0, 2: watch.manufacturer, 3: watch.serial, 4: watch.product, 5: watch.software * 100.0,
        25: 5, 27: watch.name,
    }  # fmt: skip
    return b"".join((_FILE_ID.definition(), _FILE_ID.rows(1, ours), _DEVICE.definition(), _DEVICE.rows(1, device)))


def _in_time(activity: Activity, begin: int) -> list[bytes]:
    """Events, records and laps in the order they happened; the records go out in stretches, not one by one."""
    times = np.asarray(activity.stream["t_s"], dtype=np.float64)
    layout, values = _records(activity, begin + times)
    rows = layout.rows(len(times), values)
    laps, ends = _laps(activity, begin), activity.lap_ends()
    # A stop is written after the record of its second, a start before it: nothing is recorded in between.
    inserts = [(t, "left" if kind == "start" else "right", _timer(begin + t, kind)) for t, kind in activity.events]
    inserts += [(end, "right", laps[n * _LAP.size : (n + 1) * _LAP.size]) for n, end in enumerate(ends)]
    inserts.sort(key=lambda insert: insert[0])
    out = [_EVENT.definition(), _timer(begin, "start"), layout.definition()]
    if len(ends):
        out.append(_LAP.definition())
    done = 0
    for t, side, message in inserts:
        upto = int(np.searchsorted(times, t, side=side))  # type: ignore[call-overload]
        out += [rows[done * layout.size : upto * layout.size], message]
        done = max(done, upto)
    return [*out, rows[done * layout.size :], _timer(begin + times[-1], "stop_all")]


def _timer(at: float, kind: str) -> bytes:
    return _EVENT.rows(1, {TIME: at, 0: 0, 1: TIMER_KINDS[kind], 4: 0})


def _records(activity: Activity, stamps: Column) -> tuple[Layout, dict[int, Column]]:
    names = activity.watch.record_fields
    fields: list[tuple[int, str]] = [(TIME, "uint32")]
    values: dict[int, Column] = {TIME: stamps}
    for name in names:
        spec = RECORD_FIELDS["cadence_whole" if name == "cadence" and "fractional_cadence" in names else name]
        column = activity.column(spec.column)
        if column is not None:
            fields.append((spec.number, spec.base))
            values[spec.number] = spec.scaled(column)
    return Layout(_RECORD, 20, tuple(fields)), values


def _laps(activity: Activity, begin: int) -> bytes:
    ends = activity.lap_ends()
    if not len(ends):
        return b""
    lap = {name: np.asarray(column, dtype=np.float64) for name, column in activity.laps.items()}
    return _LAP.rows(
        len(ends),
        {
            TIME: begin + ends, INDEX: np.arange(len(ends)), 0: 9, 1: 1, 2: begin + lap["start_s"],
            7: lap["elapsed_s"] * 1000.0, 8: lap["timer_s"] * 1000.0, 9: lap["distance_m"] * 100.0,
            15: lap["mean_heart_rate_bpm"], 16: lap["max_heart_rate_bpm"], 17: lap["mean_cadence_spm"] / 2.0,
            21: lap["ascent_m"], 24: 2, 25: _RUNNING,
        },
    )  # fmt: skip


def _closing(activity: Activity, begin: int) -> bytes:
    times = np.asarray(activity.stream["t_s"], dtype=np.float64)
    end, totals = begin + times[-1], activity.totals
    elapsed = totals.elapsed_s if totals.elapsed_s is not None else float(times[-1])
    timer = totals.timer_s if totals.timer_s is not None else elapsed
    session = {
        TIME: end, INDEX: 0, 0: 8, 1: 1, 2: begin, 3: _first(activity, "position_lat"),
        4: _first(activity, "position_long"), 5: _RUNNING, 6: SUB_SPORTS.get(activity.sport, 0), 7: elapsed * 1000.0,
        8: timer * 1000.0, 9: _times(totals.distance_m, 100.0), 16: totals.mean_heart_rate_bpm,
        17: totals.max_heart_rate_bpm, 18: _times(totals.mean_cadence_spm, 0.5), 22: totals.ascent_m, 25: 0,
        26: len(activity.lap_ends()), 28: 0,
    }  # fmt: skip
    whole = {TIME: end, 0: timer * 1000.0, 1: 1, 2: 0, 3: 26, 4: 1, 5: end + activity.utc_offset_s}
    return b"".join(
        (_SESSION.definition(), _SESSION.rows(1, session), _ACTIVITY.definition(), _ACTIVITY.rows(1, whole))
    )


def _times(value: float | None, scale: float) -> float | None:
    return None if value is None else value * scale


def _first(activity: Activity, name: str) -> float | None:
    spec = RECORD_FIELDS[name]
    column = activity.column(spec.column)
    return None if column is None else float(spec.scaled(column[~np.isnan(column)][:1])[0])

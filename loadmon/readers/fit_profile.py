"""The FIT messages and fields loadmon wants: numbers, units and scales of the public protocol."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.units import SEMICIRCLES_TO_DEGREES

EPOCH_S = 631065600
"""Unix seconds of 1989-12-31 00:00 UTC, where FIT time begins."""
ABSOLUTE_FROM = 0x10000000
"""Smaller timestamps count from when the device was switched on and tell no date."""
TIMESTAMP = 253

FILE_ID, USER_PROFILE, SPORT, SESSION, LAP, RECORD, EVENT, DEVICE_INFO, ACTIVITY = 0, 3, 12, 18, 19, 20, 21, 23, 34
HRV, HR, FIELD_DESCRIPTION, DEVELOPER_DATA_ID = 78, 132, 206, 207
SMALL_KINDS = frozenset({FILE_ID, USER_PROFILE, SPORT, SESSION, LAP, EVENT, DEVICE_INFO, ACTIVITY})
"""Message kinds kept as plain mappings of field number to raw value; records become columns."""

ACTIVITY_FILE, COURSE_FILE = 4, 6
FILE_KINDS = {
    1: "device details",
    2: "settings",
    3: "sport settings",
    5: "a workout plan",
    6: "a course",
    7: "a schedule",
    9: "weight",
    10: "totals",
    11: "goals",
    14: "blood pressure",
    15: "daily monitoring",
    20: "activity summaries",
    28: "daily monitoring",
    32: "daily monitoring",
    34: "a segment",
    35: "a segment list",
}

TIMER_EVENT = 0
TIMER_KINDS = {0: "start", 1: "stop", 4: "stop_all", 8: "stop_all", 9: "stop_all"}


@dataclass(frozen=True, slots=True)
class Field:
    """One wanted field of the record message: ``value = raw / scale - offset``, then times ``unit`` for SI."""

    column: str
    scale: float = 1.0
    offset: float = 0.0
    unit: float = 1.0


RECORD_FIELDS: dict[int, Field] = {
    0: Field("lat_deg", unit=SEMICIRCLES_TO_DEGREES),
    1: Field("lon_deg", unit=SEMICIRCLES_TO_DEGREES),
    2: Field("altitude_m", 5, 500),
    3: Field("heart_rate_bpm"),
    4: Field("strides_per_min"),
    5: Field("distance_m", 100),
    6: Field("speed_mps", 1000),
    7: Field("power_w"),
    9: Field("grade_pct", 100),
    13: Field("temperature_c"),
    18: Field("cycles"),
    19: Field("total_cycles"),
    28: Field("compressed_power"),
    29: Field("accumulated_power_w"),
    39: Field("vertical_oscillation_m", 10, unit=0.001),
    40: Field("stance_time_pct", 100),
    41: Field("stance_time_s", 10, unit=0.001),
    53: Field("fraction", 128),
    73: Field("enhanced_speed", 1000),
    78: Field("enhanced_altitude", 5, 500),
    83: Field("vertical_ratio_pct", 100),
    84: Field("stance_balance_left_pct", 100),
    85: Field("step_length_m", 10, unit=0.001),
    87: Field("cycle_length_m", 100),
    99: Field("plain_breaths_per_min"),
    108: Field("breaths_per_min", 100),
    139: Field("core_temperature_c", 100),
}
"""What a session's stream keeps is named in ``STREAM_COLUMNS``; the rest is there for whoever reads records alone."""
COMPRESSED = "speed and distance in three bytes"
"""Name of the column that holds field 8 until it is unpacked."""
COMPRESSED_SPEED_DISTANCE = 8
COMPRESSED_SPEED_SCALE, COMPRESSED_DISTANCE_SCALE, COMPRESSED_DISTANCE_ROLLOVER = 100.0, 16.0, 4096

GARMIN = (1, 15)
"""Manufacturers whose product numbers fitparse's profile names (Garmin, and Dynastream that it bought)."""

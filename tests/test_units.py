"""Units change in one place, and a missing value is never shown as zero."""

from __future__ import annotations

import math

import pytest

from loadmon.units import (
    NOTHING,
    Units,
    UnitSystem,
    clock,
    duration,
    heart_rate,
    is_missing,
    signed_percent,
    steps,
    strides_to_steps,
)

KM, MI = Units(), Units(UnitSystem.IMPERIAL)


def test_distances_and_paces_in_both_systems() -> None:
    assert KM.distance(12345.0) == "12.3 km"
    assert MI.distance(16093.44) == "10.0 mi"
    assert KM.pace(1000.0 / 304.0) == "5:04 /km"
    assert MI.pace(1609.344 / 480.0) == "8:00 /mi"
    assert KM.pace_minutes(1000.0 / 300.0) == pytest.approx(5.0)


@pytest.mark.parametrize("nothing", [None, math.nan])
def test_missing_is_a_dash_and_never_zero(nothing: float | None) -> None:
    assert is_missing(nothing)
    words = [KM.distance(nothing), KM.pace(nothing), duration(nothing), clock(nothing), steps(nothing)]
    assert [*words, heart_rate(nothing), signed_percent(nothing)] == [NOTHING] * 7
    assert KM.distance_value(nothing) is None
    assert KM.pace_minutes(nothing) is None


def test_standing_still_has_no_pace() -> None:
    assert KM.pace(0.0) == NOTHING
    assert KM.pace_minutes(0.05) is None


def test_times_in_words() -> None:
    assert duration(35.0) == "35 s"
    assert duration(2520.0) == "42 min"
    assert duration(3900.0) == "1 h 05 min"
    assert clock(3909.0) == "1:05:09"
    assert clock(2530.0) == "42:10"


def test_changes_carry_their_sign() -> None:
    assert [signed_percent(p) for p in (12.4, -8.0, 0.0)] == ["+12 %", "−8 %", "±0 %"]


def test_one_foot_makes_two_steps() -> None:
    assert strides_to_steps(79.5) == 159.0

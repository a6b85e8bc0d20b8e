"""Strings to numbers and instants in bulk, against Python's own for one at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.readers.xml_numbers import floats, instant, instants

ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3, minutes=-30))])
# beyond 2255 a microsecond is less than a float can tell
MOMENTS = st.datetimes(datetime(1750, 1, 3), datetime(2250, 12, 30), timezones=ZONES)
WAYS = st.sampled_from(["seconds", "milliseconds", "microseconds"])
BROKEN = ["", " ", "never", "2024-02-30T00:00:00Z", "2024-13-01T00:00:00Z", "2024-01-01T24:00:01Z", "2024-01-01T00:60:00Z",
          "2024-01-01T00:00:60Z", "0000-01-01T00:00:00Z", "2024-01-01T00:00:00+99:00",
          "2024-01-01T00:00:0:Z", "２０２４-01-01T00:00:00Z", "9" * 30, "x" * 5000]  # fmt: skip


def told(text: str) -> tuple[float, float]:
    """One instant as Python's own reader gives it."""
    time = datetime.fromisoformat(text)
    offset = time.utcoffset()
    zone = float("nan") if offset is None else offset.total_seconds()
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp(), zone


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(MOMENTS, WAYS, st.booleans()), min_size=1, max_size=12))
def test_instants_are_python_s_own_to_the_last_bit(moments: list[tuple[datetime, str, bool]]) -> None:
    texts = [m.isoformat(timespec=way) for m, way, _ in moments]
    texts = [t.replace("+00:00", "Z") if z else t for t, (_, _, z) in zip(texts, moments, strict=True)]
    unix_s, zone_s = instants(pa.array(texts))
    np.testing.assert_array_equal(unix_s, [told(t)[0] for t in texts])
    np.testing.assert_array_equal(zone_s, [told(t)[1] for t in texts])


ODD_TIMES = st.tuples(
    st.sampled_from(["2024-11-09", "1901-12-13", "1969-12-31", "0000-01-01", "0001-01-01", "2023-02-29", "1500-06-01"]),
    st.sampled_from("TTT x"),
    st.sampled_from(["17:00:00", "23:59:59", "24:00:00", "17:00:60", "170000", "17:00", "17:00:0a", "7:00:001"]),
    st.sampled_from(
        ["", "", ".5", ".123", ".999999", ".2073437", ".123456789", ".1234567891", ".", ".12x", "+01", " "]
    ),
    st.sampled_from("ZZZZz "),
).map("".join)


@settings(max_examples=400, deadline=None)
@given(st.lists(ODD_TIMES, min_size=1, max_size=3))
def test_times_ending_in_z_are_python_s_own_whatever_they_hold(texts: list[str]) -> None:
    unix_s, zone_s = instants(pa.array(texts))
    np.testing.assert_array_equal(unix_s, [instant(t)[0] for t in texts])
    np.testing.assert_array_equal(zone_s, [instant(t)[1] for t in texts])


@pytest.mark.parametrize("bad", BROKEN)
@pytest.mark.parametrize("good", ["2024-11-09T17:00:00Z", "2024-11-09T17:00:00.000Z", "2024-11-09T17:00:00+08:00"])
def test_a_time_that_is_none_is_missing_and_its_neighbours_stay(bad: str, good: str) -> None:
    unix_s, zone_s = instants(pa.array([good, bad, good]))
    assert np.isfinite(unix_s).tolist() == [True, False, True]
    assert np.isfinite(zone_s).tolist() == [True, False, True]
    np.testing.assert_array_equal(unix_s[[0, 2]], told(good)[0])
    assert np.isnan(instant(bad)[0])


def test_a_part_of_a_longer_column() -> None:
    texts = pa.array([f"2024-11-09T17:00:{s:02}Z" for s in range(20)])
    np.testing.assert_array_equal(instants(texts.slice(5, 10))[0], instants(texts)[0][5:15])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1),
    st.sampled_from(["", "x", "1_0", "nan", "inf", "0x1"]),
)
def test_numbers_are_python_s_own_and_others_missing(values: list[float], odd: str) -> None:
    texts = [repr(value) for value in values]
    np.testing.assert_array_equal(floats(pa.array(texts)), values)
    np.testing.assert_array_equal(floats(pa.array([*texts, odd, " 7 "])), [*values, float("nan"), 7.0])


def test_more_digits_than_a_number_can_hold() -> None:
    texts = ["48.12345678901234567890123456", "9.9999999999999999999999999", "1e999", "-1e999", "1e-999"]
    assert floats(pa.array(texts))[:2].tolist() == [float(texts[0]), float(texts[1])]
    np.testing.assert_array_equal(floats(pa.array(texts))[2:], [float("nan"), float("nan"), 0.0])

"""Streams, laps and windows come out as they went in."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from loadmon.load.heart_rate import HEART_RATE_BINS
from loadmon.refusal import DamagedFile
from loadmon.session import STREAM_COLUMNS, Session
from loadmon.store.codec import (
    decode_heart_rate,
    decode_stream,
    decode_table,
    decode_windows,
    encode_heart_rate,
    encode_kept,
    encode_stream,
    encode_table,
    encode_windows,
)
from tests.store import made


def numbers(least: float, most: float, count: int) -> st.SearchStrategy[np.ndarray]:
    inner = st.floats(least, most, allow_nan=False) | st.just(np.nan)
    return arrays.arrays(np.float64, count, elements=inner)


@st.composite
def streams(draw: st.DrawFn) -> pd.DataFrame:
    """Any stream at all: values of no sensor, holes anywhere, irregular times."""
    count = draw(st.integers(0, 40))
    gaps = draw(arrays.arrays(np.int64, count, elements=st.integers(1, 3 * 10**8)))
    instants = draw(st.integers(0, 4 * 10**15)) + np.cumsum(gaps)
    table: dict[str, object] = {"timestamp": pd.DatetimeIndex(instants.view("datetime64[us]"), tz="UTC")}
    table["t_s"] = (instants - instants[0]) / 1e6 if count else np.empty(0)
    for name in STREAM_COLUMNS[1:]:
        table[name] = draw(numbers(-90, 90, count) if name in ("lat_deg", "lon_deg") else numbers(-1e5, 1e5, count))
    table["app:odd"] = draw(numbers(-1e300, 1e300, count))
    return pd.DataFrame(table)


@settings(max_examples=60, deadline=None)
@given(streams())
def test_what_is_kept_is_known_before_it_is_kept(stream: pd.DataFrame) -> None:
    data, kept = encode_kept(stream)
    pd.testing.assert_frame_equal(kept, decode_stream(data), check_exact=True)


@settings(max_examples=60, deadline=None)
@given(streams())
def test_any_stream_survives(stream: pd.DataFrame) -> None:
    back = decode_stream(encode_stream(stream))
    assert list(back.columns) == list(stream.columns)
    assert dict(back.dtypes) == dict(stream.dtypes)
    pd.testing.assert_series_equal(back["timestamp"], stream["timestamp"])
    np.testing.assert_allclose(back["t_s"], stream["t_s"], rtol=0, atol=1e-6)
    for name in stream.columns.drop(["timestamp", "t_s"]):
        ours, theirs = back[name].to_numpy(), stream[name].to_numpy()
        np.testing.assert_array_equal(np.isnan(ours), np.isnan(theirs), err_msg=name)
        if name in ("lat_deg", "lon_deg"):
            np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-7, err_msg=name)
        elif name == "distance_m":
            np.testing.assert_allclose(ours, theirs, rtol=6e-8, atol=5.1e-4, err_msg=name)
        else:
            np.testing.assert_allclose(ours, theirs, rtol=6e-8, atol=1e-12, err_msg=name)


def test_what_a_watch_records_comes_back_to_the_last_bit_but_rounding() -> None:
    stream = made.stream(2000)
    pd.testing.assert_frame_equal(decode_stream(encode_stream(stream)), stream, rtol=0, atol=1e-12)


@pytest.mark.parametrize("degrees", [180.0, -180.0, 179.99999999, 0.0])
def test_the_date_line_is_a_position_too(degrees: float) -> None:
    stream = made.stream(3).assign(lon_deg=degrees)
    assert decode_stream(encode_stream(stream))["lon_deg"].tolist() == pytest.approx([degrees] * 3, abs=1e-7)


def test_times_between_seconds_and_a_start_before_the_first_sample_are_kept() -> None:
    stream = made.stream(50, step_s=0.123457)
    stream["t_s"] += 12.5
    back = decode_stream(encode_stream(stream))
    pd.testing.assert_series_equal(back["timestamp"], stream["timestamp"])
    np.testing.assert_allclose(back["t_s"], stream["t_s"], rtol=6e-8)


def test_words_and_infinities_do_not_break_it() -> None:
    stream = made.stream(4).assign(power_w=[np.inf, -np.inf, np.nan, 1.0], note=["a", None, "ü", ""])
    back = decode_stream(encode_stream(stream))
    assert back["power_w"].tolist()[:2] == [np.inf, -np.inf]
    assert back["note"].isna().tolist() == [False, True, False, False]
    assert back["note"].tolist()[2] == "ü"


def test_the_blob_is_ordinary_parquet_and_small() -> None:
    """An hour at one sample a second with running dynamics: under 50 kB, and columns never measured cost nothing."""
    data = encode_stream(made.stream(3600))
    table = pq.read_table(io.BytesIO(data))
    assert table.num_rows == 3600
    assert "power_w" not in table.column_names
    assert len(data) < 50_000


def test_laps_and_events_survive() -> None:
    session = made.session()
    pd.testing.assert_frame_equal(decode_table(encode_table(session.laps)), session.laps)
    pd.testing.assert_frame_equal(decode_table(encode_table(session.events)), session.events)


def test_no_laps_at_all_survive_with_their_columns() -> None:
    empty = Session.__dataclass_fields__["laps"].default_factory()  # type: ignore[misc, union-attr]
    back = decode_table(encode_table(empty))
    assert list(back.columns) == list(empty.columns)
    assert str(back["start"].dtype) == "datetime64[us, UTC]"
    assert back["ascent_m"].dtype == np.float64


def test_a_lap_without_a_time_stays_without() -> None:
    laps = made.session().laps
    laps.loc[1, "start"] = pd.NaT
    assert decode_table(encode_table(laps))["start"].isna().tolist() == [False, True]


def some_windows(seed: int, count: int = 5) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "start_s": np.arange(count) * 30.0,
            "speed_mps": rng.uniform(2, 5, count),
            "cadence_spm": np.where(np.arange(count) == 1, np.nan, rng.uniform(150, 190, count)),
            "treadmill": rng.random(count) > 0.5,
        }
    )


def test_windows_of_many_sessions_come_back_as_one_table() -> None:
    parts = {7: some_windows(1), 3: some_windows(2, 0), 5: some_windows(3, 2)}
    back = decode_windows(list(parts), [encode_windows(part) for part in parts.values()])
    assert back["session_id"].tolist() == [7] * 5 + [5] * 2
    assert back["treadmill"].dtype == np.bool_
    wanted = pd.concat([parts[7], parts[5]], ignore_index=True)
    pd.testing.assert_frame_equal(back.drop(columns="session_id"), wanted, rtol=6e-8)


def test_windows_of_an_earlier_version_keep_their_place() -> None:
    old = some_windows(1).drop(columns="treadmill")
    back = decode_windows(
        [1, 2, 3], [encode_windows(some_windows(1)), encode_windows(old), encode_windows(some_windows(2))]
    )
    assert back["session_id"].tolist() == [1] * 5 + [2] * 5 + [3] * 5
    assert back.loc[back["session_id"] == 2, "treadmill"].isna().all()


def test_no_windows_still_have_their_columns() -> None:
    back = decode_windows([1, 2], [encode_windows(pd.DataFrame()), encode_windows(some_windows(1, 0))])
    assert list(back.columns) == ["session_id", "start_s", "speed_mps", "cadence_spm", "treadmill"]
    assert len(back) == 0
    assert list(decode_windows([], []).columns) == ["session_id"]


def test_damaged_windows_have_a_name() -> None:
    with pytest.raises(DamagedFile):
        decode_windows([1], [encode_windows(some_windows(1))[:-1]])


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.just(np.empty(0)),
            arrays.arrays(np.float64, len(HEART_RATE_BINS), elements=st.floats(0, 1e5, width=32)),
        ),
        max_size=6,
    )
)
def test_any_seconds_at_each_beat_survive(histograms: list[np.ndarray]) -> None:
    back = decode_heart_rate([encode_heart_rate(one) for one in histograms])
    assert back.shape == (len(histograms), len(HEART_RATE_BINS))
    for ours, theirs in zip(back, histograms, strict=True):
        if theirs.any():
            np.testing.assert_array_equal(ours, theirs)
        else:
            assert np.isnan(ours).all()  # nothing measured is nothing known, not 0 seconds of everything


def test_seconds_at_each_beat_are_small() -> None:
    seconds = np.zeros(len(HEART_RATE_BINS))
    seconds[90:150] = 60.0
    assert len(encode_heart_rate(seconds)) == 2 + 4 * 60


@pytest.mark.parametrize("blob", [b"x", b"xyz", b"\xff\xff" + b"\0" * 4, b"\0\0" + b"\0" * 4 * 202], ids=len)
def test_damaged_seconds_are_refused(blob: bytes) -> None:
    with pytest.raises(DamagedFile, match="heart rates"):
        decode_heart_rate([encode_heart_rate(np.ones(len(HEART_RATE_BINS))), blob])

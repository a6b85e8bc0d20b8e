"""Columns of strings to columns of numbers and instants, in bulk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import accumulate

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from loadmon.readers.recording import Column

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_LONGEST_NUMBER, _LONGEST_TIME, _MOST_LENGTHS = 400, 40, 6
_SHORTEST_TIME = len("2024-11-09T17:00:00")
_LONGEST_TIME_IN_US, _LONGEST_TIME_IN_NS = len("2024-11-09T17:00:00.000000Z"), len("2024-11-09T17:00:00.000000000Z")
_DIGITS = np.array([0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18])
_HIGHEST = np.array([9, 9, 9, 9, 1, 9, 3, 9, 2, 9, 5, 9, 5, 9], dtype=np.uint8)
_WEIGHTS = np.array(
    [
        [1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 1e1, 1, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 10, 1, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 36000, 3600, 600, 60, 10, 1],
    ]
).T
"""From the digits of a time: its date as one number, its hour, its seconds since midnight."""
_HOURS = 24
_MARKS = np.array([4, 7, 10, 13, 16])
_MARKED = np.frombuffer(b"--T::", np.uint8)
_HIGHEST_ZONE = np.array([2, 9, 10, 5, 9])
_ZONE_WEIGHTS = np.array([36000.0, 3600.0, 0.0, 600.0, 60.0])
_EPOCH = date(1970, 1, 1).toordinal()
_EXACT_US = 2**53
"""Further from 1970 a float no longer holds each microsecond; before 1684 and after 2255 nobody runs."""
_UTC_US, _UTC_NS = pa.timestamp("us", "UTC"), pa.timestamp("ns", "UTC")
_CENTURIES = np.frombuffer(b"1920", ">u2").astype(np.uint16)
_FEW = 20_000
_NO_NUMBER = pa.array(["", "nan", "null", "none", "-", "--"])
"""What writers put where they have no number."""

Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Offsets = npt.NDArray[np.int32]


def float_columns(columns: Sequence[pa.StringArray]) -> list[Column | None]:
    """Columns of decimal numbers as ``floats`` gives them; None for one without any number.

    Short ones are read all at once: beginning costs more than a few hundred numbers do.
    """
    lengths = [len(texts) for texts in columns]
    if len(columns) > 1 and sum(lengths) <= _FEW:
        try:
            together = pa.concat_arrays(columns).cast(pa.float64()).to_numpy()
        except pa.ArrowInvalid:
            pass
        else:
            if np.isfinite(together).all():
                return [together[end - n : end] for n, end in zip(lengths, accumulate(lengths), strict=True)]
    values = [floats(texts) for texts in columns]
    return [column if np.isfinite(column).any() else None for column in values]


def floats(texts: pa.StringArray) -> Column:
    """Decimal numbers as float64, correctly rounded; NaN where there is none or where it is not finite."""
    try:
        values = texts.cast(pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        values = np.array([_number(text) for text in texts.to_pylist()], dtype=float)
    finite = np.isfinite(values)
    return np.asarray(values if finite.all() else np.where(finite, values, np.nan), dtype=float)


def unreadable(texts: pa.StringArray, values: Column | None) -> int:
    """How many texts are letters but no number, such as "13,4"; none that are blank or say themselves that there is none.

    Parameters
    ----------
    texts : StringArray, shape (n,)
    values : array, shape (n,), or None
        As ``float_columns`` gives them.
    """
    lost = texts if values is None else texts.filter(pa.array(~np.isfinite(values)))
    if not len(lost):
        return 0
    bare = pc.utf8_lower(pc.utf8_trim_whitespace(lost.fill_null("")))
    return len(bare) - int(pc.sum(pc.is_in(bare, value_set=_NO_NUMBER)).as_py())


def instants(texts: pa.StringArray) -> tuple[Column, Column]:
    """ISO 8601 instants as Unix seconds, and the seconds over UTC that each one names.

    Parameters
    ----------
    texts : StringArray, shape (n,)

    Returns
    -------
    tuple of two arrays, shape (n,)
        Unix seconds, UTC where a time names no zone, NaN where it cannot be read; and the zone, NaN where none is named.
    """
    if not len(texts) or texts.null_count == len(texts):
        return np.full(len(texts), np.nan), np.full(len(texts), np.nan)
    _, offsets, letters = texts.buffers()
    ends = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    starts, lengths = ends[:-1], ends[1:] - ends[:-1]
    data = np.frombuffer(letters, np.uint8)
    if (micros := _usual(texts, data, ends[1:], lengths)) is not None:
        return micros / 1e6, np.zeros(len(texts))
    unix_s, zone_s = np.full(len(texts), np.nan), np.full(len(texts), np.nan)
    left = lengths > 0
    widths = lengths[:1] if (lengths == lengths[0]).all() else np.unique(lengths)
    for length in widths[:_MOST_LENGTHS].tolist():
        if _SHORTEST_TIME <= length <= _LONGEST_TIME:
            rows = np.flatnonzero(lengths == length)
            unix_s[rows], zone_s[rows], good = _fixed(_rows(data, starts, rows, length))
            left[rows[good]] = False
    for row in np.flatnonzero(left).tolist():
        unix_s[row], zone_s[row] = instant(texts[row].as_py())
    return unix_s, zone_s


def _usual(texts: pa.StringArray, data: Bytes, ends: Offsets, lengths: Offsets) -> npt.NDArray[np.int64] | None:
    """Microseconds of times that are all written as most are, ``YYYY-MM-DDTHH:MM:SS[.fffffffff]Z``; else None."""
    longest = lengths.max()
    if lengths.min() <= _SHORTEST_TIME or longest > _LONGEST_TIME_IN_NS or (data[ends - 1] != ord("Z")).any():
        return None
    fine = longest > _LONGEST_TIME_IN_US
    if fine:
        # as nanoseconds only some centuries have room
        starts = ends - lengths
        centuries = data[starts] * np.uint16(256) + data[starts + 1]
        if not np.isin(centuries, _CENTURIES).all():
            return None
    try:
        told = texts.cast(_UTC_NS if fine else _UTC_US)
    except pa.ArrowInvalid:
        return None
    if told.null_count:
        return None
    micros = np.frombuffer(told.buffers()[1], np.int64)[: len(texts)]
    if fine:
        return micros // 1000
    return micros if micros.min() >= -_EXACT_US and micros.max() <= _EXACT_US else None


def _rows(data: Bytes, starts: npt.NDArray[np.int32], rows: npt.NDArray[np.int64], length: int) -> Bytes:
    if len(rows) == len(starts):  # the usual case: all of one width, one behind the other
        return np.asarray(data[starts[0] : starts[0] + length * len(rows)].reshape(len(rows), length))
    return np.asarray(data[starts[rows][:, None] + np.arange(length)])


def instant(text: str | None) -> tuple[float, float]:
    """One ISO 8601 instant as Unix seconds and its zone in seconds; NaN for what is not told or cannot be read."""
    missing = float("nan")
    if not text or len(text) > _LONGEST_NUMBER:
        return missing, missing
    try:
        time = datetime.fromisoformat(text.strip())
        offset = time.utcoffset()
        unix_s = (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return missing, missing
    return unix_s, missing if offset is None else offset.total_seconds()


def number(text: str | None) -> float:
    """One decimal number, NaN where there is none."""
    value = _number(text)
    return value if np.isfinite(value) else float("nan")


def _number(text: str | None) -> float:
    bare = text.strip() if text and len(text) <= _LONGEST_NUMBER else ""
    return float(bare) if _NUMBER.fullmatch(bare) else float("nan")


def _fixed(letters: Bytes) -> tuple[Column, Column | float, Mask]:
    """Times of one width, a letter a column: ``YYYY-MM-DDTHH:MM:SS[.fff][Z|+HH:MM]``; good ones only count."""
    # letters below "0" wrap round to far above nine
    digits = letters - np.uint8(ord("0"))
    clock = digits[:, _DIGITS]
    good = (clock <= _HIGHEST).all(axis=1) & (letters[:, _MARKS] == _MARKED).all(axis=1)
    told = clock.astype(np.float64) @ _WEIGHTS
    good &= told[:, 1] < _HOURS
    written = told[:, 0].astype(np.int64)
    begins = [0, *((written[1:] != written[:-1]).nonzero()[0] + 1).tolist(), len(written)]
    each = [_day(day) for day in written[begins[:-1]].tolist()]
    days = np.repeat(each, np.diff(begins)) if len(each) > 1 else each[0]
    width, shift_s, zone_s = _zone(letters, digits, good)
    micros = _micros(letters, digits, width, good)
    # whole microseconds first, one division last: the same rounding as datetime's own
    unix_s = ((days * 86400.0 + told[:, 2] - shift_s) * 1e6 + micros) / 1e6
    good &= np.abs(unix_s) <= _EXACT_US / 1e6  # what has no value is not good either
    return unix_s, zone_s, good


@lru_cache(maxsize=4096)
def _day(digits: int) -> float:
    """Days since 1970-01-01 of a date written as ``YYYYMMDD``; NaN for one that is in no calendar."""
    try:
        return float(date(digits // 10_000, digits // 100 % 100, digits % 100).toordinal() - _EPOCH)
    except ValueError:
        return float("nan")


def _zone(letters: Bytes, digits: Bytes, good: Mask) -> tuple[int, Column | float, Column | float]:
    """Width of a time without its zone, what to take off it, and the zone it names; the first row says which kind, others must be like it."""
    width = letters.shape[1]
    last = letters[0, -1]
    if last == ord("Z"):
        good &= letters[:, -1] == last
        return width - 1, 0.0, 0.0
    if width >= _SHORTEST_TIME + 6 and letters[0, -6] in b"+-" and letters[0, -3] == ord(":"):
        sign = letters[:, -6]
        shown = digits[:, -5:].astype(np.float64)
        good &= ((sign == ord("+")) | (sign == ord("-"))) & (letters[:, -3] == ord(":"))
        good &= (shown <= _HIGHEST_ZONE).all(axis=1)
        seconds = shown @ _ZONE_WEIGHTS
        good &= seconds < 86400.0
        seconds = np.where(sign == ord("-"), -seconds, seconds)
        return width - 6, seconds, seconds
    return width, 0.0, float("nan")


def _micros(letters: Bytes, digits: Bytes, width: int, good: Mask) -> Column | float:
    """Microseconds behind the point, further digits cut off; a time with anything else is not good."""
    if width <= _SHORTEST_TIME:
        # a zone in the place of the last digit of the seconds is no time
        good &= width == _SHORTEST_TIME
        return 0.0
    fraction = digits[:, _SHORTEST_TIME + 1 : width]
    good &= (letters[:, _SHORTEST_TIME] == ord(".")) & (fraction <= 9).all(axis=1) & (fraction.shape[1] > 0)
    shown = fraction[:, :6].astype(np.float64)
    return np.asarray(shown @ 10.0 ** np.arange(5, 5 - shown.shape[1], -1), dtype=float)

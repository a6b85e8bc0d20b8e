"""Laps and events as small JSON tables and back: columns of numbers, instants (whole microseconds) and words."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pandas as pd

_INSTANTS = frozenset({"start", "timestamp"})
_WORDS = frozenset({"kind"})
_NO_TIME = np.iinfo(np.int64).min


def encode_table(table: pd.DataFrame) -> str:
    """A table of laps or events as JSON; missing values become null."""
    columns = []
    for name, column in table.items():
        if name in _INSTANTS or column.dtype.kind == "M":
            columns.append([name, "instant", _instants(column)])
        elif name in _WORDS or not (column.dtype.kind in "fiub" or len(column) == 0):
            columns.append([name, "words", [None if pd.isna(word) else str(word) for word in column.tolist()]])
        else:
            numbers = column.to_numpy(np.float64, na_value=np.nan).tolist()
            columns.append([name, "number", [number if math.isfinite(number) else None for number in numbers]])
    return json.dumps(columns, separators=(",", ":"))


def decode_table(text: str) -> pd.DataFrame:
    """The table that ``encode_table`` was given: instants in UTC, numbers float64 with NaN for missing."""
    return pd.DataFrame({name: _restored(kind, values) for name, kind, values in json.loads(text)})


def _instants(column: pd.Series) -> list[int | None]:
    if column.dtype.kind != "M":
        column = pd.to_datetime(column, utc=True)
    whole = column.to_numpy(dtype="datetime64[us]").astype(np.int64)
    return [None if value == _NO_TIME else value for value in whole.tolist()]


def _restored(kind: str, values: list[Any]) -> object:
    if kind == "instant":
        whole = np.array([_NO_TIME if value is None else value for value in values], np.int64)
        return pd.DatetimeIndex(whole.view("datetime64[us]"), tz="UTC")
    if kind == "words":
        return pd.array(values, dtype="str")
    return np.array(values, np.float64)

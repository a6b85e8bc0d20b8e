"""A stream's columns as plain arrays, taken out of the table once: each look into a table costs more than most sums."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loadmon.facts.seconds import Floats


def columns_of(stream: pd.DataFrame) -> dict[str, Floats]:
    """Every column of a stream but its instants, as arrays of shape (n,) float64 that share the stream's memory."""
    numbers = stream.iloc[:, 1:] if stream.columns[0] == "timestamp" else stream.drop(columns="timestamp")
    block = numbers.to_numpy(dtype=np.float64).T
    return dict(zip(numbers.columns.tolist(), block, strict=True))


def measured_in(columns: dict[str, Floats]) -> tuple[str, ...]:
    """Names of the columns, time apart, that hold at least one real value."""
    return tuple(name for name, values in columns.items() if name != "t_s" and not np.isnan(values).all())

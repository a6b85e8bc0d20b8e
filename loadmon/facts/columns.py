"""Which channels of a session hold values."""

from __future__ import annotations

import numpy as np

from loadmon.facts.seconds import Floats


def measured_in(columns: dict[str, Floats]) -> tuple[str, ...]:
    """Names of the columns, time apart, that hold at least one real value."""
    return tuple(name for name, values in columns.items() if name != "t_s" and not np.isnan(values).all())

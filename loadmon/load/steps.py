"""Load by steps: how many there were."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def steps_taken(cadence_spm: Floats, seconds: Floats) -> float:
    """Steps of both feet: cadence over time.

    Parameters
    ----------
    cadence_spm : array of shape (n,), steps of both feet a minute
        Samples without a value add nothing.
    seconds : array of shape (n,), s
        How long each sample holds.
    """
    known = np.isfinite(cadence_spm)
    return float(cadence_spm[known] @ seconds[known]) / 60.0

"""Normalising: one value for an uneven session in which hard minutes count more than easy ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from loadmon import evidence

Floats = NDArray[np.float64]

WINDOW = int(evidence.SMOOTHING_S.value)


def normalised(values: Floats, seconds: Floats) -> float:
    """The steady value that would have been as hard: 30-second means, raised to the fourth power, averaged, rooted.

    Parameters
    ----------
    values : array of shape (n,)
        Known values only, never negative.
    seconds : array of shape (n,), s
        How long each holds, one second or more in all; laid end to end, second by second, so that a pause is as if it
        had not been. The first half minute has means of what there is so far.

    Returns
    -------
    float
        In the unit of ``values``.
    """
    ends = np.rint(np.cumsum(seconds)).astype(np.int64)
    each = np.repeat(values, np.diff(ends, prepend=0))
    total = np.cumsum(each)
    total[WINDOW:] -= total[:-WINDOW].copy()
    total[WINDOW:] /= WINDOW
    total[:WINDOW] /= np.arange(1, min(WINDOW, len(total)) + 1)
    # a sum of differences may come out a hair below nothing
    smooth = np.maximum(total, 0.0)
    exponent = evidence.HARDNESS_EXPONENT.value
    return float(np.mean(smooth**exponent) ** (1.0 / exponent))

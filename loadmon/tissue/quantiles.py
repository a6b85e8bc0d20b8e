"""The 10th, 50th and 90th percentile of what was drawn, quickly: few draws of very many numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

QUANTILES = (0.1, 0.5, 0.9)


def quantiles_of(drawn: Floats) -> Floats:
    """Percentiles over the last axis, between two draws on a straight line, as ``numpy.quantile`` has them.

    Parameters
    ----------
    drawn : array of shape (…, D)
        A NaN among the draws makes all three NaN.

    Returns
    -------
    array of shape (3, …)
        NaN where nothing was drawn.
    """
    count = drawn.shape[-1]
    if not count:
        return np.full((len(QUANTILES), *drawn.shape[:-1]), np.nan)
    inorder = np.sort(drawn, axis=-1)  # NaN comes last
    place = np.array(QUANTILES) * (count - 1)
    below = place.astype(int)
    above = np.minimum(below + 1, count - 1)
    low, high = inorder[..., below], inorder[..., above]
    found = low + (place - below) * (high - low) + 0.0 * inorder[..., -1:]
    return np.asarray(np.moveaxis(found, -1, 0))

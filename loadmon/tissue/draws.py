"""Draws: values a number may well have, the same on every machine and for every run, so that common errors cancel."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from loadmon import evidence

Floats = NDArray[np.float64]

DRAWS = int(evidence.TISSUE_DRAWS.value)
"""How many sets of numbers stand for what is believable."""
_SEED = "loadmon tissue 1"


def shares(name: str, draws: int) -> Floats:
    """Numbers between 0 and 1 spread evenly, in an order that only the name decides.

    Parameters
    ----------
    name : str
        What is drawn; two names give orders that have nothing to do with each other.
    draws : int

    Returns
    -------
    array of shape (draws,)
        The middles of so many equal parts of 0 to 1, each once.
    """
    return (_order(name, draws) + 0.5) / draws


def normals(name: str, draws: int) -> Floats:
    """Standard normal values spread evenly, in an order that only the name decides; shape (draws,)."""
    return _quantiles(draws)[_order(name, draws)]


@cache
def _order(name: str, draws: int) -> NDArray[np.int64]:
    # by a hash, not by a random generator: those may change with the library, and every call would change with them
    keys = [blake2b(f"{_SEED}/{name}/{n}".encode(), digest_size=8).digest() for n in range(draws)]
    return np.argsort(np.array(keys, dtype="S8"), kind="stable")


@cache
def _quantiles(draws: int) -> Floats:
    normal = NormalDist()
    return np.array([normal.inv_cdf((n + 0.5) / draws) for n in range(draws)])

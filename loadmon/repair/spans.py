"""Stretches of a recording for which something holds."""

from __future__ import annotations

import numpy as np

from loadmon.repair.channels import Flags, Floats

Span = tuple[float, float]
"""Two moments, seconds from the start of the recording as it was read."""


def spans_of(t: Floats, holds: Flags, gap_s: float = np.inf) -> list[Span]:
    """First and last moment of each unbroken run of samples for which something holds.

    Parameters
    ----------
    t : array of shape (n,)
        Rising times.
    holds : array of shape (n,)
    gap_s : float
        A longer time between two samples breaks a run.
    """
    if not len(t):
        return []
    begins = holds & ~np.concatenate(([False], holds[:-1] & (np.diff(t) <= gap_s)))
    ends = holds & ~np.concatenate((holds[1:] & (np.diff(t) <= gap_s), [False]))
    return list(zip(t[begins].tolist(), t[ends].tolist(), strict=True))


def apart(spans: list[Span], first: float, last: float) -> list[Span]:
    """Stretches between two moments, in order, joined where they overlap."""
    joined: list[Span] = []
    for begin, end in sorted((max(b, first), min(e, last)) for b, e in spans):
        if end <= begin:
            continue
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined

"""How fast a run goes, second by second: its kind, the hills, the traffic lights and the runner's own unrest."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import uniform_filter1d
from scipy.signal import lfilter

from loadmon.demo.people import Kind
from loadmon.demo.places import Loop
from loadmon.report.activity import Column

UPHILL_COST, DOWNHILL_GAIN = 4.0, 1.3
"""Share of speed lost for each unit of grade up, and won back down."""


def unrest(rng: np.random.Generator, count: int, deviation: float, seconds: float) -> Column:
    """Noise that remembers: normal, of a standard deviation, fading over so many seconds (AR(1) at 1 Hz)."""
    keep = float(np.exp(-1.0 / seconds))
    white = rng.standard_normal(count)
    white[:1] /= np.sqrt(1.0 - keep * keep)
    return np.asarray(lfilter([deviation * np.sqrt(1.0 - keep * keep)], [1.0, -keep], white), dtype=np.float64)


def parts(kind: Kind, metres: float) -> list[tuple[float, float]]:
    """A run as stretches: (metres, share of threshold speed)."""
    if kind is Kind.TEMPO:
        return [(0.27 * metres, 0.74), (0.46 * metres, 0.955), (0.27 * metres, 0.72)]
    if kind is Kind.INTERVALS:
        count = max(3, int(0.55 * metres / 1100.0))
        rest = max(0.0, metres - 1100.0 * count)
        return [(0.6 * rest, 0.74), *([(800.0, 1.05), (300.0, 0.58)] * count), (0.4 * rest, 0.70)]
    if kind is Kind.RUN_WALK:
        count = max(2, round(metres / 500.0))
        return [(0.74 * metres / count, 0.84), (0.26 * metres / count, 0.47)] * count
    if kind is Kind.LONG:
        return [(0.3 * metres, 0.74), (0.5 * metres, 0.765), (0.2 * metres, 0.75)]
    return [(metres, {Kind.RECOVERY: 0.68, Kind.HILLS: 0.75}.get(kind, 0.76))]


def hill_factor(grade: Column) -> Column:
    """What a slope does to speed at equal effort: 5 % up costs a sixth, 5 % down gives a fifteenth."""
    up, down = np.clip(grade, 0.0, 0.3), np.clip(-grade, 0.0, 0.12)
    return np.asarray((1.0 + DOWNHILL_GAIN * down) / (1.0 + UPHILL_COST * up), dtype=np.float64)


def effort(
    kind: Kind, metres: float, threshold_mps: float, loop: Loop | None, rng: np.random.Generator
) -> tuple[Column, Column]:
    """Speed at 1 Hz, on the way and as the same effort would be on the flat.

    Parameters
    ----------
    kind : Kind
        Decides the stretches.
    metres : float
        Distance meant.
    threshold_mps : float
        The runner's speed at threshold.
    loop : Loop | None
        Gives the slopes; None on a treadmill, whose belt runs evenly.
    rng : Generator
        The run's own chance.

    Returns
    -------
    tuple of arrays
        Speed (m/s) and flat-equivalent speed (m/s), one value a second.
    """
    stretches = [(m / (share * threshold_mps), share * threshold_mps) for m, share in parts(kind, metres) if m > 1.0]
    flat = np.repeat([v for _, v in stretches], [max(1, round(s)) for s, _ in stretches])
    if loop is None:
        # A belt holds its speed; what the watch sees is the swing of the arm.
        flat = uniform_filter1d(flat, 7) * (1.0 + unrest(rng, len(flat), 0.008, 12.0))
        return flat, flat
    flat = _lights(flat, rng) if kind in (Kind.EASY, Kind.LONG, Kind.RECOVERY) else flat
    flat = _stretched(uniform_filter1d(flat, 5), loop)
    calm = flat * (1.0 + unrest(rng, len(flat), 0.015, 200.0))
    speed = calm * hill_factor(loop.grade(np.cumsum(calm)))
    # Where the slopes fall is settled with the slowed speed: climbs last longer than they would on the flat.
    speed = calm * hill_factor(loop.grade(np.cumsum(speed))) * (1.0 + unrest(rng, len(flat), 0.018, 12.0))
    return speed, calm


def _stretched(flat: Column, loop: Loop) -> Column:
    """The same distance takes longer over hills: every second a little more often."""
    way = np.linspace(0.0, float(flat.sum()), 400)
    slower = float(np.mean(1.0 / hill_factor(loop.grade(way))))
    seconds = np.arange(round(len(flat) * slower)) / slower
    return flat[np.minimum(seconds.astype(np.intp), len(flat) - 1)]


def _lights(flat: Column, rng: np.random.Generator) -> Column:
    """Now and then a road to cross: the runner stands, the watch runs on."""
    if rng.random() > 0.3 or len(flat) < 900:
        return flat
    at = int(rng.integers(300, len(flat) - 300))
    return np.insert(flat, at, np.zeros(int(rng.integers(15, 45))))

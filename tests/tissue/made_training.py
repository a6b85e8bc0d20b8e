"""Made runs and half a year of made training, whose last two weeks change in one way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.exposure import Exposure, exposure_of
from loadmon.tissue.ledger import Ledger, daily_ledger
from loadmon.tissue.loads import RunConditions
from loadmon.tissue.recompute import recomputed
from loadmon.tissue.runner import RunnerReference, cadence_spm
from loadmon.tissue.stream import SlopeQuality, TissueStream

Part = tuple[float, float, float, float]
"""Metres, m/s, rise over run, and cadence against the runner's own."""
RUNNER = RunnerReference(speed_mps=3.0)
MONDAY = date(2025, 1, 6)
WEEKS, CHANGED = 26, 2

USUAL: dict[int, Sequence[Part]] = {
    1: [(9000, 3.0, 0, 1)],
    2: [(7000, 3.0, 0, 1)],
    3: [(7600, 3.2, 0, 1)],
    5: [(8000, 3.0, 0, 1)],
    6: [(12000, 3.0, 0, 1)],
}
"""About 43 km a week by weekday, Monday 0."""
CHANGES: dict[str, dict[int, Sequence[Part]]] = {
    "none": {},
    "volume": {4: [(6000, 3.0, 0, 1)], 6: [(18000, 3.0, 0, 1)]},
    "longrun": {6: [(26000, 3.0, 0, 1)]},
    "uphill_tm": {1: [(9000, 2.6, 0.07, 1)], 5: [(8000, 2.6, 0.07, 1)]},
    "downhill": {1: [(9000, 3.2, -0.055, 1)], 5: [(8000, 3.2, -0.055, 1)]},
    "track": {3: [(2000, 2.8, 0, 1), (5600, 5.0, 0, 1)]},
    "cadence": {day: [(m, v, g, 0.94) for m, v, g, _ in parts] for day, parts in USUAL.items()},
    "rolling": {
        day: [(metres / 2, 2.6, 0.08, 1), (metres / 2, 3.3, -0.08, 1)] for day, metres in ((1, 9000.0), (5, 8000.0))
    },
}
"""What the two last weeks have instead."""


def made_stream(
    parts: Sequence[Part], runner: RunnerReference = RUNNER, *, treadmill: bool = False, every_s: float | None = None
) -> TissueStream:
    """A run of level or sloping parts, each one sample, or samples so many seconds apart."""
    metres, speed, slope, ratio = (np.array(column, dtype=float) for column in zip(*parts, strict=True))
    seconds = metres / speed
    if every_s is not None:
        counts = np.round(seconds / every_s).astype(int)
        speed, slope, ratio = (np.repeat(column, counts) for column in (speed, slope, ratio))
        seconds = np.full(len(speed), every_s)
    cadence = cadence_spm(runner, default_coefficients(), speed, slope) * ratio
    quality = SlopeQuality.INDOORS if treadmill else SlopeQuality.GOOD
    return TissueStream(seconds, speed, cadence, slope, slope_quality=quality, treadmill=treadmill)


def rolling_stream(seed: int = 1, seconds: int = 5400) -> TissueStream:
    """An hour and a half over rolling ground, as a watch would have it after cleaning, sample by sample."""
    random = np.random.default_rng(seed)

    def shiver(size: float) -> np.ndarray:
        return np.convolve(random.normal(0, size, seconds), np.ones(15) / 15, "same")

    t = np.arange(seconds)
    speed = 3.0 + 0.3 * np.sin(t / 200) + shiver(0.3)
    slope = 0.04 * np.sin(t / 150) + shiver(0.02)
    return TissueStream(np.ones(seconds), speed, 166.0 + 9.0 * (speed - 3.0) + shiver(4.0), slope)


def made_days(change: str, weeks: int = WEEKS, changed: int = CHANGED) -> tuple[list[date], list[Exposure]]:
    """Half a year of runs, the last weeks changed."""
    kinds: Mapping[bool, Mapping[int, Sequence[Part]]] = {False: USUAL, True: {**USUAL, **CHANGES[change]}}
    cells = {(new, day): exposure_of(made_stream(p)) for new, plan in kinds.items() for day, p in plan.items()}
    days, exposures = [], []
    for week in range(weeks):
        new = week >= weeks - changed
        for day in sorted(kinds[new]):
            days.append(MONDAY + timedelta(weeks=week, days=day))
            exposures.append(cells[new, day])
    return days, exposures


def made_ledger(
    days: Sequence[date], exposures: Sequence[Exposure], *, draws: int | None = 64, runner: RunnerReference = RUNNER
) -> Ledger:
    """Their ledger, up to the Sunday after the last run."""
    held = [RunConditions(runner)] * len(exposures)
    told = recomputed(exposures, held, default_coefficients())
    drawn = None if draws is None else recomputed(exposures, held, default_coefficients(), draws)
    last = max(days)
    return daily_ledger(days, told, drawn, today=last + timedelta(days=6 - last.weekday()), first=MONDAY)

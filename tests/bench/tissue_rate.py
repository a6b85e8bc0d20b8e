"""What tissue load costs: an hour and a half second by second, and a squad's year from what is kept of its runs.

    python -m tests.bench.tissue_rate [runs]

Processor time of this process, the best of several goes, beside summing the same columns once.
"""

from __future__ import annotations

import sys
from functools import cache

import numpy as np

from loadmon.tissue.cleaning import tissue_stream
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.exposure import exposure_of
from loadmon.tissue.exposure_bytes import cells_of_bytes, exposure_bytes
from loadmon.tissue.loads import RunConditions, TissueLoads
from loadmon.tissue.model import TissueLoad, tissue_load
from loadmon.tissue.recompute import told_and_drawn
from loadmon.tissue.runner import RunnerReference
from loadmon.tissue.stream import Heights
from tests.bench.budgets.budget import seconds as spent

ROUNDS = 15
RUNNER = RunnerReference(speed_mps=2.9, cadence_line=(168.0, 8.0), height_m=1.72, mass_kg=62.0, mass_ref_kg=61.0)
Columns = dict[str, np.ndarray]


@cache
def recorded(minutes: int, seed: int) -> tuple[Columns, np.ndarray]:
    """A run over rolling ground as a watch writes it, a sample a second: noise, a pause, a few jumps, cadence lost for a while."""
    random = np.random.default_rng(seed)
    n = 60 * minutes
    t = np.arange(n, dtype=float)
    speed = 2.9 + 0.3 * np.sin(t / 170) + random.normal(0, 0.25, n)
    speed[random.integers(0, n, n // 400)] += 6.0
    drift = np.convolve(
        random.normal(0, 4.0, n), np.ones(9) / 9, "same"
    )  # watches smooth cadence, and tell it in whole strides
    cadence = 2.0 * np.round((168.0 + 2.4 * np.sin(t / 170) + drift) / 2.0)
    cadence[n // 3 : n // 3 + 40] = np.nan
    height = 120.0 + 18.0 * np.sin(t / 240) + np.round(random.normal(0, 0.3, n), 1)
    held = np.ones(n)
    held[n // 2] = 0.0
    t[n // 2 + 1 :] += 300.0
    beats = np.round(150.0 + 8.0 * np.sin(t / 300))
    return (
        {"t_s": t, "speed_mps": speed, "cadence_spm": cadence, "altitude_m": height, "heart_rate_bpm": beats},
        held,
    )


def from_stream(minutes: int = 90, seed: int = 0) -> TissueLoad:
    """Cleaned and weighed, step by step."""
    columns, held = recorded(minutes, seed)
    return tissue_load(tissue_stream(columns, held, heights=Heights.BAROMETER), RUNNER)


def summed(minutes: int = 90, seed: int = 0) -> float:
    """The same columns, each summed once."""
    columns, _ = recorded(minutes, seed)
    return float(sum(np.nansum(values) for values in columns.values()))


def summed_year(runs: int) -> float:
    """The streams of so many runs, each column summed once: what telling them from what is kept is held against."""
    return sum(summed(30 + 15 * (n % 40 % 5), n % 40) for n in range(runs))


@cache
def kept(runs: int) -> list[bytes]:
    """A squad's runs as they are stored: half an hour to an hour and a half, forty of them over and over."""
    made = []
    for seed in range(40):
        columns, held = recorded(30 + 15 * (seed % 5), seed)
        made.append(exposure_bytes(exposure_of(tissue_stream(columns, held, heights=Heights.BAROMETER))))
    return [made[n % len(made)] for n in range(runs)]


def squad_year(runs: int, draws: int | None = None) -> TissueLoads:
    """Every run's tissues anew from its bytes."""
    told, drawn = told_and_drawn(
        cells_of_bytes(kept(runs)), [RunConditions(RUNNER)] * runs, default_coefficients(), draws
    )
    return told if drawn is None else drawn


def main() -> None:
    """Print what each costs."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    from_stream(), summed(), squad_year(40, 64)  # loaded and drawn once
    stream_s, sum_s = (min(spent(work) for _ in range(ROUNDS)) for work in (from_stream, summed))
    print(f"90 min, cleaned and weighed: {1e3 * stream_s:6.2f} ms, {stream_s / sum_s:5.0f} x summing its columns")
    columns, held = recorded(90, 0)
    cleaned = tissue_stream(columns, held, heights=Heights.BAROMETER)
    for name, work in (
        ("  cleaning", lambda: tissue_stream(columns, held, heights=Heights.BAROMETER)),
        ("  weighing", lambda: tissue_load(cleaned, RUNNER)),
        ("  what is kept of it", lambda: exposure_bytes(exposure_of(cleaned))),
    ):
        print(f"{name:22} {1e3 * min(spent(work) for _ in range(ROUNDS)):6.2f} ms")
    year_s = min(spent(lambda: squad_year(runs)) for _ in range(ROUNDS))
    size = float(np.mean([len(one) for one in kept(runs)]))
    cells = float(np.mean(cells_of_bytes(kept(40)).lengths))
    print(
        f"{runs} runs from bytes ({cells:.0f} cells, {size:.0f} bytes each): {year_s:.2f} s, {runs / year_s:,.0f} runs/s"
    )
    few = min(runs, 200)
    drawn_s = min(spent(lambda: squad_year(few, 64)) for _ in range(2))
    print(f"with 64 draws: {few / drawn_s:,.0f} runs/s")


if __name__ == "__main__":
    main()

"""Session load: what one imported run pays for it, and how long every session of a squad takes.

    python -m tests.bench.session_load_rate

CPU time of the quickest of many rounds. One run is 90 minutes at one sample a second; the squad is 50 runners with 780 runs
each (ten years), four in five with heart rate. The yardstick is what nobody can avoid: adding up the squad's seconds at
each heart rate once.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from loadmon.load.graded_pace import graded_speed
from loadmon.load.heart_rate import HEART_RATE_BINS, heart_rate_seconds
from loadmon.load.power import weighted_power_w
from loadmon.load.session_load import session_loads

SEED = 20261122
RUNNERS, RUNS, SAMPLES = 50, 780, 5400


def main() -> None:
    """Measure and print."""
    rng = np.random.default_rng(SEED)
    heart, power = rng.normal(150.0, 8.0, SAMPLES), rng.normal(250.0, 20.0, SAMPLES)
    speed, slope = rng.normal(3.0, 0.2, SAMPLES), rng.normal(0.0, 0.03, SAMPLES)
    seconds, moving = np.ones(SAMPLES), np.ones(SAMPLES, dtype=bool)
    for words, work in (
        ("seconds at each heart rate", lambda: heart_rate_seconds(heart, seconds)),
        ("graded speed", lambda: graded_speed(speed, seconds, slope, moving)),
        ("weighted power", lambda: weighted_power_w(power, seconds, moving)),
    ):
        print(f"one run, {words}: {1000 * _least(work, 200):.2f} ms")
    runs, heart_rate, limits = squad(rng)
    whole = _least(lambda: session_loads(runs, heart_rate, limits), 7)
    matrix = heart_rate.to_numpy()
    yardstick = _least(lambda: matrix.sum(axis=1), 7)
    print(
        f"{len(runs)} sessions, every method: {1000 * whole:.0f} ms, {whole / yardstick:.0f} x adding up their seconds"
    )


def squad(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Made-up runs, heart rates and limits, as ``session_loads`` wants them."""
    count = RUNNERS * RUNS
    runner = np.repeat(np.arange(RUNNERS), RUNS)
    runs = pd.DataFrame(
        {
            "session_id": np.arange(count) + 1,
            "athlete_id": runner,
            "is_running": True,
            "excluded": False,
            "distance_m": rng.uniform(4000.0, 20000.0, count),
            "moving_s": rng.uniform(1500.0, 7000.0, count),
            "elapsed_s": rng.uniform(7000.0, 8000.0, count),
            "mean_heart_rate_bpm": 150.0,
            "heart_rate_coverage": 1.0,
            "effort": np.where(rng.random(count) < 0.5, rng.integers(1, 11, count), np.nan),
            "normalised_graded_mps": rng.uniform(2.5, 4.0, count),
            "mean_speed_mps": 3.0,
            "weighted_power_w": np.where(rng.random(count) < 0.3, 250.0, np.nan),
        }
    )
    has = rng.random(count) < 0.8
    seconds = np.zeros((int(has.sum()), len(HEART_RATE_BINS)))
    seconds[:, 90:140] = rng.uniform(0.0, 150.0, (len(seconds), 50))
    heart_rate = pd.DataFrame(seconds, index=pd.Index(runs["session_id"][has]), columns=HEART_RATE_BINS)
    period = np.arange(count) // 200  # limits change a few times in ten years
    limits = pd.DataFrame(
        {
            "rest_heart_rate_bpm": 45.0 + period % 11,
            "max_heart_rate_bpm": 185.0 + runner % 13,
            "threshold_heart_rate_bpm": np.where(runner % 2, 170.0, np.nan),
            "first_threshold_heart_rate_bpm": 142.0,
            "second_threshold_heart_rate_bpm": 166.0,
            "threshold_speed_mps": np.where(runner % 3, 3.8, np.nan),
            "critical_power_w": 280.0,
            "sex": np.array(["female", "male", None], dtype=object)[runner % 3],
        }
    )
    return runs, heart_rate, limits


def _least(work: Callable[[], object], rounds: int) -> float:
    """Processor seconds of the quickest round: what the neighbours do hardly counts."""
    work()
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


if __name__ == "__main__":
    main()

"""What a run does to the body the watch looks at: heart rate, cadence, contact with the ground."""

from __future__ import annotations

import numpy as np
from scipy.signal import lfilter

from loadmon.demo.effort import unrest
from loadmon.demo.people import Person
from loadmon.report.activity import Column

HEART_LAG_S = 38.0
STANDING_MPS, RUNNING_MPS = 0.5, 1.9


def heart_rate(person: Person, flat_mps: Column, rng: np.random.Generator) -> Column:
    """Beats a minute at 1 Hz: follows the effort with a lag, drifts up over an hour, differs from day to day."""
    reserve = person.max_hr - person.rest_hr
    asked = np.clip(0.86 * flat_mps / person.threshold_mps, 0.25, 1.0)
    hours = np.arange(len(flat_mps)) / 3600.0
    target = person.rest_hr + reserve * asked * (1.0 + 0.035 * hours) + float(rng.normal(0.0, 2.0))
    keep = float(np.exp(-1.0 / HEART_LAG_S))
    begin = person.rest_hr + 0.28 * reserve
    lagged, _ = lfilter([1.0 - keep], [1.0, -keep], target, zi=[keep * begin])
    beats = lagged + unrest(rng, len(flat_mps), 1.3, 20.0)
    return np.asarray(np.clip(np.rint(beats), 40, person.max_hr), dtype=np.float64)


def cadence(
    person: Person, speed_mps: Column, grade: Column, shift_spm: float, treadmill: bool, rng: np.random.Generator
) -> Column:
    """Steps a minute at 1 Hz: the runner's own at 3.0 m/s, more when faster, less when tired; 0 when standing."""
    hours = np.arange(len(speed_mps)) / 3600.0
    running = (
        person.cadence
        + shift_spm
        + person.cadence_slope * (speed_mps - 3.0)
        + 12.0 * grade
        - 1.2 * hours
        + (2.0 if treadmill else 0.0)
        + float(rng.normal(0.0, 0.6))
        + unrest(rng, len(speed_mps), 1.2, 10.0)
    )
    walking = 108.0 + 14.0 * (speed_mps - 1.4) + unrest(rng, len(speed_mps), 2.0, 10.0)
    steps = np.where(speed_mps >= RUNNING_MPS, running, walking)
    return np.rint(np.where(speed_mps < STANDING_MPS, 0.0, np.clip(steps, 60.0, 230.0)))


def dynamics(person: Person, speed_mps: Column, steps_spm: Column, rng: np.random.Generator) -> dict[str, Column]:
    """Contact time, bounce, balance, step length and their ratio; NaN where the runner is not running."""
    count = len(speed_mps)
    running = (speed_mps >= RUNNING_MPS) & (steps_spm > 120.0)
    quick = steps_spm - person.cadence
    stance = person.stance_s - 0.030 * (speed_mps - 3.0) - 0.0007 * quick + unrest(rng, count, 0.004, 15.0)
    bounce = person.oscillation_m + 0.002 * (speed_mps - 3.0) - 0.0006 * quick + unrest(rng, count, 0.002, 15.0)
    balance = person.balance_left_pct + float(rng.normal(0.0, 0.15)) + unrest(rng, count, 0.4, 60.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        step = 60.0 * speed_mps / steps_spm
        ratio = 100.0 * bounce / step
    columns = {
        "stance_time_s": stance,
        "vertical_oscillation_m": bounce,
        "stance_balance_left_pct": balance,
        "step_length_m": step,
        "vertical_ratio_pct": ratio,
    }
    return {name: np.where(running, values, np.nan) for name, values in columns.items()}


def power(person: Person, flat_mps: Column, rng: np.random.Generator) -> Column:
    """Watts as a foot pod tells them: about one and a bit a kilogram for each m/s on the flat."""
    return np.asarray(np.rint(person.mass_kg * 1.04 * flat_mps * (1.0 + unrest(rng, len(flat_mps), 0.03, 8.0))))

"""What is kept of running alone: steady windows, flat ground, force, power, speed with its hills reckoned in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.facts.ground import ground_of
from loadmon.facts.seconds import Flags, Floats, median, weighted_mean
from loadmon.facts.steps import peak_force_bw_steps
from loadmon.gait.decoupling import decoupling
from loadmon.gait.windows import cadence_windows
from loadmon.load.graded_pace import graded_speed, level_speed
from loadmon.load.power import weighted_power_w
from loadmon.session import Session

NOT_RUNNING: dict[str, Any] = {
    "flat_speed_mps": None, "flat_cadence_spm": None, "flat_stance_time_s": None, "peak_force_bw_steps": None,
    "mean_power_w": None, "weighted_power_w": None, "power_coverage": None,
    "mean_graded_mps": None, "normalised_graded_mps": None, "graded_reason": None,
    "grade_known": False, "grade_reason": None, "grade_clamped": None,
    "decoupling_pct": None, "decoupling_reason": None,
}  # fmt: skip
"""The same facts of a session that is no run: nobody asks for them, so there is no reason either."""


def facts_of_running(
    session: Session, columns: dict[str, Floats], seconds: Floats, moving: Flags, indoor: bool
) -> dict[str, Any]:
    """The facts of ``RunFacts`` that only a run has, by name.

    Parameters
    ----------
    session : Session
    columns : dict of arrays of shape (n,)
        Its stream's columns by name.
    seconds, moving : arrays of shape (n,)
        What each sample stands for, and whether the runner moved.
    indoor : bool
        On a treadmill.
    """
    ground = ground_of(session, columns, indoor)
    windows = cadence_windows(columns, indoor, ground=(ground.speed_mps, ground.slope))
    mean_power_w, power_coverage = weighted_mean(columns["power_w"], seconds)
    graded = graded_speed(ground.speed_mps, seconds, ground.slope, moving)
    decoupled = decoupling(
        columns["t_s"], seconds, level_speed(ground.speed_mps, ground.slope), columns["heart_rate_bpm"]
    )
    return {
        "cadence_windows": windows,
        "peak_force_bw_steps": peak_force_bw_steps(
            seconds, columns["cadence_spm"], columns["speed_mps"], columns["stance_time_s"]
        ),
        "mean_power_w": mean_power_w,
        "weighted_power_w": weighted_power_w(columns["power_w"], seconds, moving),
        "power_coverage": power_coverage,
        "mean_graded_mps": graded.mean_mps,
        "normalised_graded_mps": graded.normalised_mps,
        "graded_reason": graded.reason,
        "grade_known": ground.known,
        "grade_reason": ground.reason,
        "grade_clamped": graded.clamped if ground.known else None,
        "decoupling_pct": decoupled.percent,
        "decoupling_reason": decoupled.reason,
        **_on_the_flat(windows),
    }


def _on_the_flat(windows: pd.DataFrame) -> dict[str, float | None]:
    """Middle speed, cadence and contact of the windows on nearly level ground in which all were measured."""
    names = ("speed_mps", "cadence_spm", "stance_time_s")
    stance = windows["stance_time_s"].to_numpy()
    if np.isnan(stance).all():
        return dict.fromkeys((f"flat_{name}" for name in names), None)
    slope = windows["uphill"].to_numpy() + windows["downhill"].to_numpy()
    level = windows["grade_known"].to_numpy(dtype=bool) & (slope <= evidence.FLAT_GRADE.value) & np.isfinite(stance)
    return {f"flat_{name}": median(windows[name].to_numpy()[level]) for name in names}

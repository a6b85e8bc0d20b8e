"""What is kept of running alone: steady windows, power, speed with its hills reckoned in."""

from __future__ import annotations

from typing import Any

from loadmon.facts.ground import ground_of
from loadmon.facts.seconds import Flags, Floats
from loadmon.gait.decoupling import decoupling
from loadmon.gait.windows import cadence_windows
from loadmon.load.graded_pace import graded_speed, level_speed
from loadmon.load.power import weighted_power_w
from loadmon.session import Session

NOT_RUNNING: dict[str, Any] = {
    "weighted_power_w": None, "normalised_graded_mps": None, "graded_reason": None,
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
    graded = graded_speed(ground.speed_mps, seconds, ground.slope, moving)
    decoupled = decoupling(
        columns["t_s"], seconds, level_speed(ground.speed_mps, ground.slope), columns["heart_rate_bpm"]
    )
    return {
        "cadence_windows": windows,
        "weighted_power_w": weighted_power_w(columns["power_w"], seconds, moving),
        "normalised_graded_mps": graded.normalised_mps,
        "graded_reason": graded.reason,
        "grade_known": ground.known,
        "grade_reason": ground.reason,
        "grade_clamped": graded.clamped if ground.known else None,
        "decoupling_pct": decoupled.percent,
        "decoupling_reason": decoupled.reason,
    }

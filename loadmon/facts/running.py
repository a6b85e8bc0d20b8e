"""What is kept of running alone: steady windows, power, speed with its hills reckoned in."""

from __future__ import annotations

from typing import Any

from loadmon import evidence
from loadmon.facts.exposure import exposure_facts
from loadmon.facts.ground import ground_of
from loadmon.facts.seconds import Flags, Floats, unrecorded_seconds
from loadmon.gait.decoupling import decoupling
from loadmon.gait.windows import cadence_windows
from loadmon.load.graded_pace import graded_speed, level_speed
from loadmon.load.power import weighted_power_w
from loadmon.measure import NOT_A_RUN, SPEED_COVERAGE
from loadmon.session import Session

NOT_RUNNING: dict[str, Any] = {
    "weighted_power_w": None, "normalised_graded_mps": None, "graded_reason": None,
    "grade_known": False, "grade_reason": None, "grade_clamped": None,
    "decoupling_pct": None, "decoupling_reason": None,
    "exposure": None, "exposure_reason": NOT_A_RUN,
}  # fmt: skip
"""The same facts of a session that is no run: hardly anybody asks for them."""
_PART_ONLY: dict[str, Any] = {
    "weighted_power_w": None, "normalised_graded_mps": None, "graded_reason": SPEED_COVERAGE,
    "decoupling_pct": None, "decoupling_reason": SPEED_COVERAGE,
}  # fmt: skip
"""What the samples of a run cannot tell where over a fifth of it has none."""


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
    part_only = {} if _speaks_for_the_whole(session, seconds) else _PART_ONLY
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
        **exposure_facts(session, columns, seconds, ground, indoor),
    } | part_only


def _speaks_for_the_whole(session: Session, seconds: Floats) -> bool:
    unrecorded_s = unrecorded_seconds(session, seconds)
    return unrecorded_s <= (1.0 - evidence.SPEED_COVERAGE.value) * session.timer_s

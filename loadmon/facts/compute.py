"""Computing the facts of one session."""

from __future__ import annotations

from typing import Any

import numpy as np

from loadmon.facts.columns import measured_in
from loadmon.facts.run_facts import FACTS_VERSION, RunFacts
from loadmon.facts.running import NOT_RUNNING, facts_of_running
from loadmon.facts.seconds import Flags, Floats, known, median, recorded_seconds, unrecorded_seconds, weighted_mean
from loadmon.facts.sport import counts_as_running, distance_of
from loadmon.facts.steps import WALKING_BELOW_SPM, steps_of
from loadmon.load.heart_rate import heart_rate_seconds
from loadmon.readers.frame import columns_of
from loadmon.readers.moving import MOVING_MPS, MOVING_SPM
from loadmon.repair.words import left_out
from loadmon.session import Session, Sport


def facts_of(session: Session) -> RunFacts:
    """Everything worth keeping about one session, from its stream and from what the device declared.

    Parameters
    ----------
    session : Session
        As the readers give it: clean stream, SI units.

    Returns
    -------
    RunFacts
        Never raises for missing channels: they become None with a reason.
    """
    columns = columns_of(session.stream)
    seconds = recorded_seconds(session)
    unrecorded_s = unrecorded_seconds(session, seconds)
    cadence, speed = columns["cadence_spm"], columns["speed_mps"]
    moving = (speed >= MOVING_MPS) | (cadence >= MOVING_SPM)
    distance_m, distance_source, distance_reason = distance_of(session)
    is_running, sport_reason = counts_as_running(session, cadence, moving, distance_m)
    steps, walk_steps, steps_reason = steps_of(seconds, cadence, speed, unrecorded_s)
    if steps is None and left_out(session, "cadence_spm"):
        steps_reason = "cadence was left out by a correction"
    if session.source.format == "table":
        steps_reason = "it comes from a table and has no samples"
    indoor = session.sport in (Sport.TREADMILL_RUN, Sport.VIRTUAL_RUN)
    return RunFacts(
        version=FACTS_VERSION,
        sport=session.sport.value,
        sub_sport=session.sub_sport,
        is_running=is_running,
        sport_reason=sport_reason,
        indoor=indoor,
        start_utc=session.start,
        local_day=session.local_day,
        utc_offset_s=session.utc_offset_s,
        offset_origin=session.offset_origin.value,
        elapsed_s=known(session.elapsed_s),
        timer_s=known(session.timer_s),
        moving_s=known(session.moving_s),
        distance_m=distance_m,
        distance_source=distance_source,
        distance_reason=distance_reason,
        mean_speed_mps=distance_m / session.moving_s if distance_m is not None and session.moving_s > 0 else None,
        ascent_m=session.totals.ascent_m,
        steps=steps,
        walk_steps=walk_steps,
        steps_reason=steps_reason,
        median_cadence_spm=median(cadence[moving & (cadence > 0)]),
        device=session.device.label,
        device_serial_hash=session.device.serial_hash,
        samples=len(speed),
        measured=measured_in(columns),
        **_heart(session, columns["heart_rate_bpm"], seconds, unrecorded_s),
        **_middles(columns, moving & (np.isnan(cadence) | (cadence >= WALKING_BELOW_SPM))),
        **(facts_of_running(session, columns, seconds, moving, indoor) if is_running else NOT_RUNNING),
    )


def _heart(session: Session, beats: Floats, seconds: Floats, unrecorded_s: float) -> dict[str, Any]:
    """Mean, highest, coverage and the seconds at each beat; a session from a table has what the table says of it."""
    mean, coverage = weighted_mean(beats, seconds, unrecorded_s)
    measured = not np.isnan(beats).all()
    highest = float(np.nanmax(beats)) if measured else None
    if not len(beats):
        mean, highest = session.totals.mean_heart_rate_bpm, session.totals.max_heart_rate_bpm
    return {
        "mean_heart_rate_bpm": mean,
        "max_heart_rate_bpm": highest,
        "heart_rate_coverage": coverage,
        "heart_rate_seconds": heart_rate_seconds(beats, seconds) if measured else np.empty(0),
    }


def _middles(columns: dict[str, Floats], running: Flags) -> dict[str, Any]:
    """Middle values of the running dynamics while running."""
    names = (
        "stance_time_s", "vertical_oscillation_m", "step_length_m", "stance_balance_left_pct", "vertical_ratio_pct",
    )  # fmt: skip
    return {f"median_{name}": median(columns[name][running]) for name in names}

"""What planned runs would do to a tissue, by the same ledger that tells of real ones: level ground, even speed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from loadmon.planning.planned_run import PlannedRun
from loadmon.tissue.coefficients import Coefficients, default_coefficients
from loadmon.tissue.exposure import exposure_of
from loadmon.tissue.loads import RunConditions
from loadmon.tissue.recompute import recomputed
from loadmon.tissue.runner import RunnerReference
from loadmon.tissue.stream import TissueStream

WALKING_MPS, WALKING_SPM = 1.5, 110.0
STRIDE_FACTOR = 1.4
"""A stride is run so much faster than the rest (loadmon convention)."""


def planned_tissue(
    runs: Sequence[PlannedRun], runner: RunnerReference, coefficients: Coefficients | None = None
) -> dict[str, tuple[float, ...]]:
    """Metres of the runner's own level running that each planned run is worth to each tissue.

    Parameters
    ----------
    runs : sequence of PlannedRun
    runner : RunnerReference
        As the runner's tissue sheet has it.
    coefficients : Coefficients, optional

    Returns
    -------
    dict of tissue to tuple of float
        One number a run, in their order; empty without runs.
    """
    if not runs:
        return {}
    numbers = coefficients or default_coefficients()
    exposures = [exposure_of(_stream(run), numbers) for run in runs]
    told = recomputed(exposures, [RunConditions(runner)] * len(runs), numbers)
    return {tissue: tuple(told.damage_m[0, place].tolist()) for place, tissue in enumerate(told.tissues)}


def _stream(run: PlannedRun) -> TissueStream:
    easy_s = run.run_s - run.fast_s
    seconds = np.array([easy_s, run.fast_s, run.walk_s])
    speed = np.array([run.speed_mps, run.speed_mps * STRIDE_FACTOR, WALKING_MPS])
    cadence = np.array([np.nan if run.cadence_spm is None else run.cadence_spm, np.nan, WALKING_SPM])
    return TissueStream(seconds, speed, cadence, np.zeros(3))

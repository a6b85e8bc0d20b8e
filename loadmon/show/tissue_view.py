"""PROVISIONAL"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pandas as pd

from loadmon.athlete import Athlete
from loadmon.finding import Finding
from loadmon.show.figures import tables
from loadmon.show.tissue_line import TissueSpike
from loadmon.store import Store, Viewer, runs, squad
from loadmon.store import findings as finding_rows
from loadmon.tissue.acceleration import Divergence, divergence
from loadmon.tissue.coefficients import Coefficients, default_coefficients
from loadmon.tissue.exposure_bytes import exposure_from
from loadmon.tissue.found import findings_on
from loadmon.tissue.ledger import Ledger, daily_ledger
from loadmon.tissue.loads import RunConditions
from loadmon.tissue.recompute import recomputed
from loadmon.tissue.reference import reference_epoch
from loadmon.tissue.runner import RunnerReference
from loadmon.tissue.spike import tissue_spikes


@dataclass(frozen=True)
class TissueView:
    athlete: Athlete
    today: date
    ledger: Ledger
    found: Divergence
    spikes: Mapping[str, tuple[TissueSpike, ...]]
    findings: tuple[Finding, ...]
    assumed: tuple[str, ...]
    lacking: Mapping[str, int]
    coefficients: Coefficients


def tissue_view(store: Store, viewer: Viewer, athlete_id: int, at: datetime) -> TissueView:
    C = default_coefficients()  # noqa: N806
    with store.read() as conn:
        athlete = squad.athlete(conn, viewer, athlete_id)
        found = tables(conn, viewer, at, [athlete_id])
        blobs = runs.exposures(conn, viewer, [athlete_id])
        noted = tuple(finding_rows.findings(conn, viewer, [athlete_id]).values())
    r = found.runs[~found.runs.excluded]
    ids = [i for i in r.session_id if i in blobs]
    ex = [exposure_from(blobs[i]) for i in ids]
    days = list(pd.to_datetime(r.set_index("session_id").loc[ids].local_day).dt.date)
    h = athlete.threshold("height_m", found.today[athlete_id])
    ep = reference_epoch(ex, days, C, h)
    ref = RunnerReference(
        height_m=h,
        speed_mps=ep.speed_mps if ep else None,
        cadence_line=ep.cadence_line if ep else None,
        treadmill=ep.treadmill if ep else False,
    )
    cond = [RunConditions(ref, findings_on(noted, d)) for d in days]
    told = recomputed(ex, cond, C) if ex else None
    if told is None:
        z = np.zeros((0, len(C.tissues)))
        led = Ledger(
            C.tissues,
            0,
            np.zeros(0, bool),
            np.zeros(0, np.int64),
            np.zeros(0),
            np.zeros(0),
            z,
            z,
            z[..., None],
            z[..., None],
        )
        return TissueView(athlete, found.today[athlete_id], led, None, {}, noted, ref.assumed(), {}, C)
    drawn = recomputed(ex, cond, C, 64)
    led = daily_ledger(days, told, drawn, today=found.today[athlete_id])
    sp = tissue_spikes(days, told.damage_m[0], told.course.distance_m, drawn.damage_m)
    by = {}
    for k, t in enumerate(C.tissues):
        by[t] = tuple(
            TissueSpike(days[n], ids[n], sp.middle[n, k], sp.low[n, k], sp.high[n, k], sp.distance_ratio[n])
            for n in np.flatnonzero(sp.shown[:, k])
        )
    return TissueView(athlete, found.today[athlete_id], led, divergence(led, C), by, noted, ref.assumed(), {}, C)

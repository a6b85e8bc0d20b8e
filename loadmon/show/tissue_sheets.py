"""Tissue sheets from the store: one reading of the tables, then only pure functions. Knows nothing of Streamlit."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
from sqlalchemy import Connection

from loadmon.days import DayState, day_numbers, day_of_number
from loadmon.show.figures import Tables, tables
from loadmon.store import Store, Viewer, findings, runs
from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.draws import DRAWS
from loadmon.tissue.kept_loads import KeptLoads
from loadmon.tissue.sheet import TissueSheet, tissue_sheet


def tissue_sheets(
    store: Store,
    viewer: Viewer,
    at: datetime,
    athlete_ids: list[int] | None = None,
    *,
    on: date | None = None,
    draws: int | None = DRAWS,
    with_assumed: bool = False,
    coefficients: Coefficients | None = None,
    kept: KeptLoads | None = None,
) -> dict[int, TissueSheet]:
    """What the tissues of the runners a viewer may see took, from what is kept of their runs.

    Second recordings of one run, sessions taken out and those whose day has not come count in no number, as everywhere.

    Parameters
    ----------
    store, viewer
        Where from, and whose eyes.
    at : datetime
        This moment, aware; each runner's today follows from it.
    athlete_ids : list of int | None
        Only these runners.
    on : date | None
        As of which earlier day; None for each runner's today.
    draws : int | None
        None for no intervals and no calls: a quarter of the work.
    with_assumed : bool
        Also rank tissues whose numbers are nearly all assumptions.
    coefficients : Coefficients | None
        None for those that ship with loadmon.
    kept : KeptLoads | None
        Where runs told before are found.

    Returns
    -------
    dict of athlete to TissueSheet
        Everyone asked for, those without a run too.
    """
    with store.read() as conn:
        return sheets_of(
            conn, viewer, tables(conn, viewer, at, athlete_ids), athlete_ids,
            on=on, draws=draws, with_assumed=with_assumed, coefficients=coefficients, kept=kept,
        )  # fmt: skip


def sheets_of(
    conn: Connection,
    viewer: Viewer,
    found: Tables,
    athlete_ids: list[int] | None = None,
    *,
    on: date | None = None,
    draws: int | None = DRAWS,
    with_assumed: bool = False,
    coefficients: Coefficients | None = None,
    kept: KeptLoads | None = None,
) -> dict[int, TissueSheet]:
    """The same where the runners' tables were read already, as ``figures.tables`` does."""
    exposures = runs.exposures(conn, viewer, athlete_ids)
    noted = list(findings.findings(conn, viewer, athlete_ids).values())
    counted = found.runs[(~found.runs["excluded"] & found.runs["is_running"]).to_numpy(dtype=bool)]
    owner = counted["athlete_id"].to_numpy(dtype=np.int64)
    line = found.timeline
    lost = line[(line["state"] == DayState.UNKNOWN.value).to_numpy()]
    lost_owner, lost_day = lost["athlete_id"].to_numpy(dtype=np.int64), day_numbers(lost["local_day"])
    sheets = {}
    for athlete in found.athletes:
        today = found.today[athlete.id]
        sheets[athlete.id] = tissue_sheet(
            athlete,
            counted[owner == athlete.id],
            exposures,
            today=today if on is None else min(on, today),
            found=[one for one in noted if one.athlete_id == athlete.id],
            unknown=[day_of_number(int(n)) for n in lost_day[lost_owner == athlete.id]],
            coefficients=coefficients,
            draws=draws,
            kept=kept,
            with_assumed=with_assumed,
        )
    return sheets

"""Tissue sheets from the store: one reading of the tables, then only pure functions. Knows nothing of Streamlit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np
from sqlalchemy import Connection

from loadmon.days import DayState, day_numbers, day_of_number
from loadmon.measure import FACTS_WAIT, NOT_COUNTED
from loadmon.show.figures import Tables, tables
from loadmon.store import Store, Viewer, findings, runs
from loadmon.tissue.call import Calls
from loadmon.tissue.coefficients import Coefficients, default_coefficients
from loadmon.tissue.draws import DRAWS
from loadmon.tissue.exposure_bytes import exposure_from
from loadmon.tissue.kept_loads import KeptLoads
from loadmon.tissue.makeup import MakeUp, make_up
from loadmon.tissue.run_told import RunTold, run_told
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
        found = tables(conn, viewer, at, athlete_ids)
        told = sheets_of(
            conn, viewer, found, athlete_ids, on=on, draws=draws, with_assumed=with_assumed,
            coefficients=coefficients, kept=kept,
        )  # fmt: skip
        return {sheet.athlete_id: sheet for sheet in told}


def tissue_calls(
    store: Store, viewer: Viewer, at: datetime, *, with_assumed: bool = False, kept: KeptLoads | None = None
) -> dict[int, Calls | None]:
    """Which tissues stand out of each runner a viewer may see, by runner; None for those without a day to tell of.

    Parameters
    ----------
    store, viewer, at, with_assumed, kept
        As for ``tissue_sheets``; the sheets themselves are let go of one by one.
    """
    with store.read() as conn:
        found = tables(conn, viewer, at)
        told = sheets_of(conn, viewer, found, with_assumed=with_assumed, kept=kept)
        return {sheet.athlete_id: sheet.calls for sheet in told}


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
) -> Iterator[TissueSheet]:
    """The sheets one after the other, where the runners' tables were read already, as ``figures.tables`` does."""
    exposures = runs.exposures(conn, viewer, athlete_ids)
    noted = list(findings.findings(conn, viewer, athlete_ids).values())
    counted = found.runs[["athlete_id", "session_id", "local_day", "exposure_reason"]]
    counted = counted[(~found.runs["excluded"] & found.runs["is_running"]).to_numpy(dtype=bool)]
    owner = counted["athlete_id"].to_numpy(dtype=np.int64)
    line = found.timeline
    lost = line[(line["state"] == DayState.UNKNOWN.value).to_numpy()]
    lost_owner, lost_day = lost["athlete_id"].to_numpy(dtype=np.int64), day_numbers(lost["local_day"])
    for athlete in found.athletes:
        today = found.today[athlete.id]
        yield tissue_sheet(
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


def make_ups(store: Store, viewer: Viewer, sheet: TissueSheet, since: date) -> list[tuple[date, MakeUp]]:
    """What made each of a runner's runs so, from a day on, by the day of the run; those of which nothing is told are left out.

    Parameters
    ----------
    store, viewer
        Where from, and whose eyes.
    sheet : TissueSheet
        The runner's.
    since : date
    """
    with store.read() as conn:
        kept = runs.exposures(conn, viewer, [sheet.athlete_id], since=since)
    found = []
    for day, number, held in zip(sheet.runs.day, sheet.runs.session_id, sheet.runs.conditions, strict=True):
        data = kept.get(int(number))
        if data is not None and held is not None and day >= since:
            made = make_up(exposure_from(data), held, default_coefficients())
            found += [] if made is None else [(day, made)]
    return found


def tissue_run(
    store: Store, viewer: Viewer, sheet: TissueSheet, session_id: int, *, kept: KeptLoads | None = None
) -> tuple[RunTold | None, str | None]:
    """What one run did to its runner's tissues, and the code why there is nothing or why it tells of a part only.

    Of a session that is no run its facts say so (``exposure_reason``); here it counts as one that does not count.

    Parameters
    ----------
    store, viewer
        Where from, and whose eyes.
    sheet : TissueSheet
        The runner's.
    session_id : int
    kept : KeptLoads | None
        Where runs told before are found.
    """
    row = sheet.runs.row_of(session_id)
    if row is None:
        return None, NOT_COUNTED
    conditions, reason = sheet.runs.conditions[row], sheet.runs.reason[row]
    with store.read() as conn:
        data = runs.exposures(conn, viewer, [sheet.athlete_id], since=sheet.runs.day[row]).get(session_id)
    if conditions is None or data is None:
        return None, reason or FACTS_WAIT
    return run_told(data, conditions, kept=kept), reason

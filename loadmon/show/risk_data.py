"""What a store holds, as the record that injury risk is told from. Knows nothing of Streamlit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.days import day_of_number
from loadmon.planning.check_in import WELLNESS, CheckIn
from loadmon.risk.design import Design, Record, design_today, weekly_design
from loadmon.risk.estimate import RiskEstimate, estimates
from loadmon.risk.fit import Fit
from loadmon.show.figures import tables
from loadmon.show.tissue_sheets import sheets_of
from loadmon.store import Store, Viewer, check_ins, findings, injury_record, risk_fits, squad
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.divergence_told import KNOWN
from loadmon.tissue.kept_loads import KeptLoads
from loadmon.tissue.sheet import TissueSheet

ASSUMED = "D"


def record_of(
    store: Store, viewer: Viewer, at: datetime, athlete_ids: list[int] | None = None, kept: KeptLoads | None = None
) -> Record:
    """Runs, days, injuries, findings and tissues of the runners a viewer may see.

    Parameters
    ----------
    store, viewer
        Where from, and whose eyes.
    at : datetime
        This moment, aware.
    athlete_ids : list of int | None
        Only these runners.
    kept : KeptLoads | None
        Where the tissue loads of runs told before are found.
    """
    with store.read() as conn:
        found = tables(conn, viewer, at, athlete_ids)
        noted = tuple(findings.findings(conn, viewer, athlete_ids).values())
        called = tissue_called(sheets_of(conn, viewer, found, athlete_ids, draws=None, kept=kept))
        told = check_ins.check_ins(conn, viewer, athlete_ids, kind=WELLNESS).values()
        begins = injury_record.begins(conn, viewer, athlete_ids)
    return Record(
        found.timeline,
        found.runs,
        tuple(found.injuries.values()),
        noted,
        tuple(found.athletes),
        found.unknown,
        called,
        wellness_table(told),
        begins,
    )


def club_record(store: Store, viewer: Viewer, at: datetime, kept: KeptLoads | None = None) -> Record:
    """The same of a whole club; made-up runners of the sample squad are in it only where there are no others."""
    with store.read() as conn:
        everyone = squad.athletes(conn, viewer)
    real = [one.id for one in everyone if not one.is_sample]
    return record_of(store, viewer, at, real or [one.id for one in everyone], kept)


def wellness_table(told: Iterable[CheckIn]) -> pd.DataFrame:
    """Sleep and fatigue as runners answered them, a row a check-in; what was left open is missing."""
    rows = [(one.athlete_id, one.day, one.answers.get("sleep"), one.answers.get("fatigue")) for one in told]
    table = pd.DataFrame(rows, columns=["athlete_id", "local_day", "sleep", "fatigue"])
    return table.astype({"sleep": "float64", "fatigue": "float64"})


def tissue_called(sheets: Iterable[TissueSheet]) -> pd.DataFrame:
    """On which days of whom a tissue's load grew faster than the steps by the middle numbers; only days of which it is known."""
    known = default_coefficients()
    limit = np.log1p(evidence.DIVERGENCE.value / 100.0)
    parts = []
    for sheet in sheets:
        told = sheet.divergence
        weighed = np.array([known.tissue[name].grade != ASSUMED for name in told.tissues], dtype=bool)
        if not len(told.state):
            continue
        state, middle = told.state[:, weighed], told.middle[:, weighed]
        there = np.flatnonzero((state == KNOWN).any(axis=1))
        days = [day_of_number(told.first_day + int(row)) for row in there]
        called = (np.nan_to_num(middle[there], nan=-np.inf) > limit).any(axis=1)
        parts.append(pd.DataFrame({"athlete_id": sheet.athlete_id, "local_day": days, "called": called}))
    return (
        pd.concat(parts, ignore_index=True)
        if parts
        else pd.DataFrame({"athlete_id": pd.Series(dtype="int64"), "local_day": [], "called": []})
    )


def estimates_of(record: Record, fit: Fit) -> dict[int, RiskEstimate]:
    """What can be told today of everyone in a record."""
    past: Design = weekly_design(record)
    return estimates(design_today(record), past, fit)


def fit_in_use(store: Store, viewer: Viewer) -> Fit:
    """The fit that every estimate stands on."""
    with store.read() as conn:
        return risk_fits.adopted_fit(conn, viewer)

"""From the store to what a page shows of tissues: a runner's sheet as of a day, and one session's part in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from loadmon.athlete import Athlete
from loadmon.days import week_start
from loadmon.finding import Finding
from loadmon.measure import FACTS_WAIT, NOT_A_RUN, NOT_COUNTED
from loadmon.show.run_tissue import SessionTissues, run_tissues
from loadmon.show.tissue_line import TissueSpike
from loadmon.show.tissue_sheets import tissue_sheets
from loadmon.show.words import day_of_year
from loadmon.store import Store, Viewer, findings, runs, squad
from loadmon.tissue.coefficients import Coefficients, default_coefficients
from loadmon.tissue.conditions import conditions_of
from loadmon.tissue.exposure_bytes import exposure_from, is_current
from loadmon.tissue.kept_loads import KeptLoads
from loadmon.tissue.sheet import TissueSheet
from loadmon.tissue.week import WEEK

KEPT = KeptLoads()
"""Loads of runs that were told before, for every page of this process."""


@dataclass(frozen=True)
class TissueView:
    """A runner's tissues as of a day.

    Parameters
    ----------
    athlete : Athlete
    sheet : TissueSheet
    spikes : mapping of tissue to tuple of TissueSpike
        Those that are told, in the order of the runs.
    findings : tuple of Finding
        Of the runner, in the order in which they were noted.
    coefficients : Coefficients
    """

    athlete: Athlete
    sheet: TissueSheet
    spikes: Mapping[str, tuple[TissueSpike, ...]]
    findings: tuple[Finding, ...]
    coefficients: Coefficients

    @property
    def lacking(self) -> dict[str, int]:
        """How many runs there is nothing to tell of, or only of a part, by the code of the reason."""
        found: dict[str, int] = {}
        for code in self.sheet.runs.reason:
            if code is not None:
                found[code] = found.get(code, 0) + 1
        return found


def tissue_view(
    store: Store, viewer: Viewer, athlete_id: int, at: datetime, *, on: date | None = None, with_assumed: bool = False
) -> TissueView:
    """A runner's tissues as of a day.

    Parameters
    ----------
    store, viewer, athlete_id
        Whose tissues, and whose eyes.
    at : datetime
        This moment, aware.
    on : date | None
        As of which earlier day; None for the runner's today.
    with_assumed : bool
        Also name tissues whose numbers are nearly all assumptions.
    """
    with store.read() as conn:
        athlete = squad.athlete(conn, viewer, athlete_id)
        noted = tuple(findings.findings(conn, viewer, [athlete_id]).values())
    sheets = tissue_sheets(store, viewer, at, [athlete_id], on=on, with_assumed=with_assumed, kept=KEPT)
    sheet = sheets[athlete_id]
    return TissueView(athlete, sheet, spikes_of(sheet), noted, default_coefficients())


def spikes_of(sheet: TissueSheet) -> dict[str, tuple[TissueSpike, ...]]:
    """The runs that did more to a tissue than any of the 30 days before, by tissue."""
    return {
        tissue: tuple(_spike(sheet, int(row), place) for row in np.flatnonzero(sheet.spikes.shown[:, place]))
        for place, tissue in enumerate(sheet.tissues)
    }


def _spike(sheet: TissueSheet, row: int, place: int) -> TissueSpike:
    found = sheet.spikes
    middle, low, high = (float(part[row, place]) for part in (found.middle, found.low, found.high))
    return TissueSpike(
        day=sheet.runs.day[row],
        session_id=int(sheet.runs.session_id[row]),
        ratio=middle,
        low=low,
        high=high,
        distance_ratio=float(found.distance_ratio[row]),
        provisional=bool(found.provisional[row]),
    )


def session_tissues(store: Store, viewer: Viewer, athlete_id: int, session_id: int, at: datetime) -> SessionTissues:
    """What one session did to a runner's tissues, or why that cannot be told.

    Parameters
    ----------
    store, viewer, athlete_id, session_id
        Which session, and whose eyes.
    at : datetime
        This moment, aware.
    """
    view = tissue_view(store, viewer, athlete_id, at)
    sheet, numbers = view.sheet, view.coefficients
    with store.read() as conn:
        table = runs.runs_table(conn, viewer, [athlete_id]).set_index("session_id")
        data = runs.exposures(conn, viewer, [athlete_id]).get(session_id, b"")
    row = sheet.runs.row_of(session_id)
    if row is None or not data or not is_current(data):
        runs_here = bool(table.loc[session_id, "is_running"])
        code = NOT_A_RUN if not runs_here else NOT_COUNTED if row is None else sheet.runs.reason[row] or FACTS_WAIT
        return SessionTissues(numbers, None, None, 0.0, (), (), {}, code)
    (held,) = conditions_of(
        [sheet.runs.day[row]],
        view.athlete,
        view.findings,
        sheet.epoch,
        today=sheet.today,
        treadmill=sheet.reference.treadmill,
    )
    spikes = {tissue: one for tissue, told in view.spikes.items() for one in told if one.session_id == session_id}
    return run_tissues(exposure_from(data), held, numbers, sheet.runs.flags[row], spikes, sheet.runs.reason[row])


def weeks_of(sheet: TissueSheet) -> dict[str, str]:
    """The ISO weeks of a sheet in words, by their Monday, the running one first."""
    mondays = sorted({one.date() for one in sheet.weeks["week"]}, reverse=True)
    now = week_start(sheet.today)
    return {
        monday.isoformat(): f"{'this week, since Monday' if monday == now else 'week of Monday'}, {day_of_year(monday)}"
        for monday in mondays
    }


def week_of(monday: date) -> date:
    """The last day of a week."""
    return monday + timedelta(days=WEEK - 1)

"""A runner's tissues as their page shows them: the sheet, the runs that stand out, the findings, the weeks to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from loadmon.athlete import Athlete
from loadmon.days import week_start
from loadmon.finding import Finding
from loadmon.show.tissue_line import TissueSpike
from loadmon.show.words import day_of_year
from loadmon.tissue.coefficients import Coefficients, default_coefficients
from loadmon.tissue.sheet import TissueSheet
from loadmon.tissue.spike import BANDS
from loadmon.tissue.week import WEEK, latest_week


@dataclass(frozen=True)
class TissueView:
    """A runner's tissues as of a day.

    Parameters
    ----------
    athlete : Athlete
    sheet : TissueSheet
    findings : tuple of Finding
        Of the runner, in the order in which they were noted.
    """

    athlete: Athlete
    sheet: TissueSheet
    findings: tuple[Finding, ...] = ()

    @property
    def coefficients(self) -> Coefficients:
        """The numbers its sheet was told with."""
        return default_coefficients()

    @property
    def lacking(self) -> dict[str, int]:
        """How many runs there is nothing to tell of, or only of a part, by the code of the reason."""
        found: dict[str, int] = {}
        for code in self.sheet.runs.reason:
            if code is not None:
                found[code] = found.get(code, 0) + 1
        return found


def spikes_of(sheet: TissueSheet, tissue: str) -> tuple[TissueSpike, ...]:
    """The runs that did more to a tissue than any of the 30 days before, in the order in which they were run."""
    place = sheet.tissues.index(tissue)
    return tuple(_spike(sheet, int(row), place) for row in np.flatnonzero(sheet.spikes.shown[:, place]))


def spikes_in(sheet: TissueSheet, session_id: int) -> Mapping[str, TissueSpike]:
    """The tissues to which one run did more than any of the 30 days before."""
    row = sheet.runs.row_of(session_id)
    if row is None:
        return {}
    return {
        sheet.tissues[place]: _spike(sheet, row, place) for place in np.flatnonzero(sheet.spikes.shown[row]).tolist()
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
        band=BANDS[int(found.band[row, place])],
        provisional=bool(found.provisional[row]),
    )


def weeks_of(sheet: TissueSheet) -> dict[str, str]:
    """The ISO weeks of a sheet in words, by their Monday, the running one first."""
    mondays = sorted({one.date() for one in sheet.weeks["week"]}, reverse=True)
    now = week_start(sheet.today)
    return {
        monday.isoformat(): f"{'this week, since Monday' if monday == now else 'week of Monday'}, {day_of_year(monday)}"
        for monday in mondays
    }


def first_week(sheet: TissueSheet) -> str:
    """The week that is shown where none was chosen: the running one, or the one before while that has no run yet."""
    mondays = list(weeks_of(sheet))
    running = latest_week(sheet.days, sheet.weeks)
    begun = running is None or running.runs > 0 or mondays[0] != week_start(sheet.today).isoformat()
    return mondays[0] if begun or len(mondays) < 2 else mondays[1]


def week_end(monday: date) -> date:
    """The last day of a week."""
    return monday + timedelta(days=WEEK - 1)

"""What if: the runs planned for two weeks, and the load and the estimate they would lead to, as ranges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from loadmon.days import day_number, day_of_number
from loadmon.load.spike import BANDS
from loadmon.refusal import Refusal
from loadmon.risk.design import Design, Record, design_on, weekly_design
from loadmon.risk.estimate import RiskEstimate, estimates, interval
from loadmon.risk.fit import Fit
from loadmon.risk.plan_ways import PlannedDistance, lived, ways
from loadmon.risk.prior import Floats, Prior, default_prior

AHEAD = 14
LEAST_M, MOST_M = 500.0, 200_000.0


class ImpossiblePlan(Refusal):
    """A planned run that cannot be meant."""

    name = "impossible plan"


@dataclass(frozen=True, slots=True)
class WhatIfWeek:
    """What one of the two weeks would bring.

    Parameters
    ----------
    first, last : date
    low_m, high_m : float
        Metres of the week.
    change_low_pct, change_high_pct : float | None
        Least and most against the seven days before; None where nothing was run in them.
    spikes : tuple of str
        Least and widest band that its widest run can have: names of ``loadmon.load.spike.BANDS``.
    shorter, longer : RiskEstimate
        At the end of the week, with all runs short and with all long.
    risk : tuple of float | None
        Lowest and highest end of the 90 % intervals of every way the plan can turn out; None where nothing is told.
    """

    first: date
    last: date
    low_m: float
    high_m: float
    change_low_pct: float | None
    change_high_pct: float | None
    spikes: tuple[str, str]
    shorter: RiskEstimate
    longer: RiskEstimate
    risk: tuple[float, float] | None


def what_if(
    record: Record, athlete_id: int, today: date, plan: Sequence[PlannedDistance], fit: Fit, prior: Prior | None = None
) -> tuple[WhatIfWeek, WhatIfWeek]:
    """Load and estimate after the first and after the second of the next two weeks.

    Parameters
    ----------
    record : Record
        Of this runner, up to today.
    athlete_id : int
    today : date
    plan : sequence of PlannedDistance
        Runs from tomorrow to two weeks from now, at most one a day; days without one are rest.
    fit : Fit
    prior : Prior | None

    Raises
    ------
    ImpossiblePlan
        If a run lies outside these two weeks, is told twice for a day, or is no distance a person runs.
    """
    checked(plan, today)
    known = prior or default_prior()
    past = weekly_design(record, known)
    own = record.runs[record.runs["athlete_id"] == athlete_id]
    tried = ways(own, plan, today + timedelta(days=7), athlete_id)
    whole = lived(record, athlete_id, plan, tried, today + timedelta(days=AHEAD))
    found = []
    for days in (7, AHEAD):
        rows = design_on(whole, [day_number(today) + days], known)
        first, last = today + timedelta(days=days - 6), today + timedelta(days=days)
        week_before = first - timedelta(days=7)
        was = _past_metres(record.timeline, week_before, first)
        metres = [_metres(plan, way, first, last) for way in tried]
        before = [was + _metres(plan, way, week_before, first - timedelta(days=1)) for way in tried]
        change = [100.0 * (m / b - 1.0) for m, b in zip(metres, before, strict=True) if b > 0]
        shorter, longer = (_told(rows, way, athlete_id, past, fit, known) for way in (0, 1))
        told = shorter.middle is not None and longer.middle is not None
        low, _, high = interval(rows.values, fit)
        bands = [_band(row, rows.names) for row in rows.values]
        found.append(
            WhatIfWeek(
                first,
                last,
                min(metres),
                max(metres),
                min(change, default=None),
                max(change, default=None),
                (str(BANDS[min(bands)]), str(BANDS[max(bands)])),
                shorter,
                longer,
                (float(low.min()), float(high.max())) if told else None,
            )
        )
    return found[0], found[1]


def _told(rows: Design, way: int, athlete_id: int, past: Design, fit: Fit, prior: Prior) -> RiskEstimate:
    """What would be told of the runner themself, after one of the ways."""
    row = replace(rows.rows(np.array([way])), athlete=np.array([athlete_id]))
    return estimates(row, past, fit, prior)[athlete_id]


def checked(plan: Iterable[PlannedDistance], today: date) -> None:
    """Refuse a plan that cannot be meant."""
    seen = set()
    for one in plan:
        if not 0 < (one.day - today).days <= AHEAD:
            raise ImpossiblePlan("A planned run lies outside the next two weeks.", "Give days from tomorrow on.")
        if one.day in seen:
            raise ImpossiblePlan("Two runs are planned for one day.", "Give their sum, or the longer one.")
        if not LEAST_M <= one.low_m <= one.high_m <= MOST_M:
            raise ImpossiblePlan(
                "A planned distance is none that is run, or its least is above its most.",
                f"Give {LEAST_M / 1000:.1f} to {MOST_M / 1000:.0f} km, the shorter first.",
            )
        seen.add(one.day)


def _metres(plan: Iterable[PlannedDistance], way: Iterable[float], first: date, last: date) -> float:
    return sum(metres for one, metres in zip(plan, way, strict=True) if first <= one.day <= last)


def _past_metres(days: pd.DataFrame, first: date, before: date) -> float:
    stamps = pd.to_datetime(days["local_day"])
    here = (stamps >= pd.Timestamp(first)) & (stamps < pd.Timestamp(before))
    return float(np.nansum(days["distance_m"].to_numpy(dtype=np.float64)[here.to_numpy()]))


def _band(row: Floats, names: Sequence[str]) -> int:
    """Place in ``BANDS`` of the widest of the week's runs."""
    return max(
        (place for place, name in enumerate(BANDS) if place and row[names.index(f"spike_{name}")] == 1.0), default=0
    )


def days_ahead(today: date) -> list[date]:
    """The days that can be planned."""
    return [day_of_number(day_number(today) + step) for step in range(1, AHEAD + 1)]

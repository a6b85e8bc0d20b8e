"""What if: the runs planned for two weeks, and the load and the estimate they would lead to, as ranges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd

from loadmon.days import day_number, day_of_number
from loadmon.load.spike import BANDS
from loadmon.refusal import Refusal
from loadmon.risk.design import Design, Record, weekly_design
from loadmon.risk.design import design_on as design_of_days
from loadmon.risk.estimate import RiskEstimate, estimates
from loadmon.risk.fit import Fit
from loadmon.risk.prior import Prior, default_prior
from loadmon.timeline import timeline

AHEAD = 14
LEAST_M, MOST_M = 500.0, 200_000.0
_NO_SPEED = 2.8


class ImpossiblePlan(Refusal):
    """A planned run that cannot be meant."""

    name = "impossible plan"


@dataclass(frozen=True, slots=True)
class PlannedDistance:
    """One run that is planned: at least and at most so many metres."""

    day: date
    low_m: float
    high_m: float


@dataclass(frozen=True, slots=True)
class WhatIfWeek:
    """What one of the two weeks would bring.

    Parameters
    ----------
    first, last : date
    low_m, high_m : float
        Metres of the week.
    change_low_pct, change_high_pct : float | None
        Against the seven days before; None where nothing was run in them.
    spikes : tuple of str
        Bands of the widest run, for the shorter and the longer plan: names of ``loadmon.load.spike.BANDS``.
    shorter, longer : RiskEstimate
        At the end of the week, for either plan.
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

    @property
    def risk(self) -> tuple[float, float] | None:
        """Lowest and highest end of both estimates' intervals; None where either tells nothing."""
        ends = [end for one in (self.shorter, self.longer) for end in (one.low, one.high)]
        known = [end for end in ends if end is not None]
        return (min(known), max(known)) if len(known) == len(ends) else None


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
    both = [_ahead(record, athlete_id, today, plan, known, longer=longer) for longer in (False, True)]
    found = []
    for week, days in enumerate((7, 14)):
        rows = [design.rows(np.array([week])) for design in both]
        told = [estimates(one, past, fit, known)[athlete_id] for one in rows]
        first, last = today + timedelta(days=days - 6), today + timedelta(days=days)
        metres = [_metres(plan, first, last, longer=longer) for longer in (False, True)]
        before = [
            _past_metres(record.timeline, first - timedelta(days=7), first)
            + _metres(plan, first - timedelta(days=7), first - timedelta(days=1), longer=longer)
            for longer in (False, True)
        ]
        change = [100.0 * (now / was - 1.0) if was > 0 else None for now, was in zip(metres, before, strict=True)]
        spikes = (_band(rows[0]), _band(rows[1]))
        found.append(WhatIfWeek(first, last, metres[0], metres[1], change[0], change[1], spikes, told[0], told[1]))
    return found[0], found[1]


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


def _ahead(
    record: Record, athlete_id: int, today: date, plan: Sequence[PlannedDistance], prior: Prior, *, longer: bool
) -> Design:
    """The runner's rows after seven and after fourteen days, with the planned runs taken for run."""
    own = record.runs[record.runs["athlete_id"] == athlete_id]
    runs = _with_planned(own, plan, athlete_id, longer=longer)
    end = today + timedelta(days=AHEAD)
    days = timeline(runs, today=end, unknown=record.unknown)
    lived = replace(record, timeline=days, runs=runs, tissue=None)
    return design_of_days(lived, [day_number(today) + 7, day_number(today) + AHEAD], prior)


def _with_planned(own: pd.DataFrame, plan: Sequence[PlannedDistance], athlete_id: int, *, longer: bool) -> pd.DataFrame:
    """A runner's sessions with planned runs behind them, at the runner's own middle speed."""
    if not plan:
        return own
    speed = (own["distance_m"] / own["moving_s"]).where(own["is_running"] & (own["moving_s"] > 0)).tail(60).median()
    usual = float(speed) if speed > 0 else _NO_SPEED
    metres = [one.high_m if longer else one.low_m for one in plan]
    added = pd.DataFrame(
        {
            "athlete_id": np.full(len(plan), athlete_id, dtype=np.int64),
            "session_id": -1 - np.arange(len(plan)),
            "start_utc": pd.to_datetime(
                [datetime(one.day.year, one.day.month, one.day.day, 12, tzinfo=UTC) for one in plan], utc=True
            ).astype(own["start_utc"].dtype),
            "local_day": pd.Series([one.day for one in plan]).astype(own["local_day"].dtype),
            "is_running": True,
            "excluded": False,
            "distance_m": metres,
            "moving_s": np.array(metres) / usual,
        }
    )
    return pd.concat([own, added], ignore_index=True).astype({"is_running": bool, "excluded": bool})


def _metres(plan: Iterable[PlannedDistance], first: date, last: date, *, longer: bool) -> float:
    return sum((one.high_m if longer else one.low_m) for one in plan if first <= one.day <= last)


def _past_metres(days: pd.DataFrame, first: date, before: date) -> float:
    stamps = pd.to_datetime(days["local_day"])
    here = (stamps >= pd.Timestamp(first)) & (stamps < pd.Timestamp(before))
    return float(np.nansum(days["distance_m"].to_numpy(dtype=np.float64)[here.to_numpy()]))


def _band(row: Design) -> str:
    """The widest band of the week's runs."""
    for name in reversed(BANDS[1:]):
        if row.values[0, row.names.index(f"spike_{name}")] == 1.0:
            return str(name)
    return str(BANDS[0])


def days_ahead(today: date) -> list[date]:
    """The days that can be planned."""
    return [day_of_number(day_number(today) + step) for step in range(1, AHEAD + 1)]

"""Budgets of the risk model: three years of weeks of fifty runners scored, and a fit to 200,000 runner-weeks."""

from __future__ import annotations

from collections.abc import Iterator

from loadmon.risk.club_world import club_world
from loadmon.risk.design import Record, weekly_design
from loadmon.risk.estimate import interval
from loadmon.risk.fit import fitted, literature_fit
from loadmon.risk.prior import default_prior
from loadmon.timeline import timeline
from tests.bench.budgets.budget import Measured, measured
from tests.made_runs import day_at, many_runs


def budgets() -> Iterator[Measured]:
    """From days and runs to probabilities with their ranges; and from labelled rows to a fit."""
    runs, today = many_runs(50, 3 * 365), day_at(3 * 365 - 1)
    record = Record(timeline(runs, today=today), runs)
    fit = literature_fit()
    weekly_design(record)
    yield measured(
        "risk, rows and estimates, 50 runners over three years",
        0.2,
        lambda: interval(weekly_design(record).values, fit),
        5,
    )
    design = weekly_design(record)
    yield measured("risk, estimates of 50 runners over three years", 0.2, lambda: interval(design.values, fit), 5)
    rows = club_world(1, runners=1000, weeks=200).design.labelled
    yield measured("risk, a fit to 200,000 runner-weeks", 10.0, lambda: fitted(rows, default_prior()), 1)

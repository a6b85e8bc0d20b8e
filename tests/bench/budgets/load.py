"""Budgets of what a coach's page asks for: fifty runners with ten years each, and one runner's ten years."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from loadmon.gait.step_change import change_points
from loadmon.planning.week import squad_week
from loadmon.timeline import timeline
from tests.bench.budgets.budget import Measured, measured
from tests.bench.daily_rate import best, metrics
from tests.made_runs import day_at, many_runs

RUNNERS, DAYS = 50, 3652
ROUNDS = 5


def budgets() -> Iterator[Measured]:
    """Days, every daily metric, the squad's week, and steps in one runner's cadence."""
    runs, today = many_runs(RUNNERS, DAYS), day_at(DAYS - 1)
    table = timeline(runs, today=today)
    yield measured("timeline, 50 runners over ten years", 0.25, lambda: timeline(runs, today=today), ROUNDS)
    spent = best(metrics(runs, today), ROUNDS)
    yield Measured("every daily metric, 50 runners over ten years", 0.25, sum(spent.values()))
    yield measured("the squad's week, 50 runners with ten years", 0.3, lambda: squad_week(table, runs, today), ROUNDS)
    spm = np.random.default_rng(3).normal(166, 1, 3000)
    change_points(spm[:20])  # the search is loaded when it is first asked for
    yield measured("steps in 3,000 runs", 0.2, lambda: change_points(spm))

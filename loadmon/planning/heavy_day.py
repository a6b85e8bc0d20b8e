"""Which days are heavy for a tendon, and on which days of a week the others may then lie (loadmon convention)."""

from __future__ import annotations

from loadmon.planning.planned_run import PlannedRun
from loadmon.planning.return_rules import ReturnRules

DAYS_AFTER_HEAVY = {1: (0,), 2: (0, 3), 3: (0, 3, 5), 4: (0, 3, 4, 6)}
"""Weekdays of so many runs where the first, on Monday, is heavy: two days free after it. More runs leave no room for that."""


def is_heavy(run: PlannedRun, rules: ReturnRules) -> bool:
    """True where a run loads the tissue more than every run of the 30 days before, or has strides.

    A plan knows one pace and level ground; there a tissue's load goes with the minutes of running, so these are compared. A
    first run, with nothing to compare it with, is not called heavy.

    Parameters
    ----------
    run : PlannedRun
        With its ``spike_pct``.
    rules : ReturnRules
    """
    longer = run.spike_pct is not None and 1.0 + run.spike_pct / 100.0 > rules.value("heavy_day_above") + 1e-9
    return longer or run.fast_s > 0.0

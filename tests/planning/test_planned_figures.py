"""What a plan would come to if it were run: tissue load by the ledger, and the ratio where it is defined."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from loadmon.load.ratio import ratio
from loadmon.measure import REASON_WORDS
from loadmon.planning.planned_tissue import planned_tissue
from loadmon.planning.pre_injury import given_level
from loadmon.planning.projected_ratio import projected_ratio
from loadmon.planning.return_plan import return_plan
from loadmon.planning.way_back import ReturnOrder
from loadmon.timeline import timeline
from loadmon.tissue.runner import RunnerReference
from tests.made_runs import made_runs, session

START = date(2025, 9, 1)
PLAN = return_plan(ReturnOrder(1, "tendon", START, given_level(45_000.0, 3.0, 5.0), "Eva Lind"), [], START)


def test_more_running_is_more_of_every_tissue_and_at_the_own_speed_a_kilometre_is_one() -> None:
    runner = RunnerReference(height_m=1.75, speed_mps=3.0)
    told = planned_tissue([PLAN.runs[0], PLAN.runs[-1]], runner)
    assert len(told) == 10
    for tissue, (first, last) in told.items():
        assert 0 < first < last, tissue
        assert last / PLAN.runs[-1].run_m == pytest.approx(1.0, abs=0.35), tissue
    assert planned_tissue([], runner) == {}


def test_the_ratio_is_that_of_the_same_days_run_and_null_until_it_is_defined() -> None:
    nothing = projected_ratio(made_runs([]), PLAN)
    assert all(reason in REASON_WORDS for value, reason in nothing.values() if value is None)
    assert [value is None for value, _ in nothing.values()].count(True) >= 10
    assert nothing[PLAN.runs[-1].day][0] is not None
    history = [session(START - timedelta(days=n), 8000.0) for n in range(1, 90, 2)]
    told = projected_ratio(made_runs(history), PLAN)
    run_too = made_runs([*reversed(history), *(session(run.day, run.run_m) for run in PLAN.runs)])
    real = ratio(timeline(run_too, today=PLAN.runs[-1].day)).set_index("local_day")["value"]
    for run in PLAN.runs[::9]:
        value, _ = told[run.day]
        if value is not None:
            assert value == pytest.approx(float(real[str(run.day)]))

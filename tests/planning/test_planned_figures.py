"""What a plan would come to if it were run: tissue load by the ledger, and the ratio where it is defined."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from loadmon.load.ratio import ratio
from loadmon.measure import REASON_WORDS
from loadmon.planning.planned_tissue import planned_tissue
from loadmon.planning.pre_injury import given_level
from loadmon.planning.projected_ratio import projected_ratio
from loadmon.planning.recorded_before import NO_DISTANCE, NO_RUN, Recorded, recorded_before
from loadmon.planning.return_plan import return_plan
from loadmon.planning.way_back import ReturnOrder
from loadmon.report.return_table import run_table
from loadmon.timeline import timeline
from loadmon.tissue.runner import RunnerReference
from loadmon.units import Units
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


def test_the_first_run_is_compared_with_the_longest_recorded_one_of_30_days_or_says_why_not() -> None:
    first = PLAN.runs[0]
    history = [
        session(first.day - timedelta(days=n), metres) for n, metres in ((31, 20_000.0), (30, 9000.0), (4, 8000.0))
    ]
    told = recorded_before(made_runs(history), PLAN)
    assert told == {first.day: Recorded(100.0 * (first.run_m / 9000.0 - 1.0), 9000.0, first.day - timedelta(days=30))}
    table = run_table(PLAN, Units(), recorded=told)
    assert table["against_longest_pct"].iloc[0] == round(told[first.day].change_pct)  # type: ignore[union-attr]
    assert table["longest_of_30_days"].iloc[0].startswith("9.0 km, recorded on")
    assert table["longest_of_30_days"].iloc[1] == "the longest of this plan"
    assert recorded_before(made_runs(history[:1]), PLAN) == {first.day: NO_RUN}
    assert recorded_before(made_runs([]), PLAN) == {first.day: NO_RUN}
    timed = [session(first.day - timedelta(days=2), float("nan"))]
    assert recorded_before(made_runs(timed), PLAN) == {first.day: NO_DISTANCE}
    on_the_day = [session(first.day, 5000.0)]
    assert recorded_before(made_runs(on_the_day), PLAN) == {first.day: NO_RUN}


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

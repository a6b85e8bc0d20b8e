"""Every daily metric of a squad at once: memory grows with the days and not faster; time is told by ``tests.bench.budgets``."""

from __future__ import annotations

import tracemalloc

import pytest

from tests.bench.daily_rate import metrics
from tests.made_runs import day_at, many_runs

DAYS = 730


def _peaks(runners: int) -> dict[str, int]:
    works = metrics(many_runs(runners, DAYS), day_at(DAYS - 1))
    found = {}
    for name, work in works.items():
        tracemalloc.start()
        work()
        found[name] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return found


def test_eight_times_the_runners_take_eight_times_the_memory() -> None:
    _peaks(1)  # what is made once for all counts for none
    few, many = _peaks(4), _peaks(32)
    assert len(few) == 10
    assert {name: many[name] / few[name] for name in few} == {name: pytest.approx(8, rel=0.25) for name in few}

"""Every daily metric of fifty runners over ten years, in a quarter of a second of processor time."""

from __future__ import annotations

from tests.bench.daily_rate import best, metrics
from tests.made_runs import day_at
from tests.test_timeline import many_runs


def test_fifty_runners_over_ten_years_take_less_than_a_quarter_of_a_second() -> None:
    found = best(metrics(many_runs(50, 3650), day_at(3649)), 5)
    assert len(found) == 10
    assert sum(found.values()) < 0.25, found

"""Every daily metric of a squad over ten years, against one plain rolling sum of pandas over the same table.

    python -m tests.bench.daily_rate [--runners 50] [--days 3650]

CPU time of this process, the best of several passes that take turns, so that what the neighbours do hardly counts.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from datetime import date

import pandas as pd

from loadmon.load.band import ratio_band
from loadmon.load.daily import rolling_week, weeks
from loadmon.load.fitness import fitness
from loadmon.load.kind import DISTANCE
from loadmon.load.ratio import ratio
from loadmon.load.spike import spikes
from loadmon.load.variety import rolling_variety, weekly_variety
from loadmon.timeline import timeline
from tests.bench.budgets.budget import seconds
from tests.made_runs import day_at, many_runs

PASSES = 9


def metrics(runs: pd.DataFrame, today: date) -> dict[str, Callable[[], object]]:
    """Every daily metric by its name; what they share, the timeline, is the first."""
    line = timeline(runs, today=today)
    return {
        "days: sums and states": lambda: timeline(runs, today=today),
        "weeks with the usual": lambda: weeks(line),
        "7 days against 7": lambda: rolling_week(line, DISTANCE),
        "ratio, uncoupled": lambda: ratio(line, DISTANCE),
        "ratio, coupled": lambda: ratio(line, DISTANCE, coupled=True),
        "ratio, weighted": lambda: ratio(line, DISTANCE, average="ewma"),
        "monotony and strain, rolling": lambda: rolling_variety(line, DISTANCE),
        "monotony and strain, weeks": lambda: weekly_variety(line, DISTANCE),
        "long, short, balance, ramp": lambda: fitness(line, DISTANCE),
        "session spikes": lambda: spikes(runs),
    }


def best(works: dict[str, Callable[[], object]], passes: int = PASSES) -> dict[str, float]:
    """The least seconds of each, over passes in which all take turns."""
    rounds = [{name: seconds(work) for name, work in works.items()} for _ in range(passes)]
    return {name: min(each[name] for each in rounds) for name in works}


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--runners", type=int, default=50)
    asked.add_argument("--days", type=int, default=3650)
    given = asked.parse_args()
    today = day_at(given.days - 1)
    runs = many_runs(given.runners, given.days)
    line = timeline(runs, today=today)
    plain: dict[str, Callable[[], object]] = {
        "one rolling sum, all rows": lambda: line["distance_m"].rolling(7).sum(),
        "one rolling sum, runner by runner": lambda: line.groupby("athlete_id")["distance_m"].rolling(7).sum(),
    }
    works = metrics(runs, today)
    found = best(works | plain)
    whole = sum(found[name] for name in works)
    load = " ".join(f"{x:.1f}" for x in os.getloadavg()) if hasattr(os, "getloadavg") else "not known"
    print(f"{len(line):,} athlete-days, {len(runs):,} sessions; {os.cpu_count()} cores, load {load}")
    for name in works:
        print(f"  {name:32} {1000 * found[name]:7.1f} ms")
    print(f"  {'every daily metric':32} {1000 * whole:7.1f} ms, {1e9 * whole / len(line):.0f} ns an athlete-day")
    for name in plain:
        print(f"  {name:32} {1000 * found[name]:7.1f} ms: every metric takes {whole / found[name]:.0f} times as long")
    for part in (given.runners // 4, given.runners // 2, given.runners, 2 * given.runners):
        some = many_runs(part, given.days)
        cost = sum(best(metrics(some, today), 5).values()) / (part * given.days)
        print(f"  {part * given.days:11,} athlete-days: {1e9 * cost:.0f} ns each")
    one = line[line["athlete_id"] == 1]
    print(
        f"  band of one runner, {len(one):,} days: {1000 * best({'band': lambda: ratio_band(one)}, 5)['band']:.0f} ms"
    )


if __name__ == "__main__":
    main()

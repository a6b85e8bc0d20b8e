"""Thousands of made-up returns to running: no plan may ever break its own rules. Ends in 1 at the first that does.

Each number is two returns: one of grades and decisions, checked in detail (``made_returns``), and one through the whole loop,
of pain entries, recordings and instants, checked from what was told alone (``made_loops``).

python -m tests.bench.return_invariants [HOW MANY] [FIRST NUMBER] [DAYS]
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from dataclasses import replace

from loadmon.planning.planned_run import AT_GOAL
from tests.planning.made_loops import made_loop
from tests.planning.made_returns import made_order, made_return
from tests.planning.played import all_green

EVERY = 25
"""Of so many numbers one is run all green, too: it has to reach the level before the injury."""


def arrives(number: int) -> None:
    """A return all green gets to where its plan promised, where no pain bounds its sessions."""
    order = replace(made_order(random.Random(number)), onset_s=None, successes=1)
    told = all_green(order, 7 * 60)
    last = told.plan(max(told.done_s)).on(max(told.done_s))
    assert last is not None
    assert last.bound_by == AT_GOAL, f"all green and not there: {last.bound_by}"


def main(count: int = 2000, first: int = 0, days: int = 120) -> int:
    """Runs them one after the other and tells how many, what they came to and how long it took."""
    began, plans, advances = time.perf_counter(), 0, 0
    profiles: Counter[str] = Counter()
    reached: Counter[int] = Counter()
    met: Counter[str] = Counter()
    frozen = 0
    for number in range(first, first + count):
        try:
            told = made_return(number, days)
            met.update(made_loop(number, days).counts)
            if number % EVERY == 0:
                arrives(number)
        except AssertionError as error:
            print(f"number {number}: {error}")
            return 1
        plans += len(told.plans)
        advances += told.advances
        profiles[told.order.profile] += 1
        reached[max(plan.state.standing.stage for plan in told.plans)] += 1
        frozen += any(plan.is_frozen for plan in told.plans)
    spent = time.perf_counter() - began
    print(
        f"{count} returns, {plans} plans checked, {advances} steps forward, {frozen} were on hold at some time; {spent:.0f} s"
    )
    print("met in the loops:", dict(sorted(met.items())))
    print("highest stage reached:", dict(sorted(reached.items())))
    print("tissues:", dict(sorted(profiles.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(value) for value in sys.argv[1:])))

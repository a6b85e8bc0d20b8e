"""Thousands of made-up returns to running: no plan may ever break its own rules. Ends in 1 at the first that does.

python -m tests.bench.return_invariants [HOW MANY] [FIRST NUMBER] [DAYS]
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from tests.planning.made_returns import made_return


def main(count: int = 2000, first: int = 0, days: int = 120) -> int:
    """Runs them one after the other and tells how many, what they came to and how long it took."""
    began, plans, advances = time.perf_counter(), 0, 0
    profiles: Counter[str] = Counter()
    reached: Counter[int] = Counter()
    frozen = 0
    for number in range(first, first + count):
        try:
            told = made_return(number, days)
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
    print("highest stage reached:", dict(sorted(reached.items())))
    print("tissues:", dict(sorted(profiles.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(value) for value in sys.argv[1:])))

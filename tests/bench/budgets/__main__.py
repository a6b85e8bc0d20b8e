"""Measure every budget, or those of some rooms, and say which are exceeded.

    python -m tests.bench.budgets [readers] [storms] [xml] [tables] [load] [overlap] [store] [tissue] [risk]

Processor time of this process, the best of a few goes; of a budget with many cases the one nearest to its limit is told.
The exit code is 1 if any is exceeded.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator

from tests.bench.budgets import load, overlap, readers, risk, store, storms, tables, tissue, xml
from tests.bench.budgets.budget import Measured

ROOMS: dict[str, Callable[[], Iterator[Measured]]] = {
    "readers": readers.budgets,
    "xml": xml.budgets,
    "storms": storms.budgets,
    "tables": tables.budgets,
    "load": load.budgets,
    "overlap": overlap.budgets,
    "store": store.budgets,
    "tissue": tissue.budgets,
    "risk": risk.budgets,
}


def tell(found: Iterable[Measured]) -> int:
    """Print a line a budget, as soon as it is measured; 1 if any is exceeded, else 0."""
    print(f"{'budget':66} {'limit s':>8} {'CPU s':>8} {'of limit':>9}")
    exceeded = 0
    for one in found:
        exceeded += one.ratio > 1
        over = "  EXCEEDED" if one.ratio > 1 else ""
        print(f"{one.name:66} {one.limit_s:8.2f} {one.spent_s:8.3f} {one.ratio:9.0%}{over}", flush=True)
    print(f"{exceeded} exceeded" if exceeded else "all within their limits")
    return int(exceeded > 0)


def main() -> int:
    """Measure the rooms that were asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("rooms", nargs="*", choices=[*ROOMS, []], metavar="room")
    given = asked.parse_args()
    return tell(one for room in given.rooms or ROOMS for one in ROOMS[room]())


if __name__ == "__main__":
    sys.exit(main())

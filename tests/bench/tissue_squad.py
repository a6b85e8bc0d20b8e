"""What a squad's year of tissue sheets costs through the store: no stream is read.

    python -m tests.bench.tissue_squad [runs] [runners]

Processor time of this process, the best of several goes: reading the tables, unpacking what is kept of each run, its ten
tissues, days, weeks, spikes and acceleration; beside summing the same runs' columns once.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from loadmon.show.tissue_sheets import tissue_sheets
from loadmon.store import Store, Viewer, imports, open_store, schema, squad
from loadmon.store.packed import pack
from loadmon.tissue.kept_loads import KeptLoads
from tests.bench.budgets.budget import seconds as spent
from tests.bench.tissue_rate import kept, summed
from tests.store import made

ROUNDS = 5
AT = made.START + timedelta(days=365)


@contextmanager
def stored(runs: int, runners: int) -> Iterator[Store]:
    """A store with so many runs of a year, streams left out."""
    one = made.session(1, samples=600)
    packed, data = pack(one, made.facts(one)), kept(runs)
    kinds = (
        schema.OriginalRow, schema.SessionRow, schema.FactsRow, schema.WindowsRow, schema.HeartRateRow, schema.ExposureRow,
    )  # fmt: skip
    rows: dict[Any, list[dict[str, Any]]] = {kind: [] for kind in kinds}
    with tempfile.TemporaryDirectory() as home:
        store = open_store(None, Path(home))
        with store.write() as conn:
            people = [squad.add_athlete(conn, f"Runner {number}").id for number in range(runners)]
            batch = imports.start_batch(conn, "made up")
            each = -(-runs // runners)
            for number in range(runs):
                start = AT - timedelta(days=365 * (number // runners + 1) / (each + 1))
                sha256, of = f"{number:064d}", {"session_id": number + 1}
                head = {"athlete_id": people[number % runners], "batch_id": batch, "sha256": sha256, "start_utc": start}
                rows[schema.OriginalRow].append({"sha256": sha256, "size": 1, "format": "fit", "kept": True})
                rows[schema.SessionRow].append(packed.head | head | {"id": number + 1, "excluded": False})
                rows[schema.FactsRow].append(packed.facts | of | {"start_utc": start, "local_day": start.date()})
                rows[schema.WindowsRow].append(of | {"data": packed.windows})
                rows[schema.HeartRateRow].append(of | {"data": packed.heart_rate})
                # forty runs over and over, no two of them the same to the byte, so that none is found again
                rows[schema.ExposureRow].append(of | {"data": data[number] + number.to_bytes(4, "little")})
            for kind, values in rows.items():
                conn.execute(insert(kind), values)
        yield store
        store.close()


def sheets(store: Store, draws: int | None = None, told: KeptLoads | None = None) -> int:
    """Everyone's sheet; how many runs they hold."""
    found = tissue_sheets(store, Viewer.everyone(), AT, draws=draws, kept=told)
    return sum(len(one.runs.day) for one in found.values())


def main() -> None:
    """Print what each costs."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    runners = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    sum_s = sum(min(spent(lambda m=30 + 15 * (n % 5), n=n: summed(m, n)) for _ in range(3)) for n in range(40)) / 40
    with stored(runs, runners) as store:
        assert sheets(store) == runs
        plain_s = min(spent(lambda: sheets(store)) for _ in range(ROUNDS))
        print(f"{runs} runs of {runners} runners, sheets through the store, no intervals:")
        print(
            f"  {plain_s:.2f} s, {runs / plain_s:,.0f} runs/s, {plain_s / runs / sum_s:.1f} x summing the same columns"
        )
        drawn_s = min(spent(lambda: sheets(store, 64)) for _ in range(2))
        print(f"with 64 draws: {drawn_s:.2f} s, {runs / drawn_s:,.0f} runs/s")
        told = KeptLoads()
        sheets(store, 64, told)
        again_s = min(spent(lambda: sheets(store, 64, told)) for _ in range(ROUNDS))
        print(f"with 64 draws, every run told before: {again_s:.2f} s, {1e3 * again_s / runners:.0f} ms a runner")


if __name__ == "__main__":
    main()

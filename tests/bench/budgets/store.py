"""Budgets of opening a squad of fifty over three years: every session's facts, heart rates and cadence windows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from loadmon.store import Store, Viewer, imports, open_store, schema, sessions, squad
from loadmon.store.packed import pack
from loadmon.store.runs import heart_rate
from tests.bench.budgets.budget import Measured, measured
from tests.store import made

SESSIONS, RUNNERS = 39_000, 50


def budgets() -> Iterator[Measured]:
    """What the pages read, from SQLite in a folder that is thrown away."""
    viewer = Viewer.everyone()
    with tempfile.TemporaryDirectory() as home:
        store = open_store(None, Path(home))
        runners = fill(store)
        one, three = runners[:1], runners[:3]
        with store.read() as conn:
            yield measured("39,000 sessions' facts", 2.0, lambda: sessions.runs_table(conn, viewer))
            yield measured("one runner's 780 sessions' facts", 0.2, lambda: sessions.runs_table(conn, viewer, one))
            yield measured("39,000 sessions' heart rates", 1.0, lambda: heart_rate(conn, viewer))
            yield measured("three runners' cadence windows", 0.5, lambda: sessions.windows(conn, viewer, three))
        store.close()


def fill(store: Store) -> list[int]:
    """Fifty runners with 780 hours of running each, streams left out; the runners' numbers."""
    hour = made.session(1, samples=3600)
    packed = pack(hour, made.facts(hour))
    kinds: tuple[type[schema.Base], ...] = (
        schema.OriginalRow,
        schema.SessionRow,
        schema.FactsRow,
        schema.WindowsRow,
        schema.HeartRateRow,
        schema.ExposureRow,
    )
    rows: dict[type[schema.Base], list[dict[str, Any]]] = {kind: [] for kind in kinds}
    with store.write() as conn:
        runners = [squad.add_athlete(conn, f"Runner {number}").id for number in range(RUNNERS)]
        batch = imports.start_batch(conn, "made up")
        for number in range(1, SESSIONS + 1):
            sha256, start = f"{number:064d}", made.START + timedelta(hours=17 * (number // RUNNERS))
            head = {"athlete_id": runners[number % RUNNERS], "batch_id": batch, "sha256": sha256, "start_utc": start}
            of = {"session_id": number}
            rows[schema.OriginalRow].append({"sha256": sha256, "size": 1, "format": "fit", "kept": True})
            rows[schema.SessionRow].append(packed.head | head | {"id": number, "excluded": False})
            rows[schema.FactsRow].append(packed.facts | of | {"start_utc": start, "local_day": start.date()})
            rows[schema.WindowsRow].append(of | {"data": packed.windows})
            rows[schema.HeartRateRow].append(of | {"data": packed.heart_rate})
            rows[schema.ExposureRow].append(of | {"data": packed.exposure})
        for kind, values in rows.items():
            conn.execute(insert(kind), values)
    return runners

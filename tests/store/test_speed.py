"""A squad of fifty over three years must open at once: limits are in seconds of one processor, several times what it takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from loadmon.store import Store, Viewer, imports, schema, sessions, squad
from loadmon.store.packed import pack
from loadmon.store.runs import heart_rate
from tests.store import made

SESSIONS, RUNNERS = 39_000, 50


@pytest.fixture
def full_store(sqlite_store: Store) -> Store:
    """Fifty runners with 780 hours of running each; streams left out."""
    hour = made.session(1, samples=3600)
    packed = pack(hour, made.facts(hour))
    with sqlite_store.write() as conn:
        runners = [squad.add_athlete(conn, f"Runner {number}").id for number in range(RUNNERS)]
        batch = imports.start_batch(conn, "made up")
        rows: dict[type[schema.Base], list[dict[str, Any]]] = {
            table: []
            for table in (
                schema.OriginalRow,
                schema.SessionRow,
                schema.FactsRow,
                schema.WindowsRow,
                schema.HeartRateRow,
            )
        }
        for number in range(1, SESSIONS + 1):
            sha256, start = f"{number:064d}", made.START + timedelta(hours=17 * (number // RUNNERS))
            head = {"athlete_id": runners[number % RUNNERS], "batch_id": batch, "sha256": sha256, "start_utc": start}
            of = {"session_id": number}
            rows[schema.OriginalRow].append({"sha256": sha256, "size": 1, "format": "fit", "kept": True})
            rows[schema.SessionRow].append(packed.head | head | {"id": number, "excluded": False})
            rows[schema.FactsRow].append(packed.facts | of | {"start_utc": start, "local_day": start.date()})
            rows[schema.WindowsRow].append(of | {"data": packed.windows})
            rows[schema.HeartRateRow].append(of | {"data": packed.heart_rate})
        for table, values in rows.items():
            conn.execute(insert(table), values)
    return sqlite_store


def best(ask: Callable[[], Any]) -> tuple[float, Any]:
    """The quickest of three, in processor time: what the code needs, not what else the machine is doing."""
    times = []
    for _ in range(3):
        began = time.process_time()
        answer = ask()
        times.append(time.process_time() - began)
    return min(times), answer


def test_a_squads_years_are_read_at_once(full_store: Store) -> None:
    viewer = Viewer.everyone()
    with full_store.read() as conn:
        seconds, runs = best(lambda: sessions.runs_table(conn, viewer))
        assert len(runs) == SESSIONS
        assert seconds < 2.0
        runner = [int(runs["athlete_id"].iloc[0])]
        seconds, runs = best(lambda: sessions.runs_table(conn, viewer, runner))
        assert len(runs) == SESSIONS / RUNNERS
        assert seconds < 0.2
        seconds, beats = best(lambda: heart_rate(conn, viewer))
        assert len(beats) == SESSIONS
        assert seconds < 1.0
        three = sorted(set(range(runner[0], runner[0] + 3)))
        seconds, windows = best(lambda: sessions.windows(conn, viewer, three))
        assert windows["session_id"].nunique() == 3 * SESSIONS / RUNNERS
        assert seconds < 0.5

"""What some of the sample runners tell of their sessions: how hard each felt."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from loadmon.demo.people import SampleRunner
from loadmon.store import Viewer, diary, runs, squad


def tell_efforts(conn: Connection, cast: Collection[SampleRunner]) -> int:
    """Answers, for the runners who do, how hard every run was; how many answers were given.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``, with the runners' files imported.
    cast : collection of SampleRunner
        Only those with ``tells_effort`` answer.
    """
    answering = {runner.name: runner for runner in cast if runner.tells_effort}
    athletes = {a.id: answering[a.name] for a in squad.athletes(conn, Viewer.everyone()) if a.name in answering}
    table = runs.runs_table(conn, Viewer.everyone(), list(athletes))
    efforts = _efforts(table, athletes)
    for session_id, effort in efforts.items():
        diary.tell_effort(conn, Viewer.everyone(), session_id, effort)
    return len(efforts)


def _efforts(table: pd.DataFrame, athletes: dict[int, SampleRunner]) -> dict[int, float]:
    """Faster and longer feels harder; half points as people give them."""
    threshold = {a: next(t.value for t in r.thresholds if t.kind == "threshold_speed_mps") for a, r in athletes.items()}
    known = table[table["is_running"] & table["mean_speed_mps"].notna()]
    share = known["mean_speed_mps"] / known["athlete_id"].map(threshold)
    felt = np.clip(np.rint(2.0 * (9.5 * share - 3.2 + known["moving_s"] / 2_700.0)) / 2.0, 1.0, 10.0)
    return dict(zip(known["session_id"].astype(int).tolist(), felt.tolist(), strict=True))

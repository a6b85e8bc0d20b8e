"""One runner's running dynamics, run by run, from the store."""

from __future__ import annotations

import pandas as pd

from loadmon.athlete import limits_on
from loadmon.gait.run_dynamics import dynamics_by_run
from loadmon.show.figures import counted
from loadmon.store import Store, Viewer, runs, squad, twins


def dynamics_view(store: Store, viewer: Viewer, athlete_id: int) -> pd.DataFrame:
    """What the watch told of each run's steps, one row a run, as ``gait.run_dynamics.dynamics_by_run`` gives it.

    Parameters
    ----------
    store, viewer, athlete_id
        Whose runs, and whose eyes.
    """
    with store.read() as conn:
        athlete = squad.athlete(conn, viewer, athlete_id)
        sessions = counted(runs.runs_table(conn, viewer, [athlete_id]), twins.decided(conn, viewer, [athlete_id]))
        windows = runs.windows(conn, viewer, [athlete_id])
    return dynamics_by_run(windows, sessions, limits_on([athlete], sessions))

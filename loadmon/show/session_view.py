"""What one session was worth and how it was run, beside the runner's other runs: one reading of the store, then pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import pandas as pd

from loadmon.athlete import Athlete, limits_on
from loadmon.gait.cadence import CadenceModel, Drift, drift_of
from loadmon.gait.run_dynamics import dynamics_by_run
from loadmon.load.session_load import METHOD_COLUMNS
from loadmon.load.told import POINTS, TRIMP
from loadmon.measure import NO_CADENCE, NO_LOAD_METHOD, NOT_A_RUN, NOT_COUNTED, TOO_FEW_WINDOWS
from loadmon.repair.reasons import true_reason
from loadmon.session import Session
from loadmon.show.dynamics_shown import SHOWN, compared
from loadmon.show.figures import cadence_of, counted, tables, todays
from loadmon.show.loads import with_loads
from loadmon.show.lying_ahead import wait_for_their_day
from loadmon.store import Store, Viewer, corrections, runs, squad, twins


@dataclass(frozen=True)
class SessionLoad:
    """What one session was worth.

    Parameters
    ----------
    points : float | None
        100 is an hour at threshold; None where no method can tell, with ``reason``.
    method : str | None
        Which method was used.
    why_not : tuple of (method, reason code)
        The better methods that could not tell.
    notes : tuple of str
        Codes of ``load.points.NOTE_WORDS``.
    estimated : bool
        True where more than a difference of formulas was guessed.
    methods : mapping of column to (value, reason code)
        Each of ``METHOD_COLUMNS``: exactly one of the two.
    reason : str | None
        Why there are no points.
    told : mapping of measure to reason
        Which of them (``points``, ``trimp``) a person told, and why.
    computed : (points, method) | None
        What told points stand in the place of; None where nothing is told or could be computed.
    """

    points: float | None
    method: str | None
    why_not: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    estimated: bool
    methods: dict[str, tuple[float | None, str | None]]
    reason: str | None
    told: Mapping[str, str] = field(default_factory=dict)
    computed: tuple[float, str] | None = None


@dataclass(frozen=True)
class SessionView:
    """One session beside the runner's other ones.

    Parameters
    ----------
    load : SessionLoad
        What it was worth.
    cadence_spm : float | None
        At the common pace; None with ``cadence_reason``.
    cadence_reason : str | None
        Why there is none: the session does not count, is no run, has no cadence, or fewer than four steady half minutes.
    drift : Drift
        How cadence moved from its beginning to its end.
    model : CadenceModel
        The runner's rule both were made with.
    dynamics : DataFrame
        One row a figure of running dynamics, index its name: value, usual, low, high, difference, outside, n_runs,
        at_pace, reason, words. Empty where the session does not count.
    """

    load: SessionLoad
    cadence_spm: float | None
    cadence_reason: str | None
    drift: Drift
    model: CadenceModel
    dynamics: pd.DataFrame


def runner_sessions(store: Store, viewer: Viewer, athlete_id: int, at: datetime | None = None) -> pd.DataFrame:
    """A runner's sessions, newest first, with second recordings and days to come taken out of the sums.

    Parameters
    ----------
    store, viewer, athlete_id
        Whose sessions, and whose eyes.
    at : datetime | None
        This moment, aware; without it no session is taken out for a day that has not come.
    """
    with store.read() as conn:
        sessions = counted(runs.runs_table(conn, viewer, [athlete_id]), twins.decided(conn, viewer, [athlete_id]))
        athlete = squad.athlete(conn, viewer, athlete_id)
    if at is not None:
        sessions = wait_for_their_day(sessions, todays([athlete], sessions, at))
    return sessions.iloc[::-1]


def session_view(store: Store, viewer: Viewer, athlete_id: int, session_id: int, at: datetime) -> SessionView:
    """What one session was worth and how it was run.

    Parameters
    ----------
    store, viewer, athlete_id, session_id
        Which session, and whose eyes.
    at : datetime
        This moment, aware.
    """
    with store.read() as conn:
        athlete = squad.athlete(conn, viewer, athlete_id)
        found = tables(conn, viewer, at, [athlete_id])
        heart_rate = runs.heart_rate(conn, viewer, [athlete_id])
        told = corrections.loads_told(conn, viewer, [athlete_id])
        windows = runs.windows(conn, viewer, [athlete_id])
    loads = with_loads(found.runs, heart_rate, [athlete], told).set_index("session_id")
    _, values, model = cadence_of(windows, found.runs, athlete, found.today[athlete_id])
    here = values.loc[values["session_id"] == session_id, "value_spm"].dropna()
    return SessionView(
        load=load_of(loads.loc[[session_id]].iloc[0]),
        cadence_spm=float(here.iloc[0]) if len(here) else None,
        cadence_reason=None if len(here) else _no_cadence(found.runs[found.runs["session_id"] == session_id].iloc[0]),
        drift=drift_of(windows[windows["session_id"] == session_id], model),
        model=model,
        dynamics=_dynamics(windows, found.runs, athlete, session_id),
    )


def with_true_reasons(view: SessionView, session: Session) -> SessionView:
    """The same, and where a correction took a channel away it is that which is told, not that nothing was recorded.

    Parameters
    ----------
    view : SessionView
    session : Session
        Of the same number, its corrections applied.
    """

    def told(code: str | None) -> str | None:
        return true_reason(code, session)

    load, dynamics = view.load, view.dynamics
    if "reason" in dynamics:
        codes = [code if isinstance(code, str) else None for code in dynamics["reason"]]
        fresh = [true_reason(code, session, str(name)) for name, code in zip(dynamics.index, codes, strict=True)]
        dynamics = dynamics.assign(reason=pd.Series(fresh, index=dynamics.index, dtype=object))
    return replace(
        view,
        load=replace(
            load,
            why_not=tuple((method, told(code) or code) for method, code in load.why_not),
            methods={name: (value, told(code)) for name, (value, code) in load.methods.items()},
            reason=told(load.reason),
        ),
        cadence_reason=told(view.cadence_reason),
        drift=replace(view.drift, reason=told(view.drift.reason)),
        dynamics=dynamics,
    )


def load_of(row: pd.Series) -> SessionLoad:
    """One row of ``loads.with_loads`` as what a page says of it."""
    known = not pd.isna(row["points"])
    methods: dict[str, tuple[float | None, str | None]] = {
        name: (None, str(row[f"{name}_reason"])) if pd.isna(row[name]) else (float(row[name]), None)
        for name in METHOD_COLUMNS
        if f"{name}_reason" in row
    }
    return SessionLoad(
        points=float(row["points"]) if known else None,
        method=str(row["points_method"]) if known else None,
        why_not=tuple(row["points_why_not"]),
        notes=tuple(row["points_notes"]),
        estimated=bool(row["points_estimated"]),
        methods=methods,
        reason=None if known else NO_LOAD_METHOD,
        told={name: str(row[f"{name}_told"]) for name in (POINTS, TRIMP) if row.get(f"{name}_told") is not None},
        computed=_computed(row),
    )


def _computed(row: pd.Series) -> tuple[float, str] | None:
    if row.get("points_told") is None or pd.isna(row["points_computed"]):
        return None
    return float(row["points_computed"]), str(row["method_computed"])


def _no_cadence(session: pd.Series) -> str:
    """Why a session has no cadence at the common pace."""
    if session["excluded"]:
        return NOT_COUNTED
    if not session["is_running"]:
        return NOT_A_RUN
    return NO_CADENCE if pd.isna(session["median_cadence_spm"]) else TOO_FEW_WINDOWS


def _dynamics(windows: pd.DataFrame, sessions: pd.DataFrame, athlete: Athlete, session_id: int) -> pd.DataFrame:
    """Each shown figure of one session beside the runner's own usual."""
    by_run = dynamics_by_run(windows, sessions, limits_on([athlete], sessions))
    here = (by_run["session_id"] == session_id).to_numpy()
    if not here.any():
        return pd.DataFrame()
    rows = {name: compared(by_run, shown)[here].iloc[0] for name, shown in SHOWN.items()}
    return pd.DataFrame(rows).T

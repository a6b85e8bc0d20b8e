"""One runner's return to running from the store: the plan with all that was run and felt. Knows nothing of Streamlit."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from loadmon.athlete import Athlete
from loadmon.days import day_numbers, day_of_number, today_in_zone
from loadmon.injury import Injury
from loadmon.planning.bouts import bouts
from loadmon.planning.closed_loop import Followed, followed
from loadmon.planning.done import Done, done_of, together
from loadmon.planning.known_signs import KnownSign, late_signs
from loadmon.planning.known_then import as_known_then
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.pre_injury import Level, NoHistory, pre_injury_level
from loadmon.refusal import StoreUnavailable
from loadmon.session import Session
from loadmon.show.figures import tables
from loadmon.store import Store, Viewer, pain, plans, run_bouts, sessions, tellings
from loadmon.store import known_signs as known
from loadmon.store.plans import StoredPlan


@dataclass(frozen=True)
class ReturnView:
    """Everything that the page of a return to running shows.

    Parameters
    ----------
    athlete : Athlete
    today : date
    injuries : dict of number to Injury
    stored : StoredPlan | None
        The plan that has not ended; None where there is none.
    followed : Followed | None
    entries : dict of number to PainEntry
    runs : DataFrame
        The runner's sessions.
    signs : tuple of KnownSign
        Everything that was ever told or found for which running stops.
    """

    athlete: Athlete
    today: date
    injuries: dict[int, Injury]
    stored: StoredPlan | None
    followed: Followed | None
    entries: dict[int, PainEntry]
    runs: pd.DataFrame
    signs: tuple[KnownSign, ...] = ()

    def level(self, onset: date) -> Level | str:
        """The level before an injury, or the sentence that says why there is none."""
        try:
            return pre_injury_level(self.runs, onset)
        except NoHistory as refusal:
            return f"{refusal.what} {refusal.advice}"


def return_view(store: Store, viewer: Viewer, athlete_id: int, at: datetime) -> ReturnView:
    """A runner's plan as it stands; what had to be looked for in streams is kept in the store.

    Parameters
    ----------
    store, viewer, athlete_id
        Where from, whose eyes, whose plan.
    at : datetime
        This moment, aware.
    """
    as_of, kept = store.revision(), dict[int, Done]()
    with store.read() as conn:
        found = tables(conn, viewer, at, [athlete_id])
        (athlete,) = found.athletes
        today = found.today[athlete_id]
        entries = pain.pain_entries(conn, viewer, [athlete_id])
        stored = next((one for one in plans.plans(conn, viewer, [athlete_id]).values() if not one.ended), None)
        every_sign, told = known.known_signs(conn, viewer, athlete_id), None
        if stored is not None:
            made_on = today_in_zone(athlete.time_zone, stored.created)
            done = done_since(conn, viewer, found.runs, stored.order.start, today, kept)
            written = tellings.pain_told(conn, viewer, [athlete_id])
            opens = min(made_on, today, stored.order.start)
            signs = [
                *(one for one in known.signs_found(conn, viewer, athlete_id) if one.day >= opens),
                *late_signs(every_sign, stored.created, opens, athlete.time_zone),
            ]
            told = followed(
                stored.order,
                as_known_then(
                    stored.decisions.values(),
                    first_ends(found.runs),
                    [(entry, written[number].at) for number, entry in entries.items() if number in written],
                    found=[(one.day, one.at) for one in signs],
                    zone=athlete.time_zone,
                ),
                entries.values(),
                done,
                today,
                stops=[(one.day, one.words) for one in signs],
                since=min(made_on, today),
            )
    if kept:
        with suppress(StoreUnavailable), store.write() as conn:  # who only looks is not stopped: it is found again then
            run_bouts.keep_bouts(conn, viewer, kept, as_of=as_of)
    return ReturnView(athlete, today, dict(found.injuries), stored, told, entries, found.runs, tuple(every_sign))


def first_ends(runs: pd.DataFrame) -> dict[date, datetime]:
    """When the first run of each day was over, of runs whose time of day is known."""
    timed = ~runs["timeless"].astype(bool)
    counted = runs[(~runs["excluded"] & runs["is_running"] & timed).to_numpy(dtype=bool)]
    ended = counted["start_utc"] + pd.to_timedelta(counted["elapsed_s"].fillna(0.0), unit="s")
    found: dict[date, datetime] = {}
    for number, at in zip(day_numbers(counted["local_day"]), ended, strict=True):
        day = day_of_number(int(number))
        found[day] = min(found.get(day, at), at.to_pydatetime())
    return found


def done_since(
    conn: Connection,
    viewer: Viewer,
    runs: pd.DataFrame,
    first: date,
    last: date,
    kept: dict[int, Done],
) -> list[Done]:
    """What one runner ran on each day of a span: one a day, oldest first.

    Only streams of which the store holds nothing yet are looked through; what was found in them is put into ``kept``.
    """
    counted = runs[(~runs["excluded"] & runs["is_running"]).to_numpy(dtype=bool)]
    by_day: dict[date, list[Done]] = {}
    days = [day_of_number(int(number)) for number in day_numbers(counted["local_day"])]
    asked = {
        int(number): day
        for number, day in zip(counted["session_id"].tolist(), days, strict=True)
        if first <= day <= last
    }
    known = run_bouts.bouts_found(conn, viewer, asked)
    for number, day in asked.items():
        if number not in known:
            known[number] = kept[number] = session_done(day, sessions.one(conn, viewer, number).session)
        by_day.setdefault(day, []).append(known[number])
    return [together(parts) for _, parts in sorted(by_day.items())]


def session_done(day: date, session: Session) -> Done:
    """What was run in one session: bouts of its stream; where it has none, its time in motion, of which no piece is known."""
    stream = session.stream
    found = bouts(*(stream[name].to_numpy(dtype=np.float64) for name in ("t_s", "speed_mps", "cadence_spm")))
    metres = float(stream["distance_m"].max()) if len(stream) and stream["distance_m"].notna().any() else None
    if not found:
        moving = 0.0 if np.isnan(session.moving_s) else session.moving_s
        return Done(day, moving, 0.0, 1 if moving else 0, 0.0, metres)
    return done_of(day, found, metres)

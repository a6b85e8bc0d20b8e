"""A session without the parts that were no run, as if its timer had been started later or stopped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import numpy as np
import pandas as pd

from loadmon.readers.moving import believed_stops, events_of
from loadmon.readers.partly_recorded import PARTLY_RECORDED
from loadmon.repair.ascent import ascent_of_part
from loadmon.repair.channels import times_of_stream, values_of
from loadmon.repair.cut import Cut
from loadmon.repair.laps import cut_laps
from loadmon.repair.spans import apart
from loadmon.session import DeviceTotals, Session


def cut_session(cut: Cut) -> Session:
    """The session as if its timer had been started later, stopped earlier or stopped in between."""
    session = cut.session
    stream = session.stream.loc[cut.kept].reset_index(drop=True)
    stream["t_s"] = times_of_stream(stream) - cut.first_s
    if "distance_m" in stream and np.isfinite(distance := values_of(session.stream, "distance_m")).any():
        # what it had counted before its first sample stays counted, unless that sample goes
        before = 0.0 if cut.first_s > cut.t_s[0] else float(distance[np.isfinite(distance)][0])
        left = before + cut.without(distance, cut.t_s)
        stream["distance_m"] = np.where(np.isfinite(distance), left, np.nan)[cut.kept]
    timer_s = cut.share(cut.timer, cut.first_s, cut.last_s)
    if np.isnan(session.moving_s):
        moving_s = session.moving_s
    elif cut.moving is None:
        moving_s = timer_s
    else:
        moving_s = min(cut.share(cut.moving, cut.first_s, cut.last_s), timer_s)
    fresh = replace(
        session,
        start=stream["timestamp"].iloc[0].to_pydatetime().astimezone(UTC),
        elapsed_s=cut.last_s - cut.first_s,
        timer_s=timer_s,
        moving_s=moving_s,
        stream=stream,
        totals=DeviceTotals(ascent_m=_ascent(cut)),
        laps=cut_laps(cut),
        events=_events(cut),
        rr_s=np.empty(0),
    )
    return _with_what_was_not_recorded(cut, fresh) if _is_part(session) else fresh


def _ascent(cut: Cut) -> float | None:
    """The device's ascent, in the share of the recorded climb that stays."""
    whole = float(cut.climbed[-1] - cut.climbed[0])
    return ascent_of_part(cut.session.totals.ascent_m, cut.share(cut.climbed, cut.first_s, cut.last_s), whole)


def _is_part(session: Session) -> bool:
    return any(oddity.name == PARTLY_RECORDED for oddity in session.oddities)


def _with_what_was_not_recorded(cut: Cut, fresh: Session) -> Session:
    """Where only the device knows of a part of the run: its totals, less what was cut of the samples."""
    session, totals = cut.session, cut.session.totals
    distance = values_of(session.stream, "distance_m")
    gone_m = 0.0
    if np.isfinite(distance).any():
        known = distance[np.isfinite(distance)]
        gone_m = float(known[-1] - known[0]) - cut.share(distance, cut.first_s, cut.last_s)
    timer_s = max(session.timer_s - (float(cut.timer[-1]) - fresh.timer_s), fresh.timer_s)
    moved = float(cut.moving[-1]) - fresh.moving_s if cut.moving is not None else session.timer_s - timer_s
    moving_s = min(max(session.moving_s - moved, 0.0), timer_s)
    ends = cut.t_s[-1] - cut.t_s[0] - fresh.elapsed_s
    told_m = None if totals.distance_m is None else max(totals.distance_m - gone_m, 0.0)
    return replace(
        fresh,
        elapsed_s=max(session.elapsed_s - ends, timer_s),
        timer_s=timer_s,
        moving_s=moving_s,
        totals=DeviceTotals(distance_m=told_m, timer_s=timer_s),
    )


def _events(cut: Cut) -> pd.DataFrame:
    """The timer's starts and stops as they are now: those that were believed, and the stretches taken out."""
    session = cut.session
    first = session.start.timestamp()
    unix_s = first + cut.t_s - cut.t_s[0]
    stops = list(cut.out)
    told = events_of(session)
    if told and believed_stops(unix_s, told, session.totals.timer_s).any():
        since: float | None = None
        for event in sorted(told, key=lambda e: (e.at_s, e.kind == "start")):
            at = event.at_s - first + cut.t_s[0]
            if event.kind != "start":
                since = at if since is None else since
            elif since is not None:
                stops.append((since, at))
                since = None
    stood = apart(stops, cut.first_s, cut.last_s)
    # a recording that begins while the timer stands still begins with a stop
    marks: list[tuple[float, str]] = [] if stood and stood[0][0] <= cut.first_s else [(cut.first_s, "start")]
    for begin, end in stood:
        marks += [(begin, "stop"), (end, "start")]
    marks.append((cut.last_s, "stop_all"))
    instants = pd.to_datetime([round((first + at - cut.t_s[0]) * 1e6) for at, _ in marks], unit="us", utc=True)
    return pd.DataFrame(
        {"timestamp": instants.as_unit("us"), "kind": pd.array([kind for _, kind in marks], dtype="str")}
    )

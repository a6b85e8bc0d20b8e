"""The session page's parts: what was recorded, what was odd, what was made of it, and where it came from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from loadmon.athlete import Athlete
from loadmon.session import OffsetOrigin
from loadmon.show import parts, state
from loadmon.show.cards import Card, cards
from loadmon.show.charts.session import PANELS, stream_panel, stream_table
from loadmon.show.sessions_table import SESSION
from loadmon.show.words import day_of_year
from loadmon.store.sessions import StoredSession
from loadmon.units import NOTHING, Units, clock, duration, heart_rate, is_missing, steps

_ORIGIN = {
    OffsetOrigin.FILE: "the watch's own clock",
    OffsetOrigin.POSITION: "the time zone of the first position",
    OffsetOrigin.USER: "the runner's home zone",
    OffsetOrigin.UNKNOWN: "nothing in the file: shown in UTC",
}
_NAMES = {"pace": "Pace", "heart_rate": "Heart rate", "cadence": "Cadence", "altitude": "Height above sea"}


def choose(athlete: Athlete) -> int | None:
    """The session this page is about: from the link, else the newest; None if there is none."""
    table = state.runner_history(athlete.id, None).sessions
    if table.empty:
        return None
    units = state.units()
    labels = {str(row.session_id): _label(row, units) for row in table.itertuples()}
    chosen = parts.choose_linked("Session", labels, SESSION)
    return None if chosen is None else int(chosen)


def heading(stored: StoredSession) -> None:
    """What it was, when and where in time."""
    session = stored.session
    st.title(f"{session.sport.value.capitalize()}, {day_of_year(session.local_day)}")
    st.caption(
        f"{stored.athlete.name} · started {session.local_start:%H:%M} local time (from {_ORIGIN[session.offset_origin]}) · "
        f"{session.device.label}"
    )
    if stored.excluded_reason:
        st.warning(f"Not counted: {stored.excluded_reason}.")
    if stored.facts.sport_reason:
        st.info(f"{stored.facts.sport_reason[:1].upper()}{stored.facts.sport_reason[1:]}.")


def figures(stored: StoredSession) -> None:
    """The session in numbers; a missing one says why."""
    units, facts = state.units(), stored.facts
    shown = [
        Card(
            "Distance",
            units.distance(facts.distance_m, 2),
            facts.distance_reason or f"from the {facts.distance_source}",
        ),
        Card("Moving time", clock(facts.moving_s), f"elapsed {clock(facts.elapsed_s)}, timer {clock(facts.timer_s)}"),
        Card("Pace", units.pace(facts.mean_speed_mps), "distance over moving time"),
        Card("Heart rate", heart_rate(facts.mean_heart_rate_bpm), _heart_rate_words(stored)),
        Card(
            "Cadence",
            steps(facts.median_cadence_spm),
            facts.steps_reason or f"{facts.steps:,.0f} running steps, both feet",
        ),
        Card("Ascent", NOTHING if facts.ascent_m is None else f"{facts.ascent_m:,.0f} m", "as the device says"),
    ]
    if facts.median_stance_time_s is not None:
        shown.append(
            Card("Ground contact", f"{facts.median_stance_time_s * 1000:.0f} ms", "middle value while running")
        )
    if facts.median_vertical_oscillation_m is not None:
        height = f"{facts.median_vertical_oscillation_m * 100:.1f} cm"
        shown.append(Card("Vertical oscillation", height, "middle value while running"))
    cards(shown)


def _heart_rate_words(stored: StoredSession) -> str:
    facts = stored.facts
    if facts.mean_heart_rate_bpm is None:
        return "not recorded"
    return f"highest {heart_rate(facts.max_heart_rate_bpm)}; recorded {facts.heart_rate_coverage:.0%} of the time"


def panels(stored: StoredSession) -> None:
    """Pace, heart rate, cadence and height over the minutes; what was not measured is named."""
    units = state.units()
    table = stream_table(stored.session, units)
    minutes = max(float(table["minute"].max()), 1.0) if len(table) else 1.0
    present = [panel for panel in PANELS if table[panel[0]].notna().any()]
    for column, title, colour, reverse in present:
        unit = title.format(length=units.length)
        st.markdown(f"**{_NAMES[column]}** ({unit})")
        values = table[column].dropna()
        words = f"{_NAMES[column]} between {values.min():.1f} and {values.max():.1f} {unit} over {minutes:.0f} minutes."
        last = column == present[-1][0]
        st.vega_lite_chart(
            table[["minute", column]],
            stream_panel(column, unit, colour, reverse, minutes, last),
            width="stretch",
            alt=words,
        )
    missing = [_NAMES[column].lower() for column, *_ in PANELS if column not in {panel[0] for panel in present}]
    if missing:
        st.caption(f"Not recorded: {', '.join(missing)}.")
    parts.table_behind("These minutes as a table", table.drop(columns="gap").round(2), f"session-{stored.id}.csv")


def laps(stored: StoredSession) -> None:
    """The laps as the watch cut them."""
    table = stored.session.laps
    if table.empty:
        return
    units = state.units()
    st.subheader("Laps")
    st.dataframe(lap_rows(table, units), hide_index=True, width="stretch", height=min(38 + 35 * len(table), 400))


def lap_rows(laps: pd.DataFrame, units: Units) -> pd.DataFrame:
    """Laps in the user's units."""
    speed = laps["distance_m"] / laps["timer_s"].where(laps["timer_s"] > 0).fillna(laps["elapsed_s"])
    return pd.DataFrame(
        {
            "lap": range(1, len(laps) + 1),
            units.length: (laps["distance_m"] / units.metres).round(2),
            "time": [clock(value) for value in laps["timer_s"].fillna(laps["elapsed_s"])],
            "pace": [units.pace(value) for value in speed],
            "bpm": laps["mean_heart_rate_bpm"].round(0),
            "highest bpm": laps["max_heart_rate_bpm"].round(0),
            "steps/min": laps["mean_cadence_spm"].round(0),
            "ascent, m": laps["ascent_m"].round(0),
        }
    )


def provenance(stored: StoredSession) -> None:
    """What was odd, what the device itself said, and the original file."""
    session, units = stored.session, state.units()
    st.subheader("What was odd, and where it comes from")
    if not session.oddities:
        st.markdown("Nothing odd was met in this file.")
    for oddity in session.oddities:
        st.markdown(f"- **{oddity.name}**: {oddity.detail}")
    totals = session.totals
    declared = {
        "distance": units.distance(totals.distance_m, 2),
        "elapsed": duration(totals.elapsed_s),
        "timer": duration(totals.timer_s),
        "mean heart rate": heart_rate(totals.mean_heart_rate_bpm),
        "mean cadence": steps(totals.mean_cadence_spm),
    }
    st.caption("The device itself says: " + ", ".join(f"{name} {value}" for name, value in declared.items()) + ".")
    source = session.source
    st.caption(f"File {source.file_name} ({source.format}, read by {source.reader}), sha256 {source.sha256[:16]}…")
    st.download_button(
        "Download the original file",
        lambda: state.store().originals.read(source.sha256),
        source.file_name,
        "application/octet-stream",
    )


def _label(row: Any, units: Units) -> str:
    offset_s = 0.0 if is_missing(row.utc_offset_s) else float(row.utc_offset_s)
    start = row.start_utc + timedelta(seconds=offset_s)
    return f"{start:%a %-d %b %Y, %H:%M} · {row.sport} · {units.distance(row.distance_m)}"

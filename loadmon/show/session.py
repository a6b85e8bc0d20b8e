"""The session page's parts: what was recorded, what was odd, what was made of it, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from loadmon.athlete import Athlete
from loadmon.correction import CorrectionKind
from loadmon.repair.channels import channel_words
from loadmon.repair.words import sentence
from loadmon.session import OffsetOrigin, Session
from loadmon.show import choices, parts, state, whose_run
from loadmon.show.charts.session import FURTHER, PANELS, Panel, span, stream_panel, stream_table
from loadmon.show.plain import plain
from loadmon.show.sessions_table import SESSION
from loadmon.show.words import capital, day_of_year
from loadmon.store.sessions import StoredSession
from loadmon.units import NOTHING, Units, clock, duration, heart_rate, is_missing, steps

_ORIGIN = {
    OffsetOrigin.FILE: "the watch's own clock",
    OffsetOrigin.POSITION: "the time zone of the first position",
    OffsetOrigin.USER: "the runner's home zone, or as it was put right",
    OffsetOrigin.UNKNOWN: "nothing in the file: shown in UTC",
}


def runner_of_link() -> int | None:
    """Whose session a link names that says nothing of a runner; None if it names none that is here."""
    found = None if parts.ATHLETE in st.query_params else whose_run.linked()
    return None if found is None else found.athlete.id  # the choice of a session says that there is none


@dataclass(frozen=True, slots=True)
class Choice:
    """The session a page is about, and why it does not count where it does not."""

    session_id: int
    not_counted: str | None


def choose(athlete: Athlete) -> Choice | None:
    """The session this page is about: from the link, else the newest that counts; None if there is none."""
    table = state.runner_sessions(athlete.id)
    others = whose_run.elsewhere(athlete)
    if others is not None:
        whose_run.say_elsewhere(athlete, others)
    if table.empty:
        return None
    units = state.units()
    labels = {str(row.session_id): _label(row, units) for row in table.itertuples()}
    counted = table.loc[~table["excluded"].astype(bool), "session_id"]
    newest = str(counted.iloc[0]) if len(counted) else ""
    chosen = parts.choose_linked("Session", labels, SESSION, otherwise=newest, is_said=others is not None)
    if chosen is None:
        return None
    row = table.set_index("session_id").loc[int(chosen)]
    reason = row["excluded_reason"] if isinstance(row["excluded_reason"], str) else "taken out"
    return Choice(int(chosen), reason if row["excluded"] else None)


def heading(stored: StoredSession, not_counted: str | None) -> None:
    """What it was, when and where in time."""
    session = stored.session
    st.title(f"{capital(session.sport.value)}, {day_of_year(session.local_day)}")
    st.caption(
        plain(
            f"{stored.athlete.name} · started {session.local_start:%H:%M} local time "
            f"(from {_ORIGIN[session.offset_origin]}) · {session.device.label}"
        )
    )
    if told := told_words(session):
        st.markdown(told)
    if not_counted:
        st.warning(f"Not counted in any sum: {plain(not_counted)}.")
    if stored.facts.sport_reason:
        st.info(f"{plain(capital(stored.facts.sport_reason))}.")


def told_words(session: Session) -> str:
    """What the runner called it and wore, as far as an account or a table tells; how hard it was stands by the question."""
    said = [f"**{plain(session.title)}**"] if session.title else []
    if session.shoes:
        said.append(f"shoes: {plain(session.shoes)}")
    return " · ".join(said)


def panels(stored: StoredSession) -> None:
    """Pace, heart rate, cadence and height over the minutes; what was not measured is named."""
    units = state.units()
    table = stream_table(stored.session, units)
    minutes = max(float(table["minute"].max()), 1.0) if len(table) else 1.0
    measured = {panel.column: panel.name for panel in FURTHER if table[panel.column].notna().any()}
    asked = choices.several_of("Also show", measured, "session-also") if measured else []
    wanted = [*PANELS, *(panel for panel in FURTHER if panel.column in asked)]
    present = [panel for panel in wanted if table[panel.column].notna().any()]
    for panel in present:
        unit = panel.unit.format(length=units.length)
        st.markdown(f"**{panel.name}** ({unit}{', faster is up' if panel.reverse else ''})")
        values = table[panel.column].dropna()
        st.vega_lite_chart(
            table[["minute", panel.column]],
            stream_panel(panel, unit, span(values, panel.least_span), minutes, panel is present[-1]),
            width="stretch",
            alt=panel_sentence(panel, values, units, minutes),
        )
    out = {one.params.get("channel"): one for one in stored.corrections if one.kind is CorrectionKind.CHANNEL_OUT}
    for channel, one in out.items():
        st.caption(f"Left out: {plain(channel_words(str(channel)))}. {plain(sentence(one.reason))} Undo it below.")
    missing = [panel.name.lower() for panel in PANELS if panel not in present and panel.stream not in out]
    if missing:
        st.caption(f"Not recorded: {', '.join(missing)}.")
    if present:
        told = table.drop(columns="gap").dropna(axis="columns", how="all")
        parts.table_behind("These minutes as a table", told.round(2), f"session-{stored.id}.csv")


def panel_sentence(panel: Panel, values: pd.Series, units: Units, minutes: float) -> str:
    """A panel in a sentence, for people who do not see it."""
    unit = panel.unit.format(length=units.length)
    low, high = (
        clock(60 * v) if panel.column == "pace" else f"{v:.{panel.digits}f}" for v in (values.min(), values.max())
    )
    return f"{panel.name} between {low} and {high} {unit} over {minutes:.0f} minutes."


def laps(stored: StoredSession) -> None:
    """The laps as the watch cut them."""
    table = stored.session.laps
    if table.empty:
        return
    units = state.units()
    st.header("Laps")
    st.dataframe(
        lap_rows(table, units),
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(table), 400),
        placeholder=NOTHING,
        column_config={units.length: st.column_config.NumberColumn(format="%.2f")},
    )


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
    totals = stored.totals
    st.header("What was odd, and where it comes from")
    if not session.oddities:
        st.markdown("Nothing odd was met in this file.")
    for oddity in session.oddities:
        st.markdown(f"- **{plain(oddity.name)}**: {plain(oddity.detail)}")
    declared = {
        "distance": units.distance(totals.distance_m, 2),
        "elapsed": duration(totals.elapsed_s),
        "timer": duration(totals.timer_s),
        "mean heart rate": heart_rate(totals.mean_heart_rate_bpm),
        "mean cadence": steps(totals.mean_cadence_spm),
    }
    told = [f"{name} {value}" for name, value in declared.items() if value != NOTHING]
    says = "The table says: " if session.source.format == "table" else "The device itself says: "
    if told:
        st.caption(f"{says}{', '.join(told)}.")
    source = session.source
    st.caption(
        plain(f"File {source.file_name} ({source.format}, read by {source.reader}), sha256 {source.sha256[:16]}…")
    )
    st.download_button(
        "Download the original file",
        lambda: state.store().originals.read(source.sha256),
        source.file_name,
        "application/octet-stream",
    )


def _label(row: Any, units: Units) -> str:
    offset_s = 0.0 if is_missing(row.utc_offset_s) else float(row.utc_offset_s)
    start = row.start_utc + timedelta(seconds=offset_s)
    # in front: the end of a label is cut off on a phone
    mark = "(not counted) " if row.excluded else ""
    return f"{mark}{start:%a} {start.day} {start:%b %Y, %H:%M} · {row.sport} · {units.distance(row.distance_m)}"

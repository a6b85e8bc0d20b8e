"""Sessions as rows: when, what, how far, how it compared, and what was odd; a chosen row opens the session."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from loadmon.athlete import Athlete
from loadmon.paths import page_file
from loadmon.show import parts, state
from loadmon.units import Units, is_missing, signed_percent

SESSION = "session"
"""The query parameter that names a session."""


def sessions_table(sessions: pd.DataFrame, athlete: Athlete, key: str) -> None:
    """Show sessions, newest first as they are given; choosing a row leads to the session's page."""
    table = rows(sessions, state.units())
    event = st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(table), 460),
        on_select="rerun",
        selection_mode="single-row",
        key=f"sessions-{key}",
        column_config={
            "day": st.column_config.TextColumn(width=185),
            "note": st.column_config.TextColumn(width="medium"),
        },
    )
    st.caption("Choose a row to open the session.")
    if event.selection.rows:
        chosen = int(sessions["session_id"].iloc[event.selection.rows[0]])
        st.switch_page(page_file("session.py"), query_params={parts.ATHLETE: str(athlete.id), SESSION: str(chosen)})


def rows(sessions: pd.DataFrame, units: Units) -> pd.DataFrame:
    """The table's words and numbers, in the user's units.

    Parameters
    ----------
    sessions : DataFrame
        As ``figures.with_spikes`` gives them.
    """
    offset = pd.to_timedelta(sessions["utc_offset_s"].fillna(0), unit="s")
    local = sessions["start_utc"].dt.tz_localize(None) + offset
    return pd.DataFrame(
        {
            "day": local.dt.strftime("%a %-d %b %Y, %H:%M"),
            "sport": sessions["sport"],
            units.length: (sessions["distance_m"] / units.metres).round(2),
            "minutes": (sessions["moving_s"] / 60.0).round(0),
            "pace": [units.pace(speed) for speed in sessions["mean_speed_mps"]],
            "bpm": sessions["mean_heart_rate_bpm"].round(0),
            "steps/min": sessions["median_cadence_spm"].round(0),
            "against longest of 30 days": [
                "" if is_missing(change) else signed_percent(change) + (" (provisional)" if provisional is True else "")
                for change, provisional in zip(sessions["change_pct"], sessions["provisional"], strict=True)
            ],
            "note": [
                _note(excluded, why, sport_why)
                for excluded, why, sport_why in zip(
                    sessions["excluded"], sessions["excluded_reason"], sessions["sport_reason"], strict=True
                )
            ],
        }
    )


def _note(excluded: bool, reason: object, sport_reason: object) -> str:
    if excluded:
        return f"not counted: {reason if isinstance(reason, str) else 'taken out'}"
    return sport_reason if isinstance(sport_reason, str) else ""

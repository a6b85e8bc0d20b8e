"""Sessions as rows: when, what, how far, how it compared, and what was odd; a chosen row opens the session."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from loadmon.athlete import Athlete
from loadmon.measure import DISTANCE_MISSING, HISTORY_30, NO_RUN_30_DAYS
from loadmon.paths import page_file
from loadmon.show import parts, state
from loadmon.units import NOTHING, Units, is_missing, signed_percent

SESSION = "session"
"""The query parameter that names a session."""

AGAINST = "against longest of 30 days"


def sessions_table(sessions: pd.DataFrame, athlete: Athlete, key: str) -> None:
    """Show sessions, newest first as they are given; choosing a row leads to the session's page."""
    units = state.units()
    table = rows(sessions, units)
    st.caption("Choose a row to open the session.")
    event = st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(table), 460),
        placeholder=NOTHING,
        on_select="rerun",
        selection_mode="single-row",
        key=f"sessions-{key}",
        column_config={units.length: st.column_config.NumberColumn(format="%.2f")},
    )
    if event.selection.rows:
        chosen = int(sessions["session_id"].iloc[event.selection.rows[0]])
        st.switch_page(page_file("session.py"), query_params={parts.ATHLETE: str(athlete.id), SESSION: str(chosen)})


def rows(sessions: pd.DataFrame, units: Units) -> pd.DataFrame:
    """The table's words and numbers, in the user's units; a column that says nothing of any session is left out.

    Parameters
    ----------
    sessions : DataFrame
        As ``figures.with_spikes`` gives them.
    """
    offset = pd.to_timedelta(sessions["utc_offset_s"].fillna(0), unit="s")
    local = sessions["start_utc"].dt.tz_localize(None) + offset
    table = pd.DataFrame(
        {
            "day": [f"{day:%a} {day.day} {day:%b %y, %H:%M}" for day in local],
            # so far in front that a phone shows it
            "note": [
                _note(excluded, why, sport_why)
                for excluded, why, sport_why in zip(
                    sessions["excluded"], sessions["excluded_reason"], sessions["sport_reason"], strict=True
                )
            ],
            units.length: (sessions["distance_m"] / units.metres).round(2),
            "minutes": (sessions["moving_s"] / 60.0).round(0),
            "pace": [units.pace(speed) for speed in sessions["mean_speed_mps"]],
            "sport": sessions["sport"],
            AGAINST: [
                _against(change, provisional, reason)
                for change, provisional, reason in zip(
                    sessions["change_pct"], sessions["provisional"], sessions["spike_reason"], strict=True
                )
            ],
            "bpm": sessions["mean_heart_rate_bpm"].round(0),
            "steps/min": sessions["median_cadence_spm"].round(0),
        }
    )
    silent = [name for name in ("bpm", "steps/min") if table[name].isna().all()]
    silent += [name for name in (AGAINST, "note") if (table[name] == "").all()]
    if (table["sport"] == "run").all():
        silent.append("sport")
    return table.drop(columns=silent)


_NONE = {HISTORY_30: "the record is too young", NO_RUN_30_DAYS: "none in 30 days", DISTANCE_MISSING: "distance missing"}


def _against(change: float, provisional: object, reason: object) -> str:
    """How long a run was against the longest before it, or why that cannot be told; nothing for other sports."""
    if is_missing(change):
        return _NONE.get(reason, "") if isinstance(reason, str) else ""
    return signed_percent(change) + (" (provisional)" if provisional is True else "")


def _note(excluded: bool, reason: object, sport_reason: object) -> str:
    if excluded:
        return f"not counted: {reason if isinstance(reason, str) else 'taken out'}"
    return sport_reason if isinstance(sport_reason, str) else ""

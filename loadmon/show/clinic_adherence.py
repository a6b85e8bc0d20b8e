"""Adherence on the page: time within the cadence range, week by week and by speed, of the runs that came back since."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from loadmon.athlete import Athlete
from loadmon.clinic.adherence import SUCCESS_SHARE, WeekOfAdherence, by_speed, by_week, time_in_range
from loadmon.clinic.cadence_target import CadenceTarget
from loadmon.report.cadence_workout import cadence_range_spm
from loadmon.show import clinic_state, parts
from loadmon.show.charts.adherence import adherence_chart
from loadmon.show.plain import plain


def adherence(athlete: Athlete, target: CadenceTarget | None, since: date, speed_mps: float | None) -> None:
    """How much of the running since the assessment kept within the range."""
    if target is None or not target.changes:
        st.caption("No other cadence was agreed: there is no range to keep to.")
        return
    low, high = cadence_range_spm(target.target_spm)
    exposures, days = clinic_state.came_back(athlete.id, since)
    table = time_in_range(exposures, days, (low + high) / 2, within_spm=(high - low) / 2)
    if table.empty:
        st.caption(
            f"No run with a cadence has come back since {since.isoformat()}. Adherence is told from the files that come in."
        )
        return
    weeks = by_week(table)
    st.markdown(plain(adherence_words(weeks, low, high)))
    rows = week_rows(weeks)
    st.vega_lite_chart(rows, adherence_chart(), width="stretch", alt=adherence_words(weeks, low, high))
    if speed_mps is not None:
        near = by_week(table, speed_mps=speed_mps)
        if near and near[-1].share is not None:
            st.caption(
                f"At the assessment's speed, {speed_mps:g} m/s, within 0.2: {near[-1].share:.0%} in the week {near[-1].week}."
            )
    parts.table_behind("By week and by speed, as tables", rows, "adherence-weeks.csv")
    speeds = by_speed(table).assign(
        minutes=lambda t: (t["seconds"] / 60).round(1), share=lambda t: (100 * t["share"]).round(1)
    )
    parts.table_behind("By speed", speeds[["speed_mps", "minutes", "share"]], "adherence-speeds.csv")


def week_rows(weeks: tuple[WeekOfAdherence, ...]) -> pd.DataFrame:
    """The weeks as a table: ``week``, ``share`` (%), ``minutes``, ``runs``."""
    return pd.DataFrame(
        {
            "week": [one.week for one in weeks],
            "share": [None if one.share is None else round(100 * one.share, 1) for one in weeks],
            "minutes": [round(one.seconds / 60.0, 1) for one in weeks],
            "runs": [one.runs for one in weeks],
        }
    )


def adherence_words(weeks: tuple[WeekOfAdherence, ...], low: int, high: int) -> str:
    """How it stands, in a sentence."""
    last = weeks[-1]
    share = "none" if last.share is None else f"{last.share:.0%}"
    aim = "the four fifths aimed at are reached" if last.reached else f"{SUCCESS_SHARE:.0%} are aimed at"
    return f"Within {low}–{high} steps a minute: {share} of the running of the latest week ({last.week}); {aim}."

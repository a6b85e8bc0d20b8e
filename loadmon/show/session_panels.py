"""A session's panels over its minutes: what counts in colour, what was left out in grey, what was not recorded by name."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from loadmon.correction import Correction, CorrectionKind
from loadmon.repair.channels import channel_words
from loadmon.repair.words import TAKES_OUT, sentence
from loadmon.show import choices, parts, state
from loadmon.show.charts.session import (
    FURTHER,
    LEFT_OUT,
    PANELS,
    Panel,
    span,
    stream_panel,
    stream_table,
    with_left_out,
)
from loadmon.show.plain import plain
from loadmon.show.words import capital
from loadmon.store.sessions import StoredSession
from loadmon.units import Units, clock


def panels(stored: StoredSession) -> None:
    """Pace, heart rate, cadence and height over the minutes; what was left out or not measured is told apart."""
    units = state.units()
    table = stream_table(stored.session, units)
    whole = stream_table(state.session_with_all_channels(stored.id), units) if taken_out(stored.corrections) else table
    minutes = max(float(table["minute"].max()), 1.0) if len(table) else 1.0
    there = {panel.column: panel.name for panel in FURTHER if whole[panel.column].notna().any()}
    asked = choices.several_of("Also show", there, "session-also") if there else []
    wanted = [*PANELS, *(panel for panel in FURTHER if panel.column in asked)]
    shown = [panel for panel in wanted if whole[panel.column].notna().any()]
    for panel in shown:
        _panel(panel, with_left_out(table, whole, panel), stored, minutes, is_last=panel is shown[-1])
    for channel, one in taken_out(stored.corrections).items():
        if one.kind is CorrectionKind.CHANNEL_OUT and channel not in {panel.channel for panel in shown}:
            st.caption(left_out_words(channel, one))
    missing = [panel.name.lower() for panel in PANELS if panel not in shown]
    if missing:
        st.caption(f"Not recorded: {', '.join(missing)}.")
    counted = table.drop(columns="gap").dropna(axis="columns", how="all")
    if len(counted.columns) > 1:
        parts.table_behind("These minutes as a table", counted.round(2), f"session-{stored.id}.csv")


def taken_out(found: tuple[Correction, ...]) -> dict[str, Correction]:
    """The channels that corrections took out, wholly or for a while, each with the correction that did."""
    return {str(one.params.get("channel", "cadence_spm")): one for one in found if one.kind in TAKES_OUT}


def left_out_words(channel: str, one: Correction) -> str:
    """That a channel counts as not measured, and why, in a sentence."""
    where = "" if one.kind is CorrectionKind.CHANNEL_OUT else " where it is grey"
    words = f"{capital(channel_words(channel))} was left out{where} and counts as not measured."
    return plain(f"{words} {sentence(one.reason)} Undo it below, under “Put this recording right”.")


def _panel(panel: Panel, table: pd.DataFrame, stored: StoredSession, minutes: float, *, is_last: bool) -> None:
    """One panel: its heading, its line, and in grey what was left out of it."""
    units = state.units()
    unit = panel.unit.format(length=units.length)
    values, left = table[panel.column].dropna(), table[LEFT_OUT].dropna()
    mark = "" if left.empty else f" :gray-badge[left out{'' if values.empty else ' in part'}]"
    st.markdown(f"**{panel.name}** ({unit}{', faster is up' if panel.reverse else ''}){mark}")
    drawn = table if len(left) else table.drop(columns=LEFT_OUT)
    st.vega_lite_chart(
        drawn,
        stream_panel(
            panel,
            unit,
            span(values if len(values) else left, panel.least_span),
            minutes,
            is_last,
            is_left_out=bool(len(left)),
        ),
        width="stretch",
        alt=panel_sentence(panel, values, units, minutes) if len(values) else f"{panel.name}: left out, drawn in grey.",
    )
    one = taken_out(stored.corrections).get(panel.channel)
    if one is not None and len(left):
        st.caption(left_out_words(panel.channel, one))


def panel_sentence(panel: Panel, values: pd.Series, units: Units, minutes: float) -> str:
    """A panel in a sentence, for people who do not see it."""
    unit = panel.unit.format(length=units.length)
    low, high = (
        clock(60 * v) if panel.column == "pace" else f"{v:.{panel.digits}f}" for v in (values.min(), values.max())
    )
    return f"{panel.name} between {low} and {high} {unit} over {minutes:.0f} minutes."

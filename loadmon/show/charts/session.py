"""One session's stacked panels over its minutes: pace, heart rate, cadence, height."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from loadmon.session import Session
from loadmon.show.charts.specification import AXIS_WIDTH, specification, value_axis
from loadmon.show.palette import BLUE, GREEN, ORANGE, SKY
from loadmon.units import Units

MOST_POINTS = 400
"""As many as a screen's pixels can show; the stream itself is never sent to the browser."""

PANELS: tuple[tuple[str, str, str, bool], ...] = (
    ("pace", "min/{length}", BLUE, True),
    ("heart_rate", "bpm", ORANGE, False),
    ("cadence", "steps/min", GREEN, False),
    ("altitude", "m", SKY, False),
)
"""Column, unit, colour, and whether the axis is turned round (faster is up)."""


@lru_cache(maxsize=64)
def stream_panel(column: str, title: str, colour: str, reverse: bool, minutes: float, labels: bool) -> dict[str, Any]:
    """Description of one panel over the session's minutes."""
    chart = (
        alt.Chart(pd.DataFrame())
        .mark_line(color=colour, strokeWidth=1.8, interpolate="monotone", invalid="break-paths-filter-domains")
        .encode(
            x=alt.X(
                "minute:Q",
                title="minutes" if labels else None,
                scale=alt.Scale(domain=[0, minutes], nice=False),
                axis=alt.Axis(labels=labels, ticks=labels, tickCount=8),
            ),
            y=_value_axis(column, title, reverse),
            tooltip=[
                alt.Tooltip("minute:Q", format=".1f"),
                alt.Tooltip(f"{column}:Q", title=title, format=".2f" if column == "pace" else ".0f"),
            ],
        )
        .properties(height=170 if labels else 130)
    )
    return specification(chart)


def _value_axis(column: str, title: str, reverse: bool) -> alt.Y:
    """The panel's axis; pace is labelled in minutes and seconds, faster upwards."""
    axis = value_axis(column, title, zero=False, reverse=reverse)
    if column != "pace":
        return axis
    seconds = "format(floor(datum.value * 60 % 60), '02')"
    return axis.axis(
        minExtent=AXIS_WIDTH,
        maxExtent=AXIS_WIDTH,
        tickCount=4,
        titlePadding=6,
        labelExpr=f"floor(datum.value) + ':' + {seconds}",
    )


def stream_table(session: Session, units: Units) -> pd.DataFrame:
    """The stream in at most ``MOST_POINTS`` rows, in the user's units: means of equal stretches of time.

    Gaps of over a minute stay gaps; pace slower than a walk is left out of the pace panel.
    """
    stream = session.stream
    minute = stream["t_s"].to_numpy(float) / 60.0
    span = float(minute[-1]) if len(minute) else 0.0
    bins = min(MOST_POINTS, max(len(minute), 1))
    place = np.minimum((minute / max(span, 1e-9) * bins).astype(int), bins - 1)
    frame = pd.DataFrame(
        {
            "minute": minute,
            "speed": stream["speed_mps"].to_numpy(float),
            "heart_rate": stream["heart_rate_bpm"].to_numpy(float),
            "cadence": stream["cadence_spm"].to_numpy(float),
            "altitude": stream["altitude_m"].to_numpy(float),
        }
    )
    means = frame.groupby(place).mean()
    slow = ~(means["speed"] >= 0.8)
    means["pace"] = (units.metres / means["speed"].where(~slow)) / 60.0
    gap = means["minute"].diff() > max(1.0, 2.5 * span / bins)
    return means.assign(gap=gap).drop(columns="speed").reset_index(drop=True)

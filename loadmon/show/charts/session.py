"""One session's stacked panels over its minutes: pace, heart rate, cadence, height, and running dynamics where asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from loadmon.session import Session
from loadmon.show.charts.specification import AXIS_WIDTH, specification, value_axis
from loadmon.show.palette import BLUE, GREEN, GREY, SKY, VERMILION
from loadmon.units import Units

LEFT_OUT = "left_out"
"""The column of a panel's table with what was recorded and does not count."""
MOST_POINTS = 400
"""As many as a screen's pixels can show; the stream itself is never sent to the browser."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel of a session.

    Parameters
    ----------
    column, name : str
        Of the table, and on the screen.
    unit : str
        With ``{length}`` for the user's unit of length.
    colour : str
        Of the line.
    least_span : float
        So much of the unit the axis shows at least: noise of two steps, or a bump of five metres, is not drawn as a
        mountain range.
    reverse : bool
        True where less is faster, and faster is up.
    digits : int
        Decimals in words and tooltips.
    stream : str
        Column of the stream it is the mean of; empty where it is made from another.
    times : float
        What turns that column's unit into the shown one.
    """

    column: str
    name: str
    unit: str
    colour: str
    least_span: float
    reverse: bool = False
    digits: int = 0
    stream: str = ""
    times: float = 1.0

    @property
    def channel(self) -> str:
        """The channel without which there is no such panel."""
        return self.stream or "speed_mps"


PANELS: tuple[Panel, ...] = (
    Panel("pace", "Pace", "min/{length}", BLUE, 2.0, reverse=True),
    Panel("heart_rate", "Heart rate", "bpm", VERMILION, 40.0, stream="heart_rate_bpm"),
    Panel("cadence", "Cadence", "steps/min", GREEN, 20.0, stream="cadence_spm"),
    Panel("altitude", "Height above sea", "m", SKY, 40.0, stream="altitude_m"),
)
"""What the page opens with."""

FURTHER: tuple[Panel, ...] = (
    Panel("contact", "Ground contact", "ms", BLUE, 40.0, stream="stance_time_s", times=1000.0),
    Panel("balance", "Balance, left", "%", VERMILION, 3.0, digits=1, stream="stance_balance_left_pct"),
    Panel(
        "oscillation", "Vertical oscillation", "cm", GREEN, 2.0, digits=1, stream="vertical_oscillation_m", times=100.0
    ),
    Panel("ratio", "Vertical ratio", "%", SKY, 2.0, digits=1, stream="vertical_ratio_pct"),
    Panel("step_length", "Step length", "m", BLUE, 0.4, digits=2, stream="step_length_m"),
    Panel("power", "Power", "W", VERMILION, 80.0, stream="power_w"),
)
"""What may be shown beside it, where it was measured."""


def span(values: pd.Series, least: float) -> tuple[float, float]:
    """What an axis shows: the values with a little room, and at least ``least`` of their unit around their middle."""
    low, high = float(values.min()), float(values.max())
    room = max((least - (high - low)) / 2.0, 0.04 * (high - low))
    digits = 1 if least < 10 else 0
    return round(low - room, digits), round(high + room, digits)


@lru_cache(maxsize=64)
def stream_panel(
    panel: Panel, unit: str, domain: tuple[float, float], minutes: float, labels: bool, is_left_out: bool = False
) -> dict[str, Any]:
    """Description of one panel over the session's minutes; with ``is_left_out`` a grey line of what does not count beneath."""
    height = 170 if labels else 130
    counts = _line(panel, unit, domain, minutes, labels, panel.column)
    if not is_left_out:
        return specification(counts.properties(height=height))
    beneath = _line(panel, unit, domain, minutes, labels, LEFT_OUT)
    return specification(alt.LayerChart(layer=[beneath, counts]).properties(height=height))


def _line(panel: Panel, unit: str, domain: tuple[float, float], minutes: float, labels: bool, column: str) -> alt.Chart:
    is_out = column == LEFT_OUT
    look: dict[str, Any] = {"color": GREY, "strokeDash": [3, 3], "clip": True} if is_out else {"color": panel.colour}
    digits = ".2f" if panel.column == "pace" else f".{panel.digits}f"
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame())
        .mark_line(strokeWidth=1.8, interpolate="monotone", invalid="break-paths-filter-domains", **look)
        .encode(
            x=alt.X(
                "minute:Q",
                title="minutes" if labels else None,
                scale=alt.Scale(domain=[0, minutes], nice=False),
                axis=alt.Axis(labels=labels, ticks=labels, tickCount=8, grid=True),
            ),
            y=_axis(panel, unit, domain, column),
            tooltip=[
                alt.Tooltip("minute:Q", format=".1f"),
                alt.Tooltip(f"{column}:Q", title=f"{unit}, left out" if is_out else unit, format=digits),
            ],
        )
    )
    return chart


def _axis(panel: Panel, unit: str, domain: tuple[float, float], column: str) -> alt.Y:
    """The panel's axis; pace is labelled in minutes and seconds."""
    axis = value_axis(column, unit, zero=False, domain=list(domain), reverse=panel.reverse)
    if panel.column != "pace":
        return axis
    # Rounded to whole seconds first: 5.9999 minutes are 6:00, not 5:60.
    seconds = "round(datum.value * 60)"
    words = f"floor({seconds} / 60) + ':' + format({seconds} % 60, '02')"
    return axis.axis(minExtent=AXIS_WIDTH, maxExtent=AXIS_WIDTH, tickCount=4, titlePadding=6, labelExpr=words)


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
            **{
                panel.column: panel.times * stream[panel.stream].to_numpy(float)
                for panel in (*PANELS, *FURTHER)
                if panel.stream
            },
        }
    )
    means = frame.groupby(place).mean()
    slow = ~(means["speed"] >= 0.8)
    means["pace"] = (units.metres / means["speed"].where(~slow)) / 60.0
    gap = means["minute"].diff() > max(1.0, 2.5 * span / bins)
    return means.assign(gap=gap).drop(columns="speed").reset_index(drop=True)


def with_left_out(table: pd.DataFrame, whole: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """One panel's rows, with what was left out of it beside what counts.

    Parameters
    ----------
    table : DataFrame
        As ``stream_table`` gives it of the session as it counts.
    whole : DataFrame
        The same of the session with every channel it recorded.
    panel : Panel

    Returns
    -------
    DataFrame
        minute, the panel's column, and ``LEFT_OUT``: its values where none counts, NaN elsewhere.
    """
    counts = table[panel.column]
    return table[["minute", panel.column]].assign(**{LEFT_OUT: whole[panel.column].where(counts.isna())})

"""The history's stacked panels: one unit each on one time axis, days without data drawn as such."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from loadmon.show.charts.specification import day_axis, specification, value_axis
from loadmon.show.palette import BLUE, GREY, SKY, VERMILION

_UNKNOWN = "datum.state == 'unknown'"


def _unknown_days(base: alt.Chart, x: alt.X) -> alt.Chart:
    """Grey bands over days about which nothing is known."""
    return (
        base.transform_filter(_UNKNOWN)
        .mark_rect(color=GREY, opacity=0.25)
        .encode(x=x, x2="next_day:T", tooltip=[alt.Tooltip("day:T"), alt.Tooltip("state:N", title="data")])
    )


@lru_cache(maxsize=32)
def distance_panel(length: str, domain: tuple[str, str]) -> dict[str, Any]:
    """Daily distance as bars and the seven-day sum as a line of its own scale-free pace (mean a day)."""
    base = alt.Chart(pd.DataFrame())
    x = day_axis(domain, labels=False)
    tip = [
        alt.Tooltip("day:T"),
        alt.Tooltip("distance:Q", title=f"{length} on the day", format=".1f"),
        alt.Tooltip("mean_7d:Q", title=f"{length} a day, mean of 7 days", format=".1f"),
        alt.Tooltip("mean_28d:Q", title=f"{length} a day, mean of 28 days", format=".1f"),
        alt.Tooltip("state:N", title="data"),
    ]
    bars = base.mark_rect(color=SKY, opacity=0.75).encode(
        x=x, x2="next_day:T", y=value_axis("distance", length), tooltip=tip
    )
    week = base.mark_line(color=BLUE, strokeWidth=2).encode(x=x, y="mean_7d:Q", tooltip=tip)
    month = base.mark_line(color=GREY, strokeWidth=2, strokeDash=[5, 3]).encode(x=x, y="mean_28d:Q", tooltip=tip)
    return specification(alt.layer(_unknown_days(base, x), bars, month, week).properties(height=170))


@lru_cache(maxsize=32)
def ratio_panel(domain: tuple[str, str]) -> dict[str, Any]:
    """Acute:chronic ratio as a plain line beside 1, without zones: it describes, it does not judge."""
    base = alt.Chart(pd.DataFrame())
    x = day_axis(domain, labels=False)
    line = base.mark_line(color=BLUE, strokeWidth=2, invalid="break-paths-filter-domains").encode(
        x=x,
        y=value_axis("ratio", "ratio", zero=True),
        tooltip=[
            alt.Tooltip("day:T"),
            alt.Tooltip("ratio:Q", format=".2f"),
            alt.Tooltip("ratio_words:N", title="why none"),
        ],
    )
    one = base.mark_rule(color=GREY, strokeDash=[3, 3]).encode(y=alt.datum(1))
    return specification(alt.layer(_unknown_days(base, x), one, line).properties(height=120))


@lru_cache(maxsize=32)
def cadence_panel(domain: tuple[str, str], low: float, high: float) -> dict[str, Any]:
    """Each run's cadence at the common pace, its trend line, and a dashed mark where the watch changed."""
    base = alt.Chart(pd.DataFrame())
    x = day_axis(domain, labels=False)
    points = (
        base.transform_filter("isValid(datum.cadence)")
        .mark_circle(color=BLUE, size=34, opacity=0.75)
        .encode(
            x=x,
            y=value_axis("cadence", "steps/min", domain=[low, high]),
            tooltip=[
                alt.Tooltip("day:T"),
                alt.Tooltip("cadence:Q", title="steps a minute at common pace", format=".1f"),
            ],
        )
    )
    trend = (
        base.transform_filter("isValid(datum.cadence_trend)")
        .mark_line(color=VERMILION, strokeWidth=2)
        .encode(x=x, y="cadence_trend:Q")
    )
    device = (
        base.transform_filter("isValid(datum.device_change) && datum.device_change != ''")
        .mark_rule(color=GREY, strokeDash=[4, 3])
        .encode(x=x, tooltip=[alt.Tooltip("day:T"), alt.Tooltip("device_change:N", title="watch changed to")])
    )
    return specification(alt.layer(_unknown_days(base, x), device, points, trend).properties(height=140))


@lru_cache(maxsize=32)
def ribbon_panel(domain: tuple[str, str]) -> dict[str, Any]:
    """Injuries as a ribbon under everything else, with the days' labels of the shared time axis."""
    base = alt.Chart(pd.DataFrame())
    x = day_axis(domain)
    injuries = (
        base.transform_filter("isValid(datum.injury) && datum.injury != ''")
        .mark_rect(color=VERMILION)
        .encode(
            x=x,
            x2="next_day:T",
            y=alt.value(2),
            y2=alt.value(18),
            tooltip=[alt.Tooltip("day:T"), alt.Tooltip("injury:N")],
        )
    )
    blank = base.mark_point(opacity=0).encode(
        x=x,
        y=alt.Y(
            "zero:Q",
            title="injury",
            axis=alt.Axis(values=[], minExtent=46, maxExtent=46, titleAngle=0, titlePadding=24),
        ),
    )
    return specification(alt.layer(blank, injuries).properties(height=62))

"""The history's stacked panels: one unit each on one time axis, days without data and the running week drawn as such."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from loadmon.show.charts.panel import Domain, at, base, line, unknown_days
from loadmon.show.charts.specification import AXIS_HEIGHT, day_axis, name_axis, specification, value_axis
from loadmon.show.palette import BLUE, GREY, ORANGE, VERMILION

INJURY, NO_DATA, WATCH = "injury", "no data", "watch"
ROW_COLOURS = {INJURY: VERMILION, NO_DATA: GREY, WATCH: BLUE}
"""The rows of the ribbon under the panels, and their colours."""

THIS_WEEK, SAME_DAYS = "this week", "same days"
"""What a frame in the load panel stands for: the running week, and the same days of the weeks before."""

_DAY = alt.Tooltip("day:T")


def _frames(domain: Domain) -> list[alt.Chart]:
    """The running week in a dashed frame to its last day, and a bracket over the same days of the weeks before."""
    x = day_axis(domain, labels=False)
    tip = [alt.Tooltip("frame_words:N", title=" ")]
    whole = (
        base()
        .transform_filter(f"datum.frame == '{THIS_WEEK}'")
        .mark_rect(fillOpacity=0, stroke=BLUE, strokeDash=[4, 3], strokeWidth=1.4)
        .encode(x=x, x2="frame_after:T", tooltip=tip)
    )
    same = (
        base()
        .transform_filter(f"datum.frame == '{SAME_DAYS}'")
        .mark_rule(color=GREY, strokeWidth=3)
        .encode(x=x, x2="frame_after:T", y=alt.value(1), tooltip=tip)
    )
    return [same, whole]


@lru_cache(maxsize=32)
def load_panel(unit: str, domain: Domain) -> dict[str, Any]:
    """Each day's load as bars, and two means a day on the same axis: of the last week, and of the weeks before it."""
    height = 170
    x = day_axis(domain, labels=False)
    tip = [
        _DAY,
        alt.Tooltip("load:Q", title=f"{unit} on the day", format=".1f"),
        alt.Tooltip("mean_7d:Q", title=f"{unit} a day, mean of 7 days", format=".1f"),
        alt.Tooltip("mean_before:Q", title=f"{unit} a day, mean of the 21 days before", format=".1f"),
        alt.Tooltip("state:N", title="data"),
    ]
    bars = base().mark_rect(color=BLUE).encode(x=x, x2="next_day:T", y=value_axis("load", unit, zero=True), tooltip=tip)
    week = line("mean_7d", ORANGE, tip, x, width=2.4)
    before = line("mean_before", GREY, tip, x, dash=(5, 3))
    layers = [unknown_days(domain, height), bars, before, week, *_frames(domain)]
    return specification(alt.layer(*layers).properties(height=height))


@lru_cache(maxsize=32)
def ratio_panel(domain: Domain) -> dict[str, Any]:
    """Acute:chronic ratio as a plain line beside 1, without zones: it describes, it does not judge."""
    height = 120
    tip = [_DAY, alt.Tooltip("ratio:Q", format=".2f"), alt.Tooltip("ratio_words:N", title="why none")]
    ratio = line("ratio", BLUE, tip, day_axis(domain, labels=False), y=value_axis("ratio", "ratio", zero=True))
    return specification(alt.layer(unknown_days(domain, height), at(1), ratio).properties(height=height))


@lru_cache(maxsize=32)
def cadence_panel(domain: Domain, low: float, high: float) -> dict[str, Any]:
    """Each run's cadence at the common pace (hollow on a treadmill), its trend, and a dash where the watch changed."""
    height = 140
    x = day_axis(domain, labels=False)
    points = (
        base()
        .transform_filter("isValid(datum.cadence)")
        .mark_point(size=34, strokeWidth=1.6, color=BLUE)
        .encode(
            x=x,
            y=value_axis("cadence", "steps/min", domain=[low, high]),
            fill=alt.condition("datum.cadence_on == 'treadmill'", alt.value("transparent"), alt.value(BLUE)),
            tooltip=[
                _DAY,
                alt.Tooltip("cadence:Q", title="steps a minute at the common pace", format=".1f"),
                alt.Tooltip("cadence_on:N", title="on"),
            ],
        )
    )
    trend = (
        base()
        .transform_filter("isValid(datum.cadence_trend)")
        .mark_line(color=VERMILION, strokeWidth=2)
        .encode(x=x, y="cadence_trend:Q")
    )
    device = (
        base()
        .transform_filter("isValid(datum.device_change) && datum.device_change != ''")
        .mark_rule(color=GREY, strokeDash=[4, 3])
        .encode(x=x, tooltip=[_DAY, alt.Tooltip("device_change:N", title="watch changed to")])
    )
    return specification(alt.layer(unknown_days(domain, height), device, points, trend).properties(height=height))


@lru_cache(maxsize=32)
def ribbon_panel(domain: Domain, rows: tuple[str, ...]) -> dict[str, Any]:
    """Injuries, days without data and changes of watch as a ribbon under everything else, with the days' labels.

    Its table is of its own kind: ``row``, ``first``, ``after`` (the day after the last), ``words``.
    """
    x, y = day_axis(domain, "first"), name_axis("row", list(rows))
    colour = alt.Color(
        "row:N", legend=None, scale=alt.Scale(domain=list(ROW_COLOURS), range=list(ROW_COLOURS.values()))
    )
    tip = [alt.Tooltip("words:N", title=" ")]
    spans = (
        base()
        .transform_filter(f"datum.row != '{WATCH}'")
        .mark_bar(cornerRadius=2)
        .encode(x=x, x2="after:T", y=y, color=colour, tooltip=tip)
    )
    ticks = (
        base()
        .transform_filter(f"datum.row == '{WATCH}'")
        .mark_tick(thickness=3)
        .encode(x=x, y=y, color=colour, tooltip=tip)
    )
    return specification(alt.layer(spans, ticks).properties(height=AXIS_HEIGHT + 20 * len(rows)))

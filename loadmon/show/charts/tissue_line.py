"""One tissue's time line: what each day or week brought, its index beside the runner's own steps, spikes and findings."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from loadmon.show.charts.panel import BREAK, Domain, at, base, line, unknown_days
from loadmon.show.charts.specification import AXIS_HEIGHT, day_axis, name_axis, specification, value_axis
from loadmon.show.palette import BLUE, GREY, ORANGE

SPIKE, FINDING = "spike", "finding"
ROWS = (SPIKE, FINDING)
"""Rows of marks under the panels: single runs that stand out, and what was found in how the runner runs."""
_DAY = alt.Tooltip("day:T")


@lru_cache(maxsize=32)
def damage_panel(domain: Domain, unit: str) -> dict[str, Any]:
    """What each day or week brought as bars (hollow where the week still runs), with the interval as a thin line."""
    height = 170
    x = day_axis(domain, labels=False)
    tip = [
        alt.Tooltip("period:N", title="when"),
        alt.Tooltip("damage:Q", title=unit, format=".1f"),
        alt.Tooltip("low:Q", title="from", format=".1f"),
        alt.Tooltip("high:Q", title="to", format=".1f"),
        alt.Tooltip("load:Q", title="load (nominal scale)", format=",.0f"),
        alt.Tooltip("runs:Q", title="runs"),
        alt.Tooltip("words:N", title=" "),
    ]
    bars = (
        base()
        .mark_rect(color=BLUE, stroke=BLUE)
        .encode(
            x=x,
            x2="bar_end:T",
            y=value_axis("damage", unit, zero=True),
            y2=alt.datum(0),
            fillOpacity=alt.condition("datum.running", alt.value(0.12), alt.value(0.55)),
            strokeWidth=alt.condition("datum.running", alt.value(1.4), alt.value(0)),
            tooltip=tip,
        )
    )
    reach = (
        base()
        .transform_filter("datum.damage > 0")
        .mark_rule(color=GREY, strokeWidth=1.6)
        .encode(x=day_axis(domain, "middle", labels=False), y="low:Q", y2="high:Q", tooltip=tip)
    )
    spikes = (
        base()
        .transform_filter("isValid(datum.spike) && datum.spike != ''")
        .mark_point(shape="triangle-up", size=70, filled=True, color=ORANGE, opacity=1, yOffset=-9)
        .encode(x=day_axis(domain, "middle", labels=False), y="high:Q", tooltip=[alt.Tooltip("spike:N", title=" ")])
    )
    return specification(alt.layer(unknown_days(domain, height), bars, reach, spikes).properties(height=height))


@lru_cache(maxsize=32)
def index_panel(domain: Domain, low: float, high: float) -> dict[str, Any]:
    """The tissue's last days against its own longer average, 100 where they are alike, and the same of the runner's steps."""
    height = 140
    x = day_axis(domain, labels=False)
    tip = [
        _DAY,
        alt.Tooltip("index:Q", title="this tissue", format=".0f"),
        alt.Tooltip("index_low:Q", title="from", format=".0f"),
        alt.Tooltip("index_high:Q", title="to", format=".0f"),
        alt.Tooltip("steps_index:Q", title="your steps", format=".0f"),
        alt.Tooltip("index_words:N", title="why none"),
    ]
    # an area begins at 0 unless its own axis says otherwise: the domain belongs to it
    y = value_axis("index_low", "100 = usual", domain=[low, high])
    band = (
        base()
        .mark_area(color=BLUE, fillOpacity=0.22, invalid=BREAK, clip=True)
        .encode(x=x, y=y, y2="index_high:Q", tooltip=tip)
    )
    steps = line("steps_index", GREY, tip, x, dash=(5, 3), width=2.0)
    tissue = line("index", BLUE, tip, x, width=2.4)
    return specification(
        alt.layer(unknown_days(domain, height), band, at(100), steps, tissue).properties(height=height)
    )


@lru_cache(maxsize=32)
def marks_panel(domain: Domain, rows: tuple[str, ...]) -> dict[str, Any]:
    """Spikes and findings on their days, under the labels of the days; table: ``row``, ``first``, ``after``, ``words``."""
    x, y = day_axis(domain, "first"), name_axis("row", list(rows))
    tip = [alt.Tooltip("words:N", title=" ")]
    spans = (
        base()
        .transform_filter(f"datum.row == '{FINDING}'")
        .mark_bar(cornerRadius=2, color=GREY)
        .encode(x=x, x2="after:T", y=y, tooltip=tip)
    )
    ticks = (
        base()
        .transform_filter(f"datum.row == '{SPIKE}'")
        .mark_point(shape="triangle-up", size=70, filled=True, color=ORANGE, opacity=1)
        .encode(x=x, y=y, tooltip=tip)
    )
    return specification(alt.layer(spans, ticks).properties(height=AXIS_HEIGHT + 20 * len(rows)))

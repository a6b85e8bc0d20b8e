"""The history's stacked panels: one unit each on one time axis, days without data drawn as such."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import altair as alt
import pandas as pd

from loadmon.show.charts.specification import AXIS_HEIGHT, day_axis, name_axis, specification, value_axis
from loadmon.show.palette import BLUE, GREY, ORANGE, VERMILION

Domain = tuple[str, str]
"""First day shown and the day after the last, as ISO texts."""

INJURY, NO_DATA, WATCH = "injury", "no data", "watch"
ROW_COLOURS = {INJURY: VERMILION, NO_DATA: GREY, WATCH: BLUE}
"""The rows of the ribbon under the panels, and their colours."""

_BREAK: Final = "break-paths-filter-domains"
"""Lines end where a value is missing, instead of being drawn across."""


def _base() -> alt.Chart:
    return alt.Chart(pd.DataFrame())


def _unknown_days(domain: Domain) -> alt.Chart:
    """Grey bands over days about which nothing is known; the ribbon below names them."""
    chart: alt.Chart = (
        _base()
        .transform_filter("datum.state == 'unknown'")
        .mark_rect(color=GREY, opacity=0.3)
        .encode(
            x=day_axis(domain, labels=False),
            x2="next_day:T",
            tooltip=[alt.Tooltip("day:T"), alt.Tooltip("state:N", title="data")],
        )
    )
    return chart


@lru_cache(maxsize=32)
def distance_panel(length: str, domain: Domain) -> dict[str, Any]:
    """Each day's distance as bars, and two means a day on the same axis: of the last week, and of the weeks before it."""
    x = day_axis(domain, labels=False)
    tip = [
        alt.Tooltip("day:T"),
        alt.Tooltip("distance:Q", title=f"{length} on the day", format=".1f"),
        alt.Tooltip("mean_7d:Q", title=f"{length} a day, mean of 7 days", format=".1f"),
        alt.Tooltip("mean_before:Q", title=f"{length} a day, mean of the 21 days before", format=".1f"),
        alt.Tooltip("state:N", title="data"),
    ]
    bars = (
        _base()
        .mark_rect(color=BLUE)
        .encode(x=x, x2="next_day:T", y=value_axis("distance", length, zero=True), tooltip=tip)
    )
    week = _base().mark_line(color=ORANGE, strokeWidth=2.4, invalid=_BREAK).encode(x=x, y="mean_7d:Q", tooltip=tip)
    before = (
        _base()
        .mark_line(color=GREY, strokeWidth=2, strokeDash=[5, 3], invalid=_BREAK)
        .encode(x=x, y="mean_before:Q", tooltip=tip)
    )
    return specification(alt.layer(_unknown_days(domain), bars, before, week).properties(height=170))


@lru_cache(maxsize=32)
def ratio_panel(domain: Domain) -> dict[str, Any]:
    """Acute:chronic ratio as a plain line beside 1, without zones: it describes, it does not judge."""
    line = (
        _base()
        .mark_line(color=BLUE, strokeWidth=2, invalid=_BREAK)
        .encode(
            x=day_axis(domain, labels=False),
            y=value_axis("ratio", "ratio", zero=True),
            tooltip=[
                alt.Tooltip("day:T"),
                alt.Tooltip("ratio:Q", format=".2f"),
                alt.Tooltip("ratio_words:N", title="why none"),
            ],
        )
    )
    one = _base().mark_rule(color=GREY, strokeDash=[3, 3]).encode(y=alt.datum(1))
    return specification(alt.layer(_unknown_days(domain), one, line).properties(height=120))


@lru_cache(maxsize=32)
def cadence_panel(domain: Domain, low: float, high: float) -> dict[str, Any]:
    """Each run's cadence at the common pace (hollow on a treadmill), its trend, and a dash where the watch changed."""
    x = day_axis(domain, labels=False)
    points = (
        _base()
        .transform_filter("isValid(datum.cadence)")
        .mark_point(size=34, strokeWidth=1.6, color=BLUE)
        .encode(
            x=x,
            y=value_axis("cadence", "steps/min", domain=[low, high]),
            fill=alt.condition("datum.cadence_on == 'treadmill'", alt.value("transparent"), alt.value(BLUE)),
            tooltip=[
                alt.Tooltip("day:T"),
                alt.Tooltip("cadence:Q", title="steps a minute at the common pace", format=".1f"),
                alt.Tooltip("cadence_on:N", title="on"),
            ],
        )
    )
    trend = (
        _base()
        .transform_filter("isValid(datum.cadence_trend)")
        .mark_line(color=VERMILION, strokeWidth=2)
        .encode(x=x, y="cadence_trend:Q")
    )
    device = (
        _base()
        .transform_filter("isValid(datum.device_change) && datum.device_change != ''")
        .mark_rule(color=GREY, strokeDash=[4, 3])
        .encode(x=x, tooltip=[alt.Tooltip("day:T"), alt.Tooltip("device_change:N", title="watch changed to")])
    )
    return specification(alt.layer(_unknown_days(domain), device, points, trend).properties(height=140))


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
        _base()
        .transform_filter(f"datum.row != '{WATCH}'")
        .mark_bar(cornerRadius=2)
        .encode(x=x, x2="after:T", y=y, color=colour, tooltip=tip)
    )
    ticks = (
        _base()
        .transform_filter(f"datum.row == '{WATCH}'")
        .mark_tick(thickness=3)
        .encode(x=x, y=y, color=colour, tooltip=tip)
    )
    return specification(alt.layer(spans, ticks).properties(height=AXIS_HEIGHT + 20 * len(rows)))

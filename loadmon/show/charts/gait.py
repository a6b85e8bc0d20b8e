"""The history's panels of how someone runs: cadence at the common pace, and each figure against the runner's own weeks."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from loadmon.show.charts.panel import BREAK, Domain, base, line, unknown_days
from loadmon.show.charts.specification import day_axis, specification, value_axis
from loadmon.show.palette import BLUE, GREY, ORANGE

_DAY = alt.Tooltip("day:T")
_LEVEL = alt.Tooltip("cadence_level:Q", title="level from here on", format=".1f")


@lru_cache(maxsize=32)
def cadence_panel(domain: Domain, low: float, high: float) -> dict[str, Any]:
    """Each run's cadence at the common pace (hollow on a treadmill), its trend, levels between steps, and new watches."""
    height = 140
    x = day_axis(domain, labels=False)
    y = value_axis("cadence", "steps/min", domain=[low, high])
    ground = _points("cadence", "the ground").encode(x=x, y=y, fill=alt.value(BLUE))
    treadmill = _points("cadence_treadmill", "a treadmill").encode(
        x=x, y="cadence_treadmill:Q", fill=alt.value("transparent")
    )
    trend = (
        base()
        .transform_filter("isValid(datum.cadence_trend)")
        .mark_line(color=GREY, strokeWidth=2)
        .encode(x=x, y="cadence_trend:Q")
    )
    level = (
        base()
        .transform_filter("isValid(datum.cadence_level)")
        .mark_rule(color=ORANGE, strokeWidth=3)
        .encode(x=x, x2="cadence_level_until:T", y="cadence_level:Q", tooltip=[_DAY, _LEVEL])
    )
    device = (
        base()
        .transform_filter("isValid(datum.device_change) && datum.device_change != ''")
        .mark_rule(color=GREY, strokeDash=[4, 3])
        .encode(x=x, tooltip=[_DAY, alt.Tooltip("device_change:N", title="watch changed to")])
    )
    return specification(
        alt.layer(unknown_days(domain, height), device, ground, treadmill, level, trend).properties(height=height)
    )


def _points(column: str, on: str) -> alt.Chart:
    """A day's cadence on one surface."""
    tip = alt.Tooltip(f"{column}:Q", title=f"steps a minute at the common pace, on {on}", format=".1f")
    known = base().transform_filter(f"isValid(datum.{column})")
    points: alt.Chart = known.mark_point(size=34, strokeWidth=1.6, color=BLUE, opacity=1).encode(tooltip=[_DAY, tip])
    return points


@lru_cache(maxsize=64)
def dynamics_panel(domain: Domain, unit: str, low: float, high: float, digits: int) -> dict[str, Any]:
    """One figure of each run (a square where it is outside the band), over the runner's own eight weeks before.

    Its table is of its own kind: ``day``, ``value``, ``usual``, ``low``, ``high``, ``outside``, ``words``.
    """
    x, text = day_axis(domain, labels=False), f".{digits}f"
    tip = [
        _DAY,
        alt.Tooltip("value:Q", title=unit, format=text),
        alt.Tooltip("usual:Q", title="usual", format=text),
        alt.Tooltip("words:N", title=" "),
    ]
    # an area begins at 0 unless its own axis says otherwise: the domain belongs to it
    y = value_axis("low", unit, domain=[low, high])
    band = base().mark_area(color=GREY, opacity=0.22, invalid=BREAK).encode(x=x, y=y, y2="high:Q")
    usual = line("usual", GREY, tip, x, dash=(5, 3), width=1.6)
    marks = base().transform_filter("isValid(datum.value)").encode(x=x, y="value:Q", tooltip=tip)
    inside = marks.transform_filter("!datum.outside").mark_point(filled=True, size=30, color=BLUE, opacity=1)
    outside = marks.transform_filter("datum.outside").mark_point(
        filled=True, size=64, shape="square", color=BLUE, opacity=1
    )
    return specification(alt.layer(band, usual, inside, outside).properties(height=96))

"""What the history's stacked panels share: one time axis, days without data hatched, lines that end where values do."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import altair as alt
import pandas as pd

from loadmon.show.charts.specification import day_axis
from loadmon.show.palette import GREY

Domain = tuple[str, str]
"""First day shown and the day after the last, as ISO texts."""

BREAK: Final = "break-paths-filter-domains"
"""Lines end where a value is missing, instead of being drawn across."""

STRIPE_PX = 7
"""From one stripe of the hatching to the next, downwards."""


def base() -> alt.Chart:
    """A chart without its data."""
    return alt.Chart(pd.DataFrame())


@lru_cache(maxsize=16)
def hatching(height: int) -> Any:
    """Slanting stripes for a rectangle one day wide and a panel high; those of neighbouring days meet.

    Vega-Lite knows no patterns, but a gradient with hard edges that runs down the panel in so many periods and across
    the day in exactly one is a hatching, at any width of the screen.

    Parameters
    ----------
    height : int
        Of the panel, in pixels.
    """
    down = max(2, round(height / STRIPE_PX))
    periods = down + 1
    # Lines of equal colour are square to the gradient's way; this one makes x + down * y run from 0 to ``periods``.
    step = periods / (1 + down * down)
    edges = []
    for nth in range(periods):
        for share, opacity in ((0.0, 0.55), (0.22, 0.55), (0.22, 0.0), (1.0, 0.0)):
            colour = f"{GREY}{round(255 * opacity):02X}"
            edges.append(alt.GradientStop(color=colour, offset=round((nth + share) / periods, 4)))
    return alt.LinearGradient(gradient="linear", stops=edges, x1=0, y1=0, x2=round(step, 5), y2=round(step * down, 5))


def unknown_days(domain: Domain, height: int) -> alt.Chart:
    """Days about which nothing is known, hatched; the ribbon below names them."""
    chart: alt.Chart = (
        base()
        .transform_filter("datum.state == 'unknown' || datum.state == 'silent'")
        .mark_rect(color=hatching(height))
        .encode(
            x=day_axis(domain, labels=False),
            x2="next_day:T",
            tooltip=[alt.Tooltip("day:T"), alt.Tooltip("state:N", title="data")],
        )
    )
    return chart


def line(
    field: str,
    colour: str,
    tip: list[alt.Tooltip],
    x: alt.X,
    *,
    dash: tuple[int, ...] = (),
    width: float = 2.0,
    y: alt.Y | None = None,
) -> alt.Chart:
    """A plain line of one column; the first of a panel brings the value axis with it."""
    marked = base().mark_line(color=colour, strokeWidth=width, invalid=BREAK, strokeDash=list(dash or (1, 0)))
    chart: alt.Chart = marked.encode(x=x, y=y or f"{field}:Q", tooltip=tip)
    return chart


def at(value: float) -> alt.Chart:
    """A dotted level that values are read against."""
    chart: alt.Chart = base().mark_rule(color=GREY, strokeDash=[3, 3]).encode(y=alt.datum(value))
    return chart

"""A chart's description without its data, so that building it costs once and not at every look."""

from __future__ import annotations

from typing import Any

import altair as alt

AXIS_WIDTH = 46
"""Every panel keeps this much room for its axis, so that stacked panels share one time axis to the pixel."""


def specification(chart: alt.Chart | alt.LayerChart) -> dict[str, Any]:
    """The Vega-Lite description of a chart, with the data and Altair's own styling taken out.

    Streamlit brings the data at each run and the colours of the light or dark theme.
    """
    found: dict[str, Any] = chart.to_dict(format="vega-lite", validate=False)
    found["padding"] = {"left": 0, "right": 8, "top": 6, "bottom": 2}
    for key in ("data", "datasets", "config", "$schema"):
        found.pop(key, None)
    for layer in found.get("layer", ()):
        layer.pop("data", None)
    return found


def day_axis(domain: tuple[str, str] | None = None, labels: bool = True) -> alt.X:
    """The shared time axis: days, with or without its labels (only the lowest panel has them)."""
    scale = alt.Scale(domain=list(domain)) if domain else alt.Scale()
    return alt.X(
        "day:T",
        title=None,
        scale=scale,
        axis=alt.Axis(labels=labels, ticks=labels, labelOverlap="greedy", tickCount=8, format="%-d %b"),
    )


def value_axis(field: str, title: str, **scale: Any) -> alt.Y:
    """A value axis of fixed width, with its unit in the title."""
    return alt.Y(
        f"{field}:Q",
        title=title,
        scale=alt.Scale(nice=True, **scale),
        axis=alt.Axis(minExtent=AXIS_WIDTH, maxExtent=AXIS_WIDTH, tickCount=4, titlePadding=6),
    )

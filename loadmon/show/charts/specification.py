"""A chart's description without its data, so that building it costs once and not at every look."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

AXIS_WIDTH = 46
"""Every panel keeps this much room for its axis, so that stacked panels share one time axis to the pixel."""

AXIS_HEIGHT = 36
"""What the labels of the time axis take of a panel's height."""

A_YEAR = 373
"""Days of an axis that needs no year: one, and the rest of the running week."""


def specification(chart: alt.Chart | alt.LayerChart | alt.FacetChart) -> dict[str, Any]:
    """The Vega-Lite description of a chart, with the data and Altair's own styling taken out.

    Streamlit brings the data at each run and the colours of the light or dark theme. What a lookup brings to the rows is
    part of the drawing, such as the outline of a tissue, and stays.
    """
    found: dict[str, Any] = chart.to_dict(format="vega-lite", validate=False)
    found["padding"] = {"left": 0, "right": 8, "top": 6, "bottom": 2}
    for part in (found, *found.get("layer", ())):
        for step in part.get("transform", ()):
            if "lookup" in step:
                step["from"]["data"] = {"values": found["datasets"][step["from"]["data"]["name"]]}
    for key in ("data", "datasets", "config", "$schema"):
        found.pop(key, None)
    for part in (found, *found.get("layer", ())):
        part.pop("data", None)
        if "mark" in part:
            # The chart as a whole is told in a sentence; its marks one by one would be nameless pictures.
            part["mark"]["aria"] = False
    return found


def drawn(table: pd.DataFrame, chart: dict[str, Any]) -> pd.DataFrame:
    """The columns of a table that a chart's description names: what is not drawn is not sent to the browser.

    Parameters
    ----------
    table : DataFrame
        Rows behind a chart, and perhaps behind others.
    chart : dict
        As ``specification`` makes it.
    """
    text = json.dumps(chart)
    named = set(re.findall(r'"field": "([^"]+)"', text)) | set(re.findall(r"datum\.(\w+)", text))
    return table[[name for name in table if name in named]]


def day_axis(domain: tuple[str, str], field: str = "day", labels: bool = True) -> alt.X:
    """The shared time axis: days, with or without its labels (only the lowest panel has them); over years with the year."""
    first, last = (date.fromisoformat(end[:10]) for end in domain)
    words = "%-d %b" if (last - first).days <= A_YEAR else "%b %Y"
    return alt.X(
        f"{field}:T",
        title=None,
        scale=alt.Scale(domain=list(domain)),
        axis=alt.Axis(labels=labels, ticks=labels, grid=True, labelOverlap="greedy", tickCount=8, format=words),
    )


def value_axis(field: str, title: str, **scale: Any) -> alt.Y:
    """A value axis of fixed width, with its unit in the title. Nothing is stacked."""
    return alt.Y(
        f"{field}:Q",
        title=title,
        stack=None,
        scale=alt.Scale(**({} if "domain" in scale else {"nice": True}) | scale),
        axis=alt.Axis(minExtent=AXIS_WIDTH, maxExtent=AXIS_WIDTH, tickCount=4, titlePadding=6),
    )


def name_axis(field: str, names: list[str]) -> alt.Y:
    """An axis of a few short names, as wide as a value axis."""
    return alt.Y(
        f"{field}:N",
        title=" ",  # a title keeps its room even if it says nothing
        sort=names,
        scale=alt.Scale(domain=names, paddingInner=0.35, paddingOuter=0.2),
        axis=alt.Axis(
            minExtent=AXIS_WIDTH, maxExtent=AXIS_WIDTH, titlePadding=6, ticks=False, domain=False, labelLimit=60
        ),
    )

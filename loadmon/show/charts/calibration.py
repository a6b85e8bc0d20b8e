"""Calibration as a chart: what was foretold against what came, in stretches from low to high, with the line of right."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from loadmon.show.charts.specification import specification
from loadmon.show.palette import BLUE, GREY


@lru_cache(maxsize=1)
def calibration_chart() -> dict[str, Any]:
    """Description of the curve; one row a stretch, and two rows (``right``) for the line where both are the same."""
    base = alt.Chart(pd.DataFrame())
    x = alt.X("foretold:Q", title="foretold, of 100 weeks", scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=6))
    y = alt.Y("came:Q", title="came, of 100 weeks", scale=alt.Scale(zero=True))
    tip = [
        alt.Tooltip("foretold:Q", format=".1f"),
        alt.Tooltip("came:Q", format=".1f"),
        alt.Tooltip("injuries:Q"),
        alt.Tooltip("rows:Q", title="weeks"),
    ]
    right = base.transform_filter("datum.right").mark_line(color=GREY, strokeDash=[4, 3]).encode(x=x, y=y)
    came = base.transform_filter("!datum.right")
    ends = came.mark_rule(color=BLUE, strokeWidth=2).encode(x=x, y="low:Q", y2="high:Q", tooltip=tip)
    points = came.mark_point(color=BLUE, filled=True, size=80).encode(x=x, y=y, tooltip=tip)
    return specification(alt.layer(right, ends, points).properties(height=260))


def calibration_table(curve: list[dict[str, Any]]) -> pd.DataFrame:
    """The rows behind the chart, of 100 runner-weeks."""
    points = pd.DataFrame(curve, columns=["rows", "injuries", "foretold", "came", "low", "high"])
    for name in ("foretold", "came", "low", "high"):
        points[name] = 100.0 * points[name].astype("float64")
    most = float(points[["foretold", "high"]].to_numpy().max(initial=1.0))
    line = pd.DataFrame({"foretold": [0.0, most], "came": [0.0, most], "right": [True, True]})
    return pd.concat([points.assign(right=False), line], ignore_index=True)

"""Adherence week by week: how much of the running kept within the range of cadence, and the four fifths aimed at."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from loadmon.clinic.adherence import SUCCESS_SHARE
from loadmon.show.charts.panel import base
from loadmon.show.charts.specification import specification, value_axis
from loadmon.show.palette import BLUE, GREY


@lru_cache(maxsize=1)
def adherence_chart() -> dict[str, Any]:
    """Bars by week of a table ``week``, ``share``, ``minutes``, ``runs``; a line at the share that is aimed at."""
    tip = [
        alt.Tooltip("week:N"),
        alt.Tooltip("share:Q", title="% in range", format=".0f"),
        alt.Tooltip("minutes:Q", title="minutes with a cadence", format=".0f"),
        alt.Tooltip("runs:Q"),
    ]
    y = value_axis("share", "% in range", domain=[0, 100])
    bars = (
        base()
        .mark_bar(color=BLUE, cornerRadius=2)
        .encode(x=alt.X("week:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy")), y=y, tooltip=tip)
    )
    aim = base().mark_rule(color=GREY, strokeDash=[5, 3], strokeWidth=2).encode(y=alt.datum(100 * SUCCESS_SHARE))
    return specification(alt.layer(bars, aim).properties(height=180))

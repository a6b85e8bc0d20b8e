"""The ribbon under the history's panels: injuries, pain, days without data, changes of watch, and the days' labels."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from loadmon.show.charts.panel import Domain, base
from loadmon.show.charts.specification import AXIS_HEIGHT, day_axis, name_axis, specification
from loadmon.show.palette import BLUE, GREY, ORANGE, VERMILION

INJURY, PAIN, NO_DATA, WATCH = "injury", "pain", "no data", "watch"
ROW_COLOURS = {INJURY: VERMILION, PAIN: ORANGE, NO_DATA: GREY, WATCH: BLUE}
"""The rows of the ribbon, and their colours."""


@lru_cache(maxsize=32)
def ribbon_panel(domain: Domain, rows: tuple[str, ...]) -> dict[str, Any]:
    """Injuries, pain, days without data and changes of watch as a ribbon under everything else, with the days' labels.

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

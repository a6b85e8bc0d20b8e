"""The decision curve as a chart: what flagging by the estimate is worth beside flagging everybody, nobody, or who was hurt before."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from loadmon.show.charts.specification import specification
from loadmon.show.palette import BLUE, GREY, ORANGE

WAYS = {"this model": "worth", "everybody": "everybody", "who was hurt before": "earlier_injury", "nobody": ""}
"""Who is flagged, and under which name the record keeps what that is worth."""


@lru_cache(maxsize=1)
def decision_chart() -> dict[str, Any]:
    """Description of the curve; one row a way and price."""
    ways = alt.Scale(domain=list(WAYS), range=[BLUE, GREY, ORANGE, GREY])
    dashes = alt.Scale(domain=list(WAYS), range=[[1, 0], [4, 3], [6, 2], [1, 2]])
    chart = (
        alt.Chart(pd.DataFrame())
        .mark_line(strokeWidth=2, point={"size": 40})
        .encode(
            x=alt.X("price:O", title="false alarms accepted for one injury", sort=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("worth:Q", title="worth of 1,000 weeks"),
            color=alt.Color(
                "flagging:N", scale=ways, legend=alt.Legend(orient="bottom", title=None, columns=2, symbolType="stroke")
            ),
            strokeDash=alt.StrokeDash("flagging:N", scale=dashes, legend=None),
            tooltip=[
                alt.Tooltip("flagging:N"),
                alt.Tooltip("price:O", title="false alarms"),
                alt.Tooltip("worth:Q", format="+.1f"),
            ],
        )
        .properties(height=380)
    )
    return specification(chart)


def decision_table(points: list[dict[str, Any]]) -> pd.DataFrame:
    """The rows behind the chart; flagging everybody is left out where it is worth so little that it would hide the others."""
    rows = [
        {"flagging": way, "price": one["false_alarms"], "worth": float(one[name]) if name else 0.0}
        for one in points
        for way, name in WAYS.items()
    ]
    table = pd.DataFrame(rows, columns=["flagging", "price", "worth"])
    least = -1.0 - 2.0 * float(table.loc[table["flagging"] != "everybody", "worth"].abs().max()) if len(table) else 0.0
    return table[table["worth"] >= least].reset_index(drop=True)

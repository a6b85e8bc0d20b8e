"""Weekly distance as bars: finished weeks filled, the running one drawn as unfinished beside its usual range."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from loadmon.measure import reason_words
from loadmon.show.charts.specification import specification, value_axis
from loadmon.show.palette import BLUE, GREY
from loadmon.units import NOTHING, Units, is_missing


@lru_cache(maxsize=4)
def week_bars_chart(length: str) -> dict[str, Any]:
    """Description of the weekly bars in a unit of length (``km`` or ``mi``)."""
    base = alt.Chart(pd.DataFrame())
    x = alt.X("week:O", title=None, sort=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy"))
    tip = [
        alt.Tooltip("week:O", title="week of"),
        alt.Tooltip("distance:Q", title=length, format=".1f"),
        alt.Tooltip("sessions:Q", title="runs"),
        alt.Tooltip("words:N", title=" "),
    ]
    y = value_axis("distance", length, zero=True)
    done = base.transform_filter("datum.finished").mark_bar(color=BLUE).encode(x=x, y=y, tooltip=tip)
    running = (
        base.transform_filter("!datum.finished")
        .mark_bar(fill="transparent", stroke=BLUE, strokeWidth=1.5, strokeDash=[4, 3])
        .encode(x=x, y=y, tooltip=tip)
    )
    usual = base.mark_bar(fill=GREY, fillOpacity=0.3, stroke=GREY, width={"band": 0.45}).encode(
        x=x, y="usual_low:Q", y2="usual_high:Q", tooltip=tip
    )
    return specification(alt.layer(done, running, usual).properties(height=210))


def week_bars_table(weeks: pd.DataFrame, units: Units) -> pd.DataFrame:
    """The rows behind the weekly bars, in the user's unit.

    Parameters
    ----------
    weeks : DataFrame
        As ``load.daily.weeks`` makes it, of one runner.
    """
    known = weeks["unknown_days"] < weeks["days_so_far"]
    table = pd.DataFrame(
        {
            "week": [f"{day.day} {day:%b}" for day in pd.to_datetime(weeks["week_start"])],
            "distance": weeks["distance_m"].where(known) / units.metres,
            "sessions": weeks["runs"],
            "finished": ~weeks["unfinished"],
            "whole": ~weeks["unfinished"] & ~weeks["begins_late"] & known,
            "usual_low": weeks["usual_low_m"].where(weeks["unfinished"]) / units.metres,
            "usual_high": weeks["usual_high_m"].where(weeks["unfinished"]) / units.metres,
        }
    )
    table["words"] = [
        _week_words(finished=finished, late=late, known=told, days=days)
        for finished, late, told, days in zip(
            ~weeks["unfinished"], weeks["begins_late"], known, weeks["days_so_far"], strict=True
        )
    ]
    return table


def weeks_behind(weeks: pd.DataFrame, units: Units) -> pd.DataFrame:
    """The weeks to be read and downloaded: distance, runs, and the change from the week before or why there is none.

    Parameters
    ----------
    weeks : DataFrame
        As for ``week_bars_table``.
    """
    table = week_bars_table(weeks, units)
    return pd.DataFrame(
        {
            "week": table["week"],
            units.length: table["distance"].round(1),
            "runs": table["sessions"],
            "change from the week before": [_change_words(change) for change in weeks["change_pct"]],
            "why not": [
                reason_words(code, unit="m", units=units) if isinstance(code, str) else ""
                for code in weeks["change_reason"]
            ],
        }
    )


def _change_words(change_pct: float) -> str:
    """A change with its sign; none for one that rounds to nothing."""
    if is_missing(change_pct):
        return NOTHING
    whole = round(change_pct)
    return f"{whole:+d} %".replace("-", "−") if whole else "0 %"


def _week_words(*, finished: bool, late: bool, known: bool, days: int) -> str:
    """What is to be known of one bar."""
    if not known:
        return "no data: its days are declared missing"
    if not finished:
        return f"{days} of 7 days; the grey band is what is usual by this day"
    return f"the record begins within it: {days} days" if late else ""

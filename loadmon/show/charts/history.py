"""The history's panels of load: one unit each on one time axis, days without data and the running week drawn as such."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from loadmon.show.charts.panel import BREAK, Domain, at, base, line, unknown_days
from loadmon.show.charts.specification import day_axis, specification, value_axis
from loadmon.show.palette import BLUE, GREY, ORANGE

THIS_WEEK, SAME_DAYS = "this week", "same days"
"""What a frame in the load panel stands for: the running week, and the same days of the weeks before."""

_DAY = alt.Tooltip("day:T")


def _frames(domain: Domain) -> list[alt.Chart]:
    """The running week in a dashed frame to its last day, and a bracket over the same days of the weeks before."""
    x = day_axis(domain, labels=False)
    tip = [alt.Tooltip("frame_words:N", title=" ")]
    whole = (
        base()
        .transform_filter(f"datum.frame == '{THIS_WEEK}'")
        .mark_rect(fillOpacity=0, stroke=BLUE, strokeDash=[4, 3], strokeWidth=1.4)
        .encode(x=x, x2="frame_after:T", tooltip=tip)
    )
    same = (
        base()
        .transform_filter(f"datum.frame == '{SAME_DAYS}'")
        .mark_rule(color=GREY, strokeWidth=3)
        .encode(x=x, x2="frame_after:T", y=alt.value(1), tooltip=tip)
    )
    return [same, whole]


@lru_cache(maxsize=32)
def load_panel(unit: str, domain: Domain) -> dict[str, Any]:
    """Each day's load as bars (hollow where estimated), and two means a day on the same axis: of the last week, and of the weeks before it."""
    height = 170
    x = day_axis(domain, labels=False)
    tip = [
        _DAY,
        alt.Tooltip("load:Q", title=f"{unit} on the day", format=".1f"),
        alt.Tooltip("mean_7d:Q", title=f"{unit} a day, mean of 7 days", format=".1f"),
        alt.Tooltip("mean_before:Q", title=f"{unit} a day, mean of the 21 days before", format=".1f"),
        alt.Tooltip("state:N", title="data"),
    ]
    bars = (
        base()
        .mark_rect(color=BLUE, stroke=BLUE)
        .encode(
            x=x,
            x2="next_day:T",
            y=value_axis("load", unit, zero=True),
            fillOpacity=alt.condition("datum.estimated", alt.value(0.15), alt.value(1)),
            strokeWidth=alt.condition("datum.estimated", alt.value(1.2), alt.value(0)),
            tooltip=tip,
        )
    )
    week = line("mean_7d", ORANGE, tip, x, width=2.4)
    before = line("mean_before", GREY, tip, x, dash=(5, 3))
    layers = [unknown_days(domain, height), bars, before, week, *_frames(domain)]
    return specification(alt.layer(*layers).properties(height=height))


@lru_cache(maxsize=32)
def ratio_panel(domain: Domain) -> dict[str, Any]:
    """Acute:chronic ratio as a line over its band, beside 1, without zones: it describes, it does not judge.

    Where days of its windows are not known it is a row of dots: provisional.
    """
    height = 120
    x = day_axis(domain, labels=False)
    tip = [
        _DAY,
        alt.Tooltip("ratio:Q", format=".2f"),
        alt.Tooltip("ratio_low:Q", title="band from", format=".2f"),
        alt.Tooltip("ratio_high:Q", title="band to", format=".2f"),
        alt.Tooltip("ratio_coverage:Q", title="days known", format=".0%"),
        alt.Tooltip("ratio_words:N", title="why none"),
    ]
    y = value_axis("ratio_low", "ratio", zero=True)
    band = (
        base()
        .mark_area(color=BLUE, fillOpacity=0.3, stroke=BLUE, strokeWidth=0.8, invalid=BREAK)
        .encode(x=x, y=y, y2="ratio_high:Q", tooltip=tip)
    )
    whole = line("ratio", BLUE, tip, x).transform_calculate(ratio="datum.ratio_coverage < 1 ? null : datum.ratio")
    provisional = line("ratio_partly", BLUE, tip, x, dash=(2, 3))
    layers = [unknown_days(domain, height), band, at(1), whole, provisional]
    return specification(alt.layer(*layers).properties(height=height))


@lru_cache(maxsize=32)
def averages_panel(unit: str, domain: Domain) -> dict[str, Any]:
    """Long-term and short-term load a day on one scale; dotted while the long-term one is still settling."""
    height = 120
    x = day_axis(domain, labels=False)
    tip = [
        _DAY,
        alt.Tooltip("long_term:Q", title=f"long-term, {unit} a day", format=".1f"),
        alt.Tooltip("short_term:Q", title=f"short-term, {unit} a day", format=".1f"),
    ]
    short = line("short_term", ORANGE, tip, x, width=1.6)
    settled = line("long_term", BLUE, tip, x, width=2.6, y=value_axis("long_term", unit, zero=True))
    settling = line("long_settling", BLUE, tip, x, width=2.6, dash=(2, 3))
    layers = [unknown_days(domain, height), settled, settling, short]
    return specification(alt.layer(*layers).properties(height=height))


@lru_cache(maxsize=32)
def balance_panel(unit: str, domain: Domain) -> dict[str, Any]:
    """Yesterday's long-term minus short-term load, as bars from 0: below it more was done lately than over the weeks."""
    height = 80
    tip = [_DAY, alt.Tooltip("balance:Q", title=f"balance, {unit} a day", format="+.1f"),
           alt.Tooltip("balance_words:N", title="why none")]  # fmt: skip
    bars = (
        base()
        .mark_rect(color=BLUE)
        .encode(
            x=day_axis(domain, labels=False),
            x2="next_day:T",
            y=value_axis("balance", unit, zero=True),
            y2=alt.datum(0),
            tooltip=tip,
        )
    )
    return specification(alt.layer(unknown_days(domain, height), bars, at(0)).properties(height=height))


@lru_cache(maxsize=64)
def variety_panel(column: str, unit: str, domain: Domain) -> dict[str, Any]:
    """Monotony or strain of the seven whole days up to each day, as a plain line without limits."""
    height = 90
    tip = [
        _DAY,
        alt.Tooltip(f"{column}:Q", title=column, format=".2f" if column == "monotony" else ",.0f"),
        alt.Tooltip("variety_words:N", title="why none"),
    ]
    shown = line(column, BLUE, tip, day_axis(domain, labels=False), y=value_axis(column, unit, zero=True))
    return specification(alt.layer(unknown_days(domain, height), shown).properties(height=height))

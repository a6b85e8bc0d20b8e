"""Planned against done: the corridor a plan allows, what was run in it, and pain beneath on the same days."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from loadmon.show.charts.panel import Domain, base
from loadmon.show.charts.specification import day_axis, specification, value_axis
from loadmon.show.palette import BLUE, GREY, ORANGE, SKY, VERMILION

GRADES = ("green", "amber", "red", "stop", "not graded yet")
GRADE_SHAPES = ("circle", "triangle-up", "square", "cross", "circle")
GRADE_COLOURS = (BLUE, ORANGE, VERMILION, VERMILION, GREY)
"""Grades are words and shapes first; their colours are those of the states, never red against green."""
MOMENTS = ("during", "after", "morning", "day")
MOMENT_SHAPES = ("circle", "diamond", "triangle-down", "square")


@lru_cache(maxsize=32)
def corridor_panel(domain: Domain) -> dict[str, Any]:
    """Minutes of running: the corridor of each planned run as a bar, its plan as a tick, what was run as a mark of its grade.

    Its table: ``day``, ``next_day``, ``low``, ``high``, ``planned``, ``done``, ``grade``, ``words``, ``held``.
    """
    tip = [alt.Tooltip("day:T"), alt.Tooltip("words:N", title=" ")]
    x = day_axis(domain, labels=False)
    y = value_axis("planned", "min running", zero=True)
    band = (
        base()
        .transform_filter("!datum.held")
        .mark_rect(color=SKY, opacity=0.3)
        .encode(x=x, x2="next_day:T", y=alt.Y("low:Q"), y2="high:Q", tooltip=tip)
    )
    plan = (
        base()
        .mark_rect(height=2.5)
        .encode(
            x=x,
            x2="next_day:T",
            y=y,
            color=alt.condition("datum.held", alt.value(GREY), alt.value(BLUE)),
            tooltip=tip,
        )
    )
    done = (
        base()
        .transform_filter("isValid(datum.done)")
        .mark_point(size=75, filled=True, opacity=1, xOffset=0)
        .encode(
            x=alt.X("middle:T"),
            y=alt.Y("done:Q"),
            shape=alt.Shape("grade:N", legend=None, scale=alt.Scale(domain=list(GRADES), range=list(GRADE_SHAPES))),
            color=alt.Color("grade:N", legend=None, scale=alt.Scale(domain=list(GRADES), range=list(GRADE_COLOURS))),
            tooltip=tip,
        )
    )
    return specification(alt.layer(band, plan, done).properties(height=210))


@lru_cache(maxsize=32)
def pain_panel(domain: Domain, stops_at: float) -> dict[str, Any]:
    """Pain from 0 to 10 by day, a shape a moment, and the level that stops a plan.

    Its table: ``middle``, ``value``, ``moment``, ``words``.
    """
    x = day_axis(domain, "middle")
    x["axis"]["labelBound"] = True  # a last label that sticks out would make this panel narrower than the one above
    dots = (
        base()
        .mark_point(size=60, filled=True, opacity=0.9, color=ORANGE)
        .encode(
            x=x,
            y=value_axis("value", "pain", domain=[-0.4, 10]),
            shape=alt.Shape("moment:N", legend=None, scale=alt.Scale(domain=list(MOMENTS), range=list(MOMENT_SHAPES))),
            tooltip=[alt.Tooltip("words:N", title=" ")],
        )
    )
    stop = base().mark_rule(color=VERMILION, strokeDash=[4, 3]).encode(y=alt.datum(stops_at))
    return specification(alt.layer(dots, stop).properties(height=130))

"""The squad page: one card a runner, most needing first, with the reason and what may be done."""

from __future__ import annotations

from collections import Counter
from html import escape

import pandas as pd
import streamlit as st

from loadmon.paths import page_file
from loadmon.planning.attention import FactKind
from loadmon.show import parts, state
from loadmon.show.figures import SquadRow
from loadmon.show.palette import BADGES
from loadmon.show.sparkline import week_bars
from loadmon.show.words import day_of_year, next_run_short, usual_words
from loadmon.units import Units

ORDER_WORDS = (
    "Ordered by what needs attention, not by any risk score: injuries first, then single long runs, returns from a "
    "lay-off, cadence, missing data. Ratios and week changes never raise a state."
)


_SMALL = "font-size:.85em;color:color-mix(in srgb,currentColor 72%,transparent)"


def summary(rows: list[SquadRow]) -> str:
    """The squad in one line: how many runners are in which state."""
    counts = Counter(row.week.attention.state for row in rows)
    told = [f"{BADGES[s].shape} **{counts[s]}** {BADGES[s].word}" for s in BADGES if counts[s]]
    latest = max(row.week.today for row in rows)
    return f"{latest:%A}, {day_of_year(latest)} · {len(rows)} runners: " + ", ".join(told)


def filters(rows: list[SquadRow]) -> list[str]:
    """The states that occur, as choices."""
    present = {row.week.attention.state for row in rows}
    return [f"{BADGES[s].shape} {BADGES[s].word}" for s in BADGES if s in present]


def chosen(rows: list[SquadRow], words: list[str] | None, name: str = "") -> list[SquadRow]:
    """The runners in the chosen states (all if none is chosen) whose name holds ``name``."""
    wanted = {s for s in BADGES if words and f"{BADGES[s].shape} {BADGES[s].word}" in words}
    return [
        row
        for row in rows
        if (not wanted or row.week.attention.state in wanted) and name.casefold() in row.athlete.name.casefold()
    ]


def card(row: SquadRow) -> None:
    """One runner: who, why, the week so far, the longest sensible next run."""
    units = state.units()
    week = row.week
    attention = week.attention
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.page_link(
                page_file("week.py"),
                label=f"**{row.athlete.name}**",
                query_params={parts.ATHLETE: str(row.athlete.id)},
            )
            st.html(parts.badge_html(BADGES[attention.state]), width="content")
        why, km, run = st.columns([3.2, 1.7, 1.3], vertical_alignment="top", gap="medium")
        with why:
            st.markdown(attention.headline)
            if attention.main is not None:
                st.caption(attention.main.what_you_can_do)
        km.html(_week_html(row, units))
        run.html(
            f"<div style='{_SMALL}'>Longest sensible next run</div>"
            f"<div style='font-weight:600;font-size:1.15em'>{escape(next_run_short(week.next_run, units))}</div>"
        )


def _so_far(row: SquadRow, units: Units) -> str:
    """The week's distance; where no file was seen it is not called zero."""
    if not row.week.sessions and any(fact.kind is FactKind.SILENCE for fact in row.week.attention.facts):
        return "no session seen this week"
    return f"<b>{escape(units.distance(row.week.distance_m))}</b> this week"


def _week_html(row: SquadRow, units: Units) -> str:
    """The week so far against what is usual, and the last weeks as a thumbnail."""
    words = ", ".join("no data" if m is None else units.distance(m) for m in row.weeks_m)
    picture = week_bars(list(row.weeks_m), f"Distance of the last weeks: {words}") if row.weeks_m else ""
    return (
        f"<div>{_so_far(row, units)}</div><div style='{_SMALL}'>{escape(usual_words(row.week, units))}</div>{picture}"
    )


def table(rows: list[SquadRow]) -> pd.DataFrame:
    """The same as plain rows, in the user's units."""
    units = state.units()
    return pd.DataFrame(
        [
            {
                "runner": row.athlete.name,
                "state": row.week.attention.state.value,
                "reason": row.week.attention.headline,
                "since": row.week.attention.since,
                f"{units.length} this week": _rounded(units.distance_value(row.week.distance_m)),
                f"usual low, {units.length}": _rounded(units.distance_value(_end(row.week.usual_distance_m, 0))),
                f"usual high, {units.length}": _rounded(units.distance_value(_end(row.week.usual_distance_m, 1))),
                f"longest sensible next run, {units.length}": _rounded(units.distance_value(row.week.next_run.value_m)),
                "acute:chronic, distance": _rounded(row.week.ratio_distance.value, 2),
                "last session": row.week.last_session,
            }
            for row in rows
        ]
    )


def _end(pair: tuple[float, float] | None, place: int) -> float | None:
    return None if pair is None else pair[place]


def _rounded(value: float | None, digits: int = 1) -> float | None:
    return None if value is None else round(value, digits)

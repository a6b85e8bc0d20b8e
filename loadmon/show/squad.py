"""The squad page: one card a runner, most needing first, with the reason and what may be done."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from html import escape

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from loadmon.paths import page_file
from loadmon.planning.attention import State
from loadmon.planning.tissue_fact import tissue_facts
from loadmon.show import parts, state, tissue_limits, tissue_state
from loadmon.show.figures import SquadRow
from loadmon.show.palette import BADGES
from loadmon.show.plain import plain
from loadmon.show.sparkline import week_bars
from loadmon.show.words import day_of_year, next_run_short, plural, usual_words
from loadmon.tissue.call import Calls
from loadmon.units import Units

ORDER_WORDS = (
    "Ordered by what needs attention, not by any risk score: open injuries first, then single long runs, returns from a "
    "lay-off, cadence; then records that are too thin to tell. Ratios, week changes and tissues alone move nobody up."
)

_SMALL = "font-size:.85em;color:color-mix(in srgb,currentColor 72%,transparent)"
_BLOCKS = "display:grid;grid-template-columns:1.25fr 1fr;gap:.3rem 1rem"


def summary(rows: list[SquadRow]) -> str:
    """The squad in one line: which day it is, and how many runners ask for something."""
    counts = Counter(row.week.attention.state for row in rows)
    latest = max(row.week.today for row in rows)
    asking = counts[State.ACT] + counts[State.WATCH]
    told = f"**{asking}** of {plural(len(rows), 'runner')} {'asks' if asking == 1 else 'ask'} for a look"
    return f"{latest:%A}, {day_of_year(latest)} · " + (told if asking else _nobody_asks(counts))


def _nobody_asks(counts: Counter[State]) -> str:
    """Where nobody asks for a look: of how many that can be said, and of how many it cannot yet."""
    known, thin = counts[State.STEADY], counts[State.NOT_ENOUGH_DATA]
    if not known:
        return f"not enough data yet to tell anything of {plural(thin, 'runner')}"
    return f"nothing stands out in {known}" + (f"; not enough data to tell of {thin} more" if thin else "")


def filters(rows: list[SquadRow]) -> dict[State, str]:
    """The states that occur, with their words and numbers, in the order of the page."""
    counts = Counter(row.week.attention.state for row in rows)
    return {s: f"{badge.label} ({counts[s]})" for s, badge in BADGES.items() if counts[s]}


def choose_states(rows: list[SquadRow]) -> list[State]:
    """States to show, as pills that wrap on a phone; none chosen means all."""
    offered = filters(rows)
    return st.pills(
        "States shown",
        list(offered),
        format_func=lambda s: offered.get(s, ""),
        selection_mode="multi",
        label_visibility="collapsed",
        key="squad_states",
        wrap=True,
    )


def chosen(rows: list[SquadRow], states: list[State], name: str = "") -> list[SquadRow]:
    """The runners in the chosen states (all if none is chosen) whose name holds ``name``, whatever the accents."""
    wanted = _letters(name)
    return [
        row
        for row in rows
        if (not states or row.week.attention.state in states) and wanted in _letters(row.athlete.name)
    ]


def _letters(name: str) -> str:
    """A name as one may type it: without case and without the marks on its letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.strip().casefold()) if not unicodedata.combining(c))


def card(row: SquadRow) -> DeltaGenerator:
    """One runner: who, why, the week so far, the longest sensible next run. Gives back the place for what tissues say."""
    units = state.units()
    attention = row.week.attention
    with st.container(border=True):
        why, numbers = st.columns([1.05, 1], vertical_alignment="top", gap="medium")
        with why.container(gap="xsmall"):
            with st.container(
                horizontal=True, vertical_alignment="center", gap="small", key=f"runner-{row.athlete.id}"
            ):
                st.page_link(
                    page_file("week.py"),
                    label=f"**{plain(parts.named(row.athlete))}**",
                    query_params={parts.ATHLETE: str(row.athlete.id)},
                )
                st.html(parts.badge_html(BADGES[attention.state]), width="content")
            st.markdown(plain(why_words(row)))
            if attention.main is not None:
                st.caption(plain(f"{attention.main.what_you_can_do} ({attention.main.source.source})"))
            place = st.container(gap="xsmall", key=f"tissue-{row.athlete.id}")
        numbers.html(numbers_html(row, units))
    return place


def tissues(places: Mapping[int, DeltaGenerator]) -> dict[int, str]:
    """Tell in one line on a runner's card which tissue stands out, where one does; the lines by runner.

    Parameters
    ----------
    places : mapping of runner to their card's place for it
    """
    told = tissue_lines(tissue_state.tissue_calls())
    for runner, place in places.items():
        if runner in told:
            place.caption(plain(told[runner]))
            link = {parts.ATHLETE: str(runner)}
            with place:
                tissue_limits.limits(f"squad-{runner}")
                st.page_link(page_file("tissues.py"), label="Tissue load, week by week →", query_params=link)
    return told


def tissue_lines(calls: Mapping[int, Calls | None]) -> dict[int, str]:
    """The runners of whom a tissue stands out, and that in a sentence: a description beside the state, not a part of it."""
    return {
        runner: f"Described only, tissue load: {fact.sentence}"
        for runner, found in calls.items()
        for fact in tissue_facts(found)
    }


def why_words(row: SquadRow) -> str:
    """The headline; for a steady runner without the kilometres, which stand beside it."""
    if row.week.attention.state is State.STEADY and row.week.distance_m is not None:
        return "Nothing stands out."
    return row.week.attention.headline


def numbers_html(row: SquadRow, units: Units) -> str:
    """The week so far against what is usual, the last weeks as a thumbnail, and the longest sensible next run."""
    words = ", ".join("no data" if m is None else units.distance(m) for m in row.weeks_m)
    picture = week_bars(list(row.weeks_m), f"Distance of the last weeks: {words}") if row.weeks_m else ""
    return (
        f"<div style='{_BLOCKS}'>"
        f"<div><div>{_so_far(row, units)}</div>"
        f"<div style='{_SMALL}'>{escape(usual_words(row.week, units))}</div>{picture}</div>"
        f"<div><div style='{_SMALL}'>Longest sensible next run</div>"
        f"<div style='font-weight:600;font-size:1.15em'>{escape(next_run_short(row.week.next_run, units))}</div></div>"
        "</div>"
    )


def _so_far(row: SquadRow, units: Units) -> str:
    """The week's distance; where no file was seen it is not called zero."""
    if row.week.nothing_known is not None:
        return f"this week: {escape(row.week.nothing_known)}"
    if row.week.distance_m is None and row.week.runs:
        return f"{plural(row.week.runs, 'run')} this week, distance missing"
    return f"<b>{escape(units.distance(row.week.distance_m))}</b> this week"


def table(rows: list[SquadRow], units: Units, tissues: Mapping[int, str] | None = None) -> pd.DataFrame:
    """The same as plain rows, in the user's units; ``tissues`` by runner, as ``tissue_lines`` gives them."""
    return pd.DataFrame(
        [
            {
                "runner": row.athlete.name,
                "state": row.week.attention.state.value,
                "reason": row.week.attention.headline,
                "since": row.week.attention.since,
                "sample": row.athlete.is_sample,
                f"{units.length} this week": _rounded(units.distance_value(row.week.distance_m)),
                f"usual low, {units.length}": _rounded(units.distance_value(_end(row.week.usual_distance_m, 0))),
                f"usual high, {units.length}": _rounded(units.distance_value(_end(row.week.usual_distance_m, 1))),
                f"longest sensible next run, {units.length}": _rounded(units.distance_value(row.week.next_run.value_m)),
                "acute:chronic, distance": _rounded(row.week.ratio_distance.value, 2),
                "tissue": (tissues or {}).get(row.athlete.id, ""),
                "last session": row.week.last_session,
            }
            for row in rows
        ]
    )


def _end(pair: tuple[float, float] | None, place: int) -> float | None:
    return None if pair is None else pair[place]


def _rounded(value: float | None, digits: int = 1) -> float | None:
    return None if value is None else round(value, digits)

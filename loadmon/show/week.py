"""The week page's parts: the decision first, then the figures behind it, then the facts with their sources."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from loadmon.evidence import CADENCE_REFERENCE_MPS, Evidence
from loadmon.paths import page_file
from loadmon.planning.attention import Fact, FactKind, Severity, with_notes
from loadmon.planning.next_run import next_run_sentences
from loadmon.planning.tissue_fact import tissue_facts
from loadmon.planning.week import RunnerWeek
from loadmon.show import parts, state, tissue_limits, tissue_state
from loadmon.show.cards import Card, cards
from loadmon.show.charts.weeks import week_bars_chart, week_bars_table, weeks_behind
from loadmon.show.figures import WeekView
from loadmon.show.metric_cards import CARDS
from loadmon.show.palette import BADGES, GREY, ORANGE, VERMILION
from loadmon.show.plain import plain
from loadmon.show.session_gait import definition
from loadmon.show.sessions_table import sessions_table
from loadmon.show.words import (
    cadence_words,
    day_of_year,
    measure_words,
    next_run_short,
    plural,
    ratio_words,
    stand_in_words,
    usual_words,
)
from loadmon.units import Units, duration

_MARK = {Severity.ACT: ("■", VERMILION), Severity.WATCH: ("▲", ORANGE), Severity.NOTE: ("·", GREY)}


def headline(view: WeekView) -> None:
    """State and main reason, and what may be done about it."""
    attention = view.week.attention
    since = f" · since {day_of_year(attention.since)}" if attention.since else ""
    st.html(
        f"<div style='font-size:1.05rem'>{parts.badge_html(BADGES[attention.state])}"
        f"<span style='opacity:.75'>{since}</span></div>"
        f"<div style='font-size:1.35rem;line-height:1.35;margin-top:.3rem'>{escape(attention.headline)}</div>"
    )
    if attention.main is not None:
        st.markdown(plain(attention.main.what_you_can_do))
        st.caption(plain(f"Source: {attention.main.source.source}. {attention.main.source.caveat}"))


def next_run(view: WeekView) -> None:
    """How long the next run may sensibly be, and where that comes from."""
    units = state.units()
    found = view.week.next_run
    sentences = next_run_sentences(found, units)
    with st.container(border=True):
        number, words = st.columns([1, 2.4], vertical_alignment="center")
        number.html(
            f"<div style='font-size:.9rem'>Longest sensible next run</div>"
            f"<div style='font-size:2rem;line-height:1.25'>{escape(next_run_short(found, units))}</div>"
        )
        with words:
            st.markdown(plain(" ".join(sentences[1 if found.value_m is not None else 0 :])))
            if found.evidence:
                st.caption(plain(f"{sources_words(found.evidence)} {found.evidence[0].caveat}"))


def figures(view: WeekView) -> None:
    """The week in four numbers, each with what it is compared with and its definition."""
    units = state.units()
    week = view.week
    cadence, trend = cadence_words(week.cadence)
    stand_in = stand_in_words(week.cadence.model if week.cadence else None)
    trend = f"{trend.rstrip('.')}. {stand_in}" if stand_in else trend
    cards(
        [
            Card(
                f"This week, {week.days_so_far} of 7 days",
                units.distance(week.distance_m),
                _week_words(view, units),
                USUAL_HELP,
            ),
            Card(
                "Moving time",
                duration(week.moving_s),
                week.nothing_known or _runs_words(week, units),
                definition(CARDS["moving time"]),
            ),
            Card(
                "Acute:chronic, distance",
                measure_words(week.ratio_distance),
                ratio_words(week.ratio_distance, units),
                f"{week.ratio_distance.definition}. {RATIO_HELP}",
            ),
            Card(f"Cadence at {units.pace(CADENCE_REFERENCE_MPS.value)}, flat", cadence, trend, CADENCE_HELP),
        ]
    )


def _week_words(view: WeekView, units: Units) -> str:
    """What this week's distance is compared with, or why it is missing."""
    if view.week.nothing_known is not None:
        return view.week.nothing_known
    return usual_words(view.week, units) if view.week.distance_complete else "the distance of a run is missing"


def sources_words(found: tuple[Evidence, ...]) -> str:
    """Where a figure comes from: every source once; what is ours is called so."""
    return f"{'; '.join(dict.fromkeys(e.source for e in found))}."


def _runs_words(week: RunnerWeek, units: Units) -> str:
    """How many runs there were, and the longest; or that the time of one is missing from the sum."""
    if not week.runs:
        return "no run yet"
    missing = "" if week.moving_complete else "; the time of a run is missing"
    return f"{plural(week.runs, 'run')}, longest {units.distance(week.longest_run_m)}{missing}"


def facts(view: WeekView) -> None:
    """Everything else that was seen this week, in a fixed order, each with its source.

    The ratio is not told again: its card stands above, with the same number and what it cannot say.
    """
    seen = with_notes(view.week.attention, tissue_facts(tissue_state.tissue_sheet(view.athlete.id).calls))
    told = [fact for fact in seen.facts if fact is not view.week.attention.main and fact.kind is not FactKind.RATIO]
    if not told:
        return
    st.header("What else was seen")
    for fact in told:
        _fact(fact)
        if fact.kind is FactKind.TISSUE:
            _to_tissues(view)


def _fact(fact: Fact) -> None:
    shape, colour = _MARK[fact.severity]
    st.html(
        f"<div><span aria-hidden='true' style='color:{colour};font-size:1.15em'>{shape}</span> "
        f"{escape(fact.sentence)}{' <em>(provisional)</em>' if fact.provisional else ''}</div>"
    )
    st.caption(plain(f"{fact.what_you_can_do} Source: {fact.source.source}. {fact.source.caveat}"))


def _to_tissues(view: WeekView) -> None:
    """From the line about a tissue to what it cannot tell, and to all of them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        tissue_limits.limits("week")
        link = {parts.ATHLETE: str(view.athlete.id)}
        st.page_link(page_file("tissues.py"), label="All tissues, week by week →", query_params=link)


def weeks_chart(view: WeekView) -> None:
    """The last twelve weeks as bars, the running one drawn as unfinished."""
    if view.weeks.empty:
        st.caption("No week yet.")
        return
    units = state.units()
    table = week_bars_table(view.weeks, units)
    st.markdown(f"**Distance a week** ({units.length}), by the day the week begins")
    words = weeks_sentence(table, units.length)
    st.vega_lite_chart(table, week_bars_chart(units.length), width="stretch", alt=words)
    st.caption(words)
    parts.table_behind("These weeks as a table", weeks_behind(view.weeks, units), "weeks.csv")


def weeks_sentence(table: pd.DataFrame, length: str) -> str:
    """The weekly bars in a sentence."""
    done = table.loc[table["whole"], "distance"].dropna()
    if done.empty:
        return "No full week yet. The dashed bar is the week that is still running."
    seen = f"between {done.min():.0f} and {done.max():.0f} {length}, {done.median():.0f} in the middle"
    if len(done) == 1:
        seen = f"{done.iloc[0]:.0f} {length}"
    words = f"{plural(len(done), 'finished week')}: {seen}. The dashed bar is the week that is still running"
    if table["usual_low"].notna().any():
        words += "; the grey band is what the four weeks before held by the same weekday"
    return words + "."


def sessions(view: WeekView) -> None:
    """This week's sessions, each a link to its own page."""
    if view.sessions.empty:
        st.caption("No session yet this week.")
        return
    sessions_table(view.sessions, view.athlete, "week")


USUAL_HELP = (
    "Against the least and the most of the four weeks before by the same weekday, so that a Monday is not compared with a "
    "whole week."
)
RATIO_HELP = (
    "Mean daily distance of the last 7 days, divided by that of the 21 days before them. It describes; it does not warn. "
    "In runners a higher ratio went with fewer injuries (Nakaoka 2021, 10.1007/s40279-021-01483-0), and dividing by a "
    "random number works as well (Impellizzeri 2021, 10.1007/s40279-020-01378-6). Formula and limits: “Where the numbers come from”."
)
CADENCE_HELP = (
    "Steps of both feet a minute, as they would be at 3.0 m/s on the flat by the runner's own rule, learnt from the first "
    "runs and then left alone. Cadence by itself is not an established cause of injury."
)

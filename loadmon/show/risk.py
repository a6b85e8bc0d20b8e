"""The page Injury estimate: after the facts, about 1 in N with its range, what drives it, and what planned runs would do."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from loadmon.athlete import Athlete
from loadmon.days import day_words
from loadmon.paths import page_file
from loadmon.planning.attention import FactKind
from loadmon.planning.check_in import CheckIn
from loadmon.planning.pain_log import PainEntry
from loadmon.risk import told
from loadmon.risk.driver_words import driver_words, main_drivers
from loadmon.risk.estimate import RiskEstimate
from loadmon.risk.outcome import RiskState
from loadmon.risk.plan_ways import PlannedDistance
from loadmon.risk.what_if import WhatIfWeek, days_ahead, what_if
from loadmon.show import parts, risk_state, state
from loadmon.show.check_in_words import problem_line
from loadmon.show.palette import BADGES
from loadmon.show.plain import plain
from loadmon.show.words import capital, day_of_year
from loadmon.units import Units

WHAT_IT_IS = (
    "A figure like this tells who is injured more often better than when. Most weeks end without an injury, also those with "
    "a higher one, and some with a low one do not. It is no diagnosis, and no reason by itself to train or to rest."
)
DOUBT = "Cannot be told from no effect:"
_QUIET = "font-size:.9rem;color:color-mix(in srgb,currentColor 72%,transparent)"


def facts_first(athlete: Athlete) -> None:
    """What was seen this week, before any figure: pain and injuries first, apart from the estimate."""
    attention = state.runner_week(athlete.id).week.attention
    signs = [fact for fact in attention.facts if fact.kind is FactKind.OPEN_INJURY]
    st.html(parts.badge_html(BADGES[attention.state]))
    st.markdown(plain(attention.headline))
    today = state.runner_week(athlete.id).week.today
    warned = [fact.sentence for fact in signs] + pain_words(risk_state.pain_of(athlete.id, today))
    warned += complaint_words(risk_state.problems_of(athlete.id, today))
    if warned:
        st.markdown("**Warning sign, apart from the estimate:** " + plain(" ".join(warned)))
    else:
        st.caption(
            "No open injury, and neither pain nor a complaint of the last days is written down. They are stronger signs than "
            "any figure below: say so where there are some."
        )
    st.page_link(
        page_file("week.py"), label="Everything seen this week →", query_params={parts.ATHLETE: str(athlete.id)}
    )


def pain_words(entries: Iterable[PainEntry]) -> list[str]:
    """The pain of the last days in a sentence: the highest value that was told, where and when; nothing without any."""
    felt = [one for one in entries if one.flags or (one.value or 0.0) > 0.0]
    if not felt:
        return []
    worst = max(felt, key=lambda one: (bool(one.flags), one.value or 0.0, one.day))
    place = f" ({worst.area})" if worst.area else ""
    value = "A red flag" if worst.flags else f"Pain of {worst.value:g} of 10"
    return [f"{value}{place} was written down for {day_words(worst.day)}; it weighs more than the figure below."]


def complaint_words(answers: Iterable[CheckIn]) -> list[str]:
    """The complaints of the week's questions, a sentence each, the worst first; nothing where there is no trouble."""
    troubled = [one for one in answers if one.problem.problem]
    troubled.sort(key=lambda one: (one.problem.substantial, one.score or 0, one.day), reverse=True)
    return [f"A complaint was told on {day_words(one.day)}: {problem_line(one)}" for one in troubled]


def estimate(found: RiskEstimate) -> None:
    """About 1 in N with its range, against the usual; or why nothing is told."""
    with st.container(border=True):
        if found.middle is None or found.low is None or found.high is None:
            st.html(f"<div style='font-size:1.15rem'>○ {escape(told.headline(found))}</div>")
            st.caption(plain(f"Model: {found.badge}."))
            return
        st.html(
            f"<div style='{_QUIET}'>A new injury in the next 7 days</div>"
            f"<div style='font-size:1.9rem;line-height:1.3'>about {told.one_in(found.middle)}</div>"
            f"<div style='font-size:1.1rem'>range {told.one_in(found.low)} to {told.one_in(found.high)}</div>"
        )
        st.markdown(plain(f"{capital(told.usual_words(found))}. {told.against_usual(found)}"))
        st.caption(plain(f"Model: {found.badge}. The range holds 9 of 10 values that fit what is known. {WHAT_IT_IS}"))


def drivers(found: RiskEstimate) -> None:
    """What moves the estimate, each with its sign and source; and what is not known and so moves nothing."""
    if found.middle is None:
        return
    st.subheader("What moves it")
    main = main_drivers(found)
    if not main:
        st.caption("Nothing that is known moves it much.")
    else:
        for title, some in (("", [one for one in main if one.clear]), (DOUBT, [one for one in main if not one.clear])):
            if some:
                st.markdown(
                    (f"{title}\n\n" if title else "") + "\n".join(f"- {plain(driver_words(one))}" for one in some)
                )
    st.caption("Against a runner of whom nothing is known. None of it is a cause, and none of it is certain.")
    rows = driver_table(found)
    parts.table_behind("The numbers behind it, for a physiologist", rows, f"risk-{found.athlete_id}.csv")


def driver_table(found: RiskEstimate) -> pd.DataFrame:
    """Every feature with its value, what it does to the odds, and its source; the missing ones with the reason."""
    known: list[dict[str, Any]] = [
        {"feature": one.label, "value": round(one.value, 3), "unit": one.unit, "odds ×": round(math.exp(one.log_odds), 3),
         "odds × from": round(one.range[0], 3), "odds × to": round(one.range[1], 3), "log-odds": round(one.log_odds, 3),
         "source": source_words(one.citations, found.badge, from_club=found.from_club)}
        for one in found.drivers
    ]  # fmt: skip
    missing: list[dict[str, Any]] = [
        {
            "feature": label,
            "value": None,
            "unit": f"not known: {why}",
            "odds ×": 1.0,
            "odds × from": None,
            "odds × to": None,
            "log-odds": 0.0,
            "source": "",
        }
        for label, why in found.missing
    ]
    return pd.DataFrame(known + missing)


def source_words(citations: Iterable[str], badge: str, *, from_club: bool) -> str:
    """Where a number comes from: a paper stands for the prior only, and what a club's injuries made of it is the club's."""
    cited = "; ".join(citations)
    return f"started from {cited or 'no study'}; moved: {badge}" if from_club else cited


def plan_ahead(athlete: Athlete, seen: risk_state.RunnerRisk) -> None:
    """Planned runs of the next two weeks, and the load and estimate they would lead to, as ranges."""
    units = state.units()
    today = state.runner_week(athlete.id).week.today
    st.markdown(f"Write down the runs you plan, at least and at most in {units.length}. Days left empty are rest.")
    days = days_ahead(today)
    empty = pd.DataFrame(
        {"day": [day_of_year(day) for day in days], "at least": [None] * len(days), "at most": [None] * len(days)}
    ).astype({"at least": "float64", "at most": "float64"})
    number = st.column_config.NumberColumn(min_value=0.0, max_value=200.0, step=0.5, format="%.1f")
    filled = st.data_editor(
        empty, hide_index=True, disabled=["day"], width="stretch", key=f"plan-{athlete.id}", placeholder="",
        column_config={"at least": number, "at most": number},
    )  # fmt: skip
    plan = planned(days, filled, units)
    if not plan:
        st.caption("No run planned yet.")
        return
    for place, week in enumerate(what_if(seen.record, athlete.id, today, plan, seen.fit), start=1):
        st.markdown("\n".join(f"- {plain(line)}" for line in what_if_lines(place, week, units)))


def planned(days: list[date], filled: pd.DataFrame, units: Units) -> list[PlannedDistance]:
    """The runs of a filled-in table; one end alone stands for both."""
    found = []
    for day, low, high in zip(days, filled["at least"], filled["at most"], strict=True):
        known = [value for value in (low, high) if pd.notna(value) and value > 0]
        if known:
            found.append(PlannedDistance(day, min(known) * units.metres, max(known) * units.metres))
    return found


def what_if_lines(place: int, week: WhatIfWeek, units: Units) -> list[str]:
    """One week of a plan in sentences."""
    low, high = units.distance(week.low_m), units.distance(week.high_m)
    lines = [
        f"Week {place}, {day_words(week.first)} to {day_words(week.last)}: {low if low == high else f'{low} to {high}'}."
    ]
    if week.change_low_pct is not None and week.change_high_pct is not None:
        lines.append(
            f"Week {place} against the seven days before it: {change_words(week.change_low_pct, week.change_high_pct)}."
        )
    spikes = [name for name in week.spikes if name != "reference"]
    if spikes:
        lines.append(f"A run of it could be a {spikes[-1]} session spike against the 30 days before.")
    risk = week.risk
    if risk is None:
        lines.append(week.shorter.reason or week.longer.reason or "No estimate.")
    else:
        lines.append(
            f"For the 7 days after week {place}: between {told.one_in(risk[0])} and {told.one_in(risk[1])}, if the days go as planned."
        )
    return lines


def change_words(low_pct: float, high_pct: float) -> str:
    """A change or its range, told once where both ends are the same in whole numbers."""
    low, high = (f"{pct:+.0f} %".replace("-", "−") for pct in (low_pct, high_pct))
    return low if low == high else f"{low} to {high}"


def quiet_line(athlete: Athlete) -> None:
    """The estimate as one line on My week, after the facts; nothing where nothing is told."""
    found = risk_state.runner_risk(athlete.id).estimate
    if found is None or found.state is not RiskState.AT_RISK or found.middle is None:
        return
    st.caption(plain(told.quiet_line(found)))
    link = {parts.ATHLETE: str(athlete.id)}
    st.page_link(page_file("risk.py"), label="What it stands on, and what it cannot know →", query_params=link)

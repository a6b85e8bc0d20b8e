"""The squad's injuries in figures: how often, how many, how much; and the whole list of codes, where somebody brings it."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from loadmon.planning.check_in import PROBLEM, CheckIn
from loadmon.planning.injury_codes import codes_from_csv
from loadmon.planning.injury_figures import InjuryFigures, ProblemFigures, Rate, injury_figures, problem_figures
from loadmon.refusal import Refusal
from loadmon.show import state
from loadmon.show.figures import tables
from loadmon.show.plain import plain
from loadmon.show.words import day_of_year
from loadmon.store import check_ins, injury_codes
from loadmon.units import plural

SPANS = {"3 months": 91, "6 months": 182, "1 year": 365}


def figures() -> None:
    """Incidence, prevalence and burden over a span, with the counts behind them; nobody is ranked."""
    with st.expander("Injuries of the squad in figures"):
        length = st.segmented_control("Over the last", list(SPANS), default="6 months", key="injury-span") or "6 months"
        found, problems = squad_figures(SPANS[length])
        st.table(figure_rows(found, problems), border="horizontal", hide_index=True)
        st.caption(
            f"{day_of_year(found.first)} to {day_of_year(found.last)}. Ranges are exact 95 % ranges of a count; they are wide where "
            "little happened. Running that no file tells of is not in the hours. Fields and classes by the IOC consensus 2020."
        )


def squad_figures(days: int) -> tuple[InjuryFigures, ProblemFigures]:
    """The figures of everyone the viewer may see over so many days up to today."""
    with state.store().read() as conn:
        found = tables(conn, state.viewer(), state.now())
        answers = check_ins.check_ins(conn, state.viewer(), kind=PROBLEM)
    last = max(found.today.values(), default=state.now().date())
    first = last - timedelta(days=days - 1)
    line = found.timeline
    inside = line[(line["local_day"] >= pd.Timestamp(first)) & (line["local_day"] <= pd.Timestamp(last))]
    told = injury_figures(
        found.injuries.values(), first=first, last=last, runners=len(found.athletes),
        running_s=float(inside["moving_s"].sum()), running_m=float(inside["distance_m"].sum()),
    )  # fmt: skip
    return told, problem_figures(_this_week(answers, last), len(found.athletes))


def _this_week(answers: dict[int, CheckIn], last: date) -> dict[int, tuple[int, bool]]:
    """The worst answer of each runner of the last seven days."""
    scores: dict[int, tuple[int, bool]] = {}
    for one in answers.values():
        if 0 <= (last - one.day).days < 7:
            found = (one.problem.score, one.problem.substantial)
            scores[one.athlete_id] = max(scores.get(one.athlete_id, (0, False)), found)
    return scores


def figure_rows(found: InjuryFigures, problems: ProblemFigures) -> pd.DataFrame:
    """The figures as rows to be read: what, how much, what it rests on."""
    hurt, runners = found.prevalence
    burden = "–" if found.burden_days_per_1000_h is None else f"{found.burden_days_per_1000_h:,.0f} days per 1,000 h"
    classes = ", ".join(f"{name} days: {count}" for name, count in found.severity.items())
    share = "nobody answered" if problems.prevalence is None else f"{100 * problems.prevalence:.0f} % with a problem"
    rows = [
        ("New injuries", f"{found.injuries}", f"{found.still_open} of them still open"),
        ("Against hours", rate_words(found.per_1000_h, "1,000 h"), f"{found.per_1000_h.exposure:,.0f} h of running"),
        (
            "Against distance",
            rate_words(found.per_1000_km, "1,000 km"),
            f"{found.per_1000_km.exposure:,.0f} km of running",
        ),
        ("Days lost", burden, f"{plural(found.lost_days, 'day')} lost in the span"),
        ("Open today", f"{hurt} of {plural(runners, 'runner')}", "prevalence on the last day"),
        ("Closed ones by days lost", classes, "of those that began in the span"),
        (
            "Weekly questions",
            share,
            f"{problems.answered} of {problems.asked} answered, {problems.substantial} clearly hindered",
        ),
    ]
    return pd.DataFrame(rows, columns=["What", "How much", "Rests on"])


def rate_words(rate: Rate, per: str) -> str:
    """A rate with its range, or a dash where nothing was run."""
    if rate.value is None:
        return "–"
    return f"{rate.value:.1f} per {per} ({rate.low:.1f} to {rate.high:.1f})"


def codes() -> None:
    """Bring the whole list of injury codes: 21 that runners have most often are here already."""
    with state.store().read() as conn:
        known = injury_codes.all_codes(conn)
    with st.expander(f"Injury codes ({len(known)})"):
        st.markdown(
            "The codes that runners have most often ship with loadmon. The whole list (OSIICS 15, Orchard et al. 2024, free to use "
            "with acknowledgement) can be brought as a CSV file with a column for the code and one for the diagnosis."
        )
        file = st.file_uploader("List of codes (CSV)", type=["csv", "txt"], key="code-list")
        if file is not None and st.button("Take the list in", key="take-codes"):
            try:
                found = codes_from_csv(file.getvalue())
                with state.store().write() as conn:
                    count = injury_codes.replace_codes(conn, state.viewer(), found)
            except Refusal as refusal:
                st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
                return
            st.success(f"{count:,} codes are in.")
        if len(known) > 21 and st.button("Go back to our own codes only", key="drop-codes"):
            with state.store().write() as conn:
                injury_codes.replace_codes(conn, state.viewer(), [])
            st.rerun()

"""The squad's injuries in figures: how often, how many, how much; and the whole list of codes, where somebody brings it."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from loadmon.days import today_in_zone
from loadmon.paths import page_file
from loadmon.planning.check_in import PROBLEM
from loadmon.planning.exposure import exposures
from loadmon.planning.injury_codes import codes_from_csv
from loadmon.planning.injury_figures import InjuryFigures, LeftOut, Rate, injury_figures
from loadmon.planning.week_problems import ProblemFigures, area_figures, open_questions, problem_figures, week_by_week
from loadmon.refusal import Refusal
from loadmon.show import parts, state
from loadmon.show.figures import tables
from loadmon.show.plain import plain
from loadmon.show.words import capital, day_of_year
from loadmon.store import check_ins, injury_codes, squad
from loadmon.units import plural

WEEKS_SHOWN = 6
REMINDER = "How did your body go along in the last seven days? Four short questions are waiting for you under Check-in."
"""What can be sent to those who have not answered."""
SPANS = {"3 months": 91, "6 months": 182, "1 year": 365}


def figures() -> None:
    """Incidence, prevalence and burden over a span, with the counts behind them; nobody is ranked."""
    with st.expander("Injuries of the squad in figures"):
        length = st.segmented_control("Over the last", list(SPANS), default="6 months", key="injury-span") or "6 months"
        found, problems = squad_figures(SPANS[length])
        st.table(figure_rows(found, problems), border="horizontal", hide_index=True)
        st.caption(
            f"{day_of_year(found.first)} to {day_of_year(found.last)}. Ranges are exact 95 % ranges of a count; they are wide where "
            "little happened. Running that no file tells of is not in the hours; whoever has none is in neither side of a rate. Fields and classes by the IOC consensus 2020."
        )


def squad_figures(days: int) -> tuple[InjuryFigures, ProblemFigures]:
    """The figures of everyone the viewer may see over so many days up to today."""
    with state.store().read() as conn:
        found = tables(conn, state.viewer(), state.now())
        answers = check_ins.check_ins(conn, state.viewer(), kind=PROBLEM)
    last = max(found.today.values(), default=state.now().date())
    first = last - timedelta(days=days - 1)
    ran = exposures(found.runs, [one.id for one in found.athletes], first=first, last=last)
    told = injury_figures(found.injuries.values(), first=first, last=last, exposure=ran)
    return told, problem_figures(answers.values(), last, len(found.athletes))


def figure_rows(found: InjuryFigures, problems: ProblemFigures) -> pd.DataFrame:
    """The figures as rows to be read: what, how much, what it rests on."""
    hurt, runners = found.prevalence
    burden = (
        no_rate("time")
        if found.burden_days_per_1000_h is None
        else f"{found.burden_days_per_1000_h:,.0f} days per 1,000 h"
    )
    classes = ", ".join(f"{name} days: {count}" for name, count in found.severity.items())
    hours, kilometres = found.per_1000_h, found.per_1000_km
    lost_by = plural(found.lost_days, "day")
    rows = [
        ("New injuries", f"{found.injuries}", f"{found.still_open} of them still open"),
        (
            "Against hours",
            rate_words(hours, "1,000 h", "time"),
            rests_on(hours, "h of running", found.without_hours, "time"),
        ),
        (
            "Against distance",
            rate_words(kilometres, "1,000 km", "distance"),
            rests_on(kilometres, "km of running", found.without_distance, "distance"),
        ),
        (
            "Days lost",
            burden,
            f"{lost_by} lost in the span{by_everybody(found.without_hours)}",
        ),
        ("Open today", f"{hurt} of {plural(runners, 'runner')}", "prevalence on the last day"),
        ("Closed ones by days lost", classes, "of those that began in the span"),
        ("Weekly questions, last 7 days", share_words(problems), answered_words(problems)),
    ]
    return pd.DataFrame(rows, columns=["What", "How much", "Rests on"])


def week_questions() -> None:
    """Who has not answered this week's questions yet, how many did in the weeks before, and what was told of single areas."""
    with state.store().read() as conn:
        runners = squad.athletes(conn, state.viewer())
        answers = list(check_ins.check_ins(conn, state.viewer()).values())
    today = {one.id: today_in_zone(one.time_zone, state.now()) for one in runners}
    last = max(today.values(), default=state.now().date())
    found, due = problem_figures(answers, last, len(runners)), open_questions(answers, today)
    with st.expander(f"This week's questions: {answered_short(found)}"):
        if due:
            st.markdown("Not answered in the last seven days, and how long ago they were:")
            for one in runners:
                if one.id in due:
                    name, ago = plain(one.name), ago_words(due[one.id], today[one.id])
                    with st.container(horizontal=True, vertical_alignment="center"):
                        st.page_link(page_file("check_in.py"), label=name, query_params={parts.ATHLETE: str(one.id)})
                        st.caption(ago, width="content")
            st.caption("Remind once; how many answer is shown with every figure, so a gap is no reason to press.")
            st.code(REMINDER, language=None, wrap_lines=True)
        else:
            st.markdown("Everybody has answered.")
        weeks = week_by_week(answers, last, len(runners), WEEKS_SHOWN)
        st.table(week_rows(weeks), border="horizontal", hide_index=True)
        areas = area_figures(answers, last, len(runners))
        if areas:
            st.table(area_rows(areas), border="horizontal", hide_index=True)


def answered_short(found: ProblemFigures) -> str:
    """How many answered: ``3 of 8 answered (38 %)``."""
    if found.response_rate is None:
        return "nobody to ask"
    return f"{found.answered} of {found.asked} answered ({100 * found.response_rate:.0f} %)"


def ago_words(last: date | None, today: date) -> str:
    """When somebody answered last."""
    return "never yet" if last is None else f"last {plural((today - last).days, 'day')} ago"


def week_rows(weeks: dict[date, ProblemFigures]) -> pd.DataFrame:
    """Answers and problems of the last weeks, the newest first."""
    rows = [(day_of_year(day), answered_short(one), share_words(one)) for day, one in reversed(weeks.items())]
    return pd.DataFrame(rows, columns=["Seven days up to", "Answered", "Of these"])


def area_rows(areas: dict[str, ProblemFigures]) -> pd.DataFrame:
    """What was told of single areas this week."""
    rows = [
        (
            capital(area),
            f"{one.hindered} of {one.answered} with a problem there",
            f"{plural(one.substantial, 'runner')} clearly hindered",
        )
        for area, one in areas.items()
    ]
    return pd.DataFrame(rows, columns=["Area by itself", "Of those who answered", "Clearly"])


def rate_words(rate: Rate, per: str, told: str) -> str:
    """A rate with its range, or the reason why there is none."""
    if rate.value is None:
        return no_rate(told)
    return f"{rate.value:.1f} per {per} ({rate.low:.1f} to {rate.high:.1f})"


def no_rate(told: str) -> str:
    """Why nothing can be told against running."""
    return f"no rate: no run of this span tells its {told}"


def rests_on(rate: Rate, unit: str, without: LeftOut, told: str) -> str:
    """What a rate counted, and what it had to leave out."""
    words = [f"new injuries: {rate.count:.0f}, against {rate.exposure:,.0f} {unit}"]
    if without.runners:
        theirs = f" (new injuries: {without.injuries})" if without.injuries else ""
        words.append(f"left out: {plural(without.runners, 'runner')} without any {told}{theirs}")
    if without.runs:
        words.append(f"{plural(without.runs, 'run')} without {told}")
    return "; ".join(words)


def by_everybody(without: LeftOut) -> str:
    """That days lost count everybody, where the rate beside them does not."""
    return " by everybody, the rate without those left out of the hours" if without.runners else ""


def share_words(problems: ProblemFigures) -> str:
    """Runners with a problem among those who answered."""
    if problems.prevalence is None:
        return "nobody answered"
    return f"{100 * problems.prevalence:.0f} % with a problem"


def answered_words(problems: ProblemFigures) -> str:
    """How many answered, and what they told."""
    rate = "" if problems.response_rate is None else f" ({100 * problems.response_rate:.0f} %)"
    told = f"{plural(problems.problems, 'problem')} told, {plural(problems.substantial, 'runner')} clearly hindered"
    return f"{problems.answered} of {plural(problems.asked, 'runner')} answered{rate}, {told}"


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

"""The correction plan on the page: sentences, the cadence that is chosen, a metronome, and sessions for the watch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st

from loadmon.athlete import Athlete
from loadmon.clinic.agreed_cadence import chosen_target, most_pct
from loadmon.clinic.cadence_target import CadenceTarget, cadence_target
from loadmon.clinic.correction_plan import CorrectionPlan, correction_plan
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.metronome import click_track, loop_track
from loadmon.clinic.plan_line import label_of, source_of
from loadmon.clinic.plan_words import PROPOSAL, plan_lines, plan_text
from loadmon.clinic.reasoning import Reasoning
from loadmon.clinic.retraining import Session
from loadmon.clinic.standing import Standing
from loadmon.refusal import Refusal
from loadmon.report.cadence_workout import cadence_range_spm, cadence_workout
from loadmon.report.fit_workout import fit_workout
from loadmon.show import parts, state
from loadmon.show.plain import plain
from loadmon.store import assessments, plans

ON_RETURN = (
    "A return to running is under way: how much is run is told there, and its watch workouts keep to the cadence that was agreed "
    "here. The sessions of this block are for after its ladder."
)


def signs(text: str) -> str:
    """Plain signs as they are printed: at most, at least, arrows."""
    return re.sub(r">=\s*", "≥ ", re.sub(r"<=\s*", "≤ ", text)).replace("->", "→")


def plan(
    athlete: Athlete, told: Reasoning, known: Knowledge, number: int, chosen_pct: float | None, beside: Standing
) -> CadenceTarget | None:
    """The plan with the cadence that is chosen; gives back that cadence, if there is any to aim at."""
    made = correction_plan(told, known, beside=beside)
    target = None if made.withheld else _chosen_cadence(told, known, number, chosen_pct)
    if target is not None:
        made = correction_plan(told, known, cadence=target, beside=beside)
    on_return = _on_return(athlete)
    if on_return:
        st.info(ON_RETURN)
    if made.stops:
        st.error("**Running stops first.** " + plain(signs(_stop_line(made, known))))
    elif made.load.ask:
        st.warning("**Asked first.** " + plain(" ".join(made.load.ask)))
    told_above = (_stop_line(made, known),) if made.stops else made.load.ask
    numbers = source_numbers(plan_lines(made, known))
    for heading, lines in plan_lines(made, known).items():
        below = [line for line in lines if line not in told_above]
        st.markdown(f"**{heading}**\n\n" + "\n".join(f"- {line_words(line, numbers)}" for line in below))
    if numbers:
        with st.expander("Where each line comes from"):
            st.markdown("\n".join(f"{n}. {plain(source)}" for source, n in numbers.items()))
    if inside := made.retraining.cues_inside:
        with st.expander("Cues that name a part of the body, if somebody asks for them"):
            st.markdown("\n".join(f"- “{plain(cue)}”" for cue in inside))
    if made.retraining.sessions:
        parts.table_behind("The sessions as a table", sessions_table(made.retraining.sessions), "retraining.csv")
    st.caption(PROPOSAL)
    text = signs(plan_text(made, known, runner=athlete.name))
    st.download_button("Download the plan as text", text, "correction-plan.txt", "text/plain", key="plan-text")
    if target is not None and target.changes:
        _to_take_along(made, target, number, on_return=on_return)
    return target


def _on_return(athlete: Athlete) -> bool:
    with state.store().read() as conn:
        return athlete.id in plans.on_plan(conn, state.viewer(), [athlete.id])


def source_numbers(lines: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Sources of a plan's lines, each with the number by which a line names it; what is a word alone needs none."""
    told = dict.fromkeys(source_of(line) for some in lines.values() for line in some)
    return {source: n for n, source in enumerate((one for one in told if ":" in one), 1)}


def line_words(line: str, numbers: Mapping[str, int]) -> str:
    """A line of the plan with how far it was checked beside it, smaller, and the number of its source in the list below."""
    label, number = label_of(line), numbers.get(source_of(line))
    told = f"{label} ({number})" if number else label
    return plain(signs(line)) + (f" :small[:gray[{plain(told)}]]" if told else "")


def _stop_line(made: CorrectionPlan, known: Knowledge) -> str:
    lines = plan_lines(made, known)["Load"]
    return next((line for line in lines if line.startswith("Stop running")), lines[0])


def _chosen_cadence(told: Reasoning, known: Knowledge, number: int, chosen_pct: float | None) -> CadenceTarget | None:
    target = cadence_target(told, known)
    if target is None:
        return None
    most = most_pct(told, known, target)
    if not most:
        return target
    pct = st.slider(
        "More steps a minute, % of the runner's own", 0.0, most,
        min(target.change_pct if chosen_pct is None else chosen_pct, most), 0.5, key=f"cadence-{number}",
        help=f"The rule says {target.change_pct:g} %: {target.rule} Never more than {most:g} % in this block.",
    )  # fmt: skip
    wanted = None if pct == target.change_pct else float(pct)
    if wanted != chosen_pct:
        with state.store().write() as conn:
            assessments.choose_cadence(conn, state.viewer(), number, wanted)
    return chosen_target(told, known, wanted)


def _to_take_along(made: CorrectionPlan, target: CadenceTarget, number: int, *, on_return: bool) -> None:
    """Metronome and watch sessions at the target."""
    low, high = cadence_range_spm(target.target_spm)
    st.markdown(f"**Metronome at {target.target_spm} steps a minute**")
    if made.stops:
        st.caption("For later: once running has begun again.")
    elif on_return:
        st.caption(ON_RETURN)
    elif not made.retraining.by_cadence:
        st.caption("For the block after this one, once its target holds: one target at a time.")
    st.audio(_loop(target.target_spm), format="audio/wav", loop=True)
    sessions = {one.number: one for one in made.cadence_sessions}
    chosen = st.selectbox(
        "Session", list(sessions), format_func=lambda n: session_words(sessions[n]), key=f"session-{number}"
    )
    session = sessions[chosen]
    with st.container(horizontal=True):
        st.download_button(
            "Sound file of this session", partial(_track, target.target_spm, session),
            f"cadence-{target.target_spm}-session-{session.number}.wav", "audio/wav", key="session-sound",
        )  # fmt: skip
        try:
            workout = fit_workout(cadence_workout(session, target.target_spm), made=state.hour(), serial=session.number)
        except Refusal as refusal:
            st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
            return
        st.download_button(
            "This session for the watch (FIT)", workout, f"cadence-{target.target_spm}-session-{session.number}.fit",
            "application/octet-stream", key="session-watch",
        )  # fmt: skip
    st.caption(
        f"The watch keeps to {low}–{high} steps a minute and speaks up outside, as long as feedback is on; a watch counts one foot "
        "in whole steps, so the range is even. Copy the file into the watch's folder NewFiles or Workouts."
    )


def sessions_table(sessions: tuple[Session, ...]) -> pd.DataFrame:
    """Sessions as rows: minutes of running, and how many of them have feedback."""
    rows = [(one.number, one.minutes, round(one.feedback_minutes, 1), f"{one.feedback_share:.0%}") for one in sessions]
    return pd.DataFrame(rows, columns=["session", "minutes", "with feedback", "share"])


def session_words(session: Session) -> str:
    """A session in a line: its number, minutes, and how much of them has feedback."""
    return f"{session.number}: {session.minutes:g} min, feedback {session.feedback_share:.0%}"


def _track(spm: int, session: Session) -> bytes:
    return click_track(spm, 60.0 * session.minutes, share=session.feedback_share)


@st.cache_data(max_entries=16, show_spinner=False)
def _loop(spm: int) -> bytes:
    return loop_track(spm)

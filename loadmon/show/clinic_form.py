"""The form of an assessment: five domains and the physical tests; what stands in it is kept at every change."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import streamlit as st
from sqlalchemy import Connection

from loadmon.athlete import Athlete
from loadmon.clinic.answers import (
    SORE_ROWS,
    assessment_of,
    method_key,
    sides_of,
    sore_key,
    tidied,
    usual_method,
    value_key,
)
from loadmon.clinic.assessment import FATIGUE, LEAST_STEPS, SURFACES, Assessment
from loadmon.clinic.checked import problems_of
from loadmon.clinic.entry import Measure
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.names import METHOD_WORDS, source_words
from loadmon.clinic.reasoning import reason
from loadmon.clinic.told import steps
from loadmon.load.spike import BANDS
from loadmon.refusal import Refusal
from loadmon.show import clinic_state, state, undo
from loadmon.show.clinic_fields import Fields, begin_anew
from loadmon.show.plain import plain
from loadmon.show.words import day_of_year
from loadmon.store import assessments

EARLIEST = date(1930, 1, 1)
PART = "assessments"
RUNNER, HURTS = "The runner and the last weeks", "What hurts"
OF_RUNNER: tuple[str, ...] = (
    "age", "height_cm", "weekly_km", "week_change_pct", "spike_band", "previous_bone_stress", "low_energy_suspected",
)  # fmt: skip
CHOSEN = "assessment"
"""The query parameter that names an assessment."""
_SIDE_WORDS = {"left": ", left", "right": ", right", "both": ""}


@st.fragment
def form(athlete: Athlete) -> None:
    """The form, what is wrong in it, what follows so far, and the button that finishes it."""
    known, today = clinic_state.known(), clinic_state.today(athlete)
    kept = clinic_state.draft(athlete.id)
    begun = kept or clinic_state.beginning(athlete)
    _begins_with(begun, kept, known)
    fields = Fields(athlete.id, begun)
    _circumstances(fields, today)
    _filled(fields, known)
    _runner(fields)
    for domain, title in known.domain.items():
        if box := fields.part(title):
            with box:
                for name in _names(domain, known):
                    _measure(fields, name, known)
    _symptoms(fields, known)
    _note(fields, known)
    answers = tidied(fields.answers(), known)
    if answers != begun:
        _keep(athlete, answers)
    one = assessment_of(answers, athlete.id, known, today)
    problems = problems_of(one, known, today=today)
    for problem in problems:
        st.error(f"**{plain(problem.what)}** {plain(problem.advice)}")
    if one.measured and not problems:
        _so_far(one, known)
    _finish(athlete, one, answers, today)


def _begins_with(begun: dict[str, Any], kept: dict[str, Any], known: Knowledge) -> None:
    if kept:
        st.caption("A draft: what you fill in is kept at once, also when the page is left or loaded again.")
        return
    told = [one.name.lower() for name, one in known.measure.items() if begun.get(value_key(name, "both")) is not None]
    if told:
        run = begun.get("speed_mps")
        speed = "" if run is None else f" They hold for the speed of those runs, {run:g} m/s."
        st.caption(
            f"Filled in from the watch, medians of the last four weeks' runs: {', '.join(told)}.{speed} "
            "Replace what you measured yourself; what you fill in is kept at once."
        )
    else:
        st.caption(
            "Nothing is filled in from a watch: too few runs of the last four weeks. What you fill in is kept at once."
        )


def _filled(fields: Fields, known: Knowledge) -> None:
    """Which parts hold something, since closed ones do not show it."""
    of = {RUNNER: OF_RUNNER}
    for domain, title in known.domain.items():
        of[title] = tuple(
            value_key(name, side) for name in _names(domain, known) for side in sides_of(known.measure[name])
        )
    of[HURTS] = ("red_flags", *(sore_key(row, "tissue") for row in range(SORE_ROWS)))
    counts = {title: fields.filled(names) for title, names in of.items()}
    told = ", ".join(f"{title} {count}" for title, count in counts.items() if count)
    st.caption(f"Filled in so far: {told or 'nothing yet'}.")


def _names(domain: str, known: Knowledge) -> list[str]:
    return [name for name in known.entered() if known.measure[name].domain == domain]


def _circumstances(fields: Fields, today: date) -> None:
    with st.expander("How it was looked at", expanded=True):
        first, second = st.columns(2)
        key = fields.key("day")
        if isinstance(st.session_state[key], str):
            st.session_state[key] = date.fromisoformat(st.session_state[key])
        first.date_input("Day", value=None, min_value=EARLIEST, format="YYYY-MM-DD", key=key)
        second.text_input("Assessed by", key=fields.key("assessor", empty=""), placeholder="Name of who looked")
        one, two, three, four = st.columns(4)
        fields.number(
            one,
            "speed_mps",
            "Speed, m/s",
            step=0.05,
            told="The easy speed at which gait was looked at. Angles, times and cadence follow speed.",
        )
        fields.number(
            two,
            "provoking_speed_mps",
            "Provoking speed, m/s",
            step=0.05,
            told="The speed at which it hurts or form fades, if it was looked at too.",
        )
        fields.number(three, "slope_pct", "Slope, %")
        fields.choice(four, "surface", "Surface", SURFACES)
        one, two, three, four = st.columns(4)
        fields.number(one, "frames_per_second", "Video frames a second")
        fields.number(
            two,
            "steps_averaged",
            "Steps averaged",
            told=f"Angles on video are told of at least {LEAST_STEPS} steps (Dingenen 2018).",
        )
        fields.choice(three, "fatigue", "Fatigue", FATIGUE)
        fields.number(four, "pain_during", "Pain meanwhile, of 10")
        st.text_input("Shoes", key=fields.key("shoes", empty=""))


def _runner(fields: Fields) -> None:
    box = fields.part(RUNNER)
    if box is None:
        return
    with box:
        one, two = st.columns(2)
        fields.number(one, "age", "Age, years")
        fields.number(two, "height_cm", "Height, cm", told="Cadence is judged for speed and height.")
        one, two, three = st.columns(3)
        fields.number(one, "weekly_km", "Kilometres a week", step=0.5)
        fields.number(two, "week_change_pct", "Last week against the three before, %")
        fields.choice(
            three,
            "spike_band",
            "Longest step of a run",
            BANDS,
            help="The largest of two weeks against the longest run of the 30 days before it.",
        )
        for field, words in (
            ("previous_bone_stress", "A bone stress injury before"),
            ("low_energy_suspected", "Screen for low energy availability positive"),
        ):
            st.checkbox(words, key=fields.key(field, empty=False))


def _measure(fields: Fields, name: str, known: Knowledge) -> None:
    measure = known.measure[name]
    sides = sides_of(measure)
    places = st.columns(3) if len(sides) == 2 else st.columns([2, 1])
    for place, side in zip(places, sides, strict=False):
        label = measure.name + _SIDE_WORDS[side]
        told = help_words(name, known) if side == sides[0] else None
        if measure.words is not None:
            fields.choice(place, value_key(name, side), label, tuple(measure.words), help=told)
        else:
            step = 0.5 if measure.unit in ("°", "cm", "%") else 0.05 if measure.unit == "m" else 1.0
            fields.number(place, value_key(name, side), f"{label}, {measure.unit}", step=step, told=told)
    usual = usual_method(name, measure)
    key = fields.key(method_key(name), tuple(known.confidence), empty=usual)
    places[-1].selectbox(
        "How",
        tuple(known.confidence),
        format_func=lambda how: f"{METHOD_WORDS[how]} · {known.confidence[how]:g}",
        key=key,
        help=f"How {measure.name.lower()} was measured, and how far that is trusted, of 1",
    )


def help_words(name: str, known: Knowledge) -> str:
    """What stands beside a field: how it is meant, its limits, how far they were checked, and what change can be told."""
    measure = known.measure[name]
    parts = [measure.help or ""]
    parts += [" · ".join(word for word in (measure.plane, measure.event) if word)]
    judged = [one for one in known.measure.values() if one is measure or one.taken_from == name]
    parts += [limits_words(one, known) for one in judged if one.limits]
    if measure.smallest_detectable:
        parts.append(f"A change of up to {measure.smallest_detectable:g} {measure.unit} cannot be told.")
    parts.append(measure.note or "")
    return plain(" ".join(f"{part.rstrip('.')}." for part in parts if part))


def limits_words(measure: Measure, known: Knowledge) -> str:
    """From where a measure counts, and where that comes from."""
    usual, flag, severe = measure.limits or (0.0, 0.0, 0.0)
    words = f"Usual {usual:g}, flag {flag:g}, severe {severe:g} {measure.unit}".replace("-", "\N{MINUS SIGN}")
    return f"{words} ({source_words(measure.label, measure.sources, known)})"


def _symptoms(fields: Fields, known: Knowledge) -> None:
    box = fields.part(HURTS)
    if box is None:
        return
    with box:
        flags = fields.key("red_flags", empty=[])
        st.session_state[flags] = [sign for sign in st.session_state[flags] if sign in known.red_flags.signs]
        for row in range(SORE_ROWS):
            tissue = fields.choice(
                st,
                sore_key(row, "tissue"),
                f"Sore tissue {row + 1}",
                tuple(known.tissue),
                words=lambda t: known.tissue[t].name,
            )
            if tissue is None:
                break
            places = st.columns(4)
            if known.tissue[tissue].sides:
                fields.choice(places[0], sore_key(row, "side"), f"Side of {row + 1}", ("left", "right", "both"))
            for place, (when, words) in zip(
                places[1:], (("running", "Pain running"), ("rest", "at rest"), ("morning", "next morning")), strict=True
            ):
                fields.number(place, sore_key(row, when), f"{words}, of 10 ({row + 1})")
            st.checkbox(
                f"One spot of bone is tender under the finger ({row + 1})",
                key=fields.key(sore_key(row, "bone"), empty=False),
            )
        st.multiselect(
            "Warning signs: with any of them nobody runs before it was looked at",
            known.red_flags.signs,
            key=flags,
            placeholder="none",
        )


def _note(fields: Fields, known: Knowledge) -> None:
    st.text_area("Notes", key=fields.key("note", empty=""), max_chars=10_000)
    st.caption(f"Knowledge {known.version}. Fields that are left open are unknown, never usual.")


def _keep(athlete: Athlete, answers: dict[str, Any]) -> None:
    try:
        with state.store().write() as conn:
            assessments.save_draft(conn, state.viewer(), athlete.id, answers)
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")


def _so_far(one: Assessment, known: Knowledge) -> None:
    shown = ("Primary driver", "Test next", "Not judged")
    told = [step for step in steps(reason(one, known), known) if step.part in shown]
    st.markdown("**So far.** " + " ".join(plain(step.words) for step in told))


def _finish(athlete: Athlete, one: Assessment, answers: dict[str, Any], today: date) -> None:
    with st.container(horizontal=True):
        done = st.button("Finish this assessment", type="primary", key="finish-assessment")
        emptied = st.button("Empty the form", type="tertiary", key="empty-assessment")
    if emptied:
        with state.store().write() as conn:
            assessments.drop_draft(conn, state.viewer(), athlete.id)
        _again(athlete, "The form was emptied.", partial(_put_back, athlete_id=athlete.id, answers=answers))
    if not done:
        return
    try:
        with state.store().write() as conn:
            number = assessments.finish(conn, state.viewer(), one, today=today)
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return
    st.query_params[CHOSEN] = str(number)
    words = f"Finished: the assessment of {day_of_year(one.circumstances.day)}."
    _again(athlete, words, partial(_put_back, athlete_id=athlete.id, answers=answers, number=number))


def _again(athlete: Athlete, words: str, back: Any) -> None:
    """Begin with new fields, and offer to take back what was done."""
    undo.remember(athlete.id, words, back, part=PART)
    begin_anew()
    st.rerun(scope="app")


def _put_back(conn: Connection, athlete_id: int, answers: dict[str, Any], number: int | None = None) -> None:
    if number is not None:
        assessments.remove_assessment(conn, state.viewer(), number)
        st.query_params.pop(CHOSEN, None)
    assessments.save_draft(conn, state.viewer(), athlete_id, answers)
    begin_anew()

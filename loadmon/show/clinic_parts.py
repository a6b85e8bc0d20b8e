"""The parts of the assessment's form: circumstances, runner, measures by domain, what hurts, notes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from loadmon.clinic.answers import (
    OBSERVED,
    SORE_ROWS,
    WATCH,
    method_key,
    sides_of,
    sign_key,
    sore_key,
    usual_method,
    value_key,
    watch_key,
)
from loadmon.clinic.entry import Measure
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.names import METHOD_WORDS, shown_words, source_words, tissue_choice
from loadmon.clinic.young import YOUNG
from loadmon.load.spike import BANDS
from loadmon.show.clinic_fields import Fields
from loadmon.show.plain import plain
from loadmon.show.words import capital

RUNNER, HURTS = "The runner and the last weeks", "What hurts"
OF_RUNNER: tuple[str, ...] = (
    "age", "height_cm", "weekly_km", "week_change_pct", "spike_band", "previous_bone_stress", "low_energy_suspected",
    "clinician",
)  # fmt: skip
_SIDE_WORDS = {"left": ", left", "right": ", right", "both": ""}


def filled(fields: Fields, known: Knowledge) -> None:
    """Which parts hold something, since closed ones do not show it."""
    of = {RUNNER: OF_RUNNER}
    for domain, title in known.domain.items():
        of[title] = tuple(
            value_key(name, side) for name in names_of(domain, known) for side in sides_of(known.measure[name])
        )
    of[HURTS] = (
        *(sign_key(sign) for sign in known.red_flags.signs),
        *(sore_key(row, "tissue") for row in range(SORE_ROWS)),
    )
    counts = {title: fields.filled(names) for title, names in of.items()}
    told = ", ".join(f"{title} {count}" for title, count in counts.items() if count)
    st.caption(f"Filled in so far: {told or 'nothing yet'}.")


def names_of(domain: str, known: Knowledge) -> list[str]:
    """Measures of a domain, as somebody enters them."""
    return [name for name in known.entered() if known.measure[name].domain == domain]


def runner(fields: Fields) -> None:
    """Age, height and what was run lately."""
    box = fields.part(RUNNER)
    if box is None:
        return
    with box:
        one, two = st.columns(2)
        fields.number(
            one,
            "age",
            "Age, years",
            told="Under 16, or where it is left open, no plan is given before a clinician is named.",
        )
        fields.number(two, "height_cm", "Height, cm", told="Cadence is judged for speed and height.")
        age = fields.value("age")
        if age is None or age < YOUNG or fields.value("clinician"):
            st.text_input(
                "Clinician who goes along",
                key=fields.key("clinician", empty=""),
                placeholder="Under 16, or of unknown age: the name of who decides",
                on_change=fields.changed,
            )
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
            st.checkbox(words, key=fields.key(field, empty=False), on_change=fields.changed)


def measure_fields(fields: Fields, name: str, known: Knowledge) -> None:
    """A measure of each side, and how it was taken."""
    measure = known.measure[name]
    sides = sides_of(measure)
    places = st.columns(3) if len(sides) == 2 else st.columns([2, 1])
    changed = {"on_change": partial(_told_otherwise, fields, name, measure)} if measure.watch else {}
    for place, side in zip(places, sides, strict=False):
        label = measure.name + _SIDE_WORDS[side]
        told = help_words(name, known) if side == sides[0] else None
        if measure.words is not None:
            fields.choice(place, value_key(name, side), label, tuple(measure.words), help=told)
        else:
            step = 0.5 if measure.unit in ("°", "cm", "%") else 0.05 if measure.unit == "m" else 1.0
            fields.number(place, value_key(name, side), f"{label}, {measure.unit}", step=step, told=told, **changed)
    usual = usual_method_now(fields, name, measure)
    key = fields.key(method_key(name), tuple(known.confidence), empty=usual)
    places[-1].selectbox(
        "How",
        tuple(known.confidence),
        format_func=lambda how: f"{METHOD_WORDS[how]} · {known.confidence[how]:g}",
        key=key,
        on_change=fields.changed,
        help=f"How {measure.name.lower()} was measured, and how far that is trusted, of 1",
    )
    if measure.watch and (told_by_watch := fields.value(watch_key(name))) is not None:
        st.caption(plain(f"The watch: {shown_words(told_by_watch, measure)}."))


def usual_method_now(fields: Fields, name: str, measure: Measure) -> str:
    """How a measure is taken unless somebody says otherwise, by what stands in the form now."""
    names = (watch_key(name), value_key(name, "both"))
    return usual_method(name, measure, {field: fields.value(field) for field in names})


def _told_otherwise(fields: Fields, name: str, measure: Measure) -> None:
    """A value that a person changed is theirs and not the watch's any more, until the watch's own stands there again."""
    if fields.value(method_key(name)) in (None, WATCH, OBSERVED):
        fields.put(method_key(name), usual_method_now(fields, name, measure))
    fields.changed()


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


def symptoms(fields: Fields, known: Knowledge, may_be_gone: Mapping[str, str]) -> None:
    """What was sore before and may be gone, sore tissues one row after the other, and the warning signs."""
    box = fields.part(HURTS)
    if box is None:
        return
    with box:
        for field, words in may_be_gone.items():
            st.checkbox(plain(words), key=fields.key(field, empty=False), on_change=fields.changed)
        for row in range(SORE_ROWS):
            tissue = fields.choice(
                st,
                sore_key(row, "tissue"),
                f"Sore tissue {row + 1}",
                tuple(known.tissue),
                words=lambda t: tissue_choice(t, known),
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
                on_change=fields.changed,
            )
        st.markdown("**Warning signs: with any of them nobody runs before it was looked at**")
        for sign in known.red_flags.signs:  # each is an answer of its own: a list would offer to choose all of them
            st.checkbox(plain(capital(sign)), key=fields.key(sign_key(sign), empty=False), on_change=fields.changed)


def note(fields: Fields, known: Knowledge) -> None:
    """Notes, and which knowledge it will be read by."""
    st.text_area("Notes", key=fields.key("note", empty=""), max_chars=10_000, on_change=fields.changed)
    st.caption(f"Knowledge {known.version}. Fields that are left open are unknown, never usual.")

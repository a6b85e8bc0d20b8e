"""Limits of the measures: what they are, where they come from, and how a clinician sets others, with name and reason."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st
from sqlalchemy import Connection

from loadmon.athlete import Athlete
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.names import source_words
from loadmon.clinic.thresholds import OwnThreshold, threshold_words
from loadmon.refusal import Refusal
from loadmon.show import clinic_state, draft, state, undo
from loadmon.show.plain import plain
from loadmon.show.words import day_of_year
from loadmon.store import Viewer, clinic_limits
from loadmon.store.clinic_limits import PastThreshold

PART = "limits"
_SENT = "limits-set"
NOBODY = 0
"""Limits are nobody's: what was done to them is remembered here while there is no runner."""


def limits(athlete: Athlete | None) -> None:
    """Limits that were set here, all limits with their source, and a form to set others; also before anybody runs here."""
    shipped = default_knowledge()
    about = NOBODY if athlete is None else athlete.id
    undo.offer(about, PART)
    with state.store().read() as conn:
        past = clinic_limits.past_thresholds(conn, state.viewer())
    again = {
        one.own.measure for one in past.values() if one.removed is None
    }  # taking one back would bring an earlier one
    for number, own in clinic_state.own_thresholds().items():
        with st.container(horizontal=True, vertical_alignment="center"):
            name = shipped.measure[own.measure].name
            told = ", ".join(f"{limit:g}" for limit in own.limits)
            st.markdown(plain(f"{name}: {told}. {threshold_words(own, shipped)}"), width="content")
            if st.button("Take back", key=f"own-limit-{number}", type="tertiary"):
                with state.store().write() as conn:
                    clinic_limits.remove_threshold(conn, state.viewer(), number)
                back = partial(clinic_limits.restore_threshold, viewer=state.viewer(), threshold_id=number)
                undo.remember(about, f"Taken back: limits of {name.lower()}.", back, part=PART)
                st.rerun()
            if own.measure in again and st.button("Back to loadmon's own", key=f"shipped-{number}", type="tertiary"):
                with state.store().write() as conn:
                    taken = clinic_limits.back_to_shipped(conn, state.viewer(), own.measure)
                restore = partial(_put_back, viewer=state.viewer(), numbers=taken)
                undo.remember(about, f"Loadmon's own limits of {name.lower()} hold again.", restore, part=PART)
                st.rerun()
    _past(past)
    with st.expander("Every limit and where it comes from"):
        st.markdown(
            "Most limits are working rules for a closer look; no cut-off of gait is a proven threshold of injury. Those set here "
            "hold for everyone assessed from then on; a finished assessment keeps the limits it was made by."
        )
        st.dataframe(limits_table(), hide_index=True, width="stretch")
    with st.expander("Set other limits"):
        _form(athlete, about)


def limits_table() -> pd.DataFrame:
    """Every measure with limits: as they hold now, in which unit, and the source of those that loadmon brings."""
    known, own = clinic_state.known(), {one.measure: one for one in clinic_state.own_thresholds().values()}
    rows = []
    for name, measure in known.measure.items():
        if measure.limits is None:
            continue
        source = (
            threshold_words(own[name], default_knowledge())
            if name in own
            else source_words(measure.label, measure.sources, known)
        )
        least = "not known" if measure.smallest_detectable is None else f"{measure.smallest_detectable:g}"
        rows.append((measure.name, least, measure.unit, *measure.limits, source))
    return pd.DataFrame(
        rows, columns=["measure", "smallest change that can be told", "unit", "usual", "flag", "severe", "source"]
    )


def _past(past: dict[int, PastThreshold]) -> None:
    if not past:
        return
    shipped = default_knowledge()
    with st.expander(f"Limits that were set before ({len(past)})"):
        for one in past.values():
            told = ", ".join(f"{limit:g}" for limit in one.own.limits)
            ended = "replaced later" if one.removed is None else f"taken back {day_of_year(one.removed.date())}"
            name = shipped.measure[one.own.measure].name
            st.markdown(plain(f"{name}: {told}. {threshold_words(one.own, shipped)} Holds no more: {ended}."))


def _put_back(conn: Connection, viewer: Viewer, numbers: tuple[int, ...]) -> None:
    for number in numbers:
        clinic_limits.restore_threshold(conn, viewer, number)


def _form(athlete: Athlete | None, about: int) -> None:
    known, mark = clinic_state.known(), int(st.session_state.get(_SENT, 0))
    with_limits = [name for name, one in known.measure.items() if one.limits]
    key = draft.restored("own-limit-measure", with_limits[0])
    name = str(st.selectbox("Measure", with_limits, format_func=lambda one: known.measure[one].name, key=key))
    draft.kept("own-limit-measure")
    measure = known.measure[name]
    st.caption(f"In {measure.unit}; worse is {'more' if measure.worse == 'high' else 'less'}.")
    values: list[float | None] = []
    for place, label, now in zip(st.columns(3), ("Usual", "Flag", "Severe"), measure.limits or (), strict=True):
        field = draft.restored(f"own-limit-{label}-{name}-{mark}", now)
        place.number_input(label, value=None, step=0.5, format="%0.1f", key=field)
        values.append(draft.kept(field))
    who, why = draft.restored("own-limit-by", ""), draft.restored(f"own-limit-why-{mark}", "")
    left, right = st.columns(2)
    left.text_input("Set by", key=who, placeholder="Your name")
    right.text_input("Reason or source", key=why)
    told = draft.kept(who), draft.kept(why)
    if not st.button("Set these limits", key="set-limits"):
        return
    if None in values:
        st.error("**One of the three limits was left open.** Give usual, flag and severe.")
        return
    usual, flag, severe = (float(value or 0.0) for value in values)
    today = state.now().date() if athlete is None else clinic_state.today(athlete)
    own = OwnThreshold(name, (usual, flag, severe), told[0], today, told[1])
    try:
        with state.store().write() as conn:
            number = clinic_limits.set_threshold(conn, state.viewer(), own)
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return
    back = partial(clinic_limits.remove_threshold, viewer=state.viewer(), threshold_id=number)
    undo.remember(about, f"Set: limits of {measure.name.lower()}.", back, part=PART)
    st.session_state[_SENT] = mark + 1
    st.rerun()

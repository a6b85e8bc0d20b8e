"""Putting a recording right on its page: what seems wrong, what was put right, and the way back of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st
from sqlalchemy import Connection

from loadmon.correction import Correction, CorrectionKind
from loadmon.intake import correct
from loadmon.refusal import Refusal
from loadmon.repair import ACTING, BY_READING
from loadmon.repair.said import made_by, said
from loadmon.repair.words import sentence
from loadmon.show import state
from loadmon.show.plain import plain
from loadmon.show.putting_right_forms import FORMS, WHOLE, leave_out
from loadmon.show.whose_run import WHOSE, ask, last_move, move, said_of_move, stay_and_say
from loadmon.show.words import capital, day_of_year, plural
from loadmon.store import corrections, preferences
from loadmon.store.sessions import StoredSession

Action = Callable[[Connection], Any]
_RULE_WORDS: dict[CorrectionKind, str] = {
    CorrectionKind.SPIKES: "spikes",
    CorrectionKind.CADENCE_LOCK: "heart rate and cadence alike",
    CorrectionKind.DISTANCE: "distance",
    CorrectionKind.CROP: "forgotten stop",
    CorrectionKind.PAUSE: "drive in the middle",
    CorrectionKind.CLOCK: "clock",
}


@st.fragment
def putting_right(stored: StoredSession) -> None:
    """The whole section.

    Parameters
    ----------
    stored : StoredSession
        The session of the page.
    """
    st.header("Put this recording right")
    st.caption(
        "The file itself stays as it came. Whatever is put right here can be taken back, and every figure follows."
    )
    read = state.session_as_read(stored.id)
    _suggested(stored)
    _in_force(stored)
    _what_can_be_done(stored, read)
    _taken_back(stored)
    _rules()


def _suggested(stored: StoredSession) -> None:
    """What rules would put right, each with its reason and two answers."""
    for place, one in enumerate(state.suggestions(stored.id)):
        with st.container(border=True):
            st.markdown(f"**Suggested: {plain(said(one, state.units()))}.** {plain(one.reason)}")
            with st.container(horizontal=True):
                if st.button("Apply", type="primary", key=f"apply-{stored.id}-{place}"):
                    _do(partial(_accept, stored.id, one))
                if st.button("Leave it as it is", key=f"decline-{stored.id}-{place}"):
                    _do(partial(_decline, stored.id, one))


def _in_force(stored: StoredSession) -> None:
    """What was put right: what, why, by whom and when, each with its way back."""
    if not stored.corrections and stored.excluded_reason is None:
        st.markdown("Nothing has been put right in this recording.")
        return
    if stored.excluded_reason is not None:
        line, way_back = st.columns([4, 1], vertical_alignment="center")
        line.markdown(f"**Left out of every sum**: {plain(sentence(stored.excluded_reason))}")
        if way_back.button("Let it count", key=f"include-{stored.id}"):
            _do(lambda conn: correct.exclude(conn, state.viewer(), stored.id, None))
    last = last_move(stored.corrections)
    for one in stored.corrections:
        line, way_back = st.columns([4, 1], vertical_alignment="center")
        line.markdown(_line(one))
        if (one.kind is not CorrectionKind.OWNER or one is last) and way_back.button(
            "Undo", key=f"undo-correction-{one.id}"
        ):
            _do_to(stored, one, correct.take_back, correct.put_back)


def _taken_back(stored: StoredSession) -> None:
    """What was taken back, or suggested and not wanted, to be put in force all the same."""
    with state.store().read() as conn:
        met = corrections.of_session(conn, state.viewer(), stored.id, removed=True)
    last = last_move(met)
    gone = [one for one in met if one.removed is not None and (one.kind is not CorrectionKind.OWNER or one is last)]
    if not gone:
        return
    with st.expander(f"Taken back or not wanted ({len(gone)})"):
        for one in gone:
            line, way_back = st.columns([4, 1], vertical_alignment="center")
            line.markdown(_line(one))
            if way_back.button("Put back", key=f"put-back-{one.id}"):
                _do_to(stored, one, correct.put_back, correct.take_back)


def _do_to(stored: StoredSession, one: Correction, act: Callable[..., None], other: Callable[..., None]) -> None:
    """Take a correction back or put it back; where that makes the session another's, the page says so."""
    of = {"viewer": state.viewer(), "correction_id": int(one.id or 0), "originals": state.store().originals}
    is_move = one.kind is CorrectionKind.OWNER
    _do(partial(act, **of), (lambda _: stay_and_say(stored, partial(other, **of))) if is_move else None)


def _accept(session_id: int, one: Correction, conn: Connection) -> None:
    correct.accept(conn, state.viewer(), session_id, one)


def _decline(session_id: int, one: Correction, conn: Connection) -> None:
    correct.decline(conn, state.viewer(), session_id, one)


def _line(one: Correction) -> str:
    when = "" if one.created is None else f", {day_of_year(one.created.date())}"
    words = said_of_move(one) if one.kind is CorrectionKind.OWNER else said(one, state.units())
    return f"**{plain(words)}**: {plain(sentence(one.reason))} ({made_by(one)}{when})"


def _what_can_be_done(stored: StoredSession, read: StoredSession) -> None:
    """One question, and the form for what was answered."""
    forms = {name: form for name, form in FORMS.items() if form.fits(read)}
    names = {name: form.name for name, form in forms.items()}
    if stored.excluded_reason is None:
        names[WHOLE] = "The whole session"
    names[WHOSE] = "Whose it is"
    # another key once something was put right: the question begins anew
    key = (
        f"put-right-{stored.id}-{max((one.id or 0 for one in stored.corrections), default=0)}-{stored.excluded_reason}"
    )
    chosen = st.pills("What is to be put right?", list(names), format_func=names.__getitem__, key=key)
    if chosen == WHOLE:
        reason = leave_out(stored)
        if reason is not None:
            _do(lambda conn: correct.exclude(conn, state.viewer(), stored.id, reason))
    elif chosen == WHOSE:
        asked = ask(stored)
        if asked is not None:
            _do(partial(move, stored, asked), partial(stay_and_say, stored))
    elif chosen is not None:
        try:
            made = forms[chosen].ask(stored, read)
        except Refusal as refusal:
            _say(refusal)
            return
        if made is not None:
            _do(lambda conn: correct.correct(conn, state.viewer(), stored.id, made))


def _rules() -> None:
    """Which rules act by themselves, for everybody's recordings."""
    with state.store().read() as conn:
        acting = preferences.rules(conn)
    with st.expander("What loadmon puts right by itself"):
        kinds = sorted(BY_READING, key=lambda kind: (kind not in ACTING, kind.value))
        asked = st.pills(
            "When a file is read",
            kinds,
            selection_mode="multi",
            default=[kind for kind in kinds if kind in acting],
            format_func=lambda kind: capital(_RULE_WORDS[kind]),
            key="rules-acting",
            help="The others are suggested on the session's page. It holds for files that are read from now on.",
        )
        st.caption(f"{capital(plural(len(asked), 'rule'))} act by themselves; each leaves its line here, with an Undo.")
    if frozenset(asked) != acting:
        with state.store().write() as conn:
            preferences.set_rules(conn, None if frozenset(asked) == ACTING else asked)


def _do(action: Action, then: Callable[[Any], None] | None = None) -> None:
    """Do it and show the page anew, after what is to be done ``then`` with what it gave; a refusal is said instead."""
    try:
        with state.store().write() as conn:
            given = action(conn)
    except Refusal as refusal:
        _say(refusal)
        return
    if then is not None:
        then(given)
    st.rerun()


def _say(refusal: Refusal) -> None:
    st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")

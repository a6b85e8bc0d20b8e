"""A session that is another runner's: asked and moved on its page, and the way to it from the runner whose it no longer is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st
from sqlalchemy import Connection

from loadmon.athlete import Athlete
from loadmon.correction import Correction, CorrectionKind
from loadmon.intake import correct
from loadmon.intake.assign import reassign
from loadmon.intake.checked import REASONS
from loadmon.intake.owner import like_another
from loadmon.paths import page_file
from loadmon.refusal import NotFound
from loadmon.show import parts, state, undo
from loadmon.show.plain import plain
from loadmon.show.sessions_table import SESSION
from loadmon.show.words import day_of_year
from loadmon.store import corrections
from loadmon.store.sessions import StoredSession
from loadmon.store.squad import name_key

WHOSE = "whose"
"""The question's name beside those of ``putting_right_forms.FORMS``."""
_MOST_DIGITS = 18
"""A number of more digits is none that any store gives, and no database takes it."""
Back = Callable[[Connection], Any]


@dataclass(frozen=True, slots=True)
class Move:
    """To whom a session is to be moved, and why."""

    runner: str
    reason: str


def ask(stored: StoredSession) -> Move | None:
    """Whose it really is; None until it is sent."""
    st.markdown("It goes to that runner with all that was put right in it, and every figure of both follows.")
    names = others(stored.athlete, state.athletes())
    left, right = st.columns(2)
    chosen = left.selectbox(
        "Whose is it?",
        names,
        index=None,
        accept_new_options=True,
        placeholder="Choose, or type a new name",
        key=f"whose-{stored.id}",
    )
    reason = right.text_input("Why?", key=f"whose-why-{stored.id}", placeholder=REASONS[CorrectionKind.OWNER])
    meant = bool(chosen) and is_meant(str(chosen), names, str(stored.id))
    pressed = st.button("Move it there", type="primary", disabled=not meant, key=f"send-whose-{stored.id}")
    return Move(str(chosen), reason.strip()) if pressed and chosen else None


def others(athlete: Athlete, everyone: Sequence[Athlete]) -> list[str]:
    """To whom a runner's session may go: sample runners and real ones never share any."""
    return [one.name for one in everyone if one.id != athlete.id and one.is_sample is athlete.is_sample]


def new_name_words(name: str, known: Sequence[str]) -> str:
    """What becomes of a name that nobody has yet; empty for one that somebody has."""
    if name_key(name) in map(name_key, known):
        return ""
    near = like_another(name, known)
    words = f"Nobody is called {name} yet: a new runner is made."
    return f"{words} Perhaps {near} is meant." if near else words


def is_meant(name: str, known: Sequence[str], key: str) -> bool:
    """Say what becomes of a new name; True once it may: of one that is like another's only after a tick.

    Parameters
    ----------
    name : str
    known : sequence of str
        Names that need no question.
    key : str
        Tells this question from others on the page.
    """
    if hint := new_name_words(name, known):
        st.caption(plain(hint))
    if like_another(name, known) is None:
        return True
    # the tick is for this very name: another one that is typed later is asked about again
    return st.checkbox(f"Make a new runner called {plain(name)}", key=f"new-{key}-{name_key(name)}")


def move(stored: StoredSession, asked: Move, conn: Connection) -> Back:
    """Move a session; gives back what takes that back."""
    viewer, originals = state.viewer(), state.store().originals
    before = _moves(conn, stored.id)
    reassign(conn, viewer, [stored.id], asked.runner, reason=asked.reason, originals=originals)
    after = _moves(conn, stored.id)
    if fresh := [number for number in after if number not in before]:
        return partial(correct.take_back, viewer=viewer, correction_id=fresh[-1], originals=originals)
    gone = [number for number in before if number not in after]  # it went back to where an earlier move took it from
    return partial(correct.put_back, viewer=viewer, correction_id=gone[-1], originals=originals)


def _moves(conn: Connection, session_id: int) -> list[int]:
    met = corrections.of_session(conn, state.viewer(), session_id)
    return [int(one.id or 0) for one in met if one.kind is CorrectionKind.OWNER]


def stay_and_say(stored: StoredSession, back: Back) -> None:
    """After a move the page stays with the runner whose session it was, says where it went, and offers the way back.

    Parameters
    ----------
    stored : StoredSession
        As it was before.
    back : callable
        Takes the move back, given a connection from ``Store.write()``.
    """
    st.query_params[parts.ATHLETE] = str(stored.athlete.id)
    st.query_params[SESSION] = str(stored.id)
    undo.remember(stored.athlete.id, "It was moved just now.", back, part=_part(stored.id))


def elsewhere(athlete: Athlete) -> StoredSession | None:
    """The session that the link asks for, where it is another runner's; None where it is not, or there is none."""
    found = linked()
    return None if found is None or found.athlete.id == athlete.id else found


def linked() -> StoredSession | None:
    """The session that the link asks for, whosever it is; None if it asks for none that is here."""
    asked = st.query_params.get(SESSION, "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= _MOST_DIGITS):
        return None
    try:
        return state.session(int(asked))
    except NotFound:
        return None


def say_elsewhere(athlete: Athlete, found: StoredSession) -> None:
    """Whose the session is that the link asks for, the way to it, and the way back of a move just made."""
    st.info(elsewhere_words(athlete, found))
    st.page_link(
        page_file("session.py"),
        label=f"Open it with {plain(found.athlete.name)} →",
        query_params={parts.ATHLETE: str(found.athlete.id), SESSION: str(found.id)},
    )
    undo.offer(athlete.id, _part(found.id))


def elsewhere_words(athlete: Athlete, found: StoredSession) -> str:
    """Whose a session is that was looked for with another runner."""
    what = f"The {found.session.sport.value} of {day_of_year(found.session.local_day)}"
    return f"{what} is **{plain(found.athlete.name)}'s** and not {plain(athlete.name)}'s."


def said_of_move(one: Correction) -> str:
    """A move in words, with the names of both runners as far as they are here."""
    names = {runner.id: runner.name for runner in state.athletes()}
    origin, target = (names.get(one.params.get(end, 0), "another runner") for end in ("from_athlete", "to_athlete"))
    return f"Moved from {origin} to {target}"


def last_move(met: Sequence[Correction]) -> Correction | None:
    """The move of a session that was made last, in force or not: only it can be taken back or put back with an effect."""
    return next((one for one in reversed(met) if one.kind is CorrectionKind.OWNER), None)


def _part(session_id: int) -> str:
    return f"whose {session_id}"

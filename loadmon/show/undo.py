"""Undo: what was done last on a page, in words, with a button that takes it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st
from sqlalchemy import Connection

from loadmon.refusal import Refusal
from loadmon.show import state
from loadmon.show.plain import plain

_LAST = "undo"


def remember(about: int, words: str, back: Callable[[Connection], Any], *, part: str = "") -> None:
    """Keep how to take back what was just done.

    Parameters
    ----------
    about : int
        The runner it is about: only on their page it is offered.
    words : str
        What was done, as a sentence.
    back : callable
        Takes it back, given a connection from ``Store.write()``.
    part : str
        What of the runner it is about, where a page shows a part only, such as one session.
    """
    st.session_state[_LAST] = ((about, part), words, back)


def do(about: int, act: Callable[..., Any], back: Callable[..., Any], words: str, *, part: str = "") -> None:
    """Do something, offer to undo it and show the page anew; a refusal is told where the reader is.

    Parameters
    ----------
    about, words, part
        As ``remember`` has them.
    act, back : callable
        Does it and takes it back, given a connection from ``Store.write()`` and ``viewer``.
    """
    try:
        with state.store().write() as conn:
            act(conn, viewer=state.viewer())
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return
    remember(about, words, partial(back, viewer=state.viewer()), part=part)
    st.rerun()


def line(
    about: int, said: str, act: Callable[..., Any], back: Callable[..., Any], words: str, *, key: str, part: str = ""
) -> None:
    """Something that was told, in words, with a button that takes it back; that can be undone in its turn.

    Parameters
    ----------
    about, act, back, words, part
        As ``do`` has them.
    said : str
        What stands in the line.
    key : str
        Of the button.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(said), width="content")
        if st.button("Take back", key=key, type="tertiary"):
            do(about, act, back, words, part=part)


def offer(about: int, part: str = "") -> None:
    """Say what was done last to this runner, or to this part of what is known of them, and offer to undo it."""
    last = st.session_state.get(_LAST)
    if last is None or last[0] != (about, part):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(last[1]), width="content")
        if st.button("Undo", key="undo-last"):
            del st.session_state[_LAST]
            try:
                with state.store().write() as conn:
                    last[2](conn)
            except Refusal as refusal:  # somebody else may have changed it meanwhile
                st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
                return
            st.rerun()

"""What a person chose to see on a page, kept for the next visit."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loadmon.show import state

_BETWEEN = ","
SIDE_BY_SIDE = 4
"""More than so many do not fit on a phone in one line: as pills they go on in the next."""


def one_of(label: str, options: dict[str, str], key: str) -> str:
    """One of a few, side by side; the first of them until another was chosen.

    Parameters
    ----------
    label : str
        What is chosen.
    options : dict
        What stands on the screen, by what is kept.
    key : str
        Under which it is kept.
    """
    kept = state.chosen(key, "")
    default = kept if kept in options else next(iter(options))
    offer = st.segmented_control if len(options) <= SIDE_BY_SIDE else st.pills
    chosen = offer(
        label,
        list(options),
        default=default,
        format_func=options.__getitem__,
        key=key,
        on_change=_keep_one,
        args=(key,),
    )
    return chosen or default


def several_of(label: str, options: dict[str, str], key: str, first: Sequence[str] = ()) -> list[str]:
    """Any of a few, in their own order; ``first`` until somebody has chosen.

    Parameters
    ----------
    label, options, key
        As for ``one_of``.
    first : sequence of str
        What is chosen before the first visit.
    """
    kept = state.chosen(key, _BETWEEN.join(first)).split(_BETWEEN)
    default = [name for name in kept if name in options]
    chosen = st.pills(
        label,
        list(options),
        selection_mode="multi",
        default=default,
        format_func=options.__getitem__,
        key=key,
        on_change=_keep_several,
        args=(key,),
    )
    return [name for name in options if name in chosen]


def _keep_one(key: str) -> None:
    if st.session_state.get(key):
        state.remember(key, st.session_state[key])


def _keep_several(key: str) -> None:
    # an empty choice is one too: nothing more than the page opens with
    state.remember(key, _BETWEEN.join(st.session_state.get(key) or []))

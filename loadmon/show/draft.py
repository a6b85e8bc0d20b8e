"""Drafts: what somebody has begun to write stays when they look at another page and come back."""

from __future__ import annotations

from typing import Any

import streamlit as st

_DRAFTS = "drafts"


def restored(key: str, otherwise: Any = None) -> str:
    """A widget's key, with what was left in it before, or ``otherwise``; to be called before the widget is made.

    Streamlit forgets a widget's value as soon as a page without it is drawn.
    """
    if key not in st.session_state:
        st.session_state[key] = left(key, otherwise)
    return key


def left(key: str, otherwise: Any = None) -> Any:
    """What was left in a widget before, or ``otherwise``."""
    return _drafts().get(key, otherwise)


def kept(key: str) -> Any:
    """What stands in a widget, kept for the next time; to be called after the widget is made."""
    _drafts()[key] = st.session_state[key]
    return _drafts()[key]


def done(*keys: str) -> None:
    """Forget drafts of which something was made."""
    for key in keys:
        _drafts().pop(key, None)


def _drafts() -> dict[str, Any]:
    drafts: dict[str, Any] = st.session_state.setdefault(_DRAFTS, {})
    return drafts

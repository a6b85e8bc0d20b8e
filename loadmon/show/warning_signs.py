"""Warning signs to be ticked one by one: each is an answer of its own, so there is no way to choose all of them at once."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from loadmon.show.plain import plain
from loadmon.show.words import capital


def ticked(title: str, signs: Mapping[str, str], mark: str, told: str | None = None) -> frozenset[str]:
    """The signs that are there.

    Parameters
    ----------
    title : str
        What is asked.
    signs : mapping of str to str
        Each by its key, as it is written on screen.
    mark : str
        Of this form, for the keys of its boxes.
    told : str, optional
        What follows from a sign.
    """
    st.markdown(plain(title))
    if told:
        st.caption(plain(told))
    return frozenset(
        sign for sign, words in signs.items() if st.checkbox(plain(capital(words)), key=sign_key(sign, mark))
    )


def sign_key(sign: str, mark: str) -> str:
    """The key of a sign's box."""
    return f"sign-{sign}-{mark}"

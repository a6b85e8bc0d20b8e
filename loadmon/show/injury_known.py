"""What is known of an injury's kind, read out of its code: in the record and before a plan is made."""

from __future__ import annotations

import streamlit as st

from loadmon.planning.injury_facts import injury_facts
from loadmon.show.plain import plain


def known_lines(code: str | None) -> None:
    """Course, criteria and signs of this kind of injury; nothing where its code tells nothing."""
    told = injury_facts(code)
    if told:
        st.markdown("\n".join(f"- **{head}:** {plain(words)}" for head, words in told))
        st.caption("Of this kind of injury in general: it is no diagnosis, and says nothing of one runner's healing.")

"""From an assessment into the tissue ledger: findings that tissue load knows, written there with one press, and taken back."""

from __future__ import annotations

from functools import partial

import streamlit as st
from sqlalchemy import Connection

from loadmon.athlete import Athlete
from loadmon.clinic.compared import Compared
from loadmon.clinic.for_ledger import ledger_findings, not_told_apart
from loadmon.clinic.graph import NodeKey
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.names import key_name, value_words
from loadmon.clinic.reasoning import Reasoning
from loadmon.finding import Finding
from loadmon.refusal import Refusal
from loadmon.show import clinic_state, state, undo
from loadmon.show.finding_words import finding_words
from loadmon.show.plain import plain
from loadmon.store import findings
from loadmon.store.findings import NotedAlready
from loadmon.tissue.coefficients import default_coefficients

PART = "ledger"


def to_ledger(athlete: Athlete, told: Reasoning, before: Reasoning | None, known: Knowledge) -> None:
    """What the tissue ledger would hear of, and the button that writes it there."""
    undo.offer(athlete.id, PART)
    coefficients = default_coefficients()
    wanted = ledger_findings(told, before, known)
    for key, row in not_told_apart(told, before, known):
        st.caption(plain(chance_words(key, row, known)))
    with state.store().read() as conn:
        noted = findings.findings(conn, state.viewer(), [athlete.id]).values()
    # what holds already is not noted again
    new = [one for one in wanted if not any(_is_of(other, one) and other.holds_on(one.observed) for other in noted)]
    if not wanted:
        st.caption("Tissue load knows none of what was found here.")
        return
    if not new:
        st.caption("Tissue load has heard of all that it knows of this assessment.")
        return
    st.markdown(
        "Tissue load would hear of:\n" + "\n".join(f"- {plain(finding_words(one, coefficients))}" for one in new)
    )
    if not st.button("Write these into tissue load", key="to-ledger"):
        return
    numbers = []
    try:
        with state.store().write() as conn:
            for one in new:
                try:
                    numbers.append(findings.add_finding(conn, state.viewer(), one, today=clinic_state.today(athlete)))
                except NotedAlready:  # somebody else was quicker
                    continue
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return
    words = f"Written into tissue load: {len(numbers)} finding{'' if len(numbers) == 1 else 's'}."
    undo.remember(athlete.id, words, partial(_take_back, numbers=tuple(numbers)), part=PART)
    st.rerun()


def chance_words(key: NodeKey, row: Compared, known: Knowledge) -> str:
    """Why tissue load does not hear of a finding: ``Pelvic drop, left: 5° before, 6.5° now``, and what may be chance."""
    measure = known.measure[row.measure]
    values = [value_words(one, measure) for one in (row.before, row.now) if one]
    return (
        f"{key_name(key, known)}: {measure.name.lower()} {values[0]} before, {values[1]} now. "
        f"{row.why} Tissue load does not hear of it as new."
    )


def _is_of(other: Finding, one: Finding) -> bool:
    return (other.kind, other.side) == (one.kind, one.side)


def _take_back(conn: Connection, numbers: tuple[int, ...]) -> None:
    for number in numbers:
        findings.remove_finding(conn, state.viewer(), number)

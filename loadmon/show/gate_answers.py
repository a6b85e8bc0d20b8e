"""What was true before the first run: what was answered when a plan was made, by whom and when."""

from __future__ import annotations

from datetime import date

import streamlit as st

from loadmon.athlete import Athlete
from loadmon.days import today_in_zone
from loadmon.planning.way_back import ReturnOrder
from loadmon.show import state
from loadmon.show.plain import plain
from loadmon.show.words import capital, day_of_year
from loadmon.store.plans import StoredPlan

NOT_KEPT = "What was answered before the first run was not kept with this plan: it was made before loadmon kept it."
NOT_READ = "What was answered before the first run is between runner and clinician."


def shown(athlete: Athlete, stored: StoredPlan) -> None:
    """The answers as a short list, or the sentence that says why there are none."""
    made = today_in_zone(athlete.time_zone, stored.created)
    told = gate_lines(stored.order, made) if state.viewer().reads_notes else NOT_READ
    if isinstance(told, str):
        st.caption(plain(told))
        return
    with st.expander("What was true before the first run"):
        st.markdown("\n".join(f"- {plain(line)}" for line in told))


def gate_lines(order: ReturnOrder, made: date) -> list[str] | str:
    """What was answered before a plan, a line each, who and when first.

    Parameters
    ----------
    order : ReturnOrder
    made : date
        The runner's own day on which the plan was made.

    Returns
    -------
    list of str, or str
        The sentence that says why, where nothing was kept.
    """
    gate, clearance = order.gate, order.clearance
    if gate is None:
        return NOT_KEPT
    lines = [f"Answered by {order.made_by} on {day_of_year(made)}."]
    if clearance is None or clearance.day is None:
        lines.append("Clearance: nobody was named; with this tissue and age nobody had to be.")
    else:
        lines.append(f"Clearance: {clearance.name} ({clearance.role}), {day_of_year(clearance.day)}.")
    lines.append("Age: not told." if gate.age_years is None else f"Age: {gate.age_years:g} years.")
    lines += [f"True: {words}." for _, words in gate.met]
    if gate.denied:
        lines.append(f"Asked about and not told: {'; '.join(words for _, words in gate.denied)}.")
    return [capital(line) for line in lines]

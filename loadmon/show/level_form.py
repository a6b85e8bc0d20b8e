"""The level before an injury in the form of a plan: from the watch, or given by hand."""

from __future__ import annotations

from datetime import date

import streamlit as st

from loadmon.planning.pre_injury import Level, given_level
from loadmon.refusal import Refusal
from loadmon.show import state
from loadmon.show.plain import plain
from loadmon.show.plan_draft import PlanDraft
from loadmon.show.return_level import level_words
from loadmon.show.return_view import ReturnView
from loadmon.units import Units


def level_before(view: ReturnView, onset: date, number: int, begun: PlanDraft) -> Level | str | None:
    """The level from the watch, or the one that is given by hand; a sentence where neither can be, None where nothing was given."""
    units, found = state.units(), view.level(onset)
    if isinstance(found, Level):
        st.markdown(plain(level_words(found, units)))
        if not st.toggle("Give another level by hand", key=begun.key(f"by-hand-{number}", otherwise=False)):
            return found
    else:
        st.info(plain(found))
    return _by_hand(units, number, begun)


def _by_hand(units: Units, number: int, begun: PlanDraft) -> Level | str | None:
    one, two, three = st.columns(3)
    mark = f"{number}-{units.length}"  # what was typed in kilometres is not taken for miles
    week = one.number_input(f"Usual week ({units.length})", 0.0, 300.0, None, 1.0, key=begun.key(f"week-{mark}"))
    count = two.number_input("Runs a week", 1, 14, None, key=begun.key(f"runs-{mark}"))
    pace = three.text_input(f"Usual pace (min/{units.length})", placeholder="6:00", key=begun.key(f"pace-{mark}", ""))
    if week is None or count is None or not pace:
        return None
    speed = units.speed_of_pace(pace)
    if speed is None:
        return "The pace is no pace. Write minutes and seconds, such as 6:00."
    try:
        return given_level(float(week) * units.metres, speed, float(count))
    except Refusal as refusal:
        return f"{refusal.what} {refusal.advice}"

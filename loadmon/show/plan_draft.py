"""What is filled in of a plan that is not made yet: it stays over reloads and other pages; checks of an earlier day are asked anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from loadmon.athlete import Athlete
from loadmon.days import day_words, today_in_zone
from loadmon.show import state
from loadmon.store import drafts
from loadmon.store.drafts import Form

CHECK = "check-"
"""Begins the key of what has to be true on the day itself."""
_DAY = "day"


class PlanDraft:
    """The fields of the form, each with what was left in it.

    Parameters
    ----------
    athlete : Athlete
    today : date
        The runner's own day.
    """

    def __init__(self, athlete: Athlete, today: date) -> None:
        self.athlete_id, self.fields = athlete.id, dict[str, Any]()
        with state.store().read() as conn:
            kept, changed = drafts.dated_draft(conn, state.viewer(), athlete.id, form=Form.PLAN)
        self.kept = kept
        self.day = None if changed is None else today_in_zone(athlete.time_zone, changed)
        self.left = taken_up(kept, same_day=self.day == today)

    def key(self, key: str, otherwise: Any = None, *, fits: Callable[[Any], bool] = lambda _: True) -> str:
        """A widget's key, with what was left in it, or ``otherwise``; to be called before the widget is made."""
        if key not in st.session_state:
            value = self.left.get(key, otherwise)
            st.session_state[key] = value if fits(value) else otherwise
        self.fields[key] = otherwise
        return key

    def keep(self) -> None:
        """Write down what was changed; to be called after the last widget."""
        told = filled_in({key: st.session_state.get(key) for key in self.fields}, self.fields)
        # of a tissue or an injury that is not looked at now nothing was changed
        told |= {key: value for key, value in self.kept.items() if key not in self.fields and key in self.left}
        if told == self.kept or not state.viewer().reads_notes:
            return
        with state.store().write() as conn:
            if told:
                drafts.save_draft(conn, state.viewer(), self.athlete_id, told, form=Form.PLAN)
            else:
                drafts.drop_draft(conn, state.viewer(), self.athlete_id, form=Form.PLAN)

    def offer_anew(self) -> None:
        """Say that something was taken up, and the way to begin anew."""
        if not self.kept or self.day is None:
            return
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"Taken up as it was left on {day_words(self.day)}.", width="content")
            if st.button("Empty the form", key="empty-plan-form", type="tertiary"):
                with state.store().write() as conn:
                    drafts.drop_draft(conn, state.viewer(), self.athlete_id, form=Form.PLAN)
                for key in {*self.kept, *self.fields}:
                    st.session_state.pop(key, None)
                st.rerun()


def filled_in(values: dict[str, Any], begins_with: dict[str, Any]) -> dict[str, Any]:
    """The values that are not what the form begins with, as JSON can hold them."""
    return {
        key: {_DAY: value.isoformat()} if isinstance(value, date) else value
        for key, value in values.items()
        if value != begins_with[key]
    }


def taken_up(kept: dict[str, Any], *, same_day: bool) -> dict[str, Any]:
    """What was kept, as the form holds it; what had to be true on an earlier day is left open."""
    return {
        key: date.fromisoformat(value[_DAY]) if isinstance(value, dict) else value
        for key, value in kept.items()
        if same_day or not key.startswith(CHECK)
    }

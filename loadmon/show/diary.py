"""The diary on the history page: injuries and days without data, noted, closed, taken back and put back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from loadmon.athlete import Athlete
from loadmon.injury import Injury
from loadmon.refusal import Refusal
from loadmon.show import state, undo
from loadmon.show.areas import AREAS, area_choice
from loadmon.show.day_limits import FIRST_DAY, LAST_DAY
from loadmon.show.day_table import area_words
from loadmon.show.history_view import HistoryView
from loadmon.show.injury_end import PART, end_or_reopen
from loadmon.show.plain import plain
from loadmon.show.who_reads import WHO_READS
from loadmon.show.words import capital, day_of_year
from loadmon.store import diary as rows
from loadmon.store import injury_record

_TAKEN = "taken_back"
_SENT = "injuries-noted"


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of days of which runs are missing, both ends included, and why."""

    first: date
    last: date
    reason: str

    def words(self) -> str:
        """In a few words, with its reason."""
        days = day_of_year(self.first)
        if self.last != self.first:
            days += f" to {day_of_year(self.last)}"
        return f"Without data: {days}" + (f" ({self.reason})" if self.reason else "")


def gaps(unknown: pd.DataFrame) -> dict[int, Gap]:
    """Stretches without data by their number in the diary, from the store's table of them."""
    table: dict[Any, dict[Any, Any]] = unknown.to_dict("index")
    return {
        int(number): Gap(row["first_day"].date(), row["last_day"].date(), row["reason"] or "")
        for number, row in table.items()
    }


def diary(athlete: Athlete, view: HistoryView) -> None:
    """Injuries and days of which runs are missing: note one, close one, take one back."""
    for number, injury in view.injuries.items():
        _injury_line(athlete, number, injury, view)
    for number, gap in gaps(view.unknown).items():
        _gap_line(athlete, number, gap)
    if not view.injuries and view.unknown.empty:
        st.caption("Nothing noted so far.")
    undo.offer(athlete.id, PART)
    _undo(athlete)
    hurt, gap_form = st.columns(2, gap="medium")
    with hurt.expander("Note an injury"):
        _injury_form(athlete, view)
    with gap_form.expander("Note days of which runs are missing"):
        _gap_form(athlete, view)


def _injury_line(athlete: Athlete, number: int, injury: Injury, view: HistoryView) -> None:
    until = f"back in full on {day_of_year(injury.returned)}" if injury.returned else "open"
    words = f"{capital(area_words(injury))}: since {day_of_year(injury.onset)}, {until}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.markdown(plain(words + (f" · {injury.note}" if injury.note else "")), width="content")
        end_or_reopen(athlete, number, injury, view.today)
        if st.button("Take back", key=f"injury-{number}", type="tertiary"):
            with state.store().write() as conn:
                injury_record.remove_injury(conn, state.viewer(), number)
            _offer_undo(athlete, "injury", number)


def _gap_line(athlete: Athlete, number: int, gap: Gap) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(gap.words()), width="content")
        if st.button("Take back", key=f"gap-{number}", type="tertiary"):
            with state.store().write() as conn:
                rows.remove_unknown_days(conn, state.viewer(), number)
            _offer_undo(athlete, "gap", number)


def _injury_form(athlete: Athlete, view: HistoryView) -> None:
    # a new number makes an empty form; one that was sent off too early keeps what was given
    sent = int(st.session_state.get(_SENT, 0))
    with st.form(f"injury-{athlete.id}-{sent}", border=False):
        area = st.selectbox("Where", AREAS, index=None, format_func=area_choice, placeholder="Choose where it hurts")
        side = st.segmented_control("Side", ["left", "right", "both"])
        onset = st.date_input("Since", value=view.today, min_value=FIRST_DAY, max_value=LAST_DAY)
        returned = st.date_input(
            "Back in full since (leave empty while it lasts)", value=None, min_value=FIRST_DAY, max_value=LAST_DAY
        )
        note = st.text_input("Note", help=WHO_READS)
        if st.form_submit_button("Note it"):
            if area is None:
                st.error("**Nothing was noted: where it hurts is missing.** Choose it, and note it again.")
                return
            noted = Injury(athlete.id, onset, returned, area, side, note)
            try:
                with state.store().write() as conn:
                    injury_record.add_injury(conn, state.viewer(), noted, today=view.today)
            except Refusal as refusal:
                st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
                return
            st.session_state[_SENT] = sent + 1
            st.rerun()


def _gap_form(athlete: Athlete, view: HistoryView) -> None:
    with st.form("gap", border=False, clear_on_submit=True):
        days = st.date_input(
            "First and last day",
            value=(view.today - timedelta(days=6), view.today),
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
        )
        reason = st.text_input("Why", placeholder="watch broken, away without it, …")
        if st.form_submit_button("Note it") and days:
            try:
                with state.store().write() as conn:
                    rows.add_unknown_days(conn, state.viewer(), athlete.id, days[0], days[-1], reason, today=view.today)
            except Refusal as refusal:
                st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
                return
            st.rerun()


def _offer_undo(athlete: Athlete, kind: str, number: int) -> None:
    st.session_state[_TAKEN] = (athlete.id, kind, number)
    st.rerun()


def _undo(athlete: Athlete) -> None:
    """Offer to put back what was taken back of this runner; of another runner it is offered on their page."""
    taken = st.session_state.get(_TAKEN)
    if taken and taken[0] == athlete.id and st.button("Undo: put it back"):
        restore = injury_record.restore_injury if taken[1] == "injury" else rows.restore_unknown_days
        with state.store().write() as conn:
            restore(conn, state.viewer(), taken[2])
        del st.session_state[_TAKEN]
        st.rerun()

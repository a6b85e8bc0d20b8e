"""The end of an injury: the day of full return is asked for, and one that was closed can be opened again; each undone."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from loadmon.athlete import Athlete
from loadmon.injury import Injury
from loadmon.show import undo
from loadmon.show.day_limits import FIRST_DAY, LAST_DAY
from loadmon.show.words import day_of_year
from loadmon.store import injury_record

PART = "injuries"


def end_or_reopen(athlete: Athlete, number: int, injury: Injury, today: date) -> None:
    """Ask on which day the runner was back in full, or offer to open a closed injury again.

    Days lost are counted to that day, so it must not become the day on which somebody came to write it down.
    """
    opened = partial(injury_record.close_injury, injury_id=number, returned=None)
    if injury.returned is not None:
        closed = partial(injury_record.close_injury, injury_id=number, returned=injury.returned)
        if st.button("Open again", key=f"reopen-{number}", help="It has come back, or was never over."):
            undo.do(athlete.id, opened, closed, "An injury was opened again.", part=PART)
        return
    back = st.date_input(
        "Back in full since", value=today, min_value=FIRST_DAY, max_value=LAST_DAY, key=f"back-day-{number}",
        format="YYYY-MM-DD", width=180,
    )  # fmt: skip
    if st.button("Back in full", key=f"back-{number}"):
        closed = partial(injury_record.close_injury, injury_id=number, returned=back, today=today)
        undo.do(athlete.id, closed, opened, f"Noted: back in full on {day_of_year(back)}.", part=PART)

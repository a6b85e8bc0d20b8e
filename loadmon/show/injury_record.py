"""One runner's injuries: noted, described more closely, closed, taken back; each undone."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from loadmon.athlete import Athlete
from loadmon.days import today_in_zone
from loadmon.injury import Injury, time_loss_bin
from loadmon.paths import page_file
from loadmon.planning.injury_codes import InjuryCode
from loadmon.planning.injury_facts import injury_facts
from loadmon.refusal import Refusal
from loadmon.show import parts, state, undo
from loadmon.show.areas import AREAS, area_choice
from loadmon.show.day_limits import FIRST_DAY, LAST_DAY
from loadmon.show.day_table import area_words
from loadmon.show.injury_amend import FIELDS, NOT_AGREED, SIDES, agreed, describe, kind_fields, said
from loadmon.show.injury_end import PART, end_or_reopen
from loadmon.show.injury_known import known_lines
from loadmon.show.plain import plain
from loadmon.show.who_reads import WHO_READS
from loadmon.show.words import capital, day_of_year
from loadmon.store import injury_codes, injury_record
from loadmon.units import plural

_SENT = "injury-recorded"


def what_was_done_last(athlete: Athlete) -> None:
    """What was done last on this page, with a way to take it back."""
    undo.offer(athlete.id, PART)


def record(athlete: Athlete) -> None:
    """Every injury, the newest first, each to be described, closed or taken back."""
    with state.store().read() as conn:
        known = injury_record.injuries(conn, state.viewer(), [athlete.id])
        codes = injury_codes.all_codes(conn)
    today = today_in_zone(athlete.time_zone, state.now())
    for number, injury in sorted(known.items(), key=lambda one: one[1].onset, reverse=True):
        with st.container(border=True):
            _line(athlete, number, injury, codes)
            if injury.returned is None:
                st.caption(f"{plural(injury.lost_by(today), 'day')} lost so far.")
            if injury_facts(injury.code):
                with st.expander("What is known of this kind"):
                    known_lines(injury.code)
            with st.expander("Put it right, or say more of it"):
                describe(athlete, number, injury, codes, today)
    if not known:
        st.caption("No injury noted so far.")
    else:
        link = {parts.ATHLETE: str(athlete.id)}
        st.page_link(
            page_file("return_to_run.py"),
            label="Plan the way back →",
            query_params=link,
        )


def _line(athlete: Athlete, number: int, injury: Injury, codes: dict[str, InjuryCode]) -> None:
    words = injury_line(injury, codes)
    st.markdown(plain(words))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        end_or_reopen(athlete, number, injury, today_in_zone(athlete.time_zone, state.now()))
        if st.button("Take back", key=f"record-remove-{number}", type="tertiary"):
            undo.do(athlete.id, partial(injury_record.remove_injury, injury_id=number),
                   partial(injury_record.restore_injury, injury_id=number), "An injury was taken back.", part=PART)  # fmt: skip


def injury_line(injury: Injury, codes: dict[str, InjuryCode]) -> str:
    """An injury in a line: where, since when, how it came on, which code, how many days were lost."""
    until = f"back in full on {day_of_year(injury.returned)}" if injury.returned else "open"
    words = [f"{capital(area_words(injury))}: since {day_of_year(injury.onset)}, {until}"]
    words += [said(getattr(injury, field)) for field in FIELDS if getattr(injury, field)]
    if injury.code:
        name = codes[injury.code].name if injury.code in codes else "not in the list"
        words.append(f"{injury.code} ({name})")
    days = injury.time_loss_days
    if days is not None:
        words.append(f"{plural(days, 'day')} lost, class {time_loss_bin(days)}")
    if injury.reporter:
        words.append(f"told by {injury.reporter}")
    if injury.note:
        words.append(injury.note)
    return " · ".join(words)


def form(athlete: Athlete) -> None:
    """Note an injury with as much as is known."""
    with state.store().read() as conn:
        codes = injury_codes.all_codes(conn)
    today = today_in_zone(athlete.time_zone, state.now())
    mark = f"new-{athlete.id}-{int(st.session_state.get(_SENT, 0))}"
    one, two = st.columns(2)
    area = one.selectbox(
        "Where", AREAS, index=None, format_func=area_choice, placeholder="Choose where it is", key=f"where-{mark}"
    )
    side = two.segmented_control("Side", SIDES, key=f"side-{mark}")
    onset = one.date_input(
        "Since", value=today, min_value=FIRST_DAY, max_value=LAST_DAY, key=f"since-{mark}", format="YYYY-MM-DD"
    )
    returned = two.date_input(
        "Back in full since (leave empty while it lasts)",
        value=None,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        key=f"until-{mark}",
        format="YYYY-MM-DD",
    )
    with st.expander("How it came on, what kind it is"):
        given = kind_fields(None, codes, mark)
    both = agreed(area or "", given["code"], mark)
    note = st.text_input("Note", key=f"note-{mark}", help=WHO_READS)
    if st.button("Note the injury", key="record-injury"):
        if not both:
            st.error(NOT_AGREED)
            return
        reporter = given.pop("reporter") or ""
        injury = Injury(athlete.id, onset, returned, area or "", side, note, **given, reporter=reporter)
        _note(athlete, injury, today)


def _note(athlete: Athlete, injury: Injury, today: date) -> None:
    try:
        with state.store().write() as conn:
            number = injury_record.add_injury(conn, state.viewer(), injury, today=today)
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return
    st.session_state[_SENT] = int(st.session_state.get(_SENT, 0)) + 1
    back = partial(injury_record.remove_injury, viewer=state.viewer(), injury_id=number)
    undo.remember(athlete.id, "An injury was noted.", back, part=PART)
    st.rerun()

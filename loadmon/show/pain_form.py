"""Pain of a run or of a day, told in a few taps; several a day; taken back and put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import streamlit as st
from sqlalchemy import Connection

from loadmon.athlete import Athlete
from loadmon.days import today_in_zone
from loadmon.planning.pain import sign_words
from loadmon.planning.pain_log import AFTER, DAY, DURING, MOMENT_WORDS, MORNING, PainEntry
from loadmon.planning.return_rules import default_return_rules
from loadmon.refusal import Refusal
from loadmon.show import health_state, state, undo
from loadmon.show.areas import AREAS, area_choice
from loadmon.show.check_in_words import told_words
from loadmon.show.day_limits import FIRST_DAY, LAST_DAY
from loadmon.show.plain import plain
from loadmon.show.told_runs import session_of, told_runs, told_so_far
from loadmon.show.warning_signs import ticked
from loadmon.show.who_reads import WHO_READS
from loadmon.show.words import capital, day_of_year
from loadmon.store import Viewer, pain, tellings

PART = "check-in"
TOLD_DAYS = 14
_SENT = "pain-told"
OF_THE_DAY = "no run"
SCALE = tuple(range(11))


def what_was_done_last(athlete: Athlete) -> None:
    """What was told last, with a way to take it back."""
    undo.offer(athlete.id, PART)


def form(athlete: Athlete) -> None:
    """Which run, how it felt at up to three moments, signs that stop a plan; one press keeps all of it."""
    today = today_in_zone(athlete.time_zone, state.now())
    told = health_state.pain_entries(athlete.id).values()
    runs = told_runs(state.runner_sessions(athlete.id), told, today, state.units())
    mark = f"{athlete.id}-{int(st.session_state.get(_SENT, 0))}"
    options = [*runs, OF_THE_DAY]
    chosen = st.radio(
        "Which run?",
        options,
        format_func=lambda one: runs[one][1] if one in runs else "No run: pain of a day",
        key=f"which-{mark}",
    )
    of_run = chosen in runs
    day, session = (runs[chosen][0], session_of(chosen)) if of_run else (_day(today, mark), None)
    given: dict[str, float | None] = {}
    settle = None
    if of_run:
        if so_far := told_so_far(told, day, today):
            st.caption(f"{so_far} Of what is told twice the worst counts.")
        given, settle = _of_a_run(day, today, mark)
    else:
        given[DAY] = _scale("How much it hurt, the worst of the day", f"day-{mark}")
    rules = default_return_rules()
    with st.expander("Where, signs to watch for, a note"):
        area = st.selectbox(
            "Where",
            AREAS,
            index=None,
            format_func=area_choice,
            placeholder="Choose where it hurts",
            key=f"area-{mark}",
        )
        side = st.segmented_control("Side", ["left", "right", "both"], key=f"side-{mark}")
        each = "Each of these stops a plan until somebody has looked at it. Leave all open if none was there."
        flags = ticked("Was any of this there?", rules.red_flag, mark, each)
        note = st.text_input("Note", key=f"note-{mark}", help=WHO_READS)
    if flags:
        st.warning("This has to be looked at by a physician before the next run.")
    st.caption("0 is none, 10 the worst there is. What is left open is told later; it never counts as none.")
    if st.button("Keep it", key="tell-pain"):
        where = PainEntry(athlete.id, day, DAY, None, session, None, flags, area or "", side, note or "")
        if _kept(athlete, where, given, settle, today):
            st.session_state[_SENT] = int(st.session_state.get(_SENT, 0)) + 1
            st.rerun()


def _of_a_run(
    day: date, today: date, mark: str, labels: tuple[str, str] = ("During the run", "In the hour after it")
) -> tuple[dict[str, float | None], float | None]:
    """What a run is asked: pain at its moments, and the minutes until that of the hour after was gone."""
    settle = None
    given = {
        DURING: _scale(f"{labels[0]}, the worst", f"during-{mark}"),
        AFTER: _scale(f"{labels[1]}, the worst", f"after-{mark}"),
    }
    if given[AFTER]:
        settle = st.number_input("Minutes until it was gone", 0, 10080, None, 5, key=f"settle-{mark}")
    if day < today:
        given[MORNING] = _scale("The morning after, first half hour", f"morning-{mark}")
    else:
        st.caption("The morning after is told tomorrow.")
    return given, settle


def _scale(label: str, key: str) -> float | None:
    chosen = st.pills(label, SCALE, key=key)
    return None if chosen is None else float(chosen)


def _day(today: date, mark: str) -> date:
    return st.date_input(
        "Day", value=today, min_value=FIRST_DAY, max_value=LAST_DAY, key=f"on-{mark}", format="YYYY-MM-DD"
    )


def _kept(
    athlete: Athlete, where: PainEntry, given: dict[str, float | None], settle: float | None, today: date
) -> bool:
    entries = _entries(where, given, settle)
    numbers: list[int] = []
    try:
        with state.store().write() as conn:
            numbers += [pain.add_pain(conn, state.viewer(), entry, today=today) for entry in entries]
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return False
    told = "; ".join(entry_words(entry) for entry in entries)
    undo.remember(
        athlete.id, f"Kept: {told}.", partial(_take_all_back, viewer=state.viewer(), numbers=tuple(numbers)), part=PART
    )
    return True


def _entries(where: PainEntry, given: dict[str, float | None], settle: float | None) -> list[PainEntry]:
    """An entry a moment that was told; signs and note go with the first, or stand alone."""
    found: list[PainEntry] = []
    for moment, value in given.items():
        if value is None:
            continue
        of_morning = moment == MORNING
        entry = replace(
            where, moment=moment, value=value, day=where.day + timedelta(days=1) if of_morning else where.day,
            session_id=None if of_morning else where.session_id, settle_min=settle if moment == AFTER else None,
            without_recording=where.without_recording and not of_morning, out_s=None if of_morning else where.out_s,
        )  # fmt: skip
        found.append(entry if not found else replace(entry, flags=frozenset(), note=""))
    return found or [replace(where, session_id=None)]


def _take_all_back(conn: Connection, viewer: Viewer, numbers: tuple[int, ...]) -> None:
    for number in numbers:
        pain.remove_pain(conn, viewer, number)


def told_lately(athlete: Athlete) -> None:
    """Entries of the last two weeks, the newest first, each to be taken back; and a run that was made without a watch."""
    today = today_in_zone(athlete.time_zone, state.now())
    entries = health_state.pain_entries(athlete.id)
    with state.store().read() as conn:
        by = tellings.pain_told(conn, state.viewer(), [athlete.id])
    lately = {number: one for number, one in entries.items() if (today - one.day).days <= TOLD_DAYS}
    with st.expander("A run without a watch"):
        _unrecorded(athlete, today)
    with st.expander(f"Told in the last {TOLD_DAYS} days ({len(lately)})"):
        for number, entry in sorted(lately.items(), key=lambda one: (one[1].day, one[0]), reverse=True):
            said = f" · {told_words(by[number], athlete.time_zone)}" if number in by else ""
            undo.line(
                athlete.id, f"{entry_words(entry)}{said}", partial(pain.remove_pain, entry_id=number),
                partial(pain.restore_pain, entry_id=number), f"Taken back: {entry_words(entry)}.", key=f"pain-{number}", part=PART,
            )  # fmt: skip
        if not lately:
            st.caption("Nothing told: that is not the same as no pain.")


def _unrecorded(athlete: Athlete, today: date) -> None:
    st.caption(
        "A run that no file will come of still has its pain. Where a plan is under way it is taken for the planned one, unless "
        "you say how long it was."
    )
    mark = f"{athlete.id}-{int(st.session_state.get(_SENT, 0))}"
    day = st.date_input(
        "Run on", value=today, min_value=FIRST_DAY, max_value=LAST_DAY, key=f"unrecorded-{mark}", format="YYYY-MM-DD"
    )
    out = st.number_input(
        "Minutes from door to door, with the walking (may stay open)", 1, 2880, None, key=f"unrecorded-out-{mark}"
    )
    given, settle = _of_a_run(day, today, f"unrecorded-{mark}", ("During it", "In the hour after"))
    if st.button("Keep it", key="tell-unrecorded"):
        if given[DURING] is None:
            st.error("**How it felt during the run was left open.** Choose a number from 0 to 10.")
            return
        out_s = None if out is None else 60.0 * float(out)
        where = PainEntry(athlete.id, day, DURING, None, without_recording=True, out_s=out_s)
        if _kept(athlete, where, given, settle, today):
            st.session_state[_SENT] = int(st.session_state.get(_SENT, 0)) + 1
            st.rerun()


def entry_words(entry: PainEntry) -> str:
    """An entry in a line: day, moment, number, place, signs."""
    rules = default_return_rules()
    words = f"{day_of_year(entry.day)}, {MOMENT_WORDS[entry.moment][0].lower()}{MOMENT_WORDS[entry.moment][1:]}"
    words += ": a sign" if entry.value is None else f": {entry.value:g} of 10"
    if entry.settle_min is not None:
        words += f", gone after {entry.settle_min:g} min"
    if entry.area:
        words += f", {capital(entry.area)}{f' ({entry.side})' if entry.side else ''}"
    if entry.flags:
        words += f", {', '.join(sign_words(flag, rules) for flag in sorted(entry.flags))}"
    return words + (f" · {entry.note}" if entry.note else "")

"""The page Runner: limits with the day they hold from, who the runner is, and how load and weeks are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from typing import Any
from zoneinfo import available_timezones

import streamlit as st
from sqlalchemy import Connection

from loadmon.athlete import LOAD_METHODS, SEXES, Athlete, Threshold
from loadmon.days import WeekStart, today_in_zone
from loadmon.load.points import DEFAULT_ORDER
from loadmon.refusal import Refusal
from loadmon.show import draft, state, undo
from loadmon.show.limits import LIMITS, day_of, refuse_impossible, value_of, written
from loadmon.show.plain import plain
from loadmon.show.words import capital, day_of_year
from loadmon.store import preferences, runs, squad

EARLIEST = date(1930, 1, 1)
NOT_TOLD = "not told"
_LIMITS, _ORDER = "limits", "order"
_METHODS = {
    "heart rate": "needs maximum and resting heart rate",
    "pace": "needs the threshold pace",
    "power": "needs critical power and a watch or pod that measures power",
    "effort": "needs an answer to how hard it was",
    "minutes": "always possible, and tells least",
}


def limits(athlete: Athlete) -> None:
    """What is known of the runner: each limit with the day from which it holds; add one, take one back."""
    with state.store().read() as conn:
        known = squad.thresholds(conn, state.viewer(), athlete.id)
    today = _today(athlete)
    undo.offer(athlete.id, _LIMITS)
    for kind, limit in LIMITS.items():
        of_kind = sorted(
            ((n, t) for n, t in known.items() if t.kind == kind), key=lambda one: one[1].valid_from, reverse=True
        )
        for place, (number, threshold) in enumerate(of_kind[:1]):
            _limit_line(athlete, number, threshold, f"**{limit.name}**", is_latest=place == 0)
        if len(of_kind) > 1:
            with st.expander(f"{limit.name} before ({len(of_kind) - 1})"):
                for number, threshold in of_kind[1:]:
                    _limit_line(athlete, number, threshold, limit.name, is_latest=False)
    missing = [limit for kind, limit in LIMITS.items() if kind not in {t.kind for t in known.values()}]
    if missing:
        with st.expander(f"Not told yet ({len(missing)})", expanded=not known):
            st.markdown("\n".join(f"- **{limit.name}**: for {limit.needed_for}" for limit in missing))
    _add_limit(athlete, today)


def _limit_line(athlete: Athlete, number: int, threshold: Threshold, name: str, *, is_latest: bool) -> None:
    value = written(threshold.kind, threshold.value, state.units())
    day = day_of_year(threshold.valid_from)
    since = f"since {day}" if is_latest else f"from {day} to the next one"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{name}: {plain(value)} {since}", width="content")
        if st.button("Take back", key=f"limit-{number}", type="tertiary"):
            with state.store().write() as conn:
                squad.remove_threshold(conn, state.viewer(), number)
            words = f"Taken back: {LIMITS[threshold.kind].name} {value}."
            back = partial(squad.restore_threshold, viewer=state.viewer(), threshold_id=number)
            undo.remember(athlete.id, words, back, part=_LIMITS)
            st.rerun()


def _add_limit(athlete: Athlete, today: date) -> None:
    """Kind, value and day; what was typed stays until it is added, also where it was refused or the page was left."""
    units = state.units()
    with st.container(border=True):
        st.markdown("**Add a limit or measure**")
        kind = st.selectbox(
            "Which",
            list(LIMITS),
            format_func=lambda k: LIMITS[k].name,
            key=draft.restored("limit-kind", next(iter(LIMITS))),
        )
        draft.kept("limit-kind")
        kind = str(kind)
        left, right = st.columns(2)
        value_key = draft.restored(
            f"limit-{athlete.id}-{kind}-{units.length}-{_added()}", "" if LIMITS[kind].unit == "pace" else None
        )
        if LIMITS[kind].unit == "pace":
            left.text_input(f"Value, minutes and seconds a {units.length}", key=value_key, placeholder="4:30")
        else:
            step, form = (1, "%d") if LIMITS[kind].unit in ("bpm", "W") else (0.5, "%0.1f")
            left.number_input(f"Value, {LIMITS[kind].unit}", value=None, step=step, format=form, key=value_key)
        day_key = draft.restored(f"limit-day-{athlete.id}-{_added()}", today)
        right.date_input(
            "Holds from", value=None, min_value=EARLIEST, key=day_key, format="YYYY-MM-DD",
            help="Sessions of this day and later are told with it; earlier ones keep what held before.",
        )  # fmt: skip
        st.caption(f"For {LIMITS[kind].needed_for}. {_record_words(athlete)}")
        told, since = draft.kept(value_key), draft.kept(day_key)
        if st.button("Add it", type="primary"):
            try:
                new = Threshold(kind, value_of(kind, told, units), day_of(since))
                refuse_impossible(athlete, new, today, units)
                _put(athlete, new)
            except Refusal as refusal:
                st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
                return
            draft.done(value_key, day_key)
            st.session_state["limits-added"] = _added() + 1
            st.rerun()


def _put(athlete: Athlete, new: Threshold) -> None:
    """Store a limit and offer to undo it: take it back, or bring back what stood there on the same day."""
    same = [t for t in athlete.thresholds if (t.kind, t.valid_from) == (new.kind, new.valid_from)]
    with state.store().write() as conn:
        squad.set_threshold(conn, athlete.id, new.kind, new.value, new.valid_from)
        known = squad.thresholds(conn, state.viewer(), athlete.id)
    number = next(n for n, t in known.items() if (t.kind, t.valid_from) == (new.kind, new.valid_from))

    def back(conn: Connection) -> None:
        if same:
            squad.set_threshold(conn, athlete.id, new.kind, same[0].value, new.valid_from)
        else:
            squad.remove_threshold(conn, state.viewer(), number)

    value = written(new.kind, new.value, state.units())
    instead = f" instead of {written(new.kind, same[0].value, state.units())}" if same else ""
    words = f"Added: {LIMITS[new.kind].name} {value}{instead}, from {day_of_year(new.valid_from)} on."
    undo.remember(athlete.id, words, back, part=_LIMITS)


def _added() -> int:
    """Counts what was added, so that the fields begin anew after each."""
    return int(st.session_state.get("limits-added", 0))


def _record_words(athlete: Athlete) -> str:
    with state.store().read() as conn:
        days = runs.runs_table(conn, state.viewer(), [athlete.id])["local_day"]
    if days.empty:
        return ""
    return f"The record begins on {day_of_year(days.min())}: choose that day for what holds throughout."


def person(athlete: Athlete) -> None:
    """Name, sex and home time zone."""
    name_key = draft.restored(f"name-{athlete.id}-{athlete.name}", athlete.name)
    left, right = st.columns(2)
    left.text_input("Name", key=name_key)
    name = draft.kept(name_key)
    wanted = name != athlete.name and left.button("Change the name")
    if wanted and _done(lambda conn: squad.change_athlete(conn, athlete.id, name=name)):
        draft.done(name_key)
        st.rerun()
    zones = _zones()
    now = athlete.time_zone
    zone = right.selectbox(
        "Home time zone",
        zones if now is None or now in zones else [now, *zones],
        None if now is None else zones.index(now) if now in zones else 0,
        placeholder=NOT_TOLD,
        key=f"zone-{athlete.id}-{now}",
        help="Tells which day it is for this runner, and the clock of files imported from now on that tell none.",
    )
    if zone and zone != now and _done(lambda conn: squad.change_athlete(conn, athlete.id, time_zone=zone)):
        st.rerun()
    options = [*SEXES, NOT_TOLD]
    sex = st.segmented_control(
        "Sex, for formulas of heart-rate load",
        options,
        default=athlete.sex or NOT_TOLD,
        key=f"sex-{athlete.id}-{athlete.sex}",
        help="Banister's formula differs between women and men. Not told, the mean of both is taken, and said so.",
    )
    chosen = None if sex in (None, NOT_TOLD) else str(sex)
    if chosen != athlete.sex and _done(lambda conn: squad.set_sex(conn, athlete.id, chosen)):
        st.rerun()


def load_order(athlete: Athlete) -> None:
    """In which order this runner's load is told: the first way that a session allows is used."""
    now = athlete.load_order or DEFAULT_ORDER
    whose = "" if athlete.load_order else " (loadmon's own order)"
    st.markdown(f"Now: {', then '.join(now)}{whose}. Of each session the first way that it allows is used.")
    st.caption(" · ".join(f"**{method}** {_METHODS[method]}" for method in LOAD_METHODS))
    key = draft.restored(f"order-{athlete.id}-{now}", list(now))
    st.multiselect("Best first: take out and add again to change the order", LOAD_METHODS, key=key)
    chosen = tuple(draft.kept(key))
    with st.container(horizontal=True):
        use = st.button("Use this order", disabled=chosen == tuple(now))
        own = st.button("Back to loadmon's own order", type="tertiary", disabled=athlete.load_order is None)
    if use or own:
        before = athlete.load_order
        if _done(lambda conn: squad.set_load_order(conn, athlete.id, None if own else chosen)):
            draft.done(key)
            back = partial(squad.set_load_order, athlete_id=athlete.id, order=before)
            undo.remember(athlete.id, "The order was changed.", back, part=_ORDER)
            st.rerun()
    undo.offer(athlete.id, _ORDER)


def week_begins() -> None:
    """On which day weeks begin, for everyone, in every chart and table that knows weeks."""
    now = state.week_start()
    chosen = st.segmented_control(
        "Weeks begin on", list(WeekStart), default=now, format_func=lambda day: capital(day.value), key=f"week-{now}"
    )
    if chosen not in (None, now) and _done(lambda conn: preferences.set_week_start(conn, WeekStart(chosen).value)):
        st.rerun()


def _done(write: Callable[[Connection], Any]) -> bool:
    """Write; a refusal is told where the reader is, and nothing is lost of what they typed."""
    try:
        with state.store().write() as conn:
            write(conn)
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return False
    return True


@cache
def _zones() -> list[str]:
    """Zones by a place's name, looked up on the disk once."""
    kept = (zone for zone in available_timezones() if "/" in zone)
    return sorted(zone for zone in kept if not zone.startswith(("Etc/", "posix/", "right/")))


def _today(athlete: Athlete) -> date:
    return today_in_zone(athlete.time_zone, state.now())

"""The questions with which a recording is put right: its ends, a stretch, distance, clock, a channel, its load, or all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

import streamlit as st

from loadmon.correction import Correction, CorrectionKind
from loadmon.facts.sport import distance_of
from loadmon.intake.checked import MEASURES, MOST_LOAD, REASONS, shift_to
from loadmon.repair import corrected
from loadmon.repair.channels import CHANNELS, columns_of_channel
from loadmon.repair.words import number
from loadmon.show import state
from loadmon.show.charts.kept import kept_chart, kept_table
from loadmon.show.words import capital
from loadmon.store.sessions import StoredSession
from loadmon.units import clock, duration

WHOLE = "whole"
MOST_MOMENTS = 720
_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300)
_ZONE, _BEGAN = "The time zone", "When it really began"


@dataclass(frozen=True, slots=True)
class Form:
    """One question: its name, for which sessions it makes sense, and how it is asked.

    Parameters
    ----------
    name : str
        On the screen.
    fits : callable
        Given the session as it was read.
    ask : callable
        Draws it; gives back the correction once it is sent.
    """

    name: str
    fits: Callable[[StoredSession], bool]
    ask: Callable[[StoredSession, StoredSession], Correction | None]


def leave_out(stored: StoredSession) -> str | None:
    """Why the whole session does not count; None until it is sent."""
    st.markdown("It stays visible and adds to no sum.")
    reason = st.text_input("Why?", key=f"exclude-why-{stored.id}", placeholder="The watch lay in the car")
    return reason if st.button("Leave it out", type="primary", key=f"exclude-{stored.id}") else None


def _has_samples(read: StoredSession) -> bool:
    return len(read.session.stream) > 2


def _crop(stored: StoredSession, read: StoredSession) -> Correction | None:
    moments = _moments(read)
    first, last = st.select_slider(
        "Keep the part from … to …",
        moments,
        value=_cropped(read, moments),
        format_func=clock,
        key=f"crop-{stored.id}",
        help="Counted from the beginning of the recording as it came.",
    )
    params = ({"from_s": float(first)} if first > moments[0] else {}) | (
        {"to_s": float(last)} if last < moments[-1] else {}
    )
    _strip(read, [(-1.0, float(first)), (float(last), float("inf"))], "Cut off")
    made = Correction(CorrectionKind.CROP, params, _why(stored, CorrectionKind.CROP))
    _preview(read, made, CorrectionKind.CROP)
    return _sent("Cut the rest off", made, stored, ready=bool(params) and (first, last) != _cropped(read, moments))


def _cropped(read: StoredSession, moments: list[int]) -> tuple[int, int]:
    """Where the crop in force begins and ends; the whole recording where there is none."""
    ends = [(None, None)] + [
        (number(one.params, "from_s"), number(one.params, "to_s"))
        for one in read.corrections
        if one.kind is CorrectionKind.CROP
    ]
    first, last = ends[-1]
    begin = moments[0] if first is None else min(moments, key=lambda at: abs(at - first))
    end = moments[-1] if last is None else min(moments, key=lambda at: abs(at - last))
    return begin, end


def _pause(stored: StoredSession, read: StoredSession) -> Correction | None:
    moments = _moments(read)
    third = len(moments) // 3
    first, last = st.select_slider(
        "Cut out the part from … to …",
        moments,
        value=(moments[third], moments[2 * third]),
        format_func=clock,
        key=f"pause-{stored.id}",
        help="As if the watch had been stopped meanwhile.",
    )
    _strip(read, [(float(first), float(last))], "Cut out")
    params = {"from_s": float(first), "to_s": float(last)}
    made = Correction(CorrectionKind.PAUSE, params, _why(stored, CorrectionKind.PAUSE))
    _preview(read, made, None)
    return _sent("Cut it out", made, stored, ready=last > first)


def _distance(stored: StoredSession, read: StoredSession) -> Correction | None:
    units = state.units()
    shown = units.distance_value(stored.facts.distance_m) or 0.0
    told = st.number_input(
        f"It was, in {units.length}",
        min_value=0.0,
        value=round(shown, 2),
        step=0.1,
        format="%.2f",
        key=f"distance-{stored.id}",
        help="Speed and steps are stretched with it; the time stays.",
    )
    made = Correction(
        CorrectionKind.DISTANCE, {"distance_m": told * units.metres}, _why(stored, CorrectionKind.DISTANCE)
    )
    return _sent("Set the distance", made, stored, ready=told > 0.0 and round(told, 2) != round(shown, 2))


def _clock(stored: StoredSession, read: StoredSession) -> Correction | None:
    what = st.segmented_control(
        "Which is wrong?", [_ZONE, _BEGAN], default=_ZONE, key=f"clock-what-{stored.id}", required=True
    )
    if what == _ZONE:
        zones = sorted(available_timezones())
        home = stored.athlete.time_zone
        zone = st.selectbox(
            "The runner was on the clock of",
            zones,
            index=zones.index(home) if home in zones else None,
            placeholder="Such as Europe/Berlin",
            key=f"zone-{stored.id}",
        )
        made = Correction(
            CorrectionKind.CLOCK, {} if zone is None else {"zone": zone}, _why(stored, CorrectionKind.CLOCK)
        )
        return _sent("Set the time zone", made, stored, ready=zone is not None)
    shown = stored.session.local_start
    left, right = st.columns(2)
    day = left.date_input("On", shown.date(), key=f"began-day-{stored.id}")
    at = right.time_input("At", shown.time().replace(microsecond=0), step=60, key=f"began-at-{stored.id}")
    reason = _why(stored, CorrectionKind.CLOCK)
    shift_s = shift_to(read, datetime.combine(day, at))
    made = Correction(CorrectionKind.CLOCK, {"shift_s": shift_s}, reason)
    return _sent("Set the clock", made, stored, ready=abs(shift_s) >= 1.0)


def _channel(stored: StoredSession, read: StoredSession) -> Correction | None:
    out = {one.params.get("channel") for one in stored.corrections if one.kind is CorrectionKind.CHANNEL_OUT}
    held = [name for name in _channels(read) if name not in out]
    if not held:
        st.caption("Every channel is left out already.")
        return None
    channel = st.selectbox(
        "Which is not to be trusted?",
        held,
        format_func=lambda name: capital(CHANNELS[name]),
        key=f"channel-{stored.id}",
        help="It counts as not measured, in every figure and every load.",
    )
    reason = _why(stored, CorrectionKind.CHANNEL_OUT)
    return _sent(
        "Leave it out", Correction(CorrectionKind.CHANNEL_OUT, {"channel": channel}, reason), stored, ready=True
    )


def _load(stored: StoredSession, read: StoredSession) -> Correction | None:
    left, right = st.columns(2)
    measure = left.selectbox(
        "Told in", MEASURES, format_func={"points": "points", "trimp": "TRIMP"}.__getitem__, key=f"load-in-{stored.id}"
    )
    value = right.number_input(
        "It was worth",
        min_value=0.0,
        max_value=MOST_LOAD,
        value=None,
        step=1.0,
        format="%.0f",
        key=f"load-{stored.id}",
        help="100 points are an hour at threshold. It stands before what is computed, and says so.",
    )
    reason = _why(stored, CorrectionKind.LOAD)
    params = {"measure": measure, "value": value if value is None else float(value)}
    return _sent("Set the load", Correction(CorrectionKind.LOAD, params, reason), stored, ready=value is not None)


def _channels(read: StoredSession) -> list[str]:
    """The channels that a recording holds, those of a corrected one too."""
    session = read.session
    borrowed = {name for one in read.corrections for name in (one.params.get("channels") or ())}
    found = []
    for name in CHANNELS:
        held = any(session.measured(column) for column in columns_of_channel(session.stream, name))
        by_table = name == "heart_rate_bpm" and session.totals.mean_heart_rate_bpm is not None
        if held or by_table or name in borrowed:
            found.append(name)
    return found


def _moments(read: StoredSession) -> list[int]:
    """Whole seconds to choose a moment from, at most some hundreds over the recording."""
    end = int(read.session.stream["t_s"].iloc[-1])
    step = next((s for s in _STEPS_S if end / s <= MOST_MOMENTS), max(end // MOST_MOMENTS, 1))
    return [*range(0, end, step), end]


def _strip(read: StoredSession, goes: list[tuple[float, float]], word: str) -> None:
    """The recording as it came, over its minutes, with what would go."""
    units = state.units()
    table = kept_table(read.session, units, goes)
    minutes = max(float(read.session.stream["t_s"].iloc[-1]) / 60.0, 0.1)
    said = ", ".join(
        f"from {clock(max(a, 0.0))} to {clock(min(b, 60 * minutes))}"
        for a, b in goes
        if min(b, 60 * minutes) > max(a, 0)
    )
    st.vega_lite_chart(
        table,
        kept_chart(minutes, units.length),
        width="stretch",
        alt=f"Speed over {minutes:.0f} minutes as recorded. {word}: {said or 'nothing'}.",
    )
    st.caption(f"How fast it was, as recorded; {word.lower()} is what is grey.")


def _preview(read: StoredSession, made: Correction, instead: CorrectionKind | None) -> None:
    """What would stay, in a sentence."""
    others = [one for one in read.corrections if one.kind is not instead]
    session = corrected(read.session, [*others, made])
    metres = distance_of(session)[0]
    st.markdown(f"What stays: **{state.units().distance(metres, 2)}** in **{duration(session.timer_s)}**.")


def _why(stored: StoredSession, kind: CorrectionKind) -> str:
    reason: str = st.text_input("Why?", key=f"why-{kind.name}-{stored.id}", placeholder=REASONS[kind])
    return reason


def _sent(label: str, made: Correction, stored: StoredSession, *, ready: bool) -> Correction | None:
    pressed = st.button(label, type="primary", disabled=not ready, key=f"send-{made.kind.name}-{stored.id}")
    return made if pressed else None


FORMS: dict[str, Form] = {
    "ends": Form("Beginning or end", _has_samples, _crop),
    "stretch": Form("A stretch in the middle", _has_samples, _pause),
    "distance": Form("Distance", lambda read: True, _distance),  # noqa: ARG005
    "clock": Form("Time zone or clock", lambda read: True, _clock),  # noqa: ARG005
    "channel": Form("A channel", lambda read: bool(_channels(read)), _channel),
    "load": Form("Its load", lambda read: True, _load),  # noqa: ARG005
}
"""Every question, by a name that stays."""

"""A correction on its way in: what it leaves open is filled in, and what cannot be meant is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from loadmon import evidence
from loadmon.correction import Correction, CorrectionKind
from loadmon.days import offset_in_zone
from loadmon.facts.sport import distance_of
from loadmon.readers.clock import LARGEST_OFFSET_S, check_zone
from loadmon.repair import corrected
from loadmon.repair.channels import POSITION, channel_words, columns_of_channel
from loadmon.repair.clock import ZONE
from loadmon.repair.cut import cut_of
from loadmon.repair.scale import INSTEAD_OF
from loadmon.repair.spikes import RULES
from loadmon.repair.words import number
from loadmon.session import OffsetOrigin, Session
from loadmon.store.sessions import StoredSession
from loadmon.store.squad import NotAValue
from loadmon.units import Units

MEASURES = ("points", "trimp")
"""What a load can be told in."""
MOST_LOAD = 5000.0
"""More than any session is worth: a day's race through the mountains comes to some hundreds of points."""
REASONS: dict[CorrectionKind, str] = {
    CorrectionKind.SPIKES: "They cannot be.",
    CorrectionKind.CADENCE_LOCK: "The two are the same numbers.",
    CorrectionKind.CHANNEL_OUT: "It was not to be trusted.",
    CorrectionKind.DISTANCE: "The watch had it wrong.",
    CorrectionKind.CROP: "The rest was no running.",
    CorrectionKind.PAUSE: "That was no running.",
    CorrectionKind.CLOCK: "The clock was another.",
    CorrectionKind.BORROW: "The other recording holds it.",
    CorrectionKind.LOAD: "Told by hand.",
    CorrectionKind.OWNER: "It was somebody else's.",
}
"""What stands for a reason where a person gave none."""


def checked(correction: Correction, read: StoredSession) -> Correction:
    """The correction as it is kept, complete.

    Parameters
    ----------
    correction : Correction
        As a person or a rule makes it.
    read : StoredSession
        The session it is for, as it was read, with its corrections beside it.

    Raises
    ------
    NotAValue
        If it names no such channel, nothing would be left, or no runner can have done it.
    UnknownZone
        If it names a time zone that there is not.
    """
    checks: dict[CorrectionKind, Callable[[Correction, StoredSession], Correction]] = {
        CorrectionKind.SPIKES: _spikes,
        CorrectionKind.CHANNEL_OUT: _channel,
        CorrectionKind.CADENCE_LOCK: _span,
        CorrectionKind.CROP: _span,
        CorrectionKind.PAUSE: _span,
        CorrectionKind.DISTANCE: _distance,
        CorrectionKind.CLOCK: _clock,
        CorrectionKind.LOAD: _load,
    }
    reason = correction.reason.strip() or REASONS[correction.kind]
    check = checks.get(correction.kind)
    made = replace(correction, reason=reason)
    return made if check is None else check(made, read)


def _spikes(correction: Correction, read: StoredSession) -> Correction:
    channel = str(correction.params.get("channel", ""))
    if channel not in RULES and channel != POSITION:
        told = ", ".join(channel_words(name) for name in (*RULES, POSITION))
        raise NotAValue("Nobody knows what a spike is in that channel.", f"Name one of: {told}.")
    return _channel(correction, read)


def _channel(correction: Correction, read: StoredSession) -> Correction:
    channel = str(correction.params.get("channel", ""))
    stream = read.session.stream
    held = [name for name in columns_of_channel(stream, channel) if read.session.measured(name)]
    by_table = channel == "heart_rate_bpm" and read.session.totals.mean_heart_rate_bpm is not None
    borrowed = any(channel in (c.params.get("channels") or ()) for c in read.corrections)
    told = channel == "distance_m" and read.session.totals.distance_m is not None
    if not held and not by_table and not borrowed and not told:
        words = channel_words(channel) or "such a channel"
        raise NotAValue(f"The recording holds no {words}.", "Choose one of those that it holds.")
    return correction


def _span(correction: Correction, read: StoredSession) -> Correction:
    first, last = (number(correction.params, name) for name in ("from_s", "to_s"))
    if not len(read.session.stream):
        raise NotAValue("The session comes out of a table and has no samples to cut.", "Tell its distance instead.")
    if first is None and last is None:
        raise NotAValue("No moment was named.", "Say from when or to when, counted from the start.")
    if first is not None and last is not None and last <= first:
        raise NotAValue("The end lies before the beginning.", "Name the earlier moment first.")
    if correction.kind in (CorrectionKind.CROP, CorrectionKind.PAUSE):
        span = (-1.0 if first is None else first, float("inf") if last is None else last)
        crop = correction.kind is CorrectionKind.CROP
        spans = [span] if not crop else []
        pauses = spans + [_told_span(c) for c in read.corrections if c.kind is CorrectionKind.PAUSE]
        crops = [c for c in read.corrections if c.kind is CorrectionKind.CROP]
        keep = span if crop else _told_span(crops[-1]) if crops else (-1.0, float("inf"))
        if cut_of(read.session, keep, pauses) is None:
            raise NotAValue("Nothing would be left of the recording.", "Leave the whole session out instead.")
    return correction


def _told_span(correction: Correction) -> tuple[float, float]:
    first, last = (number(correction.params, name) for name in ("from_s", "to_s"))
    return (-1.0 if first is None else first, float("inf") if last is None else last)


def _distance(correction: Correction, read: StoredSession) -> Correction:
    told = number(correction.params, "distance_m")
    if told is None or told <= 0.0:
        raise NotAValue("A distance is more than nothing.", "Give the distance that was run.")
    session = _but(read, CorrectionKind.DISTANCE)
    fastest = evidence.FASTEST_RUN_MPS.value
    if session.sport.is_running and session.moving_s > 0 and told > fastest * session.moving_s:
        words = Units().distance(told, 2)
        raise NotAValue(f"Nobody runs {words} in the time this session took.", "Check the distance and its unit.")
    params = dict(correction.params)
    if number(params, INSTEAD_OF) is None:
        shown = distance_of(session)[0]
        params |= {} if shown is None else {INSTEAD_OF: shown}
    return replace(correction, params=params)


def _clock(correction: Correction, read: StoredSession) -> Correction:
    params = dict(correction.params)
    zone, shift_s, offset_s = params.get(ZONE), number(params, "shift_s"), number(params, "utc_offset_s")
    if zone is None and shift_s is None and offset_s is None:
        raise NotAValue("Nothing was said of the clock.", "Name a time zone, or by how much the watch was wrong.")
    if offset_s is not None and abs(offset_s) > LARGEST_OFFSET_S:
        raise NotAValue("No clock is that far from UTC.", "Clocks lie between UTC-12 and UTC+14.")
    session = read.session
    if zone is not None:
        check_zone(str(zone))
    elif (
        shift_s is not None
        and offset_s is None
        and session.offset_origin is OffsetOrigin.USER
        and read.athlete.time_zone
    ):
        params[ZONE] = read.athlete.time_zone  # the clock of home may have changed to summer time in between
    moved = corrected(session, [replace(correction, params=params)])
    if shift_s and moved.start == session.start:
        raise NotAValue("The clock cannot be put there.", "Watches have recorded runs from 1991 on.")
    if zone is not None:
        # a zone alone is the clock of that place; beside a shift it only follows it
        told = offset_in_zone(moved.start, str(zone))
        params |= {"utc_offset_s": told} if told is not None and shift_s is None else {}
    return replace(correction, params=params)


def shift_to(read: StoredSession, began: datetime) -> float:
    """By how many seconds the watch's clock was slow, where the run really began at this time on the runner's own clock.

    Parameters
    ----------
    read : StoredSession
        The session as it was read.
    began : datetime
        Without a zone: the clock is the runner's own, in summer time or not, as it was that day.
    """
    session = read.session
    shift_s = (began - session.local_start.replace(tzinfo=None)).total_seconds()
    zones = [one for one in read.corrections if one.kind is CorrectionKind.CLOCK and not number(one.params, "shift_s")]
    made = _clock(Correction(CorrectionKind.CLOCK, {"shift_s": shift_s}), read)
    there = corrected(session, [*zones, made]).local_start.replace(tzinfo=None)
    return shift_s + (began - there).total_seconds()


def _load(correction: Correction, read: StoredSession) -> Correction:  # noqa: ARG001
    measure, value = correction.params.get("measure"), number(correction.params, "value")
    if measure not in MEASURES:
        raise NotAValue("A load is told in points or as TRIMP.", "Choose one of the two.")
    if value is None or not 0.0 <= value <= MOST_LOAD:
        raise NotAValue(f"A load lies between 0 and {MOST_LOAD:.0f}.", "An hour at threshold is 100 points.")
    return correction


def _but(read: StoredSession, kind: CorrectionKind) -> Session:
    """The session with its corrections but for those of one kind (and without what it borrows, as far as that matters)."""
    return corrected(read.session, [one for one in read.corrections if one.kind is not kind])

"""A session as it was read, with its corrections applied: in an order of their own, each leaving a word of what it did."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from loadmon.correction import Correction, CorrectionKind
from loadmon.repair.borrow import borrowed
from loadmon.repair.channels import channel_words, columns_of_channel, times_of_stream, values_of
from loadmon.repair.clock import clock_put_right
from loadmon.repair.cut import cut_of
from loadmon.repair.cut_session import cut_session
from loadmon.repair.laps import laps_told_anew
from loadmon.repair.scale import scaled
from loadmon.repair.spans import Span
from loadmon.repair.spikes import without_spikes
from loadmon.repair.words import NAMES, left_out_words, locked_words, number, oddity
from loadmon.session import Session
from loadmon.units import clock

ORDER: tuple[CorrectionKind, ...] = (
    CorrectionKind.CLOCK,  # other recordings are laid beside it by their time
    CorrectionKind.CADENCE_LOCK,  # names moments of the recording's own channels
    CorrectionKind.BORROW,
    CorrectionKind.SPIKES,  # whosever channel it is by now
    CorrectionKind.CHANNEL_OUT,  # the last word on a channel
    CorrectionKind.PAUSE,
    CorrectionKind.CROP,
    CorrectionKind.DISTANCE,  # of what is left
)
"""The order in which corrections are applied, whatever the order they were made in. Moments are always those of the
recording as it was read."""

Done = tuple[Session, str, int]
"""The session after a correction, what was done in one sentence, and how many samples it concerns."""


def corrected(session: Session, corrections: Sequence[Correction], others: Mapping[int, Session] = {}) -> Session:
    """The session as it stands after its corrections; every one of them leaves an oddity that says what it did and why.

    Parameters
    ----------
    session : Session
        As it was read.
    corrections : sequence of Correction
        Those in force, in any order. Kinds that concern no recording (``LOAD``, ``OWNER``) are passed over.
    others : mapping of session number to Session
        The recordings that channels are borrowed from, with their own corrections applied.

    Returns
    -------
    Session
        The same where there is nothing to correct. Never raises: what cannot be applied (no such channel, nothing would
        be left) leaves the session as it is and says so.
    """
    kinds: dict[CorrectionKind, list[Correction]] = {kind: [] for kind in ORDER}
    for correction in sorted(corrections, key=_key):
        if correction.kind in kinds and correction not in kinds[correction.kind]:
            kinds[correction.kind].append(correction)
    read = session
    for kind in ORDER[:5]:
        for correction in _that_count(kind, kinds[kind]):
            session = _told(correction, *_of_samples(session, correction, others))
    session = laps_told_anew(session, read)
    session = _cut(session, kinds[CorrectionKind.CROP], kinds[CorrectionKind.PAUSE])
    for correction in kinds[CorrectionKind.DISTANCE][-1:]:
        session = _told(correction, *scaled(session, correction.params))
    return session


def _key(correction: Correction) -> tuple[object, ...]:
    """Corrections in an order that does not depend on the one they are given in; of equals the one made last is last."""
    made = correction.created.timestamp() if correction.created else 0.0
    told = json.dumps(correction.params, sort_keys=True, default=str)
    return made, correction.id or 0, told, correction.other_id or 0, correction.reason, correction.made_by


def _that_count(kind: CorrectionKind, found: list[Correction]) -> list[Correction]:
    """All of them; of clocks the last that moves the watch's, and after it the last that names the runner's own."""
    if kind is not CorrectionKind.CLOCK:
        return found
    moves = [one for one in found if number(one.params, "shift_s")]
    names = [one for one in found if not number(one.params, "shift_s")]
    return [*moves[-1:], *names[-1:]]


def _of_samples(session: Session, correction: Correction, others: Mapping[int, Session]) -> Done:
    steps: dict[CorrectionKind, Callable[[], Done]] = {
        CorrectionKind.CLOCK: lambda: clock_put_right(session, correction.params),
        CorrectionKind.CADENCE_LOCK: lambda: _locked(session, correction),
        CorrectionKind.BORROW: lambda: _borrowed(session, correction, others),
        CorrectionKind.SPIKES: lambda: without_spikes(session, str(correction.params.get("channel", ""))),
        CorrectionKind.CHANNEL_OUT: lambda: _left_out(session, str(correction.params.get("channel", ""))),
    }
    return steps[correction.kind]()


def _locked(session: Session, correction: Correction) -> Done:
    """One of two channels that are each other's copy counts as not measured for that time."""
    first, last = _span(correction)
    t = times_of_stream(session.stream)
    channel = str(correction.params.get("channel", "cadence_spm"))
    here = (t >= first) & (t <= last)
    fresh = {
        name: np.where(here, np.nan, values_of(session.stream, name))
        for name in columns_of_channel(session.stream, channel)
    }
    count = int(max((np.isfinite(values_of(session.stream, n)[here]).sum() for n in fresh), default=0))
    what = (
        f"Cadence and heart rate are the same numbers from {clock(max(first, 0.0))} to {clock(min(last, _end(t)))}; "
        f"{locked_words(channel)}."
    )
    return replace(session, stream=session.stream.assign(**fresh)) if count else session, what, count


def _borrowed(session: Session, correction: Correction, others: Mapping[int, Session]) -> Done:
    channels = correction.params.get("channels", ())
    asked = [str(name) for name in channels] if isinstance(channels, list | tuple) else []
    words = ", ".join(channel_words(name) for name in asked) or "nothing"
    other = others.get(correction.other_id) if correction.other_id is not None else None
    if other is None:
        return session, f"The recording that {words} would come from is not there.", 0
    columns = [name for channel in asked for name in columns_of_channel(other.stream, channel)]
    fresh = borrowed(session, other, asked)
    there = [np.isfinite(values_of(fresh.stream, name)).sum() for name in columns if other.measured(name)]
    what = f"Taken from another recording of the same run ({other.device.label}): {words}."
    return fresh, what, int(max(there, default=0))


def _left_out(session: Session, channel: str) -> Done:
    """A channel counts as not measured, and so does what the device made of it."""
    stream = session.stream
    columns = columns_of_channel(stream, channel)
    fresh = {name: np.full(len(stream), np.nan) for name in columns if session.measured(name)}
    count = int(max((np.isfinite(values_of(stream, name)).sum() for name in fresh), default=0))
    totals = session.totals
    if channel == "heart_rate_bpm":
        totals = replace(totals, mean_heart_rate_bpm=None, max_heart_rate_bpm=None)
    elif channel == "cadence_spm":
        totals = replace(totals, mean_cadence_spm=None)
    elif channel == "distance_m":
        totals = replace(totals, distance_m=None)
    elif channel == "altitude_m":
        totals = replace(totals, ascent_m=None)
    what = f"{left_out_words(channel)}: it counts as not measured."
    return replace(session, stream=stream.assign(**fresh), totals=totals), what, count


def _cut(session: Session, crops: Sequence[Correction], pauses: Sequence[Correction]) -> Session:
    """All crops and pauses at once: their moments are those of the recording as it was read."""
    if not crops and not pauses:
        return session
    t = times_of_stream(session.stream)
    keeps = [_span(correction) for correction in crops]
    gone = [_span(correction) for correction in pauses]
    keep = (max((k[0] for k in keeps), default=-np.inf), min((k[1] for k in keeps), default=np.inf))
    cut = cut_of(session, keep, [span for span in gone if span[1] > span[0]])
    if cut is None:
        for correction in (*crops, *pauses):
            session = _told(correction, session, "Nothing would be left of the recording, so nothing was cut.", 0)
        return session
    fresh = cut_session(cut)
    for correction, (first, last) in zip(crops, keeps, strict=True):
        what = (
            f"Only the part from {clock(max(first, 0.0))} to {clock(min(last, _end(t)))} counts; the rest was cut off."
        )
        fresh = _told(correction, fresh, what, int(np.count_nonzero((t < first) | (t > last))))
    for correction, (first, last) in zip(pauses, gone, strict=True):
        what = f"From {clock(max(first, 0.0))} to {clock(min(last, _end(t)))} was no running and was cut out."
        fresh = _told(correction, fresh, what, int(np.count_nonzero((t > first) & (t < last))))
    return fresh


def _span(correction: Correction) -> Span:
    """From when to when; the beginning and the end of the recording where it is not told."""
    first, last = (number(correction.params, name) for name in ("from_s", "to_s"))
    return (-np.inf if first is None else first, np.inf if last is None else last)


def _end(t: np.ndarray) -> float:
    return float(t[-1]) if len(t) else 0.0


def _told(correction: Correction, session: Session, what: str, count: int) -> Session:
    """The session with an oddity that says what a correction did and why."""
    return replace(session, oddities=(*session.oddities, oddity(NAMES[correction.kind], what, correction, count)))

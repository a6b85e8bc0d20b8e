"""A correction in words, as a page and a command say it."""

from __future__ import annotations

from loadmon.correction import Correction, CorrectionKind, MadeBy
from loadmon.repair.channels import channel_words
from loadmon.repair.clock import ZONE, signed_offset
from loadmon.repair.scale import INSTEAD_OF
from loadmon.repair.words import number
from loadmon.units import Units, clock, duration


def said(correction: Correction, units: Units | None = None) -> str:
    """What a correction does, in a few words; moments are those of the recording as it was read.

    Parameters
    ----------
    correction : Correction
    units : Units | None
        How the reader wants distances; kilometres where it is not told.
    """
    params, kind = correction.params, correction.kind
    units = units or Units()
    channel = channel_words(str(params.get("channel", "cadence_spm")))
    if kind is CorrectionKind.SPIKES:
        words = f"spikes in {channel} left out"
    elif kind is CorrectionKind.CADENCE_LOCK:
        words = f"{channel} left out {_between(correction)}, where cadence and heart rate are one"
    elif kind is CorrectionKind.CHANNEL_OUT:
        words = f"{channel} left out"
    elif kind is CorrectionKind.DISTANCE:
        before = number(params, INSTEAD_OF)
        words = f"distance {units.distance(number(params, 'distance_m'), 2)}"
        words += "" if before is None else f" instead of {units.distance(before, 2)}"
    elif kind is CorrectionKind.CROP:
        words = f"only the part {_between(correction)} counts"
    elif kind is CorrectionKind.PAUSE:
        words = f"cut out {_between(correction)}"
    elif kind is CorrectionKind.CLOCK:
        words = _clock(correction)
    elif kind is CorrectionKind.BORROW:
        told = params.get("channels") or ()
        words = f"{', '.join(channel_words(str(name)) for name in told) or 'nothing'} from another recording"
    elif kind is CorrectionKind.LOAD:
        unit = "TRIMP" if params.get("measure") == "trimp" else "points"
        value = number(params, "value")
        words = f"load told: {'?' if value is None else f'{value:g}'} {unit}"
    else:
        words = "another runner's"
    return f"{words[:1].upper()}{words[1:]}"


def made_by(correction: Correction) -> str:
    """Who made a correction."""
    return "by rule" if correction.made_by is MadeBy.RULE else "by hand"


def _between(correction: Correction) -> str:
    first, last = (number(correction.params, name) for name in ("from_s", "to_s"))
    return f"from {clock(max(first or 0.0, 0.0))} to {'the end' if last is None else clock(last)}"


def _clock(correction: Correction) -> str:
    shift_s, offset_s = (number(correction.params, name) for name in ("shift_s", "utc_offset_s"))
    zone = correction.params.get(ZONE)
    told = []
    if shift_s:
        told.append(f"watch's clock put {'forward' if shift_s > 0 else 'back'} by {_long(abs(shift_s))}")
    if offset_s is not None:
        place = f" ({str(zone).replace('_', ' ')})" if zone else ""
        told.append(f"runner's own clock {signed_offset(int(offset_s))}{place}")
    return ", ".join(told) or "clock"


def _long(seconds: float) -> str:
    """A time that may be years long."""
    days = seconds / 86_400
    return f"{days:,.0f} days" if days >= 2 and abs(days - round(days)) < 1e-6 else duration(seconds)

"""Why a figure is missing where a correction took its channel away: not for want of a sensor."""

from __future__ import annotations

from loadmon.measure import (
    ALTITUDE_LEFT_OUT,
    CADENCE_LEFT_OUT,
    CHANNEL_LEFT_OUT,
    HEART_RATE_LEFT_OUT,
    HEART_RATE_PART_LEFT_OUT,
    HEART_RATE_SPARSE,
    MISSING_CONTACT,
    NO_ALTITUDE,
    NO_CADENCE,
    NO_HEART_RATE,
    NO_POWER,
    NO_SPEED,
    NOT_MEASURED,
    POWER_LEFT_OUT,
    SPEED_COVERAGE,
    SPEED_LEFT_OUT,
    TOO_FEW_WINDOWS,
    WINDOWS_6,
)
from loadmon.repair.channels import CHANNELS
from loadmon.repair.words import left_out, left_out_in_part
from loadmon.session import Session

_LACK_OF: dict[str, tuple[tuple[str, str], ...]] = {
    NO_HEART_RATE: (("heart_rate_bpm", HEART_RATE_LEFT_OUT),),
    NO_CADENCE: (("cadence_spm", CADENCE_LEFT_OUT),),
    TOO_FEW_WINDOWS: (("cadence_spm", CADENCE_LEFT_OUT),),  # no window at all without a cadence
    WINDOWS_6: (("cadence_spm", CADENCE_LEFT_OUT),),
    NO_SPEED: (("speed_mps", SPEED_LEFT_OUT), ("distance_m", SPEED_LEFT_OUT)),
    SPEED_COVERAGE: (("speed_mps", SPEED_LEFT_OUT), ("distance_m", SPEED_LEFT_OUT)),
    NO_ALTITUDE: (("altitude_m", ALTITUDE_LEFT_OUT),),
    NO_POWER: (("power_w", POWER_LEFT_OUT),),
    MISSING_CONTACT: (("stance_time_s", CHANNEL_LEFT_OUT),),
}
"""By the code that says a channel is not there: the channels it may speak of, and what to say where one was left out."""
_IN_PART = frozenset({NO_HEART_RATE, HEART_RATE_SPARSE})


def true_reason(code: str | None, session: Session, channel: str = "") -> str | None:
    """The reason why a figure is missing, where it is that a correction left its channel out; else the same as told.

    Parameters
    ----------
    code : str | None
        A code of ``loadmon.measure``; None where there is none.
    session : Session
        With its corrections applied: their oddities say what was left out.
    channel : str
        Of which a code speaks that is told of several (not measured).
    """
    if code is None:
        return None
    lacks = ((channel, CHANNEL_LEFT_OUT),) if code == NOT_MEASURED and channel in CHANNELS else _LACK_OF.get(code, ())
    for name, told in lacks:
        if left_out(session, name):
            return told
    if code in _IN_PART and left_out_in_part(session, "heart_rate_bpm"):
        return HEART_RATE_PART_LEFT_OUT
    return code

"""What corrections say of themselves beside a session."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from loadmon.correction import Correction, CorrectionKind, MadeBy
from loadmon.repair.channels import channel_words
from loadmon.session import Oddity, Session

NAMES: dict[CorrectionKind, str] = {
    CorrectionKind.SPIKES: "spikes left out",
    CorrectionKind.CADENCE_LOCK: "cadence and heart rate alike",
    CorrectionKind.CHANNEL_OUT: "channel left out",
    CorrectionKind.DISTANCE: "distance corrected",
    CorrectionKind.CROP: "cropped",
    CorrectionKind.PAUSE: "stretch cut out",
    CorrectionKind.CLOCK: "clock put right",
    CorrectionKind.BORROW: "channels borrowed",
}
"""The oddity that each kind of correction leaves beside a session."""
SUGGESTED = {kind: f"{kind.value} suggested" for kind in NAMES}
"""What the report of an import says of a file for which a correction of this kind is suggested."""
TAKES_OUT = frozenset({CorrectionKind.CHANNEL_OUT, CorrectionKind.CADENCE_LOCK})
"""Kinds after which a channel counts as not measured, wholly or for a while."""
DISTANCE_CORRECTED = NAMES[CorrectionKind.DISTANCE]
CHANNEL_LEFT_OUT = NAMES[CorrectionKind.CHANNEL_OUT]


def oddity(name: str, what: str, correction: Correction, count: int = 0) -> Oddity:
    """What was corrected, by whom and why, in one line beside the session."""
    by = "By rule" if correction.made_by is MadeBy.RULE else "By hand"
    reason = sentence(correction.reason)
    return Oddity(name, f"{what} {by}{f': {reason}' if reason else '.'}", count)


def sentence(reason: str) -> str:
    """A reason as the end of a sentence; nothing of nothing."""
    words = reason.strip()
    return words if not words or words[-1] in ".!?…" else f"{words}."


def left_out(session: Session, channel: str) -> bool:
    """Whether a correction left a channel out of a session."""
    begins = left_out_words(channel)
    return any(one.name == CHANNEL_LEFT_OUT and one.detail.startswith(begins) for one in session.oddities)


def left_out_in_part(session: Session, channel: str) -> bool:
    """Whether a correction left a channel out where cadence and heart rate were one number."""
    ends = locked_words(channel)
    return any(one.name == NAMES[CorrectionKind.CADENCE_LOCK] and ends in one.detail for one in session.oddities)


def locked_words(channel: str) -> str:
    """What the oddity of two channels that are one number says of the copy."""
    return f"{channel_words(channel)} counts as not measured there"


def left_out_words(channel: str) -> str:
    """How the oddity of a channel that was left out begins."""
    words = channel_words(channel)
    return f"{words[:1].upper()}{words[1:]} was left out"


def number(params: Mapping[str, Any], name: str) -> float | None:
    """A finite number of a correction's; None where it is not told or is none."""
    value = params.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)

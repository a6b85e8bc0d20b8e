"""A correction: what a person or a rule changed about a session as it was read, why, and how it is taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class CorrectionKind(StrEnum):
    """What a correction does. ``params`` hold, by name and in SI units, what stands beside each."""

    SPIKES = "spikes"
    """Values that cannot be are left out: ``channel`` (a stream column, or ``position``)."""
    CADENCE_LOCK = "cadence locked to heart rate"
    """Cadence and heart rate are one number written twice, and the copy is left out: ``from_s``, ``to_s`` (seconds from the
    start), and ``channel``, which of the two it is (``cadence_spm`` where it is not told)."""
    CHANNEL_OUT = "channel left out"
    """A channel counts as not measured: ``channel``."""
    DISTANCE = "distance"
    """The distance run is another, the stream is scaled to it: ``distance_m``, and ``instead_of_m``, what stood there when
    it was told."""
    CROP = "crop"
    """Only the part between two moments belongs to the session: ``from_s``, ``to_s``."""
    PAUSE = "pause"
    """A stretch in the middle was no running and is cut out: ``from_s``, ``to_s``."""
    CLOCK = "clock"
    """The runner's own clock was another: ``utc_offset_s``; or the watch's was wrong: ``shift_s``. ``zone`` beside either
    names the time zone by whose rules the clock goes on that day."""
    BORROW = "channels of another recording"
    """Channels come from another recording of the same run (``other_id``): ``channels`` (a list)."""
    LOAD = "load"
    """What the session was worth is told by a person: ``measure`` (``points``, ``trimp``), ``value``."""
    OWNER = "owner"
    """It was somebody else's: ``from_athlete``, ``to_athlete`` (numbers of runners)."""


class MadeBy(StrEnum):
    """Who made a correction."""

    RULE = "rule"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of one session.

    Parameters
    ----------
    kind : CorrectionKind
    params : dict
        As the kind says; plain values only.
    reason : str
        One sentence for the screen: why it was made.
    made_by : MadeBy
    other_id : int | None
        The other recording, where channels are borrowed from it.
    id : int | None
        Its number in the store, once it is there.
    created, removed : datetime | None
        When it was made and, if so, taken back.
    """

    kind: CorrectionKind
    params: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    made_by: MadeBy = MadeBy.PERSON
    other_id: int | None = None
    id: int | None = None
    created: datetime | None = None
    removed: datetime | None = None

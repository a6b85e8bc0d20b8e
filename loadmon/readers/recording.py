"""A recording: what one format's reader hands over before anything is interpreted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from loadmon import __version__
from loadmon.session import Device, DeviceTotals, Oddity, Sport, Wearer

Column = npt.NDArray[np.float64]
READER = f"loadmon {__version__}"
"""Written beside every session: which reader read it."""


@dataclass(slots=True)
class Lap:
    """One lap as declared: ``start_s`` in Unix seconds, the rest in SI units; None where nothing was declared."""

    start_s: float
    elapsed_s: float | None = None
    timer_s: float | None = None
    distance_m: float | None = None
    mean_heart_rate_bpm: float | None = None
    max_heart_rate_bpm: float | None = None
    strides_per_min: float | None = None
    ascent_m: float | None = None


@dataclass(slots=True)
class TimerEvent:
    """The watch's timer was started or stopped: ``kind`` is ``start``, ``stop`` or ``stop_all``."""

    at_s: float
    kind: str


@dataclass(slots=True)
class Recording:
    """One activity as a format's reader found it: file order, nothing dropped, SI units.

    Parameters
    ----------
    unix_s : array of float64, shape (n,)
        Unix seconds of each sample; NaN where a sample carries no usable time.
    columns : dict of str to array, shape (n,)
        Columns of ``STREAM_COLUMNS`` without ``t_s`` and ``cadence_spm``, NaN for missing; beside them
        ``strides_per_min`` (one foot's cadence, as watches store it) and developer fields as ``app:name``.
    unknown_sport : str or None
        What the file calls the sport, where that is no sport that loadmon knows.
    file_offset_s : int or None
        Seconds of local time over UTC, if the file itself says so.
    offset_told_at_s : float or None
        Unix seconds at which the file said so; None for the start.
    strides_per_min : float or None
        The device's declared mean cadence of one foot for the whole session.
    rebase_distance : bool
        True if the distance column may go on from a part before (second leg of a multisport file).
    rr_s : array, shape (k,)
        Seconds between heartbeats in file order.
    """

    unix_s: Column
    columns: dict[str, Column]
    sport: Sport = Sport.UNKNOWN
    sub_sport: str | None = None
    unknown_sport: str | None = None
    device: Device = field(default_factory=Device)
    wearer: Wearer = field(default_factory=Wearer)
    totals: DeviceTotals = field(default_factory=DeviceTotals)
    strides_per_min: float | None = None
    laps: list[Lap] = field(default_factory=list)
    events: list[TimerEvent] = field(default_factory=list)
    file_offset_s: int | None = None
    offset_told_at_s: float | None = None
    rebase_distance: bool = False
    rr_s: Column = field(default_factory=lambda: np.empty(0))
    oddities: list[Oddity] = field(default_factory=list)


def hashed_serial(serial: object) -> str | None:
    """A watch's serial number as a short fingerprint: tells two watches apart without showing the number.

    It is no secret and no protection: there are few serial numbers, so who has the fingerprint can find the number by
    trying them all. The originals, which are kept unchanged, hold the number itself.
    """
    text = str(serial).strip() if serial not in (None, 0, "") else ""
    if not text or text in ("0", "0.0"):
        return None
    return hashlib.blake2b(text.encode(), digest_size=8, person=b"loadmon-serial").hexdigest()

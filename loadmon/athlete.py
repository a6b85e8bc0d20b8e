"""An athlete: who ran, where home is, and the thresholds that hold from a date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Threshold:
    """One measured or estimated limit of a runner, valid from a day on until a later one replaces it.

    Parameters
    ----------
    kind : str
        ``max_heart_rate_bpm``, ``rest_heart_rate_bpm``, ``threshold_heart_rate_bpm``,
        ``threshold_speed_mps``, ``mass_kg`` or ``height_m``.
    value : float
        In the unit the kind's name ends in.
    valid_from : date
        First local day on which it holds.
    """

    kind: str
    value: float
    valid_from: date


@dataclass(frozen=True, slots=True)
class Athlete:
    """A runner as loadmon knows them.

    Parameters
    ----------
    id : int
        The store's number for the runner.
    name : str
        As the squad calls them.
    time_zone : str | None
        IANA zone of home, used only where neither file nor position tells the local time.
    squad : str | None
        The group they train with.
    is_sample : bool
        True for the made-up runners of the sample squad.
    """

    id: int
    name: str
    time_zone: str | None = None
    squad: str | None = None
    is_sample: bool = False
    thresholds: tuple[Threshold, ...] = field(default=())

    def threshold(self, kind: str, on: date) -> float | None:
        """The value of ``kind`` that held on a day, or None if none was known by then."""
        known = [t for t in self.thresholds if t.kind == kind and t.valid_from <= on]
        return max(known, key=lambda t: t.valid_from).value if known else None

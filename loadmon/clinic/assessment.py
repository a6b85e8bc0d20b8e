"""An assessment: what a clinician measured of one runner on one day, how, and what the runner feels and has run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

SIDES = ("left", "right", "both")
SURFACES = ("treadmill", "overground")
FATIGUE = ("fresh", "tired", "exhausted")
LEAST_STEPS = 7
"""Steps that are averaged for an angle seen on video (Dingenen 2018, 10.1016/j.ptsp.2018.06.009)."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One value as it was measured.

    Parameters
    ----------
    measure : str
        A name of the clinical knowledge's measures.
    value : float | str
        In the measure's unit, or one of its words.
    side : str
        ``left``, ``right`` (the stance side, for gait) or ``both``.
    method : str
        How it was measured: a key of the knowledge's confidence.
    watch : float | None
        What the watch told, where a person told it otherwise.
    """

    measure: str
    value: float | str
    side: str
    method: str
    watch: float | None = None


@dataclass(frozen=True, slots=True)
class Symptom:
    """A sore tissue.

    Parameters
    ----------
    tissue, side : str
    pain_running, pain_rest, pain_morning : float | None
        0 to 10; None where nobody asked.
    bony_tenderness : bool
        Sore on one spot of bone under the finger.
    """

    tissue: str
    side: str
    pain_running: float | None = None
    pain_rest: float | None = None
    pain_morning: float | None = None
    bony_tenderness: bool = False


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How and by whom it was looked at.

    Parameters
    ----------
    day : date
    assessor : str
    speed_mps : float | None
        Of the measurement: an easy one, or the provoking one.
    provoking_speed_mps : float | None
        The speed at which it hurts or form fades, if that was looked at too; its values are an assessment of their own.
    slope_pct : float | None
    surface : str | None
        One of ``SURFACES``.
    shoes : str
    frames_per_second, steps_averaged : int | None
    fatigue : str | None
        One of ``FATIGUE``.
    pain_during : float | None
        0 to 10 while it was measured: a sore runner runs otherwise.
    """

    day: date
    assessor: str
    speed_mps: float | None = None
    provoking_speed_mps: float | None = None
    slope_pct: float | None = None
    surface: str | None = None
    shoes: str = ""
    frames_per_second: int | None = None
    steps_averaged: int | None = None
    fatigue: str | None = None
    pain_during: float | None = None

    @property
    def at_provoking_speed(self) -> bool:
        """True where the values are of the speed at which it hurts or form fades."""
        return self.speed_mps is not None and self.speed_mps == self.provoking_speed_mps


@dataclass(frozen=True, slots=True)
class Person:
    """What of the runner the reasoning needs; None where it is not known.

    ``clinician`` is who goes along with a runner under 16 or of unknown age; empty where nobody is named.
    """

    age: int | None = None
    height_m: float | None = None
    previous_bone_stress: bool = False
    low_energy_suspected: bool = False
    clinician: str = ""


@dataclass(frozen=True, slots=True)
class RecentLoad:
    """What the runner has run lately; None where it is not known.

    Parameters
    ----------
    weekly_m : float | None
        Metres a week.
    week_change_pct : float | None
        The last seven days against the weeks before.
    spike_band : str | None
        The longest step of a run against the 30 days before it: one of ``loadmon.load.spike.BANDS``.
    """

    weekly_m: float | None = None
    week_change_pct: float | None = None
    spike_band: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything of one assessment.

    Parameters
    ----------
    athlete_id : int
    circumstances : Circumstances
    person : Person
    measured : tuple of Measured
    symptoms : tuple of Symptom
    load : RecentLoad
    red_flags : tuple of str
        Those of the knowledge's signs that are there.
    note : str
    gone : tuple of (tissue, side)
        What was sore at an earlier assessment, was asked about and does not hurt any more.
    """

    athlete_id: int
    circumstances: Circumstances
    person: Person = Person()
    measured: tuple[Measured, ...] = ()
    symptoms: tuple[Symptom, ...] = ()
    load: RecentLoad = RecentLoad()
    red_flags: tuple[str, ...] = ()
    note: str = ""
    gone: tuple[tuple[str, str], ...] = ()

    def of(self, measure: str, side: str | None = None) -> Measured | None:
        """A measure of this side (any, if None); None where it was not measured."""
        return next((one for one in self.measured if one.measure == measure and side in (None, one.side)), None)

    def only(self, *, without: frozenset[str]) -> Assessment:
        """The same without some measures."""
        return replace(self, measured=tuple(one for one in self.measured if one.measure not in without))


def overlap(one: str, other: str) -> bool:
    """True where two sides have a leg in common."""
    return "both" in (one, other) or one == other

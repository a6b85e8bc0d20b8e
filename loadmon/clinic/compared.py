"""Two assessments side by side: "changed" only where the difference is more than the method can be off by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from loadmon import evidence
from loadmon.clinic.assessment import LEAST_STEPS, Assessment, Measured
from loadmon.clinic.knowledge import Knowledge

LIKE_SPEED_MPS = evidence.CLINIC_LIKE_SPEED_MPS.value
LIKE_SLOPE_PCT = evidence.CLINIC_LIKE_SLOPE_PCT.value
PHYSICAL = "physical_tests"
SURFACE_WORDS = {"treadmill": "on a treadmill", "overground": "overground"}
NOT_TOLD = "not told"
SEEN_ONLY = ("visual_only",)


class Change(StrEnum):
    """What can be said of one measure of two assessments."""

    CHANGED = "changed"
    NOT_TOLD_APART = "no change that can be told"
    NO_LIMIT_KNOWN = "smallest detectable difference not known"
    NOT_ALIKE = "not measured alike"
    OTHER_ANSWER = "another answer"
    SAME_ANSWER = "the same answer"
    ONLY_BEFORE = "only before"
    ONLY_NOW = "only now"


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure of one side in two assessments.

    Parameters
    ----------
    measure, side : str
    before, now : Measured | None
    difference : float | None
        Now less before; None for words, or where one is missing.
    change : Change
    towards : str | None
        ``better`` or ``worse`` where it changed and the knowledge says which way is which.
    why : str
        What the answer rests on.
    """

    measure: str
    side: str
    before: Measured | None
    now: Measured | None
    difference: float | None
    change: Change
    towards: str | None
    why: str


def compared(before: Assessment, now: Assessment, known: Knowledge) -> tuple[Compared, ...]:
    """Every measure of either assessment, in the order of the form.

    Parameters
    ----------
    before, now : Assessment
        Of one runner.
    known : Knowledge

    References
    ----------
    Smallest detectable differences: Dingenen 2018, 10.1016/j.ptsp.2018.06.009, for 2-D video averaged over at least seven steps.
    """
    rows = []
    for name in known.entered():
        for side in ("left", "right", "both"):
            earlier, later = before.of(name, side), now.of(name, side)
            if earlier or later:
                rows.append(_one(name, side, earlier, later, (before, now), known))
    return tuple(rows)


def smallest_detectable(measure: str, known: Knowledge) -> float | None:
    """The smallest change of a measure that can be told, in its unit; None where nobody has measured it."""
    return known.measure[measure].smallest_detectable


def _one(
    name: str,
    side: str,
    before: Measured | None,
    now: Measured | None,
    both: tuple[Assessment, Assessment],
    known: Knowledge,
) -> Compared:
    if before is None or now is None:
        return Compared(
            name, side, before, now, None, Change.ONLY_NOW if before is None else Change.ONLY_BEFORE, None, ""
        )
    measure = known.measure[name]
    if measure.words is not None:
        same = before.value == now.value
        if not same and measure.domain != PHYSICAL and (otherwise := looked_otherwise(*both)):
            return Compared(name, side, before, now, None, Change.NOT_ALIKE, None, otherwise)
        words = "Seen, not measured: nobody knows how often two looks differ." if not same else ""
        return Compared(name, side, before, now, None, Change.SAME_ANSWER if same else Change.OTHER_ANSWER, None, words)
    difference = float(now.value) - float(before.value)
    if unlike := _unlike(before, now, both, physical=measure.domain == PHYSICAL):
        return Compared(name, side, before, now, difference, Change.NOT_ALIKE, None, unlike)
    least = smallest_detectable(name, known)
    if least is not None and measure.domain != PHYSICAL and (short := _not_as_studied(before, both)):
        return Compared(name, side, before, now, difference, Change.NO_LIMIT_KNOWN, None, short)
    if least is None:
        return Compared(
            name, side, before, now, difference, Change.NO_LIMIT_KNOWN, None, "How large a change must be is not known."
        )
    if abs(difference) <= least:
        return Compared(
            name, side, before, now, difference, Change.NOT_TOLD_APART, None, f"Up to {least:g} may be chance."
        )
    worse = None if measure.worse is None else (difference > 0) == (measure.worse == "high")
    towards = None if worse is None else "worse" if worse else "better"
    return Compared(
        name, side, before, now, difference, Change.CHANGED, towards, f"More than the {least:g} that may be chance."
    )


def _not_as_studied(measured: Measured, both: tuple[Assessment, Assessment]) -> str:
    """Why the smallest detectable difference, known for video over seven steps, does not hold here; empty where it does."""
    if measured.method in SEEN_ONLY:
        return "How large a change must be is known for video, not for the eye."
    if any((one.circumstances.steps_averaged or 0) < LEAST_STEPS for one in both):
        return f"How large a change must be is known for the mean of {LEAST_STEPS} steps or more."
    return ""


def _unlike(before: Measured, now: Measured, both: tuple[Assessment, Assessment], *, physical: bool) -> str:
    if before.method != now.method:
        return "Measured in two ways."
    if physical:
        return ""
    speeds = [one.circumstances.speed_mps for one in both]
    if speeds[0] is None or speeds[1] is None:
        return "The speed of one was not told."
    return looked_otherwise(*both)


def looked_otherwise(before: Assessment, now: Assessment) -> str:
    """In what two assessments are known to have looked at running that is not alike: speed, surface, slope; empty otherwise."""
    one, other = before.circumstances, now.circumstances
    speeds, slopes = (one.speed_mps, other.speed_mps), (one.slope_pct, other.slope_pct)
    if speeds[0] is not None and speeds[1] is not None and abs(speeds[0] - speeds[1]) > LIKE_SPEED_MPS + 1e-9:
        return f"Measured at {speeds[0]:g} and {speeds[1]:g} m/s."
    if one.surface and other.surface and one.surface != other.surface:
        return f"Measured {SURFACE_WORDS[one.surface]} and {SURFACE_WORDS[other.surface]}."
    if slopes[0] is not None and slopes[1] is not None:
        if abs(slopes[0] - slopes[1]) > LIKE_SLOPE_PCT + 1e-9:
            return f"Measured at a slope of {slopes[0]:g} and {slopes[1]:g} %.".replace("-", "\N{MINUS SIGN}")
    elif any(abs(slope) > LIKE_SLOPE_PCT for slope in slopes if slope is not None):
        return "One was measured on a slope, and that of the other was not told."
    return ""


def unlike_besides(before: Assessment, now: Assessment) -> str:
    """What else differed between two assessments, so that a change may be of it; empty where nothing is known to.

    Other shoes, another fatigue or more pain do not forbid a comparison, which is often made for their sake; they are said.
    """
    one, other = before.circumstances, now.circumstances
    told = []
    if _words(one.shoes) != _words(other.shoes):
        told.append(f"shoes ({one.shoes or NOT_TOLD}, then {other.shoes or NOT_TOLD})")
    if one.fatigue != other.fatigue:
        told.append(f"fatigue ({one.fatigue or NOT_TOLD}, then {other.fatigue or NOT_TOLD})")
    if one.surface != other.surface and not (one.surface and other.surface):
        told.append(f"surface ({one.surface or NOT_TOLD}, then {other.surface or NOT_TOLD})")
    if (one.slope_pct is None) != (other.slope_pct is None):
        told.append("slope (told of one only)")
    if not told:
        return ""
    return f"Not the same, or not told: {'; '.join(told)}. A difference in how the runner runs may be of that."


def _words(shoes: str) -> str:
    return " ".join(shoes.casefold().split())

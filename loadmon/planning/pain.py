"""How a run was borne: pain during, within the hour and the next morning, graded green, amber, red or stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from loadmon.planning.return_rules import PainLimits, Profile, ReturnRules, default_return_rules
from loadmon.refusal import Refusal

HIGHEST_PAIN = 10.0
BETTER_THAN = 2
"""Weeks whose pain is compared before a rise is told."""


AT_ANOTHER_TIME = "at another time of the day"
HIDDEN_SIGN = "hidden sign"
HIDDEN_WORDS = "a sign that stops a plan; which, is between runner and clinician"


class ImpossiblePain(Refusal):
    """A pain entry that cannot be: outside 0 to 10, or flags nobody knows."""

    name = "impossible pain"


class Grade(StrEnum):
    """What the pain of a run means for the next step."""

    GREEN = "GREEN"
    AMBER = "AMBER"
    RED = "RED"
    STOP = "STOP_REVIEW"


@dataclass(frozen=True, slots=True)
class RunPain:
    """What a runner told of one run; None for what nobody told.

    Parameters
    ----------
    during, after, morning : float | None
        0 to 10: the worst of the run, of the hour after it, of the first half hour of the next day.
    baseline_morning : float
        The runner's usual morning, 0 to 10.
    settle_min : float | None
        Minutes until pain after the run was gone.
    flags : frozenset of str
        Red flags that were told, by their key in the rules.
    other : float | None
        0 to 10: the worst told of another time, from the day of the run until the next one.
    place : str
        Where it hurt, as it was told; empty where nobody said.
    """

    during: float | None = None
    after: float | None = None
    morning: float | None = None
    baseline_morning: float = 0.0
    settle_min: float | None = None
    flags: frozenset[str] = frozenset()
    other: float | None = None
    place: str = ""

    def checked(self, rules: ReturnRules | None = None) -> RunPain:
        """The same, if it can be.

        Raises
        ------
        ImpossiblePain
            Pain outside 0 to 10, a negative time, or a flag that the rules do not know.
        """
        rules = rules or default_return_rules()
        told = (self.during, self.after, self.morning, self.baseline_morning, self.other)
        if any(value is not None and not 0.0 <= value <= HIGHEST_PAIN for value in told):
            raise ImpossiblePain("Pain is told from 0 to 10.", "0 is none, 10 the worst there is.")
        if self.settle_min is not None and not 0.0 <= self.settle_min <= 7 * 24 * 60:
            raise ImpossiblePain("Pain settles within 0 minutes and a week.", "Give the minutes until it was gone.")
        if odd := self.flags - rules.red_flag.keys() - {HIDDEN_SIGN}:
            raise ImpossiblePain(f"Nobody knows the sign “{min(odd)}”.", "Choose from the list.")
        return self


@dataclass(frozen=True, slots=True)
class GradedPain:
    """A grade with what it rests on; ``grade`` is None while something is still to be told, and ``waits_for`` says what."""

    grade: Grade | None
    reasons: tuple[str, ...]
    waits_for: tuple[str, ...] = ()


def graded(pain: RunPain, profile: Profile, rules: ReturnRules | None = None) -> GradedPain:
    """What the pain of one run means. What is not told yet never counts as none: a run is green only when all is known.

    Parameters
    ----------
    pain : RunPain
    profile : Profile
    rules : ReturnRules, optional

    References
    ----------
    Limits of patellofemoral pain by Esculier et al. 2018, of tendons by Silbernagel et al. 2007; the rest a loadmon convention.
    """
    rules = rules or default_return_rules()
    pain = pain.checked(rules)
    rise = None if pain.morning is None else pain.morning - pain.baseline_morning
    told = (("during the run", pain.during), ("in the hour after", pain.after), ("the next morning", pain.morning))
    stop = [sign_words(flag, rules) for flag in sorted(pain.flags)]
    stop += [
        f"pain {value:g} of 10 {when}"
        for when, value in (*told, (AT_ANOTHER_TIME, pain.other))
        if value is not None and value >= rules.value("stop_pain")
    ]
    if stop:
        return GradedPain(Grade.STOP, _placed(stop, pain))
    over_amber = _over(pain, rise, profile.amber, bone=profile.bone)
    if over_amber:
        return GradedPain(Grade.RED, _placed(over_amber, pain))
    missing = tuple(when for when, value in told if value is None)
    # none in the hour after: it had settled before anybody could count minutes
    may_last = pain.after if pain.after is not None else pain.during
    if profile.green.settle_min is not None and pain.settle_min is None and may_last:
        missing = (*missing, "how long it took to settle")
    over_green = _over(pain, rise, profile.green, bone=profile.bone)
    if over_green:  # counts at once; what is still to be told can only make it graver
        return GradedPain(Grade.AMBER, _placed(over_green, pain), missing)
    if missing:
        return GradedPain(None, (), missing)
    return GradedPain(Grade.GREEN, ("pain within the limits of this tissue",))


def sign_words(flag: str, rules: ReturnRules) -> str:
    """A sign that stops a plan, in words; to those who may not read which, only that there is one."""
    return HIDDEN_WORDS if flag == HIDDEN_SIGN else rules.red_flag[flag]


def rises_weekly(weeks: Sequence[float | None]) -> bool:
    """True where the mean pain of the last week with any entry is above that of the one before; weeks oldest first."""
    known = [week for week in weeks if week is not None]
    return len(known) >= BETTER_THAN and known[-1] > known[-2]


def _placed(reasons: Sequence[str], pain: RunPain) -> tuple[str, ...]:
    """The reasons, with the place that was told: what hurts elsewhere counts too, and a clinician sees that it does."""
    return tuple(f"{one} ({pain.place})" if pain.place else one for one in reasons)


def _over(pain: RunPain, rise: float | None, limits: PainLimits, *, bone: bool) -> tuple[str, ...]:
    """What went beyond these limits, in words."""
    found = []
    if pain.during is not None and pain.during > limits.during:
        found.append(f"pain {pain.during:g} during the run, above {limits.during:g}")
    if pain.after is not None and pain.after > limits.after:
        found.append(f"pain {pain.after:g} in the hour after, above {limits.after:g}")
    if rise is not None and rise > limits.morning:
        found.append(f"{rise:g} above the usual morning, more than {limits.morning:g}")
    if limits.settle_min is not None and pain.settle_min is not None and pain.settle_min > limits.settle_min:
        found.append(f"{pain.settle_min:g} minutes to settle, more than {limits.settle_min:g}")
    # bone has to be without pain at every time, not of a run only (loadmon convention)
    if bone and pain.other is not None and pain.other > limits.after:
        found.append(f"pain {pain.other:g} {AT_ANOTHER_TIME}, above {limits.after:g}")
    return tuple(found)

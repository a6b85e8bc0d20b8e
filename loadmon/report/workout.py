"""A training session to be run by the watch: steps with an end and a target, and repeats of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from loadmon.refusal import ImpossibleWorkout

MOST_STEPS = 50
"""Steps that ordinary watches take, repeats counted as one step more (loadmon convention; Garmin's limit is 50)."""
_ADVICE = "Change the step and write the workout again."


class Intensity(StrEnum):
    """What a step is for."""

    ACTIVE = "active"
    REST = "rest"
    WARM_UP = "warm-up"
    COOL_DOWN = "cool-down"


class TargetKind(StrEnum):
    """What the runner is to keep within a range."""

    SPEED = "speed"
    HEART_RATE = "heart rate"
    CADENCE = "cadence"


@dataclass(frozen=True, slots=True)
class Target:
    """A range to keep: metres a second, beats a minute, or steps of both feet a minute."""

    kind: TargetKind
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a workout; it ends after a time, after a distance, or (neither given) when the runner says so.

    Parameters
    ----------
    seconds, metres : float or None
        At most one of them.
    target : Target or None
        Nothing to keep if None.
    name : str
        A word or two on the watch's screen.
    """

    seconds: float | None = None
    metres: float | None = None
    target: Target | None = None
    intensity: Intensity = Intensity.ACTIVE
    name: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Steps to be run several times over."""

    times: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Workout:
    """A whole training session, named, with its steps in order."""

    name: str
    parts: tuple[Step | Repeat, ...]

    def checked(self) -> Workout:
        """The same workout, if a watch can hold it.

        Raises
        ------
        ImpossibleWorkout
            No step, too many, an end or a target that makes no sense.
        """
        n = sum(1 + len(part.steps) if isinstance(part, Repeat) else 1 for part in self.parts)
        if not n:
            raise ImpossibleWorkout("The workout has no step.", "Add at least one step.")
        if n > MOST_STEPS:
            raise ImpossibleWorkout(f"The workout has {n} steps; watches take {MOST_STEPS}.", "Use repeats.")
        for part in self.parts:
            if isinstance(part, Repeat) and (not part.steps or not 2 <= part.times <= 99):
                raise ImpossibleWorkout("A repeat needs steps, and 2 to 99 rounds.", _ADVICE)
        for step in self.steps():
            _check(step)
        return self

    def steps(self) -> Iterator[Step]:
        """Every step once, those inside repeats too."""
        for part in self.parts:
            yield from part.steps if isinstance(part, Repeat) else (part,)


def _check(step: Step) -> None:
    if step.seconds is not None and step.metres is not None:
        raise ImpossibleWorkout("A step cannot end after a time and after a distance.", _ADVICE)
    for value, most, words in (
        (step.seconds, 86_400.0, "a time up to a day"),
        (step.metres, 500_000.0, "up to 500 km"),
    ):
        if value is not None and not 0 < value <= most:
            raise ImpossibleWorkout(f"A step must last {words}.", _ADVICE)
    if step.target is not None:
        lowest, highest, words = _RANGES[step.target.kind]
        if not lowest <= step.target.low <= step.target.high <= highest:
            raise ImpossibleWorkout(f"A range of {step.target.kind} lies within {words}.", _ADVICE)


_RANGES = {
    TargetKind.SPEED: (0.3, 13.0, "0.3 to 13 metres a second, the lower bound first"),
    TargetKind.HEART_RATE: (30.0, 230.0, "30 to 230 beats a minute, the lower bound first"),
    TargetKind.CADENCE: (60.0, 240.0, "60 to 240 steps a minute, the lower bound first"),
}

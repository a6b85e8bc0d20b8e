"""A planned run as a workout for the watch and as text for intervals.icu: walks, repeats, strides."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO

from loadmon.planning.ladder import COOL_DOWN, RUN, STRIDE, WALK, WARM_UP, Segment
from loadmon.planning.planned_run import WALK_RUN, PlannedRun
from loadmon.planning.return_plan import ReturnPlan
from loadmon.report.fit_workout import fit_workout
from loadmon.report.workout import Intensity, Repeat, Step, Target, TargetKind, Workout

_NAMES = {RUN: "Run", WALK: "Walk", WARM_UP: "Walk", COOL_DOWN: "Walk", STRIDE: "Stride"}
_INTENSITIES = {
    RUN: Intensity.ACTIVE,
    STRIDE: Intensity.ACTIVE,
    WALK: Intensity.REST,
    WARM_UP: Intensity.WARM_UP,
    COOL_DOWN: Intensity.COOL_DOWN,
}
Part = tuple[int, tuple[Segment, ...]]


def parts_of(run: PlannedRun) -> tuple[Part, ...]:
    """The segments of a run as stretches and repeats of two: how often, and what; nothing is nested."""
    left, found = list(run.segments), list[Part]()
    while left:
        pair, times = tuple(left[:2]), 1
        while len(pair) == 2 and tuple(left[2 * times : 2 * times + 2]) == pair:
            times += 1
        if times > 1:
            found.append((times, pair))
            left = left[2 * times :]
        else:
            found.append((1, (left.pop(0),)))
    return tuple(found)


def workout_of(run: PlannedRun, cadence_spm: tuple[float, float] | None = None) -> Workout:
    """A planned run for the watch.

    Parameters
    ----------
    run : PlannedRun
    cadence_spm : (float, float), optional
        Steps a minute of both feet to keep while running, least and most.

    Raises
    ------
    ImpossibleWorkout
        As ``Workout.checked`` tells it.
    """
    target = None if cadence_spm is None else Target(TargetKind.CADENCE, *cadence_spm)

    def step(segment: Segment) -> Step:
        keeps = target if segment.kind == RUN else None
        return Step(segment.seconds, target=keeps, intensity=_INTENSITIES[segment.kind], name=_NAMES[segment.kind])

    parts: list[Step | Repeat] = []
    for times, segments in parts_of(run):
        steps = tuple(step(one) for one in segments)
        parts += [Repeat(times, steps)] if times > 1 else steps
    return Workout(watch_name(run), tuple(parts)).checked()


def watch_name(run: PlannedRun) -> str:
    """A name that a watch does not cut off: it has 19 letters."""
    told = f"{run.run_s / 60.0:g} min"
    return f"Stage {run.stage}: {told}" if run.phase == WALK_RUN else f"Run {told}{', strides' if run.fast_s else ''}"


def zipped_workouts(plan: ReturnPlan, *, made: datetime, cadence_spm: tuple[float, float] | None = None) -> bytes:
    """A ZIP archive with a FIT file for each kind of session still ahead, in their order.

    Parameters
    ----------
    plan : ReturnPlan
    made : datetime
        Now, aware.
    cadence_spm : (float, float), optional
        Steps a minute of both feet to keep while running, least and most.
    """
    kinds: dict[str, PlannedRun] = {}
    for run in plan.ahead:
        if run.on_hold is None:
            kinds.setdefault(run.title, run)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, run in enumerate(kinds.values(), start=1):
            strides = "-strides" if run.fast_s else ""
            name = f"{number:02d}-stage-{run.stage}-{run.run_s / 60:g}-min{strides}.fit"
            archive.writestr(name, fit_workout(workout_of(run, cadence_spm), made=made, serial=number))
    return out.getvalue()


def intervals_text(run: PlannedRun) -> str:
    """A planned run as intervals.icu reads it: headings, ``8x`` before what is repeated, a line a step.

    No pace is a target, here as little as on the watch: what a run back may be is told by its length and by pain.

    Parameters
    ----------
    run : PlannedRun
    """

    def line(segment: Segment) -> str:
        return f"- {_NAMES[segment.kind]} {_duration(segment.seconds)}"

    sections = []
    for times, segments in parts_of(run):
        head = (
            f"{times}x" if times > 1 else {WARM_UP: "Warmup", COOL_DOWN: "Cooldown"}.get(segments[0].kind, "Main Set")
        )
        sections.append("\n".join([head, *(line(one) for one in segments)]))
    return "\n\n".join(sections) + "\n"


def _duration(seconds: float) -> str:
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    return (f"{minutes}m" if minutes else "") + (f"{rest}s" if rest or not minutes else "")

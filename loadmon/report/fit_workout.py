"""A workout as a FIT file that sports watches take from their ``NewFiles`` or ``Workouts`` folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from loadmon.readers.fit_profile import EPOCH_S
from loadmon.report.fit_message import STRING_SIZE, Layout, fit_file
from loadmon.report.workout import Intensity, Repeat, Step, Target, TargetKind, Workout

_WORKOUT_FILE, _RUNNING, _DEVELOPMENT = 5, 1, 255
_TIME, _DISTANCE, _OPEN_END, _REPEAT = 0, 1, 5, 6
_NO_TARGET, _CUSTOM = 2, 0
_TARGETS: dict[TargetKind, tuple[int, float, float]] = {
    TargetKind.SPEED: (0, 1000.0, 0.0),
    # below 100 the protocol means a share of the highest heart rate
    TargetKind.HEART_RATE: (1, 1.0, 100.0),
    # a watch counts one foot
    TargetKind.CADENCE: (3, 0.5, 0.0),
}
"""The protocol's number of a target, and what turns our unit into its own: times the one, plus the other."""
_INTENSITIES = {Intensity.ACTIVE: 0, Intensity.REST: 1, Intensity.WARM_UP: 2, Intensity.COOL_DOWN: 3}

_FILE_ID = Layout(0, 0, ((0, "enum"), (1, "uint16"), (2, "uint16"), (3, "uint32z"), (4, "uint32")))
_WORKOUT = Layout(1, 26, ((4, "enum"), (5, "uint32z"), (6, "uint16"), (8, "string")))
_STEP = Layout(
    2, 27,
    ((254, "uint16"), (0, "string"), (1, "enum"), (2, "uint32"), (3, "enum"), (4, "uint32"), (5, "uint32"),
     (6, "uint32"), (7, "enum")),
)  # fmt: skip


def fit_workout(workout: Workout, *, made: datetime, serial: int = 1) -> bytes:
    """The workout as a FIT file: what it is, its name, and its steps, a repeat behind the steps that it repeats.

    Parameters
    ----------
    workout : Workout
    made : datetime
        When it was written, aware; watches show it and tell two files apart by it.
    serial : int
        Any number from 1 on; watches use it together with ``made``.

    Returns
    -------
    bytes
        A whole file with both checksums.

    Raises
    ------
    ImpossibleWorkout
        No watch could hold it.
    """
    rows = list(_steps(workout.checked()))
    stamp = int(made.timestamp()) - EPOCH_S
    body = b"".join(
        (
            _FILE_ID.definition(),
            _FILE_ID.rows(1, {0: _WORKOUT_FILE, 1: _DEVELOPMENT, 2: 0, 3: serial, 4: stamp}),
            _WORKOUT.definition(),
            _WORKOUT.rows(1, {4: _RUNNING, 6: len(rows), 8: _cut(workout.name)}),
            _STEP.definition(),
            *(_STEP.rows(1, row) for row in rows),
        )
    )
    return fit_file(body)


def _steps(workout: Workout) -> Iterator[dict[int, Any]]:
    index = 0
    for part in workout.parts:
        first = index
        for step in part.steps if isinstance(part, Repeat) else (part,):
            yield {254: index, 0: _cut(step.name), 7: _INTENSITIES[step.intensity]} | _end(step) | _target(step.target)
            index += 1
        if isinstance(part, Repeat):
            yield {254: index, 1: _REPEAT, 2: first, 4: part.times}
            index += 1


def _end(step: Step) -> dict[int, Any]:
    if step.seconds is not None:
        return {1: _TIME, 2: step.seconds * 1000.0}
    if step.metres is not None:
        return {1: _DISTANCE, 2: step.metres * 100.0}
    return {1: _OPEN_END}


def _target(target: Target | None) -> dict[int, Any]:
    if target is None:
        return {3: _NO_TARGET}
    number, scale, offset = _TARGETS[target.kind]
    return {3: number, 4: _CUSTOM, 5: target.low * scale + offset, 6: target.high * scale + offset}


def _cut(text: str) -> str:
    """As much of a text as fits the file, never half a letter."""
    return text.encode()[: STRING_SIZE - 1].decode(errors="ignore")

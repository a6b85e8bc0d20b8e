"""Workouts of ours, read back by three libraries that know nothing of each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from loadmon.readers import read
from loadmon.readers.fit_crc import crc16
from loadmon.refusal import ImpossibleWorkout, NoActivity
from loadmon.report.fit_workout import fit_workout
from loadmon.report.workout import Intensity, Repeat, Step, Target, TargetKind, Workout
from tests.report.fit_libraries import LIBRARIES

MADE = datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
INTERVALS = Workout(
    "5 x 1 km",
    (
        Step(seconds=900.0, intensity=Intensity.WARM_UP, name="Easy",
             target=Target(TargetKind.HEART_RATE, 110, 135)),
        Repeat(5, (
            Step(metres=1000.0, target=Target(TargetKind.SPEED, 3.9, 4.1), name="Fast"),
            Step(seconds=90.5, intensity=Intensity.REST),
        )),
        Step(metres=2500.0, target=Target(TargetKind.CADENCE, 170, 181)),
        Step(intensity=Intensity.COOL_DOWN),
    ),
)  # fmt: skip
TYPES = {"time": 0, "distance": 1, "open": 5, "repeat_until_steps_cmplt": 6}
TARGETS = {"speed": 0, "heart_rate": 1, "open": 2, "cadence": 3}
INTENSITIES = {"active": 0, "rest": 1, "warmup": 2, "cooldown": 3}


def number(value: Any, words: dict[str, int]) -> Any:
    return words.get(value, value) if isinstance(value, str) else value


def read_back(library: str, workout: Workout) -> list[dict[str, Any]]:
    """The steps in one shape: libraries give what is meant under different names."""
    out = []
    for step in LIBRARIES[library](fit_workout(workout, made=MADE))["workout_step"]:
        value = {k: v for k, v in step.items() if v is not None}
        out.append(
            {
                "index": value["message_index"],
                "name": value.get("wkt_step_name"),
                "end": number(value.get("duration_type"), TYPES),
                "target": number(value.get("target_type"), TARGETS),
                "intensity": number(value.get("intensity"), INTENSITIES),
                "seconds": value.get("duration_time"),
                "metres": value.get("duration_distance"),
                "first": value.get("duration_step"),
                "times": value.get("repeat_steps"),
                "speed": (value.get("custom_target_speed_low"), value.get("custom_target_speed_high")),
                "heart": (value.get("custom_target_heart_rate_low"), value.get("custom_target_heart_rate_high")),
                "cadence": (value.get("custom_target_cadence_low"), value.get("custom_target_cadence_high")),
            }
        )
    return out


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_step_comes_back(library: str) -> None:
    none = (None, None)
    rest: dict[str, Any] = {
        "name": None, "seconds": None, "metres": None, "first": None, "times": None, "speed": none, "heart": none,
        "cadence": none,
    }  # fmt: skip
    assert read_back(library, INTERVALS) == [
        rest
        | {"index": 0, "name": "Easy", "end": 0, "seconds": 900.0, "target": 1, "heart": (210, 235), "intensity": 2},
        rest
        | {"index": 1, "name": "Fast", "end": 1, "metres": 1000.0, "target": 0, "speed": (3.9, 4.1), "intensity": 0},
        rest | {"index": 2, "end": 0, "seconds": 90.5, "target": 2, "intensity": 1},
        rest | {"index": 3, "end": 6, "first": 1, "times": 5, "target": None, "intensity": None},
        rest | {"index": 4, "end": 1, "metres": 2500.0, "target": 3, "cadence": (85, 90), "intensity": 0},
        rest | {"index": 5, "end": 5, "target": 2, "intensity": 3},
    ]


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_file_says_what_it_is(library: str) -> None:
    messages = LIBRARIES[library](fit_workout(INTERVALS, made=MADE, serial=77))
    (file_id,), (workout,) = messages["file_id"], messages["workout"]
    assert file_id["type"] in ("workout", 5)
    assert file_id["serial_number"] == 77
    assert file_id["time_created"] == MADE.replace(tzinfo=None)
    assert workout["wkt_name"] == "5 x 1 km"
    assert workout["num_valid_steps"] == 6
    assert workout["sport"] in ("running", 1)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_long_name_is_cut_between_letters(library: str) -> None:
    (workout,) = LIBRARIES[library](fit_workout(replace(INTERVALS, name="Läufe über fünf Höhen"), made=MADE))["workout"]
    assert workout["wkt_name"] == "Läufe über fünf "  # 19 bytes; the two of the next letter do not fit


def test_both_checksums_are_right_and_the_same_workout_gives_the_same_bytes() -> None:
    data = fit_workout(INTERVALS, made=MADE)
    assert crc16(data[:14]) == 0
    assert crc16(data) == 0
    assert data == fit_workout(INTERVALS, made=MADE)
    assert data != fit_workout(replace(INTERVALS, name="6 x 1 km"), made=MADE)


def test_we_say_ourselves_that_it_is_a_plan_and_no_run() -> None:
    with pytest.raises(NoActivity, match="workout"):
        read(fit_workout(INTERVALS, made=MADE), "plan.fit")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((), "no step"),
        ((Step(),) * 51, "51 steps"),
        ((Repeat(1, (Step(),)),), "2 to 99"),
        ((Repeat(3, ()),), "2 to 99"),
        ((Step(seconds=60.0, metres=100.0),), "after a time and"),
        ((Step(seconds=0.0),), "up to a day"),
        ((Step(metres=-5.0),), "500 km"),
        ((Step(seconds=float("nan")),), "up to a day"),
        ((Step(target=Target(TargetKind.SPEED, 4.0, 3.0)),), "lower bound first"),
        ((Repeat(2, (Step(target=Target(TargetKind.HEART_RATE, 10, 120)),)),), "30 to 230"),
    ],
)
def test_what_no_watch_could_hold_is_refused(parts: tuple[Step | Repeat, ...], words: str) -> None:
    with pytest.raises(ImpossibleWorkout, match=words):
        fit_workout(Workout("x", parts), made=MADE)

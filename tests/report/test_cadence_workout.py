"""Retraining sessions as watch workouts: the range is a live target for as long as feedback is on, and not a second more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.retraining import Session, schedule
from loadmon.report.cadence_workout import cadence_range_spm, cadence_workout, watch_name
from loadmon.report.fit_workout import STRING_SIZE
from loadmon.report.workout import Repeat, Step, TargetKind, Workout
from tests.report.test_fit_workout import LIBRARIES, TARGETS, read_back

SESSIONS = [one for dose in default_knowledge().dose for one in schedule(dose, default_knowledge())]


def spread(workout: Workout) -> list[Step]:
    """Every step as often as it is run."""
    out = list[Step]()
    for part in workout.parts:
        out += part.steps * part.times if isinstance(part, Repeat) else (part,)
    return out


@given(st.floats(120, 220))
def test_the_range_holds_the_target_and_can_be_counted_by_one_foot(target: float) -> None:
    low, high = cadence_range_spm(target)
    assert low <= target - 2
    assert target + 2 <= high
    assert low % 2 == high % 2 == 0
    assert high - low <= 8


@pytest.mark.parametrize("session", SESSIONS, ids=lambda one: f"{one.number}-{one.feedback_share}")
def test_minutes_and_feedback_are_those_of_the_schedule(session: Session) -> None:
    steps = spread(cadence_workout(session, 163.0))
    main = steps[1:-1]
    assert [one.target for one in (steps[0], steps[-1])] == [None, None]
    assert sum(one.seconds or 0 for one in main) == pytest.approx(60 * session.minutes, abs=3)
    shown = sum(one.seconds or 0 for one in main if one.target)
    assert shown == pytest.approx(60 * session.feedback_minutes, abs=3)
    targets = {one.target for one in main if one.target}
    assert [(t.kind, t.low, t.high) for t in targets if t] == [(TargetKind.CADENCE, 160.0, 166.0)]


@pytest.mark.parametrize("library", LIBRARIES)
def test_watches_read_the_range_in_steps_of_one_foot(library: str) -> None:
    steps = read_back(library, cadence_workout(SESSIONS[4], 163.0))
    told = [step["cadence"] for step in steps if step["target"] == TARGETS["cadence"]]
    assert len(told) == 1
    assert set(told) == {(80, 83)}


def test_no_name_is_cut_off_on_a_watch_and_none_is_twice_in_a_schedule() -> None:
    for target in (145.0, 163.0, 219.6):
        for dose in default_knowledge().dose:
            workouts = [cadence_workout(one, target) for one in schedule(dose, default_knowledge())]
            names = [one.name for one in workouts]
            assert len(set(names)) == len(names)
            steps = [step.name for one in workouts for step in spread(one)]
            assert max(len(name.encode()) for name in (*names, *steps)) < STRING_SIZE
    assert watch_name(SESSIONS[0], 172.0) == "Steps 172, no. 1"

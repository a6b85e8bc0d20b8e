"""Running and walking found in a stream, and a day's running beside the run that was planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from loadmon.days import day_words
from loadmon.planning.bouts import bouts
from loadmon.planning.done import Done, done_of, together
from loadmon.planning.ladder import RUN, WALK, ladder
from loadmon.planning.matching import like_stage, matched, planned_bouts
from loadmon.planning.planned_run import PlannedRun
from loadmon.planning.pre_injury import given_level
from loadmon.planning.return_plan import return_plan
from loadmon.planning.return_rules import default_return_rules
from loadmon.planning.way_back import ReturnOrder

RULES = default_return_rules()
START = date(2025, 9, 1)


def runs_of(profile: str) -> tuple[PlannedRun, ...]:
    order = ReturnOrder(1, profile, START, given_level(40_000.0, 2.8, 4.0), "Eva Lind", successes=1)
    by_stage = {run.stage: run for run in return_plan(order, [], START).runs}
    return tuple(by_stage[stage.number] for stage in ladder(RULES.profile[profile], RULES))


def stream(run: PlannedRun, step_s: float = 1.0, seed: int = 0, noise: float = 0.25) -> tuple[np.ndarray, ...]:
    """What a watch records of a planned run: speed lags behind by some seconds, and both are noisy."""
    random = np.random.default_rng(seed)
    t = np.arange(0.0, run.total_s, step_s)
    speed, cadence = np.full(len(t), 1.5), np.full(len(t), 112.0)
    for bout in planned_bouts(run):
        if bout.kind == RUN:
            inside = (t >= bout.start_s + 3) & (t < bout.start_s + bout.seconds + 3)
            speed[inside], cadence[inside] = 2.8, 164.0
    return t, speed + random.normal(0, noise, len(t)), cadence + random.normal(0, 6, len(t))


@pytest.mark.parametrize("profile", ["tendon", "bone_low_risk"])
@pytest.mark.parametrize("step_s", [1.0, 4.0])
def test_every_stage_is_found_again_in_a_noisy_stream(profile: str, step_s: float) -> None:
    stages = ladder(RULES.profile[profile], RULES)
    for run in runs_of(profile):
        found = bouts(*stream(run, step_s, seed=run.stage))
        done = done_of(run.day, found)
        stage = stages[run.stage - 1]
        assert done.runs == stage.times
        assert done.run_s == pytest.approx(stage.running_s, rel=0.06, abs=30 if step_s > 1 else 10)
        assert like_stage(done, stages) == run.stage


def test_speed_or_cadence_alone_will_do_and_neither_tells_nothing() -> None:
    run = runs_of("tendon")[0]
    t, speed, cadence = stream(run)
    nothing = np.full(len(t), np.nan)
    assert done_of(START, bouts(t, nothing, cadence)).runs == 8
    assert done_of(START, bouts(t, speed, nothing)).runs == 8
    assert bouts(t, nothing, nothing) == ()
    assert bouts(t[:1], speed[:1], cadence[:1]) == ()
    gone = speed.copy()
    gone[::7] = np.nan
    assert done_of(START, bouts(t, gone, nothing)).runs == 8
    assert [one.kind for one in bouts(t, speed, cadence)][:2] == [WALK, RUN]


def test_a_day_of_running_belongs_to_its_planned_run_or_to_the_one_beside_it() -> None:
    planned, stages = runs_of("tendon")[:3], ladder(RULES.profile["tendon"], RULES)
    first, second, third = planned

    def done(day: date, run_s: float, runs: int, middle: float) -> Done:
        return Done(day, run_s, 600.0, runs, middle)

    beside = second.day + timedelta(days=1)
    lines = matched(
        planned,
        [
            done(first.day, 300.0, 5, 60.0),
            done(beside, 720.0, 12, 60.0),
            done(third.day + timedelta(days=2), 3000.0, 1, 3000.0),
        ],
        stages,
        third.day + timedelta(days=3),
    )
    assert [line.words for line in lines] == [
        "5 min running in 5 pieces, less than planned",
        f"12 min running in 12 pieces, as planned, on {day_words(beside)}",
        "not recorded",
        "50 min running in 1 piece, not planned",
    ]
    assert [line.like_stage for line in lines] == [1, 2, None, 11]
    assert matched(planned, [], stages, first.day - timedelta(days=1)) == ()
    held = matched((replace(first, on_hold="pain"),), [done(first.day, 480.0, 8, 60.0)], stages, first.day)
    assert "while the plan was on hold" in held[0].words


def test_two_recordings_of_a_day_are_one() -> None:
    parts = [Done(START, 240.0, 60.0, 4, 60.0, 700.0), Done(START, 240.0, 60.0, 4, 60.0, None)]
    assert together(parts) == Done(START, 480.0, 120.0, 8, 60.0, None)


def test_two_recordings_of_a_day_are_one_run_with_the_longer_pieces() -> None:
    one, other = Done(START, 300.0, 60.0, 5, 60.0, 900.0), Done(START, 600.0, 30.0, 2, 300.0, 1800.0)
    for parts in ([one, other], [other, one]):
        assert together(parts) == Done(START, 900.0, 90.0, 7, 300.0, 2700.0)
    assert together([one, replace(other, run_m=None)]).run_m is None

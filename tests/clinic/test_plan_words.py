"""The plan in words: one schedule everywhere, one target at a time, every line with its source, and a file that says whose it is."""

from __future__ import annotations

import wave
from io import BytesIO

import pytest

from loadmon.clinic.assessment import Measured, Symptom
from loadmon.clinic.correction_plan import CorrectionPlan, correction_plan
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.metronome import click_times, click_track
from loadmon.clinic.plan_line import source_of
from loadmon.clinic.plan_words import plan_lines, plan_text, sessions_words
from loadmon.clinic.reasoning import reason
from loadmon.report.cadence_workout import cadence_workout
from loadmon.report.workout import Repeat, Step, Workout
from tests.clinic.made import an_assessment, assessment_of, measured, vignettes

KNOWN = default_knowledge()
LOW, USUAL = measured("cadence_spm", 150.0), measured("cadence_spm", 168.0)
OVERSTRIDES, DROPS = measured("tibia_angle_ic_deg", 12.0), measured("cpd_deg", 9.0, "left")


def plan(*values: Measured, sore: tuple[Symptom, ...] = ()) -> CorrectionPlan:
    return correction_plan(reason(an_assessment(*values, symptoms=sore), KNOWN), KNOWN)


def running(workout: Workout) -> tuple[float, float]:
    """Seconds of running between warm-up and cool-down, and how many of them have a target."""
    flat: list[Step] = []
    for part in workout.parts[1:-1]:
        flat += part.steps * part.times if isinstance(part, Repeat) else (part,)
    return sum(one.seconds or 0.0 for one in flat), sum(one.seconds or 0.0 for one in flat if one.target is not None)


@pytest.mark.parametrize("values", [(LOW,), (USUAL, OVERSTRIDES), (USUAL, DROPS), (LOW, OVERSTRIDES, DROPS)])
def test_text_watch_and_sound_are_made_of_one_schedule(values: tuple[Measured, ...]) -> None:
    told = plan(*values)
    assert told.cadence is not None
    sessions = told.cadence_sessions
    assert sessions_words(sessions) in plan_text(told, KNOWN)
    for one in sessions:
        seconds, shown = running(cadence_workout(one, told.cadence.target_spm))
        assert seconds == pytest.approx(60 * one.minutes, abs=2)
        assert shown == pytest.approx(60 * one.feedback_minutes, abs=2)
    last = sessions[-1]
    clicks = click_times(told.cadence.target_spm, 60 * last.minutes, share=last.feedback_share)
    assert len(clicks) == pytest.approx(told.cadence.target_spm * last.feedback_minutes, abs=last.minutes)
    with wave.open(BytesIO(click_track(told.cadence.target_spm, 60.0, share=last.feedback_share))) as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(60.0, abs=0.1)


def test_cadence_comes_first_where_it_is_the_aim_and_the_other_target_after_it_holds() -> None:
    told = plan(USUAL, OVERSTRIDES)
    assert told.retraining.by_cadence
    assert told.cadence_sessions == told.retraining.sessions
    text = plan_text(told, KNOWN)
    assert "It is the first target of the retraining below: one at a time." in text
    assert "after this block holds: tibia vertical" in text
    assert "Target: cadence 176 steps a minute" in text


def test_cadence_comes_after_where_it_only_helps() -> None:
    told = plan(USUAL, DROPS)
    assert not told.retraining.by_cadence
    assert told.retraining.of == ("contralateral_pelvic_drop", "left")
    text = plan_text(told, KNOWN)
    assert "in the block after, once that holds" in text
    assert "after this block holds: cadence 176 steps a minute" in text


@pytest.mark.parametrize("name", vignettes())
def test_every_rule_of_the_plan_has_its_source(name: str) -> None:
    told = correction_plan(reason(assessment_of(vignettes()[name]), KNOWN), KNOWN)
    bare = [line for lines in plan_lines(told, KNOWN).values() for line in lines if not source_of(line)]
    allowed = ("For: ", "Sessions then: ", "Begins once running", "Nothing to retrain", "None follows")
    assert [line for line in bare if not line.startswith(allowed)] == []
    sources = [source_of(line) for lines in plan_lines(told, KNOWN).values() for line in lines]
    assert "loadmon convention" in sources
    assert any("quoted from memory" in source for source in sources)  # the doses of strength


def test_the_file_says_whose_it_is_from_which_day_and_by_whom_and_by_which_limits() -> None:
    text = plan_text(plan(LOW, OVERSTRIDES), KNOWN, runner="Ana")
    head = text.split("\n\n")[0].splitlines()
    assert head[:4] == [
        "Correction plan",
        "Runner: Ana",
        "Assessed on 2 March 2026 by Dr Osei",
        f"Knowledge: {KNOWN.version}",
    ]
    assert "no diagnosis" in head[4]
    assert "no diagnosis" in text.rstrip().splitlines()[-1]
    assert "Limits by which it was found" in text
    assert "Cadence below what speed" in text.split("Limits by which it was found")[1]


def test_retraining_says_how_often_how_long_and_what_to_expect() -> None:
    text = plan_text(plan(LOW), KNOWN)
    assert "8 faded sessions, 3–4 a week over 2–3 weeks, 192 min in all" in text
    assert "higher effort at first" in text
    assert 177 <= plan(LOW).retraining.total_minutes <= 196

"""What was told beside the values is read again: pain, signs, the runner, and what was left open."""

from __future__ import annotations

from dataclasses import replace

from loadmon.clinic.assessment import Person, RecentLoad, Symptom
from loadmon.clinic.how_it_was import how_it_was, symptom_words
from loadmon.clinic.knowledge import default_knowledge
from tests.clinic.made import an_assessment, measured

KNOWN = default_knowledge()
TIBIA = KNOWN.tissue["tibia"].name


def test_everything_that_was_asked_is_there_with_its_number() -> None:
    one = an_assessment(
        measured("cadence_spm", 168.0),
        person=Person(31, 1.78, True, True),
        symptoms=(Symptom("tibia", "left", 6.0, 1.0, None, True), Symptom("achilles", "right", 0.0, 2.0, 4.0)),
        red_flags=("a swollen, hot calf",),
        load=RecentLoad(25_000.0, -12.0, "moderate"),
    )
    seen = replace(
        one.circumstances, provoking_speed_mps=4.0, slope_pct=-1.0, surface="treadmill", shoes="own trainers",
        frames_per_second=120, fatigue="tired", pain_during=3.0,
    )  # fmt: skip
    told = how_it_was(replace(one, circumstances=seen), KNOWN)
    whole = " ".join(line for lines in told.values() for line in lines)
    assert told["What hurt"] == (
        f"{TIBIA}, left: pain running 6/10, at rest 1/10, next morning not asked; one spot of bone is tender under the finger",
        "Achilles tendon, right: pain running 0/10, at rest 2/10, next morning 4/10",
        "while it was measured: pain 3/10",
    )
    for words in (
        "a swollen, hot calf", "speed: 3 m/s", "speed that provokes: 4 m/s", "slope: −1 %", "surface: treadmill",
        "own trainers", "tired", "120 frames", "steps averaged: 7", "age: 31 years", "height: 178 cm", "before: yes",
        "positive", "25 km", "−12 %", "moderate",
    ):  # fmt: skip
        assert words in whole, words
    assert whole.count("not asked") == 1


def test_what_was_left_open_is_said_to_be_open_and_never_none() -> None:
    told = how_it_was(an_assessment(measured("cadence_spm", 168.0), person=Person(), speed_mps=None), KNOWN)
    assert told["What hurt"] == ("no sore tissue was named", "while it was measured: pain not asked")
    assert "age: not asked" in told["The runner"]
    assert "speed: not asked" in told["How it was looked at"]
    assert "a week: not asked" in told["Run lately"]
    assert "0/10" in symptom_words(Symptom("tibia", "left", 0.0), KNOWN)

"""What stands in the form makes an assessment, whatever is still open; the watch and the record fill in a beginning."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from loadmon.clinic.answers import (
    assessment_of,
    first_answers,
    method_key,
    sides_of,
    sign_key,
    sore_key,
    taken_up,
    tidied,
    usual_method,
    value_key,
    watch_key,
)
from loadmon.clinic.assessment import Measured, RecentLoad, Symptom
from loadmon.clinic.from_watch import WatchValue
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.recent_load import recent_load

KNOWN = default_knowledge()
TODAY = date(2026, 3, 2)


def test_an_empty_form_is_an_assessment_of_nothing() -> None:
    one = assessment_of({}, 7, KNOWN, TODAY)
    assert (one.athlete_id, one.circumstances.day, one.measured, one.symptoms) == (7, TODAY, (), ())
    assert one.person.height_m is None
    assert one.load == RecentLoad()


def test_fields_become_values_with_their_unit_side_and_method() -> None:
    answers = {
        "day": "2026-03-01", "height_cm": 175, "age": 31.0, "weekly_km": 25, "steps_averaged": 8.0,
        value_key("cpd_deg", "left"): 8, value_key("knee_window", "right"): "crossed", value_key("cpd_deg", "right"): None,
        value_key("heel_raise_reps", "left"): 20, method_key("cpd_deg"): "instrumented",
        sore_key(0, "tissue"): "tibia", sore_key(0, "side"): "left", sore_key(0, "running"): 4.0, sore_key(0, "bone"): True,
        sore_key(2, "tissue"): "lumbar", sore_key(2, "side"): "left",
    }  # fmt: skip
    one = assessment_of(answers, 1, KNOWN, TODAY)
    assert set(one.measured) == {
        Measured("cpd_deg", 8.0, "left", "instrumented"),
        Measured("knee_window", "crossed", "right", "visual_only"),
        Measured("heel_raise_reps", 20.0, "left", "physical_test"),
    }
    assert one.symptoms == (Symptom("tibia", "left", 4.0, None, None, bony_tenderness=True), Symptom("lumbar", "both"))
    left_open = assessment_of({sore_key(0, "tissue"): "tibia"}, 1, KNOWN, TODAY)
    assert left_open.symptoms == (Symptom("tibia", ""),)
    assert (one.person.height_m, one.person.age, one.load.weekly_m, one.circumstances.steps_averaged) == (
        1.75,
        31,
        25_000,
        8,
    )
    assert isinstance(one.person.age, int)


def test_what_says_nothing_is_not_kept() -> None:
    answers = {
        "assessor": "Dr Osei", method_key("cpd_deg"): "video_2d", method_key("gct_ms"): "instrumented",
        sore_key(0, "tissue"): "tibia", sore_key(0, "running"): 0.0, sore_key(1, "side"): "left",
        sore_key(2, "tissue"): "calf", sore_key(2, "running"): 3.0,
    }  # fmt: skip
    assert tidied(answers, KNOWN) == {
        "assessor": "Dr Osei", method_key("gct_ms"): "instrumented",
        sore_key(0, "tissue"): "tibia", sore_key(0, "running"): 0.0,
    }  # fmt: skip


def test_every_field_of_the_form_is_known_by_side_and_usual_method() -> None:
    for name in KNOWN.entered():
        measure = KNOWN.measure[name]
        assert usual_method(name, measure, {}) in KNOWN.confidence
        assert sides_of(measure) in (("left", "right"), ("both",))
        said = {watch_key(name): 163.0, value_key(name, "both"): 163.0}
        assert (measure.watch is None) or (measure.sides == "whole" and usual_method(name, measure, said) == "watch")


def test_a_value_that_a_person_changed_is_theirs_and_keeps_the_watchs_beside_it() -> None:
    field, how = value_key("cadence_spm", "both"), method_key("cadence_spm")
    begun = {watch_key("cadence_spm"): 163.0, field: 163.0}

    def told(answers: dict[str, object]) -> tuple[object, ...]:
        (one,) = assessment_of(tidied(answers, KNOWN), 1, KNOWN, TODAY).measured
        return one.value, one.method, one.watch

    assert told(begun) == (163.0, "watch", None)
    assert told(begun | {field: 170.0}) == (170.0, "observed", 163.0)
    assert told(begun | {field: 170.0, how: "video_2d"}) == (170.0, "video_2d", 163.0)
    assert told(begun | {field: 170.0, how: "watch"}) == (170.0, "watch", None)  # read off it by hand
    assert told({field: 170.0}) == (170.0, "observed", None)  # no run tells a cadence


def test_a_draft_learns_what_the_watch_tells_and_keeps_what_it_told_when_it_was_begun() -> None:
    field = value_key("cadence_spm", "both")
    first = {watch_key("cadence_spm"): 165.0, field: 165.0, "weekly_km": 40.0}
    assert taken_up({"note": "x"}, first, KNOWN) == {"note": "x", watch_key("cadence_spm"): 165.0}
    draft = {watch_key("cadence_spm"): 163.0, field: 163.0}
    assert taken_up(draft, first, KNOWN) == draft


def test_warning_signs_are_an_answer_each_also_those_of_an_earlier_draft() -> None:
    one, *_, last = KNOWN.red_flags.signs
    draft = taken_up({"red_flags": [last, one]}, {}, KNOWN)
    assert draft == {sign_key(last): True, sign_key(one): True}
    assert assessment_of(draft, 1, KNOWN, TODAY).red_flags == (one, last)


def test_the_form_begins_with_what_the_watch_and_the_record_tell() -> None:
    watch = [WatchValue(Measured("cadence_spm", 163.0, "both", "watch"), 8, 2.987)]
    begun = first_answers(watch, RecentLoad(41_234.0, None, "small"), 1.72, TODAY)
    assert begun == {
        "day": "2026-03-02", "height_cm": 172.0, value_key("cadence_spm", "both"): 163.0,
        watch_key("cadence_spm"): 163.0, "speed_mps": 2.99, "weekly_km": 41.2, "spike_band": "small",
    }  # fmt: skip
    assert first_answers([], RecentLoad(), None, TODAY) == {"day": "2026-03-02"}


def runs(*rows: tuple[int, float]) -> pd.DataFrame:
    """Runs by days ago and metres."""
    days = [TODAY - timedelta(days=ago) for ago, _ in rows]
    return pd.DataFrame(
        {
            "athlete_id": 1,
            "session_id": range(len(rows)),
            "start_utc": pd.to_datetime(days, utc=True) + pd.Timedelta(hours=7),
            "local_day": pd.to_datetime(days),
            "is_running": True,
            "excluded": False,
            "distance_m": [float(m) for _, m in rows],
            "moving_s": [float(m) / 3.0 for _, m in rows],
        }
    ).sort_values("start_utc", ignore_index=True)


def test_recent_load_is_distance_a_week_its_change_and_the_largest_step() -> None:
    even = [(ago, 10_000) for ago in range(1, 60, 3)]
    told = recent_load(runs(*even), TODAY)
    assert told.weekly_m == 25_000.0  # ten runs in the four weeks before
    assert told.spike_band == "reference"
    jump = recent_load(runs(*even, (2, 18_000)), TODAY)
    assert jump.spike_band == "moderate"
    assert jump.week_change_pct is not None
    assert jump.week_change_pct > 30


def test_weeks_are_whole_days_before_the_assessment() -> None:
    # ten kilometres on every day but the one of the assessment: nothing has changed, whether that day's run came in or not
    even = [(ago, 10_000) for ago in range(1, 60)]
    for today in ([], [(0, 10_000)], [(0, 1)]):
        told = recent_load(runs(*even, *today), TODAY)
        assert (told.week_change_pct, told.weekly_m) == (0.0, 70_000.0)
    assert recent_load(runs(*even, (0, 18_000)), TODAY).spike_band == "moderate"  # a step that was made already


def test_what_cannot_be_told_of_the_load_is_open() -> None:
    assert recent_load(runs((1, 10_000)), TODAY).week_change_pct is None
    missing = recent_load(runs(*[(ago, 10_000) for ago in range(2, 60, 3)], (1, np.nan)), TODAY)
    assert missing.weekly_m is None
    assert recent_load(runs((90, 10_000)), TODAY) == RecentLoad()
    assert recent_load(runs(), TODAY) == RecentLoad()
